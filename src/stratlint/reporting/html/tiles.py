"""The tile map: nine English regions of equal size, each near its place on the map."""

from __future__ import annotations

from stratlint.records import Record
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index

# Column and row from 1. Borders kept: every neighbour here is one on the ground.
_PLACES = {
    "north east": (2, 1),
    "north west": (1, 2),
    "yorkshire and the humber": (2, 2),
    "west midlands": (1, 3),
    "east midlands": (2, 3),
    "east of england": (3, 3),
    "south west": (1, 4),
    "south east": (2, 4),
    "london": (3, 4),
}


class Tile(Record):
    """One region: where it stands, and the share of its priorities with local evidence."""

    label: str
    slug: str
    source: str
    column: int
    row: int
    priorities: int
    measured: int
    weak: int
    findings: int
    bin: str


class Tally(Record):
    """Choices of one document that can be measured, and how many are strong or weak there."""

    measured: int
    strong: int
    weak: int


def tallies(index: Index) -> dict[str, Tally]:
    """The tally of each document, by its source name."""
    found = {}
    for analysis in index.result.analyses:
        gaps = [gap(True, index.quotient(analysis, p.sector)) for p in analysis.priorities]
        strong, weak = gaps.count(Gap.SUPPORTED), gaps.count(Gap.UNSUPPORTED)
        measured = strong + weak + gaps.count(Gap.AVERAGE)
        found[analysis.document.source] = Tally(measured=measured, strong=strong, weak=weak)
    return found


def tiles(index: Index) -> tuple[Tile, ...] | None:
    """Tiles in reading order, or None when a document is of no English region or two share one."""
    made: list[Tile] = []
    counted = tallies(index)
    for analysis in index.result.analyses:
        place = _PLACES.get(" ".join((analysis.document.region or "").casefold().split()))
        if place is None or any((t.column, t.row) == place for t in made):
            return None
        tally = counted[analysis.document.source]
        made.append(
            Tile(
                label=index.label(analysis.document.source),
                slug=index.slug(analysis.document.source),
                source=analysis.document.source,
                column=place[0],
                row=place[1],
                priorities=len(analysis.priorities),
                measured=tally.measured,
                weak=tally.weak,
                findings=len(index.findings(analysis)),
                bin=_bin(tally.weak, tally.measured),
            )
        )
    return tuple(sorted(made, key=lambda t: (t.row, t.column))) or None


def _bin(weak: int, measured: int) -> str:
    """Step of the share of measured priorities below 1.0: none, to a third, to two thirds, more."""
    if not measured:
        return "none"
    share = round(weak / measured, 2)
    return "t0" if share == 0 else "t1" if share <= 0.33 else "t2" if share <= 0.67 else "t3"
