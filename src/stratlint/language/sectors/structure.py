"""Where a document's own layout calls something a sector: columns, lists, headings.

A bare 'construction' is hardly ever an industry in prose. In the column headed 'Priority
sector', or as an item under 'Our priority sectors', it is nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from stratlint.records import Role
from stratlint.text.sentences import sentence_spans

if TYPE_CHECKING:
    from stratlint.records import Block, Document, Span

_SECTOR_WORDS = re.compile(
    r"\b(?:(?:sub-?)?sectors?|clusters?|industr(?:y|ies)|specialis(?:ms?|ations?)|specializations?"
    r"|trades|value chains|(?:economic|business) (?:strengths|engines|priorities)|growth areas)\b",
    re.IGNORECASE,
)
_PRIORITY_CELL = re.compile(
    r"\W*(?:our\s+|the\s+)?(?:strategic\s+|key\s+|economic\s+)?priorit(?:y|ies)\W*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3}")
_EXPLAINS = re.compile(r"[,;:(–—]")
_SHORT_ITEM = 48
"""Characters of a list item, or of a heading, that is no more than a name."""
_NUMBERED = re.compile(
    r"\W*(?:(?:[^\W\d_]+\s+)?\d{1,2}(?:\.\d{1,2})*[.:)]?|[a-z][.)])\s+[–—-]?\s*", re.IGNORECASE
)
"""'3.1 ', 'Strategy 4. ', 'b) ' before the name."""
_OPENING = 70
"""Characters at the start of a longer item in which it names its sector."""


class NamedPlaces:
    """Spans of a ``document`` in which its layout says that sectors are named."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._parents: list[Block] = []
        spans = sorted(span for block in document.blocks if (span := self._span(block)))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, offset: int) -> bool:
        """Whether a character stands in such a span."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]

    def _span(self, block: Block) -> Span | None:
        if block.role is Role.TABLE_ROW:
            return self._cell(block)
        if block.role is Role.LIST_ITEM:
            return self._item(block)
        if block.role is Role.HEADING:
            return self._heading(block)
        return None

    def _heading(self, block: Block) -> Span | None:
        """A short heading below one that speaks of sectors: 'Glass' under 'Our clusters'."""
        level = block.level or 1
        while self._parents and (self._parents[-1].level or 1) >= level:
            self._parents.pop()
        above = self._parents[-1] if self._parents else None
        self._parents.append(block)
        if above is None or not _SECTOR_WORDS.search(self.document.text, above.start, above.end):
            return None
        number = _NUMBERED.match(self.document.text, block.start, block.end)
        start = number.end() if number else block.start
        return (start, block.end) if block.end - start <= _SHORT_ITEM else None

    def _cell(self, block: Block) -> Span | None:
        """The cell of a row that stands in a column of sectors."""
        if block.header is None:
            return None
        header = self.document.blocks[block.header]
        if header is block:
            return None
        for cell, (start, end) in zip(block.cells, header.cells, strict=False):
            if _SECTOR_WORDS.search(self.document.text, start, end):
                return cell
        column = priority_column(self.document.text, header)
        if column is None or column >= len(block.cells):
            return None
        cell = block.cells[column]
        return cell if _WORD.search(self.document.text, *cell) else None

    def _item(self, block: Block) -> Span | None:
        """The opening of an item whose lead-in, or whose heading, speaks of sectors."""
        said = None if block.lead_in is None else self._last_sentence(block.lead_in)
        if said is not None and _SECTOR_WORDS.search(said):
            return block.start, self._end_of_name(block)
        if block.heading is None or block.end - block.start > _SHORT_ITEM:
            return None
        if _SECTOR_WORDS.search(self.document.block_text(block.heading)):
            return block.start, block.end
        return None

    def _end_of_name(self, block: Block) -> int:
        """Where an item stops naming its sector and begins to explain it."""
        end = min(block.end, block.start + _OPENING)
        found = _EXPLAINS.search(self.document.text, block.start, end)
        return found.start() if found else end

    def _last_sentence(self, index: int) -> str:
        block = self.document.blocks[index]
        spans = list(sentence_spans(self.document.text, block.start, block.end))
        return self.document.text[slice(*spans[-1])] if spans else ""


def priority_column(text: str, header: Block) -> int | None:
    """The column of a table that is headed 'Priority' and nothing else, or None.

    None also where another column is headed 'Sector': then 'Priority' is its rank.
    """
    if any(_SECTOR_WORDS.search(text, start, end) for start, end in header.cells):
        return None
    columns = (i for i, cell in enumerate(header.cells) if _PRIORITY_CELL.fullmatch(text, *cell))
    return next(columns, None)
