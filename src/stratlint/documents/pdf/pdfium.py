"""Words and ruling lines of a PDF page through pdfium, fast.

One call for the page's text, then a few calls per *word* rather than twenty values per
character: the text object of its first and last character (size, font and direction come
with the object and are asked for once) and two boxes. That is where the speed comes from.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from stratlint.documents.pdf.words import FULL, Font, RawPage, Rule, Word

if TYPE_CHECKING:
    import pypdfium2

_TOKEN = re.compile(r"[^\s\u200b\ufeff\x00-\x01\x03-\x1f]+")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character beyond U+FFFF."""
_MAX_PATHS = 4000
_BOLD = re.compile(r"bold|black|heavy|semi|demi", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|kursiv", re.IGNORECASE)
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u2011": "-"})


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function with plain pointers, which ctypes passes at half the cost."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_POINTER, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_text_object = _fast(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_loose_box = _fast(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_char_box = _fast(
    raw.FPDFText_GetCharBox, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)
_origin = _fast(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_matrix = _fast(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_font_size = _fast(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_object_font = _fast(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_font_name = _fast(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t
)
_font_weight = _fast(raw.FPDFFont_GetWeight, _INT, _POINTER)
_font_flags = _fast(raw.FPDFFont_GetFlags, _INT, _POINTER)
_unicode_error = _fast(raw.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
_count_objects = _fast(raw.FPDFPage_CountObjects, _INT, _POINTER)
_get_object = _fast(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_object_type = _fast(raw.FPDFPageObj_GetType, _INT, _POINTER)
_object_bounds = _fast(
    raw.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)


class _Frame:
    """From the page's user space to points from the top left of the page as shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.rotation = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        width, height = right - left, top - bottom
        swapped = self.rotation in (90, 270)
        self.width, self.height = (height, width) if swapped else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space as shown, y downwards."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of user space as ``(x0, top, x1, bottom)`` as shown."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class PdfiumPages:
    """The pages of one open pdfium document, one at a time."""

    name = "pdfium"

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int, label: str) -> RawPage:
        """Words, rules and counts of one page; the page is closed again at once."""
        page = self._document[index]
        try:
            frame = _Frame(page)
            result = RawPage(index, label, frame.width, frame.height)
            textpage = page.get_textpage()
            try:
                _Words(textpage, frame, result).collect()
            finally:
                textpage.close()
            _collect_rules(page, frame, result)
        finally:
            page.close()
        return result


class _Words:
    """Collects the words of one text page."""

    def __init__(
        self,
        textpage: pypdfium2.PdfTextPage,
        frame: _Frame,
        result: RawPage,
    ) -> None:
        self._page = textpage.raw
        self.handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self.count = raw.FPDFText_CountChars(textpage.raw)
        self.frame = frame
        # Per page: pdfium frees fonts with their page and uses their addresses again.
        self.fonts: dict[int, Font] = {}
        self.result = result
        self.objects: dict[int, tuple[float, Font, int, float]] = {}
        self.box = raw.FS_RECTF()
        self.box_ref = ctypes.byref(self.box)
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.xy = ctypes.byref(self.x), ctypes.byref(self.y)
        self.matrix = raw.FS_MATRIX()

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
        result, previous_end = self.result, 0
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            result.characters += end - start
            space = _gap_before(text, previous_end, start)
            first = _text_object(self.handle, start)
            if first is not None and first == _text_object(self.handle, end - 1):
                self._add(text[start:end], start, end, first, space, False)
            else:
                self._pieces(text, start, end, space)
            previous_end = end
        self._count_unmapped(text)

    def _pieces(self, text: str, start: int, end: int, space: str) -> None:
        """A token that several text objects share, piece by piece."""
        handle, begin, glued = self.handle, start, False
        current = _text_object(handle, start)
        for i in range(start + 1, end + 1):
            following = _text_object(handle, i) if i < end else -1
            if following is None:
                following = current
            if following != current:
                if current is not None:
                    self._add(text[begin:i], begin, i, current, space, glued)
                    glued = True
                begin, current = i, following

    def _add(self, text: str, start: int, end: int, obj: int, space: str, glued: bool) -> None:
        known = self.objects.get(obj)
        if known is None:
            known = self.objects[obj] = self._describe(start, obj)
        size, font, turn, base = known
        handle, box, ref, frame = self.handle, self.box, self.box_ref, self.frame
        if not _loose_box(handle, start, ref):
            return
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if end - start > 1 and _loose_box(handle, end - 1, ref):
            if turn == 0 and frame.rotation == 0:
                right = box.right
            else:
                left, right = min(left, box.left), max(right, box.right)
                bottom, top = min(bottom, box.bottom), max(top, box.top)
        if frame.rotation == 0:
            x0, y0, x1, y1 = (
                left - frame.left,
                frame.top - top,
                right - frame.left,
                frame.top - bottom,
            )
        else:
            x0, y0, x1, y1 = frame.box(left, bottom, right, top)
        if not text.isascii() and _HALF.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        word = Word(text, x0, x1, y0, y1, base, size, font, start, end, glued, space, turn)
        self.result.words.append(word)

    def _describe(self, index: int, obj: int) -> tuple[float, Font, int, float]:
        """Size in points, font, direction (quarter turns) and baseline of a text object."""
        size = float(_font_size(self.handle, index))
        matrix = self.matrix
        turn = 0
        if _matrix(self.handle, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
            angle = math.degrees(math.atan2(-matrix.b, matrix.a)) + self.frame.rotation
            turn = round(angle / 90) % 4
        _origin(self.handle, index, *self.xy)
        x, y = self.frame.point(self.x.value, self.y.value)
        base = y if turn in (0, 2) else x
        return abs(size) or 1.0, self._font(_object_font(obj)), turn, base

    def _font(self, pointer: int | None) -> Font:
        key = pointer or 0
        font = self.fonts.get(key)
        if font is None:
            name, weight, flags = "", 0, 0
            if pointer:
                buffer = ctypes.create_string_buffer(256)
                _font_name(pointer, buffer, 256)
                name = buffer.value.decode("utf-8", "replace")
                weight, flags = _font_weight(pointer), _font_flags(pointer)
            bold = weight >= 600 or bool(_BOLD.search(name)) or bool(flags & 0x40000)
            italic = bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & 0x40))
            font = self.fonts[key] = Font(name, bold, italic)
        return font

    def _count_unmapped(self, text: str) -> None:
        """How many characters have no Unicode value; asked of a sample on long pages."""
        strange = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
        step = max(1, self.count // 200)
        sample = range(0, self.count, step)
        errors = sum(1 for i in sample if _unicode_error(self.handle, i) == 1)
        self.result.unmapped = max(strange, errors * step)


def _gap_before(text: str, previous_end: int, start: int) -> str:
    """The white space that pdfium saw between two tokens, as one character."""
    gap = text[previous_end:start]
    if gap == " ":
        return gap
    if "\n" in gap or "\r" in gap:
        return "\n"
    if gap == "\u2009" or gap == "\u200a":
        return "\u2009"
    return " "


def _collect_rules(page: pypdfium2.PdfPage, frame: _Frame, result: RawPage) -> None:
    """Ruling lines and boxes, and how much of the page pictures cover."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    count = min(_count_objects(handle), 20000)
    values = tuple(ctypes.c_float() for _ in range(4))
    refs = tuple(ctypes.byref(v) for v in values)
    area = (frame.width * frame.height) or 1.0
    for i in range(count):
        obj = _get_object(handle, i)
        kind = _object_type(obj)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        if not _object_bounds(obj, *refs):
            continue
        x0, top, x1, bottom = frame.box(*(v.value for v in values))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            result.images += max(0.0, (x1 - x0) * (bottom - top)) / area
        elif len(result.rules) < _MAX_PATHS:
            result.rules.append(Rule(x0, x1, top, bottom))
