"""Cells of HTML tables stand in the columns in which a browser shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.documents.html.file import html_pieces
from stratlint.language.pipeline import parse


def _rows(table: str) -> list[list[str]]:
    pieces, _, _ = html_pieces(f"<body><table>{table}</table></body>")
    return [p.cells for p in pieces]


def test_a_cell_over_two_rows_leaves_its_column_empty_below() -> None:
    rows = _rows(
        "<tr><th>Area<th>Sector<th>Jobs<tr><td rowspan=2>North<td>Glass<td>12<tr><td>Boats<td>40"
    )
    assert rows == [["Area", "Sector", "Jobs"], ["North", "Glass", "12"], ["", "Boats", "40"]]


def test_a_cell_over_two_columns_moves_the_next() -> None:
    rows = _rows(
        "<tr><th colspan=2>Area<th>Jobs<tr><td>North<td>Coast<td>9<tr><td>a<td colspan=2>b"
    )
    assert rows == [["Area", "", "Jobs"], ["North", "Coast", "9"], ["a", "b", ""]]


def test_cells_that_span_both_ways_and_at_the_end_of_rows() -> None:
    rows = _rows("<tr><td>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<td>e<tr><td>f<td>g<td>h<td>i")
    assert rows == [["a", "b", "", "c"], ["d", "", "", "e"], ["f", "g", "h", "i"]]
    assert _rows("<tr><td>a<td rowspan=2>b<tr><td>c") == [["a", "b"], ["c", ""]]


def test_no_cell_reaches_out_of_its_head_or_body() -> None:
    rows = _rows(
        "<thead><tr><th rowspan=9>A<th>B</thead><tbody><tr><td rowspan=0>1<td>2<tr><td>3</tbody>"
        "<tfoot><tr><td>4<td>5</tfoot>"
    )
    assert rows == [["A", "B"], ["1", "2"], ["", "3"], ["4", "5"]]


@pytest.mark.parametrize("span", ["x", "-3", "", "1.9", "²"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    assert _rows(f"<tr><td rowspan='{span}' colspan='{span}'>a<td>b<tr><td>c<td>d") == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_columns_in_which_no_cell_begins_are_left_out() -> None:
    rows = _rows(
        "<tr><td colspan=1000>Trades<tr><td colspan=3>Glass<td>1<tr><td>Boats<td colspan=3>2"
    )
    assert rows == [["Trades", "", ""], ["Glass", "", "1"], ["Boats", "2", ""]]
    assert _rows("<tr><td rowspan=1000000000 colspan=1000000000>x") == [["x"]]
    assert _rows(f"<tr><td rowspan={'9' * 9000} colspan={'9' * 9000}>x") == [["x"]]


def test_spans_that_would_make_millions_of_cells_are_not_spread() -> None:
    first = "<tr>" + "<td rowspan=9999>y" * 250
    rows = _rows(first + "<tr><td>x" * 2000)
    assert [len(row) for row in rows[:3]] == [250, 1, 1]
    wide = _rows("<tr>" + "<td colspan=2>w" * 400)
    assert sum(cell == "w" for cell in wide[0]) == 400


def test_a_priority_below_a_spanning_cell_is_read_in_its_column(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<!doctype html><h2>Plan</h2><table><tr><th>Area<th>Priority sector<th>Partner"
        "<tr><td rowspan=2>North<td>Construction<td>College"
        "<tr><td>Energy<td>Retail</table>",
        encoding="utf-8",
    )
    document = read(path)
    found = [document.text[s.start : s.end] for s in parse(document).spans]
    assert found == ["Construction", "Energy"]
