"""What annotations put on a PDF page: fields of forms, text typed over it, stamps and comments."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from stratlint.documents.pdf.extras import ANNOTATIONS, PageNote, page_notes, said_by
from stratlint.documents.pdf.questions import address, fast
from stratlint.documents.pdf.words import FULL, Font, Frame, Word

if TYPE_CHECKING:
    import pypdfium2

    from stratlint.records import BBox

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_annotations = fast(raw.FPDFPage_GetAnnotCount, _INT, _POINTER)
_annotation = fast(raw.FPDFPage_GetAnnot, _POINTER, _POINTER, _INT)
_close_annotation = fast(raw.FPDFPage_CloseAnnot, None, _POINTER)
_subtype = fast(raw.FPDFAnnot_GetSubtype, _INT, _POINTER)
_TYPED = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})
"""Annotations whose words stand on the page: fields of forms, text typed over it, stamps."""
_TYPED_ORDER = FULL * 2
"""Typed values come after whatever the page itself writes."""


def notes_on(page: pypdfium2.PdfPage, index: int, frame: Frame) -> list[PageNote]:
    """The comments on a page that may be marks."""
    return list(page_notes(page, index, frame.box))


class Typed:
    """Fields of forms and typed annotations: their boxes, and the words of those without a picture.

    A program that fills a form may leave it to the viewer to draw the values.
    """

    def __init__(self) -> None:
        self.boxes: list[BBox] = []
        self.words: list[Word] = []


def typed_on(page: pypdfium2.PdfPage, frame: Frame) -> Typed | None:
    """What annotations write on a page; None where nothing does."""
    handle = address(page.raw)
    found: Typed | None = None
    for i in range(min(_annotations(handle), ANNOTATIONS)):
        annotation = _annotation(handle, i)
        if not annotation:
            continue
        if _subtype(annotation) in _TYPED:
            handled = ctypes.cast(annotation, raw.FPDF_ANNOTATION)
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(handled, rect):
                found = found or Typed()
                box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
                found.boxes.append(box)
                found.words += _undrawn_value(handled, box)
        _close_annotation(annotation)
    return found


def _undrawn_value(annotation: Any, box: BBox) -> list[Word]:
    """The words of a text field or typed annotation that has no appearance of its own."""
    if raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
        return []
    if raw.FPDFAnnot_GetFlags(annotation) & (
        raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
    ):
        return []
    key = b"Contents" if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FREETEXT else b"V"
    return _set_in(said_by(annotation, key), box)


def _set_in(text: str, box: BBox) -> list[Word]:
    """Words set in a box as a viewer would set them, near enough for reading order."""
    x0, top, x1, bottom = box
    size = max(4.0, min(10.0, 0.7 * (bottom - top)))
    font = Font("field", bold=False, italic=False)
    words: list[Word] = []
    x, base, order = x0 + 2, top + 1.1 * size, _TYPED_ORDER
    for line in text.splitlines():
        for part in line.split():
            width = 0.5 * size * len(part)
            if x > x0 + 2 and x + width > x1:
                x, base = x0 + 2, base + 1.2 * size
            high, end = base - 0.8 * size, order + len(part)
            words.append(
                Word(part, x, x + width, high, base + 0.2 * size, base, size, font, order, end)
            )
            x, order = x + width + 0.28 * size, end + 1
        x, base = x0 + 2, base + 1.2 * size
    return words
