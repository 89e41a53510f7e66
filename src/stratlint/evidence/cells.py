"""The cells of an evidence table: what its CSV file holds, small enough to keep and to send.

Reading the CSV takes pandas; what is read does not.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stratlint.errors import FileFault
from stratlint.records import Record

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MAX_CELLS = 20_000_000
"""Regions times years times codes: hundreds of times the tables that are shipped."""

COLUMNS = ("region", "year", "industry_code", "industry_name", "value")

_NUMBER = "<f8"


class Cells(Record):
    """Values by region, year and industry code, each axis sorted.

    ``values`` are the bytes of a little-endian float array of shape (regions, years, codes); a
    missing cell is nought, because statistical offices leave empty classes out.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    codes: tuple[str, ...]
    values: bytes

    def array(self) -> NDArray[np.float64]:
        """The values, of shape (regions, years, codes), to be changed at will."""
        shape = (len(self.regions), len(self.years), len(self.codes))
        return np.frombuffer(self.values, _NUMBER).reshape(shape).astype(np.float64)


def parse_cells(path: Path) -> Cells:
    """Read the CSV file of a table.

    Raises FileFault when it is missing, a column is absent, a value is not a number or a row is
    there twice, naming the line.
    """
    import pandas as pd

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
    return _cells(frame)


def _cells(frame: pd.DataFrame) -> Cells:
    places, place_names = frame["region"].factorize(sort=True)
    years, year_names = frame["year"].factorize(sort=True)
    codes, code_names = frame["industry_code"].factorize(sort=True)
    values = np.zeros((len(place_names), len(year_names), len(code_names)), _NUMBER)
    values[places, years, codes] = frame["value"].to_numpy(float)
    return Cells(
        regions=tuple(str(place) for place in place_names),
        years=tuple(int(year) for year in year_names),
        codes=tuple(str(code) for code in code_names),
        values=values.tobytes(),
    )


def _check_rows(frame: pd.DataFrame, path: Path) -> None:
    import pandas as pd

    for column in ("region", "industry_code"):
        bad = frame[column].isna()
        if bad.any():
            raise FileFault(f"the {column} is empty", path=str(path), line=_first(bad) + 2)
    for column, kind in (("value", "number"), ("year", "whole number")):
        numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(float)
        bad = ~np.isfinite(numbers)
        if column == "year":
            bad |= np.isfinite(numbers) & (numbers % 1 != 0)
        if bad.any():
            row = _first(bad)
            seen = frame[column].iloc[row]
            raise FileFault(f"the {column} '{seen}' is not a {kind}", path=str(path), line=row + 2)
    again = frame.duplicated(["region", "year", "industry_code"])
    if again.any():
        seen = "this region, year and industry stand here twice"
        raise FileFault(seen, path=str(path), line=_first(again) + 2)
    sizes = [frame[column].nunique() for column in ("region", "year", "industry_code")]
    if math.prod(sizes) > MAX_CELLS:
        seen = "{:,} regions, {:,} years and {:,} codes make too many cells".format(*sizes)
        raise FileFault(f"{seen}; leave out what no sector needs", path=str(path))


def _first(bad: Any) -> int:
    """The row of the first that is true."""
    return int(np.asarray(bad).argmax())
