"""How alike two sets of priorities are, and whether chance alone would make them so."""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray


class Null(NamedTuple):
    """For each pair of rows: columns shared by chance, how far more are (``z``), and ``p``."""

    expected: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]


def jaccard(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Shared over all (Jaccard 1912); 0 for two empty sets: nothing is shared."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def overlap_coefficient(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Shared over the smaller set (Simpson 1943; Szymkiewicz 1934); 0 where one is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


class Excess(NamedTuple):
    """Sectors shared, those that chance would share, the difference, its z-score and ``p``."""

    shared: float
    expected: float
    excess: float
    z: float
    p: float


def excess_overlap(a: AbstractSet[str], b: AbstractSet[str], choices: int) -> Excess:
    """Whether two regions share more priorities than blind choice among ``choices`` sectors.

    With k and l priorities drawn at random from m sectors the number shared is hypergeometric:
    mean kl/m, variance kl(m-k)(m-l) / (m²(m-1)). ``p`` is one-sided. Every sector counts as
    equally likely here; :func:`permutation_null` takes the popularity of each as given.
    Raises ValueError where a region chooses more sectors than there are.
    """
    k, n, m, shared = len(a), len(b), choices, len(a & b)
    if len(a | b) > m:
        raise ValueError(f"{len(a | b)} sectors are chosen, of {m} that there are")
    expected = k * n / m if m else 0.0
    variance = k * n * (m - k) * (m - n) / (m * m * (m - 1)) if m > 1 else 0.0
    ways = sum(comb(k, i) * comb(m - k, n - i) for i in range(shared, min(k, n) + 1))
    excess = shared - expected
    z = excess / variance**0.5 if variance else 0.0
    return Excess(shared, expected, excess, z, ways / comb(m, n))


def mean_excess(
    sets: Sequence[AbstractSet[str]], choices: int, *, permutations: int = 999, seed: int = 0
) -> Excess:
    """The same for a whole corpus: the mean number of priorities that a pair shares.

    Each region keeps its number of priorities and draws them anew; if popular sectors crowd,
    pairs share more than that. Deegan, Broekel and Fitjar (2021), 'Searching through the
    haystack', Economic Geography 97(5), find that regions of one country tend to choose the
    same priorities; the test is ours. The mean over pairs depends on how often each sector is
    chosen and on nothing else: sum over sectors of n(n-1)/2, over the pairs. The observed
    corpus is counted among the draws.
    """
    sizes, pairs = [len(chosen) for chosen in sets], len(sets) * (len(sets) - 1) // 2
    if pairs == 0 or choices < 1:
        return Excess(0.0, 0.0, 0.0, 0.0, 1.0)

    def shared(times: NDArray[np.float64]) -> float:
        return float((times * (times - 1) / 2).sum()) / pairs

    counts = Counter(sector for chosen in sets for sector in chosen)
    observed = shared(np.array(list(counts.values()), dtype=np.float64))
    generator = np.random.default_rng(seed)
    draws = np.empty(permutations)
    for number in range(permutations):
        times = np.zeros(choices)
        for size in sizes:
            times[generator.permutation(choices)[:size]] += 1
        draws[number] = shared(times)
    total = sum(sizes)
    # Of two regions the mean is kl/m, and the pairs' products add up to this.
    expected = (total * total - sum(size * size for size in sizes)) / 2 / pairs / choices
    spread = float(draws.std())
    reached = int((draws >= observed - 1e-12).sum()) + 1
    z = (observed - expected) / spread if spread > 1e-9 else 0.0
    return Excess(observed, expected, observed - expected, z, reached / (permutations + 1))


def incidence(sets: Sequence[AbstractSet[str]], columns: Sequence[str]) -> NDArray[np.bool_]:
    """Rows are documents, columns sectors."""
    return np.array([[column in row for column in columns] for row in sets], dtype=bool).reshape(
        len(sets), len(columns)
    )


def curveball(rows: list[set[int]], trades: int, generator: np.random.Generator) -> None:
    """Shuffle a matrix of noughts and ones in place, all row and column sums kept.

    ``rows`` holds the columns of each row's ones. Strona, Nappo, Boccacci, Fattorini and
    San-Miguel-Ayanz (2014), 'A fast and unbiased procedure to randomize ecological binary
    matrices with fixed row and column totals', Nature Communications 5:4114.
    """
    if len(rows) < 2:
        return
    firsts = generator.integers(0, len(rows), trades)
    steps = generator.integers(1, len(rows), trades)
    for first, step in zip(firsts.tolist(), steps.tolist(), strict=True):
        second = (first + step) % len(rows)
        a, b = rows[first], rows[second]
        only_a, only_b = a - b, b - a
        if not only_a or not only_b:
            continue
        pool = np.array(sorted(only_a | only_b))
        generator.shuffle(pool)
        shared = a & b
        rows[first] = shared | set(pool[: len(only_a)].tolist())
        rows[second] = shared | set(pool[len(only_a) :].tolist())


def permutation_null(matrix: NDArray[np.bool_], *, permutations: int = 999, seed: int = 0) -> Null:
    """How unusual each pair's shared columns are, given every row and column sum.

    A popular sector is shared often and a long list shares much: both are held fixed. ``p``
    is one-sided with the observed matrix counted among the permutations, so it is never
    nought (Phipson and Smyth 2010). Where nothing can be shuffled z is 0 and p is 1.
    """
    observed = matrix.astype(np.float64) @ matrix.T.astype(np.float64)
    generator = np.random.default_rng(seed)
    rows = [set(np.flatnonzero(row).tolist()) for row in matrix]
    curveball(rows, 20 * len(rows), generator)
    total, squares, reached = (np.zeros_like(observed) for _ in range(3))
    for _ in range(permutations):
        curveball(rows, 3 * len(rows), generator)
        shuffled = np.zeros(matrix.shape)
        for number, row in enumerate(rows):
            shuffled[number, list(row)] = 1.0
        shared = shuffled @ shuffled.T
        total += shared
        squares += shared * shared
        reached += shared >= observed
    mean = total / permutations
    spread = np.sqrt(np.maximum(squares / permutations - mean * mean, 0.0))
    moves = spread > 1e-9
    z = np.where(moves, (observed - mean) / np.where(moves, spread, 1.0), 0.0)
    p = np.where(moves, (reached + 1.0) / (permutations + 1.0), 1.0)
    return Null(mean, z, p)
