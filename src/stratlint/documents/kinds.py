"""What kind of file it is, told by its first bytes before its name, and why a kind is not read."""

from __future__ import annotations

from stratlint.documents.options import SUPPORTED
from stratlint.errors import UnreadableInput


def kind_of(data: bytes, suffix: str) -> str:
    """pdf, docx, html, md or txt. Raises UnreadableInput (``wrong-type``, ``encrypted``)."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        raise _office(data)
    if head.startswith(b"{\\rtf"):
        raise _other("a Rich Text file", "open it in Word and save it as .docx")
    if head.startswith(b"PK"):
        if suffix in _WORD or b"word/" in data:
            return "docx"
        raise _other(*_packed(data))
    if suffix in _WORD or suffix == ".pdf":
        what = "a PDF" if suffix == ".pdf" else "a Word"
        seen = "a web page" if head[:200].lower().lstrip().startswith(_PAGES) else "something else"
        remedy = f"it is {seen} under that name; get the file again or name it for what it is"
        raise UnreadableInput(f"is not {what} file inside; {remedy}", code="damaged")
    if suffix in (".html", ".htm", ".xhtml") or head[:15].lower().startswith(_PAGES):
        return "html"
    if suffix in (".md", ".markdown"):
        return "md"
    if suffix in (".txt", "", ".text"):
        if _is_binary(data):
            message = "is not text inside; give it the ending of its own kind"
            raise UnreadableInput(message, code="damaged")
        return "txt"
    known = ", ".join(sorted(SUPPORTED))
    message = (
        f"this kind of file is not read (known kinds: {known}); save it as one of "
        "these or print it to a PDF"
    )
    raise UnreadableInput(message, code="wrong-type")


_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the files of old Office programs begin with, and new ones that have a password."""
_PAGES = (b"<!doctype html", b"<html")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD = {
    "an old Word file (.doc)": "WordDocument".encode("utf-16-le"),
    "an old Excel file (.xls)": "Workbook".encode("utf-16-le"),
    "an old PowerPoint file (.ppt)": "PowerPoint Document".encode("utf-16-le"),
}
_PARTS = {
    b"xl/": ("an Excel file", "save what belongs to the text as .docx or PDF"),
    b"ppt/": ("a PowerPoint file", "save it as a PDF"),
    b"content.xml": ("an OpenDocument file", "save it as .docx"),
    b"Index/Document.iwa": ("a Pages file", "export it as .docx or PDF"),
    b"OEBPS": ("an e-book", "save it as a PDF or HTML"),
}


def _office(data: bytes) -> UnreadableInput:
    """Why a file of the old Office kind is not read, and what to do."""
    if _LOCKED in data:
        message = "has a password; open it in Word, remove the password and save it"
        return UnreadableInput(message, code="encrypted")
    what = next((what for what, mark in _OLD.items() if mark in data), "an old Office file")
    return _other(what, "open it in Word and save it as .docx")


def _packed(data: bytes) -> tuple[str, str]:
    known = next((said for part, said in _PARTS.items() if part in data), None)
    return known or ("a zip archive", "unpack it and read the files in it")


def _other(what: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(f"is {what}, which is not read; {remedy}", code="wrong-type")


def _is_binary(data: bytes) -> bool:
    from stratlint.documents.plain import MARKS

    sample = data[:8192]
    if sample.startswith(MARKS):
        return False
    return b"\0" in sample or sum(b < 9 or 13 < b < 27 for b in sample) > 0.02 * len(sample)
