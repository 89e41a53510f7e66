"""The text of a Word paragraph as it is read: deletions left out, insertions and links in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.documents.word.pages import RENDERED
from stratlint.documents.word.styles import W
from stratlint.documents.word.symbols import sign_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.documents.word.numbering import Numbering
    from stratlint.documents.word.pages import Pages
    from stratlint.documents.word.styles import Styles

_SPACE = re.compile(r"[ \u00a0]+")
_LEFT_OUT = {f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt")}
_WRITTEN = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}footnoteReference": NOTE_MARK,
    f"{W}endnoteReference": NOTE_MARK,
    RENDERED: "",
}
_RUN, _TEXT, _BOX = f"{W}r", f"{W}t", f"{W}txbxContent"
_HUNG = frozenset({_BOX, "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"})


class Story:
    """What a walk through a file's text shares.

    Pages, styles and numbers, and the words found on the way that nobody sees, by the reason.
    """

    def __init__(self, pages: Pages, styles: Styles, numbering: Numbering) -> None:
        self.pages, self.styles, self.numbering = pages, styles, numbering
        self.hidden: dict[str, list[str]] = {}

    def hide(self, reason: str, text: str) -> None:
        """Note words that are in the file and not to be seen."""
        words = text.replace(NOTE_MARK, "").split()
        if words:
            self.hidden.setdefault(reason, []).extend(words)


class Passage:
    """The words of a paragraph, the page on which the first of them stands, and what hangs on it.

    Word marks the beginning of a page inside the first run of its first paragraph. A text box
    hangs on the paragraph that it stands beside and is no part of what that says; so does a
    diagram. ``label`` is the number or bullet that Word sets before the paragraph.
    """

    def __init__(self, paragraph: Any, story: Story, *, boxed: bool = False) -> None:
        self._story, self._pages = story, story.pages
        self._parts: list[str] = []
        self._first: int | None = None
        self.boxes: list[Any] = []
        self.diagrams: list[Any] = []
        self._look = story.styles.look_of(paragraph, boxed=boxed)
        self.label = story.numbering.label(paragraph)
        self._collect(paragraph)
        self.text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self.page = self._pages.page if self._first is None else self._first

    @property
    def numbered(self) -> str:
        """Its text behind its number."""
        number = self.label if self.label != "•" else None
        return f"{number} {self.text}" if number and self.text else self.text

    def _collect(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                # Words that are deleted were laid out too, where changes are shown.
                for mark in child.iter(RENDERED):
                    self._pages.pass_by(mark)
            elif tag == _RUN and (reason := self._look.reason(child)):
                self._hide(child, reason)
            elif tag == _TEXT:
                self._write(child.text or "")
            elif tag in _WRITTEN:
                self._write(_WRITTEN[tag])
                self._pages.pass_by(child)
            elif tag in _HUNG:
                (self.boxes if tag == _BOX else self.diagrams).append(child)
            elif (sign := sign_text(child)) is not None:
                self._write(sign)
            elif is_read(child):
                self._collect(child)

    def _hide(self, run: Any, reason: str) -> None:
        """Pass a run by whose words are not to be seen."""
        kept, first, boxes = len(self._parts), self._first, len(self.boxes)
        self._collect(run)
        words = "".join(self._parts[kept:])
        words += "".join(f" {' '.join(box.itertext())}" for box in self.boxes[boxes:])
        del self._parts[kept:], self.boxes[boxes:]
        self._first = first
        self._story.hide(reason, words)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        if text.strip():
            page = self._pages.fill()
            self._first = page if self._first is None else self._first


def passages_of(element: Any, story: Story, *, boxed: bool = True) -> Iterator[Passage]:
    """The paragraphs of a cell or a note that say something, whatever they stand in."""
    for child in element:
        if child.tag == f"{W}p":
            passage = Passage(child, story, boxed=boxed)
            if passage.text:
                yield passage
            for box in passage.boxes:
                yield from passages_of(box, story)
        elif is_read(child):
            yield from passages_of(child, story, boxed=boxed)


def is_read(element: Any) -> bool:
    """Whether to look into an element: not into what older programs show in place of another."""
    return isinstance(element.tag, str) and not element.tag.endswith("}Fallback")
