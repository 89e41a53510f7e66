"""Official regional tables in one tidy format, each with a card that names its source.

A table is a CSV file with the columns ``region, year, industry_code, industry_name, value``
and a YAML file of the same name beside it. Industry codes are SIC 2007: two to five digits, a
range of divisions (``11-12``), or the card's ``total_code``. Rows must not overlap, so that
any set of codes can be summed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stratlint.errors import FileFault
from stratlint.evidence.cells import Cells, parse_cells
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.records import SourceNote

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUM_OF_REGIONS = "sum of regions"


class TableCard(Editable):
    """Where a table comes from and how it is to be read."""

    title: str
    publisher: str
    licence: str
    date: str
    measure: str
    unit: str
    url: str = ""
    classification: str = "SIC 2007"
    total_code: str | None = None
    reference: str = SUM_OF_REGIONS
    minimum_size: float = 0.0
    note: str = ""


class EvidenceTable:
    """One table: values by region, year and industry code, with totals and a reference.

    ``values`` is a float array of shape (regions, years, codes) in the card's unit; a missing
    cell is nought, because statistical offices leave empty classes out. ``totals`` of shape
    (regions, years) holds all industries together.
    """

    def __init__(self, name: str, card: TableCard, cells: Cells) -> None:
        self.name = name
        self.card = card
        self.values: NDArray[np.float64] = cells.array()
        self.years = cells.years
        self.codes = cells.codes
        self._places = {place: n for n, place in enumerate(cells.regions)}
        if card.total_code in self.codes:
            column = self.codes.index(card.total_code)
            self.totals: NDArray[np.float64] = self.values[:, :, column].copy()
            self.values = np.delete(self.values, column, axis=2)
            self.codes = self.codes[:column] + self.codes[column + 1 :]
        else:
            self.totals = self.values.sum(axis=2)
        self._columns = {code: n for n, code in enumerate(self.codes)}
        self._years = {year: n for n, year in enumerate(self.years)}
        if card.reference not in (SUM_OF_REGIONS, *self._places):
            close = nearest(card.reference, (SUM_OF_REGIONS, *self._places))
            hint = f"; did you mean '{close}'?" if close else ""
            seen = f"the reference '{card.reference}' is no region of the table"
            raise FileFault(seen + hint, path=f"{name}.yaml")
        self.reference = card.reference if card.reference in self._places else None
        wholes = {"England", "United Kingdom", "Great Britain", card.reference}
        self.regions: tuple[str, ...] = tuple(r for r in self._places if r not in wholes)

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

    def size(self, region: str, year: int, codes: tuple[str, ...]) -> float:
        """Sum of some industries in a region and year, in the table's unit."""
        columns = [self._columns[code] for code in codes]
        return float(self.values[self._places[region], self._years[year], columns].sum())

    def total(self, region: str, year: int) -> float:
        """All industries of a region and year, in the table's unit."""
        return float(self.totals[self._places[region], self._years[year]])

    def years_of(self, region: str) -> tuple[int, ...]:
        """The years in which a region has figures at all."""
        return tuple(year for year in self.years if self.total(region, year) > 0)

    def reference_share(self, year: int, codes: tuple[str, ...]) -> float:
        """The industries' share of all activity in the reference area, 0 to 1."""
        areas = self.regions if self.reference is None else (self.reference,)
        whole = sum(self.total(area, year) for area in areas)
        return sum(self.size(area, year, codes) for area in areas) / whole if whole > 0 else 0.0

    def structure(self, region: str, year: int) -> dict[str, float]:
        """Each industry's share of the region's activity, summing to one."""
        row = self.values[self._places[region], self._years[year]]
        return dict(zip(self.codes, (row / row.sum()).tolist(), strict=True))


def load_card(path: Path) -> TableCard:
    """The card beside a table. Raises FileFault when it is missing or has a fault."""
    return load_yaml(path.with_suffix(".yaml"), TableCard)


def load_table(path: Path) -> EvidenceTable:
    """Read a table and its card.

    Raises FileFault when either is missing, a column is absent, a value is not a number or a
    row is there twice, naming the line.
    """
    return EvidenceTable(path.stem, load_card(path), parse_cells(path))
