"""Which documents share text: a hashed word n-gram index over thousands of documents.

Each run of six words is hashed; one hash in four is kept, chosen by its own value, so that
two copies of a passage keep the same ones (content sampling; Broder 1997, Schleimer et al.
2003). Hash and document number are packed into one 64-bit integer and sorted once: no
dictionary, eight bytes for each kept run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.tokens import Flags, Hashes, Ints, Words, grams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LENGTH = 6
SAMPLE = 4
ENUMERATED_HOLDERS = 64
"""Runs with more holders than this are linked to their first holder only: the passages then
still meet in one cluster, and the work stays linear where everybody copied one template."""


class Candidate(NamedTuple):
    """Two documents (by index, ``a`` < ``b``) and how many sampled runs they share."""

    a: int
    b: int
    shared: int


class Index:
    """Collects the sampled runs of one document after another."""

    def __init__(self, *, length: int = LENGTH, sample: int = SAMPLE) -> None:
        self.length = length
        self.sample = sample
        self._kept: list[Hashes] = []

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, words: Words) -> int:
        """Take a document in; returns its number."""
        kept = np.unique(sampled(words, self.length, self.sample)[0])
        self._kept.append(kept)
        return len(self._kept) - 1

    def candidates(self, *, least: int = 1) -> tuple[Candidate, ...]:
        """Pairs that share at least ``least`` sampled runs, most shared first."""
        if not self._kept:
            return ()
        bits = np.uint64(max(1, (len(self._kept) - 1).bit_length()))
        packed = np.empty(sum(kept.size for kept in self._kept), dtype=np.uint64)
        at = 0
        for number, kept in enumerate(self._kept):
            part = packed[at : at + kept.size]
            np.left_shift(kept, bits, out=part)
            part |= np.uint64(number)
            at += kept.size
        packed.sort()
        pairs = _pairs(packed, bits)
        if not pairs.size:
            return ()
        unique, shared = np.unique(pairs, return_counts=True)
        order = np.lexsort((unique, -shared))
        return tuple(
            Candidate(int(pair >> np.uint64(32)), int(pair & np.uint64(0xFFFFFFFF)), int(count))
            for pair, count in zip(unique[order], shared[order], strict=True)
            if count >= least
        )


def sampled(words: Words, length: int = LENGTH, sample: int = SAMPLE) -> tuple[Hashes, Ints]:
    """The sampled runs of a document: their hashes and the word each begins with."""
    hashes = grams(words.key, length)
    at = np.flatnonzero(hashes % np.uint64(sample) == 0)
    return hashes[at], at


def _pairs(packed: Hashes, bits: np.uint64) -> Hashes:
    """Every pair of documents under one hash, as ``a << 32 | b``."""
    same = (packed[1:] >> bits) == (packed[:-1] >> bits)
    if not same.any():
        return np.zeros(0, dtype=np.uint64)
    # Keep the runs with two holders or more, then number the groups they form.
    member = np.zeros(packed.size, dtype=bool)
    member[1:] |= same
    member[:-1] |= same
    opens = np.ones(packed.size, dtype=bool)
    opens[1:] = ~same
    starts = np.flatnonzero(opens[member])
    holders = packed[member] & np.uint64((1 << int(bits)) - 1)
    sizes = np.diff(np.append(starts, holders.size))
    found: list[Hashes] = []
    for size in np.unique(sizes):
        at = starts[sizes == size]
        table = holders[at[:, None] + np.arange(size)]
        if size <= ENUMERATED_HOLDERS:
            left, right = np.triu_indices(size, 1)
        else:
            left, right = np.zeros(size - 1, dtype=np.intp), np.arange(1, size)
        pair = (table[:, left] << np.uint64(32)) | table[:, right]
        found.append(pair.ravel())
    return np.concatenate(found)


def near_shared(a: Words, b: Words, *, margin: int, length: int = LENGTH) -> tuple[Flags, Flags]:
    """Which words of two long documents lie near a run of words that both hold.

    ``margin`` is in words. Aligning only these costs a fraction of aligning everything.
    """
    hashes_a, hashes_b = grams(a.key, length), grams(b.key, length)
    common = np.intersect1d(hashes_a, hashes_b)
    return (
        _widened(np.flatnonzero(np.isin(hashes_a, common)), len(a), margin, length),
        _widened(np.flatnonzero(np.isin(hashes_b, common)), len(b), margin, length),
    )


def _widened(at: Ints, size: int, margin: int, length: int) -> Flags:
    step = np.zeros(size + 1, dtype=np.int64)
    np.add.at(step, np.maximum(at - margin, 0), 1)
    np.add.at(step, np.minimum(at + length + margin, size), -1)
    near: Flags = np.cumsum(step[:-1]) > 0
    return near


def shared_runs(documents: Sequence[Words] | Iterable[Words]) -> tuple[Candidate, ...]:
    """Candidate pairs of a whole collection in one call."""
    index = Index()
    for words in documents:
        index.add(words)
    return index.candidates()
