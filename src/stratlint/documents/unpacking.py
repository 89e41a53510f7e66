"""How large the packed data of a PDF stream would grow: counted in small pieces, never kept.

The methods are those of ISO 32000-1, section 7.4, that can make data longer than it was.
Methods for pictures (DCT, JPX, CCITT, JBIG2) end the chain: what they hold is no text.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterable, Iterator

from stratlint.errors import StratlintError

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
