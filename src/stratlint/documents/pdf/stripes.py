"""Tables with rules between their rows only."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from stratlint.documents.pdf.grid import TableGrid, cuts_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.words import RawPage, Word

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
