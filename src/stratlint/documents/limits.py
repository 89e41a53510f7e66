"""What a file may cost before anything parses it: decompressed sizes are bounded first.

Packed data are counted in small pieces and never kept. The methods are those of ISO 32000-1,
section 7.4, that can make data longer than it was; methods for pictures (DCT, JPX, CCITT, JBIG2)
end the chain, as what they hold is no text.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator

from stratlint.errors import StratlintError, UnreadableInput

Chunks = Iterable[bytes]

_CHUNK = 1 << 16
_CLEAR, _END, _FIRST = 256, 257, 258
_WIDEST = 12
"""Bits of the longest LZW code."""


class TooLarge(StratlintError):
    """The data grows beyond the limit."""


def unpacked_size(body: memoryview, filters: Iterable[bytes], limit: int) -> int:
    """Bytes that ``body`` unpacks to; damaged data count as far as they can be unpacked.

    Raises TooLarge as soon as any stage has given more than ``limit`` bytes.
    """
    chunks: Chunks = (bytes(body[at : at + _CHUNK]) for at in range(0, len(body), _CHUNK))
    for name in filters:
        unpack = _METHODS.get(name)
        if unpack is None:
            break
        chunks = _bounded(unpack[0](chunks), limit)
    return sum(len(chunk) for chunk in chunks)


def growth(filters: Iterable[bytes]) -> int:
    """The most that these methods, one after the other, can multiply a length by."""
    most = 1
    for name in filters:
        if name not in _METHODS:
            break
        most *= _METHODS[name][1]
    return most


def _bounded(chunks: Chunks, limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLarge(f"grows beyond {limit:,} bytes")
        yield chunk


def _flate(chunks: Chunks) -> Iterator[bytes]:
    stage = zlib.decompressobj()
    for chunk in chunks:
        data = chunk
        while data and not stage.eof:
            try:
                out = stage.decompress(data, _CHUNK)
            except zlib.error:
                return
            if out:
                yield out
            elif len(stage.unconsumed_tail) >= len(data):
                return
            data = stage.unconsumed_tail


def _run_length(chunks: Chunks) -> Iterator[bytes]:
    out = bytearray()
    data = b""
    for chunk in chunks:
        data += chunk
        at = 0
        while at < len(data):
            length = data[at]
            if length == 128:
                yield bytes(out)
                return
            needed = 2 if length > 128 else length + 2
            if at + needed > len(data):
                break
            if length > 128:
                out += data[at + 1 : at + 2] * (257 - length)
            else:
                out += data[at + 1 : at + needed]
            at += needed
            if len(out) >= _CHUNK:
                yield bytes(out)
                out.clear()
        data = data[at:]
    yield bytes(out)


def _lzw(chunks: Chunks) -> Iterator[bytes]:
    """Unpack with the usual early change of the code's width; another choice ends earlier."""
    out = bytearray()
    table = [bytes([n]) for n in range(256)] + [b"", b""]
    previous = b""
    for code in _codes(chunks, table):
        if code == _END:
            break
        if code == _CLEAR:
            del table[_FIRST:]
            previous = b""
            continue
        if code < len(table):
            entry = table[code]
        elif previous:
            entry = previous + previous[:1]
        else:
            break
        if previous and len(table) < 1 << _WIDEST:
            table.append(previous + entry[:1])
        previous = entry
        out += entry
        if len(out) >= _CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _codes(chunks: Chunks, table: list[bytes]) -> Iterator[int]:
    """The codes, each as wide as the table's length asks at that moment."""
    bits = held = 0
    for chunk in chunks:
        for byte in chunk:
            held = (held << 8) | byte
            bits += 8
            width = min(_WIDEST, max(9, (len(table) + 1).bit_length()))
            if bits >= width:
                bits -= width
                yield held >> bits
                held &= (1 << bits) - 1


def _hexadecimal(chunks: Chunks) -> Iterator[bytes]:
    left = b""
    for chunk in chunks:
        data, end, _ = (left + bytes(chunk).translate(None, b" \t\r\n\f\0")).partition(b">")
        even = len(data) & ~1
        try:
            yield binascii.unhexlify(data[:even])
        except binascii.Error:
            return
        if end:
            return
        left = data[even:]


def _ascii85(chunks: Chunks) -> Iterator[bytes]:
    left = b""
    for chunk in chunks:
        data, end, _ = (left + bytes(chunk).translate(None, b" \t\r\n\f\0")).partition(b"~")
        whole = len(data) if end else _whole_groups(data)
        try:
            yield base64.a85decode(data[:whole])
        except ValueError:
            return
        if end:
            return
        left = data[whole:]


def _whole_groups(data: bytes) -> int:
    """How much of ``data`` is whole groups: five characters, or a z for four zero bytes."""
    last = data.rfind(b"z") + 1
    return last + (len(data) - last) // 5 * 5


_METHODS: dict[bytes, tuple[Callable[[Chunks], Iterator[bytes]], int]] = {
    b"FlateDecode": (_flate, 1032),
    b"LZWDecode": (_lzw, 2560),
    b"RunLengthDecode": (_run_length, 64),
    b"ASCIIHexDecode": (_hexadecimal, 1),
    b"ASCII85Decode": (_ascii85, 4),
}
for _short, _long in {
    b"Fl": b"FlateDecode",
    b"LZW": b"LZWDecode",
    b"RL": b"RunLengthDecode",
    b"AHx": b"ASCIIHexDecode",
    b"A85": b"ASCII85Decode",
}.items():
    _METHODS[_short] = _METHODS[_long]


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
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,400}\]|/[^\s/<>\[\]()]+|\d+\s+\d+\s+R)")
_NAMES = re.compile(rb"/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(data: bytes) -> None:
    """Bound what the packed streams of a PDF inflate to, without keeping any of it.

    Raises UnreadableInput (``decompression``) for a stream over its limit. Encrypted streams
    do not inflate and are left to the reader's own limits.
    """
    total = 0
    for start, begin in _streams(data):
        filters = _filters(data, start)
        end = data.find(b"endstream", begin)
        body = memoryview(data)[begin : end if end >= 0 else len(data)]
        limit = STREAM_LIMIT if len(filters) < 2 else CONTENT_LIMIT
        if len(body) * growth(filters) <= min(limit, _SMALL):
            continue
        try:
            total += unpacked_size(body, filters, limit)
        except TooLarge:
            raise _bomb() from None
        if total > TOTAL_LIMIT:
            raise _bomb()


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the word stands that opens each stream, and where the data behind it begin."""
    at = data.find(b"stream")
    while at >= 0:
        begin = at + 6
        if data[at - 3 : at] != b"end" or at < 3:
            if data[begin : begin + 2] == b"\r\n":
                yield at, begin + 2
            elif data[begin : begin + 1] == b"\n":
                yield at, begin + 1
        at = data.find(b"stream", begin)


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
