"""Reading order of a page: recursive cuts, vertical gutters first, then the lines of each column.

A gutter need not run down the whole page: whatever crosses it (a title over two columns, a
wide table) cuts the page into bands, and within a band the left side is read before the right.
Rows whose sides are short and stand on the same baselines are a table or a list of contents,
not columns, and are read across.
"""

from __future__ import annotations

from bisect import bisect_right
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from stratlint.documents.pdf.segments import Segment

if TYPE_CHECKING:
    from stratlint.documents.pdf.segments import Segment

_MIN_GUTTER = 0.55
_EPSILON = 1.0
_HEADING = 1.25
"""Times the type of its band that a heading of both columns is set in, at least."""
_UNEVEN = 4.0
"""Lines by which two columns may differ where they end above such a heading."""
_WHITE = 4.0
"""Lines of white beside such a heading, at least: 5.5 to 9.7 on the 14 that were looked at, 2 where
a paragraph of the next column chanced to end beside a heading of one column."""
_NEAR = 2.5
"""Heights of the heading that may lie between it and the text that it opens."""


class Leaf(msgspec.Struct):
    """A column of segments that is read from top to bottom."""

    segments: list[Segment]

    @property
    def bounds(self) -> tuple[float, float]:
        """Left and right end of its text."""
        return min(s.x0 for s in self.segments), max(s.x1 for s in self.segments)


def reading_order(segments: list[Segment]) -> list[Leaf]:
    """The columns of a page in the order in which they are read."""
    return _order(sorted(segments, key=lambda s: (s.top, s.x0)), 0)


def _order(segments: list[Segment], depth: int) -> list[Leaf]:
    if not segments:
        return []
    gutter = _best_gutter(segments) if depth < 24 and len(segments) > 2 else None
    if gutter is None:
        return [Leaf(segments)]
    leaves: list[Leaf] = []
    for crossing, band in _bands(segments, gutter):
        if crossing:
            parts = [band]
        else:
            parts = [
                [s for s in band if s.x1 <= gutter + _EPSILON],
                [s for s in band if s.x1 > gutter + _EPSILON],
            ]
        for part in parts:
            if len(part) == len(segments):
                leaves.append(Leaf(part))
            else:
                leaves += _order(part, depth + 1)
    return leaves


def _bands(segments: list[Segment], gutter: float) -> list[tuple[bool, list[Segment]]]:
    """Runs of segments, from the top, that cross the gutter or keep clear of it."""
    bands: list[tuple[bool, list[Segment]]] = []
    for segment in segments:
        crossing = _crosses(segment, gutter)
        if bands and bands[-1][0] == crossing:
            bands[-1][1].append(segment)
        else:
            bands.append((crossing, [segment]))
    settled = [b for b in _settle(bands, gutter) if b[1]]
    return [
        (crossing, part)
        for crossing, band in settled
        for part in ([band] if crossing else _sections(band, gutter))
    ]


def _sections(band: list[Segment], gutter: float) -> list[list[Segment]]:
    """A clear band, cut where a heading opens both columns anew.

    A short heading over two columns crosses no gutter. It is told from one inside a column by
    the white beside it: both columns end above it and begin below it, at nearly one height.
    """
    size = median(s.size for s in band)
    parts: list[list[Segment]] = []
    rest = band
    for heading in band:
        if heading.size < _HEADING * size or heading.x1 > gutter + _EPSILON:
            continue
        above = [s for s in rest if s.base < heading.top]
        below = [s for s in rest if s.base >= heading.top]
        if _opens(heading, above, below, gutter, size):
            parts.append(above)
            rest = below
    return [*parts, rest]


def _opens(
    heading: Segment, above: list[Segment], below: list[Segment], gutter: float, size: float
) -> bool:
    """Whether columns end above a heading and begin below it side by side."""
    ends, starts = [0.0, 0.0], [0.0, 0.0]
    for right in (False, True):
        over = [s.bottom for s in above if (s.x1 > gutter + _EPSILON) is right]
        under = [s.top for s in below if s is not heading and (s.x1 > gutter + _EPSILON) is right]
        if not over or not under:
            return False
        ends[right], starts[right] = max(over), min(under)
    return (
        max(ends) <= heading.top
        and abs(ends[0] - ends[1]) <= _UNEVEN * size
        and starts[1] - ends[1] >= _WHITE * size
        and abs(starts[0] - starts[1]) <= size
        and 0 <= min(starts) - heading.bottom + size / 2 <= _NEAR * heading.size
    )


def _settle(
    bands: list[tuple[bool, list[Segment]]], gutter: float
) -> list[tuple[bool, list[Segment]]]:
    """Give lines beside a gutter that stand on one side only to the wide text they belong to.

    The last line of a wide paragraph is often short, and so is a heading above one.
    """
    for i, (crossing, band) in enumerate(bands):
        if crossing:
            continue
        left = [s for s in band if s.x1 <= gutter + _EPSILON]
        right = [s for s in band if s.x1 > gutter + _EPSILON]
        if left and right:
            first_right = min(s.top for s in right)
            last_right = max(s.bottom for s in right)
            if i > 0:
                _move_top(bands[i - 1][1], band, left, first_right)
            if i + 1 < len(bands):
                _move_bottom(band, bands[i + 1][1], left, last_right)
        elif i > 0:
            bands[i - 1][1].extend(band)
            band.clear()
    return bands


def _move_top(above: list[Segment], band: list[Segment], left: list[Segment], limit: float) -> None:
    """The short last line of the wide paragraph above."""
    if not above:
        return
    last = max(above, key=lambda s: s.base)
    for segment in left:
        step = segment.base - last.base
        close = step <= 1.45 * last.size and abs(segment.size - last.size) < 0.5
        if segment.bottom <= limit and close:
            band.remove(segment)
            above.append(segment)
            last = segment
        else:
            break


def _move_bottom(
    band: list[Segment], below: list[Segment], left: list[Segment], limit: float
) -> None:
    """A short heading that opens the wide text below."""
    if not below:
        return
    tail = [s for s in left if s.top >= limit]
    if not tail or len(tail) > 3:
        return
    rest = [s for s in left if s.top < limit]
    before = tail[0].top - max((s.bottom for s in rest), default=0.0)
    after = min(s.top for s in below) - tail[-1].bottom
    if after < before:
        for segment in reversed(tail):
            band.remove(segment)
            below.insert(0, segment)


def _crosses(segment: Segment, x: float) -> bool:
    return segment.x0 < x - _EPSILON and segment.x1 > x + _EPSILON


def _best_gutter(segments: list[Segment]) -> float | None:
    """The x that parts most text into two columns, or None where nothing does."""
    size = median(s.size for s in segments)
    best, best_score = None, 2.4 * size
    for x, width in _candidates(segments, size):
        score = _paired_height(segments, x, size)
        if score <= 0:
            continue
        score += min(width, 3 * size) * 0.5
        if score > best_score:
            best, best_score = x, score
    return best


def _candidates(segments: list[Segment], size: float) -> list[tuple[float, float]]:
    """Middles and widths of the clear strips to the left of where text begins."""
    starts = sorted({round(s.x0) for s in segments})
    ends = sorted(s.x1 for s in segments)
    low = ends[0]
    found: list[tuple[float, float]] = []
    for start in starts:
        if start <= low:
            continue
        # The strip is bounded by the nearest end on its left; text that crosses makes bands.
        near = bisect_right(ends, start - _MIN_GUTTER * size)
        if not near:
            continue
        left = ends[near - 1]
        found.append(((left + start) / 2, start - left))
        found.append((start - 0.3 * size, _MIN_GUTTER * size))
    return found


def _paired_height(segments: list[Segment], x: float, size: float) -> float:
    """Height over which text stands on both sides of a gutter, in clear bands."""
    total = 0.0
    left: list[Segment] = []
    right: list[Segment] = []
    low, high = x - _EPSILON, x + _EPSILON
    for segment in segments:
        if segment.x1 <= high:
            left.append(segment)
        elif segment.x0 >= low:
            right.append(segment)
        elif left or right:
            # Each band costs two lines: a strip that much text crosses is no gutter.
            total += _overlap(left, right, size) - 2 * size
            left, right = [], []
    return total + _overlap(left, right, size)


def _overlap(left: list[Segment], right: list[Segment], size: float) -> float:
    if len(left) < 2 or len(right) < 2:
        return 0.0
    top = max(min([s.top for s in left]), min([s.top for s in right]))
    bottom = min(max([s.bottom for s in left]), max([s.bottom for s in right]))
    height = bottom - top
    if height < 2 * size or _is_table(left, right):
        return 0.0
    return height


def _is_table(left: list[Segment], right: list[Segment]) -> bool:
    """Whether the two sides are cells of rows rather than columns of text."""
    # Weighted by length, so that the stray words of a badly justified line do not count.
    lengths = [[len(s.text) for s in side] for side in (left, right)]
    sides = [sum([n * n for n in side]) / (sum(side) or 1) for side in lengths]
    if min(sides) >= 19:
        return False
    # The sparser side tells: the labels of a chart beside a column meet its lines by chance.
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    bases = [s.base for s in many]
    aligned = sum(1 for s in few if _near(bases, s.base)) / len(few)
    return aligned > (0.6 if min(sides) >= 6 else 0.45)


def _near(bases: list[float], base: float) -> bool:
    return any(abs(b - base) < 1.5 for b in bases)


_CELL_GAP = 1.4
_ALIGNED = 3.0


def leaf_lines(leaf: Leaf) -> list[Segment]:
    """The printed lines of a column: segments of one row are joined from left to right.

    Where the wide gaps of neighbouring rows stand one below the other, the rows keep their
    ``cells``; a lone wide gap is the work of justification or of a tab, and becomes a space.
    """
    rows: list[list[Segment]] = []
    for segment in sorted(leaf.segments, key=lambda s: _place(s, leaf.segments)):
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


def _place(segment: Segment, segments: list[Segment]) -> tuple[float, bool, float]:
    """Where a segment comes in its column; a table comes after the lines beside it."""
    if segment.table is None:
        return segment.base, False, segment.x0
    beside = [
        s.base
        for s in segments
        if s.table is None
        and segment.top <= s.base <= segment.bottom
        and (s.x1 <= segment.x0 or s.x0 >= segment.x1)
    ]
    return max(beside, default=segment.base), True, segment.x0


def _same_row(row: list[Segment], segment: Segment) -> bool:
    last = row[-1]
    if segment.table is not None or last.table is not None:
        return False
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
    return msgspec.structs.replace(
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
