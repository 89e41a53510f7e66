"""One entrance for every kind of file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import msgspec

from stratlint.documents.guesses import is_title, sane_title, with_guesses
from stratlint.documents.kinds import kind_of
from stratlint.documents.languages import find_language
from stratlint.documents.letters import as_latin, letters_apart
from stratlint.documents.options import ReadOptions
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
    kind = kind_of(data, path.suffix.lower())
    if kind == "pdf":
        document = _read_pdf(data, name, options)
    elif kind == "docx":
        document = _read_word(data, name, options)
    elif kind in ("html", "md"):
        document = _read_markup(data, name, kind, options)
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
    text, alike = as_latin(document.text)
    if kind == "txt" and not options.repair:
        # Offsets into plain text are offsets into the file, whose letters stay as they are.
        text = document.text
    warnings += [*alike, *letters_apart(text)]
    return msgspec.structs.replace(
        document, text=text, language=language, warnings=(*document.warnings, *warnings)
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


def _nothing(document: Document) -> str:
    """Why a file gives no text, from what its pages were seen to hold, and what to do."""
    said = Counter(w.code for w in document.warnings if w.page is not None)
    first = {w.code: w.page or 0 for w in reversed(document.warnings) if w.page is not None}
    seen = [
        _SEEN[code].format(n=count, s="" if count == 1 else "s", first=document.pages[page].label)
        for code, page in sorted(first.items(), key=lambda item: item[1])
        if (count := said[code]) and code in _SEEN
    ]
    if any(w.code == "attachment" for w in document.warnings):
        seen.append("files are attached to it: save them and read them")
    if any(w.code == "hidden-text" and w.page is None for w in document.warnings):
        seen.append("words that cannot be seen (make them visible and save it again)")
    if document.reader == "docx":
        seen.append("if pictures show its text, save it as a PDF and use --ocr")
    elif not seen:
        pages = len(document.pages)
        blank = f"its {pages} pages are blank" if pages > 1 else "its page is blank"
        drawn = f"{blank}, or no more than drawings (try --ocr)"
        script = (
            "it is blank; if a script writes its text, open it in a browser and print it to a PDF"
        )
        seen.append(drawn if document.paged else script if document.reader == "html" else _BLANK)
    return f"holds no text: {'; '.join(seen)}"


_BLANK = "it has no words; see that the right file was saved"
_SEEN = {
    "scanned-page": "{n} scanned page{s} without a text layer (try --ocr)",
    "outlined": "{n} page{s} with letters drawn as shapes (try --ocr)",
    "truncated": "{n} page{s} too full to read, first page {first}",
    "hidden-text": "words that cannot be seen on {n} page{s}, first page {first} (try --ocr)",
    "left-out": "{n} damaged page{s} (save or print the file as a new PDF)",
    "ocr": "{n} page{s} in which Tesseract saw no text, first page {first}",
}


def _read_pdf(data: bytes, name: str, options: ReadOptions) -> Document:
    from stratlint.documents.pdf.file import read_pdf

    return with_guesses(read_pdf(data, name, options))


def _read_word(data: bytes, name: str, options: ReadOptions) -> Document:
    from stratlint.documents.marks import marks_in
    from stratlint.documents.pieces import write_pieces
    from stratlint.documents.word.comments import comments_of
    from stratlint.documents.word.file import read_word

    held = read_word(data)
    text, body_end, blocks, notes = write_pieces(held.pieces)
    pages = [Page(index=i, label=str(i + 1)) for i in range(held.pages or 1)]
    warnings = []
    if held.pages is None:
        message = "The file does not say where its pages break; places are named by their headings."
        warnings.append(ReadWarning(code="no-pages", message=message))
    warnings += held.warnings
    document = _document(
        data, name, "docx", text, body_end, pages, blocks, sane_title(held.title), warnings,
        notes=notes, paged=held.pages is not None,
    )  # fmt: skip
    if not options.marks or not held.comments:
        return document
    comments = comments_of(document, held.pieces, held.comments)
    return msgspec.structs.replace(document, marks=marks_in(document, comments))


def _read_markup(data: bytes, name: str, kind: str, options: ReadOptions) -> Document:
    from stratlint.documents.html.file import encoding_of, html_pieces, with_lines
    from stratlint.documents.markdown import markdown_pieces
    from stratlint.documents.pieces import write_pieces
    from stratlint.documents.plain import decode
    from stratlint.documents.spots import with_spots

    warnings, code = [], frozenset[int]()
    declared = encoding_of(data) if kind == "html" else None
    if declared is not None:
        pieces, title, hidden = html_pieces(with_lines(data))
        source = _as_declared(data, declared)
    else:
        source, guessed = decode(data)
        warnings = _encoding(guessed)
        if kind == "html":
            pieces, title, hidden = html_pieces(with_lines(source))
        else:
            pieces, title, hidden, code = markdown_pieces(source)
    text, body_end, blocks, notes = write_pieces(pieces)
    blocks = with_spots(blocks, text, source)
    pages = [Page(index=0, label="1")]
    warnings += hidden
    document = _document(
        data, name, kind, text, body_end, pages, blocks, title, warnings, notes=notes, paged=False
    )
    return _marked(document, source, options, code)


def _marked(
    document: Document, source: str, options: ReadOptions, code: frozenset[int] = frozenset()
) -> Document:
    """The document with the marks of its file, where they are to be heeded."""
    from stratlint.documents.marks import marks_of

    if not options.marks:
        return document
    return msgspec.structs.replace(document, marks=marks_of(document, source, code))


def _as_declared(data: bytes, encoding: str) -> str:
    """The source of a page, for the places of its words: what it is read as the parser decides."""
    try:
        return data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "replace")


def _read_plain(data: bytes, name: str, options: ReadOptions) -> Document:
    from stratlint.documents.plain import decode, plain_document
    from stratlint.documents.spots import spots_as_written, with_spots

    decoded, guessed = decode(data)
    text, body_end, blocks, pages = plain_document(decoded, repair=bool(options.repair))
    mended = bool(options.repair)
    blocks = with_spots(blocks, text, decoded) if mended else spots_as_written(blocks, text)
    document = _document(
        data, name, "text", text, body_end, pages, blocks, None, _encoding(guessed),
        paged=len(pages) > 1,
    )  # fmt: skip
    return _marked(document, decoded, options)


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
