"""Pairs of documents: how alike in priorities and in wording, and whether chance explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.statistics.adjusting import adjusted
from stratlint.comparison.statistics.distance import jensen_shannon
from stratlint.comparison.statistics.overlap import jaccard, overlap_coefficient, permutation_null
from stratlint.comparison.statistics.texts import cosine_table, tfidf
from stratlint.records import Similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

ALL_PAIRS = 200
"""Up to this many documents every pair is a record."""
NEAREST = 10
"""Beyond it, for each document, the pairs with the documents nearest to it in wording, and as
many of those whose shared priorities are the most unusual."""
FEWER = 199
"""Permutations beyond it, so that the smallest p is .005: each takes the square of the corpus."""
_BLOCK = 256
LIKELY = 0.05
"""Pairs below this p are counted as unusual."""


class Pairs(NamedTuple):
    """Records of pairs, how many pairs there are, in how many p is below .05, and the shuffles."""

    records: tuple[Similarity, ...]
    total: int
    unusual: int
    permutations: int


def similarities(
    names: Sequence[str],
    sets: Sequence[set[str]],
    matrix: NDArray[np.bool_],
    counts: sparse.csr_array,
    *,
    permutations: int,
    seed: int,
) -> Pairs:
    """Compare every pair of documents; see :data:`ALL_PAIRS` for which become records.

    ``matrix`` has a row a document and a column a sector, ``counts`` a row of word counts.
    """
    size = len(names)
    if size > ALL_PAIRS:
        permutations = min(permutations, FEWER)
    null = permutation_null(matrix, permutations=permutations, seed=seed)
    rows = tfidf(counts) if counts.nnz else counts
    upper = np.triu(np.ones((size, size), dtype=bool), 1)
    unusual = int(((null.p < LIKELY) & (null.z > 0) & upper).sum())
    corrected = np.ones((size, size))
    # Every pair is a test, whether it becomes a record or not.
    corrected[upper] = adjusted(null.p[upper])
    kept = upper if size <= ALL_PAIRS else _nearest(rows, null.z) & upper
    found: list[Similarity] = []
    for first in range(0, size, _BLOCK):
        cosine = cosine_table(rows, first, first + _BLOCK)
        for at, j in np.argwhere(kept[first : first + _BLOCK]).tolist():
            i = first + at
            found.append(
                Similarity(
                    a=names[i],
                    b=names[j],
                    shared=len(sets[i] & sets[j]),
                    expected=float(null.expected[i, j]),
                    jaccard=jaccard(sets[i], sets[j]),
                    overlap=overlap_coefficient(sets[i], sets[j]),
                    z=float(null.z[i, j]),
                    p=float(null.p[i, j]),
                    p_adjusted=float(corrected[i, j]),
                    text=float(cosine[at, j]),
                    jensen_shannon=jensen_shannon(*_together(counts, i, j)),
                )
            )
    return Pairs(tuple(found), size * (size - 1) // 2, unusual, permutations)


def _nearest(rows: sparse.csr_array, z: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Pairs that are among the nearest of either document, in wording or in priorities."""
    size = z.shape[0]
    kept = np.zeros((size, size), dtype=bool)
    for first in range(0, size, _BLOCK):
        last = min(first + _BLOCK, size)
        own = np.arange(first, last)
        for table in (cosine_table(rows, first, last), z[first:last].copy()):
            table[own - first, own] = -np.inf
            best = np.argsort(-table, axis=1, kind="stable")[:, :NEAREST]
            kept[own[:, None], best] = True
    return kept | kept.T


def _together(
    counts: sparse.csr_array, i: int, j: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The counts of two documents over the words that either has, in the order of the words."""
    first, second = (slice(counts.indptr[n], counts.indptr[n + 1]) for n in (i, j))
    p, q = np.zeros(counts.shape[1]), np.zeros(counts.shape[1])
    p[counts.indices[first]] = counts.data[first]
    q[counts.indices[second]] = counts.data[second]
    either = np.flatnonzero((p > 0) | (q > 0))
    return p[either], q[either]
