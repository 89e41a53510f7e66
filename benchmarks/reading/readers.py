"""One function for each reader: a file in, its number of pages out."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path


def _plumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def _pypdfium2(path: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    count = len(document)
    document.close()
    return count


def _pymupdf(path: Path) -> int:
    import pymupdf

    with pymupdf.open(path) as document:
        for page in document:
            page.get_text()
        return len(document)


def _stratlint(path: Path) -> int:
    from stratlint.documents import read

    return len(read(path).pages)


def _pure(path: Path) -> int:
    os.environ["STRATLINT_PURE"] = "1"  # before the reader is imported
    return _stratlint(path)


READERS: dict[str, Callable[[Path], int]] = {
    "pdfplumber extract_text": _plumber,
    "PyMuPDF get_text": _pymupdf,
    "pypdfium2 get_text_range": _pypdfium2,
    "stratlint to a Document": _stratlint,
    "the same, pure Python": _pure,
}
NEEDS = {"PyMuPDF get_text": "pymupdf"}


def available() -> list[str]:
    """The readers whose packages are installed; PyMuPDF is a benchmark-only extra."""
    return [
        name
        for name in READERS
        if name not in NEEDS or importlib.util.find_spec(NEEDS[name]) is not None
    ]
