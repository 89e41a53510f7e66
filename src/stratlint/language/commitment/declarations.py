"""Where a document declares its sectors: lists, tables and headings, not only sentences.

'Our priority sectors are:' declares every item that follows, however long; a table titled
'Priority sectors in order of rank' declares the sectors that begin its rows, in their order;
'Priority 2: Food and drink' declares in a heading. Layout is not always read right, so an
opener is followed line by line, whatever role its lines were given. What others have chosen
declares nothing here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.language.commitment.clauses import units, words
from stratlint.language.commitment.cues import SECTOR
from stratlint.language.sectors.structure import priority_column
from stratlint.records import Record, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.context import Hit, Reader
    from stratlint.records import Block, Document

ENTRY = 7
"""Words before a sector's name at which a line still names it first."""
REACH = 40
"""Blocks after an opener in which its list may run on."""
AFTER = 2
"""Words that may still follow the sectors of an entry before its explanation begins."""
LONG = 45
"""Words from which a block without bullet or number is running text, not an entry."""
LEAST = 2
"""Sectors that make a list."""
_PRIORITY_HEAD = re.compile(
    r"^\W*(?:[\d.]+\s+)?(?:our\s+)?(?:strategic\s+|sector\s+)?priority(?:\s+sector)?\s*"
    r"(?:\d+|[ivx]+|[a-e]|one|two|three|four|five|six|seven|eight|nine|ten)?\s*[:.–—-]\s*\S",
    re.IGNORECASE,
)
_DECLARES = re.compile(
    r"\b(?:(?:priority|target|focus|core|chosen|key|growth|top)\s+(?:\w+\s+)?"
    r"(?:sectors?|clusters?|industries|domains?|speciali[sz]ations?)"
    r"|(?:sector(?:al)?|sectoral)\s+priorities|(?:our|the|strategic)\s+(?:\w+\s+)?priorities"
    r"|(?:areas?|domains?|fields?)\s+of\s+(?:smart\s+)?speciali[sz]ation"
    r"|(?:will|shall|to)\s+(?:concentrate|focus)\s+on|focus\s+areas|growth\s+areas)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no longer|national|previous|former|other regions?|elsewhere|spatial|policy"
    r"|housing|transport|skills|potential (?:focus|sectors))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<![A-Z0-9])[.!?]\s+(?=[A-Z“‘(])")
_MARKED = re.compile(r"^\s*(?:[•●▪◦■–*\uf0b7-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)\t ])")
_OPPOSED = re.compile(r"\bnot a priority\b|\bnot priorit", re.IGNORECASE)
_OTHERS = frozenset({"partnership above", "regional plan", "European body", "elsewhere"})
_SKIPPED = frozenset({Role.CONTENTS, Role.RUNNING_HEAD})


class Declaration(Record, frozen=True):
    """A mention that a list, a table, a heading or a section declares.

    ``by`` is ``list``, ``table``, ``heading`` or ``section``; ``words`` is what declares it.
    """

    by: str
    words: str


def declarations(
    document: Document, hits: Sequence[Hit], blocks: Sequence[int], reader: Reader
) -> dict[int, Declaration]:
    """Find the declared ones among hits: index in ``hits`` to declaration.

    ``blocks`` gives each hit's block.
    """
    in_block: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        in_block.setdefault(block, []).append(index)
    finder = _Finder(document, hits, in_block, reader)
    found: dict[int, Declaration] = {}
    for index in range(len(document.blocks)):
        for hit, declaration in finder.opened_by(index):
            found.setdefault(hit, declaration)
    return found


class _Finder:
    def __init__(
        self,
        document: Document,
        hits: Sequence[Hit],
        in_block: dict[int, list[int]],
        reader: Reader,
    ) -> None:
        self._document = document
        self._hits = hits
        self._in_block = in_block
        self._reader = reader

    def opened_by(self, index: int) -> Iterator[tuple[int, Declaration]]:
        """Yield what a block declares itself, and what it declares of those after it."""
        block = self._document.blocks[index]
        if block.role in _SKIPPED:
            return
        if block.role is Role.HEADING and _PRIORITY_HEAD.match(self._text(block)):
            for hit in self._in_block.get(index, ()):
                yield hit, Declaration(by="heading", words=self._quoted(block))
        if block.role is Role.TABLE_ROW and block.header == index:
            yield from self._column(index)
        opener = self._opener(block)
        if opener is None:
            return
        entries = list(self._entries(index))
        if len({self._hits[hit].sector for hit, _ in entries}) >= LEAST:
            for hit, by in entries:
                yield hit, Declaration(by=by, words=opener)
        elif block.role is Role.HEADING:
            for hit in self._paragraph_openings(index):
                yield hit, Declaration(by="section", words=opener)

    def _column(self, index: int) -> Iterator[tuple[int, Declaration]]:
        """The sectors of a table's column that is headed 'Priority'."""
        header = self._document.blocks[index]
        column = priority_column(self._document.text, header)
        if column is None:
            return
        found = []
        for number in range(index + 1, len(self._document.blocks)):
            row = self._document.blocks[number]
            if row.header != index or column >= len(row.cells):
                continue
            start, end = row.cells[column]
            if not _OPPOSED.search(self._document.text, row.start, row.end):
                named = self._in_block.get(number, ())
                found += [hit for hit in named if start <= self._hits[hit].start < end]
        if len({self._hits[hit].sector for hit in found}) >= LEAST:
            for hit in found:
                yield hit, Declaration(by="table", words=self._quoted(header))

    def _text(self, block: Block) -> str:
        return " ".join(self._document.text[block.start : block.end].split())

    def _quoted(self, block: Block) -> str:
        return self._text(block)[-110:]

    def _opener(self, block: Block) -> str | None:
        """The words with which a block opens a list of chosen sectors, in its own voice."""
        text = self._document.text[block.start : block.end]
        cuts = [m.end() for m in _SENTENCE_END.finditer(text)]
        last = " ".join(text[cuts[-1] if cuts else 0 :].split())
        short = len(last.split()) <= (16 if block.role is not Role.PARAGRAPH else 9)
        if not (last.endswith(":") or (short and not cuts)):
            return None
        if not _DECLARES.search(last) or _DENIES.search(last):
            return None
        if block.role is Role.TABLE_ROW and "priority sector" not in last.lower():
            return None
        names = {hit.name for hit in self._reader.run(block.start, block.end).cues}
        if names & _OTHERS and "our" not in names and "own voice" not in names:
            return None
        return last[-110:]

    def _entries(self, index: int) -> Iterator[tuple[int, str]]:
        """The sectors that begin the lines after an opener, until running text resumes."""
        opener = self._document.blocks[index]
        seen = idle = listed = 0
        for number in range(index + 1, min(index + REACH, len(self._document.blocks))):
            block = self._document.blocks[number]
            if block.role in (*_SKIPPED, Role.FOOTNOTE):
                continue
            if self._ends(block, opener, seen, idle) or (listed and _on_a_par(block, opener)):
                return
            if 0 < listed == seen and self._begins_anew(block):
                return
            found = list(self._first_named(number))
            if found:
                seen, idle = seen + 1, 0
                by = "table" if block.role is Role.TABLE_ROW else "list"
                by = "heading" if block.role is Role.HEADING else by
                listed += block.role is not Role.HEADING
                for hit in found:
                    yield hit, by
            else:
                idle += 1

    def _ends(self, block: Block, opener: Block, seen: int, idle: int) -> bool:
        text = self._document.text[block.start : block.end]
        if block.role is Role.HEADING:
            if self._only_sectors(block):
                return False
            return seen > 0 or idle > 5 or _DENIES.search(text) is not None
        running = len(text.split()) >= LONG and not _MARKED.match(text) and "•" not in text
        under_headings = opener.role is Role.HEADING and block.role is Role.PARAGRAPH
        return (running and not under_headings) or idle > (12 if under_headings else 4)

    def _begins_anew(self, block: Block) -> bool:
        """Whether a block leads into another list, or goes on in sentences after this one."""
        if block.role is not Role.PARAGRAPH:
            return False
        text = self._text(block)
        if _MARKED.match(text) or "•" in text:
            return False
        return text.endswith(":") or (text.endswith(".") and len(text.split()) > AFTER)

    def _first_named(self, number: int) -> Iterator[int]:
        """Hits that begin an entry: a list item, a row, a short line, a heading of sectors."""
        block = self._document.blocks[number]
        text = self._document.text[block.start : block.end]
        if block.role is Role.HEADING and not self._only_sectors(block):
            return
        entry = block.role in (Role.LIST_ITEM, Role.TABLE_ROW, Role.HEADING)
        if not entry and not _MARKED.match(text) and "•" not in text and len(text.split()) > 12:
            return
        if _OPPOSED.search(text):
            return
        starts = [block.start + u.start for u in units(text) if u.item] or [block.start]
        for start in starts:
            limit = self._limit(number, start, block.end)
            for hit in self._in_block.get(number, ()):
                if start <= self._hits[hit].start < limit:
                    yield hit

    def _limit(self, number: int, start: int, end: int) -> int:
        """Where the naming of an entry's sectors stops: at a mark, or after a few words."""
        run = words(self._document.text, start, end)
        spare, last, seen = ENTRY, start, False
        named = self._in_block.get(number, ())
        for word in run:
            tab = spare < ENTRY and "\t" in self._document.text[last : word.start]
            if word.form in (":", ";", "?") or spare < 0 or (tab and spare <= AFTER and seen):
                return word.start
            if any(self._hits[h].start <= word.start < self._hits[h].end for h in named):
                spare, seen = AFTER, True
            elif word.form.isalpha():
                spare -= 1
            last = word.end
        return last

    def _paragraph_openings(self, index: int) -> Iterator[int]:
        """Sectors in the first sentence of each paragraph right under a heading that declares."""
        for number in range(index + 1, min(index + REACH, len(self._document.blocks))):
            block = self._document.blocks[number]
            if block.role is Role.HEADING:
                return
            if block.role is not Role.PARAGRAPH:
                continue
            text = self._document.text[block.start : block.end]
            end = _SENTENCE_END.search(text)
            limit = block.start + (end.start() if end else len(text))
            for hit in self._in_block.get(number, ()):
                if self._hits[hit].start < limit:
                    yield hit

    def _only_sectors(self, block: Block) -> bool:
        """Whether a heading is little more than the names of sectors."""
        run = self._reader.run(block.start, block.end)
        other = [w for w in run.words if w.isalpha() and w != SECTOR]
        return bool(run.sectors) and len(other) <= 2 + 2 * len(run.sectors)


def _on_a_par(block: Block, opener: Block) -> bool:
    """Whether a block is a heading no lower than the one that opened a list.

    Where the heading has had its list, the next section is not part of it, be it named after a
    sector: it may say that the sector was left out.
    """
    if block.role is not Role.HEADING or opener.role is not Role.HEADING:
        return False
    return block.level is not None and opener.level is not None and block.level <= opener.level
