"""The evidence of a run: tables known from the cache, else parsed by a worker under limits.

A table is a file like any other: it may be broken or far too large, so a process under limits
reads it; a run needs the cells alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.errors import FileFault, UnreadableInput
from stratlint.evidence import (
    Cells,
    Evidence,
    EvidenceTable,
    card_path,
    load_card,
    parse_cells,
    table_name,
)
from stratlint.knowledge.version import knowledge_version
from stratlint.run.analysis import MODULES, file_hash
from stratlint.workers.cache import Cache
from stratlint.workers.execution import InlineExecutor, run_all
from stratlint.workers.pool import WorkerPool

if TYPE_CHECKING:
    from stratlint.run.settings import Settings

MEMORY_MB = 1_024
"""What reading a table may take at least: twenty million cells are 160 MB, their text more."""


def evidence_of(
    paths: Sequence[Path], settings: Settings, *, executor: Executor | None = None
) -> Evidence:
    """The tables of a run, in the order given.

    Tables are files of this machine, so only an ``InlineExecutor`` is used in place of a worker
    of its own. Raises FileFault for a table that is missing, faulty or over a limit.
    """
    cards = {path: load_card(path) for path in paths}
    keys = {path: _key(path, settings) for path in paths}
    known: dict[Path, Cells] = {}
    if settings.cache:
        with Cache() as cache:
            known = {p: cells for p, key in keys.items() if (cells := _known(cache, key))}
    unknown = [path for path in paths if path not in known]
    known |= _parsed(unknown, settings, executor)
    if settings.cache and unknown:
        with Cache() as cache:
            for path in unknown:
                cache.put(keys[path], msgspec.msgpack.encode(known[path]))
    return Evidence([EvidenceTable(table_name(path), cards[path], known[path]) for path in paths])


def _parsed(
    paths: Sequence[Path], settings: Settings, executor: Executor | None
) -> Mapping[Path, Cells]:
    if not paths:
        return {}
    found: dict[Path, Cells] = {}
    with _one_worker(settings, executor) as pool:
        for outcome in run_all(parse_cells, paths, pool):
            if outcome.result is None:
                raise _fault(outcome.item, outcome.error)
            found[outcome.item] = outcome.result
    return found


def _one_worker(settings: Settings, executor: Executor | None) -> Executor:
    if isinstance(executor, InlineExecutor):
        return executor
    limits = settings.limits
    memory_mb = max(limits.memory_mb, MEMORY_MB)
    return WorkerPool(1, seconds=limits.seconds, memory_mb=memory_mb, preload=MODULES)


def _fault(path: Path, error: Exception | None) -> Exception:
    """A table belongs to the settings of a run: what keeps it from being read is their fault."""
    if isinstance(error, UnreadableInput):
        return FileFault(f"the table {error.message}", path=str(path), code=error.code)
    return error or RuntimeError("an outcome holds a result or an error")


def _key(path: Path, settings: Settings) -> str:
    try:
        digests = [
            file_hash(file, max_bytes=settings.limits.max_bytes) for file in (path, card_path(path))
        ]
    except UnreadableInput as error:
        raise _fault(path, error) from None
    return f"table {' '.join(digests)} {knowledge_version()}"


def _known(cache: Cache, key: str) -> Cells | None:
    data = cache.get(key)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Cells)
    except msgspec.DecodeError:
        return None
