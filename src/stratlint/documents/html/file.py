"""HTML to pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from stratlint.documents.html.hidden import take_hidden
from stratlint.documents.html.tables import table_cells
from stratlint.documents.html.text import BREAK, inline, is_block, is_left_out, is_text, joined
from stratlint.documents.pieces import Piece
from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.records import ReadWarning

_HEADINGS = {f"h{i}": i for i in range(1, 7)}
_DEEPEST = 200
"""Blocks within blocks; below that an element is taken as one block with all of its text."""
_FURNITURE = frozenset({"nav", "header", "footer"})
_NOTES = frozenset({"footnotes", "endnotes", "wp-block-footnotes"})
"""Classes of the element that holds a page's notes."""
_OUTSIDE = frozenset({Role.RUNNING_HEAD, Role.FOOTNOTE})
"""Roles that all that an element holds has with it."""


LINE = "data-stratlint-line"
"""The attribute that carries the line of the file on which an element begins."""
_OPENED = (
    r"<(?:p|div|section|article|main|aside|blockquote|li|dt|dd|td|th|tr|table|caption|figcaption|"
    r"pre|address|details|summary|legend|h[1-6])(?=[\s>/])"
)
_OPENED_TEXT = re.compile(_OPENED, re.IGNORECASE)
_OPENED_BYTES = re.compile(_OPENED.encode(), re.IGNORECASE)


def html_pieces(data: bytes | str) -> tuple[list[Piece], str | None, list[ReadWarning]]:
    """The blocks of a page, its title, and warnings of what is hidden on it.

    Scripts, styles and controls are left out.
    """
    from bs4 import BeautifulSoup, UnusualUsageWarning

    with catch_warnings():
        # What looks like XML (saved as XHTML) or like a file's name is read as a page all the same.
        simplefilter("ignore", category=UnusualUsageWarning)
        soup = BeautifulSoup(data, "lxml")
    warnings = take_hidden(soup)
    title = soup.title.get_text(" ", strip=True) if soup.title else None
    walker = _Walker()
    # Without a body tag the parser leaves what comes first in the head.
    for stray in soup.head.find_all(is_block, recursive=False) if soup.head else ():
        stray.extract()
        (soup.body or soup).insert(0, stray)
    walker.visit(soup.body or soup, Role.PARAGRAPH, 0)
    return walker.pieces, title or None, warnings


def encoding_of(data: bytes) -> str | None:
    """The encoding that a page names itself, or None."""
    from bs4.dammit import EncodingDetector

    found: str | None = EncodingDetector.find_declared_encoding(data, is_html=True)
    return found


def with_lines(data: bytes | str) -> bytes | str:
    """The page with the line of each block in an attribute: the parser does not keep lines."""
    if isinstance(data, bytes):
        tags, parts, cut, line = _OPENED_BYTES.finditer(data), [], 0, 1
        for tag in tags:
            line += data.count(b"\n", cut, tag.end())
            parts.append(b"%b %b=%d" % (data[cut : tag.end()], LINE.encode(), line))
            cut = tag.end()
        return b"".join([*parts, data[cut:]])
    pieces, cut, line = [], 0, 1
    for found in _OPENED_TEXT.finditer(data):
        line += data.count("\n", cut, found.end())
        pieces.append(f"{data[cut : found.end()]} {LINE}={line}")
        cut = found.end()
    return "".join([*pieces, data[cut:]])


class _Walker:
    """Walks the tree and gathers runs of inline text into pieces."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.tables = 0
        self.line: int | None = None

    def visit(self, node: Any, role: Role, depth: int) -> None:
        """The children of a block element; inline text between blocks is a block too."""
        run: list[str] = []
        if depth > _DEEPEST:
            self._flush(inline(node), role)
            return
        for child in node.children:
            name = getattr(child, "name", None)
            if name is None:
                if is_text(child):
                    run.append(str(child))
            elif name == "br":
                run.append(BREAK)
            elif is_left_out(child):
                continue
            elif is_block(child) or child.find(is_block):
                self._flush(run, role)
                self._block(child, name, role, depth + 1)
            else:
                run += inline(child)
        self._flush(run, role)

    def _flush(self, run: list[str], role: Role, level: int | None = None) -> None:
        text = joined(run)
        if role not in (Role.PARAGRAPH, Role.LIST_ITEM):
            text = " ".join(text.split())
        run.clear()
        if text:
            self.pieces.append(Piece(role, text, level, line=self.line))

    def _block(self, node: Any, name: str, role: Role, depth: int) -> None:
        # Markdown gives the line of a block of code to the element inside.
        self._come_to(node.code if name == "pre" and node.code else node)
        role = Role.FOOTNOTE if not _NOTES.isdisjoint(node.get("class") or ()) else role
        if name in _HEADINGS:
            role = role if role in _OUTSIDE else Role.HEADING
            self._flush(inline(node), role, _HEADINGS[name])
        elif name == "button":
            self._opener(node, role)
        elif name == "table":
            self._table(node)
        elif name in ("ul", "ol"):
            self._list(node, role, depth)
        else:
            self.visit(node, _role_of(name, node, role), depth)

    def _opener(self, node: Any, role: Role) -> None:
        """A button that opens a panel is the panel's heading, one below the last."""
        above = next((p for p in reversed(self.pieces) if p.role is Role.HEADING), None)
        level = 2 if above is None or above.opener else min(6, (above.level or 1) + 1)
        if above is not None and above.opener:
            level = above.level or level
        self._flush(inline(node), role if role in _OUTSIDE else Role.HEADING, level)
        if self.pieces:
            self.pieces[-1].opener = True

    def _come_to(self, node: Any) -> None:
        """Note the line on which an element begins, where it says so."""
        value = str(node.get(LINE) or "")
        if value.isascii() and value.isdigit() and len(value) < 10:
            self.line = int(value)

    def _list(self, node: Any, role: Role, depth: int) -> None:
        """The items of a list, and what stands in it outside any item."""
        level = len(node.find_parents(("ul", "ol"))) + 1
        start = len(self.pieces)
        self.visit(node, role if role in _OUTSIDE else Role.LIST_ITEM, depth)
        for piece in self.pieces[start:]:
            if piece.role is Role.LIST_ITEM and piece.level is None:
                piece.level = level

    def _table(self, node: Any) -> None:
        self.tables += 1
        caption = node.find("caption")
        if caption is not None and not is_left_out(caption):
            self._flush(inline(caption), Role.CAPTION)
        for index, row in enumerate(table_cells(node)):
            first = next((c for c in row if c is not None), None)
            if first is not None:
                self._come_to(first.parent)
                self._come_to(first)
            texts = ["" if c is None else " ".join(joined(inline(c)).split()) for c in row]
            header = index == 0 and bool(row) and all(c is None or c.name == "th" for c in row)
            self.pieces.append(
                Piece(
                    Role.TABLE_ROW,
                    "",
                    cells=texts,
                    header=header,
                    table=self.tables,
                    line=self.line,
                )
            )


def _role_of(name: str, node: Any, role: Role) -> Role:
    if role in _OUTSIDE:
        return role
    if name in _FURNITURE and node.find_parent(("article", "main")) is None:
        return Role.RUNNING_HEAD
    if name == "blockquote":
        return Role.QUOTATION
    if name in ("figcaption", "caption"):
        return Role.CAPTION
    return role
