"""The outline of a document: its headings, items, rows and sentences as one run of parts.

Layout is not always read right, so a block's role is a hint only: bullets in the middle of a
paragraph, numbered lines that were read as running text and paragraphs that begin with a title
of their own are parts by themselves. Each part knows the heading over it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from stratlint.records import Record, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.records import Block, Document, Span

Kind = Literal["heading", "item", "text", "row", "caption"]
TITLE = 8
"""Words of a title that runs into its paragraph: longer ones are sentences."""
SHORT = 9
"""Words of a line without a mark that may be an entry of a list."""
_BULLETS = "•●▪◦○■□➢➤✓✔❖▸►‣*\uf0b7\uf0a7\uf02d\uf0d8\u2023\u25cf\u25aa"
_LABEL = (
    r"(?P<label>(?:strategic\s+|big\s+|grand\s+|well-?being\s+)?(?:priority|priorities|choice|objective|goal|aim"
    r"|mission|strategy|theme|pillar|engine|move|challenge|ambition|target|outcome|programme|program"
    r"|cluster|sector|domain|field|focus|action|option|bet|flagship|project|tier|group|chapter|part"
    r"|section|so|driver|lever|growth\s+\w+))"
)
_COUNT = (
    r"(?:\d{1,2}|[ivx]{1,4}|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten|first|second"
    r"|third)"
)
_LABELLED = re.compile(
    rf"\W{{0,3}}{_LABEL}\s+(?P<count>{_COUNT})\b(?!\s+(?:is|are|was|were|has|will|and|to|of)\b)"
    rf"\s*(?:\([^)]{{1,30}}\)\s*)?(?P<mark>[:.–—-]|\b)\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\W{0,3}(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.):]|(?=\s))\s+(?=\S)"
    r"|\W{0,3}\((?P<round>\d{1,2}|[a-h]|[ivx]{1,4})\)\s*(?=\S)"
    r"|\W{0,3}(?P<letter>[A-Ha-h]|[ivx]{1,4})[.)]\s+(?=\S)"
)
_BULLET = re.compile(rf"\s*(?:[{re.escape(_BULLETS)}]|[-–—](?=\s))\s*")
_SIGNS = re.escape(_BULLETS.replace("*", ""))
# One of a few signs first: a search then passes over all other signs at once.
_CUT = re.compile(
    rf"[\s{_SIGNS}](?:(?P<bullet>(?:(?<=\s)\s*[{_SIGNS}]|(?<=[{_SIGNS}]))\s*)"
    r"|(?P<line>(?:(?<=[ \t])[ \t]*\r?\n|(?<=\n)|(?<=\r)\n)\s*))"
)
_ROMAN = {name: n for n, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_WORDS = {
    name: n
    for n, pair in enumerate(
        "one/first two/second three/third four five six seven eight nine ten".split(), 1
    )
    for name in pair.split("/")
}
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"\S+(?:[ \u00a0]\S+)*")
"""A cell of a table in plain text: words with one blank between them."""
_TITLE_END = re.compile(r"(?:[.:]|\s[–—-])\s+(?=\S)")
_STOP = re.compile(r"[.!?;,][\"'”’)]*$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|will|shall|should|can|could|may|must|we|they|do|does)\b"
    r"|^\W*it\b",
    re.IGNORECASE,
)
"""What a sentence has and a title has not; 'it' may stand inside one: 'Getting it there'."""
_SKIPPED = frozenset({Role.CONTENTS, Role.RUNNING_HEAD, Role.FOOTNOTE, Role.QUOTATION})


class Part(Record, frozen=True):
    """A heading, an item, a row, a caption, or running text.

    ``start`` and ``end`` are its words without its mark. ``mark`` says what it begins with
    (``bullet``, ``number``, ``letter``, ``line`` for a line by itself, or a word such as
    ``mission`` with a number), ``count`` the number that it has. ``title`` ends the words that
    stand before its explanation as a title. ``under`` is the index of the heading above;
    ``cells`` are a row's.
    """

    index: int
    block: int
    kind: Kind
    start: int
    end: int
    mark: str = ""
    count: tuple[int, ...] = ()
    depth: int = 1
    title: int | None = None
    under: int | None = None
    cells: tuple[Span, ...] = ()


class Outline:
    """The parts of a document, in the order of its text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.parts: list[Part] = []
        self._open: list[int] = []
        self._words: dict[Span, str] = {}
        for number, block in enumerate(document.blocks):
            if block.role not in _SKIPPED:
                for part in self._of_block(number, block):
                    self._add(part)

    def label(self, part: Part) -> tuple[str, int]:
        """The word by which a part counts itself, and where that ends.

        It may stand behind the number of a chapter: 'choice' of '3. Choice one: …'.
        """
        if part.mark != "number":
            return part.mark, part.start
        found = _LABELLED.match(self.text, part.start, part.end)
        return (_word(found), found.end()) if found else (part.mark, part.start)

    def words(self, part: Part) -> str:
        """The words of a part on one line."""
        span = part.start, part.end
        known = self._words.get(span)
        if known is None:
            known = self._words[span] = " ".join(self.text[part.start : part.end].split())
        return known

    def path(self, part: Part) -> list[Part]:
        """The headings over a part, the nearest first."""
        found: list[Part] = []
        above = part.under
        while above is not None:
            found.append(self.parts[above])
            above = self.parts[above].under
        return found

    def _add(self, part: Part) -> None:
        index = len(self.parts)
        if part.kind == "heading":
            while self._open and not _holds(self.parts[self._open[-1]], part):
                self._open.pop()
        under = self._open[-1] if self._open else None
        self.parts.append(msgspec.structs.replace(part, index=index, under=under))
        if part.kind == "heading":
            self._open.append(index)

    def _of_block(self, number: int, block: Block) -> Iterator[Part]:
        start, end = block.start, block.end
        if block.role is Role.TABLE_ROW:
            cells = block.cells or ((start, end),)
            yield Part(index=0, block=number, kind="row", start=start, end=end, cells=cells)
        elif block.role is Role.CAPTION:
            yield Part(index=0, block=number, kind="caption", start=start, end=end)
        elif block.role is Role.HEADING and "\t" in self.text[start:end]:
            # The lines of a table in plain text, taken for headings because they are short.
            for cells in self._rows(block, least=1):
                yield Part(
                    index=0,
                    block=number,
                    kind="row",
                    start=cells[0][0],
                    end=cells[-1][1],
                    cells=cells,
                )
        elif block.role is Role.HEADING:
            begin, mark, count = self._mark(start, end, numbered=True)
            yield Part(
                index=0,
                block=number,
                kind="heading",
                start=begin,
                end=end,
                mark=mark,
                count=count,
                depth=block.level or 1,
            )
        else:
            yield from self._of_lines(number, block)

    def _of_lines(self, number: int, block: Block) -> Iterator[Part]:
        """The parts of a paragraph or an item: cut at bullets and at lines that have a mark."""
        item = block.role is Role.LIST_ITEM
        rows = [] if item else list(self._rows(block))
        if rows:
            for cells in rows:
                start, end = cells[0][0], cells[-1][1]
                yield Part(index=0, block=number, kind="row", start=start, end=end, cells=cells)
            return
        spans = list(self._cut(block.start, block.end))
        lines = self._are_entries(spans)
        for place, (start, end, how) in enumerate(spans):
            begin, mark, count = self._mark(start, end, numbered=how != "start" or place == 0)
            first = place == 0
            if how == "bullet":
                mark = mark if mark not in ("", "number", "letter") else "bullet"
            elif first and item:
                mark = mark or "bullet"
            elif not mark and lines and not first:
                mark = "line"
            title = self._title(begin, end)
            if mark == "number" and not item and title is None and not lines and len(spans) == 1:
                # A numbered paragraph of running text is no entry of a list.
                mark = ""
            kind: Kind = "item" if mark else "text"
            depth = (block.level or 1) if item else 1
            yield Part(
                index=0,
                block=number,
                kind=kind,
                start=begin,
                end=end,
                mark=mark,
                count=count,
                depth=depth,
                title=title,
            )

    def _rows(self, block: Block, *, least: int = 2) -> Iterator[tuple[Span, ...]]:
        """The rows of a table that was read as a paragraph: lines of as many cells each."""
        lines = [
            line for line in _LINE.finditer(self.text, block.start, block.end) if line[0].strip()
        ]
        if len(lines) < least:
            return
        rows: list[tuple[Span, ...]] = []
        for line in lines:
            rows.append(tuple([cell.span() for cell in _CELL.finditer(self.text, *line.span())]))
            if not 1 < len(rows[-1]) <= len(rows[0]):
                # Most paragraphs are told by their first line.
                return
        yield from rows

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The spans of a block between bullets, and between lines where lines tell anything."""
        cuts = [(start, start, "start")]
        for found in _CUT.finditer(self.text, start, end):
            how = found.lastgroup or ""
            if how == "line" and not self._begins(found.start(), found.end(), end):
                continue
            cuts.append((found.start(), found.end(), how))
        for place, (_, begin, how) in enumerate(cuts):
            stop = cuts[place + 1][0] if place + 1 < len(cuts) else end
            if self.text[begin:stop].strip():
                yield begin, stop, how

    def _begins(self, stop: int, start: int, end: int) -> bool:
        """Whether a line that begins inside a block is a part of its own."""
        # By index, as to copy the text behind or before a line takes the square of its length.
        stretch = self.text.find("\n", start, end)
        line = self.text[start : end if stretch < 0 else stretch]
        if _BULLET.match(line) or _LABELLED.match(line) or _NUMBERED.match(line):
            return True
        before = self.text[max(0, stop - 2) : stop].rstrip()
        opens = line[:1].isupper() or line[:1] in "£€$‘“'\""
        ended = before.endswith((".", ":", "!", "?", ";"))
        above = self.text[self.text.rfind("\n", 0, stop) + 1 : stop]
        short = len(above.split()) <= SHORT
        return opens and (ended or short)

    def _are_entries(self, spans: Sequence[tuple[int, int, str]]) -> bool:
        """Whether the lines of a block behind the first are short, as the entries of a list are."""
        rest = [self.text[a:b].split() for a, b, how in spans[1:] if how == "line"]
        lead = self.text[spans[0][0] : spans[0][1]].rstrip() if spans else ""
        return len(rest) >= 1 and lead.endswith(":") and all(len(w) <= SHORT for w in rest)

    def _mark(self, start: int, end: int, *, numbered: bool) -> tuple[int, str, tuple[int, ...]]:
        """Where the words of a part begin behind its mark, the mark, and its number."""
        labelled = _LABELLED.match(self.text, start, end)
        if labelled and numbered and labelled.end() < end:
            return labelled.end(), _word(labelled), (_number(labelled["count"]),)
        bullet = _BULLET.match(self.text, start, end)
        if bullet:
            return bullet.end(), "bullet", ()
        found = _NUMBERED.match(self.text, start, end) if numbered else None
        if found is None or found.end() >= end:
            return start, "", ()
        if found["number"]:
            count = tuple(int(n) for n in found["number"].split("."))
            return found.end(), "number", count
        sign = found["round"] or found["letter"]
        mark = "number" if sign.isdigit() else "letter"
        return found.end(), mark, (_number(sign),)

    def _title(self, start: int, end: int) -> int | None:
        """Where a title that runs into its paragraph ends, or None."""
        found = _TITLE_END.search(self.text, start, end)
        if found is None:
            return None
        words = self.text[start : found.start()]
        if len(words.split()) > TITLE or not words[:1].isupper() or _VERB.search(words):
            return None
        return found.start()


def _holds(upper: Part, lower: Part) -> bool:
    """Whether a heading stands over another: by their numbers, else by their levels."""
    if (
        upper.mark == "number"
        and lower.mark == "number"
        and (len(lower.count) > 1 or len(upper.count) > 1)
    ):
        longer = len(lower.count) > len(upper.count)
        return longer and lower.count[: len(upper.count)] == upper.count
    return upper.depth < lower.depth


def _word(labelled: re.Match[str]) -> str:
    return " ".join(labelled["label"].lower().split())


def _number(sign: str) -> int:
    sign = sign.lower()
    if sign.isdigit():
        return int(sign)
    if sign in _WORDS:
        return _WORDS[sign]
    if sign in _ROMAN and sign not in ("c", "d"):
        return _ROMAN[sign]
    return ord(sign[0]) - 96
