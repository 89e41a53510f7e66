from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from stratlint.errors import FileFault
from stratlint.evidence import Evidence, load_evidence, load_table, location_quotient
from stratlint.evidence.codes import division, matching
from stratlint.records import quotients_of
from stratlint.run.corpus import official_evidence


class Sector(NamedTuple):
    id: str
    sic2007: tuple[str, ...]


@pytest.fixture(scope="module")
def official() -> Evidence:
    return load_evidence(official_evidence())


@pytest.mark.parametrize(
    ("code", "region", "value"),
    [
        ("21", "North West", 3.23),
        ("21", "East of England", 1.54),
        ("21", "North East", 1.48),
        ("21", "West Midlands", 0.09),
        ("72", "East of England", 2.42),
        ("72", "South East", 1.71),
        ("72", "London", 0.41),
        ("72", "Yorkshire and the Humber", 0.41),
    ],
)
def test_worked_values_of_gva_2006(
    official: Evidence, code: str, region: str, value: float
) -> None:
    found = location_quotient(official.tables[0], region, (code,), 2006)
    assert found == pytest.approx(value, abs=0.005)


def test_a_small_cell_jumps_from_year_to_year(official: Evidence) -> None:
    jobs = official.tables[1]
    found = [location_quotient(jobs, "North East", ("72110",), y) for y in range(2015, 2019)]
    assert found == pytest.approx([0.90, 0.11, 0.39, 0.05], abs=0.005)


def test_divisions_sum_to_the_total(official: Evidence) -> None:
    table = official.tables[0]
    for region in table.regions:
        whole = table.size(region, 2006, table.codes)
        assert whole == pytest.approx(table.total(region, 2006), rel=1e-4)
        assert sum(table.structure(region, 2006).values()) == pytest.approx(1)


def test_a_sector_without_its_own_codes_has_no_figure(official: Evidence) -> None:
    assert official.quotient("London", Sector("low_carbon", ("27 (part)",)), 2007) is None
    assert official.quotient("Atlantis", Sector("metals", ("24",)), 2007) is None


def test_a_division_stands_in_where_most_of_it_is_meant(official: Evidence) -> None:
    found = official.quotient("North East", Sector("life_sciences", ("21", "26.6", "72.1")), 2006)
    assert found is not None
    # Division 72 is nearly all 72.1; division 26 is mostly something else than 26.6.
    assert found.codes == ("21", "72")
    assert found.measure == "GVA"
    assert found.year == 2006
    assert [year for year, _ in found.years] == [2004, 2005, 2006]


def test_figures_that_begin_later_are_marked(official: Evidence) -> None:
    found = official.quotient("North East", Sector("rail", ("30.2", "42.12")), 2007)
    assert found is not None
    assert found.year == 2015
    assert "figures begin 8 years after the document" in found.caveat
    assert not found.reliable


def test_a_document_takes_the_figures_that_were_asked_for_its_year(official: Evidence) -> None:
    asked = official.quotients([("London", 2006), ("London", 2019)], [Sector("creative", ("59",))])
    assert [q.asked for q in asked] == [2006, 2019]
    early, late = asked
    assert quotients_of(asked, "London", 2006) == (early,)
    assert quotients_of(asked, "London", 2019) == (late,)
    assert quotients_of(asked, "London", None) == (late,), "undated: the latest figures"
    assert quotients_of(asked, "London", 2008) == (early,), "the nearest"
    assert quotients_of(asked, "Wales", 2006) == ()
    # Records of an earlier version do not tell, and are all taken.
    old = tuple(msgspec.structs.replace(q, asked=None) for q in asked)
    assert quotients_of(old, "London", 2006) == old


def test_codes_match_only_what_lies_inside_them() -> None:
    columns = ("10", "11-12", "72110", "72190")
    assert matching("72.1", columns) == ("72110", "72190")
    assert matching("11", columns) == ()
    assert division("11.03", columns) == "11-12"
    assert division("13", columns) is None


def _table(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("region,year,industry_code,industry_name,value\n" + rows, encoding="utf-8")
    card = "title: T\npublisher: P\nlicence: L\ndate: '2020'\nmeasure: jobs\nunit: jobs\n"
    path.with_suffix(".yaml").write_text(card, encoding="utf-8")
    return path


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    rows = "North,2010,24,Metals,30\nNorth,2010,99,Rest,70\n"
    rows += "South,2010,24,Metals,10\nSouth,2010,99,Rest,90\n"
    table = load_table(_table(tmp_path, rows))
    # (30/100) / (40/200) by hand.
    assert location_quotient(table, "North", ("24",), 2010) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("North,2010,24,Metals,many\n", "own.csv:2: the value 'many' is not a number"),
        ("North,2010,24,M,1\nNorth,2010,24,M,2\n", "own.csv:3: this region, year and industry"),
        ("North,2010,24,M,1\nNorth,2010,25,M,inf\n", "own.csv:3: the value 'inf' is not a number"),
        ("North,2010.5,24,M,1\n", "own.csv:2: the year '2010.5' is not a whole number"),
        ("North,2010,24,M,1\n,2010,25,M,1\n", "own.csv:3: the region is empty"),
        ("North,2010,,M,1\n", "own.csv:2: the industry_code is empty"),
    ],
)
def test_faults_of_a_table_name_the_line(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(FileFault) as caught:
        load_table(_table(tmp_path, rows))
    assert said in caught.value.message


def test_regions_of_different_years_are_each_read_in_their_own(tmp_path: Path) -> None:
    rows = "".join(
        f"{region},{year},24,Metals,{jobs}\n{region},{year},99,Rest,{100 - jobs}\n"
        for region, year, jobs in (("North", 2006, 30), ("North", 2008, 40), ("South", 2008, 10))
    )
    evidence = Evidence([load_table(_table(tmp_path, rows))])
    metals = Sector(id="metals", sic2007=("24",))
    south = evidence.quotient("South", metals, 2006)
    north = evidence.quotient("North", metals, 2006)
    # In 2008: (10/100) / (50/200); in 2006 the North is all there is, and nothing to set it beside.
    assert south is not None
    assert south.year == 2008
    assert south.value == pytest.approx(0.4)
    assert north is not None
    assert north.year == 2008
    assert north.value == pytest.approx(1.6)
    assert evidence.structure("South", 2006) == {"24": pytest.approx(0.1), "99": pytest.approx(0.9)}


def test_two_tables_of_one_name_are_two_tables(tmp_path: Path) -> None:
    tables = []
    for folder, code in (("a", "24"), ("b", "25")):
        (tmp_path / folder).mkdir()
        rows = "".join(
            f"{place},2010,{code},Metals,30\n{place},2010,99,Rest,70\n" for place in (folder, "c")
        )
        tables.append(load_table(_table(tmp_path / folder, rows)))
    evidence = Evidence(tables)
    metals = Sector(id="metals", sic2007=("24", "25"))
    found = [evidence.quotient(region, metals, 2010) for region in ("a", "b")]
    assert [q.codes for q in found if q is not None] == [("24",), ("25",)]


def test_a_reference_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    path = _table(tmp_path, "England,2010,24,M,1\nNorth,2010,24,M,1\n")
    card = path.with_suffix(".yaml")
    card.write_text(card.read_text("utf-8") + "reference: Engalnd\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"own.yaml: the reference 'Engalnd' .* mean 'England'"):
        load_table(path)
