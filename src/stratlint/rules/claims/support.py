"""What stands behind a claim: somebody who does it, a date, money, a figure or a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

from stratlint.records import ActorMention
from stratlint.rules.claims.figures import numbers_of
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import Token
from stratlint.text.wordings import Phrases, WordFile, Wordings, words_of

Support: TypeAlias = Literal["owner", "date", "money", "figure", "name", "name after"]


class Words(WordFile):
    """``rules/language/claims/support.yaml``."""

    dates: Phrases
    acting: frozenset[str]
    no_body: frozenset[str]
    ourselves: Phrases
    common_names: frozenset[str]
    looks_back: Wordings
    goes_on: Wordings
    together: Wordings


_wordings = words_of("claims/support", Words)
_IN_BRACKETS = re.compile(r"\([^()]*\b[A-Z][\w-]*[A-Z][\w-]*[^()]*\)")
"""Names in brackets, one of them an acronym: '(the chamber, VNO-NCW, some firms)'."""
_HEAD = 2
_NAME = 25
_ACRONYM = re.compile(r"^(?:RIS\d?|S3|[A-Z]{1,3}\d*s?)$")


def supported(view: View, world: World, match: Match, kinds: Iterable[Support], near: str) -> bool:
    """Whether any of some kinds of support stands with a claim.

    ``near`` is ``sentence``, ``next`` (that and the following sentence of the paragraph) or
    ``paragraph``. An actor counts as owner in the claim's own sentence only; ``name after``
    leaves out the names before the claim, which are seldom the partners that it promises.
    """
    sentences = neighbours(view, match.sentence, near)
    return any(_has(view, world, match, kind, sentences) for kind in kinds)


def neighbours(view: View, sentence: int, near: str) -> tuple[int, ...]:
    """The sentences in which the support of a claim may stand.

    A sentence that opens with 'they' or 'such' says what it says of the one before.
    """
    paragraph = view.around(sentence, "paragraph")
    if near == "paragraph":
        return tuple(paragraph)
    wanted = [sentence] if near == "sentence" else [sentence, sentence + 1]
    if _wordings().looks_back.match(view.text(sentence)):
        wanted.append(sentence - 1)
    if near == "next" and _wordings().goes_on.search(view.text(sentence)):
        wanted += [sentence - 1, sentence - 2]
    return tuple(s for s in wanted if s in paragraph)


def _has(view: View, world: World, match: Match, kind: str, sentences: tuple[int, ...]) -> bool:
    if kind == "owner":
        told = any(world.lexicon.has(view, "owners", s) for s in sentences)
        return told or _is_somebodys(view, match)
    if kind == "name":
        return any(names_of(view, s) for s in sentences)
    if kind == "name after":
        return any(names_of(view, s, match.start) for s in sentences if s >= match.sentence)
    if kind == "date":
        dated = view.remember("dated", lambda: _dated(view))
        return any(s in dated for s in sentences)
    if kind == "figure":
        return any(s in numbers_of(view) for s in sentences)
    return any(world.lexicon.has(view, kind, s) for s in sentences)


def _dated(view: View) -> frozenset[int]:
    """Sentences with a year, a month or a term such as 'within two years'."""
    years = {
        sentence
        for token, sentence in zip(view.tokens, view.index.unit, strict=True)
        if len(token.printed) == 4 and token.printed.isdigit() and token.printed[:2] in ("19", "20")
    }
    return frozenset(years | {match.sentence for match in view.find(_wordings().dates)})


def _is_somebodys(view: View, match: Match) -> bool:
    """Whether somebody acts in the claim: 'we', or an actor before the verb or after 'by'."""
    ours = view.remember(
        "ours", lambda: frozenset(m.sentence for m in view.find(_wordings().ourselves))
    )
    if match.sentence in ours:
        return True
    for actor in view.actors_by_sentence.get(match.sentence, []):
        if actor.kind not in _wordings().acting or actor.name.casefold() in _wordings().no_body:
            continue
        before = view.document.text[max(0, actor.start - 40) : actor.start].casefold()
        if actor.start < match.start or re.search(r"\bby\b[^.;:]*$", before):
            return True
    return False


def partners_beside(view: View, match: Match) -> bool:
    """Whether those who take part are named before a claim, or just after its paragraph.

    A body named earlier in the sentence counts where it has a proper name: 'Tampere university
    together with interested parties'. The next paragraph counts where the claim stands at the
    end of its own, and names somebody in brackets.
    """
    for actor in view.actors_by_sentence.get(match.sentence, []):
        between = view.document.text[actor.end : match.start]
        if (
            actor.start < match.start
            and _wordings().together.search(between)
            and _is_name(view, actor)
        ):
            return True
    paragraph = view.around(match.sentence, "paragraph")
    if match.sentence < paragraph[-1] - 1:
        return False
    following = paragraph[-1] + 1
    if following >= len(view.analysis.sentences) or view.setting(following) != "paragraph":
        return False
    head = view.around(following, "paragraph")[:_HEAD]
    return any(_IN_BRACKETS.search(view.text(s)) for s in head)


def _is_name(view: View, actor: ActorMention) -> bool:
    """Whether the words of an actor or those just before hold a capital within the sentence."""
    index = view.sentence_at(actor.start)
    return index is not None and bool(names_of(view, index, actor.start - _NAME))


def names_of(view: View, sentence: int, start: int = 0) -> tuple[str, ...]:
    """Proper names in a sentence from an offset on.

    Its first word, the own region's name and common acronyms are none.
    """
    by_sentence: dict[int, list[Token]] = view.remember("tokens", lambda: _by_sentence(view))
    own = {word[:6] for word in re.findall(r"\w+", (view.region or "").casefold())}
    found = []
    for position, token in enumerate(by_sentence.get(sentence, [])):
        opens = position == 0 or _opens(view, token)
        if opens or token.start < start or not token.printed[:1].isupper():
            continue
        plain = token.folded.removesuffix("'s")
        if plain in _wordings().common_names or plain[:6] in own or _ACRONYM.match(token.printed):
            continue
        found.append(token.printed)
    return tuple(found)


def _opens(view: View, token: Token) -> bool:
    """Whether a word stands after a colon, a bullet or a bracket and is capital for that."""
    before = view.document.text[max(0, token.start - 3) : token.start].rstrip()
    return before.endswith((":", "•", "(", "–", "“", "‘", "!", "?"))


def _by_sentence(view: View) -> dict[int, list[Token]]:
    found: dict[int, list[Token]] = {}
    for token, sentence in zip(view.tokens, view.index.unit, strict=True):
        found.setdefault(sentence, []).append(token)
    return found
