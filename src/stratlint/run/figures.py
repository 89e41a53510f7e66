"""The evidence of a run: tables that are kept, else parsed by a worker within limits.

A table is a file like any other: it may be broken or far too large, so a process under limits
reads it; a run needs the cells alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.errors import FileFault, StratlintError, UnreadableInput
from stratlint.evidence import (
    Cells,
    Evidence,
    EvidenceTable,
    TableCard,
    card_path,
    load_card,
    parse_cells,
    table_name,
)
from stratlint.knowledge.lists import Lists, lists_in_force
from stratlint.run.run import PRELOAD, file_hash, key
from stratlint.workers.execution import InlineExecutor
from stratlint.workers.pool import WorkerPool

if TYPE_CHECKING:
    from stratlint.run.run import Run

MEMORY_MB = 1_024
"""What reading a table may take at least: twenty million cells are 160 MB, their text more."""

_decode = msgspec.msgpack.Decoder(Cells).decode


def evidence_of(paths: Sequence[Path], run: Run) -> Evidence:
    """The tables of a run, in the order given.

    Tables are files of this machine, so only an ``InlineExecutor`` is used in place of a worker
    of its own. Raises FileFault for a table that is missing, faulty or over a limit.
    """
    cards = {path: load_card(path) for path in paths}
    hashes = {path: _hashes(path, run.settings.limits.max_bytes) for path in paths}
    limits = run.settings.limits
    worker = (
        nullcontext(run.given)
        if isinstance(run.given, InlineExecutor)
        else WorkerPool(
            1,
            seconds=limits.seconds,
            memory_mb=max(limits.memory_mb, MEMORY_MB),
            preload=PRELOAD,
        )
    )
    found: dict[Path, Cells] = {}
    with worker as executor:
        outcomes = run.each(
            "table",
            parse_table,
            tuple(dict.fromkeys(paths)),
            _decode,
            key=lambda path: key("table", files=hashes[path]),
            name=lambda path: path.name,
            charge=lambda path: (path, run.lists),
            executor=executor,
        )
        for outcome in outcomes:
            if outcome.result is None:
                raise _fault(outcome.item, outcome.error)
            found[outcome.item] = outcome.result
    return Evidence(
        [
            EvidenceTable(
                table_name(path),
                _set_against(cards[path], found[path], run.settings.reference),
                found[path],
            )
            for path in paths
        ]
    )


def _set_against(card: TableCard, cells: Cells, reference: str) -> TableCard:
    """The card with the reference that is asked for, where its table has a row for it."""
    national = card.reference in ("England", "United Kingdom")
    if not national or reference not in cells.regions:
        return card
    return card.model_copy(update={"reference": reference})


def table_keys(paths: Sequence[Path]) -> list[tuple[str, str, str | None]]:
    """Name and content of each table and of the card beside it."""
    cards = [card_path(path) for path in paths]
    return [
        (path.name, file_hash(path), file_hash(card) if card.is_file() else None)
        for path, card in zip(paths, cards, strict=True)
    ]


def table_hashes(paths: Sequence[Path]) -> dict[str, str]:
    """The content of each table, by the name that ``run.json`` has for it."""
    names = [path.name for path in paths]
    found = {}
    for path in paths:
        # Tables of one name in two folders are told apart by their folders.
        place = path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}"
        found[f"evidence/{place}"] = file_hash(path)
    return found


def parse_table(charge: tuple[Path, Lists]) -> bytes:
    """The work of a worker, who needs the spellings of regions."""
    path, lists = charge
    with lists_in_force(lists):
        return msgspec.msgpack.encode(parse_cells(path))


def _hashes(path: Path, max_bytes: int) -> list[str]:
    """Of a table and of its card, which says how it is read."""
    try:
        return [file_hash(file, max_bytes=max_bytes) for file in (path, card_path(path))]
    except UnreadableInput as error:
        raise _fault(path, error) from None


def _fault(path: Path, error: StratlintError | None) -> StratlintError:
    """A table belongs to the settings of a run: what keeps it from being read is their fault."""
    if error is None:
        raise RuntimeError("an outcome holds a result or an error")
    if isinstance(error, UnreadableInput):
        return FileFault(f"the table {error.message}", path=str(path), code=error.code)
    return error
