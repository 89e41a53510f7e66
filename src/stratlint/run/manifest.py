"""Change a manifest as a person would: one document's lines, and nothing else of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

from stratlint.documents import SUPPORTED
from stratlint.errors import UsageError, shown
from stratlint.knowledge.areas import resolve_areas
from stratlint.knowledge.places import load_places
from stratlint.knowledge.yamledit import GONE, with_value
from stratlint.knowledge.yamlfile import load_yaml_text
from stratlint.run.begin import EntryGuess, manifest_text
from stratlint.run.corpus import MANIFEST, Entry, Manifest, ManifestDocument, Said, plain_path

_ORDER = ("file", "role", "region", "area", "title", "year", "kind", "modelled", "guessed")
_LONGEST_NAME = 100
_ODD = re.compile(r"[^\w .,()&'+-]+")
"""Characters that a file's name keeps none of: what a shell, a path or a system may take amiss."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def manifest_of(corpus: Path) -> Path:
    """Where the manifest of a corpus is, or would be."""
    return corpus if corpus.is_file() else corpus / MANIFEST


def loaded(text: str, path: Path) -> Manifest:
    """What a manifest says; areas that there are not are left to be corrected. Raises FileFault."""
    return load_yaml_text(text.removeprefix("\ufeff"), Manifest, path=str(path))


def said_of(document: ManifestDocument) -> Said:
    """What a manifest says of a document."""
    return Said(
        region=document.region or "",
        area=_areas(document),
        year=document.year,
        kind=document.kind,
        title=document.title or "",
        role=document.role,
    )


def _areas(document: ManifestDocument) -> tuple[str, ...]:
    return (document.area,) if isinstance(document.area, str) else document.area or ()


def stand(document: ManifestDocument) -> str:
    """What an entry is known by: it tells a person that another has changed it meanwhile."""
    return hashlib.sha256(document.model_dump_json().encode()).hexdigest()[:16]


def find(manifest: Manifest, file: str) -> int:
    """The number of a document. Raises UsageError for one that is not listed."""
    for number, document in enumerate(manifest.documents):
        if document.file == file:
            return number
    raise UsageError(f"'{shown(file)}' is not listed in the manifest: it was taken out meanwhile")


def corrected(text: str, path: Path, file: str, said: Said) -> str:
    """The text with one document as a person says it is; nothing of it is guessed any more."""
    manifest = loaded(text, path)
    at = find(manifest, file)
    document = manifest.documents[at]
    _must_be(said)
    before, after = _fields(said_of(document)), _fields(said)
    for name in _ORDER:
        if before.get(name) == after.get(name):
            continue
        way = ("documents", at, name)
        value = after.get(name, GONE)
        if name in document.guessed and name in before and value is not GONE:
            # Its comment tells why it was guessed, and goes with the guess.
            text = with_value(text, way, GONE, path=str(path))
        text = with_value(text, way, value, path=str(path), order=_ORDER)
    if document.guessed:
        text = with_value(text, ("documents", at, "guessed"), GONE, path=str(path))
    loaded(text, path)
    return text


def with_document(text: str, path: Path, file: str, said: Said) -> str:
    """The text with one document more. Raises UsageError for one that is listed."""
    manifest = loaded(text, path)
    if any(plain_path(document.file) == file for document in manifest.documents):
        raise UsageError(f"'{shown(file)}' is listed already")
    _must_be(said)
    entry = {"file": file, **_fields(said)}
    text = with_value(text, ("documents", len(manifest.documents)), entry, path=str(path))
    loaded(text, path)
    return text


def without_document(text: str, path: Path, file: str) -> str:
    """The text with one document less. Raises UsageError for the last."""
    manifest = loaded(text, path)
    if len(manifest.documents) == 1:
        raise UsageError("a corpus needs one document: add another before you take this out")
    text = with_value(text, ("documents", find(manifest, file)), GONE, path=str(path))
    loaded(text, path)
    return text


def first_manifest(path: Path, file: str, said: Said) -> str:
    """The manifest of a folder whose first document this is."""
    guess = EntryGuess(entry=Entry(path=path.parent / file, source=file), reasons={})
    return corrected(manifest_text(path.parent, [guess]), path, file, said)


def _must_be(said: Said) -> None:
    """Raise UsageError for an area that there is not, or whose name two areas bear."""
    if said.area:
        resolve_areas(said.area)


def _fields(said: Said) -> dict[str, Any]:
    """What is written, by key, in the order of a manifest."""
    region = load_places().spelling(shown(said.region)) if said.region else None
    fields: dict[str, Any] = {
        "role": said.role if said.role != "strategy" else None,
        "region": region,
        "area": said.area[0] if len(said.area) == 1 else list(said.area) or None,
        "title": said.title or None,
        "year": said.year,
        "kind": said.kind.value if said.kind else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def file_name(name: str) -> str:
    """The name under which a file that came with a name is kept in a corpus.

    Its last part, without what a shell, a path or a system may take amiss. Raises UsageError for
    a kind of file that is not read.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Of '...md', Python 3.14 says that it has no suffix.
    suffix = f".{last.rpartition('.')[2].lower()}" if "." in last else ""
    if suffix not in SUPPORTED:
        kinds = ", ".join(sorted(SUPPORTED))
        raise UsageError(
            f"'{suffix or shown(last)}' is no kind of file that is read here; there are {kinds}"
        )
    stem = _ODD.sub("-", last[: -len(suffix)])[:_LONGEST_NAME].strip(" .-")
    # What a shell would take for an option, and what some systems take for a device.
    if not stem or _DEVICES.fullmatch(stem.split(".")[0]):
        stem = f"document {stem}".strip()
    return f"{stem}{suffix}"
