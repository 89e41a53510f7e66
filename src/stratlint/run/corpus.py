"""A corpus: the documents of one comparison, from a manifest or from a plain folder."""

from __future__ import annotations

import fnmatch
import os
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from pydantic import Field, field_validator

from stratlint.documents import SUPPORTED
from stratlint.errors import FileFault, UsageError, shown
from stratlint.knowledge.areas import main_region, resolve_areas
from stratlint.knowledge.places import load_places
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Area, Kind, Record
from stratlint.resources import data_dir, real

if TYPE_CHECKING:
    from stratlint.run.settings import Settings

MANIFEST = "manifest.yaml"
RUN = "run.json"
"""What every report has, and tells it from a folder of documents."""
REPORTS = re.compile(r"report(-[a-z0-9-]+)?\.html|findings\.md")
"""Files of a report that could be taken for documents."""


class ManifestDocument(Editable):
    """One document of a manifest. ``guessed`` names the fields that a person should check."""

    file: str
    region: str | None = None
    area: str | tuple[str, ...] | None = None
    role: Literal["strategy", "source"] = "strategy"
    title: str | None = None
    year: int | None = Field(default=None, ge=1800, le=2200)
    kind: Kind | None = None
    modelled: bool = False
    guessed: tuple[str, ...] = ()

    @field_validator("file")
    @classmethod
    def _inside(cls, value: str) -> str:
        if not _stays_inside(value, up=0):
            raise ValueError(f"'{value}' leaves the folder of the manifest; keep documents in it")
        return value


class Manifest(Editable):
    """What a corpus is: ``manifest.yaml`` beside the documents."""

    title: str = ""
    modelled: bool = False
    evidence: tuple[str, ...] | None = None
    documents: tuple[ManifestDocument, ...] = Field(min_length=1)
    rules: dict[str, Any] = Field(default_factory=dict)

    @field_validator("evidence")
    @classmethod
    def _near(cls, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for path in value or ():
            if not _stays_inside(path, up=1):
                raise ValueError(f"'{path}' leaves the folder above the manifest")
        return value


class Said(Record):
    """What a person says of a document; empty where they leave it to the program."""

    region: str = ""
    area: tuple[str, ...] = ()
    year: int | None = None
    kind: Kind | None = None
    title: str = ""
    role: str = "strategy"


class Entry(Record):
    """One document to be read: where it is and what is known of it before."""

    path: Path
    source: str
    role: str = "strategy"
    region: str | None = None
    title: str | None = None
    year: int | None = None
    kind: Kind | None = None
    area: Area | None = None
    """What the document is about, where somebody has said so."""
    region_guessed: bool = False
    """The region is what the file's name tells of; nobody has written it down."""


class Corpus(Record):
    """Documents to be audited together, sources to match against, and tables of evidence.

    ``subject`` is the source name of the draft in question, where the others serve for
    comparison with it.
    """

    folder: Path
    title: str
    entries: tuple[Entry, ...]
    evidence: tuple[Path, ...]
    rules: dict[str, Any]
    warnings: tuple[str, ...] = ()
    subject: str | None = None
    left_out: tuple[str, ...] = ()
    """A word on what the settings leave out, which is among the warnings too."""


def _stays_inside(value: str, *, up: int) -> bool:
    """Whether a relative path climbs at most ``up`` folders and never starts at a root."""
    if re.match(r"([A-Za-z]:|[/\\])", value) or "\0" in value:
        return False
    depth = 0
    for part in re.split(r"[/\\]+", value):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < -up:
            return False
    return True


def official_evidence() -> tuple[Path, ...]:
    """The tables that come with stratlint."""
    folder = data_dir("corpora") / "evidence"
    return (folder / "gva.csv", folder / "employment.csv")


_SHOWN = 5
"""Files that a warning names."""


def load_corpus(path: Path, settings: Settings | None = None) -> Corpus:
    """A corpus from its folder or its manifest.

    A folder without a manifest is taken as it is: every file that can be read is a document,
    its region to be guessed from its text, with a warning. ``settings`` say what is left out.
    Raises UsageError when there is no such folder or nothing in it, FileFault for a fault in
    the manifest.
    """
    if path.is_file():
        if path.suffix not in (".yaml", ".yml"):
            raise UsageError(
                f"{path}: a corpus is a folder or its {MANIFEST}; for one document use "
                f"'stratlint check {path}'"
            )
        return _from_manifest(path, settings)
    if not path.is_dir():
        raise UsageError(f"{path}: there is no such folder", code="missing")
    if (path / MANIFEST).is_file():
        return _from_manifest(path / MANIFEST, settings)
    return folder_corpus(path, settings)


def _chosen(corpus: Corpus, settings: Settings | None) -> Corpus:
    """A corpus without what the settings exclude, which is said."""
    exclude = settings.exclude if settings is not None else ()
    left = {e.source for e in corpus.entries if _excluded(e, exclude)}
    if not left:
        return corpus
    kept = tuple(e for e in corpus.entries if e.source not in left)
    if not kept:
        globs = ", ".join(exclude)
        raise UsageError(f"{corpus.folder}: every document is left out by 'exclude' ({globs})")
    note = f"left out by 'exclude': {_some(sorted(left))}"
    return msgspec.structs.replace(
        corpus, entries=kept, warnings=(*corpus.warnings, note), left_out=(note,)
    )


def _some(names: Sequence[str]) -> str:
    """Names as a warning gives them: the first few."""
    return ", ".join(names[:_SHOWN]) + (" and others" if len(names) > _SHOWN else "")


def _excluded(entry: Entry, exclude: Sequence[str]) -> bool:
    return any(
        entry.role == glob.removeprefix("role:").strip()
        if glob.startswith("role:")
        else fits(glob, entry.source)
        for glob in exclude
    )


def fits(glob: str, name: str) -> bool:
    """Whether a path within a corpus fits a glob, as in a .gitignore.

    A glob without a slash fits a file or a folder of that name anywhere, any other begins at the
    corpus; what fits a folder fits all that is in it. ``**`` stands for any folders.
    """
    glob, name = unicodedata.normalize("NFC", glob), unicodedata.normalize("NFC", name)
    wanted, parts = glob.strip("/").split("/"), name.split("/")
    if len(wanted) == 1:
        wanted = ["**", *wanted]
    # How many parts of the path are taken so far; each step looks at each part once, so that no
    # glob takes long.
    taken = {0}
    for step in wanted:
        if step == "**":
            taken = set(range(min(taken), len(parts)))
        else:
            taken = {i + 1 for i in taken if i < len(parts) and fnmatch.fnmatchcase(parts[i], step)}
        if not taken:
            return False
    return True


def _from_manifest(path: Path, settings: Settings | None) -> Corpus:
    manifest = load_yaml(path, Manifest)
    folder = path.parent
    entries = tuple(
        Entry(
            path=folder / document.file,
            source=shown(document.file),
            role=document.role,
            **_whose(document, path),
            title=document.title,
            year=document.year,
            kind=document.kind,
        )
        for document in manifest.documents
    )
    # './a.md' is the file that 'a.md' is.
    files = [plain_path(document.file) for document in manifest.documents]
    times = Counter(files)
    twice = [e.source for e, file in zip(entries, files, strict=True) if times[file] > 1]
    if twice:
        raise FileFault(f"'{min(twice)}' is listed twice", path=str(path))
    guesses = tuple(
        f"{d.file}: {', '.join(d.guessed)} guessed, not confirmed; see {path.name}"
        for d in manifest.documents
        if d.guessed
    )
    for entry in entries:
        if not leads_inside(entry.path, folder):
            raise FileFault(
                f"'{entry.source}' is a link out of the manifest's folder; keep documents in it",
                path=shown(path),
            )
    evidence = (
        official_evidence()
        if manifest.evidence is None
        else tuple(folder / table for table in manifest.evidence)
    )
    for table in evidence if manifest.evidence is not None else ():
        if not leads_inside(table, folder.parent):
            raise FileFault(
                f"'{shown(table.name)}' is a link out of the folder above the manifest",
                path=shown(path),
            )
    corpus = Corpus(
        folder=folder,
        title=manifest.title or shown(real(folder).name),
        entries=entries,
        evidence=evidence,
        rules=manifest.rules,
        warnings=(*guesses, *_on_unlisted(path, frozenset(files), settings)),
    )
    return _chosen(corpus, settings)


def _whose(document: ManifestDocument, path: Path) -> dict[str, Any]:
    """Region and area of a document as a manifest gives them; FileFault for an unknown area."""
    region = load_places().spelling(shown(document.region) if document.region else None)
    if document.area is None:
        return {"region": region}
    names = (document.area,) if isinstance(document.area, str) else document.area
    try:
        area = resolve_areas(names)
    except UsageError as error:
        raise FileFault(f"{document.file}: {error.message}", path=str(path)) from None
    return {"region": region or main_region(area), "area": area}


def about(corpus: Corpus, names: Sequence[str]) -> Corpus:
    """A corpus whose strategies are about an area, but where the manifest gives another.

    No names change nothing. Raises UsageError for an area that there is not, or whose name two
    areas bear.
    """
    if not names:
        return corpus
    area = resolve_areas(names)
    given = {"area": area, "region": main_region(area), "region_guessed": False}
    return msgspec.structs.replace(
        corpus,
        entries=tuple(
            msgspec.structs.replace(entry, **given)
            if entry.role == "strategy" and entry.area is None
            else entry
            for entry in corpus.entries
        ),
    )


def unlisted(
    manifest: Path, listed: frozenset[str], settings: Settings | None = None
) -> tuple[str, ...]:
    """Documents that lie beside a manifest and are not in it: nobody audits them."""
    files, _ = _documents(manifest.parent)
    here = [f for f in files if f.parent == manifest.parent]
    globs = [g for g in (settings.exclude if settings else ()) if not g.startswith("role:")]
    return tuple(
        f.name
        for f in here
        if f.name not in listed
        and not f.name.lower().startswith("readme")
        and not any(fits(glob, shown(f.name)) for glob in globs)
    )


def _on_unlisted(
    manifest: Path, listed: frozenset[str], settings: Settings | None
) -> tuple[str, ...]:
    left = [shown(name) for name in unlisted(manifest, listed, settings)]
    return (f"not listed in {manifest.name}, so not audited: {_some(left)}",) if left else ()


def folder_corpus(folder: Path, settings: Settings | None = None) -> Corpus:
    """Every document of a folder, called by its file's name until its text is asked.

    Hidden files and folders are passed over, and the reports of earlier runs; ``settings`` say
    what is left out, and roles. Raises UsageError when there is no document.
    """
    files, reports = _documents(folder)
    files, outside = _inside(folder, files)
    if not files:
        kinds = ", ".join(sorted(SUPPORTED))
        raise UsageError(f"{folder}: no document here ({kinds})", code="missing")
    roles = tuple(settings.roles.items()) if settings is not None else ()
    entries = tuple(
        Entry(
            path=path,
            source=(name := shown(path.relative_to(folder).as_posix())),
            role=next((role for glob, role in roles if fits(glob, name)), "strategy"),
            region=region_from_name(path.stem),
            region_guessed=True,
        )
        for path in files
    )
    warning = (
        f"{folder}: no {MANIFEST}, so regions and years are guessed from the texts; "
        f"'stratlint init {folder}' writes one to correct"
    )
    corpus = Corpus(
        folder=folder,
        title=shown(real(folder).name),
        entries=entries,
        evidence=official_evidence(),
        rules={},
        warnings=(warning, *reports, *outside),
    )
    return _chosen(corpus, settings)


def _inside(folder: Path, files: list[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """The files that lie in a folder, and a word on links that lead out of it."""
    kept = [path for path in files if leads_inside(path, folder)]
    notes = (
        f"{shown(path.relative_to(folder))}: a link out of {shown(folder)}, left out"
        for path in files
        if path not in kept
    )
    return kept, tuple(notes)


def leads_inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, is below a folder, or is not there."""
    real = os.path.realpath(path)
    return not os.path.lexists(path) or Path(real).is_relative_to(os.path.realpath(folder))


def _documents(folder: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The files of a folder that may be strategies, and a word on reports that are none."""
    seen = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in (*SUPPORTED, ".json")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    runs = {path.parent for path in seen if path.name == RUN and _is_run(path)}
    # A report may lie among the documents themselves: then only its own files are passed over.
    inner = runs - {folder}
    files = [
        path
        for path in seen
        if path.suffix.lower() in SUPPORTED
        and inner.isdisjoint(path.parents)
        and not (folder in runs and path.parent == folder and REPORTS.fullmatch(path.name))
    ]
    warnings = (f"{run}: the report of an earlier run, left out" for run in sorted(runs))
    return files, tuple(warnings)


def _is_run(path: Path) -> bool:
    """Whether a file named run.json says that stratlint wrote it."""
    try:
        with path.open("rb") as file:
            return b'"stratlint"' in file.read(200)
    except OSError:
        return False


def plain_path(file: str) -> str:
    """The path of a manifest in its shortest form."""
    return posixpath.normpath(file.replace("\\", "/"))


_NOT_A_PLACE = frozenset(
    "a adopted an analysis and consultation corporate county development draft economic economy "
    "final for framework growth in industrial innovation lep local new of on outstanding plan "
    "planning policy prosperity qualitative regional report res research ris ris3 rdp s3 smart "
    "spatial specialisation specialization strategic strategy strategies summary sustainable the "
    "to version vision with rev web low high res".split()
)


def region_from_name(stem: str) -> str:
    """The region that a file name tells of: a region of the gazetteer, else its place words.

    'NL_Northern_Netherlands_RIS3' gives 'Northern Netherlands'; a name with no place words is
    given back as it is, so that every document has something to be called by.
    """
    # macOS writes 'Î' as two characters, and the second of them is no letter.
    stem = shown(unicodedata.normalize("NFC", stem))
    words = re.sub(r"[\W_]+", " ", stem).strip()
    lowered = f" {words.lower()} "
    known = [r for r in load_places().region_names() if f" {r.lower()} " in lowered]
    if known:
        return max(known, key=len)
    place: list[str] = []
    for word in words.split():
        if re.fullmatch(r"[A-Z]{2}", word) and not place:
            continue
        if word.lower() in _NOT_A_PLACE or any(c.isdigit() for c in word):
            if place:
                break
            continue
        place.append(word)
    return " ".join(place) or stem
