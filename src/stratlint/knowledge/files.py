"""Read a file that people name: whole, a file indeed, and no larger than such a file can be."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TypeVar

import msgspec

from stratlint.errors import FileFault, shown

T = TypeVar("T")
MOST = 400_000_000
"""Bytes of a file of lines: labels, passages, a saved run. The largest known is a fortieth."""


def file_bytes(path: Path, *, most: int = MOST) -> bytes:
    """What a file holds.

    A pipe or a device has no end, and one that nobody writes to no beginning: it is refused
    before anything is read. Raises FileFault that says why, ``code`` missing where there is none.
    """
    # Without O_NONBLOCK a pipe would be waited for while it is opened.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISDIR(mode):
                raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not stat.S_ISREG(mode):
                raise FileFault("is a pipe or a device, not a file", path=shown(path))
            data = file.read(most + 1)
    except FileNotFoundError:
        raise FileFault("there is no such file", path=shown(path), code="missing") from None
    except OSError as error:
        raise FileFault(f"cannot be read: {error.strerror}", path=shown(path)) from None
    if len(data) > most:
        raise FileFault(f"larger than {most:,} bytes, which no such file needs", path=shown(path))
    return data


def file_text(path: Path, *, most: int = MOST) -> str:
    """The same as text. Raises FileFault for what is not UTF-8, too."""
    data = file_bytes(path, most=most)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = f"not UTF-8 text (byte {error.start}); save it as UTF-8"
        raise FileFault(seen, path=shown(path), line=line) from None


def file_record(path: Path, kind: type[T], what: str) -> T:
    """The record that a JSON file holds, ``what`` by name: 'a model of treatment'.

    Raises FileFault for a file that cannot be read or holds something else.
    """
    try:
        return msgspec.json.decode(file_bytes(path), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"not {what}: {error}", path=shown(path)) from None


def file_records(path: Path, kind: type[T], what: str) -> tuple[T, ...]:
    """The records of a file of JSON Lines, ``what`` each of them by name: 'a case'.

    Raises FileFault with the line that is none.
    """
    found = []
    for number, line in enumerate(file_bytes(path).splitlines(), start=1):
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FileFault(f"not {what}: {error}", path=str(path), line=number) from None
    return tuple(found)
