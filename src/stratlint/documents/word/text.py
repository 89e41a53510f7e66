"""The text of a Word paragraph as it is read: deletions left out, insertions and links in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.documents.word.pages import RENDERED
from stratlint.documents.word.styles import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.documents.word.pages import Pages

_SPACE = re.compile(r"[ \u00a0]+")
_LEFT_OUT = {f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}
_WRITTEN = {
    f"{W}tab": " ",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}footnoteReference": NOTE_MARK,
    f"{W}endnoteReference": NOTE_MARK,
    RENDERED: "",
}


class Passage:
    """The words of a paragraph, the page on which the first of them stands, and its text boxes.

    Word marks the beginning of a page inside the first run of its first paragraph. A text box
    hangs on the paragraph that it stands beside and is no part of what that says.
    """

    def __init__(self, paragraph: Any, pages: Pages) -> None:
        self._pages = pages
        self._parts: list[str] = []
        self._first: int | None = None
        self.boxes: list[Any] = []
        self._collect(paragraph)
        self.text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self.page = pages.page if self._first is None else self._first

    def _collect(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                # Words that are deleted were laid out too, where changes are shown.
                for mark in child.iter(RENDERED):
                    self._pages.pass_by(mark)
            elif tag == f"{W}t":
                self._write(child.text or "")
            elif tag in _WRITTEN:
                self._write(_WRITTEN[tag])
                self._pages.pass_by(child)
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif is_read(child):
                self._collect(child)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        if text.strip():
            page = self._pages.fill()
            self._first = page if self._first is None else self._first


def passages_of(element: Any, pages: Pages) -> Iterator[Passage]:
    """The paragraphs of a cell or a note that say something, whatever they stand in."""
    for child in element:
        if child.tag == f"{W}p":
            passage = Passage(child, pages)
            if passage.text:
                yield passage
            for box in passage.boxes:
                yield from passages_of(box, pages)
        elif is_read(child):
            yield from passages_of(child, pages)


def is_read(element: Any) -> bool:
    """Whether to look into an element: not into what older programs show in place of another."""
    return isinstance(element.tag, str) and not element.tag.endswith("}Fallback")
