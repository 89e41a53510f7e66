"""Words that should not stand there, with what makes them harmless nearby."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.phrases import PhraseText, phrase_set
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

_Phrases = Annotated[
    tuple[PhraseText, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
]


class Options(Editable):
    """``beside``: the match counts only with one of these ``within`` reach."""

    phrases: _Phrases = ()
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
    at_most: int = Field(default=20, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if options.without_theme and world.theme(view, options.without_theme).sightings:
        return
    seen: set[int] = set()
    reported = 0
    for match in _matches(options, view, world):
        if match.sentence in seen or not _counts(options, match, view):
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


def _counts(options: Options, match: Match, view: View) -> bool:
    if options.except_phrases and any(
        m.start < match.end and match.start < m.end
        for m in view.find(phrase_set(options.except_phrases))
    ):
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
    return not (options.without_number and has_number(view, match.sentence))


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
