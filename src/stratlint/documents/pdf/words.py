"""Words with their boxes: what every PDF reader of this room hands to the layout.

Coordinates are points from the top left corner of the page as it is shown: ``/Rotate`` and
the crop box are already applied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import pypdfium2

    from stratlint.records import BBox


class Font(msgspec.Struct, gc=False):
    """What layout needs to know of a font."""

    name: str
    bold: bool
    italic: bool


class Word(msgspec.Struct, gc=False):
    """A run of characters without white space in one font.

    ``base`` is the baseline, ``size`` the height of the type. ``order`` and ``end`` are the
    places of its first character, and of the one after its last, in the order of the file.
    ``glued`` says that the reader saw no space between this word and the one before it in
    ``order`` (two fonts within a word, a superscript); ``space`` is the white space character seen
    before it.
    ``turn`` is the direction of writing in quarter turns clockwise; 4 is text that runs from
    right to left.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: Font
    order: int
    end: int
    glued: bool = False
    space: str = " "
    turn: int = 0


class Rule(msgspec.Struct, gc=False):
    """A ruling line or a filled box that may belong to a table or part a note from its text."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether this is a thin line from left to right."""
        return self.bottom - self.top <= 2.5 and self.x1 - self.x0 > 12

    @property
    def is_vertical(self) -> bool:
        """Whether this is a thin line from top to bottom."""
        return self.x1 - self.x0 <= 2.5 and self.bottom - self.top > 8


RIGHT_TO_LEFT = 4
"""The direction of lines that run from right to left, beside those of the quarter turns."""
FULL = 400_000
"""Characters of a page that no page of print comes near; laying more out takes minutes."""


class RawPage(msgspec.Struct):
    """One page before layout.

    ``characters`` counts what the page shows, ``unmapped`` how many of them have no Unicode
    value, ``images`` the share of the page that pictures cover. A page with more than
    :data:`FULL` characters is ``overfull`` and has no words. ``hidden`` are words that nobody
    can see, by the reason; ``aside`` words that are no part of the running text: slanted
    watermarks, and what stands outside the trimmed page. ``shapes`` counts the lines of letters
    that are drawn as shapes; ``scan`` says that the page is a picture of paper with hardly any
    text of its own, ``broken`` that it cannot be opened; ``fields`` are the boxes of form
    fields and typed annotations.
    """

    index: int
    label: str
    width: float
    height: float
    words: list[Word] = msgspec.field(default_factory=list)
    rules: list[Rule] = msgspec.field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    images: float = 0.0
    hidden: dict[str, list[Word]] = msgspec.field(default_factory=dict)
    aside: list[Word] = msgspec.field(default_factory=list)
    shapes: int = 0
    scan: bool = False
    broken: bool = False
    fields: list[BBox] = msgspec.field(default_factory=list)
    overfull: bool = False

    @property
    def is_unmapped(self) -> bool:
        """Whether many of its letters have no Unicode value."""
        return self.characters >= 20 and self.unmapped > 0.3 * self.characters


class Frame:
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
        if self.rotation == 0 and left <= right and bottom <= top:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
