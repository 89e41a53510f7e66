"""Where two texts share a passage: seed, extend, filter, and find the borders.

After Sanchez-Perez, Sidorov and Gelbukh (2014, 'A winning approach to text alignment for text
reuse detection at PAN 2014'): sentences are compared as tf-isf vectors, similar pairs are
seeds, seeds close in both texts grow into fragments, weak or overlapping fragments go. The
borders are then found on words instead of sentences, see :mod:`stratlint.comparison.borders`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from stratlint.comparison.tokens import Ints, Words


class Fragment(NamedTuple):
    """Half-open word spans in two texts that match, and how well (cosine)."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    score: float
    summary: bool = False


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How alike, how near and how long shared text must be.

    ``cosine`` and ``dice`` are the least likeness of two sentences; ``gap`` the most
    sentences between two seeds of one fragment, ``summary_gap`` the same where one side
    condenses the other; ``fragment`` is the least cosine of a whole fragment, and ``words``
    its least length.
    """

    cosine: float = 0.33
    dice: float = 0.33
    gap: int = 4
    summary_gap: int = 24
    summary_ratio: float = 3.0
    fragment: float = 0.34
    words: int = 25
    least_sentence: int = 3


DEFAULTS = AlignOptions()


def sentences_of(words: Words, least: int) -> Ints:
    """Bounds of sentences in words; one shorter than ``least`` joins its successor."""
    opens = np.flatnonzero(words.first)
    bounds = [0]
    for at in opens[1:].tolist():
        if at - bounds[-1] >= least:
            bounds.append(at)
    if len(bounds) > 1 and len(words) - bounds[-1] < least:
        bounds.pop()
    return np.array([*bounds, len(words)], dtype=np.int64)


def number_stems(a: Words, b: Words) -> tuple[Ints, Ints, int]:
    """Stems of both texts as small numbers, and how many there are."""
    unique, inverse = np.unique(np.concatenate((a.stem, b.stem)), return_inverse=True)
    return inverse[: len(a)], inverse[len(a) :], int(unique.size)


def find_fragments(a: Words, b: Words, options: AlignOptions) -> list[Fragment]:
    """Fragments of two texts that match, in the order of the first text."""
    if not len(a) or not len(b):
        return []
    bounds_a = sentences_of(a, options.least_sentence)
    bounds_b = sentences_of(b, options.least_sentence)
    stems_a, stems_b, size = number_stems(a, b)
    rows_a, rows_b = _matrices(stems_a, stems_b, bounds_a, bounds_b, size)
    seeds = _seeds(rows_a, rows_b, options)
    if not seeds.size:
        return []
    groups = _extend(seeds, options.gap)
    fragments = []
    for group in groups:
        fragment = _fragment(group, rows_a, rows_b, bounds_a, bounds_b)
        if fragment.score >= options.fragment and (
            min(fragment.a_end - fragment.a_start, fragment.b_end - fragment.b_start)
            >= options.words
        ):
            fragments.append(fragment)
    return resolve(fragments)


def _matrices(
    stems_a: Ints, stems_b: Ints, bounds_a: Ints, bounds_b: Ints, size: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Unit tf-isf rows of both texts' sentences."""
    count_a, count_b = bounds_a.size - 1, bounds_b.size - 1
    sentence = np.concatenate(
        (
            np.repeat(np.arange(count_a), np.diff(bounds_a)),
            np.repeat(np.arange(count_a, count_a + count_b), np.diff(bounds_b)),
        )
    )
    stems = np.concatenate((stems_a, stems_b))
    cells, frequency = np.unique(sentence * size + stems, return_counts=True)
    row, column = np.divmod(cells, size)
    total = count_a + count_b
    isf = np.log(total / np.bincount(column, minlength=size))
    value = frequency * isf[column]
    norm = np.sqrt(np.bincount(row, weights=value * value, minlength=total))
    value = value / np.maximum(norm, 1e-12)[row]
    indptr = np.searchsorted(row, np.arange(total + 1))
    cut = int(indptr[count_a])
    rows_a = sparse.csr_array(
        (value[:cut], column[:cut], indptr[: count_a + 1]), shape=(count_a, size)
    )
    rows_b = sparse.csr_array(
        (value[cut:], column[cut:], indptr[count_a:] - cut), shape=(count_b, size)
    )
    return rows_a, rows_b


def _seeds(rows_a: sparse.csr_array, rows_b: sparse.csr_array, options: AlignOptions) -> Ints:
    """Pairs of similar sentences, an (n, 2) array."""
    likeness = (rows_a @ rows_b.T).tocoo()
    strong = likeness.data > options.cosine
    left, right = likeness.row[strong], likeness.col[strong]
    if not left.size:
        return np.zeros((0, 2), dtype=np.int64)
    ones_a, ones_b = rows_a.copy(), rows_b.copy()
    ones_a.data = np.ones_like(ones_a.data)
    ones_b.data = np.ones_like(ones_b.data)
    common = np.asarray(ones_a[left].multiply(ones_b[right]).sum(axis=1)).ravel()
    sizes = np.diff(rows_a.indptr)[left] + np.diff(rows_b.indptr)[right]
    keep = 2 * common / sizes > options.dice
    return np.stack((left[keep], right[keep]), axis=1).astype(np.int64)


def _extend(seeds: Ints, gap: int) -> list[Ints]:
    """Seeds in groups without a gap on either side (split on one side, then the other)."""
    groups = [(seeds, 0, False)]
    done: list[Ints] = []
    while groups:
        group, side, settled = groups.pop()
        order = np.argsort(group[:, side], kind="stable")
        group = group[order]
        cuts = np.flatnonzero(np.diff(group[:, side]) > gap + 1) + 1
        if not cuts.size and settled:
            done.append(group)
            continue
        parts = np.split(group, cuts)
        groups += [(part, 1 - side, not cuts.size) for part in parts]
    return done


def _fragment(
    group: Ints, rows_a: sparse.csr_array, rows_b: sparse.csr_array, bounds_a: Ints, bounds_b: Ints
) -> Fragment:
    low, high = group.min(axis=0), group.max(axis=0) + 1
    left = np.asarray(rows_a[low[0] : high[0]].sum(axis=0)).ravel()
    right = np.asarray(rows_b[low[1] : high[1]].sum(axis=0)).ravel()
    norm = float(np.linalg.norm(left) * np.linalg.norm(right)) or 1.0
    return Fragment(
        int(bounds_a[low[0]]),
        int(bounds_a[high[0]]),
        int(bounds_b[low[1]]),
        int(bounds_b[high[1]]),
        float(left @ right) / norm,
    )


def resolve(fragments: list[Fragment]) -> list[Fragment]:
    """Of fragments that overlap in the first text keep the best."""
    kept: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: (-f.score, f)):
        if all(
            fragment.a_end <= other.a_start or fragment.a_start >= other.a_end for other in kept
        ):
            kept.append(fragment)
    return sorted(kept)
