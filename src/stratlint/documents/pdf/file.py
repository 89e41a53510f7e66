"""A PDF file to a Document: opened, laid out, written down."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint.documents.guesses import sane_title, written_title
from stratlint.documents.limits import check_pdf
from stratlint.documents.marks import marks_in
from stratlint.documents.pdf.extras import (
    PageNote,
    comments_of,
    extra_warnings,
    layers_off,
    why_damaged,
)
from stratlint.documents.pdf.layout import lay_out
from stratlint.documents.pdf.writing import write_document
from stratlint.errors import UnreadableInput
from stratlint.records import Document, OutlineEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from stratlint.documents.options import ReadOptions
    from stratlint.documents.pdf.words import RawPage


def read_pdf(data: bytes, name: str, options: ReadOptions) -> Document:
    """A PDF as a Document.

    Raises UnreadableInput: ``encrypted``, ``damaged``, ``empty``, ``too-many-pages``,
    ``decompression``.
    """
    import pypdfium2

    check_pdf(data)
    document = _open(data, options)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableInput("the PDF has no pages", code="empty")
        if count > options.max_pages:
            message = f"{count:,} pages, more than {options.max_pages:,} (raise with --max-pages)"
            raise UnreadableInput(message, code="too-many-pages")
        pages = _pages(document, data, options)
        labels = [document.get_page_label(i) or "" for i in range(count)]
        laid = lay_out(pages, labels, _recogniser(document) if options.ocr else None)
        laid.warnings += extra_warnings(document)
        outline = _outline(document)
        found = _notes(document, pages) if options.marks else []
        title = sane_title(document.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        message = f"a damaged PDF ({error}): {why_damaged(data)}"
        raise UnreadableInput(message, code="damaged") from None
    finally:
        document.close()
    text, body_end, blocks, notes = write_document(laid, repair=options.repair is not False)
    made = Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source=name,
        reader=pages.name,
        text=text,
        body_end=body_end,
        notes=notes,
        pages=tuple(laid.pages),
        blocks=blocks,
        title=title or written_title(blocks, text),
        outline=outline,
        warnings=tuple(laid.warnings),
    )
    return msgspec.structs.replace(made, marks=marks_in(made, comments_of(made, found)))


def _notes(document: Any, pages: Any) -> list[PageNote]:
    """The comments on the pages that may be marks; pdfium sees them as it reads a page."""
    from stratlint.documents.pdf.pdfium import PdfiumPages
    from stratlint.documents.pdf.typed import notes_on
    from stratlint.documents.pdf.words import Frame

    if isinstance(pages, PdfiumPages):
        return pages.notes
    every = enumerate(document)
    return [note for index, page in every for note in notes_on(page, index, Frame(page))]


def _open(data: bytes, options: ReadOptions) -> Any:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_GetLastError

    try:
        return pypdfium2.PdfDocument(data, password=options.password)
    except pypdfium2.PdfiumError as error:
        if FPDF_GetLastError() == FPDF_ERR_PASSWORD or "password" in str(error).lower():
            hint = "the password is wrong" if options.password else "give its --password"
            message = f"encrypted; {hint}, or save a copy without it"
            raise UnreadableInput(message, code="encrypted") from None
        raise UnreadableInput(f"a damaged PDF: {why_damaged(data)}", code="damaged") from None


def _recogniser(document: Any) -> Callable[[RawPage], None]:
    from stratlint.documents.pdf.ocr import recognise

    return lambda raw: recognise(document, raw)


def _pages(document: Any, data: bytes, options: ReadOptions) -> Any:
    @cache
    def plumber() -> Any:
        from stratlint.documents.pdf.plumber import PlumberPages

        return PlumberPages(data, options.password)

    if options.reader == "pdfplumber":
        return plumber()
    from stratlint.documents.pdf.pdfium import PdfiumPages

    layers = layers_off(data, options.password)
    return PdfiumPages(document, layers, lambda index, label: plumber().page(index, label))


def _outline(document: Any) -> tuple[OutlineEntry, ...]:
    """The bookmarks; a broken outline is no reason not to read the text."""
    entries: list[OutlineEntry] = []
    try:
        for item in document.get_toc(max_depth=8):
            if len(entries) >= 5000:
                break
            destination = item.get_dest()
            page = destination.get_index() if destination is not None else None
            title = " ".join((item.get_title() or "").split())
            if title:
                entries.append(OutlineEntry(level=item.level + 1, title=title, page=page))
    except Exception:
        return tuple(entries)
    return tuple(entries)
