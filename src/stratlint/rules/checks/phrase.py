"""Words that should not stand there, with what makes them harmless nearby."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.figures import numbers_of
from stratlint.rules.phrases import PhraseText, phrase_set
from stratlint.rules.sources import cited_sentences, noted_sentences, sourced
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

_REACH = 6
"""Words after an appeal to studies in which its author may be named."""
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
    without_theme: str | None = None
    """Leave out documents in which this theme occurs."""
    without_number: bool = False
    """Leave out matches with a number (not a year) in their sentence."""
    without_figure_near: bool = False
    """Leave out matches with a quantity in their sentence or one beside it in the paragraph."""
    without_source: bool = False
    """Leave out matches whose sentence has a source or a note, or stands beside one."""
    without_named_source: bool = False
    """Leave out matches with a note or a citation, or with a name in capitals beside them."""
    words_at_least: int = Field(default=0, ge=0)
    """Leave out matches in a shorter sentence: a label has no room for its reasons."""
    without_year: bool = False
    """Leave out matches with a year in their sentence."""
    at_most: int = Field(default=200, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if options.without_theme and world.theme(view, options.without_theme).sightings:
        return
    seen: set[int] = set()
    reported = 0
    for match in _matches(options, view, world):
        if match.sentence in seen or not _counts(options, match, view):
            continue
        if options.without_named_source and names_source(view, match):
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
    if options.except_phrases and any(
        m.start < match.end and match.start < m.end
        for m in view.find(phrase_set(options.except_phrases))
    ):
        return False
    if options.words_at_least and len(view.text(match.sentence).split()) < options.words_at_least:
        return False
    if options.beside:
        around = set(view.around(match.sentence, options.within))
        if not any(m.sentence in around for m in view.find(phrase_set(options.beside))):
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
    if options.without_year and _YEAR.search(view.text(sentence)):
        return True
    return options.without_source and sentence in sourced(view)


def names_source(view: View, match: Match) -> bool:
    """Whether an appeal to studies says whose: by a note, a citation, a year or a name.

    A name is a capitalised word near the appeal that the document never writes in small
    letters, other than that of the region itself.
    """
    if match.sentence in noted_sentences(view) or match.sentence in cited_sentences(view):
        return True
    if match.sentence + 1 in cited_sentences(view):
        return match.sentence + 1 in view.around(match.sentence, "paragraph")
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
