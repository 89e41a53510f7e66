"""Tables of a page: pdfplumber's geometry over the rules that pdfium found, and rows of stripes.

pdfplumber's own page would cost a second parse of the page, and its functions a dictionary for
each edge at each step. What they do is done here with tuples; tests compare the two.
"""

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
    """Rows of cell boxes, and the lines of text that stand in each.

    ``reach`` is how far up and down a point of each row may stand, once one has been asked for.
    """

    rows: list[list[BBox]]
    lines: list[list[list[Segment]]] = field(default_factory=list)
    reach: list[tuple[float, float]] = field(default_factory=list)

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
        if not self.reach:
            self.reach = [
                (min(b[1] for b in row) - 1, max(b[3] for b in row) + 1) for row in self.rows
            ]
        for i, (high, low) in enumerate(self.reach):
            if high <= y <= low:
                for j, (x0, top, x1, bottom) in enumerate(self.rows[i]):
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


_MIN_GUTTER = 7.0


def striped(page: RawPage, words: Sequence[Word]) -> list[TableGrid]:
    """Tables with rules between their rows only.

    Columns begin where the rules are broken, as each cell draws its own; where rules run
    through, columns are the strips that no word crosses.
    """
    stacks: list[list[_Level]] = []
    for level in _levels(page):
        if level.x1 - level.x0 > 100:
            home = next((stack for stack in stacks if stack[0].stands_over(level)), None)
            if home is None:
                stacks.append([level])
            else:
                home.append(level)
    grids = []
    for stack in stacks:
        heights = [
            level for i, level in enumerate(stack) if not i or level.at - stack[i - 1].at > 5
        ]
        if len(heights) >= 3:
            grid = _stripes(heights, words)
            if grid is not None:
                grids.append(grid)
    return grids


@dataclass(slots=True)
class _Level:
    """A rule from one side of a table to the other, and where its pieces meet."""

    x0: float
    x1: float
    at: float
    breaks: list[float] = field(default_factory=list)

    def stands_over(self, other: _Level) -> bool:
        """Whether both reach from the same left to the same right."""
        return abs(self.x0 - other.x0) <= 4 and abs(self.x1 - other.x1) <= 4


def _levels(page: RawPage) -> list[_Level]:
    """Horizontal rules from top to bottom, pieces that continue each other joined."""
    pieces = sorted((r for r in page.rules if r.is_horizontal), key=lambda r: (round(r.top), r.x0))
    levels: list[_Level] = []
    for rule in pieces:
        last = levels[-1] if levels else None
        if last and abs(last.at - rule.top) <= 1.0 and -3 <= rule.x0 - last.x1 <= 3:
            last.breaks.append((last.x1 + rule.x0) / 2)
            last.x1 = max(last.x1, rule.x1)
        else:
            levels.append(_Level(rule.x0, rule.x1, rule.top))
    return levels


def _stripes(levels: Sequence[_Level], words: Sequence[Word]) -> TableGrid | None:
    x0, x1 = levels[0].x0, levels[0].x1
    across = [w for w in words if x0 - 4 <= w.x0 and w.x1 <= x1 + 4]
    cuts = _agreed_breaks(levels)
    top = _header_top(levels[0].at, across) if cuts else levels[0].at
    heights = [level.at for level in levels]
    if top < heights[0]:
        heights.insert(0, top)
    inside = [w for w in across if heights[0] <= w.base <= heights[-1] + 1]
    cuts = cuts or _gutters(inside, x0)
    if len(inside) < 6 or len(heights) < 4 or not cuts:
        return None
    columns = [x0 - 4, *cuts, x1 + 4]
    rows = [[(a, t, b, low) for a, b in pairwise(columns)] for t, low in pairwise(heights)]
    grid = TableGrid(rows)
    full = [
        len({grid.cell_at((w.x0 + w.x1) / 2, w.base - 2) for w in inside if t <= w.base <= low})
        for t, low in pairwise(heights)
    ]
    if sum(1 for n in full if n >= 2) < 0.6 * len(full):
        return None
    return None if cuts_lines(grid, inside) else grid


def _agreed_breaks(levels: Sequence[_Level]) -> list[float]:
    """Where most of the rules are broken at the same places."""
    longest = max((level.breaks for level in levels), key=len)
    if not longest:
        return []
    alike = sum(
        1
        for level in levels
        if len(level.breaks) == len(longest)
        and all(abs(a - b) <= 3 for a, b in zip(level.breaks, longest, strict=True))
    )
    return longest if alike >= 0.6 * len(levels) else []


def _header_top(first: float, words: Sequence[Word]) -> float:
    """The top of the lines that stand close above a table's first rule: its header."""
    top = first
    for word in sorted(words, key=lambda w: -w.base):
        if word.base > first + 1:
            continue
        if top - word.base > (1.2 if top < first else 1.0) * word.size:
            break
        top = min(top, word.top - 1)
    return top


def _gutters(words: Sequence[Word], left: float) -> list[float]:
    """Middles of the strips to the right of a table's left end that no word touches."""
    cuts: list[float] = []
    reach = left
    for word in sorted(words, key=lambda w: w.x0):
        if word.x0 - reach >= _MIN_GUTTER and reach > left + 10:
            cuts.append(word.x0 - min(2.0, (word.x0 - reach) / 2))
        reach = max(reach, word.x1)
    return cuts


_MAX_RULES = 600
_TOLERANCE = 3.0


def find_tables(page: RawPage, words: Sequence[Word]) -> list[TableGrid]:
    """The tables of a page whose text runs upright."""
    if not words or not 3 <= len(page.rules) <= _MAX_RULES:
        return []
    grids = [g for g in _ruled(page) if fits(g, page) and holds_cells(g, words)]
    boxes = [g.bbox for g in grids]
    for grid in striped(page, words):
        if not any(_meet(grid.bbox, box) for box in boxes):
            grids.append(grid)
            boxes.append(grid.bbox)
    return sorted(grids, key=lambda g: (g.bbox[1], g.bbox[0]))


def _ruled(page: RawPage) -> list[TableGrid]:
    """Grids with rules on all sides of their cells."""
    level, upright = _edges(page)
    if len(level) < 2 or len(upright) < 2:
        return []
    level, upright = merged(level), merged(upright)
    if len(level) + len(upright) > 200:
        return []
    grids = [TableGrid(_rows(group)) for group in grouped(cells_of(level, upright))]
    for grid in grids:
        _widen(grid, level)
    return grids


Edge = tuple[float, float, float]
"""A rule's lower and upper end, and where it stands across."""


def merged(edges: Sequence[Edge]) -> list[Edge]:
    """Rules of one direction, those on almost one line moved to its middle and joined.

    As pdfplumber's merge_edges gives them.
    """
    heights = sorted({at for _, _, at in edges})
    cluster_of: dict[float, int] = {}
    for i, at in enumerate(heights):
        near = i > 0 and at <= heights[i - 1] + _TOLERANCE
        cluster_of[at] = cluster_of[heights[i - 1]] if near else i
    clusters: dict[int, list[Edge]] = {}
    for edge in edges:
        clusters.setdefault(cluster_of[edge[2]], []).append(edge)
    lines: dict[float, list[Edge]] = {}
    for index in sorted(clusters):
        members = clusters[index]
        middle = sum([at for _, _, at in members]) / len(members)
        for low, high, at in members:
            moved = at + (middle - at)
            lines.setdefault(moved, []).append((low, high, moved))
    joined: list[Edge] = []
    for at in sorted(lines):
        pieces = sorted(lines[at], key=lambda e: e[0])
        joined.append(pieces[0])
        for edge in pieces[1:]:
            low, high, _ = joined[-1]
            if edge[0] > high + _TOLERANCE:
                joined.append(edge)
            elif edge[1] > high:
                joined[-1] = low, edge[1], at
    return joined


def grouped(cells: Sequence[BBox]) -> list[list[BBox]]:
    """Cells that share corners together, from the top; a cell alone is no table.

    As pdfplumber's cells_to_tables groups them.
    """
    at_corner: dict[tuple[float, float], list[int]] = {}
    corners = [((x0, top), (x0, low), (x1, top), (x1, low)) for x0, top, x1, low in cells]
    for i, four in enumerate(corners):
        for corner in four:
            at_corner.setdefault(corner, []).append(i)
    groups: list[list[BBox]] = []
    seen: set[int] = set()
    for i in range(len(cells)):
        if i in seen:
            continue
        seen.add(i)
        waiting, group = [i], []
        while waiting:
            member = waiting.pop()
            group.append(cells[member])
            for corner in corners[member]:
                near = [n for n in at_corner.pop(corner, ()) if n not in seen]
                seen.update(near)
                waiting += near
        groups.append(group)
    groups.sort(key=lambda group: min((c[1], c[0]) for c in group))
    return [group for group in groups if len(group) > 1]


def cells_of(level: Sequence[Edge], upright: Sequence[Edge]) -> list[BBox]:
    """The smallest cell to the lower right of each crossing of rules, if there is one.

    The same cells as pdfplumber's edges_to_intersections and intersections_to_cells give.
    """
    downs: dict[tuple[float, float], set[Edge]] = {}
    acrosses: dict[tuple[float, float], set[Edge]] = {}
    for down in upright:
        top, bottom, x = down
        for across in level:
            x0, x1, y = across
            if (
                top <= y + _TOLERANCE
                and bottom >= y - _TOLERANCE
                and x >= x0 - _TOLERANCE
                and x <= x1 + _TOLERANCE
            ):
                downs.setdefault((x, y), set()).add(down)
                acrosses.setdefault((x, y), set()).add(across)
    points = sorted(downs)
    below: dict[float, list[tuple[float, float]]] = {}
    right: dict[float, list[tuple[float, float]]] = {}
    for point in points:
        below.setdefault(point[0], []).append(point)
        right.setdefault(point[1], []).append(point)
    cells: list[BBox] = []
    for x, y in points:
        cell = _cell((x, y), below[x], right[y], downs, acrosses)
        if cell is not None:
            cells.append(cell)
    return cells


def _cell(
    point: tuple[float, float],
    column: Sequence[tuple[float, float]],
    row: Sequence[tuple[float, float]],
    upright: dict[tuple[float, float], set[Edge]],
    level: dict[tuple[float, float], set[Edge]],
) -> BBox | None:
    x, y = point
    rights = [p for p in row if p[0] > x and level[p] & level[point]]
    for under in column:
        if under[1] <= y or not upright[under] & upright[point]:
            continue
        for beside in rights:
            corner = beside[0], under[1]
            if (
                corner in level
                and upright[corner] & upright[beside]
                and level[corner] & level[under]
            ):
                return x, y, *corner
    return None


def _widen(grid: TableGrid, levels: Sequence[Edge]) -> None:
    """Add the outer columns of a table whose outermost cells have no rule at their side."""
    x0, top, x1, bottom = grid.bbox
    own = [
        (start, end)
        for start, end, at in levels
        if top - 3 <= at <= bottom + 3 and start < x1 + 3 and end > x0 - 3
    ]
    if len(own) < 3:
        return
    left, right = min(start for start, _ in own), max(end for _, end in own)
    for row in grid.rows:
        first, last = row[0], row[-1]
        if x0 - left > 8 and abs(first[0] - x0) < 3:
            row.insert(0, (left - 2, first[1], first[0], first[3]))
        if right - x1 > 8 and abs(last[2] - x1) < 3:
            row.append((last[2], last[1], right + 2, last[3]))


def _edges(page: RawPage) -> tuple[list[Edge], list[Edge]]:
    """The level and the upright rules of a page, and the sides of its boxes."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for rule in page.rules:
        x0, x1, top, bottom = rule.x0, rule.x1, rule.top, rule.bottom
        wide, high = x1 - x0, bottom - top
        if wide > 0.97 * page.width and high > 0.9 * page.height:
            continue
        if high <= 5 and wide > 8:
            level.append((x0, x1, (top + bottom) / 2))
        elif wide <= 5 and high > 6:
            upright.append((top, bottom, (x0 + x1) / 2))
        elif wide > 8 and high > 6:
            level += [(x0, x1, top), (x0, x1, bottom)]
            upright += [(top, bottom, x0), (top, bottom, x1)]
    return level, upright


def _rows(cells: Sequence[BBox]) -> list[list[BBox]]:
    rows: list[list[BBox]] = []
    for cell in sorted(cells, key=lambda c: (c[1], c[0])):
        if rows and abs(rows[-1][0][1] - cell[1]) <= _TOLERANCE:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row) for row in rows]


def _meet(a: BBox, b: BBox) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
