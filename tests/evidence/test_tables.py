"""Tables that would mislead: refused with the line, mended and said, or read right."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stratlint.errors import FileFault
from stratlint.evidence import Evidence, EvidenceTable, load_table
from stratlint.evidence.quotients import quotient_bounds
from stratlint.knowledge.taxonomy import SectorEntry

CARD = "title: T\npublisher: P\nlicence: L\ndate: '2020'\nmeasure: jobs\nunit: jobs\n"
REGIONS = ("Aland", "Borough", "Cotland", "Dale")
YEARS = (2010, 2011, 2012)
CODES = ("01110", "10110", "21100", "24100", "47110", "62010", "72110", "84110")
METALS = SectorEntry(id="metals", name="Metals", description="", sic2007=("24",), labels=("x",))


def amount(region: str, year: int, code: str) -> int:
    """A value that no other cell has, of five digits, so that a slip shows."""
    place = REGIONS.index(region) * 3 + YEARS.index(year)
    return 11_000 + 137 * place + 1_009 * CODES.index(code) * (REGIONS.index(region) + 1)


def quotient(region: str, year: int, code: str) -> float:
    """The location quotient by hand: the share of the region over the share of all."""
    own = amount(region, year, code) / sum(amount(region, year, c) for c in CODES)
    all_of_it = sum(amount(r, year, code) for r in REGIONS)
    return own / (all_of_it / sum(amount(r, year, c) for r in REGIONS for c in CODES))


def rows() -> list[list[str]]:
    """The table as cells, without its head."""
    return [
        [region, str(year), code, f"Industry {code}", str(amount(region, year, code))]
        for region in REGIONS
        for year in YEARS
        for code in CODES
    ]


HEAD = ["region", "year", "industry_code", "industry_name", "value"]


def write(folder: Path, table: list[list[str]], head: list[str] = HEAD, **card: str) -> Path:
    """The table and its card on disk."""
    mark = card.pop("mark", ",")
    text = "\n".join(mark.join(row) for row in [head, *table]) + "\n"
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    extra = "".join(f"{key}: {value}\n" for key, value in card.items())
    (folder / "own.yaml").write_text(CARD + extra, encoding="utf-8")
    return path


def refused(folder: Path, table: list[list[str]], head: list[str] = HEAD, **card: str) -> str:
    """What is said when a table is refused."""
    with pytest.raises(FileFault) as caught:
        load_table(write(folder, table, head, **card))
    return caught.value.message.replace(str(folder), "")


def taken(
    folder: Path, table: list[list[str]], head: list[str] = HEAD, **card: str
) -> EvidenceTable:
    """The table as it is read."""
    return load_table(write(folder, table, head, **card))


def is_right(table: EvidenceTable) -> bool:
    """Whether every quotient that the table gives is the true one, and it gives some."""
    evidence = Evidence([table])
    found = []
    for region in table.regions:
        true = next((r for r in REGIONS if r.casefold() == region.casefold()), region)
        for year in YEARS:
            for code in CODES:
                sector = METALS.model_copy(update={"id": f"s{code}", "sic2007": (code,)})
                given = evidence.quotient(region, sector, year)
                if given is not None:
                    found.append(abs(given.value - quotient(true, given.year, code)) < 1e-3)
    return bool(found) and all(found)


def test_the_table_itself_is_right(tmp_path: Path) -> None:
    assert is_right(taken(tmp_path, rows()))


# --------------------------------------------------------------------- what is mended and said


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("21100", "21.10"),
        ("21100", "C21.10"),
        ("21100", "SIC21100"),
        ("21100", "SIC 2007: 21.10"),
        ("21100", " 21100 "),
        ("01110", "01.11"),
        ("01110", "A01.11"),
        ("01110", "1110"),
    ],
)
def test_ways_of_writing_a_code(tmp_path: Path, code: str, written: str) -> None:
    table = [[*r[:2], written if r[2] == code else r[2], *r[3:]] for r in rows()]
    read = taken(tmp_path, table)
    assert is_right(read) or {c[:4] for c in read.codes} == {c[:4] for c in CODES}
    if written.strip() != code:
        assert any("industry codes read" in said for said in read.remarks)


def test_lost_noughts_of_every_agricultural_code(tmp_path: Path) -> None:
    table = [[*r[:2], r[2].lstrip("0"), *r[3:]] for r in rows()]
    read = taken(tmp_path, table)
    assert "01110" in read.codes
    assert any("'1110' as 01110" in said for said in read.remarks)
    assert is_right(read)


def test_a_group_that_may_have_lost_its_nought_is_asked_about(tmp_path: Path) -> None:
    # 11 is a division of its own, and 01.1 a group.
    table = [[r, "2010", code, "x", "9"] for r in ("A", "B") for code in ("11", "212", "241")]
    said = refused(tmp_path, table)
    assert "own.csv:2: '11' may be 11 or 01.1 without its nought" in said


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    table = [[*r[:4], f"{int(r[4])},5"] for r in rows()]
    read = taken(tmp_path, table, mark=";")
    assert "commas are read as decimal points" in read.remarks
    assert read.size("Aland", 2010, ("24100",)) == amount("Aland", 2010, "24100") + 0.5
    thousands = [[*r[:4], f"{int(r[4]):,}".replace(",", ".") + ",5"] for r in rows()]
    read = taken(tmp_path, thousands, mark=";")
    assert read.size("Aland", 2010, ("24100",)) == amount("Aland", 2010, "24100") + 0.5
    said = refused(tmp_path, [[*r[:4], f"{int(r[4]):,}"] for r in rows()], mark=";")
    assert re.search(r"own.csv:\d+: '11,000' may be 11000 or 11.000; say 'decimal", said)
    read = taken(tmp_path, [[*r[:4], f"{int(r[4]):,}"] for r in rows()], mark=";", decimal='"."')
    assert is_right(read)


def test_a_column_for_each_year_and_a_compressed_file(tmp_path: Path) -> None:
    head = ["region", "industry_code", *map(str, YEARS)]
    wide = [[r, c, *(str(amount(r, y, c)) for y in YEARS)] for r in REGIONS for c in CODES]
    assert is_right(taken(tmp_path, wide, head))
    plain = tmp_path / "own.csv"
    packed = tmp_path / "own.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert is_right(load_table(packed))


def test_a_european_table(tmp_path: Path) -> None:
    head = ["nace_r2", "geo", "time_period", "obs_value"]
    names = {"01110": "A01", "10110": "C10-C12", "21100": "C21", "24100": "C24", "47110": "G47",
             "62010": "J62_J63", "72110": "M72", "84110": "O84"}  # fmt: skip
    codes = {r: f"ITC{n}" for n, r in enumerate(REGIONS)}
    table = [
        [names[c], codes[r], str(y), f"{amount(r, y, c)}.0 p"]
        for r in REGIONS for y in YEARS for c in CODES
    ]  # fmt: skip
    table += [
        ["TOTAL", codes[r], str(y), str(sum(amount(r, y, c) for c in CODES))]
        for r in REGIONS for y in YEARS
    ]  # fmt: skip
    read = taken(tmp_path, table, head, classification="NACE Rev. 2")
    assert read.codes == ("01", "10-12", "21", "24", "47", "62-63", "72", "84")
    found = Evidence([read]).quotient("ITC1", METALS, 2011)
    assert found is not None
    assert found.value == pytest.approx(quotient("Borough", 2011, "24100"))
    assert any("have marks behind them" in said for said in read.remarks)


def test_an_older_classification_by_concordance(tmp_path: Path) -> None:
    # Of SIC 2003, 73 became 72 and 66 became 65, and nothing else did; 24 was parted.
    table = [[r, "2010", c, "x", v] for r, v in (("A", "10"), ("B", "30")) for c in ("73", "66")]
    read = taken(tmp_path, table, classification="SIC 2003")
    assert read.codes == ("65", "72")
    assert any("'73' as 72" in said for said in read.remarks)
    table = [[r, "2010", c, "x", "10"] for r in ("A", "B") for c in ("24", "73")]
    said = refused(tmp_path, table, classification="NACE Rev. 1.1")
    assert "own.csv:2: '24' of SIC 2003 went to" in said
    said = refused(tmp_path, table, classification="NAICS 2017")
    assert "classification: 'NAICS 2017' is not SIC 2007, NACE Rev. 2" in said


# ---------------------------------------------------------------------- what is not known


def test_withheld_cells_are_unknown_and_not_nought(tmp_path: Path) -> None:
    for mark in ("", "*", "[c]", "x", "..", ":", "-", "n/a"):
        table = [[*r[:4], mark if r[:3] == ["Aland", "2012", "24100"] else r[4]] for r in rows()]
        evidence = Evidence([taken(tmp_path, table)])
        assert evidence.quotient("Aland", METALS, 2012) is None, mark
        assert any("withheld or empty" in said for said in evidence.remarks)
        (word,) = evidence.silences([("Aland", 2012)], [METALS])
        assert "no quotient of metals for Aland in 2012: cells are withheld" in word


def test_a_withheld_cell_is_bounded_by_what_it_says_and_by_the_total(tmp_path: Path) -> None:
    totals = [
        [r, str(y), "Total", "All", str(sum(amount(r, y, c) for c in CODES))]
        for r in REGIONS for y in YEARS
    ]  # fmt: skip
    hidden = ("Aland", "2012", "24100")
    table = [[*r[:4], "*" if tuple(r[:3]) == hidden else r[4]] for r in rows()] + totals
    found = Evidence([taken(tmp_path, table, total_code="Total")])
    # One cell of four: the whole is known to a third, and no mark is told by that.
    assert found.quotient("Aland", METALS, 2012) is None
    assert found.quotient("Dale", METALS, 2012) is None
    low, high = quotient_bounds(found.tables[0], "Dale", ("24100",), 2012) or (0.0, 0.0)
    assert low <= quotient("Dale", 2012, "24100") <= high < 2 * low
    small = [[*r[:4], "<900" if tuple(r[:3]) == hidden else r[4]] for r in rows()] + totals
    other = Evidence([taken(tmp_path, small, total_code="Total")]).quotient("Dale", METALS, 2012)
    assert other is not None
    assert other.caveat.startswith("between ")
    assert "as cells are withheld" in other.caveat


def test_one_region_or_a_year_of_one_region_gives_no_quotient(tmp_path: Path) -> None:
    alone = [r for r in rows() if r[0] == "Aland"]
    evidence = Evidence([taken(tmp_path, alone)])
    assert evidence.quotient("Aland", METALS, 2012) is None
    assert any("has Aland alone" in said for said in evidence.remarks)
    uneven = [r for r in rows() if r[0] == "Aland" or r[1] != "2012"]
    found = Evidence([taken(tmp_path, uneven)]).quotient("Aland", METALS, 2012)
    assert found is not None
    assert found.year == 2011, "the last year that all regions have"


def test_rows_that_are_missing_are_unknown_unless_the_card_says_nought(tmp_path: Path) -> None:
    gappy = [r for r in rows() if not (r[0] == "Aland" and r[2] == "24100")]
    evidence = Evidence([taken(tmp_path, gappy)])
    assert evidence.quotient("Aland", METALS, 2012) is None
    assert any("3 rows that others have are missing" in said for said in evidence.remarks)
    found = Evidence([taken(tmp_path, gappy, absent="nought")]).quotient("Aland", METALS, 2012)
    assert found is not None
    assert found.value == 0


# ----------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (4, "-3", "own.csv:3: the value '-3' is below nought"),
        (4, "1e308", "own.csv:3: the value '1e308' is too large"),
        (4, "12%", "own.csv:3: the value '12%' is not a number"),
        (4, "£12", "own.csv:3: the value '£12' is not a number"),
        (4, "12m", "own.csv:3: the value '12m' is not a number"),
        (1, "-5", "own.csv:3: the year '-5' is not a whole number"),
        (1, "1" + "0" * 18, "is not a whole number from 1900 to 2100"),
        (1, "2010/11", "own.csv:3: the year '2010/11'"),
        (0, "aland", "own.csv:3: 'aland' stands beside 'Aland' (line 2)"),
        (2, "C21.10", "own.csv:4: '21100' lies inside '2110' (line 3)"),
        (2, "SIC21100", "own.csv:4: '21100' and 'SIC21100' (line 3) are one code"),
        (2, "21", "'21100' lies inside '21' (line 3): it would be counted twice"),
        (2, "C", "'10110' lies inside '10-33'"),
        (2, "10-Dec", "own.csv:3: a spreadsheet made the date '10-Dec' of a code"),
        (2, "99999", "own.csv:3: '99999' is no code of SIC 2007"),
        (2, "Q21", "own.csv:3: 'Q21' is not in section Q"),
        (2, "metals", "own.csv:3: 'metals' is no code of SIC 2007"),
        (
            2,
            "68IMP",
            "no code of SIC 2007 or NACE Rev. 2; a row of the total that is none is named",
        ),
    ],
)
def test_what_would_mislead_is_refused_with_its_line(
    tmp_path: Path, cell: int, value: str, said: str
) -> None:
    table = rows()
    table[1][cell] = value
    assert said in refused(tmp_path, table)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["regoin", *HEAD[1:]], "own.csv:1: the column 'region' is missing; is it 'regoin'"),
        ([*HEAD, "year"], "own.csv:1: the column 'year' is there twice"),
        ([*HEAD[:4]], "own.csv:1: the column 'value' is missing"),
        ([*HEAD, "note"], "own.csv:2: 5 cells where the head has 6"),
    ],
)
def test_faults_of_the_head(tmp_path: Path, head: list[str], said: str) -> None:
    assert said in refused(tmp_path, rows(), head)


def test_a_head_alone_and_an_empty_file(tmp_path: Path) -> None:
    assert "own.csv:1: the table holds no rows" in refused(tmp_path, [])
    (tmp_path / "own.csv").write_bytes(b"")
    with pytest.raises(FileFault):
        load_table(tmp_path / "own.csv")
    (tmp_path / "own.csv").write_bytes(b"region,year\n\xff\xfe\n")
    with pytest.raises(FileFault, match=r"own.csv:2: not UTF-8 text"):
        load_table(tmp_path / "own.csv")


def test_industries_that_make_more_than_their_total(tmp_path: Path) -> None:
    total = [[r, str(y), "Total", "All", "100"] for r in REGIONS for y in YEARS]
    said = refused(tmp_path, rows() + total, total_code="Total")
    assert "own.csv:98: the industries of Aland in 2010 make" in said


def test_regions_inside_regions_are_counted_twice(tmp_path: Path) -> None:
    table = [[r, "2010", c, "x", "9"] for r in ("ITC", "ITC1", "ITF") for c in ("24", "25")]
    assert "own.csv:4: 'ITC1' lies inside 'ITC' (line 2)" in refused(tmp_path, table)


def test_shares_are_no_amounts(tmp_path: Path) -> None:
    path = write(tmp_path, rows())
    (tmp_path / "own.yaml").write_text(CARD.replace("unit: jobs", "unit: '%'"), encoding="utf-8")
    with pytest.raises(FileFault, match="shares and rates of regions cannot be added up"):
        load_table(path)


# -------------------------------------------------------------------- two hundred damaged tables

Damage = Callable[[list[list[str]], random.Random], list[list[str]]]


def _cell(column: int, change: Callable[[str, random.Random], str]) -> Damage:
    """Damage one cell of a column."""

    def damage(table: list[list[str]], chance: random.Random) -> list[list[str]]:
        row = chance.choice(table)
        row[column] = change(row[column], chance)
        return table

    return damage


def _column(column: int, change: Callable[[str], str]) -> Damage:
    """Change a whole column, as a spreadsheet does."""
    return lambda table, _: [[*r[:column], change(r[column]), *r[column + 1 :]] for r in table]


def _dropped(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    table.pop(chance.randrange(len(table)))
    return table


def _doubled(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    table.insert(chance.randrange(len(table)), list(chance.choice(table)))
    return table


def _swapped(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    row = chance.choice(table)
    one, other = chance.sample(range(5), 2)
    row[one], row[other] = row[other], row[one]
    return table


def _shifted(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    chance.choice(table).insert(chance.randrange(5), "")
    return table


def _shuffled(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    chance.shuffle(table)
    return table


def _division_beside(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    row = list(chance.choice(table))
    return [*table, [*row[:2], row[2][:2], *row[3:]]]


def _footer(table: list[list[str]], _: random.Random) -> list[list[str]]:
    return [*table, ["Source: the office", "", "", "", ""]]


DAMAGES: dict[str, Damage] = {
    "a withheld cell": _cell(4, lambda _, c: c.choice(["*", "[c]", "x", "..", "<5", "", ":", "-"])),
    "a negative value": _cell(4, lambda v, _: f"-{v}"),
    "a huge value": _cell(4, lambda v, _: f"{v}e300"),
    "a unit in a cell": _cell(4, lambda v, c: c.choice([f"£{v}", f"{v}%", f"{v}k", f"{v} jobs"])),
    "a letter for a digit": _cell(4, lambda v, _: f"l{v[1:]}"),
    "a year that is none": _cell(1, lambda v, c: c.choice(["-5", "20010", f"{v}/11", "FY10", "0"])),
    "capitals": _cell(0, lambda v, _: v.upper()),
    "a space in the region": _cell(0, lambda v, c: c.choice([f" {v}", f"{v} ", f"{v}\u00a0"])),
    "no region": _cell(0, lambda _, __: ""),
    "no code": _cell(2, lambda _, __: ""),
    "another code": _cell(2, lambda _, c: c.choice(["99999", "2110X", "C", "Dec-10", "21-"])),
    "a code cut short": _cell(2, lambda v, c: v[: c.choice([2, 3])]),
    "a point in one code": _cell(2, lambda v, _: f"{v[:2]}.{v[2:4]}"),
    "lost noughts": _column(2, lambda v: v.lstrip("0")),
    "codes as numbers": _column(2, lambda v: f"{int(v)}.0"),
    "section letters": _column(2, lambda v: {"01110": "A", "10110": "C", "47110": "G"}.get(v, v)),
    "thousands commas": _column(4, lambda v: f'"{int(v):,}"'),
    "thousands blanks": _column(4, lambda v: f"{int(v):,}".replace(",", " ")),
    "numbers with a point": _column(4, lambda v: f"{v}.0"),
    "a row lost": _dropped,
    "a row twice": _doubled,
    "cells swapped": _swapped,
    "cells shifted": _shifted,
    "rows in any order": _shuffled,
    "a division beside its classes": _division_beside,
    "a footer": _footer,
}


HARMLESS = frozenset({"a space in the region", "numbers with a point", "rows in any order"})
"""Damages that change nothing that a table says."""


@pytest.mark.parametrize("seed", range(208))
def test_a_damaged_table_never_misleads(tmp_path: Path, seed: int) -> None:
    """Refused with its line, mended and said, or the right quotients and no other."""
    chance = random.Random(seed)
    name = list(DAMAGES)[seed % len(DAMAGES)]
    path = write(tmp_path, DAMAGES[name](rows(), chance))
    fault = None
    try:
        table = load_table(path)
    except FileFault as found:
        fault = found.message
    if fault is not None:
        assert re.search(r"own\.csv:\d+: \S", fault), name
        return
    assert table.remarks or name in HARMLESS, name
    evidence = Evidence([table])
    given = [
        (r, q.year, q.codes[0], q.value)
        for r in table.regions for y in YEARS for c in CODES
        if (q := evidence.quotient(r, METALS.model_copy(update={"sic2007": (c,)}), y))
    ]  # fmt: skip
    for region, year, code, value in given:
        true = next(r for r in REGIONS if r.casefold() == region.casefold())
        full = next(c for c in CODES if c.startswith(code[:4]))
        assert value == pytest.approx(quotient(true, year, full), rel=0.08), (name, region, code)
