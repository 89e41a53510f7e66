"""Findings as highlights and notes on a PDF's own pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from stratlint.errors import UsageError
from stratlint.records import BBox, Document, Severity
from stratlint.reporting.notes.annotate import AUTHOR, Note, line_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject, PdfWriter

_COLOURS = {
    Severity.ERROR: (1.0, 0.55, 0.50),
    Severity.WARNING: (1.0, 0.85, 0.35),
    Severity.INFO: (0.60, 0.82, 1.0),
}
_PRINT = 4
_ICON = 20.0
_MARGIN = 8.0


class Frame:
    """From points of the page as shown (y downwards) back to its user space."""

    def __init__(self, page: PageObject) -> None:
        media, crop = page.mediabox, page.cropbox
        self.left = max(float(media.left), float(crop.left))
        self.bottom = max(float(media.bottom), float(crop.bottom))
        self.right = min(float(media.right), float(crop.right))
        self.top = min(float(media.top), float(crop.top))
        self.rotation = page.rotation % 360

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown, in user space."""
        if self.rotation == 90:
            return self.left + y, self.bottom + x
        if self.rotation == 180:
            return self.right - x, self.bottom + y
        if self.rotation == 270:
            return self.right - y, self.top - x
        return self.left + x, self.top - y

    def quad(self, box: BBox) -> list[float]:
        """Upper left, upper right, lower left, lower right as shown: the order viewers use.

        (ISO 32000 asks for another order; every viewer draws this one.)
        """
        x0, top, x1, bottom = box
        corners = ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
        return [round(value, 2) for corner in corners for value in self.point(*corner)]

    def rect(self, boxes: Sequence[BBox]) -> list[float]:
        """The rectangle in user space around boxes as shown."""
        values = [value for box in boxes for value in self.quad(box)]
        xs, ys = values[0::2], values[1::2]
        return [min(xs), min(ys), max(xs), max(ys)]


def annotated_pdf(data: bytes, notes: Sequence[Note], document: Document) -> bytes:
    """A copy of a PDF with a highlight and a note at the words of each finding.

    What is missing from the whole document stands as notes in the margin of the first page.
    Raises UsageError when the file cannot be copied.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        writer = PdfWriter(clone_from=reader)
        page_notes: dict[int, int] = {}
        for note in notes:
            _place(writer, note, document, page_notes)
        buffer = io.BytesIO()
        writer.write(buffer)
    except (PyPdfError, ValueError, KeyError, NotImplementedError) as error:
        raise UsageError(f"the PDF cannot be copied with notes: {error}") from None
    return buffer.getvalue()


def _place(writer: PdfWriter, note: Note, document: Document, page_notes: dict[int, int]) -> None:
    """Highlights at every place of a finding; the first carries the whole note."""
    marked: list[tuple[int, list[BBox]]] = []
    for place in note.places:
        boxes = line_boxes(document, place.start, place.end) or place.boxes
        marked += [
            (index, [box for page, box in boxes if page == index])
            for index in sorted({page for page, _ in boxes})
            if index < len(writer.pages)
        ]
    if not marked:
        index = note.finding.page or 0
        _margin_note(writer, min(index, len(writer.pages) - 1), note, page_notes)
        return
    first = document.pages[marked[0][0]].label
    for number, (index, own) in enumerate(marked):
        lines = note.lines
        if number:
            lines = (note.lines[0], f"Continued from page {first}: {note.lines[1]}")
        _highlight(writer, index, own, note, lines, number)


def _highlight(
    writer: PdfWriter,
    index: int,
    boxes: list[BBox],
    note: Note,
    lines: Sequence[str],
    number: int,
) -> None:
    frame = Frame(writer.pages[index])
    quads = [value for box in boxes for value in frame.quad(box)]
    _add(
        writer,
        index,
        {"/Subtype": "/Highlight", "/QuadPoints": quads, "/Rect": frame.rect(boxes)},
        note,
        lines,
        f"{note.finding.fingerprint}-{number}",
    )


def _margin_note(writer: PdfWriter, index: int, note: Note, page_notes: dict[int, int]) -> None:
    """A note in the right margin, below those that are there; a full margin starts another."""
    frame = Frame(writer.pages[index])
    width, height = frame.size
    rows = max(1, int((height - 2 * _MARGIN) // (_ICON + 4)))
    column, row = divmod(page_notes.get(index, 0), rows)
    page_notes[index] = page_notes.get(index, 0) + 1
    x = width - _MARGIN - _ICON - column * (_ICON + 4)
    y = _MARGIN + row * (_ICON + 4)
    rect = frame.rect([(x, y, x + _ICON, y + _ICON)])
    _add(
        writer,
        index,
        {"/Subtype": "/Text", "/Name": "/Note", "/Rect": rect},
        note,
        note.lines,
        f"{note.finding.fingerprint}-note",
    )


def _add(
    writer: PdfWriter,
    index: int,
    entries: dict[str, Any],
    note: Note,
    lines: Sequence[str],
    name: str,
) -> None:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    def convert(value: Any) -> Any:
        if isinstance(value, list):
            return ArrayObject(FloatObject(item) for item in value)
        return NameObject(value)

    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/F"): NumberObject(_PRINT),
            NameObject("/C"): convert(list(_COLOURS[note.finding.severity])),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/NM"): TextStringObject(f"stratlint-{name}"),
            NameObject("/Contents"): TextStringObject("\n\n".join(lines)),
            **{NameObject(key): convert(value) for key, value in entries.items()},
        }
    )
    writer.add_annotation(index, annotation)
