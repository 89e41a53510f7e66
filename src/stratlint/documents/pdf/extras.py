"""What a PDF holds beside its text: layers, attached files, XFA forms, comments."""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as raw

from stratlint.documents.marks import Comment
from stratlint.records import ReadWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from stratlint.records import BBox, Document, Line, Span

_PACKED = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 4 * 1024 * 1024
"""Bytes of a packed group of objects that are looked at; writers put a few hundred in one."""
_TEXTS = re.compile(
    r"\.(?:pdf|docx?|docm|odt|rtf|pptx?|xlsx?|txt|md)$|^without a name$", re.IGNORECASE
)
"""Attached files that may be part of a document; others are reports of programs, pictures, data."""
_NAMED = 5
"""Attached files that a warning names."""


def layers_off(data: bytes, password: str | None) -> frozenset[str]:
    """Names of the layers that are off when the document is opened.

    pdfium does not tell: pdfminer is asked, of documents that have layers only.
    """
    if not any(b"/OCProperties" in part for part in _catalogues(data)):
        return frozenset()
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    try:
        catalogue = PDFDocument(PDFParser(io.BytesIO(data)), password or "").catalog
        layers = resolve1(catalogue.get("OCProperties")) or {}
        usual = resolve1(layers.get("D")) or {}
        every = {ref.objid: resolve1(ref) for ref in resolve1(layers.get("OCGs")) or ()}
        off = {ref.objid for ref in resolve1(usual.get("OFF")) or ()}
        if getattr(resolve1(usual.get("BaseState")), "name", "") == "OFF":
            off = every.keys() - {ref.objid for ref in resolve1(usual.get("ON")) or ()}
        names = {key: decode_text(resolve1(value["Name"])) for key, value in every.items()}
    except Exception:
        # A broken list of layers hides nothing, and pdfminer breaks in many ways.
        return frozenset()
    shown = {name for key, name in names.items() if key not in off}
    return frozenset(name for key, name in names.items() if key in off) - shown


def _catalogues(data: bytes) -> Iterator[bytes]:
    """Where the catalogue of a file may stand: in the open, or in a packed group of objects."""
    yield data
    view = memoryview(data)
    for match in _PACKED.finditer(data):
        begun = _STREAM.search(data, match.end(), match.end() + 2000)
        if begun is not None:
            try:
                yield zlib.decompressobj().decompress(view[begun.end() :][:_LARGEST], _LARGEST)
            except zlib.error:
                continue


def extra_warnings(document: Any) -> list[ReadWarning]:
    """What to say of attached files and of forms that another program must draw."""
    warnings = []
    names = [name for name in _attached(document) if _TEXTS.search(name)]
    if names:
        listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        files = "An attached file was" if len(names) == 1 else f"{len(names)} attached files were"
        message = f"{files} not read ({listed}); save what belongs to the document and read it too."
        warnings.append(ReadWarning(code="attachment", message=message))
    if raw.FPDF_GetFormType(document.raw) == raw.FORMTYPE_XFA_FULL:
        message = (
            "This is an XFA form, whose contents only Adobe's programs draw; what was read may be "
            "no more than a request to wait. Open it in Adobe Reader and print it to a PDF."
        )
        warnings.append(ReadWarning(code="left-out", message=message))
    return warnings


def _attached(document: Any) -> list[str]:
    names = []
    for i in range(min(raw.FPDFDoc_GetAttachmentCount(document.raw), 1000)):
        attachment = raw.FPDFDoc_GetAttachment(document.raw, i)
        length = raw.FPDFAttachment_GetName(attachment, None, 0) if attachment else 0
        if not 2 < length < 10_000:
            names.append("without a name")
            continue
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAttachment_GetName(attachment, buffer, length)
        names.append(bytes(buffer)[: length - 2].decode("utf-16-le", "replace"))
    return names


class PageNote(NamedTuple):
    """A comment on a page that may be a mark, with the boxes of what it stands on.

    A ``loose`` note is a sign beside the text; ``typed`` text is part of the page.
    """

    page: int
    text: str
    boxes: tuple[BBox, ...]
    loose: bool = False
    typed: bool = False


def page_notes(page: Any, index: int, box: Callable[..., BBox]) -> Iterator[PageNote]:
    """The comments on a page that speak of stratlint.

    ``box`` turns left, bottom, right and top of user space into a box of the page as shown.
    """
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        text = "" if kind in _WORDLESS else said_by(annotation, b"Contents").replace("\r", "\n")
        if "stratlint" in text.lower():
            # An answer is about what the comment that it answers is about.
            asked = raw.FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
            held = asked or annotation
            boxes = tuple(box(*corners) for corners in _corners(held))
            loose = raw.FPDFAnnot_GetSubtype(held) == raw.FPDF_ANNOT_TEXT
            yield PageNote(index, text, boxes, loose, typed=kind == raw.FPDF_ANNOT_FREETEXT)
            if asked:
                raw.FPDFPage_CloseAnnot(asked)
        raw.FPDFPage_CloseAnnot(annotation)


ANNOTATIONS = 5_000
"""Annotations of a page that are looked at: a page of print with a link at each word has fewer."""
_WORDLESS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET})
_QUADS = 1_000
_BESIDE = 0.5
"""Share of a line's height that a highlight covers when it is about the line: viewers draw it a
little higher than the letters, so that it touches the lines above and below."""


def said_by(annotation: Any, key: bytes) -> str:
    """The text that an annotation has under a key; empty without, and where it is past reading."""
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 100_000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _corners(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of the words that an annotation marks, else of itself."""
    quad = raw.FS_QUADPOINTSF()
    count = raw.FPDFAnnot_CountAttachmentPoints(annotation)
    for number in range(min(count, _QUADS)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            xs = (quad.x1, quad.x2, quad.x3, quad.x4)
            ys = (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)
    rect = raw.FS_RECTF()
    if not count and raw.FPDFAnnot_GetRect(annotation, rect):
        yield rect.left, rect.bottom, rect.right, rect.top


def comments_of(document: Document, notes: Iterable[PageNote]) -> Iterator[Comment]:
    """Comments on the pages of a PDF with the paragraphs, items and rows that they stand on.

    A loose note is about what stands nearest to it on its page, at its height first of all.
    """
    lines: dict[int, list[tuple[Line, int]]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        for line in block.lines:
            lines[line.page].append((line, index))
    for note in notes:
        where = f"comment on page {document.pages[note.page].label}"
        if note.typed:
            missed = "is typed on the page, where all read it; make it a note or a highlight"
            yield Comment(note.text, where, (), missed)
            continue
        near = lines[note.page]
        found = {i for line, i in near if not note.loose and _is_on(note.boxes, line.bbox)}
        if not found and note.boxes and near:
            found = {min(near, key=lambda held: _distance(note.boxes[0], held[0].bbox))[1]}
        spans: tuple[Span, ...] = tuple(
            (document.blocks[i].start, document.blocks[i].end) for i in sorted(found)
        )
        yield Comment(note.text, where, spans, "no text is on its page that it could be about")


def _is_on(boxes: Iterable[BBox], line: BBox) -> bool:
    x0, top, x1, bottom = line
    return any(
        min(x1, b[2]) - max(x0, b[0]) > 1
        and min(bottom, b[3]) - max(top, b[1]) > _BESIDE * min(bottom - top, b[3] - b[1])
        for b in boxes
    )


def _distance(box: BBox, line: BBox) -> tuple[float, float]:
    """How far a line is from the middle of a box: up or down first, whatever the column."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return max(line[1] - y, y - line[3], 0.0), max(line[0] - x, x - line[2], 0.0)


_REASONS = {
    raw.FPDF_ERR_FILE: "it cannot be opened",
    raw.FPDF_ERR_SECURITY: "it is encrypted in a way that is not supported",
}


def why_damaged(data: bytes) -> str:
    """What is wrong with a PDF that cannot be opened, as far as can be seen, and what to do."""
    seen = _REASONS.get(raw.FPDF_GetLastError())
    if seen is None:
        end = data[-2048:]
        if b"%%EOF" not in end:
            seen = "it breaks off before its end; if it was downloaded, get it again"
        elif b"startxref" not in end:
            seen = "it has no table that says where its parts are"
        else:
            seen = "its parts are not where its table says, or are none of a PDF"
    return f"{seen}. Open it in a PDF viewer and save or print it as a new PDF"
