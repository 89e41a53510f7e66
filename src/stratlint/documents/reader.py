"""One entrance for every kind of file."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from stratlint.documents.guesses import is_title, sane_title, with_guesses
from stratlint.documents.languages import find_language
from stratlint.documents.options import SUPPORTED, ReadOptions
from stratlint.errors import UnreadableInput, shown
from stratlint.records import Block, Document, Page, ReadWarning, Role

_DEFAULTS = ReadOptions()
_HALF = re.compile("[\ud800-\udfff]")


def read(path: Path | str, options: ReadOptions = _DEFAULTS) -> Document:
    """Read one file into a Document.

    The kind is told by the file's first bytes, then by its suffix. Raises UnreadableInput,
    with a code that says why, when there is nothing to read.
    """
    path = Path(path)
    data = _load(path)
    name = options.source or shown(path.name)
    kind = _kind(data, path)
    if kind == "pdf":
        document = _read_pdf(data, name, options)
    elif kind == "docx":
        document = _read_word(data, name)
    elif kind in ("html", "md"):
        document = _read_markup(data, name, kind)
    else:
        document = _read_plain(data, name, options)
    if len(document.text) > options.max_characters:
        message = (
            f"{len(document.text):,} characters, more than {options.max_characters:,}"
            " (raise with --max-characters)"
        )
        raise UnreadableInput(message, code="too-much-text")
    document = _whole_characters(document)
    if not document.text.strip():
        raise UnreadableInput(_nothing(document), code="no-text")
    language, warnings = find_language(document.blocks, document.text, document.body_end)
    return msgspec.structs.replace(
        document, language=language, warnings=(*document.warnings, *warnings)
    )


def _whole_characters(document: Document) -> Document:
    """The document with a sign of damage for each half of a character that stands alone.

    A font or a page may say that it shows half of a character beyond U+FFFF; such text can
    be neither written nor sent on.
    """
    if document.text.isascii() or _HALF.search(document.text) is None:
        return document
    return msgspec.structs.replace(document, text=_HALF.sub("\ufffd", document.text))


def _load(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput("there is no such file", code="missing") from None
    except IsADirectoryError:
        raise UnreadableInput("is a folder, not a file", code="wrong-type") from None
    except OSError as error:
        raise UnreadableInput(f"{error.strerror}", code="missing") from error
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableInput("the file is empty", code="empty")
    return data


def _kind(data: bytes, path: Path) -> str:
    """pdf, docx, html, md or txt. Raises UnreadableInput (``wrong-type``)."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    suffix = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        if suffix == ".docx" or b"word/" in data[:4096]:
            return "docx"
    elif suffix == ".docx" or suffix == ".pdf":
        what = "a Word" if suffix == ".docx" else "a PDF"
        raise UnreadableInput(f"is not {what} file inside", code="damaged")
    elif suffix in (".html", ".htm", ".xhtml") or head[:15].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        return "html"
    elif suffix in (".md", ".markdown"):
        return "md"
    elif suffix in (".txt", "", ".text"):
        if _is_binary(data):
            raise UnreadableInput("is not text inside", code="damaged")
        return "txt"
    known = ", ".join(sorted(SUPPORTED))
    message = f"this kind of file is not read (known kinds: {known})"
    raise UnreadableInput(message, code="wrong-type")


def _is_binary(data: bytes) -> bool:
    from stratlint.documents.plain import MARKS

    sample = data[:8192]
    if sample.startswith(MARKS):
        return False
    return b"\0" in sample or sum(b < 9 or 13 < b < 27 for b in sample) > 0.02 * len(sample)


def _nothing(document: Document) -> str:
    scanned = sum(1 for w in document.warnings if w.code == "scanned-page")
    if scanned:
        return f"{scanned} scanned page(s) without a text layer; try --ocr"
    overfull = [w for w in document.warnings if w.code == "truncated"]
    if overfull:
        page = document.pages[overfull[0].page or 0].label
        return f"no text but on {len(overfull)} page(s) too full to read, first {page}"
    return "holds no text"


def _read_pdf(data: bytes, name: str, options: ReadOptions) -> Document:
    from stratlint.documents.pdf.file import read_pdf

    return with_guesses(read_pdf(data, name, options))


def _read_word(data: bytes, name: str) -> Document:
    from stratlint.documents.pieces import write_pieces
    from stratlint.documents.word.file import word_pieces

    pieces, title, count = word_pieces(data)
    text, body_end, blocks, notes = write_pieces(pieces)
    pages = [Page(index=i, label=str(i + 1)) for i in range(count or 1)]
    warnings = []
    if count is None:
        message = "The file does not say where its pages break; all of it is said to be on page 1."
        warnings.append(ReadWarning(code="no-pages", message=message))
    title = sane_title(title)
    return _document(
        data, name, "docx", text, body_end, pages, blocks, title, warnings, notes=notes,
        paged=count is not None,
    )  # fmt: skip


def _read_markup(data: bytes, name: str, kind: str) -> Document:
    from stratlint.documents.html.file import html_pieces, says_encoding, with_lines
    from stratlint.documents.markdown import markdown_pieces
    from stratlint.documents.pieces import write_pieces
    from stratlint.documents.plain import decode

    warnings = []
    if kind == "html" and says_encoding(data):
        pieces, title = html_pieces(with_lines(data))
    else:
        decoded, guessed = decode(data)
        warnings = _encoding(guessed)
        if kind == "html":
            pieces, title = html_pieces(with_lines(decoded))
        else:
            pieces, title = markdown_pieces(decoded)
    text, body_end, blocks, notes = write_pieces(pieces)
    pages = [Page(index=0, label="1")]
    return _document(
        data, name, kind, text, body_end, pages, blocks, title, warnings, notes=notes, paged=False
    )


def _read_plain(data: bytes, name: str, options: ReadOptions) -> Document:
    from stratlint.documents.plain import decode, plain_document

    decoded, guessed = decode(data)
    text, body_end, blocks, pages = plain_document(decoded, repair=bool(options.repair))
    return _document(
        data, name, "text", text, body_end, pages, blocks, None, _encoding(guessed),
        paged=len(pages) > 1,
    )  # fmt: skip


def _encoding(guessed: str | None) -> list[ReadWarning]:
    if guessed is None:
        return []
    message = f"The file does not say its encoding; read as {guessed}."
    return [ReadWarning(code="encoding", message=message)]


def _document(
    data: bytes,
    name: str,
    reader: str,
    text: str,
    body_end: int,
    pages: list[Page],
    blocks: tuple[Block, ...],
    title: str | None,
    warnings: list[ReadWarning] | None = None,
    *,
    notes: tuple[int, ...] = (),
    paged: bool,
) -> Document:
    headings = (text[b.start : b.end] for b in blocks if b.role is Role.HEADING)
    if not title or not is_title(title):
        title = next(filter(is_title, headings), None)
    document = Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source=name,
        reader=reader,
        text=text,
        body_end=body_end,
        pages=tuple(pages),
        blocks=blocks,
        title=title,
        warnings=tuple(warnings or ()),
        notes=notes,
        paged=paged,
    )
    return with_guesses(document)
