"""The catalogue: what a corpus consists of and is judged by, changed in its own files.

Every change is written whole or not at all, stands in the file as a person would have written it,
and can be undone while nobody has changed the file since.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from stratlint.atomic import write_atomically
from stratlint.documents import SUPPORTED
from stratlint.errors import UsageError, shown
from stratlint.knowledge.yamledit import with_value
from stratlint.records import Record
from stratlint.run.corpus import Said, leads_inside, plain_path, unlisted
from stratlint.run.manifest import (
    corrected,
    file_name,
    find,
    first_manifest,
    loaded,
    manifest_of,
    stand,
    with_document,
    without_document,
)

if TYPE_CHECKING:
    from stratlint.run.corpus import Manifest
    from stratlint.run.settings import Settings

MOST_CHANGES = 50
"""Changes that can be undone, the oldest forgotten first: each keeps the text of its file."""


class Change(Record):
    """A change of a file: what it was, what it became, and how it is told."""

    id: str
    words: str
    path: Path
    before: str | None
    """None where there was no file."""
    after: str


class Catalogue:
    """The manifest and the settings file of a corpus; each change in the order it was made."""

    def __init__(self, corpus: Path) -> None:
        self.path = manifest_of(corpus)
        self.changes: list[Change] = []
        self._lock = threading.RLock()

    @property
    def is_written(self) -> bool:
        """Whether there is a manifest."""
        return self.path.is_file()

    def manifest(self) -> Manifest:
        """What the manifest says. Raises FileFault."""
        return loaded(_text(self.path), self.path)

    def unlisted(self, settings: Settings) -> tuple[str, ...]:
        """Files of the folder that the manifest does not name."""
        if not self.is_written:
            return ()
        known = frozenset(plain_path(document.file) for document in self.manifest().documents)
        return unlisted(self.path, known, settings)

    def correct(self, file: str, seen: str, said: Said) -> None:
        """Write what a person says of a document; ``seen`` is the entry that they looked at."""

        def edit(text: str) -> str:
            self._must_be_as_seen(text, file, seen)
            return corrected(text, self.path, file, said)

        self._change(self.path, edit, f"corrected {shown(file)}")

    def take_out(self, file: str, seen: str) -> None:
        """Take a document out; its file stays."""

        def edit(text: str) -> str:
            self._must_be_as_seen(text, file, seen)
            return without_document(text, self.path, file)

        self._change(self.path, edit, f"took out {shown(file)}")

    def take_in(self, name: str) -> None:
        """List a file that lies in the folder already. Raises UsageError."""
        path = self.path.parent / name
        if (
            name != Path(name).name
            or path.suffix.lower() not in SUPPORTED
            or not path.is_file()
            or not leads_inside(path, self.path.parent)
        ):
            raise UsageError(f"there is no document '{shown(name)}' in the folder of the manifest")
        self._list(name, Said())

    def put(self, name: str, data: BinaryIO, said: Said) -> str:
        """Put a new file into the folder and list it; returns its name. Raises UsageError."""
        name = file_name(name)
        path = self.path.parent / name
        with self._lock:
            _place(path, data)
            try:
                self._list(name, said)
            except BaseException:
                path.unlink()
                raise
        return name

    def choose_rules(self, path: Path, pack: str, *, preview: bool) -> None:
        """Write which rules run into a settings file."""

        def edit(text: str) -> str:
            text = with_value(text, ("pack",), pack, path=str(path))
            return with_value(text, ("preview",), preview, path=str(path))

        self._change(
            path, edit, f"chose the rules {pack}{', with those not yet proven' if preview else ''}"
        )

    def undo(self, change_id: str) -> None:
        """Take the last change back. Raises UsageError where it is not the last any more."""
        with self._lock:
            last = self.changes[-1] if self.changes else None
            if last is None or last.id != change_id:
                raise UsageError("only the last change can be undone, and this is another")
            if _text(last.path) != last.after:
                raise UsageError(
                    f"{shown(last.path.name)} has been changed since by somebody else, "
                    "so the change cannot be taken back; correct it in its place"
                )
            if last.before is None:
                last.path.unlink()
            else:
                write_atomically(last.path, last.before.encode())
            self.changes.pop()

    def _list(self, name: str, said: Said) -> None:
        if self.is_written:
            edit = lambda text: with_document(text, self.path, name, said)  # noqa: E731
        else:
            edit = lambda _: first_manifest(self.path, name, said)  # noqa: E731
        self._change(self.path, edit, f"added {shown(name)}")

    def _change(self, path: Path, edit: Callable[[str], str], words: str) -> None:
        with self._lock:
            before = _text(path) if path.is_file() else None
            after = edit(before or "")
            if after == before:
                return
            # As it stands, line ends too: what is written is what was read but for the change.
            write_atomically(path, after.encode())
            made = Change(
                id=secrets.token_hex(8), words=words, path=path, before=before, after=after
            )
            self.changes = [*self.changes, made][-MOST_CHANGES:]

    def _must_be_as_seen(self, text: str, file: str, seen: str) -> None:
        manifest = loaded(text, self.path)
        if stand(manifest.documents[find(manifest, file)]) != seen:
            raise UsageError(
                f"{shown(file)} has been corrected meanwhile, here or in {self.path.name}: "
                "look at it again, then say what is still to be changed"
            )


def _text(path: Path) -> str:
    """A file as it stands, its line ends and a mark at its head kept. Raises UsageError."""
    try:
        return path.read_bytes().decode("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{shown(path.name)} cannot be read: {error}") from None


def _place(path: Path, data: BinaryIO) -> None:
    """Write a new file whole: nothing that is there is replaced, and no half of it is seen."""
    part = path.with_name(f".stratlint-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            shutil.copyfileobj(data, file)
            if not file.tell():
                raise UsageError("the file is empty")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            raise UsageError(
                f"there is a file '{shown(path.name)}' in the folder already: give yours another "
                "name, or add the one that is there"
            ) from None
        except OSError:  # a file system without links
            if path.exists() or path.is_symlink():
                raise UsageError(f"there is a file '{shown(path.name)}' already") from None
            part.rename(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
