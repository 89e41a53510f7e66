"""Where a document declares its sectors: lists, tables and headings, not only sentences.

'Our priority sectors are:' declares every item that follows, however long; a table headed
'Priority sector' declares the cells of that column in their order; 'Priority 2: Food and
drink' declares in a heading. What others have chosen declares nothing here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.language.clauses import words
from stratlint.language.cues import SECTOR
from stratlint.records import Record, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.context import Hit, Reader
    from stratlint.records import Block, Document

OPENING = 14
"""Words of a list item in which its sector is named; what follows explains it."""
_HEAD = re.compile(
    r"^(?:[\W\d]*\s*)?(?:our\s+)?(?:strategic\s+|sector\s+)?priority(?:\s+sector)?\s*"
    r"(?:\d+|[ivx]+|[a-e]|one|two|three|four|five|six|seven|eight|nine|ten)?\s*[:.–—-]\s*\S",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“‘(])")
_DECLARING = frozenset({"chosen-sector phrase", "priority word", "selecting verb"})
_OTHERS = frozenset(
    {
        "partnership above",
        "government",
        "regional plan",
        "European body",
        "consultation",
        "elsewhere",
    }
)
_OWN = frozenset({"own voice", "our"})
_NOT_CHOSEN = frozenset({"not", "refusal", "decline"})
_SECTOR_WORDS = re.compile(
    r"\b(?:sectors?|clusters?|industr(?:y|ies)|priorit(?:y|ies)|themes?|"
    r"specialisations?|domains?)\b",
    re.IGNORECASE,
)
_PRIORITY_WORDS = re.compile(
    r"\b(?:priorit|key (?:sector|cluster|industr)|target(?:ed)? sector|growth sector|focus|chosen)",
    re.IGNORECASE,
)


class Declaration(Record, frozen=True):
    """A mention that a list, a table or a heading declares.

    ``by`` is ``list``, ``table`` or ``heading``; ``words`` is what declares it; ``place``
    orders the declarations (block, then position).
    """

    by: str
    words: str
    place: tuple[int, int]


def declarations(
    document: Document, hits: Sequence[Hit], blocks: Sequence[int], reader: Reader
) -> dict[int, Declaration]:
    """Find the declared ones among hits: index in ``hits`` to declaration.

    ``blocks`` gives each hit's block.
    """
    finder = _Finder(document, reader)
    found: dict[int, Declaration] = {}
    for index, (hit, block) in enumerate(zip(hits, blocks, strict=True)):
        declaration = finder.of(hit, block)
        if declaration is not None:
            found[index] = declaration
    return found


class _Finder:
    def __init__(self, document: Document, reader: Reader) -> None:
        self._document = document
        self._reader = reader
        self._leads: dict[int, str | None] = {}
        self._heads: dict[int, bool] = {}
        self._columns: dict[int, int | None] = {}

    def of(self, hit: Hit, index: int) -> Declaration | None:
        block = self._document.blocks[index]
        if block.role is Role.LIST_ITEM:
            return self._listed(hit, block, index)
        if block.role is Role.TABLE_ROW:
            return self._tabled(hit, block, index)
        if block.role is Role.HEADING:
            return self._headed(hit, block, index)
        return None

    def _listed(self, hit: Hit, block: Block, index: int) -> Declaration | None:
        """A list item that names its sector at the start, under a lead-in that declares."""
        if block.lead_in is None or not self._opens(hit, block):
            return None
        said = self._lead(block.lead_in)
        return Declaration(by="list", words=said, place=(index, hit.start)) if said else None

    def _opens(self, hit: Hit, block: Block) -> bool:
        before = words(self._document.text, block.start, hit.start)
        if _SENTENCE_END.search(self._document.text, block.start, hit.start):
            return False
        return len(before) < OPENING and not any(w.form in (":", ";") for w in before)

    def _lead(self, index: int) -> str | None:
        """The sentence that leads into a list, when it declares in the document's own voice."""
        if index not in self._leads:
            self._leads[index] = self._read_lead(self._document.blocks[index])
        return self._leads[index]

    def _read_lead(self, block: Block) -> str | None:
        start = block.start
        for match in _SENTENCE_END.finditer(self._document.text, block.start, block.end):
            start = match.end()
        names = {hit.name for hit in self._reader.run(start, block.end).cues}
        if not names & _DECLARING or names & _NOT_CHOSEN:
            return None
        if names & _OTHERS and not names & _OWN:
            return None
        text = self._document.text[start : block.end]
        if not _SECTOR_WORDS.search(text) and block.role is not Role.HEADING:
            return None
        return " ".join(text.split())[-120:]

    def _tabled(self, hit: Hit, block: Block, index: int) -> Declaration | None:
        """A cell in the sector column of a table of priorities."""
        if block.header is None or block.header == index or not block.cells:
            return None
        column = self._sector_column(block.header)
        if column is None or column >= len(block.cells):
            return None
        start, end = block.cells[column]
        if not start <= hit.start < end or self._opposed(block):
            return None
        header = self._document.block_text(block.header)
        return Declaration(
            by="table", words=" ".join(header.split())[:120], place=(index, hit.start)
        )

    def _opposed(self, block: Block) -> bool:
        text = self._document.text[block.start : block.end].lower()
        return "not a priority" in text or "not priority" in text

    def _sector_column(self, header: int) -> int | None:
        """The column of a table of priorities that holds the sectors, or None."""
        if header not in self._columns:
            self._columns[header] = self._find_column(header)
        return self._columns[header]

    def _find_column(self, header: int) -> int | None:
        block = self._document.blocks[header]
        cells = [self._document.text[a:b] for a, b in block.cells]
        own = next((i for i, c in enumerate(cells) if "priority sector" in c.lower()), None)
        if own is not None:
            return own
        if not any(_PRIORITY_WORDS.search(t) for t in (*cells, *self._captions(header))):
            return None
        named = (
            i
            for i, c in enumerate(cells)
            if re.search(r"\b(?:sector|cluster|industry)s?\b", c, re.IGNORECASE)
        )
        return next(named, None)

    def _captions(self, header: int) -> Iterator[str]:
        """Texts that may be the table's title: just above the header."""
        for index in range(max(0, header - 2), header):
            block = self._document.blocks[index]
            text = self._document.text[block.start : block.end]
            if block.role in (Role.CAPTION, Role.HEADING) or text.lower().startswith("table"):
                yield text

    def _headed(self, hit: Hit, block: Block, index: int) -> Declaration | None:
        """A heading such as 'Priority 1: …', or one under a heading of priorities."""
        text = " ".join(self._document.text[block.start : block.end].split())
        if _HEAD.match(text):
            return Declaration(by="heading", words=text[:120], place=(index, hit.start))
        parent = self._parent(index)
        if parent is None or not self._only_sectors(block):
            return None
        above = self._document.blocks[parent]
        words_above = " ".join(self._document.text[above.start : above.end].split())
        if not self._declares(parent):
            return None
        return Declaration(by="heading", words=words_above[:120], place=(index, hit.start))

    def _parent(self, index: int) -> int | None:
        block = self._document.blocks[index]
        if block.heading is not None and block.heading != index:
            return block.heading
        level = block.level or 1
        for other in range(index - 1, -1, -1):
            above = self._document.blocks[other]
            if above.role is Role.HEADING and (above.level or 1) < level:
                return other
        return None

    def _declares(self, index: int) -> bool:
        if index not in self._heads:
            block = self._document.blocks[index]
            text = self._document.text[block.start : block.end]
            self._heads[index] = bool(
                _PRIORITY_WORDS.search(text) or re.search(r"\bconcentrate on\b", text, re.IGNORECASE)
            ) and not re.search(r"\bnot\b|national|lessons|previous", text, re.IGNORECASE)
        return self._heads[index]

    def _only_sectors(self, block: Block) -> bool:
        """Whether a heading is little more than the names of sectors."""
        run = self._reader.run(block.start, block.end)
        other = [w for w in run.words if w.isalpha() and w != SECTOR]
        return bool(run.sectors) and len(other) <= 2 + 2 * len(run.sectors)
