"""The reference page of outputs agrees with the code."""

from __future__ import annotations

import os
from pathlib import Path

from stratlint.records import AuditResult
from stratlint.reporting import FORMATS
from stratlint.tables.rows import TABLES, mentions_table
from stratlint.tables.schema import DOCUMENTS, SIMILARITY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "outputs.md"
START = "<!-- tables: written by tests/tables/test_outputs_page.py -->\n"
END = "<!-- end of tables -->"


def _tables(result: AuditResult) -> str:
    parts = []
    for make in (*TABLES, mentions_table):
        table = make(result)
        rows = "".join(f"| `{c.name}` | {c.type.__name__} | {c.meaning} |\n" for c in table.columns)
        parts.append(f"### {table.name}\n\n| column | type | meaning |\n|---|---|---|\n{rows}\n")
    return "\n" + "\n".join(parts)


def test_every_column_is_on_the_page(empty: AuditResult) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    written, after = rest.split(END)
    if os.environ.get("STRATLINT_WRITE_GOLD"):
        PAGE.write_text(f"{before}{START}{_tables(empty)}{END}{after}", encoding="utf-8")
        return
    assert written == _tables(empty)


def test_every_format_and_file_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for entry in FORMATS.values():
        assert f"`{entry.filename}`" in text
    for name, entry in FORMATS.items():
        if not entry.always and "-" not in name:
            assert f"`{name}`" in text


def test_columns_are_said_to_hold_what_is_worked_out() -> None:
    meanings = {column.name: column.meaning for column in (*DOCUMENTS, *SIMILARITY)}
    # Word counts, not priorities; shares_above counts all; the others' mean, not the nation.
    assert "wording" in meanings["jensen_shannon"]
    assert "reliable or not" in meanings["measured"]
    assert "other regions" in meanings["krugman"]
