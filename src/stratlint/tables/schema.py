"""Tidy tables of an audit: one definition for CSV, XLSX, Parquet and the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from stratlint.records import AuditResult
from stratlint.tables.columns import Cell, Column, Table
from stratlint.tables.corpus import (
    keywords_table,
    passages_table,
    quotients_table,
    rules_table,
    similarity_table,
)
from stratlint.tables.documents import (
    documents_table,
    findings_table,
    matrix_table,
    mentions_table,
    priorities_table,
)

__all__ = [
    "TABLES",
    "Cell",
    "Column",
    "Table",
    "all_tables",
    "documents_table",
    "findings_table",
    "keywords_table",
    "matrix_table",
    "mentions_table",
    "passages_table",
    "priorities_table",
    "quotients_table",
    "rules_table",
    "similarity_table",
]

TABLES: Sequence[Callable[[AuditResult], Table]] = (
    findings_table,
    priorities_table,
    matrix_table,
    documents_table,
    similarity_table,
    passages_table,
    quotients_table,
    keywords_table,
    rules_table,
)


def all_tables(result: AuditResult) -> Iterable[Table]:
    """Every table but the mentions, which are many and go to Parquet."""
    return (make(result) for make in TABLES)
