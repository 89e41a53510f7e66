"""Pairs of similar sentences: where two texts may share something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from stratlint.comparison.passages.tokens import Ints, Words


LONGEST = 80
"""Words from which a sentence is taken for several."""


class Seeds(NamedTuple):
    """Similar sentences of two texts.

    ``pairs`` is an (n, 2) array of sentence numbers; ``a_bounds`` and ``b_bounds`` are the
    words at which sentences begin, with the end of the text last; ``stems_a`` and ``stems_b``
    number the stems of both texts from 0 up to ``stems``.
    """

    pairs: Ints
    a_bounds: Ints
    b_bounds: Ints
    stems_a: Ints
    stems_b: Ints
    stems: int


def find_seeds(a: Words, b: Words, *, cosine: float, dice: float, least: int) -> Seeds:
    """Sentence pairs above a cosine of tf-isf vectors and above a Dice coefficient.

    Sentences below ``least`` words join their successor. After Sanchez-Perez, Sidorov and
    Gelbukh (2014): isf is the inverse frequency over the sentences of both texts.
    """
    bounds_a, bounds_b = sentence_bounds(a, least), sentence_bounds(b, least)
    unique, inverse = np.unique(np.concatenate((a.stem, b.stem)), return_inverse=True)
    stems_a, stems_b = inverse[: len(a)], inverse[len(a) :]
    rows_a, rows_b = _rows(inverse, bounds_a, bounds_b, unique.size)
    pairs = _similar(rows_a, rows_b, cosine, dice)
    return Seeds(pairs, bounds_a, bounds_b, stems_a, stems_b, int(unique.size))


def sentence_bounds(words: Words, least: int) -> Ints:
    """Words at which sentences begin, and the end; a short sentence joins its successor.

    What runs on without a stop (a list, a table, careless extraction) is cut into equal parts.
    """
    bounds = [0]
    for at in np.flatnonzero(words.first)[1:].tolist():
        if at - bounds[-1] >= least:
            _cut_long(bounds, at)
    if len(bounds) > 1 and len(words) - bounds[-1] < least:
        bounds.pop()
    _cut_long(bounds, len(words))
    return np.array(bounds, dtype=np.int64)


def _cut_long(bounds: list[int], end: int) -> None:
    """Append ``end``, and before it what cuts a long sentence."""
    start = bounds[-1]
    parts = -(-(end - start) // LONGEST)
    bounds += [start + (end - start) * part // parts for part in range(1, parts)]
    bounds.append(end)


def _rows(
    stems: Ints, bounds_a: Ints, bounds_b: Ints, size: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Tf-isf rows of unit length, one a sentence, for each text."""
    count_a, count_b = bounds_a.size - 1, bounds_b.size - 1
    total = count_a + count_b
    lengths = np.concatenate((np.diff(bounds_a), np.diff(bounds_b)))
    sentence = np.repeat(np.arange(total), lengths)
    cells, frequency = np.unique(sentence * size + stems, return_counts=True)
    row, column = np.divmod(cells, size)
    value = frequency * np.log((total + 1.0) / np.bincount(column, minlength=size))[column]
    norm = np.sqrt(np.bincount(row, weights=value * value, minlength=total))
    value = value / np.maximum(norm, 1e-12)[row]
    start = np.searchsorted(row, np.arange(total + 1))
    cut = int(start[count_a])
    return (
        sparse.csr_array((value[:cut], column[:cut], start[: count_a + 1]), shape=(count_a, size)),
        sparse.csr_array((value[cut:], column[cut:], start[count_a:] - cut), shape=(count_b, size)),
    )


def _similar(
    rows_a: sparse.csr_array, rows_b: sparse.csr_array, cosine: float, dice: float
) -> Ints:
    likeness = (rows_a @ rows_b.T).tocoo()
    strong = likeness.data > cosine
    left, right = likeness.row[strong], likeness.col[strong]
    if not left.size:
        return np.zeros((0, 2), dtype=np.int64)
    ones_a, ones_b = rows_a.copy(), rows_b.copy()
    ones_a.data = np.ones_like(ones_a.data)
    ones_b.data = np.ones_like(ones_b.data)
    common = np.asarray(ones_a[left].multiply(ones_b[right]).sum(axis=1)).ravel()
    sizes = np.diff(rows_a.indptr)[left] + np.diff(rows_b.indptr)[right]
    keep = 2 * common / sizes > dice
    return np.stack((left[keep], right[keep]), axis=1).astype(np.int64)
