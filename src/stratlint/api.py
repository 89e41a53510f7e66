"""What ``import stratlint`` offers: read, analyse, check, audit, compare, shared passages.

Settings are given by name (``fail_on``, ``select``, ``jobs``, …) and are those of
``stratlint.yaml``. No settings file, environment variable or ignore file is looked at: a
script gives the same result wherever it runs. What is of another type than a function wants
raises TypeError, what it cannot use UsageError, and both say what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from errno import ENAMETOOLONG
from os import PathLike, fspath, lstat
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
    Quotient,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from stratlint.comparison import PassageOptions
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

    place = _path(path, "a file's path")
    _words(region=region, title=title, source=source, reader=reader)
    _year(year)
    if reader not in ("pdfium", "pdfplumber"):
        raise UsageError(f"there is no reader '{reader}'; there are pdfium, pdfplumber")
    options = msgspec.convert(
        {
            "reader": reader,
            "repair": repair,
            "ocr": ocr,
            "source": source or shown(place.name),
        },
        ReadOptions,
    )
    try:
        document = read_document(place, options)
    except UnreadableInput as error:
        raise UnreadableInput(f"{shown(place)}: {error.message}", code=error.code) from None
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

    _words(region=region, spacy_model=spacy_model)
    _year(year)
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
    store: str | None = None,
    **settings: Any,
) -> AuditResult:
    """Audit a corpus: a folder, its manifest, or a Corpus.

    ``area`` is what all strategies are about, but where the manifest gives another.
    ``executor`` replaces the worker processes, and ``store`` (``s3://bucket/folder`` or any other
    address that fsspec opens) the cache, which the workers of a cluster then share. Documents
    that cannot be read are in ``not_read``. Raises UsageError or FileFault for faults in
    manifest, rules or settings, and where the store cannot be used.
    """
    from stratlint.run.audit import audit as audit_corpus
    from stratlint.run.corpus import Corpus, about, load_corpus
    from stratlint.run.run import Run
    from stratlint.workers.store import Store

    names = _names(area, "area")
    _executor(executor)
    _words(store=store)
    kept = Store(store) if store is not None else None
    with _told(), Run(_settings(settings), executor=executor, store=kept) as run:
        found = corpus
        if not isinstance(found, Corpus):
            found = load_corpus(_path(found, "a corpus (its folder, its manifest or a Corpus)"))
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
    from stratlint.run.corpus import Said
    from stratlint.run.run import Run

    _words(region=region)
    _year(year)
    _executor(executor)
    said = Said(region=region or "", area=tuple(_names(area, "area")), year=year)
    with _told(), Run(_settings(settings), executor=executor) as run:
        return check_draft(
            _path(draft, "a draft's path"),
            run,
            said,
            against=None if against is None else _path(against, "a corpus or a profile of one"),
        )


def compare(
    analyses: Sequence[DocumentAnalysis | Document | PathType],
    *,
    sources: Sequence[DocumentAnalysis | Document | PathType] = (),
    quotients: Sequence[Quotient] = (),
    structures: Mapping[str, Mapping[str, float]] | None = None,
    reference: Mapping[str, int] | None = None,
    permutations: int = 999,
    seed: int = 0,
    options: PassageOptions | None = None,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Compare documents: overlap, likeness, shared text, keywords, emphasis.

    What is not analysed yet is read and analysed first, as :func:`analyse` does it. ``sources``
    are documents that text may have been taken from. ``quotients`` are location quotients,
    ``structures`` maps a region to its shares by industry code, ``reference`` is a corpus of word
    counts to find keywords against. ``permutations`` (at most a million) and ``seed`` are those
    of the tests; ``options`` say what counts as a shared passage; ``progress`` is called once for
    each pair of documents.
    """
    from stratlint.comparison import PassageOptions
    from stratlint.comparison import compare as compare_all

    _whole(permutations, "permutations", 1, 1_000_000)
    _whole(seed, "seed", 0, 2**63 - 1)
    if not isinstance(options, PassageOptions | None):
        raise TypeError(f"options: PassageOptions are wanted, not {type(options).__name__}")
    if progress is not None and not callable(progress):
        raise TypeError(f"progress: a function is wanted, not {type(progress).__name__}")
    measured = _like(quotients, tuple[Quotient, ...], "quotients")
    shares = _like(structures, dict[str, dict[str, float]] | None, "structures")
    counts = _like(reference, dict[str, int] | None, "reference")
    return compare_all(
        tuple(a if isinstance(a, DocumentAnalysis) else analyse(a) for a in _several(analyses)),
        sources=[_document(d) for d in _several(sources)],
        quotients=measured,
        structures=shares,
        reference=counts,
        permutations=permutations,
        seed=seed,
        options=options or PassageOptions(),
        progress=progress,
    )


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

    _flags(thorough=thorough)
    if min_words is not None:
        _whole(min_words, "min_words", 1, 1_000_000)
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

    _flags(force=force)
    if not isinstance(result, AuditResult):
        raise TypeError(f"the result of an audit or a check is wanted, not {type(result).__name__}")
    with _told():
        return write(result, _path(folder, "a folder"), _names(formats, "formats"), force=force)


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

    if nlp is not None and not callable(getattr(nlp, "tokenizer", None)):
        raise TypeError(f"nlp: a spaCy pipeline is wanted, not {type(nlp).__name__}")
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


def _path(given: object, wanted: str) -> Path:
    """A path as it is given. Raises TypeError for anything else, UsageError for no name of one."""
    if not isinstance(given, str | PathLike):
        raise TypeError(f"{wanted} is wanted, not {type(given).__name__}")
    name = fspath(given)
    if not isinstance(name, str):
        raise TypeError(f"{wanted} is wanted, as text and not as {type(name).__name__}")
    try:
        if not name or "\0" in name:
            raise ValueError
        # The system's own word on names: too long, or of characters that it does not have.
        lstat(name)
    except ValueError:
        raise UsageError(f"'{shown(name)}' is no name of a file; {wanted} is wanted") from None
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise UsageError(f"{shown(name)}: {error.strerror}") from None
    return Path(name)


def _words(**given: object) -> None:
    """Raise TypeError for what is neither text nor left out."""
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name}: text is wanted, not {type(value).__name__}")


def _flags(**given: object) -> None:
    """Raise TypeError for what is neither true nor false."""
    for name, value in given.items():
        if not isinstance(value, bool):
            raise TypeError(f"{name}: True or False is wanted, not {type(value).__name__}")


def _year(given: object) -> None:
    """Raise TypeError for what is no whole number, UsageError for no year that a manifest takes."""
    if given is not None:
        _whole(given, "year", 1800, 2200)


def _whole(given: object, what: str, least: int, most: int) -> None:
    """Raise TypeError for what is no whole number, UsageError for one that cannot be meant."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(f"{what}: a whole number is wanted, not {type(given).__name__}")
    if not least <= given <= most:
        raise UsageError(f"{what}: {given:.10g} is none; {least} to {most} are")


def _like(given: object, kind: Any, what: str) -> Any:
    """What is given, as records of a kind. Raises TypeError for anything else."""
    try:
        return msgspec.convert(given, kind)
    except (msgspec.ValidationError, AttributeError) as error:
        # msgspec asks anything that it does not know for its keys.
        told = isinstance(error, msgspec.ValidationError)
        why = f"{str(error)[:1].lower()}{str(error)[1:]}" if told else "something else was given"
        raise TypeError(f"{what}: {why}") from None


def _names(given: object, what: str) -> tuple[str, ...]:
    """Names as they are given: one, several or none. Raises TypeError for anything else."""
    names = (given,) if isinstance(given, str) else given
    if isinstance(names, Sequence) and all(isinstance(name, str) for name in names):
        return tuple(names)
    raise TypeError(f"{what}: a name or a list of names is wanted, not {type(given).__name__}")


@contextmanager
def _told() -> Iterator[None]:
    """Say what the system refuses as a UsageError: a name too long, no right, a full disk."""
    try:
        yield
    except OSError as error:
        where = f"{shown(fspath(error.filename))}: " if isinstance(error.filename, str) else ""
        raise UsageError(f"{where}{error.strerror or error}") from error


def _executor(given: object) -> None:
    """Raise TypeError for what takes no work."""
    if given is not None and (isinstance(given, type) or not hasattr(given, "submit")):
        raise TypeError(f"executor: an Executor is wanted, not {type(given).__name__}")


def _several(given: object) -> Sequence[Any]:
    """A list of documents as it is given. Raises TypeError for one alone."""
    if isinstance(given, str | PathLike | Document | DocumentAnalysis):
        raise TypeError("several documents are wanted, in a list: [a, b]")
    return list(given)  # type: ignore[call-overload,no-any-return]


def _settings(given: dict[str, Any]) -> Settings:
    from pydantic import ValidationError

    from stratlint.run.settings import Settings, first_fault

    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise UsageError(f"settings: {first_fault(error)}") from None
