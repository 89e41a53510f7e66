"""What a file may cost before anything parses it: decompressed sizes are bounded first."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

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
"""Deflate never packs better than this, so short streams need no look."""
_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,200}\]|/[A-Za-z0-9]+)")
_NAMES = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|[A-Za-z0-9]+)")
_CHUNK = 1 << 16


def check_pdf(data: bytes, name: str) -> None:
    """Bound what the packed streams of a PDF inflate to, without keeping any of it.

    Raises UnreadableInput (``decompression``) for a stream over its limit. Encrypted streams
    do not inflate and are left to the reader's own limits.
    """
    total = 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 600) : match.start()]
        head = head[head.rfind(b" obj") :]
        filters = _flate_filters(head)
        if not filters:
            continue
        end = data.find(b"endstream", match.end())
        body = memoryview(data)[match.end() : end if end >= 0 else len(data)]
        limit = STREAM_LIMIT if filters == 1 else CONTENT_LIMIT
        if len(body) * _MAX_RATIO**filters <= min(limit, 4 * 1024 * 1024):
            continue
        total += _inflated(body, filters, limit, name)
        if total > TOTAL_LIMIT:
            raise _bomb(name)


def check_archive(data: bytes, name: str) -> None:
    """Bound what the parts of a zip archive (a Word file) inflate to, by its own directory.

    Raises UnreadableInput: ``decompression`` when they are too large, ``damaged`` when there
    is no directory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableInput(f"{name}: not a Word file ({error})", code="damaged") from None
    if total > ARCHIVE_LIMIT or total > 2 * 1024 * 1024 + _MAX_RATIO * len(data):
        raise _bomb(name)


def _bomb(name: str) -> UnreadableInput:
    message = f"{name}: its packed data would grow beyond {STREAM_LIMIT >> 20} MB; not read"
    return UnreadableInput(message, code="decompression")


def _flate_filters(head: bytes) -> int:
    """How many times over a stream is packed with a method that can explode."""
    match = _FILTERS.search(head)
    if match is None:
        return 0
    names = _NAMES.findall(match.group(1))
    packed = sum(1 for n in names if n in (b"FlateDecode", b"Fl"))
    if packed and any(n.startswith((b"LZW", b"Run", b"RL")) for n in names):
        return packed + 1
    return packed


def _inflated(body: memoryview, filters: int, limit: int, name: str) -> int:
    """Size after unpacking the outer layers; counts only, in small pieces."""
    stages = [zlib.decompressobj() for _ in range(max(1, filters))]
    sizes = [0] * len(stages)

    def feed(level: int, data: bytes) -> None:
        stage = stages[level]
        while data and not stage.eof:
            try:
                out = stage.decompress(data, _CHUNK)
            except zlib.error:
                return
            sizes[level] += len(out)
            if sizes[level] > limit:
                raise _bomb(name)
            if level + 1 < len(stages) and out:
                feed(level + 1, out)
            if not out and len(stage.unconsumed_tail) >= len(data):
                return
            data = stage.unconsumed_tail

    for start in range(0, len(body), _CHUNK):
        if stages[0].eof:
            break
        feed(0, bytes(body[start : start + _CHUNK]))
    return sizes[-1]
