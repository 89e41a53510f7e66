"""Read documents in processes of their own: a file that takes too much takes nothing down."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from stratlint.documents import ReadOptions, read
from stratlint.errors import StratlintError, UnreadableInput, shown
from stratlint.records import Record
from stratlint.workers.execution import run_all
from stratlint.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.records import Document

SECONDS = 120.0
MEMORY_MB = 2_048


class Reading(Record, frozen=True):
    """A file to read, and how."""

    path: str
    options: ReadOptions = ReadOptions()


def read_within(
    path: Path,
    options: ReadOptions | None = None,
    *,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
) -> Document:
    """Read a document as :func:`stratlint.documents.read` does, within limits.

    ``seconds`` is wall-clock time, ``memory_mb`` what reading may add in megabytes. Raises
    UnreadableInput as the reader does, and with the codes ``timeout``, ``memory`` and
    ``lost-worker``.
    """
    reading = Reading(path=str(path), options=options or ReadOptions())
    return next(read_each([reading], seconds=seconds, memory_mb=memory_mb))


def read_each(
    readings: Sequence[Reading],
    *,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    jobs: int = 0,
) -> Iterator[Document]:
    """Read documents side by side, giving them in their order; ``jobs=0`` is one a core.

    Raises what :func:`read_within` raises, at the first document that cannot be read.
    """
    workers = min(len(readings), jobs or os.cpu_count() or 1)
    done: dict[int, Document] = {}
    due = 0
    with WorkerPool(workers, seconds=seconds, memory_mb=memory_mb) as pool:
        for outcome in run_all(_read, enumerate(readings), pool, workers=workers):
            if outcome.result is None:
                raise _named(outcome.error, outcome.item[1])
            done[outcome.item[0]] = outcome.result
            while due in done:
                yield done.pop(due)
                due += 1


def _read(item: tuple[int, Reading]) -> Document:
    return read(Path(item[1].path), item[1].options)


def _named(error: StratlintError | None, reading: Reading) -> StratlintError:
    """The error with the file's name."""
    if error is None:
        raise RuntimeError("an outcome holds a result or an error")
    return UnreadableInput(f"{shown(reading.path)}: {error.message}", code=error.code)
