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
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import SourceNote

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = ("region", "year", "industry_code", "industry_name", "value")
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

    def __init__(self, name: str, card: TableCard, frame: pd.DataFrame) -> None:
        self.name = name
        self.card = card
        places, place_names = frame["region"].factorize(sort=True)
        years, year_names = frame["year"].factorize(sort=True)
        codes, code_names = frame["industry_code"].factorize(sort=True)
        self.values: NDArray[np.float64] = np.zeros(
            (len(place_names), len(year_names), len(code_names))
        )
        self.values[places, years, codes] = frame["value"].to_numpy(float)
        self.years: tuple[int, ...] = tuple(int(year) for year in year_names)
        self.codes: tuple[str, ...] = tuple(str(code) for code in code_names)
        self._places = {str(place): n for n, place in enumerate(place_names)}
        if card.total_code in self.codes:
            column = self.codes.index(card.total_code)
            self.totals: NDArray[np.float64] = self.values[:, :, column].copy()
            self.values = np.delete(self.values, column, axis=2)
            self.codes = self.codes[:column] + self.codes[column + 1 :]
        else:
            self.totals = self.values.sum(axis=2)
        self._columns = {code: n for n, code in enumerate(self.codes)}
        self._years = {year: n for n, year in enumerate(self.years)}
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

    def reference_share(self, year: int, codes: tuple[str, ...]) -> float:
        """The industries' share of all activity in the reference area, 0 to 1."""
        areas = self.regions if self.reference is None else (self.reference,)
        part = sum(self.size(area, year, codes) for area in areas)
        return part / sum(self.total(area, year) for area in areas)

    def structure(self, region: str, year: int) -> dict[str, float]:
        """Each industry's share of the region's activity, summing to one."""
        row = self.values[self._places[region], self._years[year]]
        return dict(zip(self.codes, (row / row.sum()).tolist(), strict=True))


def load_table(path: Path) -> EvidenceTable:
    """Read a table and its card.

    Raises FileFault when either is missing, a column is absent, a value is not a number or a
    row is there twice, naming the line.
    """
    import pandas as pd

    card = load_yaml(path.with_suffix(".yaml"), TableCard)
    try:
        frame = pd.read_csv(path, dtype={"industry_code": "string", "region": "string"})
    except FileNotFoundError:
        raise FileFault("there is no such table", path=str(path), code="missing") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise FileFault(f"not a CSV table: {error}", path=str(path)) from None
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise FileFault(
            f"the column '{missing[0]}' is missing; a table has {', '.join(COLUMNS)}",
            path=str(path),
            line=1,
        )
    _check_rows(frame, path)
    return EvidenceTable(path.stem, card, frame)


def _check_rows(frame: pd.DataFrame, path: Path) -> None:
    import pandas as pd

    for column in ("value", "year"):
        bad = pd.to_numeric(frame[column], errors="coerce").isna()
        if bad.any():
            row = int(bad.to_numpy().argmax())
            seen = frame[column].iloc[row]
            raise FileFault(f"the {column} '{seen}' is not a number", path=str(path), line=row + 2)
    again = frame.duplicated(["region", "year", "industry_code"])
    if again.any():
        row = int(again.to_numpy().argmax())
        raise FileFault(
            "this region, year and industry stand here twice", path=str(path), line=row + 2
        )
