"""What is drawn on a page, in the order of drawing, and which of its words nobody can see.

A word is seen unless it is drawn invisibly, in the colour of what lies under it, smaller than
anybody reads, beyond the page's edge, under a shape that is drawn later, or on a layer that is
off. Pictures never hide a word: scanned pages have their text under or over the picture of it.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import msgspec
import pypdfium2.raw as raw

from stratlint.documents.pdf.questions import address, ask, fast
from stratlint.documents.pdf.words import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2

    from stratlint.documents.pdf.questions import Child
    from stratlint.documents.pdf.words import RawPage, Word
    from stratlint.records import BBox


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_object_bounds = fast(
    raw.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_segment_point = fast(raw.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
_clip_path = fast(raw.FPDFPageObj_GetClipPath, _POINTER, _POINTER)
_clip_paths = fast(raw.FPDFClipPath_CountPaths, _INT, _POINTER)
_clip_segments = fast(raw.FPDFClipPath_CountPathSegments, _INT, _POINTER, _INT)
_clip_segment = fast(raw.FPDFClipPath_GetPathSegment, _POINTER, _POINTER, _INT, _INT)
_count_marks = fast(raw.FPDFPageObj_CountMarks, _INT, _POINTER)
_get_mark = fast(raw.FPDFPageObj_GetMark, _POINTER, _POINTER, ctypes.c_ulong)
_mark_string = fast(
    raw.FPDFPageObjMark_GetParamStringValue,
    _INT, _POINTER, ctypes.c_char_p, _POINTER, ctypes.c_ulong, _POINTER,
)  # fmt: skip

_string, _length = ctypes.create_string_buffer(512), ctypes.c_ulong()
_string_length = ctypes.addressof(_length)

_MOST_OBJECTS = 20_000
_MOST_RULES = 4000
_MOST_FILLS = 3000
_DEEPEST = 8
"""Forms within forms that are looked into."""
_ALIKE = 12
"""Difference of a colour's parts, of 255, that the eye cannot see on paper. Pale grey type on
white (#EEEEEE) is 17 away and can just be seen."""
_CLEAR = 13
"""Opacity, of 255, below which nothing can be seen."""
SMALLEST = 2.0
"""Points of type below which nobody reads."""
_LAYER = 20.0
"""Height of the strips in which shapes are looked up."""
_GLYPH = (0.5, 40.0, 3.0, 40.0)
"""Least and greatest width and height of a letter that is drawn as a shape."""
_ROW_OF_GLYPHS = 15
"""Shapes on one baseline that make a line of outlined letters: a third of a column's line."""
_WIDTHS = 5
"""Different widths, in half points, of the letters of a line."""

Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]

REASONS = {
    "invisible": "drawn invisibly",
    "clip": "drawn invisibly",
    "colour": "in the colour of the paper under it",
    "transparent": "fully transparent",
    "small": f"in type under {SMALLEST:.0f} points",
    "outside": "outside the page's edge",
    "covered": "covered by a shape",
    "layer": "on a layer that is switched off",
}
DOUBTFUL = frozenset({"colour", "clip"})
"""Reasons that hold only where the drawn page shows nothing at the word's place."""


class Fill(msgspec.Struct, gc=False):
    """A filled shape or a picture; its colour is None where it has more than one."""

    place: int
    box: BBox
    colour: Colour | None
    covers: bool = False

    def holds(self, word: Word) -> bool:
        """Whether a word stands on it with its middle and most of its width."""
        x0, top, x1, bottom = self.box
        if not top <= (word.top + word.bottom) / 2 <= bottom:
            return False
        left, right = word.x0, word.x1
        across = min(right, x1) - max(left, x0)
        return across >= 0 and across >= 0.8 * (right - left)


class Drawn(msgspec.Struct):
    """The objects of a page.

    ``texts`` gives each text object's place in the order of drawing, ``marked`` are those within
    marked content, ``off`` those on layers that are off, ``glyphs`` the widths of shapes that may
    be letters by their baselines, ``alike`` the fills of the colour of a text, ``strips`` all
    fills by the strips that they reach into.
    """

    rules: list[Rule] = msgspec.field(default_factory=list)
    fills: list[Fill] = msgspec.field(default_factory=list)
    pictures: list[Fill] = msgspec.field(default_factory=list)
    texts: dict[int, int] = msgspec.field(default_factory=dict)
    marked: list[int] = msgspec.field(default_factory=list)
    off: set[int] = msgspec.field(default_factory=set)
    glyphs: dict[int, list[int]] = msgspec.field(default_factory=dict)
    alike: dict[Colour, list[Fill]] = msgspec.field(default_factory=dict)
    strips: dict[int, list[Fill]] | None = None

    @property
    def lines_of_shapes(self) -> int:
        """How many lines of letters are drawn as shapes: rows of dots are all of one width."""
        return sum(
            1
            for widths in self.glyphs.values()
            if len(widths) >= _ROW_OF_GLYPHS and len(set(widths)) >= _WIDTHS
        )


class Collector:
    """Collects what is drawn on pages; ``layers`` are the names of those that are off."""

    def __init__(self, layers: frozenset[str]) -> None:
        self.layers = layers
        self.x, self.y = ctypes.c_float(), ctypes.c_float()
        self.xy = ctypes.byref(self.x), ctypes.byref(self.y)

    def collect(self, page: pypdfium2.PdfPage, frame: Any) -> Drawn:
        """Everything that a page draws."""
        drawn = Drawn()
        self.frame = frame
        self.place = 0
        self._visit(ask.children(address(page.raw), False, _MOST_OBJECTS), drawn, None, 0, False)
        return drawn

    def _visit(
        self, objects: Sequence[Child], drawn: Drawn, matrix: Matrix | None, depth: int, off: bool
    ) -> None:
        layers, texts, marked = self.layers, drawn.texts, drawn.marked
        for obj, kind, asked in objects:
            self.place += 1
            if self.place > _MOST_OBJECTS:
                return
            hidden = off or (bool(layers) and self._is_off(obj))
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                texts[obj] = self.place
                if asked > 0:
                    marked.append(obj)
                if hidden:
                    drawn.off.add(obj)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                if depth < _DEEPEST and asked is not None:
                    inner = asked if matrix is None else _product(asked, matrix)
                    inside = ask.children(obj, True, _MOST_OBJECTS - self.place)
                    self._visit(inside, drawn, inner, depth + 1, hidden)
            elif not hidden and asked is not None:
                box = self.frame.box(*(asked if matrix is None else _moved(asked, matrix)))
                self._shape(obj, kind, box, drawn, matrix)

    def _shape(self, obj: int, kind: int, box: BBox, drawn: Drawn, matrix: Matrix | None) -> None:
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(Fill(self.place, box, None))
            drawn.fills.append(drawn.pictures[-1])
            return
        if kind != raw.FPDF_PAGEOBJ_PATH:
            drawn.fills.append(Fill(self.place, box, None))
            return
        if matrix is None and len(drawn.rules) < _MOST_RULES:
            drawn.rules.append(Rule(x0, x1, top, bottom))
        low, wide, short, high = _GLYPH
        if low <= width <= wide and short <= height <= high:
            drawn.glyphs.setdefault(round(bottom / 2), []).append(round(2 * width))
        if width < 4 or height < 4 or len(drawn.fills) >= _MOST_FILLS:
            return
        path = ask.path_of(obj)
        if path is None:
            return
        filled, line, colour, points, transparent = path
        if not filled:
            if line >= 4:
                drawn.fills.append(Fill(self.place, box, None))  # a bar drawn as a wide line
            return
        if colour is not None and colour[3] < _CLEAR:
            return
        if colour is None or transparent or not _is_box(points):
            drawn.fills.append(Fill(self.place, box, None))
            return
        clipped = self._clipped(obj, box, matrix)
        if clipped is not None:
            r, g, b, _ = colour
            drawn.fills.append(Fill(self.place, clipped, (r, g, b), covers=True))

    def _point(self, segment: int) -> tuple[float, float]:
        _segment_point(segment, *self.xy)
        return self.x.value, self.y.value

    def _clipped(self, obj: int, box: BBox, matrix: Matrix | None) -> BBox | None:
        """What is left of a box within the object's clipping paths; None for nothing."""
        clip = _clip_path(obj)
        count = _clip_paths(clip) if clip else 0
        for i in range(max(0, min(count, 20))):
            size = _clip_segments(clip, i)
            if not 3 <= size <= 200:
                return None
            points = [self._point(_clip_segment(clip, i, j)) for j in range(size)]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            bounds = (min(xs), min(ys), max(xs), max(ys))
            if matrix is not None:
                bounds = _moved(bounds, matrix)
            x0, top, x1, bottom = self.frame.box(*bounds)
            box = max(box[0], x0), max(box[1], top), min(box[2], x1), min(box[3], bottom)
            if box[0] >= box[2] or box[1] >= box[3]:
                return None
        return box

    def _is_off(self, obj: int) -> bool:
        """Whether an object stands on a layer that is off."""
        marks = (_get_mark(obj, i) for i in range(_count_marks(obj)))
        return any(mark_string(mark, b"Name") in self.layers for mark in marks)

    def hidden(self, page: RawPage, owners: Sequence[int], drawn: Drawn) -> dict[int, str]:
        """Indexes of the words of a page that cannot be seen, and why."""
        looks: dict[int, _Look | None] = {}
        covers = [f for f in drawn.fills if f.covers]
        strips = _strips(covers)
        last = max((f.place for f in covers), default=0)
        right, foot = page.width + 1, page.height + 1
        found: dict[int, str] = {}
        for index, (word, obj) in enumerate(zip(page.words, owners, strict=True)):
            if obj not in looks:
                made = self._look(obj, drawn)
                plain = not (made.reason or made.may_blend or made.place < last)
                looks[obj] = None if plain and word.size >= SMALLEST else made
            look = looks[obj]
            if (
                look is None
                and word.x0 >= 0
                and word.x1 <= right
                and word.top >= 0
                and word.bottom <= foot
            ):
                continue
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            if not (-1 <= x <= right and -1 <= y <= foot):
                found[index] = "outside"
            elif look is None:
                continue
            elif look.reason:
                # The text layer of a scanned page: the picture shows the words.
                if look.reason != "invisible" or not any(f.holds(word) for f in drawn.pictures):
                    found[index] = look.reason
            elif word.size < SMALLEST:
                found[index] = "small"
            elif look.may_blend and _blends(word, look, drawn):
                found[index] = "colour"
            elif 0 < look.place < last and _is_covered(word, look.place, strips):
                found[index] = "covered"
        return found

    def _look(self, obj: int, drawn: Drawn) -> _Look:
        """What a text object looks like, as far as that hides its words."""
        place = drawn.texts.get(obj, 0)
        if obj in drawn.off:
            return _Look("layer", place)
        mode, colour = ask.ink_of(obj)
        if mode in (3, 7):
            return _Look("invisible" if mode == 3 else "clip", place)
        if colour is None:
            return _Look("", place)
        r, g, b, a = colour
        if a < _CLEAR:
            return _Look("transparent", place)
        ink = r, g, b
        white = min(ink) >= 255 - _ALIKE
        alike = drawn.alike.get(ink)
        if alike is None:
            alike = [f for f in drawn.fills if f.colour is not None and _alike(f.colour, ink)]
            drawn.alike[ink] = alike
        return _Look("", place, ink, white, alike if place else [])


class _Look(msgspec.Struct):
    """Why nothing of a text object can be seen, if so; else its colour and the fills of that."""

    reason: str
    place: int
    ink: Colour = (0, 0, 0)
    white: bool = False
    alike: list[Fill] = msgspec.field(default_factory=list)

    @property
    def may_blend(self) -> bool:
        """Whether it has the colour of the paper or of anything on it."""
        return self.place > 0 and (self.white or bool(self.alike))


def _blends(word: Word, look: _Look, drawn: Drawn) -> bool:
    """Whether a word has the colour of what lies under it; the paper is white."""
    if not look.white and not any(f.place < look.place and f.holds(word) for f in look.alike):
        return False
    if drawn.strips is None:
        drawn.strips = _strips(drawn.fills)
    middle = (word.top + word.bottom) / 2
    near = drawn.strips.get(int(middle // _LAYER), ())
    under = [f for f in near if f.place < look.place and f.holds(word)]
    if not under:
        return look.white
    ground = max(under, key=lambda f: f.place).colour
    # A word that only touches a shape may stand out from what lies beside that.
    return ground is not None and _alike(ground, look.ink)


def _is_box(points: Sequence[float]) -> bool:
    """Whether the points of a path, x and y in turn, are those of an upright rectangle."""
    if not points:
        return False
    xs, ys = set(points[::2]), set(points[1::2])
    if len(xs) > 2 or len(ys) > 2:
        xs, ys = {round(x, 1) for x in xs}, {round(y, 1) for y in ys}
    return len(xs) <= 2 and len(ys) <= 2


def _alike(a: Colour, b: Colour) -> bool:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[2] - b[2])) <= _ALIKE


def _strips(fills: Sequence[Fill]) -> dict[int, list[Fill]]:
    """Shapes by the strips of the page that they reach into."""
    strips: dict[int, list[Fill]] = {}
    for fill in fills:
        low, high = max(fill.box[1], -1e4), min(fill.box[3], 1e5)
        for strip in range(int(low // _LAYER), int(high // _LAYER) + 1):
            strips.setdefault(strip, []).append(fill)
    return strips


def _is_covered(word: Word, place: int, covers: dict[int, list[Fill]]) -> bool:
    middle = (word.top + word.bottom) / 2
    return any(f.place > place and f.holds(word) for f in covers.get(int(middle // _LAYER), ()))


def mark_string(mark: int, key: bytes) -> str:
    """A string of the properties of marked content; empty without it."""
    if not _mark_string(mark, key, _string, 512, _string_length) or not 2 < _length.value <= 512:
        return ""
    return _string.raw[: _length.value - 2].decode("utf-16-le", "replace")


def actual_text(obj: int) -> str:
    """What a text object without letters says that it shows (/ActualText)."""
    count = _count_marks(obj)
    if count <= 0:
        return ""
    marks = [_get_mark(obj, i) for i in range(count)]
    return next(filter(None, (mark_string(mark, b"ActualText") for mark in reversed(marks))), "")


def bounds_of(obj: int) -> BBox | None:
    """Left, bottom, right and top of an object in the space in which it is drawn."""
    values = tuple(ctypes.c_float() for _ in range(4))
    if not _object_bounds(obj, *(ctypes.byref(v) for v in values)):
        return None
    left, bottom, right, top = (v.value for v in values)
    return left, bottom, right, top


def _product(a: Matrix, b: Matrix) -> Matrix:
    """The matrix that applies ``a``, then ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _moved(box: BBox, m: Matrix) -> BBox:
    """The box around a box that a matrix has moved."""
    left, bottom, right, top = box
    if m[1] == 0 == m[2]:
        x0, x1 = m[0] * left + m[4], m[0] * right + m[4]
        y0, y1 = m[3] * bottom + m[5], m[3] * top + m[5]
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    xs = [m[0] * x + m[2] * y + m[4] for x in (left, right) for y in (bottom, top)]
    ys = [m[1] * x + m[3] * y + m[5] for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)
