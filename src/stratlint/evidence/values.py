"""The values of an evidence table, as offices write them: decimals, withheld cells, flags."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from stratlint.errors import FileFault
from stratlint.evidence.cards import TableCard

if TYPE_CHECKING:
    pass


MOST = 1e15
"""No region makes more in any currency or has more jobs; what is larger is a slip."""


class Row(NamedTuple):
    """A row of a table: its line, and its values as they are written."""

    line: int
    region: str
    code: str
    years: tuple[int, ...]
    values: tuple[str, ...]


_WITHHELD = frozenset(
    "* ** x c [c] [x] [z] [u] [low] .. . ... : - – — ! ~ # s u z n/a na n.a. nan null none :c "
    "(d) (c) suppressed confidential withheld disclosive".split()
) | {"", ": c"}
"""What offices write in a cell that they do not tell, in small letters."""
_UNDER = re.compile(r"^(?:<|less than|under|fewer than)\s*(\d+(?:\.\d+)?)$", re.IGNORECASE)
_FLAGGED = re.compile(
    r"^(-?[\d.,' \u00a0\u202f]*\d)(?:\s+[bcdefnprsuz]{1,2}|\s*(?:\[[a-z]\]|\*))$", re.IGNORECASE
)
"""'123 p', '123 [e]': provisional, estimated and the like; '12m' and '12k' are no such thing."""
_DIGITS = re.compile(r"^-?\d+$")


class Numbers:
    """Reads the values of one table by the marks that all of them show."""

    def __init__(self, rows: Sequence[Row], card: TableCard, path: str, remarks: list[str]) -> None:
        self._path = path
        self._negative = card.negative
        self._withheld = 0
        self._flagged = 0
        odd = {v.strip() for row in rows for v in row.values if not _DIGITS.match(v.strip())}
        self._decimal = card.decimal or self._find_decimal(odd, rows)
        if self._decimal == ",":
            remarks.append("commas are read as decimal points")
        elif any("," in value for value in odd):
            remarks.append("commas between thousands are left out")
        if any(re.search(r"\d[ '\u00a0\u202f]\d{3}", value) for value in odd):
            remarks.append("blanks between thousands are left out")

    def _find_decimal(self, odd: set[str], rows: Sequence[Row]) -> str:
        """'.' or ','; FileFault where '1,234' may be either and nothing tells."""
        points = [v for v in odd if re.fullmatch(r"-?\d+\.\d+", v)]
        commas = [v for v in odd if re.fullmatch(r"-?\d+,\d+", v)]
        grouped = [v for v in odd if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", v)]
        dotted = [v for v in odd if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d+", v)]
        surely_comma = [v for v in commas if v not in grouped] + dotted
        surely_point = [v for v in grouped if v.count(",") > 1 or "." in v]
        surely_point += [v for v in points if not re.fullmatch(r"-?\d{1,3}\.\d{3}", v)]
        if surely_comma and surely_point:
            both = (surely_comma[0], surely_point[0])
            raise FileFault(
                f"'{both[0]}' and '{both[1]}' write decimals in two ways",
                path=self._path,
                line=max(_line_of(rows, value) for value in both),
            )
        if surely_comma:
            return ","
        if surely_point or not (commas or grouped):
            return "."
        seen = min(grouped)
        raise FileFault(
            f"'{seen}' may be {seen.replace(',', '')} or {seen.replace(',', '.')}; say "
            "'decimal: \".\"' or 'decimal: \",\"' in the card",
            path=self._path,
            line=_line_of(rows, seen),
        )

    def __call__(self, text: str, line: int) -> tuple[float, float | None]:
        """The value of a cell, and a bound where it is not told but bounded."""
        if _DIGITS.match(text):
            return self._checked(float(text), text, line), None
        bare = text.strip()
        if bare.casefold() in _WITHHELD:
            self._withheld += 1
            return math.nan, None
        under = _UNDER.match(bare)
        if under:
            self._withheld += 1
            return math.nan, float(under.group(1))
        flagged = _FLAGGED.match(bare)
        if flagged:
            self._flagged += 1
            bare = flagged.group(1)
        number = re.sub(r"(?<=\d)[ '\u00a0\u202f](?=\d{3}\b)", "", bare)
        thousands = "." if self._decimal == "," else ","
        if re.fullmatch(rf"-?\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{self._decimal}\d+)?", number):
            number = number.replace(thousands, "")
        number = number.replace(self._decimal, ".")
        if not re.fullmatch(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", number):
            raise FileFault(f"the value '{bare}' is not a number", path=self._path, line=line)
        return self._checked(float(number), bare, line), None

    def _checked(self, value: float, text: str, line: int) -> float:
        if not abs(value) <= MOST:
            seen = f"the value '{text.strip()}' is too large to be true"
            raise FileFault(seen, path=self._path, line=line)
        if value < 0 and not self._negative:
            seen = f"the value '{text.strip()}' is below nought"
            allowed = "'negative: true' in the card allows it"
            raise FileFault(f"{seen}; {allowed}", path=self._path, line=line)
        return value

    def remarks(self) -> list[str]:
        """What a person should know of the values."""
        said = []
        if self._withheld:
            cells = "cell is" if self._withheld == 1 else "cells are"
            said.append(f"{self._withheld:,} withheld or empty {cells} unknown, not nought")
        if self._flagged:
            said.append(f"{self._flagged:,} values have marks behind them, which are left out")
        return said


def _line_of(rows: Sequence[Row], value: str) -> int:
    return next((row.line for row in rows if value in (v.strip() for v in row.values)), 1)
