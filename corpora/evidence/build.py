"""Put the official tables and the make-up of areas into stratlint's formats.

usage: build.py TABLES TAXONOMY

TABLES holds the tables as reshaped from the downloads of the Office for National Statistics:
``gva_by_region_sic07_1998_2021.csv``, ``employment_by_region_sic07_5digit_2015_2021.csv`` and,
in ``areas/``, the same by ITL2 and ITL3 area with the look-ups of areas. Written beside this
script:

``gva.csv``, ``employment.csv``   the nine regions, a column for each year
``gva-itl2.csv.gz``, ``gva-itl3.csv.gz``, ``employment-itl2.csv.gz``   the areas below, by code
``industries.csv``   names of the industries of the compressed tables
``areas.csv``   which ITL3 areas, with shares, make up each area
``sic2007.txt``, ``sic2003-to-2007.csv``   every code of SIC 2007, and where SIC 2003 went

TAXONOMY holds ``sic2007.tsv`` and ``sic2007_index_activities.csv``, the index of activities with
their codes in both classifications.

Only industries that do not overlap are kept, so that any set of them may be summed; sections
and sub-totals go.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
KEYS = ["region", "industry_code", "industry_name"]
KINDS = {
    "local enterprise partnership (2017)": "partnership",
    "travel-to-work area (2011)": "travel-to-work area",
    "combined authority (2019)": "combined authority",
    "county or metropolitan county (2020)": "county",
}
AREA_COLUMNS = ["kind", "code", "name", "itl3", "share_of_area", "share_of_itl3"]


def division(code: str) -> str | None:
    """'1' -> '01', 'CF (21)' -> '21', '11-12' as it is; None for a sum of other rows."""
    if code in ("Total", "68IMP"):
        return code
    inside = re.fullmatch(r"[A-Z-]+ \((\d+(?:-\d+)?)\)", code)
    span = inside.group(1) if inside else code
    if not re.fullmatch(r"\d+(-\d+)?", span):
        return None
    return "-".join(part.zfill(2) for part in span.split("-"))


def leaves(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose industries do not overlap, with the total."""
    # 'L (68)' is the plain '68' and '68IMP' together: the plain rows come first and stay.
    table = table.sort_values(
        "industry_code", key=lambda codes: codes.str.contains("(", regex=False), kind="stable"
    )
    table = table.assign(industry_code=table.industry_code.map(division))
    table = table[table.industry_code.notna()]
    codes = {str(code) for code in table.industry_code}
    sums = {code for code in codes if any(_within(other, code) for other in codes)}
    table = table[~table.industry_code.isin(sums)]
    keys = [key for key in ("region", "year", "industry_code") if key in table.columns]
    return table.drop_duplicates(keys)


def _within(inner: str, outer: str) -> bool:
    """Whether ``inner`` is a strict part of the range of divisions ``outer``."""
    if not (inner[0].isdigit() and outer[0].isdigit()) or inner == outer:
        return False
    return _divisions(inner) < _divisions(outer)


def _divisions(code: str) -> set[int]:
    first, _, last = code.removesuffix("IMP").partition("-")
    return set(range(int(first), int(last or first) + 1))


def regional(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """A table of the nine regions with a column for each year; nought where there is no row."""
    wide = table.pivot_table(
        index=KEYS, columns="year", values=value, aggfunc="sum", fill_value=0
    ).astype(int)
    wide = wide[(wide != 0).any(axis=1)]
    return wide.reset_index().sort_values(KEYS)


def by_area(table: pd.DataFrame) -> pd.DataFrame:
    """A table by area code with a column for each year, without names and rows of noughts."""
    years = [column for column in table.columns if column.isdigit()]
    table = table.rename(columns={"area_code": "region"})
    table = table[(table[years] != 0).any(axis=1)]
    return table[["region", "industry_code", *years]].sort_values(["region", "industry_code"])


def areas(folder: Path) -> pd.DataFrame:
    """Every area by the ITL3 areas that make it up."""
    members = pd.read_csv(folder / "area_members_itl3.csv")
    members = members.assign(kind=members.kind.map(KINDS)).rename(columns={"itl3_code": "itl3"})
    districts = pd.read_csv(folder / "districts_2018_to_itl.csv")
    alone = districts.groupby("itl3_code").lad18_code.nunique() == 1
    rows: list[tuple[object, ...]] = []
    for code, held in districts.groupby("lad18_code"):
        itl3 = sorted(set(held.itl3_code))
        name = _turned(held.lad18_name.iloc[0])
        # How much of an ITL3 area a district is the look-up tells only where it is all of it.
        known = {each: 1.0 if alone[each] else "" for each in itl3}
        share = round(1 / len(itl3), 4)
        rows += [("district", code, name, each, share, known[each]) for each in itl3]
    itl3 = pd.read_csv(folder / "gva_by_itl3_sic07_1998_2021.csv").drop_duplicates("area_code")
    # The look-up gives districts of Northern Ireland codes of NUTS that no table has.
    called = dict(zip(itl3.area.map(_turned), itl3.area_code, strict=True))
    tabled = set(itl3.area_code)
    rows = [row if row[3] in tabled else (*row[:3], called[str(row[2])], *row[4:]) for row in rows]
    itl2 = pd.read_csv(folder / "gva_by_itl2_sic07_1998_2021.csv").drop_duplicates("area_code")
    for row in itl3.itertuples():
        rows.append(("ITL3 area", row.area_code, _turned(row.area), row.area_code, 1.0, 1.0))
    for row in itl2.itertuples():
        inside = [code for code in itl3.area_code if code.startswith(row.area_code)]
        rows += [("ITL2 area", row.area_code, _turned(row.area), each, "", 1.0) for each in inside]
    return pd.concat([members[AREA_COLUMNS], pd.DataFrame(rows, columns=AREA_COLUMNS)])


def _turned(name: str) -> str:
    """'Kingston upon Hull, City of' -> 'Kingston upon Hull', 'Oxfordshire CC' -> 'Oxfordshire'."""
    name = re.sub(r", (?:City|County) of$", "", name)
    return re.sub(r" CC\b", "", name)


def classifications(folder: Path) -> None:
    """Write the codes of SIC 2007 and where the classes of SIC 2003 went."""
    listed = pd.read_csv(folder / "sic2007.tsv", sep="\t", dtype=str).iloc[:, 0]
    codes = {code.replace(".", "").replace("/", "") for code in listed if code[0].isdigit()}
    index = pd.read_csv(folder / "sic2007_index_activities.csv", dtype=str)
    # A class that is not divided is printed with a nought; farms by Defra have a code of their own.
    codes |= set(index.sic2007) | {f"{code}0" for code in codes if len(code) == 4} | {"01000"}
    (HERE / "sic2007.txt").write_text("\n".join(sorted(codes)) + "\n", encoding="utf-8")
    pairs = index.groupby("sic2003").sic2007.agg(lambda found: " ".join(sorted(set(found))))
    _write(pairs.reset_index(), "sic2003-to-2007.csv")


def main(folder: Path, taxonomy: Path) -> None:
    """Write every file."""
    classifications(taxonomy)
    below = folder / "areas"
    gva = pd.read_csv(folder / "gva_by_region_sic07_1998_2021.csv", dtype={"industry_code": str})
    _write(regional(leaves(gva), "gva_gbp_m"), "gva.csv")
    path = folder / "employment_by_region_sic07_5digit_2015_2021.csv"
    jobs = pd.read_csv(path, dtype={"industry_code": str})
    _write(regional(jobs, "employment"), "employment.csv")
    names: dict[str, str] = {}
    for source, target in (
        ("gva_by_itl2_sic07_1998_2021.csv", "gva-itl2.csv.gz"),
        ("gva_by_itl3_sic07_1998_2021.csv", "gva-itl3.csv.gz"),
        ("employment_by_itl2_sic07_5digit_2015_2021.csv", "employment-itl2.csv.gz"),
    ):
        table = pd.read_csv(below / source, dtype={"industry_code": str})
        table = table.rename(columns={"area_code": "region"})
        table = table if "employment" in source else leaves(table)
        names |= dict(zip(table.industry_code, table.industry_name, strict=True))
        _write(by_area(table), target)
    pairs = pd.DataFrame(sorted(names.items()), columns=["industry_code", "industry_name"])
    _write(pairs, "industries.csv")
    _write(areas(below), "areas.csv")


def _write(table: pd.DataFrame, name: str) -> None:
    text = table.to_csv(index=False, lineterminator="\n").encode()
    # No time and no name in the head of the file: the same table gives the same bytes.
    data = gzip.compress(text, 9, mtime=0) if name.endswith(".gz") else text
    (HERE / name).write_bytes(data)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
