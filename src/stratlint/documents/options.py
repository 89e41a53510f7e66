"""How a document is to be read."""

from __future__ import annotations

from typing import Literal

from stratlint.records import Record

SUPPORTED: frozenset[str] = frozenset(
    {
        ".pdf",
        ".docx",
        ".docm",
        ".dotx",
        ".dotm",
        ".html",
        ".htm",
        ".xhtml",
        ".md",
        ".markdown",
        ".txt",
    }
)
"""File suffixes that :func:`stratlint.documents.read` knows."""


class ReadOptions(Record):
    """How a document is to be read.

    ``repair=None`` mends the text of a PDF (whose line ends and glyphs are the printer's, not
    the author's) and leaves every other kind of file alone. ``source`` is the name to record;
    the file's own name where it is None. Without ``marks`` comments that set findings aside are
    not heeded.
    """

    reader: Literal["pdfium", "pdfplumber"] = "pdfium"
    repair: bool | None = None
    password: str | None = None
    ocr: bool = False
    max_pages: int = 2000
    max_characters: int = 20_000_000
    source: str | None = None
    marks: bool = True
