"""One document through the language room: sentences, mentions, places, actors."""

from __future__ import annotations

from stratlint.language.actors import find_actors
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


class LanguageResult(Record, frozen=True):
    """What the language of one document says."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    declarations: tuple[Declaration, ...] = ()


def analyse_language(
    document: Document, *, own_region: str | None = None, spacy_model: str | None = None
) -> LanguageResult:
    """Find sentences, mentions with their commitment, places and actors of a document.

    ``own_region`` says whose document it is, where ``Document.region`` does not;
    ``spacy_model`` names an installed spaCy model to use instead of the built-in pipeline.
    Raises UsageError when that model is not installed.
    """
    region = own_region or document.region
    parsed = parse(document, spacy_model=spacy_model)
    places = find_places(parsed.words)
    actors = find_actors(parsed.words)
    mentions, declarations = classify_mentions(document, parsed, own_region=region)
    return LanguageResult(
        sentences=parsed.sentences,
        mentions=mentions,
        places=places,
        actors=actors,
        declarations=declarations,
    )
