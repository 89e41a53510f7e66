"""What a file may cost before anything parses it: decompressed sizes are bounded first."""

from __future__ import annotations

import io
import re
import zipfile

from stratlint.documents.unpacking import TooLarge, growth, unpacked_size
from stratlint.errors import UnreadableInput

STREAM_LIMIT = 96 * 1024 * 1024
"""Bytes that one stream of a PDF may inflate to. A page's text is some kilobytes; a picture
that is larger than this is of no use on a page."""
CONTENT_LIMIT = 48 * 1024 * 1024
"""Bytes of a stream that is packed twice: nobody packs pictures so, only bombs."""
TOTAL_LIMIT = 1024 * 1024 * 1024
ARCHIVE_LIMIT = 512 * 1024 * 1024
"""Bytes that all parts of a Word file may inflate to together."""

_MAX_RATIO = 1032
"""Deflate never packs better than this, so an archive cannot hold more."""
_SMALL = 16 * 1024 * 1024
"""What cannot grow beyond this needs no look: the text of most pages, packed, is below 16 KB.
A page of so many bytes of commands takes half a second, which the worker's limits bound."""
_HEAD = 1 << 16
"""How far before its data a stream's dictionary is looked for."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,400}\]|/[^\s/<>\[\]()]+|\d+\s+\d+\s+R)")
_NAMES = re.compile(rb"/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(data: bytes) -> None:
    """Bound what the packed streams of a PDF inflate to, without keeping any of it.

    Raises UnreadableInput (``decompression``) for a stream over its limit. Encrypted streams
    do not inflate and are left to the reader's own limits.
    """
    total = 0
    for match in _STREAM.finditer(data):
        filters = _filters(data, match.start())
        end = data.find(b"endstream", match.end())
        body = memoryview(data)[match.end() : end if end >= 0 else len(data)]
        limit = STREAM_LIMIT if len(filters) < 2 else CONTENT_LIMIT
        if len(body) * growth(filters) <= min(limit, _SMALL):
            continue
        try:
            total += unpacked_size(body, filters, limit)
        except TooLarge:
            raise _bomb() from None
        if total > TOTAL_LIMIT:
            raise _bomb()


def check_archive(data: bytes) -> None:
    """Bound what the parts of a zip archive (a Word file) inflate to, by its own directory.

    Raises UnreadableInput: ``decompression`` when they are too large, ``damaged`` when there
    is no directory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableInput(
            f"not a Word file ({error}); open it in Word and save it again", code="damaged"
        ) from None
    if total > ARCHIVE_LIMIT or total > 2 * 1024 * 1024 + _MAX_RATIO * len(data):
        raise _bomb()


def _bomb() -> UnreadableInput:
    message = f"its packed data would grow beyond {STREAM_LIMIT >> 20} MB; not read"
    return UnreadableInput(message, code="decompression")


def _filters(data: bytes, start: int) -> list[bytes]:
    """The packing methods of the stream whose data begin near ``start``, outermost first.

    A name may be written with escapes (``/Fl#61teDecode``). A filter that is kept in another
    object is taken for deflate, which is the one that bombs use.
    """
    begun = data.rfind(b" obj", max(0, start - _HEAD), start)
    head = data[begun if begun >= 0 else max(0, start - _HEAD) : start]
    match = _FILTERS.search(_ESCAPED.sub(_unescaped, head) if b"#" in head else head)
    if match is None:
        return []
    return _NAMES.findall(match.group(1)) or [b"FlateDecode"]


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match.group(1), 16)])
