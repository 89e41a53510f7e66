"""Location quotients at an area's own size, from tables by ITL2 and ITL3 area.

Numerators are summed over the member areas, weighted by the share of each that lies in the area.
The smaller the area, the coarser the industries that the tables know: a sector that cannot be
told apart at a size is said to be so, and the figure of the next larger area stands beside.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from stratlint.evidence import codes as sic
from stratlint.evidence.cards import TableCard, load_card
from stratlint.evidence.marks import mark_of
from stratlint.evidence.quotients import SectorCodes, disagree
from stratlint.knowledge.areas import load_areas
from stratlint.records import Area, Quotient, SectorFigures, SourceNote
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENGLAND, UNITED_KINGDOM = "England", "United Kingdom"
REFERENCES = (ENGLAND, UNITED_KINGDOM)

TOLD_COVERED = 0.85
TOLD_PURE = 0.8
"""A sector is told apart where columns hold 85 % of its jobs and are 80 % its own.

Set on jobs by five-digit class in England, 2019-21. So 13 of 29 sectors are told by ITL3; a lower
first mark takes motor trades for automotive (77 %), a lower second aerospace for all of other
transport equipment (62 %) and chemicals for pharmaceuticals with them (72 %).
"""
COLUMN_PURE = 0.5
"""A column belongs to a sector that has at least half of its jobs."""


class Named(SectorCodes, Protocol):
    """What is needed of a taxonomy entry: its codes and its name."""

    @property
    def name(self) -> str:
        """The name as reports print it."""


class AreaTable(NamedTuple):
    """A table by ITL area: ``values`` of shape (areas, years, codes), ``totals`` (areas, years)."""

    name: str
    level: str
    card: TableCard
    areas: tuple[str, ...]
    years: tuple[int, ...]
    codes: tuple[str, ...]
    values: NDArray[np.float64]
    totals: NDArray[np.float64]

    @property
    def note(self) -> SourceNote:
        """The source as reports print it."""
        card = self.card
        return SourceNote(
            name=self.name,
            title=card.title,
            publisher=card.publisher,
            licence=card.licence,
            date=card.date,
            url=card.url,
        )

    def weights(self, shares: Mapping[str, float]) -> NDArray[np.float64]:
        """How much of each of the table's areas counts."""
        return np.array([shares.get(area, 0.0) for area in self.areas])

    def whole(self, reference: str) -> tuple[str, NDArray[np.float64]]:
        """The reference area: its name and weights."""
        england = np.array([area[2] in _ENGLISH for area in self.areas], float)
        if reference == ENGLAND:
            return ENGLAND, england
        northern = any(area.startswith("TLN") for area in self.areas)
        return (UNITED_KINGDOM if northern else "Great Britain"), np.ones(len(self.areas))

    def sums(
        self, weights: NDArray[np.float64], columns: Sequence[str]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The industries and all activity of weighted areas, each by year."""
        wanted = [self.codes.index(code) for code in columns]
        parts = self.values[:, :, wanted].sum(axis=2)
        return weights @ parts, weights @ self.totals


_ENGLISH = "CDEFGHIJK"
_FILES = (("gva-itl3", "ITL3"), ("gva-itl2", "ITL2"), ("employment-itl2", "ITL2"))


@cache
def area_tables() -> dict[str, AreaTable]:
    """The official tables by ITL area, read once."""
    folder = data_dir("corpora") / "evidence"
    return {name: _read(folder / f"{name}.csv.gz", level) for name, level in _FILES}


def _read(path: Path, level: str) -> AreaTable:
    """A table that comes with stratlint: no person edits it, so it is read without questions."""
    card = load_card(path)
    head, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    years = tuple(int(year) for year in head.split(",")[2:])
    rows = [line.split(",", 2) for line in lines]
    # All numbers in one go: ten times as fast as a number at a time.
    numbers = np.fromstring(",".join(row[2] for row in rows), sep=",").reshape(-1, len(years))
    areas = tuple(dict.fromkeys(row[0] for row in rows))
    codes = tuple(sorted({row[1] for row in rows}))
    place = {area: n for n, area in enumerate(areas)}
    column = {code: n for n, code in enumerate(codes)}
    values = np.zeros((len(areas), len(years), len(codes)))
    values[[place[row[0]] for row in rows], :, [column[row[1]] for row in rows]] = numbers
    if card.total_code is None:
        return AreaTable(path.name[: -len(".csv.gz")], level, card, areas, years, codes, values,
                         values.sum(axis=2))  # fmt: skip
    total = codes.index(card.total_code)
    return AreaTable(
        path.name[: -len(".csv.gz")],
        level,
        card,
        areas,
        years,
        codes[:total] + codes[total + 1 :],
        np.delete(values, total, axis=2),
        values[:, :, total],
    )


# ------------------------------------------------------------------------------ sizes of areas


class Size(NamedTuple):
    """An area at one level: the shares of the level's areas that make it up."""

    name: str
    level: str
    shares: dict[str, float]


def own_size(area: Area) -> Size:
    """ITL2 where an area is made of whole ones, as it has the finer industries; else ITL3."""
    shares = {part.code: part.share_of_part for part in area.parts}
    whole = _whole_itl2(shares)
    if whole is not None:
        return Size(area.place, "ITL2", dict.fromkeys(whole, 1.0))
    return Size(area.place, "ITL3", shares)


def _whole_itl2(shares: Mapping[str, float]) -> list[str] | None:
    """The ITL2 areas that ITL3 areas make up without a rest, or None."""
    itl3 = load_areas().itl3
    wanted = sorted({code[:4] for code in shares})
    for itl2 in wanted:
        inside = [code for code in itl3 if code.startswith(itl2)]
        if any(shares.get(code, 0.0) < 0.995 for code in inside):
            return None
    return wanted


def larger_size(area: Area) -> Size:
    """The ITL2 areas that hold most of an area's parts, and more."""
    itl2 = {each.code: each.name for each in load_areas().of_kind("ITL2 area")}
    held: dict[str, float] = {}
    for part in area.parts:
        held[part.code[:4]] = held.get(part.code[:4], 0.0) + part.share_of_area
    # A tenth of the residents: what a boundary only touches does not speak for the area.
    most = [code for code, share in sorted(held.items()) if share >= 0.1] or sorted(held)
    return Size(" + ".join(itl2[code] for code in most), "ITL2", dict.fromkeys(most, 1.0))


# ----------------------------------------------------------------------------------- quotients


class Columns(NamedTuple):
    """The columns that stand for a sector, with how much of it they hold and are its own."""

    codes: tuple[str, ...]
    covered: float
    pure: float

    @property
    def told(self) -> bool:
        """Whether they tell the sector apart."""
        return bool(self.codes) and self.covered >= TOLD_COVERED and self.pure >= TOLD_PURE


def columns_of(table: AreaTable, sector: SectorCodes) -> Columns:
    """The columns of a table that stand for a sector, by national jobs of each class."""
    return _columns(table.name, tuple(sector.sic2007))


@cache
def _columns(name: str, sic2007: tuple[str, ...]) -> Columns:
    table, jobs = area_tables()[name], _national_jobs()
    whole = [code for code in sic2007 if not sic.is_part(code)]
    wanted = {column for code in whole for column in sic.matching(code, jobs)}
    if name.startswith("employment"):
        found = tuple(sorted(wanted & set(table.codes)))
        return Columns(found, len(whole) / max(1, len(sic2007)) if found else 0.0, 1.0)
    codes, own, all_jobs = [], 0.0, 0.0
    for column, inside in _classes(name).items():
        size = sum(jobs[code] for code in inside)
        mine = sum(jobs[code] for code in wanted.intersection(inside))
        if size and mine / size >= COLUMN_PURE:
            codes.append(column)
            own += mine
            all_jobs += size
    everything = sum(jobs[code] for code in wanted)
    if not codes or not everything:
        return Columns((), 0.0, 0.0)
    return Columns(tuple(codes), own / everything, own / all_jobs)


@cache
def _classes(name: str) -> dict[str, tuple[str, ...]]:
    """The five-digit classes in each column of a table."""
    found = {}
    for column in area_tables()[name].codes:
        divisions = sic.divisions_of(column)
        found[column] = tuple(code for code in _national_jobs() if code[:2] in divisions)
    return found


@cache
def _national_jobs() -> dict[str, float]:
    """Jobs of each five-digit class in England, the mean of the last three years."""
    table = area_tables()["employment-itl2"]
    _, england = table.whole(ENGLAND)
    last = table.values[:, -3:, :].mean(axis=1)
    return dict(zip(table.codes, (england @ last).tolist(), strict=True))


def quotient_at(
    table: AreaTable, size: Size, sector: SectorCodes, year: int, reference: str
) -> Quotient | None:
    """The quotient of a sector at a size, or None where the table does not tell it apart."""
    columns = columns_of(table, sector)
    if not columns.told:
        return None
    before = [each for each in table.years if each <= year]
    at = before[-1] if before else table.years[0]
    lag = 0 if before else at - year
    name, whole = table.whole(reference)
    mine, mine_all = table.sums(table.weights(size.shares), columns.codes)
    theirs, theirs_all = table.sums(whole, columns.codes)
    last = max(at, table.years[min(2, len(table.years) - 1)])
    values = tuple(
        (each, float(mine[n] / mine_all[n] / (theirs[n] / theirs_all[n])))
        for n, each in enumerate(table.years)
        if at - 2 <= each <= last and mine_all[n] > 0 and theirs[n] > 0
    )
    if at not in dict(values):
        return None
    sized = float(mine[table.years.index(at)])
    small = sized < table.card.minimum_size
    caveats = []
    if small:
        caveats.append(f"small: under {table.card.minimum_size:,.0f} {table.card.unit}")
    if disagree(values):
        caveats.append("the years disagree on which side of 1 it stands")
    if columns.covered < 0.995 or columns.pure < 0.995:
        caveats.append(
            f"industries {', '.join(columns.codes)} hold {columns.covered:.0%} of the sector's "
            f"jobs and are {columns.pure:.0%} its own, in England"
        )
    if lag:
        caveats.append(f"figures begin {lag} years after the document")
    return Quotient(
        region=size.name,
        sector=sector.id,
        value=dict(values)[at],
        year=at,
        measure=table.card.measure,
        source=f"{table.card.publisher}, {table.card.title}",
        size=sized,
        unit=table.card.unit,
        reference=name,
        codes=columns.codes,
        years=values,
        reliable=not small and not disagree(values),
        caveat="; ".join(caveats),
        asked=year,
        level=size.level,
    )


def area_figures(
    area: Area,
    sectors: Iterable[Named],
    year: int,
    *,
    reference: str = ENGLAND,
    regional: Mapping[str, Quotient] | None = None,
) -> tuple[SectorFigures, ...]:
    """What figures say of each sector in an area, own size first.

    ``regional`` are the quotients of the region that holds the area, by sector.
    """
    tables = area_tables()
    size = own_size(area)
    larger = size if size.level == "ITL2" else larger_size(area)
    gva, jobs = tables[f"gva-{size.level.lower()}"], tables["employment-itl2"]
    found = []
    for sector in sectors:
        own = quotient_at(gva, size, sector, year, reference)
        beside = quotient_at(jobs, larger, sector, year, reference)
        if size.level == "ITL2":
            timely = beside is not None and beside.year <= year
            if own is None and beside is not None:
                own, beside = beside, None
            elif own is not None and own.year > year and timely:
                own, beside = beside, own
        around = (regional or {}).get(sector.id)
        word = _word(sector, size, gva, own, beside, around)
        if own or beside or around:
            found.append(SectorFigures(sector.id, own, beside, around, word))
    return tuple(found)


def _word(
    sector: Named,
    size: Size,
    table: AreaTable,
    own: Quotient | None,
    beside: Quotient | None,
    around: Quotient | None,
) -> str:
    """What the figures do not say themselves."""
    wider = [q for q in (beside, around) if q is not None]
    told = "; ".join(f"for {_called(q)} it is {q.value:.2f} ({q.measure}, {q.year})" for q in wider)
    if own is None:
        codes = ", ".join(sector.sic2007)
        known = ", ".join(_touching(table, sector)) or "no column of its own"
        return (
            f"{sector.name} is SIC {codes}; at {size.level} the figures know {known}: not to be "
            f"told apart at this size" + (f"; {told}" if told else "")
        )
    if around is not None and mark_of(own.value) != mark_of(around.value):
        return (
            f"{own.value:.2f} in {own.region}, {mark_of(own.value)}; {around.value:.2f} in "
            f"{_called(around)}, {mark_of(around.value)}"
        )
    return ""


def _called(quotient: Quotient) -> str:
    """A place as a sentence names it: 'the South East', 'Kent'."""
    compass = quotient.level == "region" and quotient.region.split()[0] in _COMPASS
    return f"the {quotient.region}" if compass else quotient.region


_COMPASS = ("North", "South", "East", "West")


def _touching(table: AreaTable, sector: SectorCodes) -> list[str]:
    """The columns in which a sector lies, with others."""
    divisions = {sic.normal(code)[:2] for code in sector.sic2007}
    return [code for code in table.codes if sic.divisions_of(code) & divisions]


def structure_of(area: Area, year: int) -> dict[str, float]:
    """Each industry's share of an area's activity, by the industries of ITL3 areas."""
    table = area_tables()["gva-itl3"]
    at = max((n for n, each in enumerate(table.years) if each <= year), default=0)
    shares = {part.code: part.share_of_part for part in area.parts}
    row = table.weights(shares) @ table.values[:, at, :]
    return dict(zip(table.codes, (row / row.sum()).tolist(), strict=True))
