"""CSV: one file for each tidy table, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from stratlint.records import AuditResult
from stratlint.reporting.hygiene import guard_formula, printable
from stratlint.tables import rows as tables
from stratlint.tables.schema import Cell, Table


def findings(result: AuditResult) -> str:
    """findings.csv: one finding a row."""
    return to_csv(tables.findings_table(result))


def priorities(result: AuditResult) -> str:
    """priorities.csv: one priority of one region a row."""
    return to_csv(tables.priorities_table(result))


def matrix(result: AuditResult) -> str:
    """matrix.csv: one cell of the region by sector matrix a row."""
    return to_csv(tables.matrix_table(result))


def to_csv(table: Table) -> str:
    """RFC 4180 with a header row and LF line ends; a missing value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard_formula(printable(value)) if isinstance(value, str) else value
