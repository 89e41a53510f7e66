"""The tables of a page: every cell in its column, whatever spans rows and columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.documents.html.text import is_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"\s*\+?([0-9]{1,6})")
_WIDEST = 300
"""Columns in which spans count; what stands further to the right spans nothing."""
_GAPS = 100_000
"""Empty cells that a table may come to; one with more is written as if nothing spanned."""


class _Row(NamedTuple):
    """The cells of a row with the columns they begin in, and the column past its last."""

    cells: list[tuple[int, Any]]
    end: int


def table_cells(table: Any) -> list[list[Any]]:
    """The cells of each row of a table, None where one from above or beside reaches over.

    Columns in which no cell begins are left out: many a page gives its title a thousand. The
    rows of tables within its cells are none of its own.
    """
    rows = [r for r in table.find_all("tr") if r.find_parent("table") is table]
    rows = [r for r in rows if not is_left_out(r)]
    cells = [
        [c for c in row.find_all(("td", "th"), recursive=False) if not is_left_out(c)]
        for row in rows
    ]
    placed = _placed(cells, _reaches(rows))
    columns = sorted({start for row in placed for start, _ in row.cells})
    widths = [bisect_left(columns, row.end) for row in placed]
    if sum(widths) - sum(map(len, cells)) > _GAPS:
        return cells
    spread: list[list[Any]] = [[None] * width for width in widths]
    for row, line in zip(placed, spread, strict=True):
        for start, cell in row.cells:
            line[bisect_left(columns, start)] = cell
    return spread


def _placed(rows: Sequence[Sequence[Any]], reaches: Sequence[int]) -> list[_Row]:
    """Each row's cells at their columns, beside what reaches down into the row."""
    until = [0] * _WIDEST  # for each column the row at which it is free again
    high = 0  # no column from here on was ever reached into
    placed: list[_Row] = []
    for index, cells in enumerate(rows):
        column = 0
        found: list[tuple[int, Any]] = []
        for cell in cells:
            while column < high and until[column] > index:
                column += 1
            found.append((column, cell))
            end = max(column + 1, min(column + _span(cell, "colspan"), _WIDEST))
            # No cell reaches out of the head or the body of its table; a span of 0 fills it.
            bottom = min(index + (_span(cell, "rowspan") or len(rows)), reaches[index])
            if bottom > index + 1 and column < _WIDEST:
                until[column:end] = [bottom] * (end - column)
                high = max(high, end)
            column = end
        covered = (c + 1 for c in range(high - 1, column - 1, -1) if until[c] > index)
        placed.append(_Row(found, next(covered, column)))
    return placed


def _reaches(rows: Sequence[Any]) -> list[int]:
    """For each row the index past the last one of its head, body or foot."""
    reaches = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        same = rows[index].parent is rows[index + 1].parent
        reaches[index] = reaches[index + 1] if same else index + 1
    return reaches


def _span(cell: Any, name: str) -> int:
    match = _NUMBER.match(str(cell.get(name) or ""))
    return int(match.group(1)) if match else 1
