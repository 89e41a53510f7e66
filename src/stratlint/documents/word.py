"""Word files to pieces: headings, lists, tables and footnotes; comments and deletions left out."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.limits import check_archive
from stratlint.documents.mend import NOTE_MARK
from stratlint.documents.pieces import Piece
from stratlint.documents.wordstyles import Styles, W
from stratlint.documents.wordtables import WRAPPERS, cells_of, is_marked_header, rows_of
from stratlint.errors import UnreadableInput
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[ \u00a0]+")
_LEFT_OUT = {f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_ENDNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"


def word_pieces(data: bytes, name: str) -> tuple[list[Piece], str | None, int]:
    """The blocks of a Word file, its title, and how many pages it had when last saved.

    Raises UnreadableInput (``damaged``, ``decompression``).
    """
    check_archive(data, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        reader.body(document.element.body)
        reader.notes()
        reader.furniture()
    except UnreadableInput:
        raise
    except Exception as error:  # the zip's parts can be anything
        message = f"{name}: a damaged Word file ({type(error).__name__})"
        raise UnreadableInput(message, code="damaged") from error
    title = (document.core_properties.title or "").strip() or None
    return reader.pieces, title, reader.page + 1


class _Reader:
    """Walks a Word body in document order."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = Styles(document.styles.element)
        self.pieces: list[Piece] = []
        self.page = 0
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
        start = self.page
        text = self._text(element)
        role, level = self.styles.role(element)
        if role is Role.LIST_ITEM and not re.match(r"\W", text):
            text = f"• {text}" if text else text
        if text:
            self.pieces.append(Piece(role, text, level, start))

    def _text(self, element: Any) -> str:
        parts: list[str] = []
        self._collect(element, parts)
        return _SPACE.sub(" ", "".join(parts)).strip()

    def _collect(self, element: Any, parts: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag == f"{W}tab":
                parts.append(" ")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                parts.append(NOTE_MARK)
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{W}lastRenderedPageBreak":
                self.page += 1
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append(" ")
            elif isinstance(tag, str) and not tag.endswith("}Fallback"):
                self._collect(child, parts)

    def _table(self, element: Any) -> None:
        self.tables += 1
        table = self.tables
        for index, row in enumerate(rows_of(element)):
            page = self.page
            cells = [self._cell(cell) if cell is not None else "" for cell in cells_of(row)]
            header = index == 0 and (is_marked_header(row) or _is_header(cells))
            self.pieces.append(
                Piece(Role.TABLE_ROW, "", page=page, cells=cells, header=header, table=table)
            )

    def _cell(self, cell: Any) -> str:
        texts = [self._text(p) for p in cell.iter(f"{W}p")]
        return " ".join(t for t in texts if t)

    def notes(self) -> None:
        """Footnotes and endnotes, numbered as they stand in the file."""
        for kind, tag in ((_FOOTNOTES, "footnote"), (_ENDNOTES, "endnote")):
            for note in self._related(kind, tag):
                if note.get(f"{W}type") is None:
                    text = " ".join(filter(None, (self._text(p) for p in note.iter(f"{W}p"))))
                    self.pieces.append(Piece(Role.FOOTNOTE, text))

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
