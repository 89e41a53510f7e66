"""Files into documents: within limits, by workers, and from what is kept. Nothing else reads.

Whatever a command does with a document, it gets it here. What a person has said of one (its
region, its title) is no part of reading; :mod:`~stratlint.run.regions` adds it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.documents import ReadOptions, read
from stratlint.errors import UnreadableInput, shown
from stratlint.records import Document, NotRead, Record
from stratlint.run.corpus import Entry
from stratlint.run.run import file_hash, key, not_read
from stratlint.workers.store import fetched

if TYPE_CHECKING:
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings
    from stratlint.workers.store import Store

_KEPT = ("damaged", "encrypted", "wrong-type")
"""Refusals that follow from a file's bytes alone: limits may be others next time."""


class Reading(Record):
    """A file as a worker reads it: by its content, whatever its path is when the key is made."""

    path: str
    sha256: str
    options: ReadOptions
    store: str | None = None
    """The store that has the file, where a worker sees no file at ``path``."""


class Refusal(Record):
    """Why a file cannot be read, as long as it has the same bytes."""

    code: str
    message: str


_DOCUMENT = msgspec.msgpack.Decoder(Document)
_REFUSAL = msgspec.msgpack.Decoder(Refusal)


def _decode(data: bytes) -> Document | Refusal:
    try:
        return _DOCUMENT.decode(data)
    except msgspec.ValidationError:
        return _REFUSAL.decode(data)


class Read(Record):
    """The documents that could be read, in the order asked for, and those that could not."""

    documents: tuple[Document, ...]
    not_read: tuple[NotRead, ...]


def read_documents(entries: Sequence[Entry], run: Run, *, password: str | None = None) -> Read:
    """Read the files of entries; what cannot be read is told with its reason."""
    readings: list[Reading] = []
    faults: dict[str, NotRead] = {}
    for entry in entries:
        try:
            digest = file_hash(entry.path, max_bytes=run.settings.limits.max_bytes)
        except UnreadableInput as error:
            faults[entry.source] = not_read(entry.source, error)
        else:
            options = read_options(run.settings, entry.source, password)
            readings.append(Reading(path=str(entry.path), sha256=digest, options=options))
    found: dict[str, Document] = {}
    outcomes = run.each(
        "read",
        read_file,
        readings,
        _decode,
        key=_key,
        name=_source,
        charge=lambda reading: _lent(reading, run.far),
    )
    for outcome in outcomes:
        source = _source(outcome.item)
        if isinstance(outcome.result, Refusal):
            refusal = outcome.result
            faults[source] = not_read(source, UnreadableInput(refusal.message, code=refusal.code))
        elif outcome.result is not None:
            found[source] = outcome.result
            run.remember("read", outcome.result, _key(outcome.item))
        elif outcome.error is not None:
            faults[source] = not_read(source, outcome.error)
    order = [entry.source for entry in entries]
    return Read(
        documents=tuple(found[source] for source in order if source in found),
        not_read=tuple(faults[source] for source in order if source in faults),
    )


def read_document(path: Path, run: Run, *, password: str | None = None) -> Document:
    """Read one file. Raises UnreadableInput, with the file's name in its message."""
    entry = Entry(path=path, source=shown(path.name))
    done = read_documents([entry], run, password=password)
    for fault in done.not_read:
        raise UnreadableInput(f"{shown(path)}: {fault.reason}", code=fault.code)
    return done.documents[0]


def read_texts(paths: Iterable[Path], run: Run) -> Mapping[Path, str]:
    """The text of each file; plain UTF-8 text as it is, so that spans are places in the file.

    Such a file is not parsed and needs no worker. Raises UnreadableInput, with the file's name,
    for the first that cannot be read.
    """
    found: dict[Path, str] = {}
    others: list[Entry] = []
    for path in dict.fromkeys(paths):
        text = _plain_text(path, run.settings.limits.max_bytes)
        if text is None:
            others.append(Entry(path=path, source=shown(path)))
        else:
            found[path] = text
    done = read_documents(others, run)
    for fault in done.not_read:
        raise UnreadableInput(f"{fault.source}: {fault.reason}", code=fault.code)
    by_source = {document.source: document.text for document in done.documents}
    return found | {entry.path: by_source[entry.source] for entry in others}


def read_options(settings: Settings, source: str, password: str | None = None) -> ReadOptions:
    """How a document is read, by the settings in force."""
    return ReadOptions(
        reader=settings.reader,
        repair=settings.repair,
        ocr=settings.ocr,
        max_pages=settings.limits.max_pages,
        max_characters=settings.limits.max_characters,
        password=password,
        source=source,
        marks=settings.marks,
    )


def read_file(reading: Reading) -> bytes:
    """The work of a worker."""
    if reading.store is None:
        return _read(Path(reading.path), reading.options)
    with tempfile.TemporaryDirectory(prefix="stratlint-") as folder:
        path = Path(folder) / Path(reading.path).name
        path.write_bytes(fetched(reading.store, _file_key(reading)))
        return _read(path, reading.options)


def _read(path: Path, options: ReadOptions) -> bytes:
    """A document, or why there is none where that need not be asked again."""
    try:
        return msgspec.msgpack.encode(read(path, options))
    except UnreadableInput as error:
        if error.code not in _KEPT:
            raise
        return msgspec.msgpack.encode(Refusal(code=error.code, message=error.message))


def _lent(reading: Reading, store: Store | None) -> Reading:
    """A reading whose file lies in the store, under its hash, where workers share one."""
    if store is None or _key(reading) is None:
        return reading
    own = _file_key(reading)
    if not store.has(own):
        store.put(own, Path(reading.path).read_bytes())
    return msgspec.structs.replace(reading, store=store.url)


def _file_key(reading: Reading) -> str:
    return f"file {reading.sha256}"


def _source(reading: Reading) -> str:
    return reading.options.source or reading.path


def _key(reading: Reading) -> str | None:
    # What a password opens is not left open on the disk.
    if reading.options.password is not None:
        return None
    return key("read", sha256=reading.sha256, options=reading.options)


def _plain_text(path: Path, max_bytes: int) -> str | None:
    if path.suffix.lower() != ".txt":
        return None
    try:
        if not path.is_file() or path.stat().st_size > max_bytes:
            return None
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
