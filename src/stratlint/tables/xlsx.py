"""A workbook: one sheet a table, a data dictionary, and native charts where they help."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from typing import Any

from stratlint.records import AuditResult
from stratlint.reporting.hygiene import guard_formula, printable
from stratlint.reporting.index import Index
from stratlint.reporting.summary import summarise
from stratlint.tables.rows import all_tables, mentions_table
from stratlint.tables.schema import Cell, Column, Table, dictionary

_LIMIT = 32_767  # characters in a cell, the format's own limit
_WIDE = frozenset({"message", "quotation", "why", "fix", "text", "sentence", "meaning", "figures"})
# One moment for every workbook: the same audit gives the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - xlsx has no time zones


def render(result: AuditResult) -> bytes:
    """The workbook. Text that looks like a formula is written as text, guarded as in CSV."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_numbers": False})
    book.set_properties({"title": guard_formula(printable(result.title))[:250], "created": _MADE})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"valign": "top"}),
        "number": book.add_format({"valign": "top", "num_format": "0.00##"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
    }
    tables = (*all_tables(result), mentions_table(result))
    _front(book, styles, result)
    for table in tables:
        _sheet(book, styles, table)
    _sheet(book, styles, dictionary(made.name for made in tables))
    _charts(book, styles, result)
    book.close()
    return buffer.getvalue()


def _front(book: Any, styles: dict[str, Any], result: AuditResult) -> None:
    sheet = book.add_worksheet("summary")
    sheet.hide_gridlines(2)
    _paper(sheet)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, _text(result.title), styles["title"])
    lines = [statement.text for statement in summarise(Index(result))]
    lines += [f"Not read: {n.source}: {n.reason}" for n in result.not_read]
    lines += [f"Not run: {n.rule} {n.name}: {n.reason}" for n in result.not_run]
    lines.append(f"stratlint {result.run.version}, knowledge {result.run.knowledge}")
    for row, line in enumerate(lines, 2):
        sheet.set_row(row, _height([(line, 110)]))
        sheet.write_string(row, 0, _text(line), styles["wrap"])


def _sheet(book: Any, styles: dict[str, Any], table: Table) -> None:
    """Frozen, filterable headers; long text wrapped."""
    sheet = book.add_worksheet(table.name)
    for number, column in enumerate(table.columns):
        kind = "wrap" if column.name in _WIDE else "number" if column.type is float else "cell"
        sheet.set_column(number, number, _width(table, number, column), styles[kind])
        sheet.write_string(0, number, column.name, styles["head"])
    wide = [n for n, column in enumerate(table.columns) if column.name in _WIDE]
    for row, values in enumerate(table.rows, 1):
        if wide:
            sheet.set_row(row, _height([(str(values[n] or ""), 60) for n in wide]))
        for number, value in enumerate(values):
            _write(sheet, row, number, value)
    sheet.freeze_panes(1, 0)
    _paper(sheet)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _paper(sheet: Any) -> None:
    """One page wide on A4 across: a sheet that is printed stays readable from left to right."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _height(cells: list[tuple[str, int]]) -> float:
    """Points for the longest of wrapped texts, given with the characters of a line.

    Excel works this out when it opens a book, other programs do not.
    """
    lines = max(-(-len(text) // (width - 6)) for text, width in cells)
    return 15.0 * min(12, max(1, lines))


def _width(table: Table, number: int, column: Column) -> float:
    if column.name in _WIDE:
        return 60
    seen = [len(str(row[number])) for row in table.rows[:200] if row[number] is not None]
    return float(min(40, max([len(column.name) + 3, *seen])))


def _write(sheet: Any, row: int, number: int, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, number, value)
    elif value is not None:
        sheet.write_string(row, number, _text(value))


def _text(value: str) -> str:
    return guard_formula(printable(value))[:_LIMIT]


def _charts(book: Any, styles: dict[str, Any], result: AuditResult) -> None:
    """How many documents claim each sector, and findings by document: charts on their numbers."""
    index = Index(result)
    claims = Counter(p.sector for a in result.analyses for p in a.priorities)
    by_sector = sorted(claims.items(), key=lambda item: (item[1], item[0]))
    by_document = [
        (index.label(a.document.source), len(index.findings(a))) for a in reversed(index.ordered)
    ]
    sheet = book.add_worksheet("charts")
    _paper(sheet)
    sheet.set_column(0, 0, 36)
    sheet.set_column(3, 3, 36)
    first = [(result.sector_name(sector), n) for sector, n in by_sector]
    _chart(book, sheet, styles, (0, 0), "Documents that claim the sector", first)
    below = _chart_height(len(first)) // _ROW + 2
    _chart(book, sheet, styles, (3, below), "Findings in the document", by_document)


def _chart(
    book: Any,
    sheet: Any,
    styles: dict[str, Any],
    place: tuple[int, int],
    title: str,
    rows: list[tuple[str, int]],
) -> None:
    """Numbers from a column on, and their chart at a row, right of all numbers."""
    column, top = place
    sheet.write_string(0, column + 1, title, styles["head"])
    for row, (label, n) in enumerate(rows, 1):
        sheet.write_string(row, column, _text(label))
        sheet.write_number(row, column + 1, n)
    if not rows:
        return
    chart = book.add_chart({"type": "bar"})
    last = len(rows)
    chart.add_series(
        {
            "categories": ["charts", 1, column, last, column],
            "values": ["charts", 1, column + 1, last, column + 1],
            "fill": {"color": "#1A65A6"},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": _chart_height(last)})
    sheet.insert_chart(top, 7, chart)


_ROW = 20
"""Pixels of a row."""


def _chart_height(bars: int) -> int:
    return 120 + 22 * bars
