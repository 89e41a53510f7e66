"""A document's own area: its figures beside the region's, and what its boundary cuts."""

from __future__ import annotations

from collections.abc import Iterator

from stratlint.evidence.marks import STRONG, mark_of
from stratlint.records import (
    AreaProfile,
    DocumentAnalysis,
    LabourMarket,
    Neighbour,
    Quotient,
    Record,
    SectorFigures,
)
from stratlint.reporting.index import Index
from stratlint.reporting.words import listed

UNTOLD = 5
"""Strong sectors of the wider area that cannot be told apart here: the strongest few."""
LEAST_OUTSIDE = 0.05
"""A side of a cut that is listed by itself: a twentieth of the residents, as for the cut."""


class OwnRow(Record):
    """One sector: the figure of the area, its other measure or the wider area's, the region's.

    ``wider`` is shown where it says other than ``own``, or where there is no ``own``.
    """

    name: str
    claimed: bool
    own: Quotient | None
    wider: Quotient | None
    regional: Quotient | None


class CutRow(Record):
    """A labour market's residents on one side of the boundary; ``named`` is empty inside."""

    market: str
    owner: str
    share: float
    named: str
    rows: int
    """How many rows its labour market has, in the first of them, else 0."""


class AreaView(Record):
    """What the section shows."""

    profile: AreaProfile
    place: str
    held: str
    """Whose figures these are, where they are not the area's own."""
    region: str
    rows: tuple[OwnRow, ...]
    unsure: bool
    """Whether a figure of the rows is not reliable."""
    alike: str
    """Choices and strengths of which area and region say the same."""
    cuts: tuple[CutRow, ...]
    silent: tuple[str, ...]
    """Neighbours that are never named as partners."""


def area_view(index: Index, analysis: DocumentAnalysis) -> AreaView | None:
    """The view of a document's area, or None where no area below a region is known."""
    profile = index.result.area(analysis.document.source)
    if profile is None or not (profile.figures or profile.cuts):
        return None
    area = profile.area
    exact = all(part.exact for part in area.parts)
    found = _chosen(index, analysis, profile)
    rows = tuple(row for row in found if not _alike(row))
    return AreaView(
        profile=profile,
        place=area.place,
        held="" if exact else listed([part.name for part in area.parts]),
        region=next((q.region for f in profile.figures if (q := f.regional)), ""),
        rows=rows,
        unsure=any(not q.reliable for row in rows for q in (row.own, row.wider, row.regional) if q),
        alike=listed([row.name for row in found if _alike(row)]),
        cuts=tuple(_cuts(profile)),
        silent=tuple(n.name for n in profile.neighbours if not n.partner),
    )


def _chosen(index: Index, analysis: DocumentAnalysis, profile: AreaProfile) -> list[OwnRow]:
    """Choices in their order, then strengths that are not chosen, those that are sure first."""
    figures = {each.sector: each for each in profile.figures}
    claimed = [p.sector for p in sorted(analysis.priorities, key=lambda p: p.rank)]
    missed = [sector for sector in index.ignored(analysis) if sector not in claimed]
    untold = sorted(
        (-each.beside.value, each.sector)
        for each in profile.figures
        if each.own is None and each.beside is not None and _is_strong(each.beside)
        if each.sector not in (*claimed, *missed)
    )[:UNTOLD]
    wanted = [*claimed, *missed, *(sector for _, sector in untold)]
    return [
        _row(index, figures[sector], claimed=sector in claimed)
        for sector in wanted
        if sector in figures
    ]


def _is_strong(quotient: Quotient) -> bool:
    return quotient.reliable and round(quotient.value, 2) >= STRONG


def _row(index: Index, figures: SectorFigures, *, claimed: bool) -> OwnRow:
    own, beside = figures.own, figures.beside
    other = own is None or (beside is not None and mark_of(beside.value) != mark_of(own.value))
    return OwnRow(
        name=index.result.sector_name(figures.sector),
        claimed=claimed,
        own=own,
        wider=beside if other else None,
        regional=figures.regional,
    )


def _alike(row: OwnRow) -> bool:
    """Whether the area's figure and the region's tell the same mark."""
    own, regional = row.own, row.regional
    return own is not None and (regional is None or mark_of(own.value) == mark_of(regional.value))


def _cuts(profile: AreaProfile) -> Iterator[CutRow]:
    """Each cut labour market: what lies inside, then whose the rest is, the largest first."""
    for market in profile.cuts:
        sides = list(_sides(market, profile.neighbours))
        rows = [(profile.area.place, market.inside, ""), *sides]
        for number, (owner, share, named) in enumerate(rows):
            yield CutRow(
                market=market.name,
                owner=owner,
                share=share,
                named=named,
                rows=0 if number else len(rows),
            )


def _sides(
    market: LabourMarket, neighbours: tuple[Neighbour, ...]
) -> Iterator[tuple[str, float, str]]:
    told = {n.name: n for n in neighbours if market.name in n.through}
    rest = [(name, share) for name, share in market.outside if share < LEAST_OUTSIDE]
    for name, share in market.outside:
        if share >= LEAST_OUTSIDE:
            yield name, share, _named(told.get(name))
    if rest:
        yield listed([name for name, _ in rest]), sum(share for _, share in rest), _named(None)


def _named(neighbour: Neighbour | None) -> str:
    if neighbour is None:
        return "–"
    if neighbour.partner:
        return "as partner"
    return "in passing" if neighbour.named else "never"
