"""The reference page of outputs agrees with the code."""

from __future__ import annotations

from pathlib import Path

from stratlint.reporting import FORMATS
from stratlint.tables.schema import DOCUMENTS, SIMILARITY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "outputs.md"


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
