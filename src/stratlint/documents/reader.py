"""One entrance for every kind of file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from stratlint.documents.options import ReadOptions
from stratlint.documents.pdf import lay_out, write_document
from stratlint.errors import UnreadableInput
from stratlint.records import Document


def read(path: Path | str, options: ReadOptions = ReadOptions()) -> Document:
    """Read one file into a Document.

    Raises UnreadableInput, with a code that says why, when there is nothing to read.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(f"{path.name}: no such file", code="missing") from None
    except OSError as error:
        raise UnreadableInput(f"{path.name}: {error.strerror}", code="missing") from error
    import pypdfium2

    from stratlint.documents.pdfium import PdfiumPages

    document = pypdfium2.PdfDocument(data)
    try:
        pages = PdfiumPages(document)
        labels = [document.get_page_label(i) or str(i + 1) for i in range(len(document))]
        laid = lay_out(pages, labels)
    finally:
        document.close()
    text, body_end, blocks = write_document(laid, repair=options.repair is not False)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source=options.source or path.name,
        reader="pdfium",
        text=text,
        body_end=body_end,
        pages=tuple(laid.pages),
        blocks=blocks,
        warnings=tuple(laid.warnings),
    )
