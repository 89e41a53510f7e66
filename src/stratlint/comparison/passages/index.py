"""Which runs of words a corpus holds more than once: an inverted index without a dictionary.

Every run of six words is hashed. Hash and place (a running number over the words of all
documents) are packed into one 64-bit integer, and all of them are sorted once: eight bytes for
each word of the corpus. Equal hashes then stand side by side, and the place tells the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.tokens import NUMBER, PLACE, Hashes, Ints, Words, grams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LENGTH = 6
PLAIN = 4
"""Words of a run that are neither names nor numbers, at least: rows of every table of regions
read alike once both are masked."""
ENUMERATED_HOLDERS = 16
"""Runs that stand in more places than this are linked to the first of them only: the passages
then still meet in one cluster, and the work stays linear where everybody copied one template."""
_SORTED_AT_ONCE = 1 << 25


class SharedRuns(NamedTuple):
    """Places that hold the same run of words, pair by pair.

    Arrays of one length: document and word of the one place, document and word of the other,
    the first document's number below the second's. ``bits`` is a running sum over the words of
    the documents that ``a`` may name; the words of document ``d`` begin at ``starts[d]``.
    """

    a: Ints
    a_word: Ints
    b: Ints
    b_word: Ints
    bits: NDArray[np.float64]
    starts: Ints

    def information(self, a: Ints, low: Ints, high: Ints) -> NDArray[np.float64]:
        """Bits of the words from ``low`` up to ``high`` of documents ``a``."""
        at = self.starts[a]
        found: NDArray[np.float64] = self.bits[at + high] - self.bits[at + low]
        return found


class Index:
    """Collects the words of one document after another, and finds the runs that recur."""

    def __init__(self, *, length: int = LENGTH) -> None:
        self.length = length
        self._words: list[Hashes] = []

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Words) -> int:
        """Take a document in, names and numbers masked; returns its number."""
        self._words.append(words.key.copy())
        return len(self._words) - 1

    def shared(self, documents: int = 0) -> Iterator[SharedRuns]:
        """Every pair of places with the same run.

        In parts of ``documents`` first documents each, so that nobody need hold all pairs of a
        large corpus; 0 gives everything in one part.
        """
        starts = np.concatenate(([0], np.cumsum([words.size for words in self._words], dtype=int)))
        keys, bits = self._information()
        groups = _groups(self._places(int(starts[-1])))
        step = documents or max(1, len(self))
        for first in range(0, len(self), step):
            last = min(first + step, len(self))
            low, high = int(starts[first]), int(starts[last])
            left, right = _pairs(groups, low, high)
            a = np.searchsorted(starts, left, side="right") - 1
            b = np.searchsorted(starts, right, side="right") - 1
            apart = a != b
            a, b, left, right = a[apart], b[apart], left[apart], right[apart]
            running = np.zeros(high - low + 1)
            known = np.searchsorted(keys, np.concatenate(self._words[first:last]))
            np.cumsum(bits[known], out=running[1:])
            yield SharedRuns(a, left - starts[a], b, right - starts[b], running, starts - low)

    def _information(self) -> tuple[Hashes, NDArray[np.float64]]:
        """Every word of the corpus, and how many bits it tells: −log2 of its share."""
        keys: Hashes = np.zeros(0, dtype=np.uint64)
        counts: NDArray[np.float64] = np.zeros(0)
        for first in range(0, len(self), 64):
            part = np.concatenate(self._words[first : first + 64])
            more, number = np.unique(part, return_counts=True)
            merged, place = np.unique(np.concatenate((keys, more)), return_inverse=True)
            counts = np.bincount(place, np.concatenate((counts, number))).astype(np.float64)
            keys = merged
        return keys, -np.log2(counts / max(1.0, float(counts.sum())))

    def _places(self, total: int) -> list[tuple[Ints, Ints]]:
        """Places whose run occurs elsewhere, sorted by run, and where each run's begin."""
        parts = -(-max(1, total) // _SORTED_AT_ONCE)
        return [self._part(total, part, parts) for part in range(parts)]

    def _part(self, total: int, part: int, parts: int) -> tuple[Ints, Ints]:
        bits = np.uint64(max(1, total.bit_length()))
        found: list[Hashes] = []
        at = 0
        for words in self._words:
            runs = grams(words, self.length)
            where = np.flatnonzero(_telling(words, self.length, runs.size))
            if parts > 1:
                where = where[runs[where] % np.uint64(parts) == part]
            found.append(((runs[where] >> bits) << bits) | (at + where).astype(np.uint64))
            at += words.size
        packed = np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)
        packed.sort()
        return _recurring(packed, bits)


def _telling(words: Hashes, length: int, size: int) -> NDArray[np.bool_]:
    """Which runs hold enough words that are no names and no numbers."""
    slots = np.concatenate(([0], np.cumsum((words == PLACE) | (words == NUMBER))))
    telling: NDArray[np.bool_] = slots[length : length + size] - slots[:size] <= length - PLAIN
    return telling


def _recurring(packed: Hashes, bits: np.uint64) -> tuple[Ints, Ints]:
    if packed.size < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    same = (packed[1:] >> bits) == (packed[:-1] >> bits)
    member = np.zeros(packed.size, dtype=bool)
    member[1:] |= same
    member[:-1] |= same
    opens = np.ones(packed.size, dtype=bool)
    opens[1:] = ~same
    starts = np.flatnonzero(opens[member])
    places = packed[member] & np.uint64((1 << int(bits)) - 1)
    return places.astype(np.int64), starts


def _groups(parts: list[tuple[Ints, Ints]]) -> list[Ints]:
    """Places by run, one table for each number of places: a row is one run."""
    tables: dict[int, list[Ints]] = {}
    for places, starts in parts:
        sizes = np.diff(np.append(starts, places.size))
        for size in np.unique(sizes).tolist():
            rows = places[starts[sizes == size][:, None] + np.arange(size)]
            tables.setdefault(size, []).append(rows)
    return [np.concatenate(tables[size]) for size in sorted(tables)]


def _pairs(groups: list[Ints], low: int, high: int) -> tuple[Ints, Ints]:
    """Pairs of places whose first is from ``low`` up to ``high``."""
    found: list[tuple[Ints, Ints]] = []
    for table in groups:
        size = table.shape[1]
        for column in range(size - 1 if size <= ENUMERATED_HOLDERS else 1):
            first = table[:, column]
            rows = (first >= low) & (first < high)
            if rows.any():
                others = table[rows, column + 1 :]
                found.append((np.repeat(first[rows], others.shape[1]), others.ravel()))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def holds_shared_run(a: Words, b: Words, *, length: int = LENGTH) -> bool:
    """Whether two stretches of words have a run in common."""
    return bool(np.isin(grams(a.key, length), grams(b.key, length)).any())
