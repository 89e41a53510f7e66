"""Parquet: typed tables for research."""

from __future__ import annotations

import io

from stratlint.errors import UsageError
from stratlint.records import AuditResult
from stratlint.reporting.hygiene import printable
from stratlint.tables import rows as tables
from stratlint.tables.schema import Table


def findings(result: AuditResult) -> bytes:
    """Findings, one a row."""
    return to_parquet(tables.findings_table(result))


def priorities(result: AuditResult) -> bytes:
    """Priorities, one a row."""
    return to_parquet(tables.priorities_table(result))


def matrix(result: AuditResult) -> bytes:
    """Region by sector, one cell a row."""
    return to_parquet(tables.matrix_table(result))


def mentions(result: AuditResult) -> bytes:
    """Every mention of a sector with its commitment and the features that decided it."""
    return to_parquet(tables.mentions_table(result))


def to_parquet(table: Table) -> bytes:
    """One table with the column meanings in the schema's metadata.

    Raises UsageError when pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'stratlint[parquet]'") from None
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    arrays, fields = [], []
    for number, column in enumerate(table.columns):
        values = [row[number] for row in table.rows]
        clean = [printable(value) if isinstance(value, str) else value for value in values]
        arrays.append(pa.array(clean, kinds[column.type]))
        fields.append(
            pa.field(column.name, kinds[column.type], metadata={"meaning": column.meaning})
        )
    buffer = io.BytesIO()
    made = pa.table(arrays, schema=pa.schema(fields, metadata={"title": table.title}))
    pq.write_table(made, buffer, compression="zstd")
    return buffer.getvalue()
