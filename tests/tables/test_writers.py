"""CSV, XLSX and Parquet: the same tables, typed, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.records import AuditResult
from stratlint.reporting import render
from stratlint.reporting.hygiene import guard_formula
from stratlint.tables.rows import TABLES, mentions_table, texts_table

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _rows(data: str | bytes) -> list[dict[str, str]]:
    assert isinstance(data, str)
    return list(csv.DictReader(io.StringIO(data)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_looks_like_a_formula_is_guarded(start: str) -> None:
    assert guard_formula(f"{start}1+1") == f"'{start}1+1"
    assert guard_formula(f"a{start}1") == f"a{start}1"


@given(st.text(max_size=20))
def test_no_guarded_text_begins_a_formula(text: str) -> None:
    assert not guard_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("name", ["csv", "priorities", "matrix"])
def test_no_text_cell_of_a_csv_file_begins_a_formula(name: str, hostile: AuditResult) -> None:
    rows = _rows(render(hostile, name))
    assert rows
    for row in rows:
        for value in row.values():
            if value.startswith(("=", "+", "-", "@", "\t", "\r")):
                float(value)  # a negative number is a number


def test_hostile_findings_are_still_one_row_each(hostile: AuditResult) -> None:
    rows = _rows(render(hostile, "csv"))
    assert [r["fingerprint"] for r in rows] != []
    assert sorted(r["fingerprint"] for r in rows) == sorted(f.fingerprint for f in hostile.findings)


def test_priorities_carry_their_quotient_with_source_and_year(result: AuditResult) -> None:
    rows = _rows(render(result, "priorities"))
    assert len(rows) == sum(len(a.priorities) for a in result.analyses)
    head = "region document sector rank basis score pages lq lq_source lq_year lq_reliable".split()
    assert list(rows[0]) == head
    measured = [r for r in rows if r["sector"] != "low_carbon"]
    assert all(r["lq"] and r["lq_source"] and r["lq_year"] == "2006" for r in measured)
    assert all(not r["lq"] for r in rows if r["sector"] == "low_carbon")


def test_the_matrix_has_every_region_and_sector_once(result: AuditResult) -> None:
    rows = _rows(render(result, "matrix"))
    cells = {(r["region"], r["sector"]) for r in rows}
    assert len(cells) == len(rows) == 9 * 18
    for row in rows:
        analysis = next(a for a in result.analyses if a.name == row["region"])
        priority = analysis.priority(row["sector"])
        assert row["rank"] == (str(priority.rank) if priority else "")


def test_every_column_says_what_it_means(result: AuditResult) -> None:
    for make in (*TABLES.values(), mentions_table, texts_table):
        table = make(result)
        names = [c.name for c in table.columns]
        assert len(set(names)) == len(names)
        assert all(c.meaning for c in table.columns)
        assert all(len(row) == len(names) for row in table.rows)
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                kinds = (int, float) if column.type is float else (column.type,)
                assert value is None or isinstance(value, kinds), (table.name, column.name, value)


def test_the_workbook_is_frozen_documented_and_without_formulas(hostile: AuditResult) -> None:
    data = render(hostile, "xlsx")
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in book.infolist())
        workbook = ET.fromstring(book.read("xl/workbook.xml"))
        names = [s.get("name") for s in workbook.iter(f"{_NS}sheet")]
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(list(ET.fromstring(book.read(s)).iter(f"{_NS}f")) for s in sheets)
        frozen = [s for s in sheets if list(ET.fromstring(book.read(s)).iter(f"{_NS}pane"))]
        charts = [n for n in book.namelist() if n.startswith("xl/charts/chart")]
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(t.text or "" for t in si.iter(f"{_NS}t")) for si in strings]
    assert not [t for t in texts if t.startswith(("=", "+", "@", "-"))]
    assert {"summary", "findings", "priorities", "matrix", "dictionary", "mentions"} <= set(names)
    assert len(frozen) == len(TABLES) + 2
    assert len(charts) == 2


def test_parquet_agrees_with_the_csv_file(result: AuditResult) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs stratlint[parquet]")
    data = render(result, "parquet-priorities")
    assert isinstance(data, bytes)
    table = parquet.read_table(io.BytesIO(data))
    rows = _rows(render(result, "priorities"))
    assert table.num_rows == len(rows)
    assert [str(v) for v in table["rank"].to_pylist()] == [r["rank"] for r in rows]
    assert table.schema.field("lq").metadata[b"meaning"]
