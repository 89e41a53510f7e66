"""What ``import stratlint`` offers: read, analyse, check, audit, compare, shared passages.

Settings are given by name (``fail_on``, ``select``, ``jobs``, …) and are those of
``stratlint.yaml``. No settings file, environment variable or ignore file is looked at: a
script gives the same result wherever it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from stratlint.errors import UnreadableInput, UsageError, shown
from stratlint.records import (
    AuditResult,
    Comparison,
    Document,
    DocumentAnalysis,
    Passage,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from stratlint.run.corpus import Corpus
    from stratlint.run.settings import Settings

PathType: TypeAlias = str | PathLike[str]


def read(
    path: PathType,
    *,
    region: str | None = None,
    year: int | None = None,
    title: str | None = None,
    source: str | None = None,
    reader: str = "pdfium",
    repair: bool | None = None,
    ocr: bool = False,
) -> Document:
    """Read one file (PDF, Word, HTML, Markdown, plain text) into a document.

    ``source`` is the name to record, by default the file's. ``repair=None`` mends the text of
    a PDF and leaves other files alone. Raises UnreadableInput.
    """
    from stratlint.documents import ReadOptions
    from stratlint.documents import read as read_document

    if reader not in ("pdfium", "pdfplumber"):
        raise UsageError(f"there is no reader '{reader}'; there are pdfium, pdfplumber")
    options = msgspec.convert(
        {
            "reader": reader,
            "repair": repair,
            "ocr": ocr,
            "source": source or shown(Path(path).name),
        },
        ReadOptions,
    )
    try:
        document = read_document(Path(path), options)
    except UnreadableInput as error:
        raise UnreadableInput(f"{shown(path)}: {error.message}", code=error.code) from None
    return msgspec.structs.replace(
        document,
        region=region or document.region,
        year=year or document.year,
        title=title or document.title,
    )


def analyse(
    document: Document | PathType,
    *,
    region: str | None = None,
    year: int | None = None,
    spacy_model: str | None = None,
) -> DocumentAnalysis:
    """Sectors, commitments, places, actors and priorities of one document.

    ``region`` says whose document it is for comparisons and evidence; what the text says does not
    depend on it. Raises UnreadableInput for a file that cannot be read.
    """
    from stratlint.run.analyse import analyse_document

    read_one = _document(document)
    known = msgspec.structs.replace(
        read_one, region=region or read_one.region, year=year or read_one.year
    )
    return analyse_document(known, spacy_model=spacy_model)


def audit(
    corpus: PathType | Corpus,
    *,
    area: str | Sequence[str] = (),
    executor: Executor | None = None,
    **settings: Any,
) -> AuditResult:
    """Audit a corpus: a folder, its manifest, or a Corpus.

    ``area`` is what all strategies are about, but where the manifest gives another.
    ``executor`` replaces the worker processes. Documents that cannot be read are in
    ``not_read``. Raises UsageError or FileFault for faults in manifest, rules or settings.
    """
    from stratlint.run.audit import audit as audit_corpus
    from stratlint.run.corpus import Corpus, about, load_corpus
    from stratlint.run.run import Run

    names = (area,) if isinstance(area, str) else area
    with Run(_settings(settings), executor=executor) as run:
        found = corpus if isinstance(corpus, Corpus) else load_corpus(_folder(corpus))
        return audit_corpus(about(found, names), run)


def check(
    draft: PathType,
    *,
    region: str | None = None,
    area: str | Sequence[str] = (),
    year: int | None = None,
    against: PathType | None = None,
    executor: Executor | None = None,
    **settings: Any,
) -> AuditResult:
    """Check one draft, alone or ``against`` a corpus or a profile of one.

    Region and ``area`` (a county, district, partnership … or several) are recognised where they
    are not given; warnings of the draft's document, with the codes ``region-guessed`` and
    ``area-guessed``, say how.
    Raises UnreadableInput when the draft cannot be read.
    """
    from stratlint.run.check import check_draft
    from stratlint.run.run import Run

    with Run(_settings(settings), executor=executor) as run:
        return check_draft(
            Path(draft),
            run,
            region=region,
            area=(area,) if isinstance(area, str) else area,
            year=year,
            against=Path(against) if against is not None else None,
        )


def compare(
    analyses: Sequence[DocumentAnalysis | Document | PathType], **options: Any
) -> Comparison:
    """Compare documents: overlap, likeness, shared text, keywords, emphasis.

    What is not analysed yet is read and analysed first, as :func:`analyse` does it.
    ``options`` are those of :func:`stratlint.comparison.compare`: ``sources``, ``quotients``,
    ``structures``, ``reference``, ``permutations``, ``seed``, ``options``, ``progress``.
    """
    from stratlint.comparison import compare as compare_all

    found = tuple(a if isinstance(a, DocumentAnalysis) else analyse(a) for a in _several(analyses))
    return compare_all(found, **options)


def shared_passages(
    documents: Sequence[Document | DocumentAnalysis | PathType],
    *,
    sources: Sequence[Document | DocumentAnalysis | PathType] = (),
    min_words: int | None = None,
    thorough: bool = False,
) -> tuple[Passage, ...]:
    """Passages that two or more documents share, longest first, as ``stratlint passages`` has them.

    ``sources`` are matched against the documents but not with each other. ``thorough`` aligns
    every pair in full, as two documents always are; of more, only pairs that share a run of words
    are aligned without it. Files are read first. Raises ValueError for two documents of one source
    name.
    """
    from stratlint.comparison.passages.find import options_for
    from stratlint.comparison.passages.find import shared_passages as find

    bare, others = ([_document(d) for d in _several(given)] for given in (documents, sources))
    options = options_for(len(bare) + len(others), min_words=min_words, thorough=thorough)
    return find(bare, sources=others, options=options)


def write_reports(
    result: AuditResult, folder: PathType, formats: Sequence[str] = (), *, force: bool = False
) -> tuple[Path, ...]:
    """Write what ``stratlint audit -o folder`` writes, and the ``formats`` asked for besides.

    Returns the paths written. Raises UsageError for an unknown format, and for a file in the way
    that stratlint did not write unless ``force``.
    """
    from stratlint.reporting import write_reports as write

    return write(result, Path(folder), formats, force=force)


def to_spacy(analysis: DocumentAnalysis | Document | PathType, nlp: Language | None = None) -> Doc:
    """An analysis as a spaCy ``Doc``: ``doc.text`` is the document's text, character by character.

    ``nlp`` is whose tokens and vocabulary it has, by default those of a blank English pipeline;
    its components are not run. Sentences are ours. ``doc.spans`` has ``sectors`` (label: sector,
    id: commitment), ``declarations`` (label: polarity, id: form), ``places`` and ``actors``
    (label: kind, id: name); ``doc.spans["sectors"].attrs["probability"]`` has a number for each
    span. A span that ends inside a token is widened to it. ``doc.user_data["stratlint"]`` has
    source, region, year and priorities.
    """
    from stratlint.tables.texts import to_spacy as convert

    found = analysis if isinstance(analysis, DocumentAnalysis) else analyse(analysis)
    return convert(found, nlp)


def _document(given: object) -> Document:
    """A document as it is given: read, analysed, or a file. Raises TypeError for anything else."""
    if isinstance(given, DocumentAnalysis):
        return given.document
    if isinstance(given, Document):
        return given
    if isinstance(given, str | PathLike):
        return read(given)
    name = type(given).__name__
    raise TypeError(f"a document is wanted: a file's path, a Document or its analysis, not {name}")


def _folder(given: object) -> Path:
    """A folder or manifest as it is given. Raises TypeError for anything else."""
    if isinstance(given, str | PathLike):
        return Path(given)
    name = type(given).__name__
    raise TypeError(f"a corpus is a folder, its manifest or a Corpus, not {name}")


def _several(given: object) -> Sequence[Any]:
    """A list of documents as it is given. Raises TypeError for one alone."""
    if isinstance(given, str | PathLike | Document | DocumentAnalysis):
        raise TypeError("several documents are wanted, in a list: [a, b]")
    return list(given)  # type: ignore[call-overload,no-any-return]


def _settings(given: dict[str, Any]) -> Settings:
    from pydantic import ValidationError

    from stratlint.run.settings import Settings

    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"settings: {name}: {fault['msg']}") from None
