"""The pages of a Word file, which says where they broke when it was last laid out, or nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from stratlint.documents.word.styles import W

if TYPE_CHECKING:
    from stratlint.documents.word.styles import Styles

RENDERED = f"{W}lastRenderedPageBreak"
_CONTINUED = frozenset({"continuous", "nextColumn"})


class Pages:
    """The page that a walk through a body has come to, and the page of each note's reference.

    Word marks the pages that it laid out, and counting the breaks that its author asked for
    would count those twice. In a file of another program there is nothing else to count.
    """

    def __init__(self, body: Any, styles: Styles) -> None:
        self.page = 0
        self.notes: dict[tuple[str, str], int] = {}
        self._styles = styles
        self._rendered = next(body.iter(RENDERED), None) is not None
        # Nothing stands on the page yet: asking for a new one changes nothing.
        self._fresh = True
        sections = [s for s in body.iter(f"{W}sectPr") if s.getparent().tag in _HOLDERS]
        # How a section begins is said where it ends, which is where the next one ends.
        self._turned = {a for a, b in pairwise(sections) if _begins_page(b)}

    @property
    def known(self) -> bool:
        """Whether the file says anything of its pages."""
        return self._rendered or self.page > 0

    def open(self, paragraph: Any) -> None:
        """Come to a paragraph of the body, which may ask for a new page."""
        asked = not self._rendered and not self._fresh and self._styles.opens_page(paragraph)
        self.page += asked
        self._fresh = False

    def close(self, paragraph: Any) -> None:
        """Leave a paragraph of the body, which may be the last of its section."""
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if not self._rendered and section in self._turned:
            self.page += 1
            self._fresh = True

    def fill(self) -> int:
        """Come to words; returns the page on which they stand."""
        self._fresh = False
        return self.page

    def pass_by(self, mark: Any) -> None:
        """Come to a mark in the text: a page's end, or the reference of a note."""
        if mark.tag == RENDERED:
            self.page += 1
        elif mark.tag == f"{W}br":
            if not self._rendered and mark.get(f"{W}type") == "page":
                self.page += 1
                self._fresh = True
        elif mark.tag.endswith("noteReference"):
            kind = mark.tag.removeprefix(W).removesuffix("Reference")
            self.notes.setdefault((kind, mark.get(f"{W}id") or ""), self.page)


_HOLDERS = frozenset({f"{W}pPr", f"{W}body"})
"""What a section's properties stand in; an earlier version of them stands elsewhere."""


def _begins_page(section: Any) -> bool:
    kind = section.find(f"{W}type")
    return kind is None or kind.get(f"{W}val") not in _CONTINUED
