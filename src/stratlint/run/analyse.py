"""Documents into analyses: sectors, commitments, places, actors and priorities of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint.knowledge.lists import Lists, lists_in_force
from stratlint.records import (
    Document,
    DocumentAnalysis,
    DocumentKind,
    Feature,
    Kind,
    NotRead,
    Record,
)
from stratlint.run.run import key, not_read
from stratlint.workers.store import Part, fetched, received

if TYPE_CHECKING:
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings

_FEATURES: dict[Feature, Feature] = {}
_MOST_FEATURES = 200_000
"""Features that are shared between mentions: nine strategies have some 6,000, each many times."""


_NOTHING = Document(sha256="", source="", reader="", text="", body_end=0, pages=(), blocks=())
"""Stands for the document in an analysis that travels or is kept: whoever asked for it has it."""

_ANALYSIS = msgspec.msgpack.Decoder(DocumentAnalysis)


class Analysed(Record):
    """Analyses in the order of the documents, and the documents that limits kept from it."""

    analyses: tuple[DocumentAnalysis, ...]
    not_read: tuple[NotRead, ...]


def analyse(
    documents: Sequence[Document], run: Run, *, kinds: Mapping[str, Kind | None] | None = None
) -> Analysed:
    """Analyse documents by workers, or take what is kept of them.

    ``kinds`` are what a person said of documents, by source name; of others the text tells it.
    """
    model, said = run.settings.spacy_model, kinds or {}

    def kind(document: Document) -> Kind | None:
        return said.get(document.source) or run.settings.kind

    found: dict[str, DocumentAnalysis] = {}
    faults: list[NotRead] = []

    def own(document: Document) -> str:
        said = identity(document, run.settings)
        return key("analyse", document=said, kind=kind(document), model=_model(model))

    outcomes = run.each(
        "analyse",
        analyse_one,
        documents,
        _decode,
        key=own,
        name=lambda d: d.source,
        charge=lambda d: (run.sent(d), model, kind(d), run.lists),
    )
    for outcome in outcomes:
        document = outcome.item
        if outcome.result is not None:
            found[document.source] = msgspec.structs.replace(outcome.result, document=document)
            run.remember("analyse", document, own(document))
        elif outcome.error is not None:
            before = "read, but its language could not be analysed: "
            faults.append(not_read(document.source, outcome.error, before))
    return Analysed(
        analyses=tuple(found[d.source] for d in documents if d.source in found),
        not_read=tuple(faults),
    )


def analyse_document(
    document: Document, *, spacy_model: str | None = None, kind: Kind | None = None
) -> DocumentAnalysis:
    """Kind, sectors, commitments, places, actors and priorities of one document, in this process.

    ``kind`` is what a person said of it; None lets it be told from the text.
    """
    from stratlint.language import analyse_language
    from stratlint.language.kinds import is_whole, kind_of
    from stratlint.priorities import rank_priorities

    result = analyse_language(document, spacy_model=spacy_model)
    told = (
        kind_of(document)
        if kind is None
        else DocumentKind(
            kind=kind, confidence=1.0, reason="as given", whole=is_whole(document), given=True
        )
    )
    return DocumentAnalysis(
        document=document,
        sentences=result.sentences,
        mentions=result.mentions,
        places=result.places,
        actors=result.actors,
        priorities=rank_priorities(
            document, result.sentences, result.mentions, result.declarations, kind=told.kind
        ),
        kind=told,
        declarations=result.declarations,
    )


def identity(document: Document, settings: Settings) -> dict[str, Any]:
    """What a document's content follows from, for the keys of what is made of it."""
    limits = settings.limits
    return {
        "sha256": document.sha256,
        "read": (document.reader, settings.reader, settings.repair, settings.ocr, settings.marks),
        "limits": (limits.max_pages, limits.max_characters),
        "said": (document.source, document.region, document.title, document.year, document.area),
        "warnings": [(w.code, w.message) for w in document.warnings],
        "guesses": document.guesses,
    }


def analysis_identity(analysis: DocumentAnalysis, settings: Settings) -> dict[str, Any]:
    """The same of an analysis: its document, and what it was analysed with."""
    return {
        "document": identity(analysis.document, settings),
        "kind": analysis.kind,
        "model": _model(settings.spacy_model),
    }


def _model(name: str | None) -> str | None:
    """An installed spaCy model with its version, which its name does not tell."""
    if name is None:
        return None
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def analyse_one(charge: tuple[bytes | Part, str | None, Kind | None, Lists]) -> bytes:
    """The work of a worker."""
    data, model, kind, lists = charge
    with lists_in_force(lists):
        made = analyse_document(received(data), spacy_model=model, kind=kind)
    return msgspec.msgpack.encode(msgspec.structs.replace(made, document=_NOTHING))


def sent_analysis(analysis: DocumentAnalysis, run: Run) -> bytes | SentAnalysis:
    """An analysis as a worker is sent it: its bytes, or where they and its document are kept."""
    part = run.part("analyse", analysis.document)
    if part is None:
        return msgspec.msgpack.encode(analysis)
    return SentAnalysis(part=part, document=run.sent(analysis.document))


def received_analysis(sent: bytes | SentAnalysis) -> DocumentAnalysis:
    """An analysis that was sent to a worker. Raises StoreFault where its part is gone."""
    if isinstance(sent, bytes):
        return _ANALYSIS.decode(sent)
    made = _ANALYSIS.decode(fetched(sent.part.url, sent.part.key))
    return msgspec.structs.replace(made, document=received(sent.document))


class SentAnalysis(Record):
    """Where an analysis is kept, and its document."""

    part: Part
    document: bytes | Part


def _decode(data: bytes) -> DocumentAnalysis:
    """What a worker found, its document missing.

    Equal features become one record: documents share nearly all of them, and a third of an
    analysis would otherwise be their copies.
    """
    made = _ANALYSIS.decode(data)
    if len(_FEATURES) > _MOST_FEATURES:
        _FEATURES.clear()
    for mention in made.mentions:
        shared = tuple([_FEATURES.setdefault(feature, feature) for feature in mention.features])
        # Nobody has seen the record yet, and what it says stays the same.
        msgspec.structs.force_setattr(mention, "features", shared)
    return made
