"""Ruled tables: pdfplumber's table geometry over the rules that pdfium found.

pdfplumber's own page would cost a second parse of the page; the functions behind its table
finder need only edges, and those are at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stratlint.documents.pdf.grid import TableGrid, fits, holds_cells
from stratlint.documents.pdf.stripes import striped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.words import RawPage, Word
    from stratlint.records import BBox

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
    edges = _edges(page)
    upright = sum(1 for e in edges if e["orientation"] == "v")
    if upright < 2 or len(edges) - upright < 2:
        return []
    from pdfplumber import table

    merged = table.merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    if len(merged) > 200:
        return []
    crossings = table.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    cells = table.intersections_to_cells(crossings)
    grids = [TableGrid(_rows(group)) for group in table.cells_to_tables(cells)]
    levels = [e for e in merged if e["orientation"] == "h"]
    for grid in grids:
        _widen(grid, levels)
    return grids


def _widen(grid: TableGrid, levels: Sequence[dict[str, Any]]) -> None:
    """Add the outer columns of a table whose outermost cells have no rule at their side."""
    x0, top, x1, bottom = grid.bbox
    own = [
        e
        for e in levels
        if top - 3 <= e["top"] <= bottom + 3 and e["x0"] < x1 + 3 and e["x1"] > x0 - 3
    ]
    if len(own) < 3:
        return
    left, right = min(e["x0"] for e in own), max(e["x1"] for e in own)
    for row in grid.rows:
        first, last = row[0], row[-1]
        if x0 - left > 8 and abs(first[0] - x0) < 3:
            row.insert(0, (left - 2, first[1], first[0], first[3]))
        if right - x1 > 8 and abs(last[2] - x1) < 3:
            row.append((last[2], last[1], right + 2, last[3]))


def _edges(page: RawPage) -> list[dict[str, Any]]:
    edges = []
    for rule in page.rules:
        if rule.x1 - rule.x0 > 0.97 * page.width and rule.bottom - rule.top > 0.9 * page.height:
            continue
        wide, high = rule.x1 - rule.x0, rule.bottom - rule.top
        if high <= 5 and wide > 8:
            edges.append(_edge("h", rule.x0, rule.x1, (rule.top + rule.bottom) / 2))
        elif wide <= 5 and high > 6:
            edges.append(_edge("v", rule.top, rule.bottom, (rule.x0 + rule.x1) / 2))
        elif wide > 8 and high > 6:
            edges += [_edge("h", rule.x0, rule.x1, y) for y in (rule.top, rule.bottom)]
            edges += [_edge("v", rule.top, rule.bottom, x) for x in (rule.x0, rule.x1)]
    return edges


def _edge(orientation: str, low: float, high: float, at: float) -> dict[str, Any]:
    if orientation == "h":
        x0, x1, top, bottom = low, high, at, at
    else:
        x0, x1, top, bottom = at, at, low, high
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


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
