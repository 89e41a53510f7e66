"""A document as short hashes of its word runs: what of it may be kept without its text.

Every run of six words (names masked) is kept as three bytes, with its page and in
no order. Whoever holds a text can ask whether most of its runs stand in the document; nobody
can read the document off, and at three bytes guesses of a next word have many false answers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.names import names_of
from stratlint.comparison.passages.tokens import grams, mask, tokenise
from stratlint.records import Document, Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags, Hashes, Words

RUN = 6
_BITS = 24
_BYTES = 3
WORD = re.compile(r"\w+")


class Fingerprint(Record):
    """A document's runs: by page index, and once more as written where names are masked."""

    runs: dict[int, str]
    named: str
    total: int


class Runs(NamedTuple):
    """A text made ready: masked words, their runs, and which of the runs hold a name.

    ``opens`` are the words that open a sentence or a block.
    """

    text: str
    words: Words
    runs: NDArray[np.uint32]
    named: Flags
    opens: NDArray[np.int64]


def fingerprint(document: Document) -> Fingerprint:
    """The fingerprint of a document's body, names masked."""
    text = runs_of(document)
    starts, pages = _page_starts(document)
    by_page: dict[int, set[int]] = {}
    for run, at in zip(text.runs.tolist(), text.words.start.tolist(), strict=False):
        page = pages[max(0, bisect_right(starts, at) - 1)] if pages else 0
        by_page.setdefault(page, set()).add(run)
    marked = np.flatnonzero(text.named)
    return Fingerprint(
        runs={page: _pack(runs) for page, runs in sorted(by_page.items())},
        named=_pack({as_written(text, at) for at in marked.tolist()}),
        total=int(text.runs.size),
    )


def runs_of(document: Document) -> Runs:
    """The runs of a document's body, names masked."""
    words = mask(tokenise(document.body), names_of(document), numbers=False)
    runs = _short(grams(words.key, RUN))
    return Runs(
        text=document.body,
        words=words,
        runs=runs,
        named=_any_in_run(words.masked, runs.size),
        opens=_opens(document, words),
    )


def _short(hashes: Hashes) -> NDArray[np.uint32]:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.uint32)


def _opens(document: Document, words: Words) -> NDArray[np.int64]:
    """The words that open a sentence or a block."""
    blocks = np.searchsorted(words.start, [block.start for block in document.blocks])
    found: NDArray[np.int64] = np.union1d(np.flatnonzero(words.first), blocks)
    return found


def _any_in_run(flags: Flags, size: int) -> Flags:
    found: Flags = np.zeros(size, dtype=bool)
    for offset in range(RUN if size else 0):
        found |= flags[offset : offset + size]
    return found


def as_written(text: Runs, at: int) -> int:
    """The hash of a run with its names, as three bytes."""
    low, high = int(text.words.start[at]), int(text.words.end[at + RUN - 1])
    folded = " ".join(WORD.findall(text.text[low:high].casefold()))
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=_BYTES).digest(), "big")


def _pack(runs: set[int]) -> str:
    data = b"".join(run.to_bytes(_BYTES, "big") for run in sorted(runs))
    return base64.b64encode(data).decode("ascii")


def unpack(packed: str) -> NDArray[np.uint32]:
    """The sorted runs. Raises ValueError for what is no fingerprint."""
    data = np.frombuffer(base64.b64decode(packed, validate=True), dtype=np.uint8)
    parts = data.reshape(-1, _BYTES).astype(np.uint32)
    runs: NDArray[np.uint32] = np.zeros(parts.shape[0], dtype=np.uint32)
    for column in range(_BYTES):
        runs = (runs << np.uint32(8)) | parts[:, column]
    return runs


def _page_starts(document: Document) -> tuple[list[int], list[int]]:
    """Where pages begin in the body: offsets in order, and the page of each."""
    found: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.start < document.body_end:
            found.append((block.start, block.page))
            found += [(line.start, line.page) for line in block.lines]
    found.sort()
    return [start for start, _ in found], [page for _, page in found]
