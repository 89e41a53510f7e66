"""One document at a time: a pure function of its bytes, the settings and the knowledge.

The result travels as MessagePack bytes, so that the same value goes to the cache, to another
process and to another machine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from stratlint._version import __version__
from stratlint.documents import ReadOptions
from stratlint.errors import UnreadableInput
from stratlint.knowledge.version import knowledge_version
from stratlint.records import Document, DocumentAnalysis, DocumentKind, Feature, Kind, Record

MODULES = ("stratlint.workers.preload",)
"""What a worker needs; imported once, before workers are forked."""

_ENCODER = msgspec.msgpack.Encoder()
_ANALYSIS = msgspec.msgpack.Decoder(DocumentAnalysis)
_FEATURES: dict[Feature, Feature] = {}
_MOST_FEATURES = 200_000


class Task(Record):
    """One document to analyse. ``plain`` reads it only (a source, matched but not audited)."""

    path: str
    sha256: str
    options: ReadOptions
    region: str | None = None
    title: str | None = None
    year: int | None = None
    kind: Kind | None = None
    spacy_model: str | None = None
    plain: bool = False

    def key(self) -> str:
        """The cache key: everything that the result depends on."""
        own = msgspec.structs.replace(self, path="")
        digest = hashlib.sha256(msgspec.json.encode(own, order="sorted"))
        digest.update(f"{__version__} {knowledge_version()}".encode())
        return digest.hexdigest()


def file_hash(path: Path, *, max_bytes: int) -> str:
    """SHA-256 of a file. Raises UnreadableInput when it is missing, empty or too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableInput("is a folder, not a document", code="wrong-type")
        if size == 0:
            raise UnreadableInput("the file is empty", code="empty")
        if size > max_bytes:
            raise UnreadableInput(
                f"{size:,} bytes, over the limit of {max_bytes:,} (raise with --max-bytes)",
                code="too-much-text",
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UnreadableInput("there is no such file", code="missing") from None
    except OSError as error:
        raise UnreadableInput(f"cannot be opened: {error.strerror}", code="damaged") from None


def analyse_file(task: Task) -> bytes:
    """Read and analyse one file, as MessagePack of a DocumentAnalysis.

    Raises UnreadableInput when it cannot be read.
    """
    from stratlint.documents import read
    from stratlint.documents.guesses import without_guesses

    document = read(Path(task.path), task.options)
    given = [name for name in ("title", "year") if getattr(task, name)]
    document = without_guesses(document, *given)
    document = msgspec.structs.replace(
        document,
        region=task.region or document.region,
        title=task.title or document.title,
        year=task.year or document.year,
    )
    if task.plain:
        return _ENCODER.encode(bare_analysis(document))
    analysis = analyse_document(document, spacy_model=task.spacy_model, kind=task.kind)
    return _ENCODER.encode(analysis)


def encode(analysis: DocumentAnalysis) -> bytes:
    """An analysis as :func:`analyse_file` returns it."""
    return _ENCODER.encode(analysis)


def decode(data: bytes) -> DocumentAnalysis:
    """The analysis that :func:`analyse_file` made.

    Equal features become one record: documents share nearly all of them, and a third of an
    analysis would otherwise be their copies.
    """
    analysis = _ANALYSIS.decode(data)
    if len(_FEATURES) > _MOST_FEATURES:
        _FEATURES.clear()
    for mention in analysis.mentions:
        shared = tuple([_FEATURES.setdefault(feature, feature) for feature in mention.features])
        # Nobody has seen the record yet, and what it says stays the same.
        msgspec.structs.force_setattr(mention, "features", shared)
    return analysis


def bare_analysis(document: Document) -> DocumentAnalysis:
    """A document that was read and not analysed."""
    return DocumentAnalysis(
        document=document, sentences=(), mentions=(), places=(), actors=(), priorities=()
    )


def analyse_document(
    document: Document, *, spacy_model: str | None = None, kind: Kind | None = None
) -> DocumentAnalysis:
    """Kind, sectors, commitments, places, actors and priorities of a document already read.

    ``kind`` is what a person said of it; None lets it be told from the text.
    """
    from stratlint.language import analyse_language
    from stratlint.language.kinds import is_whole, kind_of
    from stratlint.priorities import rank_priorities

    result = analyse_language(document, own_region=document.region, spacy_model=spacy_model)
    priorities = rank_priorities(document, result.sentences, result.mentions, result.declarations)
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
        priorities=priorities,
        kind=told,
        declarations=result.declarations,
    )
