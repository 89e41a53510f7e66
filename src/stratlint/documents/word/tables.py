"""The tables of a Word file: their rows, and the cells of a row at their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stratlint.documents.word.styles import W, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WRAPPERS = frozenset(
    {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml")}
    | {f"{_MC}AlternateContent", f"{_MC}Choice"}
)
"""What stands around paragraphs, rows and cells without being part of the text's structure."""
_WIDEST = 63
"""The columns of Word's widest table: a cell that claims to span more is not believed."""


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table, also those inside content controls."""
    return _within(table, f"{W}tr")


def cells_of(row: Any) -> list[Any | None]:
    """The cells of a row by column, None where a column is left out or covered by a span."""
    cells: list[Any | None] = [None] * _span(row.find(f"{W}trPr"), "gridBefore", 0)
    for cell in _within(row, f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        # A cell that is merged into the one above it has no words of its own.
        cells.append(None if _is_continued(properties) else cell)
        width = _span(properties, "gridSpan", 1)
        cells += [None] * min(width - 1, _WIDEST - len(cells))
    return cells


def is_marked_header(row: Any) -> bool:
    """Whether a row is said to be repeated at the top of each page."""
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _within(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _within(child, tag)


def _is_continued(properties: Any) -> bool:
    merged = properties.find(f"{W}vMerge") if properties is not None else None
    return merged is not None and merged.get(f"{W}val") != "restart"


def _span(properties: Any, name: str, least: int) -> int:
    value = value_of(properties, name)
    # The digits are counted first: a number of a million digits takes for ever to read.
    known = value.isascii() and value.isdigit() and len(value) < 10
    return min(max(int(value), least), _WIDEST) if known else least
