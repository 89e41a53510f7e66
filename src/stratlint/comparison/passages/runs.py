"""Runs of equal words in two texts: the exact borders of a passage copied word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.tokens import grams

if TYPE_CHECKING:
    from stratlint.comparison.passages.tokens import Hashes, Ints

LENGTH = 5
_DRIFT = 8
_COVERED = 0.85
_OF_FRAGMENT = 0.6


class Chain(NamedTuple):
    """Half-open words on both sides of equal runs that follow each other."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def verbatim_chain(
    a: Hashes, b: Hashes, first: tuple[int, int], second: tuple[int, int], reach: int
) -> Chain | None:
    """Borders of a fragment that was copied word for word, None for any other.

    ``a`` and ``b`` are the texts' word hashes, ``first`` and ``second`` the fragment in each.
    The longest run of equal words and those that continue it on (nearly) the same diagonal
    must cover what they span, and most of the fragment's shorter side.
    """
    low_a, low_b = max(0, first[0] - reach), max(0, second[0] - reach)
    x, y = _equal_runs(a[low_a : first[1] + reach], b[low_b : second[1] + reach])
    if not x.size:
        return None
    x, y = x + low_a, y + low_b
    order = np.lexsort((x, x - y))
    x, y = x[order], y[order]
    opens = np.flatnonzero(np.append(True, (np.diff(x - y) != 0) | (np.diff(x) > LENGTH)))
    stops = np.append(opens[1:], x.size) - 1
    start, end, diagonal = x[opens], x[stops] + LENGTH, (x - y)[opens]
    best = int(np.argmax(end - start))
    near = np.abs(diagonal - diagonal[best]) <= _DRIFT
    return _chain(start[near], end[near], diagonal[near], first, second)


def _chain(
    start: Ints, end: Ints, diagonal: Ints, first: tuple[int, int], second: tuple[int, int]
) -> Chain | None:
    order = np.lexsort((-end, start))
    covered, at = 0, -1
    for low, high in zip(start[order].tolist(), end[order].tolist(), strict=True):
        covered += max(0, high - max(low, at))
        at = max(at, high)
    low, high = int(np.argmin(start)), int(np.argmax(end))
    chain = Chain(
        int(start[low]),
        int(end[high]),
        int(start[low] - diagonal[low]),
        int(end[high] - diagonal[high]),
    )
    length = chain.a_end - chain.a_start
    shorter = min(first[1] - first[0], second[1] - second[0])
    if covered < _COVERED * length or length < _OF_FRAGMENT * shorter:
        return None
    return chain


def _equal_runs(a: Hashes, b: Hashes) -> tuple[Ints, Ints]:
    """Places in both where equal runs begin; a run that comes often stands at its first few."""
    grams_a, grams_b = grams(a, LENGTH), grams(b, LENGTH)
    order = np.argsort(grams_b, kind="stable")
    ordered = grams_b[order]
    low = np.searchsorted(ordered, grams_a, side="left")
    count = np.minimum(np.searchsorted(ordered, grams_a, side="right") - low, 4)
    x = np.repeat(np.arange(grams_a.size), count)
    step = np.arange(x.size) - np.repeat(np.cumsum(count) - count, count)
    return x, order[np.repeat(low, count) + step]
