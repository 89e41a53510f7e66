"""The geometry of ruled tables beside pdfplumber's, from which it was taken over."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber import table

from stratlint.documents.pdf.tables import Edge, cells_of, grouped, merged

# Few places, so that rules meet, and shifts below and above the tolerance of three points.
_PLACE = st.sampled_from([0.0, 50.0, 100.0, 150.0]).flatmap(
    lambda at: st.sampled_from([at, at + 0.1, at + 2.5, at + 2.9, at + 3.1, at + 7.3])
)
_EDGE = st.tuples(_PLACE, _PLACE, _PLACE).map(lambda e: (min(e[:2]), max(e[:2]), e[2]))
_EDGES = st.lists(_EDGE, min_size=1, max_size=14)


def _theirs(edges: list[Edge], orientation: str) -> list[dict[str, Any]]:
    made = []
    for low, high, at in edges:
        x0, x1, top, bottom = (low, high, at, at) if orientation == "h" else (at, at, low, high)
        made.append(
            {
                "orientation": orientation,
                "x0": x0,
                "x1": x1,
                "top": top,
                "bottom": bottom,
                "width": x1 - x0,
                "height": bottom - top,
            }
        )
    return made


@given(_EDGES, _EDGES)
def test_tables_are_those_of_pdfplumber(level: list[Edge], upright: list[Edge]) -> None:
    theirs = table.merge_edges(_theirs(level, "h") + _theirs(upright, "v"), 3, 3, 3, 3)
    mine = merged(level), merged(upright)
    assert mine[0] == [(e["x0"], e["x1"], e["top"]) for e in theirs if e["orientation"] == "h"]
    assert mine[1] == [(e["top"], e["bottom"], e["x0"]) for e in theirs if e["orientation"] == "v"]
    crossings = table.edges_to_intersections(theirs, 3, 3)
    cells = table.intersections_to_cells(crossings)
    assert cells_of(*mine) == cells
    assert [sorted(g) for g in grouped(cells)] == [sorted(g) for g in table.cells_to_tables(cells)]
