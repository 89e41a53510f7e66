"""Words to segments: the pieces of printed lines that no column gutter crosses."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from stratlint.documents.pdf.words import RIGHT_TO_LEFT
from stratlint.documents.repair.lexicon import is_word

if TYPE_CHECKING:
    from stratlint.documents.pdf.tables import TableGrid
    from stratlint.documents.pdf.words import RawPage, Word
    from stratlint.records import BBox, Span

_CONTROLS = "".join(map(chr, range(0x81, 0xA0)))
"""Where a symbol font has no Unicode, its bullets come out as these."""
BULLETS = _CONTROLS + "`•‣⁃◦▪▫■□●○◆◇►▶▸➢➤➔→✓✔❖❑∙·"
PRIVATE_BULLETS = frozenset(
    "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf06f\uf0e8\uf071\uf0a8\uf06e\uf075\uf0be"
)
"""Symbol and Wingdings glyphs that word processors use as bullets, without Unicode."""
MARKER = re.compile(
    rf"(?:``|[{BULLETS}{''.join(sorted(PRIVATE_BULLETS))}]|[–—\-*o§]|\d{{1,2}}[.)]|\(?[a-z]{{1,3}}[.)]"
    r"|\(\d{1,2}\)|[A-Z]\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$"
)
_HYPHENS = ("-", "‐", "\u00ad")
_COLUMN_GAP = 1.15
_RUN = 4
"""Letters that stand apart before they are looked at as a spaced word."""
_MARKER_GAP = 5.0


class Segment(msgspec.Struct):
    """A piece of a printed line, in the frame in which its text runs from left to right.

    ``marks`` are the spans of raised note markers within ``text``; ``edges`` the left and
    right ends of its words, which tables need. ``cells`` are spans of ``text`` where the
    printer left room enough for table cells.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    first: int
    last: int
    page: int = 0
    turn: int = 0
    marks: list[Span] = msgspec.field(default_factory=list)
    label: str = ""
    cells: list[tuple[float, float, str]] = msgspec.field(default_factory=list)
    box: BBox = (0.0, 0.0, 0.0, 0.0)
    leading_mark: bool = False
    column: tuple[float, float] = (0.0, 0.0)
    table: TableGrid | None = None

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0


def upright(page: RawPage) -> list[tuple[int, list[Word]]]:
    """The words by direction of writing, each in a frame where it runs left to right.

    The commonest direction comes first.
    """
    groups: dict[int, list[Word]] = {}
    for word in page.words:
        groups.setdefault(word.turn, []).append(word)
    for turn, words in groups.items():
        if turn:
            for word in words:
                _turn(word, turn, page.width, page.height)
    if len(groups) == 1:
        return list(groups.items())
    return sorted(groups.items(), key=lambda item: (-sum(len(w.text) for w in item[1]), item[0]))


def _turn(word: Word, turn: int, width: float, height: float) -> None:
    x0, x1, top, bottom = word.x0, word.x1, word.top, word.bottom
    if turn == 1:
        word.x0, word.x1, word.top, word.bottom = top, bottom, width - x1, width - x0
        word.base = width - word.base
    elif turn == RIGHT_TO_LEFT:
        word.x0, word.x1 = width - x1, width - x0
    elif turn == 3:
        word.x0, word.x1, word.top, word.bottom = height - bottom, height - top, x0, x1
    else:
        word.x0, word.x1 = width - x1, width - x0
        word.top, word.bottom = height - bottom, height - top
        word.base = height - word.base


def shown_box(segment: Segment, width: float, height: float) -> BBox:
    """A segment's box on the page as shown."""
    x0, top, x1, bottom = segment.x0, segment.top, segment.x1, segment.bottom
    if segment.turn == 1:
        return width - bottom, x0, width - top, x1
    if segment.turn == 3:
        return top, height - x1, bottom, height - x0
    if segment.turn == RIGHT_TO_LEFT:
        return width - x1, top, width - x0, bottom
    if segment.turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    return x0, top, x1, bottom


class _Builder:
    """Collects the words of one segment."""

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.base, self.size = word.base, word.size
        self.x0, self.x1 = word.x0, word.x1
        self.last = word.end
        self.largest = word.size
        # Whether no more than a bullet or a number stands here so far.
        self.marker = MARKER.match(word.text) is not None

    def takes(self, word: Word) -> bool:
        """Whether a word continues this segment on its right."""
        size = max(self.size, word.size)
        marker = self.marker
        # The bullets of symbol fonts hang a little above or below the line.
        reach = 0.45 if marker else 0.22
        if abs(word.base - self.base) > reach * size and not self._raised(word, size):
            return False
        gap = word.x0 - self.x1
        if gap < (-2.0 if marker else -0.7) * size:
            return False
        if marker and gap <= _MARKER_GAP * size:
            return True
        return gap <= _COLUMN_GAP * size

    def _raised(self, word: Word, size: float) -> bool:
        small = min(self.size, word.size)
        return small <= 0.86 * size and abs(word.base - self.base) <= 0.62 * size

    def add(self, word: Word) -> None:
        """Append a word; type that is larger than what stood before sets the line's height."""
        size = word.size
        # The text, not the bullet of another font before it, sets the line.
        if self.marker or (size > 1.16 * self.size and self.largest < 0.87 * size):
            self.base, self.size = word.base, size
        self.words.append(word)
        if word.x0 < self.x0:
            self.x0 = word.x0
        if word.x1 > self.x1:
            self.x1 = word.x1
        if size > self.largest:
            self.largest = size
        self.last = word.end
        self.marker = False

    def build(self, page: int, turn: int) -> Segment:
        """The finished segment."""
        words = self.words
        narrow = _narrow_gap(words)
        # Words of more than three letters on average are not spaced letters.
        spaced = len(words) >= _RUN and words[-1].end - words[0].order <= 4 * len(words)
        together = _set_apart(words) if spaced else frozenset()
        parts: list[str] = []
        marks: list[Span] = []
        length = 0
        high, small = self.base - 0.14 * self.size, 0.86 * self.size
        before: Word | None = None
        for i, word in enumerate(words):
            text = word.text
            if before is not None:
                gap = word.x0 - before.x1
                if (
                    word.space == " "
                    and not word.glued
                    and word.order == before.end + 1
                    and gap >= narrow
                    and gap >= 0.12 * word.size
                    and not together
                ):
                    space = " "  # as most words are parted
                else:
                    space = "" if i in together else _space(words, i, narrow)
                parts.append(space)
                length += len(space)
            if word.base < high and word.size <= small:
                marks.append((length, length + len(text)))
            parts.append(text)
            length += len(text)
            before = word
        plain = [w for w in words if w.size > small] or words
        bold, italic = _emphasis(plain)
        return Segment(
            text="".join(parts),
            x0=self.x0,
            x1=self.x1,
            top=min([w.top for w in plain]),
            bottom=max([w.bottom for w in plain]),
            base=self.base,
            size=self.size,
            bold=bold,
            italic=italic,
            first=words[0].order,
            last=self.last,
            page=page,
            turn=turn,
            marks=[m for m in marks if m[0] > 0],
            leading_mark=bool(marks and marks[0][0] == 0),
        )


def _set_apart(words: list[Word]) -> frozenset[int]:
    """Indexes of the letters that continue the one before, in a line whose letters are spaced.

    Wider gaps part its words. What gives no words ('A B C D' over columns) stays as it is.
    """
    short = [len(w.text) <= 2 and w.text[0].isalpha() for w in words]
    if sum(short) < _RUN or 4 * sum(len(w.text) == 1 for w in words) < 3 * len(words):
        return frozenset()
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    together = frozenset(i for i, gap in enumerate(gaps, 1) if gap <= 1.6 * usual)
    pieces = [""]
    for i, word in enumerate(words):
        if i and i not in together:
            pieces.append("")
        pieces[-1] += word.text
    known = sum(len(p) for p in pieces if len(p) > 2 and is_word(p.strip(".,:;!?&")))
    return together if 2 * known > sum(map(len, pieces)) else frozenset()


def _emphasis(words: list[Word]) -> tuple[bool, bool]:
    """Whether most letters are bold, and whether most are italic."""
    font = words[0].font
    if len({id(w.font) for w in words}) == 1:
        return font.bold, font.italic
    letters = sum(len(w.text) for w in words)
    bold = sum(len(w.text) for w in words if w.font.bold)
    italic = sum(len(w.text) for w in words if w.font.italic)
    return 2 * bold > letters, 2 * italic > letters


def _narrow_gap(words: list[Word]) -> float:
    """Below this, a space is so narrow that a ligature may have torn the word (0 = never)."""
    if len(words) < 4:
        return 0.0
    gaps = [b.x0 - a.x1 for a, b in pairwise(words) if not b.glued and b.order != a.end]
    if len(gaps) < 3:
        return 0.0
    return 0.55 * sorted(gaps)[len(gaps) // 2]


def _word_gap(words: list[Word]) -> float:
    """Above this, in sizes of the type, a gap parts words although the file has no space there.

    Words that are set one by one stand .15 to .25 apart. So do the letters of a spaced heading,
    which are single letters, and no others are.
    """
    single = sum(len(w.text) == 1 for w in words)
    return 0.12 if single <= 0.4 * len(words) else 0.6


def _space(words: list[Word], i: int, narrow: float) -> str:
    """What stands between a word of a segment and the one before it."""
    before, word = words[i - 1], words[i]
    gap = word.x0 - before.x1
    follows = word.order >= before.end
    if word.glued or (follows and word.order == before.end):
        parted = gap > 0.12 * word.size and gap > _word_gap(words) * word.size
        return " " if parted else ""
    if word.text in _HYPHENS and gap < 0.12 * word.size:
        # A hyphen hung in the margin is drawn on its own; a dash has a space before it.
        return ""
    near = follows and word.order - before.end <= 2
    if not near and gap < 0.1 * min(word.size, before.size):
        return ""
    if word.space == "\u2009":
        return "\u2009"
    return "\u200a" if gap < narrow else " "


def build_segments(words: list[Word], page: int, turn: int) -> list[Segment]:
    """Segments of one direction of writing, in the order of the content stream."""
    builders: list[_Builder] = []
    current: _Builder | None = None
    for word in words:
        if current is not None and current.takes(word):
            current.add(word)
            continue
        current = _Builder(word)
        builders.append(current)
    return [b.build(page, turn) for b in _join_neighbours(builders)]


def _join_neighbours(builders: list[_Builder]) -> list[_Builder]:
    """Join pieces that stand side by side although the file draws them at different times."""
    rows: dict[int, list[_Builder]] = {}
    for builder in sorted(builders, key=lambda b: (b.x0, b.words[0].order)):
        key = round(builder.base / 3)
        for near in (key, key - 1, key + 1):
            target = next((b for b in rows.get(near, ()) if _adjoins(b, builder)), None)
            if target is not None:
                for word in builder.words:
                    target.add(word)
                break
        else:
            rows.setdefault(key, []).append(builder)
    joined = [b for row in rows.values() for b in row]
    return sorted(joined, key=lambda b: b.words[0].order)


def _adjoins(left: _Builder, right: _Builder) -> bool:
    size = max(left.size, right.size)
    gap = right.x0 - left.x1
    marker = left.marker
    if gap < (-2.0 if marker else -0.3) * size:
        return False
    if gap > (_MARKER_GAP if marker else 0.45) * size:
        return False
    if marker and abs(left.base - right.base) <= 0.45 * size:
        return True
    if abs(left.base - right.base) <= 0.12 * size:
        return True
    return left._raised(right.words[0], size) and len(right.words) == 1
