"""A claim with nothing behind it: no owner, no date, no money, no name, no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.support import Support, names_of, neighbours, partners_beside, supported
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.counting import word_count
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of

_Phrases = Annotated[
    tuple[PhraseText, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
]
SHOWN = 160
"""Characters of a claim that a message repeats; a longer one ends with one of its clauses."""
ALIKE = 0.75
"""Share of the shorter claim's words in another from which the two are one, said twice."""
CHAPTER = 3
"""Headings of chapters have at most this level; deeper ones are often labels of charts."""
_DEEP = 99
SHORTEST = 6
"""Words that a sentence needs: less is a heading or a label."""


class Words(WordFile):
    """``rules/language/checks/claims.yaml``."""

    areas: tuple[str, ...]
    elsewhere: Wordings
    oblique: frozenset[str]
    in_practice: Wordings
    between: ExactWordings


_wordings = words_of("checks/claims", Words)


class Options(Editable):
    """Claims are ``phrases`` or a ``theme``; each is reported unless something is behind it."""

    phrases: _Phrases = ()
    theme: str | None = None
    beside: _Phrases = ()
    """A claim counts only in a sentence with one of these."""
    harmless: _Phrases = ()
    """Words in the same reach that answer for the claim."""
    of_place: bool = False
    """Only in sentences that name a place or anything else by a proper name."""
    said_of_region: bool = False
    """Only where the region itself is the subject: its name, 'the region', 'the province'."""
    without: tuple[Support, ...] = Field(default=("owner", "date", "money"), min_length=1)
    near: Literal["sentence", "next", "paragraph"] = "next"
    """Where support may stand: the sentence, the next one too, or the paragraph."""
    not_of_others: bool = False
    """Leave out claims whose subject is a body with a name of its own: 'Wellnet has the goal'."""
    explained: bool = False
    """Leave out claims that the next two sentences explain: 'In practice this means …'."""
    partners_named: bool = False
    """Leave out claims beside which the text names those who take part: before them in their
    sentence, or at the head of the next paragraph."""
    at_least: int = Field(default=1, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    claims = list(_unlike(view, _claims(options, view, world)))
    if len(claims) < options.at_least:
        return
    for match in claims:
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "claim": _clause(view, match),
                "words": " ".join(view.document.text[match.start : match.end].split()),
            },
            quotations=(view.quote(match.start, match.end),),
        )


def _claims(options: Options, view: View, world: World) -> Iterator[Match]:
    harmless = phrase_set(options.harmless)
    answered = {m.sentence for m in view.find(harmless)} if harmless else set()
    beside = {m.sentence for m in view.find(phrase_set(options.beside))}
    seen: set[int] = set()
    for match in sorted(_matches(options, view, world), key=lambda m: m.start):
        if match.sentence in seen or not _is_statement(view, match.sentence):
            continue
        if options.beside and match.sentence not in beside:
            continue
        if options.of_place and not _of_place(view, match.sentence):
            continue
        if options.said_of_region and not _of_region(view, match):
            continue
        if answered.intersection(neighbours(view, match.sentence, options.near)):
            continue
        if is_anothers(view, match) or _answered_elsewhere(options, view, match):
            continue
        if not supported(view, world, match, options.without, options.near):
            seen.add(match.sentence)
            yield match


def _answered_elsewhere(options: Options, view: View, match: Match) -> bool:
    """Whether one of the answers that a rule allows for stands further off."""
    if options.not_of_others and _of_another(view, match):
        return True
    if options.explained and _explained(view, match.sentence):
        return True
    return options.partners_named and partners_beside(view, match)


def _of_another(view: View, match: Match) -> bool:
    """Whether the word before a claim is a proper name other than the region's."""
    start = view.analysis.sentences[match.sentence].start
    before = view.document.text[start : match.start].split()
    own = (view.region or "").casefold().split()
    word = before[-1] if before and before[-1].isalnum() else ""
    if not word[:1].isupper() or word.casefold() in (*own, "we", "it", "this"):
        return False
    return bool(names_of(view, match.sentence)) or len(before) == 1


def _explained(view: View, sentence: int) -> bool:
    """Whether one of the next two sentences of the paragraph says what is meant in practice."""
    paragraph = view.around(sentence, "paragraph")
    return any(
        s in paragraph and _wordings().in_practice.match(view.text(s))
        for s in (sentence + 1, sentence + 2)
    )


def _matches(options: Options, view: View, world: World) -> Iterator[Match]:
    if options.theme:
        yield from world.lexicon.sightings(view, options.theme)
    if options.phrases:
        yield from view.find(phrase_set(options.phrases))


def _is_statement(view: View, sentence: int) -> bool:
    """Whether a sentence of running text may say what is planned here."""
    if view.setting(sentence) not in ("paragraph", "list_item"):
        return False
    if word_count(view.text(sentence)) < SHORTEST:
        return False
    return not any(
        _wordings().elsewhere.search(view.document.block_text(heading))
        for heading in _above(view, sentence)
    )


def _above(view: View, sentence: int) -> Iterator[int]:
    """The nearest heading above a sentence, and the chapter's (one of the first three levels)."""
    blocks = view.document.blocks
    heading = view.block(sentence).heading
    level = _DEEP
    while heading is not None and level > 1:
        own = blocks[heading].level or 1
        if level == _DEEP or (own < level and own <= CHAPTER):
            yield heading
            level = min(own, CHAPTER + 1)
        heading = blocks[heading].heading


def _of_place(view: View, sentence: int) -> bool:
    return bool(
        names_of(view, sentence)
        or view.places_by_sentence.get(sentence)
        or (view.region and view.region.casefold() in view.text(sentence).casefold())
    )


def _of_region(view: View, match: Match) -> bool:
    """Whether the region is the subject: the words before the claim end with its name."""
    start = view.analysis.sentences[match.sentence].start
    before = _wordings().between.sub("", " ".join(view.document.text[start : match.start].split()))
    areas = "|".join(re.escape(name) for name in _wordings().areas)
    # The region's own name as it is written: 'skills needs' is not what a region needs.
    named = view.region is not None and view.region[:1].isupper()
    own = re.escape(view.region or "") if named else areas
    found = re.search(rf"(?:^|(\w*)[\s,(:]+)(?:[Tt]he )?(?:{own}|(?i:{areas}))$", before)
    return found is not None and (found.group(1) or "").casefold() not in _wordings().oblique


def _unlike(view: View, matches: Iterable[Match]) -> Iterator[Match]:
    """Claims without those that repeat an earlier one in nearly the same words."""
    kept: list[frozenset[str]] = []
    for match in matches:
        words = frozenset(re.findall(r"\w+", view.text(match.sentence).casefold()))
        if all(len(words & other) < ALIKE * min(len(words), len(other)) for other in kept):
            kept.append(words)
            yield match


def _clause(view: View, match: Match) -> str:
    """The claim and what follows it, cut at a space; from the sentence's start if that is near."""
    sentence = view.analysis.sentences[match.sentence]
    start = sentence.start if match.end - sentence.start <= SHOWN else match.start
    while start > sentence.start and not view.document.text[start - 1].isspace():
        start -= 1  # 'co-operation' is found by its second half
    text = " ".join(view.document.text[start : sentence.end].split())
    if len(text) > SHOWN:
        clauses = re.match(r".*[\w)]{3}(?=[,;:] | – | which | that | and )", text[:SHOWN])
        text = (clauses.group() if clauses else text[:SHOWN].rsplit(" ", 1)[0]) + " …"
    return text if start == sentence.start else "… " + text


CHECK = Check(
    name="claim-without-support",
    level="document",
    options=Options,
    holes={
        "claim": "Links with firms must be strengthened.",
        "words": "must be strengthened",
    },
    run=_run,
    doc="Claims with nothing behind them: no owner, date, money, name or figure beside them.",
)
