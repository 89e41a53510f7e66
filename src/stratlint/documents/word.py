"""Word files to pieces: headings, lists, tables and footnotes; comments and deletions left out."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.limits import check_archive
from stratlint.documents.mend import NOTE_MARK
from stratlint.documents.pieces import Piece
from stratlint.errors import UnreadableInput
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = re.compile(r"[ \u00a0]+")
_HEADING = re.compile(r"heading (\d)")
_LEFT_OUT = {f"{_W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}
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
        self.pieces: list[Piece] = []
        self.page = 0
        self.tables = 0

    def body(self, element: Any) -> None:
        """Paragraphs and tables, also those inside content controls and tracked insertions."""
        for child in element:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                self.body(child)

    def _paragraph(self, element: Any) -> None:
        start = self.page
        text = self._text(element)
        style = self._style(element)
        role, level = self._role(element, style)
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
            if tag == f"{_W}t":
                parts.append(child.text or "")
            elif tag == f"{_W}tab":
                parts.append(" ")
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                parts.append(NOTE_MARK)
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_W}lastRenderedPageBreak":
                self.page += 1
            elif tag in (f"{_W}br", f"{_W}cr"):
                parts.append(" ")
            elif isinstance(tag, str) and not tag.endswith("}Fallback"):
                self._collect(child, parts)

    def _style(self, element: Any) -> str:
        properties = element.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        if style is None:
            return ""
        identifier = style.get(f"{_W}val") or ""
        for candidate in self.document.styles.element.findall(f"{_W}style"):
            if candidate.get(f"{_W}styleId") == identifier:
                found = candidate.find(f"{_W}name")
                return str(found.get(f"{_W}val") or identifier).lower() if found is not None else ""
        return identifier.lower()

    def _role(self, element: Any, style: str) -> tuple[Role, int | None]:
        heading = _HEADING.match(style)
        if heading:
            return Role.HEADING, int(heading.group(1))
        properties = element.find(f"{_W}pPr")
        numbering = properties.find(f"{_W}numPr") if properties is not None else None
        if numbering is not None or style.startswith("list"):
            return Role.LIST_ITEM, _list_level(numbering)
        named = {
            "title": (Role.HEADING, 1),
            "subtitle": (Role.HEADING, 2),
            "caption": (Role.CAPTION, None),
            "quote": (Role.QUOTATION, None),
            "intense quote": (Role.QUOTATION, None),
        }
        if style.startswith(("toc", "table of figures")) and not style.endswith("heading"):
            return Role.CONTENTS, None
        if style.startswith("toc"):
            return Role.HEADING, 1
        return named.get(style, (Role.PARAGRAPH, None))

    def _table(self, element: Any) -> None:
        self.tables += 1
        table = self.tables
        for index, row in enumerate(element.findall(f"{_W}tr")):
            page = self.page
            cells = [self._cell(cell) for cell in row.findall(f"{_W}tc")]
            marked = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            header = index == 0 and (marked or _is_header(cells))
            self.pieces.append(
                Piece(Role.TABLE_ROW, "", page=page, cells=cells, header=header, table=table)
            )

    def _cell(self, cell: Any) -> str:
        texts = [self._text(p) for p in cell.iter(f"{_W}p")]
        return " ".join(t for t in texts if t)

    def notes(self) -> None:
        """Footnotes and endnotes, numbered as they stand in the file."""
        for kind, tag in ((_FOOTNOTES, "footnote"), (_ENDNOTES, "endnote")):
            for note in self._related(kind, tag):
                if note.get(f"{_W}type") is None:
                    text = " ".join(filter(None, (self._text(p) for p in note.iter(f"{_W}p"))))
                    self.pieces.append(Piece(Role.FOOTNOTE, text))

    def _related(self, kind: str, tag: str) -> Iterator[Any]:
        from lxml import etree  # type: ignore[import-untyped]

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for relation in self.document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                root = etree.fromstring(relation.target_part.blob, parser)
                yield from root.iter(f"{_W}{tag}")

    def furniture(self) -> None:
        """Headers and footers of the sections, once each."""
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (section.header, section.footer):
                text = " ".join(filter(None, (p.text.strip() for p in part.paragraphs)))
                if text and text not in seen:
                    seen.add(text)
                    self.pieces.append(Piece(Role.RUNNING_HEAD, text))


def _list_level(numbering: Any) -> int:
    level = numbering.find(f"{_W}ilvl") if numbering is not None else None
    value = level.get(f"{_W}val") if level is not None else None
    return int(value) + 1 if value and value.isdigit() else 1


def _is_header(cells: list[str]) -> bool:
    filled = [c for c in cells if c]
    return len(filled) > 1 and all(len(c) < 60 and not c[:1].isdigit() for c in filled)
