"""One document through the language room: sentences, mentions, places, actors."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from stratlint.language.actors import find_actors
from stratlint.language.commitment.context import own_words
from stratlint.language.commitment.decide import classify_mentions
from stratlint.language.pipeline import parse
from stratlint.language.places import find_places
from stratlint.records import (
    ActorMention,
    Declaration,
    Document,
    Mention,
    PlaceMention,
    Record,
    Sentence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class LanguageResult(Record, frozen=True):
    """What the language of one document says."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    declarations: tuple[Declaration, ...] = ()


LEAST, SHARE = 3, 0.25
"""Times that a text names its own place at least, and share of the places that it names."""


def analyse_language(document: Document, *, spacy_model: str | None = None) -> LanguageResult:
    """Find sentences, mentions with their commitment, places and actors of a document.

    What a text says depends on the text alone: whose document it is, is read from the places that
    it names, so that a region that is set before or after changes nothing.
    ``spacy_model`` names an installed spaCy model to use instead of the built-in pipeline.
    Raises UsageError when that model is not installed.
    """
    parsed = parse(document, spacy_model=spacy_model)
    places = find_places(parsed.words)
    actors = find_actors(parsed.words)
    mentions, declarations = classify_mentions(document, parsed, own=_own_place(places))
    return LanguageResult(
        sentences=parsed.sentences,
        mentions=mentions,
        places=places,
        actors=actors,
        declarations=declarations,
    )


def _own_place(places: Sequence[PlaceMention]) -> frozenset[str]:
    """The words of the place that a text names by far the most often."""
    counts = Counter(place.name.casefold() for place in places)
    if not counts:
        return frozenset()
    name, count = counts.most_common(1)[0]
    return own_words(name) if count >= max(LEAST, SHARE * counts.total()) else frozenset()
