"""Words that should not stand there, with what makes them harmless nearby."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.answers import answered, tabled
from stratlint.rules.claims.figures import numbers_of
from stratlint.rules.claims.sources import (
    cited_sentences,
    cited_works,
    noted_sentences,
    own_sources,
    sourced,
)
from stratlint.rules.claims.voice import NO_PLACE, is_anothers, is_of_a_place
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.counting import word_count
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import WordFile, Wordings, words_of

_REACH = 6
"""Words after an appeal to studies in which its author may be named."""
_PASSAGE = 6
"""Sentences before a summing-up in which the works that it sums up are cited."""
_SEVERAL = 2
_NOTE_AFTER = 3
"""Sentences for which one note at the end of the last may answer."""
_ROWS = 2


class Words(WordFile):
    """``rules/language/checks/phrase.yaml``."""

    rank: Wordings
    reason: Wordings
    quantity: Wordings


_wordings = words_of("checks/phrase", Words)
_SHORT = 4
"""Letters of a name that may begin another by chance."""
_OFTEN = 40
"""Times that a text says a name which is its own: models are named a few times, in the longest of
60 texts nine."""
_FAR = 20
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_Phrases = Annotated[
    tuple[PhraseText, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
]


class Options(Editable):
    """``beside``: the match counts only with one of these ``within`` reach."""

    phrases: _Phrases = ()
    opening: _Phrases = ()
    """Phrases that count only where a sentence begins with them."""
    theme: str | None = None
    except_phrases: _Phrases = ()
    """Longer or other phrases that make an overlapping match harmless."""
    beside: _Phrases = ()
    within: Literal["sentence", "paragraph", "section"] = "sentence"
    own_place_only: bool = False
    """Leave out sentences that name a place of another region."""
    another_place: bool = False
    """Leave out matches whose name is one of the document's own: in its title or its region."""
    without_theme: str | None = None
    """Leave out documents in which this theme occurs."""
    with_number: bool = False
    """Leave out matches without a quantity in their sentence, in figures or in words."""
    without_number: bool = False
    """Leave out matches with a number (not a year) in their sentence."""
    without_figure_near: bool = False
    """Leave out matches with a quantity in their sentence or one beside it in the paragraph."""
    without_source: bool = False
    """Leave out matches whose sentence has a source or a note, or stands beside one."""
    without_own_source: bool = False
    """Leave out matches whose own sentence has a note or names its source."""
    without_named_source: bool = False
    """Leave out matches with a note or a citation, or with a name in capitals beside them."""
    without_like_figure: int = Field(default=0, ge=0)
    """Leave out matches where a sentence with a quantity, on the page or one beside it, shares
    so many telling words; a table above counts with its labels (0: do not look)."""
    without_like_rank: int = Field(default=0, ge=0)
    """The same for sentences that give a rank: 'the second largest of 40', 'twice the best'."""
    with_choices: bool = False
    """Leave out documents that choose no sector: what is not chosen is not taken back."""
    own_voice: bool = False
    """Leave out what others say in the text, and texts that are no strategy of a place."""
    own_grounds_in_table: bool = False
    """Leave out rows of a table that has a number or a strength beside them."""
    words_at_least: int = Field(default=0, ge=0)
    """Leave out matches in a shorter sentence: a label has no room for its reasons."""
    without_year: bool = False
    """Leave out matches with a year in their sentence."""
    at_most: int = Field(default=200, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if options.own_voice and not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    if options.with_choices and not view.analysis.priorities:
        return
    if options.without_theme and world.theme(view, options.without_theme).sightings:
        return
    seen: set[int] = set()
    reported = 0
    for match in _matches(options, view, world):
        if match.sentence in seen or not _counts(options, match, view):
            continue
        if options.without_named_source and names_source(view, match):
            continue
        if options.own_voice and is_anothers(view, match):
            continue
        if options.own_grounds_in_table and _grounded_in_table(view, world, match.sentence):
            continue
        if options.another_place and _names_itself(view, match):
            continue
        seen.add(match.sentence)
        reported += 1
        if reported > options.at_most:
            return
        words = view.document.text[match.start : match.end]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": " ".join(words.split())},
            quotations=(view.quote(match.start, match.end),),
        )


def _matches(options: Options, view: View, world: World) -> Iterable[Match]:
    if options.theme:
        yield from world.lexicon.sightings(view, options.theme)
    if options.phrases:
        yield from view.find(phrase_set(options.phrases))
    for match in view.find(phrase_set(options.opening)) if options.opening else ():
        start = view.analysis.sentences[match.sentence].start
        if not any(c.isalnum() for c in view.document.text[start : match.start]):
            yield match


def _counts(options: Options, match: Match, view: View) -> bool:
    if options.except_phrases and view.overlap(phrase_set(options.except_phrases), match):
        return False
    if options.words_at_least and word_count(view.text(match.sentence)) < options.words_at_least:
        return False
    if options.with_number and not (
        has_number(view, match.sentence) or _wordings().quantity.search(view.text(match.sentence))
    ):
        return False
    beside = phrase_set(options.beside)
    if beside and not view.near(beside, match.sentence, options.within):
        return False
    if options.own_place_only and any(
        place.region not in (None, view.region)
        for place in view.places_by_sentence.get(match.sentence, [])
    ):
        return False
    return not _supported(options, match.sentence, view)


def _supported(options: Options, sentence: int, view: View) -> bool:
    """Whether a sentence has the support that a rule asks about."""
    if options.without_number and has_number(view, sentence):
        return True
    if options.without_figure_near:
        paragraph = view.around(sentence, "paragraph")
        near = (sentence - 1, sentence, sentence + 1)
        if any(s in numbers_of(view) for s in near if s in paragraph):
            return True
    like = options.without_like_figure
    if like and answered(view, sentence, numbers_of(view), shared=like):
        return True
    if like and tabled(view, sentence):
        return True
    ranked = options.without_like_rank
    if ranked and answered(view, sentence, _ranks(view), shared=ranked):
        return True
    if options.without_year and _YEAR.search(view.text(sentence)):
        return True
    if options.without_own_source and sentence in noted_sentences(view) | own_sources(view):
        return True
    return options.without_source and sentence in sourced(view)


def _ranks(view: View) -> frozenset[int]:
    """Sentences that give a quantity and a rank."""
    return view.remember(
        "ranks",
        lambda: frozenset(s for s in numbers_of(view) if view.search(_wordings().rank, s)),
    )


def _names_itself(view: View, match: Match) -> bool:
    """Whether a match names the place of the document, and no Silicon Something."""
    words = re.findall(r"[^\W\d_]+", view.document.text[match.start : match.end])
    own = re.findall(r"[^\W\d_]+", f"{view.document.title or ''} {view.region or ''}".casefold())
    named = [w.casefold() for w in words if w[:1].isupper()]
    if "silicon" in named:
        return False
    # 'Oxford' is the document's own place where that is Oxfordshire, or where it never ceases.
    return any(w in own for w in named) or any(
        any(o.startswith(w) for o in own)
        or view.document.text.count(w.title()) >= max(_OFTEN, view.words // 500)
        for w in named
        if len(w) > _SHORT
    )


def names_source(view: View, match: Match) -> bool:
    """Whether an appeal to studies says whose: by a note, a citation, a year or a name.

    A name is a capitalised word near the appeal that the document never writes in small
    letters, other than that of the region itself.
    """
    if match.sentence in noted_sentences(view) or match.sentence in cited_sentences(view):
        return True
    if match.sentence + 1 in cited_sentences(view):
        return match.sentence + 1 in view.around(match.sentence, "paragraph")
    if _sums_up(view, match.sentence) or _noted_soon(view, match.sentence):
        return True
    text = view.text(match.sentence)
    if _YEAR.search(text):
        return True
    start = view.analysis.sentences[match.sentence].start
    begin, end = match.start - start, match.end - start
    own = frozenset(re.findall(r"\w+", (view.region or "").casefold()))
    common = view.remember("common words", lambda: frozenset(t.printed for t in view.tokens))
    near = [*text[:begin].split()[-_REACH:], *text[end:].split()[:_REACH]]
    names = (re.sub(r"(?:[’']s)?\W*$", "", word).lstrip("‘'“(\"") for word in near)
    return any(
        word[:1].isupper() and word.casefold() not in own and word.casefold() not in common
        for word in names
    )


def _sums_up(view: View, sentence: int) -> bool:
    """Whether several works are cited in the sentences before, which this one sums up."""
    before = range(max(0, sentence - _PASSAGE), sentence)
    works = sum(len(cited_works(view.text(s))) for s in before if s in cited_sentences(view))
    return works >= _SEVERAL


def _noted_soon(view: View, sentence: int) -> bool:
    """Whether a note closes the sentences of the paragraph that begin with this one."""
    paragraph = view.around(sentence, "paragraph")
    return any(s in noted_sentences(view) for s in paragraph if 0 < s - sentence <= _NOTE_AFTER)


def _grounded_in_table(view: View, world: World, sentence: int) -> bool:
    """Whether the rows round a row of a table give reasons: a number or a strength."""
    block = view.analysis.sentences[sentence].block
    if view.setting(sentence) != "table_row":
        return False
    strong = {m.sentence for m in world.lexicon.sightings(view, "strengths")}
    rows = range(block - _ROWS, block + _ROWS + 1)
    near = [
        s
        for s in range(max(0, sentence - _FAR), min(sentence + _FAR, len(view.analysis.sentences)))
        if view.analysis.sentences[s].block in rows and s != sentence
    ]
    return any(
        view.setting(s) == "table_row"
        and (s in strong or s in numbers_of(view) or _wordings().reason.search(view.text(s)))
        for s in near
    )


def has_number(view: View, sentence: int) -> bool:
    """Whether a sentence holds a number that is not a year."""
    found = view.analysis.sentences[sentence]
    text = view.document.text[found.start : found.end]
    return any(
        word.rstrip("%.,;)").replace(",", "").replace(".", "").lstrip("£€$(").isdigit()
        and not (len(word.strip("(),.;")) == 4 and word.strip("(),.;")[:2] in ("19", "20"))
        for word in text.split()
    )


CHECK = Check(
    name="phrase-present",
    level="document",
    options=Options,
    holes={"words": "Silicon Fen"},
    run=_run,
    doc="Words that stand in the text, with conditions on what stands beside them.",
)
