"""Official regional tables in one tidy format, each with a card that names its source.

A table is a CSV file with the columns ``region, year, industry_code, value``, or with a column
for each year, and a YAML file of the same name beside it. Industry codes are SIC 2007 or NACE
Rev. 2: two to five digits, a range of divisions (``11-12``), or the card's ``total_code``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stratlint.errors import FileFault
from stratlint.evidence.cards import SUM_OF_REGIONS, TableCard, load_card, table_name
from stratlint.evidence.cells import Cells, parse_cells, total_of
from stratlint.knowledge.yamlfile import nearest
from stratlint.records import SourceNote

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHOLES = frozenset(
    {"england", "united kingdom", "great britain", "uk", "gb", "england and wales", "eu", "eu27",
     "eu27_2020", "eu28", "ea19", "ea20", "total", "all regions", "all", "e92000001", "k02000001",
     "k03000001", "european union"}
)  # fmt: skip
"""Areas that hold regions, in small letters: no region of their own, and never added to them."""


class EvidenceTable:
    """One table: values by region, year and industry code, with totals and a reference.

    ``low`` and ``high`` are float arrays of shape (regions, years, codes) in the card's unit:
    the same where a value is known, a bound each where it is withheld, so that no cell that
    nobody knows counts as nought. ``totals`` of shape (regions, years) holds all industries.
    """

    def __init__(self, name: str, card: TableCard, cells: Cells) -> None:
        self.name = name
        self.card = card
        self.years = cells.years
        self.remarks = list(cells.remarks)
        self._places = {place: n for n, place in enumerate(cells.regions)}
        self._years = {year: n for n, year in enumerate(self.years)}
        self._told: dict[str, tuple[int, ...]] = {}
        self._references: dict[tuple[int, tuple[str, ...]], tuple[float, float]] = {}
        values = cells.array()
        self.high: NDArray[np.float64] = np.where(np.isnan(values), np.inf, values)
        for at, year, column, bound in cells.bounds:
            self.high[at, year, column] = bound
        self.low: NDArray[np.float64] = np.nan_to_num(values, nan=0.0)
        self.codes = cells.codes
        self._take_total()
        self._columns = {code: n for n, code in enumerate(self.codes)}
        self.reference = self._find_reference()
        self.regions: tuple[str, ...] = tuple(
            place
            for place in self._places
            if place != self.reference and place.casefold() not in WHOLES
        )
        if self.reference is None and len(self.regions) < 2:
            only = next(iter(self.regions), "no region")
            self.remarks.append(
                f"the table has {only} alone, so there is nothing to set it beside: no quotients; "
                "add the other regions, or a row for the whole and 'reference:'"
            )

    def _take_total(self) -> None:
        """Part the total from the industries; where there is none it is their sum."""
        named = total_of(self.codes, self.card)
        if named is None:
            self.totals_low: NDArray[np.float64] = self.low.sum(axis=2)
            self.totals_high: NDArray[np.float64] = self.high.sum(axis=2)
            return
        column = self.codes.index(named)
        self.totals_low = self.low[:, :, column].copy()
        self.totals_high = self.high[:, :, column].copy()
        self.low = np.delete(self.low, column, axis=2)
        self.high = np.delete(self.high, column, axis=2)
        self.codes = self.codes[:column] + self.codes[column + 1 :]
        # What is withheld can be no more than what the total leaves.
        rest = np.maximum(self.totals_high - self.low.sum(axis=2), 0.0)[:, :, None]
        self.high = np.where(np.isinf(self.high), np.maximum(rest, self.low), self.high)
        if self.card.total_code is None:
            self.remarks.append(f"'{named}' is taken for all industries together")

    def _find_reference(self) -> str | None:
        wanted = self.card.reference
        if wanted in (SUM_OF_REGIONS, *self._places):
            return wanted if wanted in self._places else None
        close = nearest(wanted, (SUM_OF_REGIONS, *self._places))
        hint = f"; did you mean '{close}'?" if close else ""
        seen = f"the reference '{wanted}' is no region of the table"
        raise FileFault(seen + hint, path=f"{self.name}.yaml")

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

    def bounds(self, region: str, year: int, codes: tuple[str, ...]) -> tuple[float, float]:
        """Least and most that some industries make in a region and year."""
        columns = [self._columns[code] for code in codes]
        at, when = self._places[region], self._years[year]
        return float(self.low[at, when, columns].sum()), float(self.high[at, when, columns].sum())

    def size(self, region: str, year: int, codes: tuple[str, ...]) -> float:
        """Sum of some industries in a region and year, in the table's unit, as far as known."""
        return self.bounds(region, year, codes)[0]

    def total_bounds(self, region: str, year: int) -> tuple[float, float]:
        """Least and most that all industries of a region and year make."""
        at, when = self._places[region], self._years[year]
        return float(self.totals_low[at, when]), float(self.totals_high[at, when])

    def total(self, region: str, year: int) -> float:
        """All industries of a region and year, in the table's unit, as far as known."""
        return self.total_bounds(region, year)[0]

    @property
    def whole(self) -> tuple[str, ...]:
        """The areas that together are the reference."""
        return self.regions if self.reference is None else (self.reference,)

    def years_of(self, region: str) -> tuple[int, ...]:
        """The years in which a region and all of the reference have figures."""
        if region not in self._told:
            self._told[region] = self._find_years(region)
        return self._told[region]

    def _find_years(self, region: str) -> tuple[int, ...]:
        if self.reference is None and len(self.regions) < 2:
            return ()
        wanted = [self._places[area] for area in dict.fromkeys((region, *self.whole))]
        there = (self.totals_high[wanted] > 0).all(axis=0) & (self.low[wanted].sum(axis=2) > 0).all(
            axis=0
        )
        return tuple(year for year, known in zip(self.years, there, strict=True) if known)

    def reference_bounds(self, year: int, codes: tuple[str, ...]) -> tuple[float, float]:
        """Least and most that the industries' share of the reference area can be, 0 to 1."""
        known = self._references.get((year, codes))
        if known is None:
            parts = [self.bounds(area, year, codes) for area in self.whole]
            wholes = [self.total_bounds(area, year) for area in self.whole]
            low, high = (sum(pair[n] for pair in parts) for n in (0, 1))
            least, most = (sum(pair[n] for pair in wholes) for n in (0, 1))
            known = self._references[year, codes] = _ratio(low, most), _ratio(high, least)
        return known

    def reference_share(self, year: int, codes: tuple[str, ...]) -> float:
        """The industries' share of all activity in the reference area, 0 to 1, as far as known."""
        whole = sum(self.total(area, year) for area in self.whole)
        return sum(self.size(area, year, codes) for area in self.whole) / whole if whole else 0.0

    def structure(self, region: str, year: int) -> dict[str, float]:
        """Each industry's share of the region's activity, summing to one."""
        row = self.low[self._places[region], self._years[year]]
        return dict(zip(self.codes, (row / row.sum()).tolist(), strict=True))


def _ratio(one: float, other: float) -> float:
    """One over the other; nought over anything is nought, anything over nought without bound."""
    if one == 0:
        return 0.0
    return one / other if other > 0 else float("inf")


def load_table(path: Path) -> EvidenceTable:
    """Read a table and its card.

    Raises FileFault when either is missing, a column is absent, a value is not a number, a row
    is there twice or codes overlap, naming the line.
    """
    return EvidenceTable(table_name(path), load_card(path), parse_cells(path))
