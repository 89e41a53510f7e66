"""Words and ruling lines of a PDF page through pdfium, fast.

One call for the page's text, then a few questions per *word* rather than twenty values per
character: the text object of its first and last character (size, font and direction come
with the object and are asked for once) and two boxes. That is where the speed comes from.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as raw

from stratlint.documents.pdf.drawn import (
    DOUBTFUL,
    SMALLEST,
    Collector,
    actual_text,
    bounds_of,
)
from stratlint.documents.pdf.extras import PageNote
from stratlint.documents.pdf.questions import address, ask, char_box, fast, text_object
from stratlint.documents.pdf.typed import notes_on, typed_on
from stratlint.documents.pdf.words import FULL, Font, Frame, RawPage, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stratlint.documents.pdf.drawn import Drawn
    from stratlint.records import BBox

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character beyond U+FFFF."""
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_BOLD = re.compile(r"bold|black|heavy|semi|demi", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|kursiv", re.IGNORECASE)
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u2011": "-"})


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_font_name = fast(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t
)
_font_weight = fast(raw.FPDFFont_GetWeight, _INT, _POINTER)
_font_flags = fast(raw.FPDFFont_GetFlags, _INT, _POINTER)
_SLANT = 12.0
"""Degrees off the quarter turns from which text is slanted. Scans lean by up to three, charts'
labels and watermarks by thirty and more."""


class PdfiumPages:
    """The pages of one open pdfium document, one at a time.

    ``layers`` are the names of those that are off; ``other`` is another reader, asked for pages
    of which pdfium does not know the letters. ``notes`` are comments of the pages read so far.
    """

    name = "pdfium"

    def __init__(
        self,
        document: pypdfium2.PdfDocument,
        layers: frozenset[str] = frozenset(),
        other: Callable[[int, str], RawPage] | None = None,
    ) -> None:
        self._document = document
        self._collector = Collector(layers)
        self._other = other
        self.notes: list[PageNote] = []

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int, label: str) -> RawPage:
        """Words, rules and counts of one page; the page is closed again at once."""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            return RawPage(index, label, 0.0, 0.0, broken=True)
        try:
            frame = Frame(page)
            self.notes += notes_on(page, index, frame)
            typed = typed_on(page, frame)
            if typed is not None and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 1:
                # What fields and typed annotations show is now part of the page.
                page.close()
                page = self._document[index]
                frame = Frame(page)
            result = RawPage(index, label, frame.width, frame.height)
            drawn = self._collector.collect(page, frame)
            textpage = page.get_textpage()
            try:
                words = _Words(textpage, frame, result)
                words.collect()
                words.add_actual_texts(drawn)
            finally:
                textpage.close()
            self._set_apart(page, frame, words, drawn)
            self._ask_other(result)
            if 0 < result.characters < _FEW and result.images >= _FILLS:
                # The title of a cover is large; looking at its picture would take time.
                sizes = [word.size for word in result.words]
                result.scan = max(sizes, default=0.0) < _TITLE and _is_paper(page)
            if typed is not None:
                result.words += typed.words
                result.fields = typed.boxes
        finally:
            page.close()
        return result

    def _ask_other(self, result: RawPage) -> None:
        """Take the words of another reader where that knows more of the letters."""
        if self._other is None or not result.is_unmapped:
            return
        try:
            page = self._other(result.index, result.label)
        except Exception:
            # Another parser may fail on what this one reads, in ways of its own.
            return
        if page.characters and not page.is_unmapped:
            result.words, result.hidden = page.words, {}
            result.characters, result.unmapped = page.characters, page.unmapped

    def _set_apart(
        self, page: pypdfium2.PdfPage, frame: Frame, words: _Words, drawn: Drawn
    ) -> None:
        """Take out of a page's words what nobody can see and what is no running text."""
        result = words.result
        area = (result.width * result.height) or 1.0
        for picture in drawn.pictures:
            x0, top, x1, bottom = picture.box
            result.images += max(0.0, (x1 - x0) * (bottom - top)) / area
        result.rules, result.shapes = drawn.rules, drawn.lines_of_shapes
        hidden = self._collector.hidden(result, words.owners, drawn)
        doubtful = [i for i, reason in hidden.items() if reason in DOUBTFUL]
        if doubtful:
            for i in _with_ink(page, [result.words[i] for i in doubtful], doubtful):
                del hidden[i]
        aside = words.slanted | _outside_trim(page, frame, result.words)
        if len(aside) > len(result.words) / 2:
            aside = set()
        if not hidden and not aside:
            return
        shown: list[Word] = []
        for i, word in enumerate(result.words):
            if i in hidden:
                result.hidden.setdefault(hidden[i], []).append(word)
            elif i in aside:
                result.aside.append(word)
            else:
                shown.append(word)
        result.words = shown


def _with_ink(page: pypdfium2.PdfPage, words: Sequence[Word], indexes: Sequence[int]) -> list[int]:
    """Indexes of those words at whose place the drawn page shows anything.

    A pattern has no colour of its own, and a picture may be painted through letters.
    """
    scale = min(2.0, _LARGEST / max(page.get_width(), page.get_height(), 1))
    rows = _rows(page, scale)
    found = []
    for index, word in zip(indexes, words, strict=True):
        high, low = max(0, int(word.top * scale)), max(0, int(word.bottom * scale)) + 1
        left, right = max(0, int(word.x0 * scale)), max(0, int(word.x1 * scale)) + 1
        part = b"".join([row[left:right] for row in rows[high:low]])
        if part and max(part) - min(part) > _INK:
            found.append(index)
    return found


def _rows(page: pypdfium2.PdfPage, scale: float) -> list[bytes]:
    """The rows of a page that is drawn in grey, a byte for each dot."""
    bitmap = page.render(scale=scale, grayscale=True)
    dots = bytes(bitmap.buffer)
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    return [dots[start : start + bitmap.width] for start in starts]


def _is_paper(page: pypdfium2.PdfPage) -> bool:
    """Whether what a page shows is light with dark marks all over, as scanned print is.

    Asked of pages that a picture fills and that have a line or two of text: a cover with a
    photograph has them too.
    """
    rows = _rows(page, _LOOK / max(page.get_width(), page.get_height(), 1))
    looked = [row.translate(_SHADES) for row in rows]
    light = sum(row.count(b"l") for row in looked) / sum(map(len, looked))
    marked = sum(row.count(b"d") > 3 for row in looked) / len(looked)
    return light > 0.6 and marked > 0.25


_SHADES = b"d" * 150 + b"-" * 41 + b"l" * 65
"""Grey levels that are dark and light, as a byte each."""
_FEW = 200
"""Characters of a page that may be no more than a typed line or a stamp on a scan."""
_LARGEST = 1600
"""Dots of the longer side of a page that is drawn to see whether a word is there."""
_INK = 12
"""Grey levels, of 255, between letters and their ground that the eye can see."""
_TITLE = 18.0
"""Points of type that nobody uses on a scan, but for covers."""
_FILLS = 0.6
"""Share of the page that the picture of a scan covers."""
_LOOK = 300
"""Dots of the longer side at which a page is looked at: lines of print are still dark."""


def _outside_trim(page: pypdfium2.PdfPage, frame: Frame, words: Sequence[Word]) -> set[int]:
    """Indexes of the words between the edge of the trimmed page and that of the sheet."""
    left, bottom, right, top = page.get_trimbox()
    x0, y0, x1, y1 = frame.box(left, bottom, right, top)
    if x0 <= 1 and y0 <= 1 and x1 >= frame.width - 1 and y1 >= frame.height - 1:
        return set()
    return {
        i
        for i, w in enumerate(words)
        if not (x0 <= (w.x0 + w.x1) / 2 <= x1 and y0 <= (w.top + w.bottom) / 2 <= y1)
    }


_SAMPLE = 64
"""Characters of a page that are asked whether they have a Unicode value."""


class _Words:
    """Collects the words of one text page."""

    def __init__(
        self,
        textpage: pypdfium2.PdfTextPage,
        frame: Frame,
        result: RawPage,
    ) -> None:
        self._page = textpage.raw
        self.handle = address(textpage.raw)
        self.count = raw.FPDFText_CountChars(textpage.raw)
        self.frame = frame
        # Per page: pdfium frees fonts with their page and uses their addresses again.
        self.fonts: dict[int, Font] = {}
        self.result = result
        self.objects: dict[int, tuple[float, Font, int, float, bool]] = {}
        self.owners: list[int] = []
        self.slanted: set[int] = set()

    def _text(self) -> str:
        """The page's characters, one for each index of pdfium."""
        if self.count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = raw.FPDFText_GetText(self._page, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        if written - 1 == self.count:
            # A character beyond U+FFFF takes two of pdfium's indexes: its halves stay apart
            # until the word is cut out, so that the indexes of all others hold.
            return "".join(map(chr, buffer[: self.count]))
        # Characters without Unicode shift pdfium's two counts.
        values = (raw.FPDFText_GetUnicode(self._page, i) for i in range(self.count))
        return "".join(chr(v) if 0 < v < 0x110000 else "\ufffd" for v in values)

    def collect(self) -> None:
        """Fill ``result.words``."""
        if self.count > FULL:
            self.result.characters, self.result.overfull = self.count, True
            return
        text = self._text().translate(_HYPHENS)
        found, self.result.characters = ask.pieces(self.handle, text)
        frame, objects, words, owners = self.frame, self.objects, self.result.words, self.owners
        shift, height = frame.left, frame.top
        whole = text.isascii() or not _HALF.search(text)
        for piece, left, top, right, bottom, obj, start, end, glued, space in found:
            known = objects.get(obj)
            if known is None:
                known = objects[obj] = self._describe(start, obj)
            if left is None:
                continue
            size, font, turn, base, slanted = known
            if turn or frame.rotation:
                x0, y0, x1, y1 = self._turned_box(left, top, right, bottom, start, end)
            else:
                x0, x1, y0, y1 = left - shift, right - shift, height - top, height - bottom
            if not whole and _HALF.search(piece):
                piece = piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            if slanted:
                self.slanted.add(len(owners))
            words.append(
                Word(piece, x0, x1, y0, y1, base, size, font, start, end, glued, space, turn)
            )
            owners.append(obj)
        self._count_unmapped(text)

    def _turned_box(
        self, left: float, top: float, right: float, bottom: float, start: int, end: int
    ) -> BBox:
        """As shown, the box around the first and the last character of text that runs aside."""
        last = char_box(self.handle, end - 1) if end - start > 1 else None
        if last is not None:
            bottom, top = min(bottom, last[3]), max(top, last[1])
        if self.frame.rotation:
            return self.frame.box(left, bottom, right, top)
        frame = self.frame
        return left - frame.left, frame.top - top, right - frame.left, frame.top - bottom

    def add_actual_texts(self, drawn: Drawn) -> None:
        """Add what glyphs without letters are said to show, between the words around them."""
        words, owners = self.result.words, self.owners
        if not words or self.frame.rotation:
            return
        known = self.objects
        silent = [
            (obj, text)
            for obj in drawn.marked
            if obj not in known and (text := _printed(actual_text(obj)))
        ]
        if not silent:
            return
        ends = {obj: i for i, obj in enumerate(owners)}
        order = sorted(ends, key=lambda obj: drawn.texts.get(obj, 0))
        places = [drawn.texts.get(obj, 0) for obj in order]
        added: list[tuple[int, Word, int]] = []
        for obj, text in silent:
            box = bounds_of(obj)
            at = bisect_left(places, drawn.texts[obj]) - 1
            if box is None or at < 0:
                continue
            index = ends[order[at]] + 1
            before, after = words[index - 1], words[index] if index < len(words) else None
            apart, parted = self._spaces(before, after, owners, index)
            x0, top, x1, bottom = self.frame.box(*box)
            start = before.end + apart
            word = Word(
                text, x0, x1, top, bottom, before.base, before.size, before.font,
                start, start, not apart, " ", before.turn,
            )  # fmt: skip
            if after is not None and not parted and abs(after.base - word.base) < 1:
                after.glued = True
            added.append((index, word, obj))
        for index, word, obj in reversed(added):
            words.insert(index, word)
            owners.insert(index, obj)
            self.slanted = {i + (i >= index) for i in self.slanted}

    def _spaces(
        self, before: Word, after: Word | None, owners: Sequence[int], index: int
    ) -> tuple[bool, bool]:
        """Whether a space ends the text before a place, and whether one opens the text after."""
        gap = range(before.end, after.order if after is not None else before.end + 1)
        spaces = {text_object(self.handle, i) for i in gap}
        return owners[index - 1] in spaces, after is None or owners[index] in spaces

    def _describe(self, index: int, obj: int) -> tuple[float, Font, int, float, bool]:
        """Size in points, font, direction, baseline of a text object, and whether it is slanted.

        The direction is in quarter turns. A size below nought turns the type over once more.
        """
        size, matrix, x, y, pointer = ask.look_of(self.handle, index, obj)
        turn, slanted = 0, False
        if matrix is not None:
            a, b, c, d, _, _ = matrix
            if b == 0 == c and a > 0 and d > 0 and size > 0 and self.frame.rotation == 0:
                size *= d
            else:
                size *= math.hypot(c, d) or math.hypot(a, b)
                flip = -1 if size < 0 else 1
                angle = math.degrees(math.atan2(-b * flip, a * flip)) + self.frame.rotation
                turn = round(angle / 90) % 4
                slanted = abs(angle - 90 * round(angle / 90)) > _SLANT
        size = abs(size)
        if size < SMALLEST and (box := char_box(self.handle, index)) is not None:
            # Fonts drawn by commands (Type 3) have a scale of their own: their boxes tell.
            high = abs(box[1] - box[3])
            if high > 2.2 * size:
                size = 0.8 * high
        x, y = self.frame.point(x, y)
        base = y if turn in (0, 2) else x
        return size or 1.0, self._font(pointer), turn, base, slanted

    def _font(self, pointer: int) -> Font:
        font = self.fonts.get(pointer)
        if font is None:
            name, weight, flags = "", 0, 0
            if pointer:
                buffer = ctypes.create_string_buffer(256)
                _font_name(pointer, buffer, 256)
                name = buffer.value.decode("utf-8", "replace")
                weight, flags = _font_weight(pointer), _font_flags(pointer)
            bold = weight >= 600 or bool(_BOLD.search(name)) or bool(flags & 0x40000)
            italic = bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & 0x40))
            font = self.fonts[pointer] = Font(name, bold, italic)
        return font

    def _count_unmapped(self, text: str) -> None:
        """How many characters have no Unicode value; asked of a sample on long pages."""
        strange = 0 if text.isascii() else len(_UNKNOWN.findall(text))
        step = max(1, self.count // _SAMPLE)
        errors = ask.errors_of(self.handle, self.count, step)
        self.result.unmapped = max(strange, errors * step)


def _printed(text: str) -> str:
    """A text without what leaves no ink: tabs and soft hyphens are said to be shown, too."""
    kept = "".join(c if c.isprintable() else " " for c in text if c != "\xad")
    return " ".join(kept.split())
