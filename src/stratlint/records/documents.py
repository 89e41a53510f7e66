"""A document as read: pages, lines, blocks with roles, warnings."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from itertools import islice
from operator import attrgetter

from stratlint.records.base import BBox, Record, Span


class Role(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    QUOTATION = "quotation"
    CONTENTS = "contents"
    RUNNING_HEAD = "running_head"

    @property
    def is_body(self) -> bool:
        """Whether a reader would read it aloud as part of the text."""
        return self not in (Role.FOOTNOTE, Role.RUNNING_HEAD)


class ReadWarning(Record):
    """Something the reader saw and could not put right.

    ``code`` is one of ``scanned-page``, ``no-unicode``, ``glued-words``, ``split-words``,
    ``mended``, ``rotated``, ``truncated``, ``ocr``, ``encoding``, ``no-pages`` or
    ``region-guessed``; ``page`` is a zero-based index.
    """

    code: str
    message: str
    page: int | None = None


class Page(Record):
    """One page: zero-based ``index``, printed ``label``, size in points."""

    index: int
    label: str
    width: float = 0.0
    height: float = 0.0


class Line(Record):
    """One printed line of a block: its span in the text, its page and its box."""

    start: int
    end: int
    page: int
    bbox: BBox


class OutlineEntry(Record):
    """A bookmark of the document: level from 1, zero-based page."""

    level: int
    title: str
    page: int | None = None


class Block(Record):
    """A run of text with one role.

    ``level`` is the depth of a heading (1 = top) or of a list item. ``heading`` and
    ``lead_in`` are indexes into ``Document.blocks``: the nearest heading above, and the
    paragraph that introduces a list. A table row has its cells' spans in ``cells`` and, where
    the table has one, the index of its header row in ``header``; a header row names itself.
    """

    role: Role
    page: int
    start: int
    end: int
    level: int | None = None
    bbox: BBox | None = None
    heading: int | None = None
    lead_in: int | None = None
    header: int | None = None
    cells: tuple[Span, ...] = ()
    lines: tuple[Line, ...] = ()


class Document(Record):
    """One file as read.

    ``text`` holds the body in reading order first, up to ``body_end``; footnotes and running
    heads follow, so that no offset of the body depends on them. For plain text that was not
    repaired, ``text`` is the decoded file. ``notes`` are the offsets at which a note marker
    stood in print; the markers are no part of the text.
    """

    sha256: str
    source: str
    reader: str
    text: str
    body_end: int
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    region: str | None = None
    title: str | None = None
    year: int | None = None
    outline: tuple[OutlineEntry, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def body(self) -> str:
        """The text a person would read, without notes and furniture."""
        return self.text[: self.body_end]

    def block_text(self, index: int) -> str:
        """The text of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def block_at(self, offset: int) -> int | None:
        """Index of the block that holds a character offset, or None between blocks."""
        index = self._last_before(offset)
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return index

    def _last_before(self, offset: int) -> int:
        """Index of the last block that begins at an offset or before it; -1 without one."""
        return bisect_right(self.blocks, offset, key=attrgetter("start")) - 1

    def page_at(self, offset: int) -> Page:
        """The page on which a character stands (a paragraph may run over two)."""
        index = self.block_at(offset)
        if index is None:
            index = max(0, self._last_before(offset))
        if not self.blocks:
            return self.pages[0] if self.pages else Page(index=0, label="1")
        block = self.blocks[index]
        page = block.page
        for line in block.lines:
            if line.start <= offset:
                page = line.page
        return self.pages[page]

    def boxes(self, start: int, end: int) -> tuple[tuple[int, BBox], ...]:
        """(page index, box) of every printed line that a span touches; empty without layout."""
        found: list[tuple[int, BBox]] = []
        for block in islice(self.blocks, max(0, self._last_before(start)), None):
            if block.start >= end:
                break
            if block.end <= start:
                continue
            found += [(i.page, i.bbox) for i in block.lines if i.end > start and i.start < end]
        return tuple(found)
