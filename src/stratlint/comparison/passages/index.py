"""Which stretches documents may share: an index of word runs, and chains of runs in common.

Every run of six words is hashed. Hash and place (a running number over the words of all
documents) are packed into one 64-bit integer, and all of them are sorted once: eight bytes for
each word of the corpus. Equal hashes then stand side by side, and the place tells the document.

Two long documents nearly always share some run of six words by chance, so a single shared run
says little, and a count of them grows with the documents' lengths. What tells a copied passage
from chance is that its runs follow one another in both documents at about the same distance, on
one diagonal of the dot plot (Gibbs and McIntyre 1970; chaining as in BLAST's two-hit method,
Altschul et al. 1997), and that its words are such as do not meet by chance: each counts −log2
of its share of the corpus's words (Shannon's information). So one run of rare words is enough,
and it takes several of common ones. A chain that tells less by itself counts where the words
around it are alike as well. The tests are the same for two documents and for thousands.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.tokens import (
    NUMBER,
    PLACE,
    Flags,
    Hashes,
    Ints,
    Words,
    grams,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

LENGTH = 6
PLAIN = 4
"""Words of a run that are neither names nor numbers, at least: rows of every table of regions
read alike once both are masked."""
ENUMERATED_HOLDERS = 16
"""Runs that stand in more places than this are linked to the first of them only: the passages
then still meet in one cluster, and the work stays linear where everybody copied one template."""
_SORTED_AT_ONCE = 1 << 25
LEAST_BITS = 66.0
"""Information of the words of a chain that stand in shared runs, at least: about seven words in
a row that seldom occur, or ten of the common ones."""
GAP = 60
"""Words from one shared run of a chain to the next, at most."""
BAND = 12
"""How far a chain may drift from one diagonal: words put in or left out between two runs."""
AROUND = 40
"""Words beyond a chain's ends that are asked whether they are alike."""
DRIFT = 6
"""How far beside the diagonal a word's counterpart may stand there."""
SURVIVE = 0.5
"""The share of an edited copy's words that is expected to survive around a chain."""
LEAST_LIKENESS = 8.0
"""What the words around a chain of less than :data:`LEAST_BITS` must say for one origin, in nats.

Of 30 real local plans nine were looked at by hand: of 41 passages that rest on such chains alone
none of the 12 below 8 was a copy (names of Acts, headings, 'it can be demonstrated that'), and of
the 10 above 24 all were. Nineteen of twenty chance chains fall below it."""
TILE = 32
_BLOCK = 500
_AT_ONCE = 1 << 13
_NONE = np.zeros(0, dtype=np.int64)
_NO_WORDS = np.zeros(0, dtype=np.uint64)
_STEPS = float(1 << 20)


class SharedRuns(NamedTuple):
    """Places that hold the same run of words, pair by pair.

    Arrays of one length: document and word of the one place, document and word of the other,
    the first document's number below the second's. ``keys`` are the words of all documents,
    those of document ``d`` from ``starts[d]``; ``bits`` is a running sum over the words of the
    documents that ``a`` may name, which begin at ``first``.
    """

    a: Ints
    a_word: Ints
    b: Ints
    b_word: Ints
    keys: Hashes
    starts: Ints
    bits: NDArray[np.float64]
    first: int

    def information(self, a: Ints, low: Ints, high: Ints) -> NDArray[np.float64]:
        """Bits of the words from ``low`` up to ``high`` of documents ``a``."""
        at = self.starts[a] - self.first
        found: NDArray[np.float64] = self.bits[at + high] - self.bits[at + low]
        return found

    def likeness(
        self, a: Ints, a_at: Ints, b: Ints, b_at: Ints, *, step: int
    ) -> NDArray[np.float64]:
        """How much the words from two places on speak for one origin, in nats, nought at least.

        ``step`` is 1 to go forward and −1 to go back. The greatest sum over the words that
        follow, where a word with an equal one beside the diagonal counts for and any other
        against (as borders are found, see :mod:`stratlint.comparison.passages.borders`).
        """
        found = np.zeros(a.size)
        way = np.arange(AROUND) * step
        for low in range(0, a.size, _AT_ONCE):
            part = slice(low, low + _AT_ONCE)
            at = (self.starts[a[part]] + a_at[part])[:, None] + way
            inside = (at >= self.starts[a[part]][:, None]) & (
                at < self.starts[a[part] + 1][:, None]
            )
            at = np.clip(at, self.first, self.first + self.bits.size - 2)
            word = self.keys[at]
            there = (self.starts[b[part]] + b_at[part])[:, None] + way
            least, most = self.starts[b[part]][:, None], self.starts[b[part] + 1][:, None] - 1
            match = np.zeros(at.shape, dtype=bool)
            for drift in range(-DRIFT, DRIFT + 1):
                match |= self.keys[np.clip(there + drift, least, most)] == word
            share = np.exp2(self.bits[at - self.first] - self.bits[at + 1 - self.first])
            chance = np.clip(1.0 - np.exp(-share * (2 * DRIFT + 1)), 1e-4, 0.9999)
            speaks = np.log((SURVIVE + (1.0 - SURVIVE) * chance) / chance)
            score = np.where(match & inside, speaks, np.log(1.0 - SURVIVE))
            found[part] = np.maximum(np.cumsum(score, axis=1).max(axis=1), 0.0)
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

    def shared(self, documents: int = 0, *, of_first: bool = False) -> Iterator[SharedRuns]:
        """Every pair of places with the same run.

        In parts of ``documents`` first documents each, so that nobody need hold all pairs of a
        large corpus; 0 gives everything in one part. ``of_first`` gives the pairs of the first
        document alone.
        """
        if not self._words:
            return
        starts = np.concatenate(([0], np.cumsum([words.size for words in self._words], dtype=int)))
        stream = np.concatenate(self._words)
        # The parts are views of the whole from now on: nobody holds the words twice.
        self._words = np.split(stream, starts[1:-1])
        keys, bits = self._information()
        groups = tables_of(self._places(int(starts[-1])))
        pairs: _OfFirst | Pairs
        if of_first:
            pairs = _OfFirst(groups, int(starts[1]))
        else:
            sums = [int(stream[low:high].sum()) for low, high in pairwise(starts.tolist())]
            pairs = Pairs(groups, starts, ranked(held_of(groups, starts), sums))
        step = 1 if of_first else documents or len(self)
        for first in range(0, 1 if of_first else len(self), step):
            last = min(first + step, len(self))
            low, high = int(starts[first]), int(starts[last])
            left, right = pairs.between(low, high)
            a = np.searchsorted(starts, left, side="right") - 1
            b = np.searchsorted(starts, right, side="right") - 1
            apart = a != b
            a, b, left, right = a[apart], b[apart], left[apart], right[apart]
            running = np.zeros(high - low + 1)
            np.cumsum(bits[np.searchsorted(keys, stream[low:high])], out=running[1:])
            yield SharedRuns(
                a, left - starts[a], b, right - starts[b], stream, starts, running, low
            )

    def _information(self) -> tuple[Hashes, NDArray[np.float64]]:
        """Every word of the corpus, and how many bits it tells."""
        keys, counts = _NO_WORDS, _NONE
        for first in range(0, len(self), 64):
            part = np.unique(np.concatenate(self._words[first : first + 64]), return_counts=True)
            keys, counts = add_counts([(keys, counts), part])
        return keys, bits_of(counts)

    def _places(self, total: int) -> list[tuple[Ints, Ints]]:
        """Places whose run occurs elsewhere, sorted by run, and where each run's begin."""
        parts = -(-max(1, total) // _SORTED_AT_ONCE)
        return [self._part(total, part, parts) for part in range(parts)]

    def _part(self, total: int, part: int, parts: int) -> tuple[Ints, Ints]:
        found: list[tuple[Hashes, Ints]] = []
        at = 0
        for words in self._words:
            runs, where = runs_of(words, self.length)
            if parts > 1:
                mine = runs % np.uint64(parts) == part
                runs, where = runs[mine], where[mine]
            found.append((runs, at + where))
            at += words.size
        return recurring(found, total)


def add_counts(counted: Iterable[tuple[Hashes, Ints]]) -> tuple[Hashes, Ints]:
    """Counts of words over several collections, from those of each: sorted keys, and counts."""
    parts = list(counted)
    every = np.concatenate([keys for keys, _ in parts] or [_NO_WORDS])
    keys, place = np.unique(every, return_inverse=True)
    weights = np.concatenate([number for _, number in parts] or [_NONE])
    return keys, np.bincount(place, weights, minlength=keys.size).astype(np.int64)


def bits_of(counts: Ints) -> NDArray[np.float64]:
    """How many bits a word of each count tells: −log2 of its share of all words.

    In steps of 2⁻²⁰, so that sums are the same in whatever order and in however many parts.
    """
    bits: NDArray[np.float64] = -np.log2(counts / max(1, int(counts.sum())))
    return np.rint(bits * _STEPS) / _STEPS


def runs_of(words: Hashes, length: int = LENGTH) -> tuple[Hashes, Ints]:
    """The runs of a document that hold enough words that are no names and no numbers."""
    runs = grams(words, length)
    slots = np.concatenate(([0], np.cumsum((words == PLACE) | (words == NUMBER))))
    telling = slots[length : length + runs.size] - slots[: runs.size] <= length - PLAIN
    where = np.flatnonzero(telling)
    return runs[where], where


def recurring(found: Iterable[tuple[Hashes, Ints]], total: int) -> tuple[Ints, Ints]:
    """Places whose run occurs elsewhere, sorted by run, and where each run's begin.

    ``found`` are runs with their places among ``total``: a group-by over the runs, for which
    run and place are packed into one number and sorted.
    """
    bits = np.uint64(max(1, total.bit_length()))
    parts = [((runs >> bits) << bits) | where.astype(np.uint64) for runs, where in found]
    packed = np.concatenate(parts or [_NO_WORDS])
    packed.sort()
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


def tables_of(parts: Iterable[tuple[Ints, Ints]]) -> list[Ints]:
    """Places by run, one table for each number of places: a row is one run."""
    tables: dict[int, list[Ints]] = {}
    for places, starts in parts:
        sizes = np.diff(np.append(starts, places.size))
        for size in np.unique(sizes).tolist():
            rows = places[starts[sizes == size][:, None] + np.arange(size)]
            tables.setdefault(size, []).append(rows)
    return [np.concatenate(tables[size]) for size in sorted(tables)]


def held_of(groups: Sequence[Ints], starts: Ints) -> Ints:
    """How many of the runs that many documents carry each document holds."""
    held = np.zeros(starts.size - 1, dtype=np.int64)
    for table in groups:
        if table.shape[1] > ENUMERATED_HOLDERS:
            documents = np.searchsorted(starts, table.ravel(), side="right") - 1
            held += np.bincount(documents, minlength=held.size)
    return held


def ranked(held: Ints, sums: Sequence[int]) -> Ints:
    """The rank of each document by what it holds, see :func:`held_of`, over all runs.

    Of equals one goes first by the sum of its words, whatever the order of the documents.
    """
    order = sorted(range(held.size), key=lambda d: (-int(held[d]), sums[d]))
    rank = np.zeros(held.size, dtype=np.int64)
    rank[order] = np.arange(held.size)
    return rank


class Pairs:
    """Pairs of places with the same run: all of a run with few places, a star of any other.

    What many documents carry is one text: each holder is linked with one, and through it with
    all the others. That one is the document that holds most of such runs (of the first ``rank``),
    so that a template is aligned with few documents, whole, and not with each of its holders in
    pieces.
    """

    def __init__(self, groups: Sequence[Ints], starts: Ints, rank: Ints) -> None:
        self._few = [table for table in groups if table.shape[1] <= ENUMERATED_HOLDERS]
        stars = []
        for table in groups:
            if table.shape[1] > ENUMERATED_HOLDERS:
                whose = np.searchsorted(starts, table, side="right") - 1
                centre = table[np.arange(len(table)), rank[whose].argmin(axis=1)]
                stars.append(_star(centre, table))
        self._left = np.concatenate([left for left, _ in stars] or [_NONE])
        self._right = np.concatenate([right for _, right in stars] or [_NONE])

    def between(self, low: int, high: int) -> tuple[Ints, Ints]:
        """Pairs of places whose first is from ``low`` up to ``high``."""
        here = (self._left >= low) & (self._left < high)
        found = [(self._left[here], self._right[here])]
        for table in self._few:
            for column in range(table.shape[1] - 1):
                first = table[:, column]
                rows = (first >= low) & (first < high)
                if rows.any():
                    others = table[rows, column + 1 :]
                    found.append((np.repeat(first[rows], others.shape[1]), others.ravel()))
        return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


class _OfFirst:
    """Pairs of the first document's places with all others of the same run."""

    def __init__(self, groups: Sequence[Ints], end: int) -> None:
        stars = []
        for table in groups:
            for column in range(min(table.shape[1], ENUMERATED_HOLDERS)):
                rows = table[:, column] < end
                if rows.any():
                    stars.append(_star(table[rows, column], table[rows]))
        self._left = np.concatenate([left for left, _ in stars] or [_NONE])
        self._right = np.concatenate([right for _, right in stars] or [_NONE])

    def between(self, low: int, high: int) -> tuple[Ints, Ints]:
        """All of them."""
        del low, high
        return self._left, self._right


def _star(centre: Ints, table: Ints) -> tuple[Ints, Ints]:
    """Pairs of one place of each row with every other of it, the first place first."""
    other = table[table != centre[:, None]]
    middle = np.repeat(centre, table.shape[1] - 1)
    return np.minimum(middle, other), np.maximum(middle, other)


class Chain(NamedTuple):
    """Half-open stretches of words in two documents, and the bits of words in shared runs."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    bits: float


class Candidate(NamedTuple):
    """Two documents (by number, ``a`` < ``b``) and the chains that they share.

    At least one chain tells enough by itself; of the others those are left that the words
    around them speak for.
    """

    a: int
    b: int
    chains: tuple[Chain, ...]


def find_candidates(index: Index, *, of_first: bool = False) -> Iterator[Candidate]:
    """Pairs of documents that share a chain, by number; ``of_first`` those of document 0 only."""
    step = _BLOCK if len(index) > 2 * _BLOCK else 0
    for runs in index.shared(step, of_first=of_first):
        yield from candidates_in(runs, index.length)


def candidates_of(documents: Iterable[Words]) -> tuple[Candidate, ...]:
    """Candidate pairs of a whole collection in one call."""
    index = Index()
    for words in documents:
        index.add(words)
    return tuple(find_candidates(index))


def candidates_in(runs: SharedRuns, length: int) -> Iterator[Candidate]:
    """Pairs of documents that share a chain, from the places of their runs of ``length`` words."""
    if not runs.a.size:
        return
    pair = (runs.a << 32) | runs.b
    # Nothing of other pairs may move a pair's bands: it has the same chains in any corpus.
    diagonal = runs.a_word - runs.b_word
    # Bands that overlap by half: whatever lies within half a band lies whole within one of them.
    parts = [_chains(pair, (diagonal + offset) // (2 * BAND), runs, length) for offset in (0, BAND)]
    pairs = np.concatenate([part.pair for part in parts])
    spans = np.concatenate([part.spans for part in parts])
    bits = np.concatenate([part.bits for part in parts])
    told = np.isin(pairs, pairs[bits >= LEAST_BITS])
    if not told.any():
        return
    pairs, spans, bits = pairs[told], spans[told], bits[told]
    order = np.lexsort((bits, *spans.T[::-1], pairs))
    pairs, spans, bits = pairs[order], spans[order], bits[order]
    # The same chain may have been found in two bands.
    fresh = np.ones(pairs.size, dtype=bool)
    fresh[1:] = (np.diff(pairs) != 0) | (np.diff(spans, axis=0) != 0).any(axis=1)
    pairs, spans, bits = pairs[fresh], spans[fresh], bits[fresh]
    kept = bits >= LEAST_BITS
    kept[~kept] = _likeness(runs, pairs[~kept], spans[~kept]) >= LEAST_LIKENESS
    pairs, spans, bits = pairs[kept], spans[kept], bits[kept]
    unique, starts = np.unique(pairs, return_index=True)
    ends = np.append(starts[1:], pairs.size)
    a, b = unique >> 32, unique & 0xFFFFFFFF
    # Tile by tile, so that a pair's documents are those of the pair before, or nearly.
    for at in np.lexsort((b, a, b // TILE, a // TILE)).tolist():
        part = slice(int(starts[at]), int(ends[at]))
        rows = zip(spans[part].tolist(), bits[part].tolist(), strict=True)
        found = tuple(Chain(w, x, y, z, round(told, 3)) for (w, x, y, z), told in rows)
        yield Candidate(int(a[at]), int(b[at]), found)


def _likeness(runs: SharedRuns, pair: Ints, spans: Ints) -> NDArray[np.float64]:
    """How much the words before and after chains speak for one origin."""
    a, b = pair >> 32, pair & 0xFFFFFFFF
    before = runs.likeness(a, spans[:, 0] - 1, b, spans[:, 2] - 1, step=-1)
    return before + runs.likeness(a, spans[:, 1], b, spans[:, 3], step=1)


class _Found(NamedTuple):
    """Chains: the pair of each, its two stretches, and its information."""

    pair: Ints
    spans: Ints
    bits: NDArray[np.float64]


def _chains(pair: Ints, band: Ints, runs: SharedRuns, length: int) -> _Found:
    """Chains within bands."""
    order = np.lexsort((runs.a_word, band, pair))
    pair, band, at = pair[order], band[order], runs.a_word[order]
    there, document = runs.b_word[order], runs.a[order]
    opens = np.ones(at.size, dtype=bool)
    opens[1:] = (pair[1:] != pair[:-1]) | (band[1:] != band[:-1]) | (np.diff(at) > GAP)
    starts = np.flatnonzero(opens)
    # Of each run only the words that the one before it has not covered.
    step = np.full(at.size, length, dtype=np.int64)
    step[1:] = np.where(opens[1:], length, np.minimum(length, np.diff(at)))
    told = runs.information(document, at + length - step, at + length)
    total = np.add.reduceat(told, starts)
    spans = np.stack(
        (
            np.minimum.reduceat(at, starts),
            np.maximum.reduceat(at, starts) + length,
            np.minimum.reduceat(there, starts),
            np.maximum.reduceat(there, starts) + length,
        ),
        axis=1,
    )
    return _Found(pair[starts], spans, total)


def near(chains: Iterable[tuple[int, int]], size: int, margin: int) -> Flags:
    """Which of ``size`` words lie in a chain's stretch or within ``margin`` words of one."""
    step = np.zeros(size + 1, dtype=np.int64)
    for start, end in chains:
        step[max(0, start - margin)] += 1
        step[min(size, end + margin)] -= 1
    flags: Flags = np.cumsum(step[:-1]) > 0
    return flags


def holds_shared_run(a: Words, b: Words, *, length: int = LENGTH) -> bool:
    """Whether two stretches of words have a run in common."""
    return bool(np.isin(grams(a.key, length), grams(b.key, length)).any())
