"""Questions to pdfium, many at a time: the one place that asks about each word and each shape.

A call through ctypes costs more than the answer. The same functions are therefore compiled too,
where the package was built with a C compiler (``_questions.c``); both give equal answers, and
``STRATLINT_PURE=1`` takes those of this module. Handles of pdfium are plain addresses here.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from typing import Any, Protocol, cast

import pypdfium2.raw as raw

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of characters; left, bottom, right and top of shapes."""
Piece = tuple[str, float | None, float, float, float, int, int, int, bool, str]
"""A word's text, box (its left is None where pdfium knows none), text object, place of its first
character and of the one after its last, whether it continues the piece before, and the white
space before it."""
Look = tuple[float, tuple[float, ...] | None, float, float, int]
"""Size, matrix, origin and font of a text object."""
Child = tuple[int, int, Any]
"""An object, its kind, and what is asked of that kind: a text's number of marks, a form's
matrix, any other's bounds (None without them)."""
Path = tuple[bool, float, tuple[int, ...] | None, tuple[float, ...], bool]
"""Whether a path is filled, the width of its line if it is drawn with one only, its fill's
colour, and, of one that is opaque, its points (few enough for a box) and transparency."""

TOKEN = re.compile(r"[^\s\u200b\ufeff\x00-\x01\x03-\x1f]+")


def fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function with plain pointers, which ctypes passes at half the cost."""
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))


def address(function: Any) -> int:
    """Where a C function stands."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_FOUR = (_POINTER,) * 4
_text_object = fast(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_loose_box = fast(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_origin = fast(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_matrix = fast(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_font_size = fast(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_object_font = fast(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_unicode_error = fast(raw.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
_count_objects = fast(raw.FPDFPage_CountObjects, _INT, _POINTER)
_get_object = fast(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_count_inner = fast(raw.FPDFFormObj_CountObjects, _INT, _POINTER)
_get_inner = fast(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_object_type = fast(raw.FPDFPageObj_GetType, _INT, _POINTER)
_object_bounds = fast(raw.FPDFPageObj_GetBounds, _INT, _POINTER, *_FOUR)
_object_matrix = fast(raw.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_count_marks = fast(raw.FPDFPageObj_CountMarks, _INT, _POINTER)
_fill_colour = fast(raw.FPDFPageObj_GetFillColor, _INT, _POINTER, *_FOUR)
_render_mode = fast(raw.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
_draw_mode = fast(raw.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
_count_segments = fast(raw.FPDFPath_CountSegments, _INT, _POINTER)
_get_segment = fast(raw.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
_segment_point = fast(raw.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
_has_transparency = fast(raw.FPDFPageObj_HasTransparency, _INT, _POINTER)
_stroke_width = fast(raw.FPDFPageObj_GetStrokeWidth, _INT, _POINTER, _POINTER)

# Answers are written here and read at once. Floats in one buffer: a field of a ctypes structure
# costs as much as a call.
_floats = (ctypes.c_float * 6)()
_view = memoryview(_floats).cast("B").cast("f")
_start = ctypes.addressof(_floats)
_at = [_start + 4 * i for i in range(4)]
_doubles = (ctypes.c_double * 2)()
_xy = ctypes.addressof(_doubles), ctypes.addressof(_doubles) + 8
_colours = (ctypes.c_uint * 4)()
_channels = [ctypes.addressof(_colours) + 4 * i for i in range(4)]
_modes = (ctypes.c_int * 2)()
_mode = ctypes.addressof(_modes), ctypes.addressof(_modes) + 4


def text_object(textpage: int, index: int) -> int | None:
    """The text object of a character; None for those that pdfium made up."""
    found: int | None = _text_object(textpage, index)
    return found


def char_box(textpage: int, index: int) -> Box | None:
    """The box of a character with the room that its font leaves around it."""
    if not _loose_box(textpage, index, _start):
        return None
    left, top, right, bottom, _, _ = _view.tolist()
    return left, top, right, bottom


def pieces(textpage: int, text: str) -> tuple[list[Piece], int]:
    """The words of a page's text, cut where its objects change, and their number of characters.

    A word's box reaches over its first and last character; its top and bottom are the first
    one's.
    """
    found: list[Piece] = []
    characters = previous_end = 0
    current = None

    def add(begin: int, end: int, obj: int, space: str, glued: bool) -> None:
        word = text[begin:end]
        if not _loose_box(textpage, begin, _start):
            found.append((word, None, 0.0, 0.0, 0.0, obj, begin, end, glued, space))
            return
        left, top, right, bottom, _, _ = _view.tolist()
        if end - begin > 1 and _loose_box(textpage, end - 1, _start):
            left2, _, right2, _, _, _ = _view.tolist()
            if left2 < left:
                left = left2
            if right2 > right:
                right = right2
        found.append((word, left, top, right, bottom, obj, begin, end, glued, space))

    for match in TOKEN.finditer(text):
        start, end = match.span()
        characters += end - start
        gap = text[previous_end:start]
        space = gap if gap == " " else _gap_before(gap)
        # Characters stand object by object: where the last one of a word belongs to the object
        # of the word before, so does all that lies between.
        last = _text_object(textpage, end - 1)
        if last is not None and (last == current or last == _text_object(textpage, start)):
            add(start, end, last, space, False)
        else:
            begin, glued = start, False
            obj = _text_object(textpage, start)
            for i in range(start + 1, end + 1):
                following = _text_object(textpage, i) if i < end else -1
                if following is None:
                    following = obj
                if following != obj:
                    if obj is not None:
                        add(begin, i, obj, space, glued)
                        glued = True
                    begin, obj = i, following
        current, previous_end = last, end
    return found, characters


def _gap_before(gap: str) -> str:
    """The white space that pdfium saw between two words, as one character."""
    if "\n" in gap or "\r" in gap:
        return "\n"
    return "\u2009" if gap in ("\u2009", "\u200a") else " "


def look_of(textpage: int, index: int, obj: int) -> Look:
    """Size, matrix, origin and font of the text object of a character."""
    size = _font_size(textpage, index)
    matrix = tuple(_view.tolist()) if _matrix(textpage, index, _start) else None
    _doubles[0] = _doubles[1] = 0.0
    _origin(textpage, index, *_xy)
    x, y = _doubles
    return size, matrix, x, y, _object_font(obj) or 0


def errors_of(textpage: int, count: int, step: int) -> int:
    """How many of each ``step``-th of a page's characters have no Unicode value."""
    return sum(1 for i in range(0, count, step) if _unicode_error(textpage, i) == 1)


def children(holder: int, is_form: bool, most: int) -> list[Child]:
    """The first objects of a page or of a form, in the order of drawing."""
    count, get = (_count_inner, _get_inner) if is_form else (_count_objects, _get_object)
    found: list[Child] = []
    for i in range(min(count(holder), most)):
        obj = get(holder, i) or 0
        kind = _object_type(obj)
        asked: Any
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            asked = _count_marks(obj)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            asked = tuple(_view.tolist()) if _object_matrix(obj, _start) else None
        else:
            asked = tuple(_view[:4].tolist()) if _object_bounds(obj, *_at) else None
        found.append((obj, kind, asked))
    return found


def path_of(obj: int) -> Path | None:
    """How a path is drawn; None where pdfium does not tell."""
    if not _draw_mode(obj, *_mode):
        return None
    fill, stroke = _modes
    if fill == 0:
        drawn = stroke and _stroke_width(obj, _start)
        return False, _view[0] if drawn else 0.0, None, (), False
    colour = _colour(obj)
    if colour is None or colour[3] != 255 or not 4 <= (count := _count_segments(obj)) <= 6:
        return True, 0.0, colour, (), False
    points: list[float] = []
    for i in range(count):
        known = _segment_point(_get_segment(obj, i), *_at[:2])
        points += _view[:2].tolist() if known else (0.0, 0.0)
    return True, 0.0, colour, tuple(points), bool(_has_transparency(obj))


def ink_of(obj: int) -> tuple[int, tuple[int, ...] | None]:
    """How a text object is rendered, and the colour of its letters where they are filled."""
    mode = _render_mode(obj)
    return mode, _colour(obj) if mode in (0, 4) else None


def _colour(obj: int) -> tuple[int, ...] | None:
    return tuple(_colours) if _fill_colour(obj, *_channels) else None


_FUNCTIONS = (
    "FPDFText_GetTextObject FPDFText_GetLooseCharBox FPDFText_GetCharOrigin FPDFText_GetMatrix "
    "FPDFText_GetFontSize FPDFTextObj_GetFont FPDFText_HasUnicodeMapError FPDFPage_CountObjects "
    "FPDFPage_GetObject FPDFFormObj_CountObjects FPDFFormObj_GetObject FPDFPageObj_GetType "
    "FPDFPageObj_GetBounds FPDFPageObj_GetMatrix FPDFPageObj_CountMarks FPDFPageObj_GetFillColor "
    "FPDFTextObj_GetTextRenderMode FPDFPath_GetDrawMode FPDFPath_CountSegments "
    "FPDFPath_GetPathSegment FPDFPathSegment_GetPoint FPDFPageObj_HasTransparency "
    "FPDFPageObj_GetStrokeWidth"
).split()
"""The functions of pdfium that the compiled part calls, by their addresses, in its order."""


class Asker(Protocol):
    """What this module and its compiled namesake both can be asked."""

    def pieces(self, textpage: int, text: str, /) -> tuple[list[Piece], int]: ...  # noqa: D102
    def look_of(self, textpage: int, index: int, obj: int, /) -> Look: ...  # noqa: D102
    def errors_of(self, textpage: int, count: int, step: int, /) -> int: ...  # noqa: D102
    def children(self, holder: int, is_form: bool, most: int, /) -> list[Child]: ...  # noqa: D102
    def path_of(self, obj: int, /) -> Path | None: ...  # noqa: D102
    def ink_of(self, obj: int, /) -> tuple[int, tuple[int, ...] | None]: ...  # noqa: D102


def compiled() -> Asker | None:
    """The compiled functions, None where the package was built without them."""
    try:
        from stratlint.documents.pdf import _questions
    except ImportError:
        return None
    _questions.bind([address(getattr(raw, name)) for name in _FUNCTIONS])
    return _questions


ask = (None if os.environ.get("STRATLINT_PURE") else compiled()) or cast(
    "Asker", sys.modules[__name__]
)
