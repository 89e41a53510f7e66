"""A document as read: pages, lines, blocks with roles, warnings."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from itertools import islice
from operator import attrgetter, itemgetter

from stratlint.records.areas import Area
from stratlint.records.base import BBox, Record, Span, card


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
    ``mended``, ``rotated``, ``truncated``, ``ocr``, ``encoding``, ``no-pages``,
    ``hidden-text`` (words that a reader of the page cannot see), ``other-language``,
    ``look-alike`` (letters of another alphabet), ``outlined`` (letters drawn as shapes),
    ``attachment``, ``left-out`` (a part of the file that was not read), ``region-guessed`` or
    ``area-guessed``; ``page`` is a zero-based index.
    ``quote`` are words of the file that the warning is about.
    """

    code: str
    message: str
    page: int | None = None
    quote: str = ""


class Guess(Record):
    """What nobody has written down and the text seems to say.

    ``field`` is ``region``, ``area``, ``year`` or ``title``; ``reason`` tells what it rests on,
    ``confidence`` is ``high``, ``medium`` or ``low``.
    """

    field: str
    value: str
    reason: str
    confidence: str = "medium"

    def __str__(self) -> str:
        return f"{self.field} {self.value}, {self.reason}"


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
    ``line`` is the line of the file, from 1, on which the block begins, where a file has lines.
    ``spots`` are (offset, line, column), line and column from 1: from each on, the text runs as
    the file does, until the next.
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
    line: int | None = None
    spots: tuple[tuple[int, int, int], ...] = ()


class Mark(Record):
    """A comment in a file that sets findings aside, such as ``stratlint ignore SB005: reason``.

    ``line`` is its line in the file; in a Word or PDF file, which has none, its number among the
    marks. ``where`` says in words where it stands. ``rules`` are ids or names as written,
    ``spans`` the parts of the text that it is about; ``whole`` says that this is all of the
    document, and what the document lacks. ``fault`` says what is wrong with it, whether it counts
    or not.
    """

    line: int
    rules: tuple[str, ...]
    reason: str
    spans: tuple[Span, ...] = ()
    whole: bool = False
    fault: str = ""
    where: str = ""

    def covers(self, offset: int | None) -> bool:
        """Whether it is about a character of the text, or (None) about what the text lacks."""
        if self.whole or offset is None:
            return self.whole
        return any(start <= offset < end for start, end in self.spans)


_HEADING = 60
"""Characters of a heading that a place quotes: enough to find it, short enough for a message."""


class Document(Record):
    """One file as read.

    ``text`` holds the body in reading order first, up to ``body_end``; footnotes and running
    heads follow, so that no offset of the body depends on them. For plain text that was not
    repaired, ``text`` is the decoded file. ``notes`` are the offsets at which a note marker
    stood in print; the markers are no part of the text. ``paged`` says whether ``pages`` are
    the file's own: HTML, Markdown and most plain text have none. ``language`` is the BCP 47 tag
    of most of the prose; None where there is too little of it to tell.
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
    area: Area | None = None
    """What the document is about where that is no whole region."""
    outline: tuple[OutlineEntry, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    notes: tuple[int, ...] = ()
    paged: bool = True
    language: str | None = None
    guesses: tuple[Guess, ...] = ()
    """What stands in ``region``, ``title`` and ``year`` without anybody having said so."""
    marks: tuple[Mark, ...] = ()
    """Comments of the file that set findings aside."""

    def __repr__(self) -> str:
        """In a few words: the whole is as long as the text."""
        return f"Document({self.source!r}: {len(self.pages)} pages, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        year = "" if self.year is None else str(self.year)
        pages = f"{len(self.pages)} pages, " if self.paged else ""
        warned = "; ".join(warning.message for warning in self.warnings[:3])
        more = len(self.warnings) - 3
        return card(
            self.title or self.source,
            (
                ("file", self.source),
                ("region", self.place or ""),
                ("year", year),
                ("read", f"{pages}{len(self.text):,} characters"),
                ("guessed", "; ".join(map(str, self.guesses))),
                ("warnings", warned + (f" and {more} more" if more > 0 else "")),
            ),
        )

    @property
    def is_english(self) -> bool:
        """Whether rules and words for English may judge it: it is, or is too short to tell."""
        return self.language in (None, "en")

    @property
    def place(self) -> str | None:
        """Whose figures are the document's: its area's, else its region's."""
        return self.area.place if self.area is not None else self.region

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

    def line_at(self, offset: int) -> int | None:
        """The line of the file, from 1, on which a character stands, where the file has lines.

        Within a block whose words were not found in the file, the line on which it begins.
        """
        position = self.position_at(offset)
        if position is not None:
            return position[0]
        index = max(0, self._last_before(offset))
        return self.blocks[index].line if self.blocks else None

    def position_at(self, offset: int) -> tuple[int, int] | None:
        """Line and column of the file, both from 1, at which a character stands.

        None where the file has no lines, or its words were not found there again.
        """
        block = self.blocks[max(0, self._last_before(offset))] if self.blocks else None
        if block is None or not block.spots:
            return None
        number = bisect_right(block.spots, offset, key=itemgetter(0)) - 1
        at, line, column = block.spots[max(0, number)]
        offset = max(at, min(offset, block.end))
        below = self.text.count("\n", at, offset)
        if not below:
            return line, column + offset - at
        return line + below, offset - self.text.rfind("\n", at, offset)

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The headings over a character, from the chapter down to the nearest one."""
        index: int | None = self._last_before(offset)
        if index is None or index < 0:
            return ()
        block = self.blocks[index]
        found: list[str] = []
        level = 100
        index = index if block.role is Role.HEADING else block.heading
        while index is not None and level > 1:
            block = self.blocks[index]
            if (block.level or 1) < level:
                level = block.level or 1
                found.append(" ".join(self.block_text(index).split()))
            index = block.heading
        return tuple(reversed(found))

    def place_of(self, offset: int) -> str:
        """Where a person finds a character: its page, or its line and the heading above it.

        For example ``page 12`` or ``line 120, under "Our sectors"``.
        """
        if self.paged:
            return f"page {self.page_at(offset).label}"
        line = self.line_at(offset)
        parts = [] if line is None else [f"line {line}"]
        headings = self.headings_at(offset)
        if headings:
            heading = headings[-1]
            short = heading if len(heading) <= _HEADING else f"{heading[: _HEADING - 1].rstrip()}…"
            parts.append(f'under "{short}"')
        if not parts:
            parts.append(f"paragraph {self._last_before(offset) + 1}")
        return ", ".join(parts)

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
