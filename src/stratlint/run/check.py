"""A draft in question: alone, beside the documents of a corpus, or beside a corpus's digest.

What drafts are checked against is opened once, and any number of drafts are checked beside it:
:func:`open_against`, then :func:`check_beside` for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from stratlint.digest import SHADOW, Digest, beside, load_digest, without_text
from stratlint.documents import SUPPORTED
from stratlint.errors import UnreadableInput, UsageError, shown
from stratlint.evidence import card_path
from stratlint.knowledge.areas import main_region, resolve_areas
from stratlint.knowledge.places import load_places, same_region
from stratlint.knowledge.yamlfile import load_yaml
from stratlint.records import AuditResult, NotRead
from stratlint.resources import real
from stratlint.run.audit import Gathered, conclude, gather, prepare
from stratlint.run.corpus import (
    MANIFEST,
    Corpus,
    Entry,
    Manifest,
    Said,
    load_corpus,
    official_evidence,
    region_from_name,
)
from stratlint.run.judge import Ground, Prepared, ground_of
from stratlint.run.run import Run, file_hash
from stratlint.run.settings import FILE_NAME as SETTINGS_FILE
from stratlint.run.settings import Settings
from stratlint.run.suppressions import FILE_NAME as IGNORE_FILE


class Against(NamedTuple):
    """What drafts are checked against: a corpus or a digest, with rules and figures."""

    corpus: Corpus
    ground: Ground
    others: Gathered | Digest | None


NOTHING_SAID = Said()


FileState: TypeAlias = tuple[int, int]
"""When a file was changed, and its length."""


def state_of(path: Path | None, settings: Settings) -> dict[str, FileState]:
    """The state of all files that drafts are judged against: another one after any has changed.

    They are the documents and the manifest of a corpus, or a digest; the tables that the manifest
    names; and the rules, themes, sectors and places of one's own. Raises UsageError where they
    cannot be looked at.
    """
    files: list[Path] = []
    if path is not None and path.suffix.lower() == ".json":
        files = [path]
    elif path is not None and path.exists():
        folder = path if path.is_dir() else path.parent
        kinds = (*SUPPORTED, ".yaml")
        files = [p for p in folder.rglob("*") if p.suffix.lower() in kinds and p.name not in _LEFT]
        manifest = path if path.is_file() else path / MANIFEST
        try:
            tables = load_yaml(manifest, Manifest).evidence or ()
        except UsageError:
            # There is none, or its fault is told where it is opened; it is among the files.
            tables = ()
        for table in tables:
            files += [folder / table, card_path(folder / table)]
    for name in (*settings.rules_dirs, settings.sectors, settings.places):
        files += Path(name).rglob("*.yaml") if name is not None else ()
    try:
        return {
            str(file.resolve()): (state.st_mtime_ns, state.st_size)
            for file in files
            if file.is_file()
            for state in (file.stat(),)
        }
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be looked at: {error.strerror}") from None


_LEFT = (IGNORE_FILE, SETTINGS_FILE)
"""Files of a corpus that are read anew for each check."""


def check_draft(
    path: Path,
    run: Run,
    said: Said = NOTHING_SAID,
    *,
    against: Path | None = None,
) -> AuditResult:
    """What an auditor would say of a draft.

    ``against`` is a corpus whose other documents serve for comparison, or a digest of one
    (``.json``); what its manifest says of the draft's own file holds for the draft. Its own
    document of the draft's region is taken as an earlier version and left out. Findings are
    about the draft alone. Raises UnreadableInput when the draft cannot be read; other documents
    that cannot be read are in ``not_read``.
    """
    must_be_there(path, run)
    opened = open_against(against, run, without=[path])
    return check_beside(path, opened, run, said)


def open_against(path: Path | None, run: Run, *, without: Sequence[Path] = ()) -> Against:
    """Prepare what drafts are compared with: a corpus, a digest of one (``.json``), or nothing.

    ``without`` are files of the corpus that need not be read: drafts themselves.
    """
    if path is None or path.suffix.lower() == ".json":
        digest = load_digest(path) if path is not None else None
        corpus = Corpus(
            folder=Path(),
            title="",
            entries=(),
            evidence=official_evidence(),
            rules=digest.rules if digest is not None else {},
        )
        return Against(corpus, ground_of(corpus, run), digest)
    corpus = load_corpus(path, run.settings)
    ground = ground_of(corpus, run)
    kept = tuple(e for e in corpus.entries if not any(_is_same(e.path, p) for p in without))
    # Words about the manifest are for those who audit it.
    rest = msgspec.structs.replace(corpus, entries=kept, warnings=corpus.left_out)
    return Against(corpus, ground, gather(rest, ground, run))


def must_be_corpus(path: Path, settings: Settings) -> None:
    """Raise StratlintError now for what :func:`open_against` would not open when it is needed."""
    if path.suffix.lower() == ".json":
        load_digest(path)
    else:
        load_corpus(path, settings)


def check_beside(
    path: Path,
    against: Against,
    run: Run,
    said: Said = NOTHING_SAID,
    *,
    name: str | None = None,
    stands_for: Path | None = None,
) -> AuditResult:
    """Check a draft beside what is open. Raises UnreadableInput when it cannot be read."""
    draft = gather_draft(path, against, run, said, name=name, stands_for=stands_for)
    return conclude_draft(draft, against, run)


def gather_draft(
    path: Path,
    against: Against,
    run: Run,
    said: Said = NOTHING_SAID,
    *,
    name: str | None = None,
    stands_for: Path | None = None,
) -> Gathered:
    """Read a draft and find out what it is. Raises UnreadableInput when it cannot be read.

    What is ``said`` goes before what a manifest says of the draft's file; ``name`` is what the
    draft is called where its file has been given another, and ``stands_for`` the file whose
    unsaved text ``path`` holds. Raises UsageError for an area that there is not, or whose name
    two areas bear.
    """
    own = stands_for or path
    name = name or shown(own.name)
    known = next((e for e in against.corpus.entries if _is_same(e.path, own)), None)
    region: str | None = said.region
    if known is not None and not known.region_guessed:
        region = region or known.region
    region = load_places().spelling(shown(region) if region else None)
    given = resolve_areas(said.area) if said.area else known.area if known is not None else None
    region = region or (main_region(given) if given is not None else None)
    entry = Entry(
        path=path,
        source=name,
        region=region or region_from_name(Path(name).stem),
        area=given,
        region_guessed=region is None,
        title=said.title or (known.title if known else None),
        kind=said.kind or (known.kind if known else None),
        year=said.year or (known.year if known else None),
    )
    corpus = Corpus(
        folder=path.parent,
        title=entry.source,
        entries=(entry,),
        evidence=against.corpus.evidence,
        rules=against.corpus.rules,
        subject=entry.source,
    )
    gathered = gather(corpus, against.ground, run)
    if stands_for is not None:
        # From here on it is the file that it stands for: in messages, links and comparison.
        entry = msgspec.structs.replace(gathered.corpus.entries[0], path=stands_for)
        corpus = msgspec.structs.replace(gathered.corpus, entries=(entry,))
        gathered = msgspec.structs.replace(gathered, corpus=corpus)
    _must_be_read(gathered, gathered.not_read)
    return gathered


def conclude_draft(draft: Gathered, against: Against, run: Run) -> AuditResult:
    """Analyse and judge a draft that was read, beside what is open."""
    if isinstance(against.others, Gathered):
        others = _compared(against.others, draft.corpus.entries[0])
        draft = _together(_told_apart(draft, others), others)
    prepared = prepare(draft)
    if isinstance(against.others, Digest):
        draft, prepared = _beside_digest(draft, prepared, against.others)
    result = conclude(draft, prepared, against.ground, run)
    _must_be_read(draft, result.not_read)
    # A shadow has no text to show: what stood in for it has served.
    return msgspec.structs.replace(
        result,
        analyses=tuple(
            without_text(a) if a.document.reader == SHADOW else a for a in result.analyses
        ),
    )


def must_be_there(path: Path, run: Run) -> None:
    """Raise UnreadableInput for a draft that there is no use in waiting for."""
    try:
        file_hash(path, max_bytes=run.settings.limits.max_bytes)
    except UnreadableInput as error:
        raise UnreadableInput(f"{shown(path)}: {error.message}", code=error.code) from None


def _must_be_read(draft: Gathered, faults: Iterable[NotRead]) -> None:
    entry = draft.corpus.entries[0]
    for fault in faults:
        if fault.source == entry.source:
            raise UnreadableInput(f"{shown(entry.path)}: {fault.reason}", code=fault.code)


def _beside_digest(
    draft: Gathered, prepared: Prepared, digest: Digest
) -> tuple[Gathered, Prepared]:
    found = beside(prepared.analyses[0], digest)
    corpus = msgspec.structs.replace(draft.corpus, warnings=(*draft.corpus.warnings, *found.notes))
    return (
        msgspec.structs.replace(draft, corpus=corpus),
        msgspec.structs.replace(
            prepared,
            analyses=(*prepared.analyses, *found.analyses),
            sources=found.sources,
            passages=found.passages,
            others=hashlib.sha256(msgspec.json.encode(digest)).hexdigest(),
        ),
    )


def _compared(others: Gathered, draft: Entry) -> Gathered:
    """The others without the draft's own file, and without others of its region, which are said.

    They may be earlier versions. Text that a draft keeps from its own is nobody else's: compared,
    it would count as reuse. `stratlint diff` sets it apart.
    """
    corpus = others.corpus
    own = {e.source for e in corpus.entries if _is_same(e.path, draft.path)}
    earlier = [
        e
        for e in corpus.entries
        if e.role == "strategy" and e.source not in own and same_region(_place(e), _place(draft))
    ]
    gone = own | {e.source for e in earlier}
    notes = tuple(
        f"{e.source}: of the draft's own region ({e.region}), so left out of the comparison; "
        "where it is an earlier version, see 'stratlint diff'"
        for e in earlier
    )
    kept = msgspec.structs.replace(
        corpus,
        entries=tuple(e for e in corpus.entries if e.source not in gone),
        warnings=(*corpus.warnings, *notes),
    )
    return Gathered(
        corpus=kept,
        documents=tuple(d for d in others.documents if d.source not in gone),
        analyses=tuple(a for a in others.analyses if a.document.source not in gone),
        not_read=tuple(f for f in others.not_read if f.source not in gone),
    )


def _told_apart(draft: Gathered, others: Gathered) -> Gathered:
    """The draft by a name that no other document has."""
    entry = draft.corpus.entries[0]
    if entry.source not in {e.source for e in others.corpus.entries}:
        return draft
    name = f"draft/{entry.source}"
    return Gathered(
        corpus=msgspec.structs.replace(
            draft.corpus,
            title=name,
            subject=name,
            entries=(msgspec.structs.replace(entry, source=name),),
        ),
        documents=tuple(msgspec.structs.replace(d, source=name) for d in draft.documents),
        analyses=tuple(
            msgspec.structs.replace(a, document=msgspec.structs.replace(a.document, source=name))
            for a in draft.analyses
        ),
    )


def _together(draft: Gathered, others: Gathered) -> Gathered:
    """The draft first, then the others."""
    corpus = msgspec.structs.replace(
        draft.corpus,
        entries=(*draft.corpus.entries, *others.corpus.entries),
        warnings=(*draft.corpus.warnings, *others.corpus.warnings),
    )
    return Gathered(
        corpus=corpus,
        documents=(*draft.documents, *others.documents),
        analyses=(*draft.analyses, *others.analyses),
        not_read=(*draft.not_read, *others.not_read),
    )


def _place(entry: Entry) -> str | None:
    """Whose document it is: two plans of one county are versions, two of one region are not."""
    return entry.area.place if entry.area is not None else entry.region


def _is_same(one: Path, other: Path) -> bool:
    return real(one) == real(other)
