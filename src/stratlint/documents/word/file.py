"""Word files to pieces: headings, lists, tables and footnotes; comments and deletions left out."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.limits import check_archive
from stratlint.documents.pieces import Piece
from stratlint.documents.word.pages import Pages
from stratlint.documents.word.styles import Styles, W
from stratlint.documents.word.tables import WRAPPERS, cells_of, is_marked_header, rows_of
from stratlint.documents.word.text import Passage, passages_of
from stratlint.errors import UnreadableInput
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_ENDNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"


def word_pieces(data: bytes) -> tuple[list[Piece], str | None, int | None]:
    """The blocks of a Word file, its title, and how many pages it has, None if it does not say.

    Raises UnreadableInput (``damaged``, ``decompression``).
    """
    check_archive(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        reader.body(document.element.body)
        count = reader.pages.page + 1 if reader.pages.known else None
        reader.notes()
        reader.furniture()
    except UnreadableInput:
        raise
    except Exception as error:  # the zip's parts can be anything
        message = f"a damaged Word file ({type(error).__name__})"
        raise UnreadableInput(message, code="damaged") from error
    title = (document.core_properties.title or "").strip() or None
    return reader.pieces, title, count


class _Reader:
    """Walks a Word body in document order."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = Styles(document.styles.element)
        self.pieces: list[Piece] = []
        self.pages = Pages(document.element.body, self.styles)
        self.tables = 0

    def body(self, element: Any) -> None:
        """Paragraphs and tables, also those inside content controls and tracked insertions."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in WRAPPERS:
                self.body(child)

    def _paragraph(self, element: Any) -> None:
        self.pages.open(element)
        passage = Passage(element, self.pages)
        text = passage.text
        role, level = self.styles.role(element)
        if role is Role.LIST_ITEM and not re.match(r"\W", text):
            text = f"• {text}" if text else text
        if text:
            self.pieces.append(Piece(role, text, level, passage.page))
        reached = self.pages.page
        for box in passage.boxes:
            self.pages.page = passage.page
            self.body(box)
        self.pages.page = reached
        self.pages.close(element)

    def _table(self, element: Any) -> None:
        self.tables += 1
        table = self.tables
        for index, row in enumerate(rows_of(element)):
            cells, page = self._row(row)
            header = index == 0 and (is_marked_header(row) or _is_header(cells))
            self.pieces.append(
                Piece(Role.TABLE_ROW, "", page=page, cells=cells, header=header, table=table)
            )

    def _row(self, row: Any) -> tuple[list[str], int]:
        """The texts of a row's cells, and the page on which the first of them begins."""
        start = reached = self.pages.page
        first: int | None = None
        cells: list[str] = []
        for cell in cells_of(row):
            passages = list(passages_of(cell, self.pages)) if cell is not None else []
            cells.append(" ".join(passage.text for passage in passages))
            if first is None and passages:
                first = passages[0].page
            # The cells of a row stand side by side: each that runs on says where its page ends.
            reached = max(reached, self.pages.page)
            self.pages.page = start
        self.pages.page = reached
        return cells, start if first is None else first

    def notes(self) -> None:
        """Footnotes and endnotes, numbered as they stand in the file, at their references."""
        references = self.pages.notes
        for kind, tag in ((_FOOTNOTES, "footnote"), (_ENDNOTES, "endnote")):
            for note in self._related(kind, tag):
                if note.get(f"{W}type") is None:
                    text = " ".join(p.text for p in passages_of(note, self.pages))
                    page = references.get((tag, note.get(f"{W}id") or ""), 0)
                    self.pieces.append(Piece(Role.FOOTNOTE, text, page=page))

    def _related(self, kind: str, tag: str) -> Iterator[Any]:
        from lxml import etree  # type: ignore[import-untyped]

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for relation in self.document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                root = etree.fromstring(relation.target_part.blob, parser)
                yield from root.iter(f"{W}{tag}")

    def furniture(self) -> None:
        """Headers and footers of the sections, once each."""
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (section.header, section.footer):
                text = " ".join(filter(None, (p.text.strip() for p in part.paragraphs)))
                if text and text not in seen:
                    seen.add(text)
                    self.pieces.append(Piece(Role.RUNNING_HEAD, text))


def _is_header(cells: list[str]) -> bool:
    filled = [c for c in cells if c]
    return len(filled) > 1 and all(len(c) < 60 and not c[:1].isdigit() for c in filled)
