"""The tile map: areas of one kind as squares of equal size, each near its place on the ground."""

from __future__ import annotations

import msgspec

from stratlint.knowledge.tiles import Layout, load_layouts
from stratlint.records import Document, Record
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index


class Tile(Record):
    """One area: where it stands, and the share of its priorities with local evidence."""

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
    """Tiles in reading order, or None where no layout has a place for each document."""
    return next(filter(None, (_laid_out(index, layout) for layout in load_layouts())), None)


def _laid_out(index: Index, layout: Layout) -> tuple[Tile, ...] | None:
    """The tiles of a layout, or None when a document has no place in it or two share one."""
    made: list[Tile] = []
    counted, places = tallies(index), layout.places()
    for analysis in index.result.analyses:
        place = places.get(_name(analysis.document, layout.kind))
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
    # A map of a few areas begins where the first of them is.
    left = min((t.column for t in made), default=1) - 1
    top = min((t.row for t in made), default=1) - 1
    moved = (msgspec.structs.replace(t, column=t.column - left, row=t.row - top) for t in made)
    return tuple(sorted(moved, key=lambda t: (t.row, t.column))) or None


def _name(document: Document, kind: str) -> str:
    """The area of a document as layouts of the kind call it, empty where it is of another kind."""
    if document.area is not None and document.area.kind == kind:
        return " ".join(document.area.name.casefold().split())
    if document.area is None and kind == "region":
        return " ".join((document.region or "").casefold().split())
    return ""


def _bin(weak: int, measured: int) -> str:
    """Step of the share of measured priorities below 1.0: none, to a third, to two thirds, more."""
    if not measured:
        return "none"
    share = round(weak / measured, 2)
    return "t0" if share == 0 else "t1" if share <= 0.33 else "t2" if share <= 0.67 else "t3"
