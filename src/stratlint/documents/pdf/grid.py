"""A table's grid of cells, and whether the text upon it makes a table of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.segments import Segment
    from stratlint.documents.pdf.words import RawPage, Word
    from stratlint.records import BBox

_MAX_WORDS = 75
"""Mean words of a filled cell above which boxes are columns of text, not cells."""


_SAME = 3.0
"""Points within which two cells begin in the same column."""


@dataclass(slots=True)
class TableGrid:
    """Rows of cell boxes, and the lines of text that stand in each."""

    rows: list[list[BBox]]
    lines: list[list[list[Segment]]] = field(default_factory=list)

    @property
    def bbox(self) -> BBox:
        """The box around all cells."""
        boxes = [box for row in self.rows for box in row]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )

    def places(self) -> list[list[int | None]]:
        """For each row, the index of the cell that begins in each column, None without one.

        A cell that spans rows or columns is only in the first of them: without its empty
        places the cells after it would stand under the wrong heading.
        """
        edges = self._edges()
        if all(len(row) == len(edges) for row in self.rows):
            return [list(range(len(row))) for row in self.rows]
        placed: list[list[int | None]] = []
        for row in self.rows:
            columns: list[int | None] = [None] * len(edges)
            for index, box in enumerate(row):
                columns[max(0, bisect_right(edges, box[0] + _SAME) - 1)] = index
            placed.append(columns)
        return placed

    def _edges(self) -> list[float]:
        """Left edges of the columns, those of every row together."""
        edges: list[float] = []
        for x0 in sorted(box[0] for row in self.rows for box in row):
            if not edges or x0 - edges[-1] > _SAME:
                edges.append(x0)
        return edges

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell that holds a point."""
        for i, row in enumerate(self.rows):
            for j, (x0, top, x1, bottom) in enumerate(row):
                if x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1:
                    return i, j
        return None


def fits(grid: TableGrid, page: RawPage) -> bool:
    """A frame around the whole page, or one that leaves it, is decoration."""
    x0, top, x1, bottom = grid.bbox
    if x0 < -3 or top < -3 or x1 > page.width + 3 or bottom > page.height + 3:
        return False
    return (x1 - x0) * (bottom - top) < 0.85 * page.width * page.height


def holds_cells(grid: TableGrid, words: Sequence[Word]) -> bool:
    """Whether text stands in two columns of two rows: not a frame, a box or a chart."""
    words = _inside(grid, words)
    filled: set[tuple[int, int]] = set()
    counts: dict[tuple[int, int], int] = {}
    for word in words:
        place = grid.cell_at((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        if place is not None:
            filled.add(place)
            counts[place] = counts.get(place, 0) + 1
    rows = [sum(1 for place in filled if place[0] == i) for i in range(len(grid.rows))]
    if (
        not counts
        or sum(1 for n in rows if n >= 2) < 2
        or sum(counts.values()) > _MAX_WORDS * len(filled)
    ):
        return False
    if max(counts.values()) > 0.75 * sum(counts.values()):
        return False
    wide = sum(1 for row in grid.rows if len(row) >= 2)
    return 2 * wide >= len(grid.rows) and not cuts_lines(grid, words)


def cuts_lines(grid: TableGrid, words: Sequence[Word]) -> bool:
    """Whether the grid's borders run through lines of text: then it is a drawing."""
    words = _inside(grid, words)
    pairs = cut = 0
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        if abs(word.base - before.base) > 1 or not -1 < gap < 0.45 * word.size:
            continue
        a = grid.cell_at((before.x0 + before.x1) / 2, before.base - 2)
        b = grid.cell_at((word.x0 + word.x1) / 2, word.base - 2)
        if a is not None or b is not None:
            pairs += 1
            cut += a != b
    return cut > 0.08 * pairs


def _inside(grid: TableGrid, words: Sequence[Word]) -> list[Word]:
    x0, top, x1, bottom = grid.bbox
    return [w for w in words if w.x1 > x0 and w.x0 < x1 and w.bottom > top and w.top < bottom]
