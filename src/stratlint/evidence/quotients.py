"""Location quotients, with what is needed to judge them: size, years, codes and source.

LQ = (x_rs / x_r) / (x_ns / x_n): the sector's share of the region's activity over its share
of the reference area's (Isard 1960, *Methods of Regional Analysis*). Above 1 the region has
more of the sector than its size explains.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from stratlint.evidence import codes as sic
from stratlint.evidence.tables import EvidenceTable, load_table
from stratlint.records import Quotient, SourceNote

PROXY_SHARE = 0.5
"""A division stands in for a finer code that is at least this share of its jobs nationally."""

LEVEL_SPREAD = 0.25
"""Years disagree when they stand on both sides of 1 and differ by more than this."""


BOUNDED = 1.15
"""Where cells are withheld a quotient is given if its bounds are within 15 % of each other.

The marks 1, 1.25 and 1.5 lie 20 to 25 % apart: what is less certain than that tells no mark.
"""


class SectorCodes(Protocol):
    """What is needed of a taxonomy entry."""

    @property
    def id(self) -> str:
        """Identifier of the sector."""

    @property
    def sic2007(self) -> tuple[str, ...]:
        """Its SIC 2007 codes, such as '21', '26.6' or '27 (part)'."""


class Evidence:
    """All tables of one audit."""

    def __init__(self, tables: Sequence[EvidenceTable]) -> None:
        self.tables = tuple(tables)
        self._mapped: dict[tuple[int, tuple[str, ...]], tuple[tuple[str, ...], float]] = {}
        self._known: dict[tuple[str, str, tuple[str, ...], int], Quotient | None] = {}

    @property
    def regions(self) -> tuple[str, ...]:
        """Every region that some table covers, sorted."""
        return tuple(sorted({region for table in self.tables for region in table.regions}))

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """The sources, as reports print them."""
        return tuple(table.note for table in self.tables)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was mended in the tables and what they do not tell, table by table."""
        return tuple(f"{table.name}: {said}" for table in self.tables for said in table.remarks)

    def silences(
        self, regions: Iterable[tuple[str, int]], sectors: Iterable[SectorCodes]
    ) -> tuple[str, ...]:
        """A word on each sector whose figures are withheld, so that it has no quotient."""
        entries = tuple(sectors)
        said = (self._silence(r, s, year) for r, year in sorted(set(regions)) for s in entries)
        return tuple(word for word in said if word)

    def _silence(self, region: str, sector: SectorCodes, year: int) -> str:
        for table in self.tables:
            if region not in table.regions or not table.years_of(region):
                continue
            columns, _ = self._columns(table, sector)
            at = nearest_year(table, region, year)
            bounds = quotient_bounds(table, region, columns, at) if columns else None
            if bounds is not None and not _tell(bounds):
                most = f"{bounds[1]:.2f}" if math.isfinite(bounds[1]) else "any value"
                return (
                    f"{table.name}: no quotient of {sector.id} for {region} in {at}: cells are "
                    f"withheld, so it lies between {bounds[0]:.2f} and {most}"
                )
        return ""

    def quotient(self, region: str, sector: SectorCodes, year: int) -> Quotient | None:
        """The best quotient for a sector in the year of a document, or None without figures.

        Tables that reach back to the year come before later ones, and fuller coverage of the
        sector's codes before partial coverage.
        """
        # Documents of one region and year ask for the same ones.
        asked = (region, sector.id, tuple(sector.sic2007), year)
        if asked not in self._known:
            self._known[asked] = self._find(region, sector, year)
        return self._known[asked]

    def _find(self, region: str, sector: SectorCodes, year: int) -> Quotient | None:
        options = []
        for place, table in enumerate(self.tables):
            if region not in table.regions or not table.years_of(region):
                continue
            columns, coverage = self._columns(table, sector)
            if columns:
                nearest = nearest_year(table, region, year)
                lag = 0 if nearest <= year else nearest - year
                options.append((lag > 0, -coverage, lag, place, table, columns, nearest))
        if not options:
            return None
        _, coverage, lag, _, table, columns, nearest = min(options, key=lambda o: o[:4])
        found = _quotient(table, region, sector.id, columns, nearest, -coverage, lag)
        return found and msgspec.structs.replace(found, asked=year)

    def quotients(
        self, regions: Iterable[tuple[str, int]], sectors: Iterable[SectorCodes]
    ) -> tuple[Quotient, ...]:
        """Quotients for every (region, year) and sector that has figures."""
        entries = tuple(sectors)
        found = (self.quotient(r, s, year) for r, year in sorted(set(regions)) for s in entries)
        return tuple(q for q in found if q is not None)

    def structure(self, region: str, year: int) -> dict[str, float]:
        """Industry shares of a region from the first table that covers it; empty without one."""
        for table in self.tables:
            if region in table.regions and table.years_of(region):
                return table.structure(region, nearest_year(table, region, year))
        return {}

    def _columns(self, table: EvidenceTable, sector: SectorCodes) -> tuple[tuple[str, ...], float]:
        """Columns that make up a sector, and the share of its codes that they cover."""
        key = (self.tables.index(table), tuple(sector.sic2007))
        if key not in self._mapped:
            self._mapped[key] = self._map(table, sector)
        return self._mapped[key]

    def _map(self, table: EvidenceTable, sector: SectorCodes) -> tuple[tuple[str, ...], float]:
        whole = [code for code in sector.sic2007 if not sic.is_part(code)]
        found: set[str] = set()
        covered = 0
        for code in whole:
            columns = sic.matching(code, table.codes) or self._proxy(table, code)
            found.update(columns)
            covered += bool(columns)
        return tuple(sorted(found)), covered / max(1, len(sector.sic2007))

    def _proxy(self, table: EvidenceTable, code: str) -> tuple[str, ...]:
        """The division that stands in for a finer code, where most of its jobs are in the code."""
        column = sic.division(code, table.codes)
        if column is None:
            return ()
        for other in self.tables:
            if other is table:
                continue
            inner = sic.matching(code, other.codes)
            outer = _all_of(column, other.codes)
            year = other.years[-1]
            if inner and outer and set(inner) <= set(outer):
                share = other.reference_share(year, inner) / other.reference_share(year, outer)
                return (column,) if share >= PROXY_SHARE else ()
        return ()


def _all_of(column: str, codes: Iterable[str]) -> tuple[str, ...]:
    first, _, last = column.partition("-")
    wanted = {f"{n:02d}" for n in range(int(first), int(last or first) + 1)}
    return tuple(sorted(code for code in codes if code[:2] in wanted))


def nearest_year(table: EvidenceTable, region: str, year: int) -> int:
    """The latest year with figures of a region that is not after ``year``, else its first."""
    known = table.years_of(region)
    before = [each for each in known if each <= year]
    return before[-1] if before else known[0]


def _quotient(
    table: EvidenceTable,
    region: str,
    sector: str,
    columns: tuple[str, ...],
    year: int,
    coverage: float,
    lag: int,
) -> Quotient | None:
    values = tuple(
        (y, value)
        for y in table.years
        if year - 2 <= y <= max(year, table.years[0] + 2)
        and (value := location_quotient(table, region, columns, y)) is not None
    )
    now = dict(values).get(year)
    if now is None:
        return None
    size = table.size(region, year, columns)
    bounds = quotient_bounds(table, region, columns, year) or (now, now)
    caveats = _caveats(table, values, size, coverage, lag, bounds)
    straddles = bounds[0] < 1 < bounds[1]
    unreliable = size < table.card.minimum_size or disagree(values) or straddles
    return Quotient(
        region=region,
        sector=sector,
        value=now,
        year=year,
        measure=table.card.measure,
        source=f"{table.card.publisher}, {table.card.title}",
        size=size,
        unit=table.card.unit,
        reference=table.reference or "",
        codes=columns,
        years=values,
        reliable=not unreliable,
        caveat="; ".join(caveats),
    )


def quotient_bounds(
    table: EvidenceTable, region: str, columns: tuple[str, ...], year: int
) -> tuple[float, float] | None:
    """The least and the most that (x_rs / x_r) / (x_ns / x_n) of one year can be.

    The same where every cell is known. None where the reference has none of it, or the region
    no figures of that year.
    """
    if year not in table.years_of(region):
        return None
    least, most = table.reference_bounds(year, columns)
    low, high = table.bounds(region, year, columns)
    total_low, total_high = table.total_bounds(region, year)
    if most <= 0 or total_low <= 0:
        return None
    upper = high / total_low / least if least > 0 else math.inf
    return low / total_high / most, upper


def location_quotient(
    table: EvidenceTable, region: str, columns: tuple[str, ...], year: int
) -> float | None:
    """(x_rs / x_r) / (x_ns / x_n) of one year.

    None where the reference has none of it, the region no figures of that year, or where cells
    that are withheld leave it open: a quotient between .5 and 2 is none.
    """
    found = quotient_bounds(table, region, columns, year)
    if found is None or not _tell(found):
        return None
    return math.sqrt(found[0] * found[1]) if found[0] != found[1] else found[0]


def _tell(bounds: tuple[float, float]) -> bool:
    """Whether bounds are near enough to each other to stand for one figure."""
    low, high = bounds
    return low == high or (low > 0 and high <= low * BOUNDED)


def disagree(values: tuple[tuple[int, float], ...]) -> bool:
    """Whether years stand on both sides of 1, further apart than chance explains."""
    found = [value for _, value in values]
    return min(found) < 1 < max(found) and max(found) - min(found) > LEVEL_SPREAD


def _caveats(
    table: EvidenceTable,
    values: tuple[tuple[int, float], ...],
    size: float,
    coverage: float,
    lag: int,
    bounds: tuple[float, float],
) -> list[str]:
    caveats = []
    if bounds[0] != bounds[1]:
        caveats.append(f"between {bounds[0]:.2f} and {bounds[1]:.2f}, as cells are withheld")
    if size < table.card.minimum_size:
        caveats.append(f"small: under {table.card.minimum_size:,.0f} {table.card.unit}")
    if disagree(values):
        caveats.append("the years disagree on which side of 1 it stands")
    if coverage < 1:
        caveats.append(f"from the {coverage:.0%} of the sector's industries that the table has")
    if lag:
        caveats.append(f"figures begin {lag} years after the document")
    return caveats


def load_evidence(paths: Sequence[Path]) -> Evidence:
    """Read several tables; the earlier one wins where two cover a sector equally well."""
    return Evidence([load_table(path) for path in paths])
