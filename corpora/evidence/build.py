"""Put the official regional tables into stratlint's one tidy format.

usage: build.py GVA.csv EMPLOYMENT_5DIGIT.csv

Reads the ONS tables as downloaded and reshaped (region, year, industry_code, …) and writes
``gva.csv`` and ``employment.csv`` beside this script. Only industries that do not overlap are
kept, so that any set of them may be summed; sections and sub-totals go.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
COLUMNS = ["region", "year", "industry_code", "industry_name", "value"]


def division(code: str) -> str | None:
    """'1' -> '01', 'CF (21)' -> '21', '11-12' as it is; None for a sum of other rows."""
    if code in ("Total", "68IMP"):
        return code
    inside = re.fullmatch(r"[A-Z-]+ \((\d+(?:-\d+)?)\)", code)
    span = inside.group(1) if inside else code
    if not re.fullmatch(r"\d+(-\d+)?", span):
        return None
    return "-".join(part.zfill(2) for part in span.split("-"))


def gva(path: Path) -> pd.DataFrame:
    """Divisions of the GVA table, with the total."""
    table = pd.read_csv(path, dtype={"industry_code": str})
    # 'L (68)' is the plain '68' and '68IMP' together: the plain rows come first and stay.
    table = table.sort_values(
        "industry_code", key=lambda codes: codes.str.contains("(", regex=False)
    )
    table = table.assign(industry_code=table.industry_code.map(division), value=table.gva_gbp_m)
    table = table[table.industry_code.notna()]
    codes = {str(code) for code in table.industry_code}
    sums = {code for code in codes if any(_within(other, code) for other in codes)}
    table = table[~table.industry_code.isin(sums)]
    table = table.drop_duplicates(["region", "year", "industry_code"])
    return table[COLUMNS].sort_values(["region", "year", "industry_code"])


def _within(inner: str, outer: str) -> bool:
    """Whether ``inner`` is a strict part of the range of divisions ``outer``."""
    if not (inner[0].isdigit() and outer[0].isdigit()) or inner == outer:
        return False
    return _divisions(inner) < _divisions(outer)


def _divisions(code: str) -> set[int]:
    first, _, last = code.removesuffix("IMP").partition("-")
    return set(range(int(first), int(last or first) + 1))


def employment(path: Path) -> pd.DataFrame:
    """Jobs by five-digit class, cells of nought left out."""
    table = pd.read_csv(path, dtype={"industry_code": str})
    table = table.rename(columns={"employment": "value"})
    table = table[table.value > 0].astype({"value": int})
    return table[COLUMNS].sort_values(["region", "year", "industry_code"])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    gva(Path(sys.argv[1])).to_csv(HERE / "gva.csv", index=False, lineterminator="\n")
    employment(Path(sys.argv[2])).to_csv(HERE / "employment.csv", index=False, lineterminator="\n")
