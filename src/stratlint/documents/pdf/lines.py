"""Columns of segments to printed lines, top to bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stratlint.documents.pdf.segments import Segment

if TYPE_CHECKING:
    from stratlint.documents.pdf.order import Leaf

_CELL_GAP = 1.4
_ALIGNED = 3.0


def leaf_lines(leaf: Leaf) -> list[Segment]:
    """The printed lines of a column: segments of one row are joined from left to right.

    Where the wide gaps of neighbouring rows stand one below the other, the rows keep their
    ``cells``; a lone wide gap is the work of justification or of a tab, and becomes a space.
    """
    rows: list[list[Segment]] = []
    for segment in sorted(leaf.segments, key=lambda s: (s.base, s.x0)):
        if rows and _same_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    bounds = leaf.bounds
    cells = [_cells(row) for row in rows]
    lines = []
    for i, row in enumerate(rows):
        near = [cells[j] for j in (i - 1, i + 1) if 0 <= j < len(rows)]
        tabular = len(cells[i]) > 1 and any(_aligned(cells[i], other) for other in near)
        line = row[0] if len(row) == 1 else _join(row, cells[i] if tabular else [])
        line.column = bounds
        lines.append(line)
    return lines


def _same_row(row: list[Segment], segment: Segment) -> bool:
    last = row[-1]
    limit = 0.3 * min(last.size, segment.size)
    if abs(segment.base - last.base) > limit:
        return False
    return all(segment.x0 >= s.x1 - 1.5 or segment.x1 <= s.x0 + 1.5 for s in row)


def _cells(row: list[Segment]) -> list[list[Segment]]:
    """A row's segments, those with only a word space between them together."""
    row.sort(key=lambda s: s.x0)
    cells: list[list[Segment]] = []
    for segment in row:
        if cells and segment.x0 - cells[-1][-1].x1 <= _CELL_GAP * segment.size:
            cells[-1].append(segment)
        else:
            cells.append([segment])
    return cells


def _aligned(cells: list[list[Segment]], others: list[list[Segment]]) -> bool:
    """Whether a cell after the first begins or ends where one of a neighbouring row does."""
    if len(others) < 2:
        return False
    return any(
        abs(a[0].x0 - b[0].x0) < _ALIGNED or abs(a[-1].x1 - b[-1].x1) < _ALIGNED
        for a in cells[1:]
        for b in others[1:]
    )


def _join(row: list[Segment], cells: list[list[Segment]]) -> Segment:
    starts = {id(cell[0]) for cell in cells[1:]}
    parts: list[str] = []
    marks = []
    length = 0
    for i, segment in enumerate(row):
        if i:
            parts.append("\t" if id(segment) in starts else " ")
            length += 1
        marks += [(a + length, b + length) for a, b in segment.marks]
        parts.append(segment.text)
        length += len(segment.text)
    main = max(row, key=lambda s: len(s.text))
    top, bottom = min(s.top for s in row), max(s.bottom for s in row)
    boxes = [s.box for s in row]
    return replace(
        main,
        text="".join(parts),
        marks=marks,
        x0=row[0].x0,
        x1=max(s.x1 for s in row),
        top=top,
        bottom=bottom,
        bold=all(s.bold for s in row),
        first=min(s.first for s in row),
        last=max(s.last for s in row),
        cells=[(c[0].x0, c[-1].x1, " ".join(s.text for s in c)) for c in cells],
        leading_mark=row[0].leading_mark,
        box=(
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        ),
    )
