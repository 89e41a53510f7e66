"""What packed streams would grow to, counted before a parser sees them."""

from __future__ import annotations

import base64
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.documents.limits import TooLarge, check_pdf, growth, unpacked_size
from stratlint.errors import UnreadableInput
from tests.robustness.hostile import pdf_bombs
from tests.robustness.making import good, lzw_zeros, pdf, simple

LIMIT = 1 << 24


def _runs(data: bytes) -> bytes:
    """Run-length data, without any run."""
    pieces = (data[at : at + 128] for at in range(0, len(data), 128))
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


@given(st.binary(max_size=5_000))
def test_each_method_counts_what_went_in(data: bytes) -> None:
    packed = {
        b"FlateDecode": zlib.compress(data),
        b"RunLengthDecode": _runs(data),
        b"ASCIIHexDecode": data.hex().encode() + b">",
        b"ASCII85Decode": base64.a85encode(data) + b"~>",
    }
    for name, body in packed.items():
        assert unpacked_size(memoryview(body), [name], LIMIT) == len(data), name
    twice = base64.a85encode(zlib.compress(data), wrapcol=60) + b"~>"
    chain = [b"A85", b"Fl"]
    assert unpacked_size(memoryview(twice), chain, LIMIT) == len(data)


def test_lzw_counts_the_zeros_of_a_full_table() -> None:
    size = sum(range(1, 3839))
    assert unpacked_size(memoryview(lzw_zeros(1)), [b"LZWDecode"], LIMIT) == size
    assert unpacked_size(memoryview(lzw_zeros(2)), [b"LZW"], LIMIT) == 2 * size
    assert size < len(lzw_zeros(1)) * growth([b"LZWDecode"])


@given(st.binary(max_size=2_000), st.lists(st.sampled_from([b"Fl", b"LZW", b"RL", b"AHx", b"A85"])))
def test_noise_is_counted_and_not_a_fault(data: bytes, filters: list[bytes]) -> None:
    try:
        assert unpacked_size(memoryview(data), filters, 100_000) >= 0
    except TooLarge:
        assert filters


def test_pictures_end_the_chain() -> None:
    body = memoryview(b"\xff\xd8 a picture")
    assert unpacked_size(body, [b"DCTDecode", b"FlateDecode"], LIMIT) == len(body)
    assert growth([b"DCTDecode", b"FlateDecode"]) == 1


def test_bombs_are_refused_before_any_parser() -> None:
    for name, data in pdf_bombs(random.Random(1)):
        if name in {"text-bomb.pdf", "run-length-bomb.pdf"}:
            check_pdf(data)  # within the limit of one stream: the reader's own limits hold
            continue
        with pytest.raises(UnreadableInput, match="packed data would grow") as caught:
            check_pdf(data)
        assert caught.value.code == "decompression", name


def test_a_sound_document_passes() -> None:
    check_pdf(good(400, 1))
    packed = zlib.compress(b"BT (text) Tj ET " * 10_000)
    check_pdf(pdf(simple(packed, extra=b"/Filter /FlateDecode")))
