"""Stretches that two documents may share: chains of shared runs, in the same order in both.

Two long documents nearly always share some run of six words by chance, so a single shared run
says little, and a count of them grows with the documents' lengths. What tells a copied passage
from chance is that its runs follow one another in both documents at about the same distance, on
one diagonal of the dot plot (Gibbs and McIntyre 1970; chaining as in BLAST's two-hit method,
Altschul et al. 1997), and that its words are such as do not meet by chance: each counts −log2
of its share of the corpus's words (Shannon's information). So one run of rare words is enough,
and it takes several of common ones. The test is the same for two documents and for thousands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.index import Index, SharedRuns
from stratlint.comparison.passages.tokens import Flags, Ints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Words

LEAST_BITS = 66.0
"""Information of the words of a chain that stand in shared runs, at least: about seven words in
a row that seldom occur, or ten of the common ones."""
GAP = 60
"""Words from one shared run of a chain to the next, at most."""
BAND = 12
"""How far a chain may drift from one diagonal: words put in or left out between two runs."""
_BLOCK = 500


class Chain(NamedTuple):
    """Half-open stretches of words in two documents, and the bits of words in shared runs."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    bits: float


class Candidate(NamedTuple):
    """Two documents (by number, ``a`` < ``b``) and the chains that they share.

    At least one chain tells enough; the others are what else they may have in common.
    """

    a: int
    b: int
    chains: tuple[Chain, ...]


def find_candidates(index: Index) -> Iterator[Candidate]:
    """Pairs of documents that share a chain, by number."""
    step = _BLOCK if len(index) > 2 * _BLOCK else 0
    for runs in index.shared(step):
        yield from _candidates(runs, index.length)


def candidates_of(documents: Iterable[Words]) -> tuple[Candidate, ...]:
    """Candidate pairs of a whole collection in one call."""
    index = Index()
    for words in documents:
        index.add(words)
    return tuple(find_candidates(index))


def _candidates(runs: SharedRuns, length: int) -> Iterator[Candidate]:
    if not runs.a.size:
        return
    pair = (runs.a << 32) | runs.b
    diagonal = runs.a_word - runs.b_word + int(runs.b_word.max()) + 2 * BAND
    # Bands that overlap by half: whatever lies within half a band lies whole within one of them.
    parts = [_chains(pair, (diagonal + offset) // (2 * BAND), runs, length) for offset in (0, BAND)]
    pairs = np.concatenate([part.pair for part in parts])
    spans = np.concatenate([part.spans for part in parts])
    bits = np.concatenate([part.bits for part in parts])
    told = np.isin(pairs, pairs[bits >= LEAST_BITS])
    if not told.any():
        return
    pairs, spans, bits = pairs[told], spans[told], bits[told]
    order = np.lexsort((spans[:, 1], spans[:, 0], pairs))
    pairs, spans, bits = pairs[order], spans[order], bits[order]
    unique, starts = np.unique(pairs, return_index=True)
    ends = np.append(starts[1:], pairs.size)
    for key, start, end in zip(unique.tolist(), starts.tolist(), ends.tolist(), strict=True):
        rows = zip(spans[start:end].tolist(), bits[start:end].tolist(), strict=True)
        found = dict.fromkeys(
            Chain(a, a_end, b, b_end, round(told, 3)) for (a, a_end, b, b_end), told in rows
        )
        yield Candidate(key >> 32, key & 0xFFFFFFFF, tuple(found))


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
