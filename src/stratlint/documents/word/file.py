"""Word files to pieces: headings, lists, tables and footnotes; comments and deletions left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.documents.hidden import hidden_warning
from stratlint.documents.limits import check_archive
from stratlint.documents.pieces import Piece
from stratlint.documents.word.comments import Anchors
from stratlint.documents.word.numbering import Numbering
from stratlint.documents.word.package import Package, R
from stratlint.documents.word.pages import Pages
from stratlint.documents.word.styles import Styles, W
from stratlint.documents.word.tables import WRAPPERS, cells_of, is_marked_header, rows_of
from stratlint.documents.word.text import Passage, Story, passages_of
from stratlint.errors import UnreadableInput
from stratlint.records import ReadWarning, Role

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_EMBEDDED = ("package", "oleObject")
_DEEPEST = 3
"""Documents within documents that are looked into."""
_REMEDY = "open it in Word, let it repair the file, and save it again"

if TYPE_CHECKING:
    from collections.abc import Iterator


class WordFile(NamedTuple):
    """What a Word file holds: its blocks, its title, the number of its pages if it says so.

    The warnings say what nobody sees and what was left out; ``comments`` are kind and words of
    those that may be marks, by the numbers that the pieces have.
    """

    pieces: list[Piece]
    title: str | None
    pages: int | None
    warnings: list[ReadWarning]
    comments: list[tuple[str, str]]


def read_word(data: bytes, *, depth: int = 0) -> WordFile:
    """The contents of a Word file. Raises UnreadableInput (``damaged``, ``decompression``)."""
    check_archive(data)
    try:
        package = Package(data)
        root = package.root(package.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            message = f"a damaged Word file: its text ({package.main}) is missing; {_REMEDY}"
            raise UnreadableInput(message, code="damaged")
        reader = _Reader(package, body, depth)
        reader.body(body)
        count = reader.pages.page + 1 if reader.pages.known else None
        reader.notes()
        reader.furniture(root)
        title = _title(package)
    except UnreadableInput:
        raise
    except Exception as error:  # the zip's parts can be anything
        message = f"a damaged Word file ({type(error).__name__} in its markup); {_REMEDY}"
        raise UnreadableInput(message, code="damaged") from error
    return WordFile(reader.pieces, title, count, reader.warnings(), reader.anchors.texts)


def _title(package: Package) -> str | None:
    for name in ("docProps/core.xml", "docprops/core.xml"):
        root = package.root(name)
        found = root.find(_TITLE) if root is not None else None
        if found is not None and (found.text or "").strip():
            return str(found.text).strip()
    return None


class _Reader:
    """Walks a Word body in document order."""

    def __init__(self, package: Package, body: Any, depth: int) -> None:
        self.package, self.depth = package, depth
        self.relations = package.relations(package.main)
        self.styles = Styles(self._only("styles"))
        self.pieces: list[Piece] = []
        self.pages = Pages(body, self.styles)
        numbering = Numbering(self._only("numbering"), self.styles)
        self.story = Story(self.pages, self.styles, numbering)
        self.anchors = Anchors(self._only("comments"), body)
        self.tables = 0
        self.boxed = False
        self.left_out: list[str] = []

    def _only(self, kind: str) -> Any | None:
        """The root of the one part of a kind; its usual place where no relation names it."""
        named = [t for k, t in self.relations.values() if k == kind]
        roots = map(self.package.root, [*named, f"word/{kind}.xml"])
        return next((root for root in roots if root is not None), None)

    def warnings(self) -> list[ReadWarning]:
        """What nobody sees, and what was not read."""
        found = [hidden_warning(words, why) for why, words in self.story.hidden.items()]
        embedded = sorted({t for k, t in self.relations.values() if k in _EMBEDDED})
        names = [*self.left_out, *(name.rpartition("/")[2] for name in embedded)]
        if self.package.mended:
            message = f"Damaged parts of the file were read as far as they go; {_REMEDY}."
            found.append(ReadWarning(code="left-out", message=message))
        if names:
            listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            parts = (
                "An embedded part was" if len(names) == 1 else f"{len(names)} embedded parts were"
            )
            message = f"{parts} not read ({listed}); open it in Word and save it by itself."
            found.append(ReadWarning(code="left-out", message=message))
        return found

    def body(self, element: Any) -> None:
        """Paragraphs and tables, also those inside content controls and tracked insertions."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}altChunk":
                self._chunk(child)
            elif child.tag in WRAPPERS:
                self.body(child)

    def _paragraph(self, element: Any) -> None:
        self.pages.open(element)
        passage = Passage(element, self.story, boxed=self.boxed)
        role, level = self.styles.role(element)
        text, label = passage.text, passage.label
        if label and label != "•" and text:
            text = passage.numbered
        elif role is Role.LIST_ITEM and not re.match(r"\W", text):
            text = f"• {text}" if text else text
        if text:
            comments = self.anchors.at(element)
            self.pieces.append(Piece(role, text, level, passage.page, comments=comments))
        for diagram in passage.diagrams:
            self._diagram(diagram, passage.page)
        reached, boxed = self.pages.page, self.boxed
        for box in passage.boxes:
            self.pages.page, self.boxed = passage.page, True
            self.body(box)
        self.pages.page, self.boxed = reached, boxed
        self.pages.close(element)

    def _table(self, element: Any) -> None:
        self.tables += 1
        table = self.tables
        for index, row in enumerate(rows_of(element)):
            cells, page = self._row(row)
            header = index == 0 and (is_marked_header(row) or _is_header(cells))
            self.pieces.append(
                Piece(
                    Role.TABLE_ROW, "", page=page, cells=cells, header=header, table=table,
                    comments=self.anchors.at(row),
                )
            )  # fmt: skip

    def _row(self, row: Any) -> tuple[list[str], int]:
        """The texts of a row's cells, and the page on which the first of them begins."""
        start = reached = self.pages.page
        first: int | None = None
        cells: list[str] = []
        for cell in cells_of(row):
            passages = list(passages_of(cell, self.story)) if cell is not None else []
            cells.append(" ".join(passage.numbered for passage in passages))
            if first is None and passages:
                first = passages[0].page
            # The cells of a row stand side by side: each that runs on says where its page ends.
            reached = max(reached, self.pages.page)
            self.pages.page = start
        self.pages.page = reached
        return cells, start if first is None else first

    def _diagram(self, element: Any, page: int) -> None:
        """The words of a diagram (SmartArt), each shape's an item."""
        _, target = self.relations.get(element.get(f"{R}dm") or "", ("", ""))
        root = self.package.root(target) if target else None
        for point in root.iter(f"{_DGM}pt") if root is not None else ():
            lines = ("".join(t.text or "" for t in p.iter(f"{_A}t")) for p in point.iter(f"{_A}p"))
            text = " ".join(" ".join(lines).split())
            if text:
                self.pieces.append(Piece(Role.LIST_ITEM, f"• {text}", 1, page))

    def _chunk(self, element: Any) -> None:
        """A document that is kept whole inside this one and shown in its place."""
        _, target = self.relations.get(element.get(f"{R}id") or "", ("", ""))
        data = self.package.bytes_of(target) if target else None
        name = target.rpartition("/")[2] or "a part without a name"
        if data is None or self.depth >= _DEEPEST:
            self.left_out.append(name)
            return
        head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if head.startswith(b"pk"):
            inner = read_word(data, depth=self.depth + 1)
            pieces = [replace(piece, comments=frozenset()) for piece in inner.pieces]
            # Its comments are tied to nothing here, which is said of those that are marks.
            self.anchors.texts += inner.comments
            self.left_out += [name for w in inner.warnings if w.code == "left-out"]
        elif head.startswith((b"{\\rtf", b"mime-version")):
            self.left_out.append(name)
            return
        elif b"<" in head:
            from stratlint.documents.html.file import html_pieces

            pieces, _, _ = html_pieces(data)
        else:
            text = data.decode("utf-8", "replace")
            pieces = [Piece(Role.PARAGRAPH, line.strip()) for line in text.splitlines()]
        last = self.tables
        for piece in pieces:
            piece.page, piece.line = self.pages.page, None
            if piece.table:
                piece.table += last
                self.tables = max(self.tables, piece.table)
        self.pieces += pieces

    def notes(self) -> None:
        """Footnotes and endnotes, numbered as they stand in the file, at their references."""
        references = self.pages.notes
        for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
            for note in self._related(kind, tag):
                if note.get(f"{W}type") is None:
                    text = " ".join(p.text for p in passages_of(note, self.story, boxed=False))
                    page = references.get((tag, note.get(f"{W}id") or ""), 0)
                    self.anchors.walk(note)
                    comments = self.anchors.at(note)
                    self.pieces.append(Piece(Role.FOOTNOTE, text, page=page, comments=comments))

    def _related(self, kind: str, tag: str) -> Iterator[Any]:
        for held, target in self.relations.values():
            root = self.package.root(target) if held == kind else None
            if root is not None:
                yield from root.iter(f"{W}{tag}")

    def furniture(self, root: Any) -> None:
        """Headers and footers of the sections, those of first and even pages too, once each."""
        seen: set[str] = set()
        for section in root.iter(f"{W}sectPr"):
            for name in ("headerReference", "footerReference"):
                for reference in section.findall(f"{W}{name}"):
                    _, target = self.relations.get(reference.get(f"{R}id") or "", ("", ""))
                    part = self.package.root(target) if target else None
                    if part is None:
                        continue
                    text = " ".join(p.text for p in passages_of(part, self.story))
                    if text and text not in seen:
                        seen.add(text)
                        self.pieces.append(Piece(Role.RUNNING_HEAD, text))


def _is_header(cells: list[str]) -> bool:
    filled = [c for c in cells if c]
    return len(filled) > 1 and all(len(c) < 60 and not c[:1].isdigit() for c in filled)
