"""Columns of segments to printed lines, top to bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stratlint.documents.segments import Segment

if TYPE_CHECKING:
    from stratlint.documents.order import Leaf

CELL_GAP = 1.4


def leaf_lines(leaf: Leaf) -> list[Segment]:
    """The printed lines of a column: segments of one row are joined from left to right.

    Wide gaps are remembered as cells of a possible table row.
    """
    rows: list[list[Segment]] = []
    for segment in sorted(leaf.segments, key=lambda s: (s.base, s.x0)):
        if rows and _same_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    bounds = leaf.bounds
    lines = []
    for row in rows:
        row.sort(key=lambda s: s.x0)
        line = row[0] if len(row) == 1 else _join(row)
        line.column = bounds
        lines.append(line)
    return lines


def _same_row(row: list[Segment], segment: Segment) -> bool:
    last = row[-1]
    limit = 0.3 * min(last.size, segment.size)
    if abs(segment.base - last.base) > limit:
        return False
    return all(segment.x0 >= s.x1 - 1.5 or segment.x1 <= s.x0 + 1.5 for s in row)


def _join(row: list[Segment]) -> Segment:
    parts: list[str] = []
    marks = []
    cells: list[tuple[float, float, str]] = []
    length = 0
    for i, segment in enumerate(row):
        if i:
            gap = segment.x0 - row[i - 1].x1
            space = "\t" if gap > CELL_GAP * segment.size else " "
            parts.append(space)
            length += 1
        marks += [(a + length, b + length) for a, b in segment.marks]
        parts.append(segment.text)
        length += len(segment.text)
        cells.append((segment.x0, segment.x1, segment.text))
    main = max(row, key=lambda s: len(s.text))
    return replace(
        main,
        text="".join(parts),
        marks=marks,
        x0=row[0].x0,
        x1=max(s.x1 for s in row),
        top=min(s.top for s in row),
        bottom=max(s.bottom for s in row),
        bold=all(s.bold for s in row),
        first=min(s.first for s in row),
        last=max(s.last for s in row),
        cells=cells,
        leading_mark=row[0].leading_mark,
    )
