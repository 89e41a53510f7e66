"""Distances between texts, between regions' structures, and between tables of distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray


class MantelTest(NamedTuple):
    """Correlation of two distance tables, its p-value, and the number of objects."""

    r: float
    p: float
    n: int


def jensen_shannon(p: ArrayLike, q: ArrayLike) -> float:
    """Jensen–Shannon divergence in bits, from 0 (same) to 1 (nothing in common).

    Lin (1991), 'Divergence measures based on the Shannon entropy', IEEE Transactions on
    Information Theory 37(1). scipy gives its square root. Two empty vectors give 0.
    """
    from scipy.spatial.distance import jensenshannon

    first, second = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    if not first.sum() or not second.sum():
        return 0.0 if first.sum() == second.sum() else 1.0
    return float(np.nan_to_num(jensenshannon(first, second, base=2.0))) ** 2


def krugman(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Sum of absolute differences of two regions' shares by industry, from 0 to 2.

    Krugman (1991), *Geography and Trade*, MIT Press, appendix to lecture 2. Shares are taken
    as given; an industry absent from one region counts as 0 there.
    """
    codes = sorted(set(a) | set(b))
    return float(sum(abs(a.get(code, 0.0) - b.get(code, 0.0)) for code in codes))


def mantel(
    first: ArrayLike, second: ArrayLike, *, permutations: int = 999, seed: int = 0
) -> MantelTest:
    """Test whether two tables of distances among the same objects agree.

    Pearson's r of the lower triangles; the objects of the second table are permuted. The
    test is one-sided (agreement) and counts the observed table. Mantel (1967), 'The detection
    of disease clustering and a generalized regression approach', Cancer Research 27(2).
    Fewer than four objects, or a table without variation, give r = 0 and p = 1.
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    n = a.shape[0]
    triangle = np.tril_indices(n, -1)
    if n < 4 or not np.ptp(a[triangle]) or not np.ptp(b[triangle]):
        return MantelTest(0.0, 1.0, n)
    x = _standard(a[triangle])
    observed = float(x @ _standard(b[triangle])) / x.size
    generator = np.random.default_rng(seed)
    reached = 1
    for _ in range(permutations):
        order = generator.permutation(n)
        shuffled = b[np.ix_(order, order)][triangle]
        reached += float(x @ _standard(shuffled)) / x.size >= observed - 1e-12
    return MantelTest(observed, reached / (permutations + 1), n)


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = (values - values.mean()) / values.std()
    return result


def distance_table(
    names: Sequence[str], structures: Mapping[str, Mapping[str, float]]
) -> NDArray[np.float64]:
    """Krugman's distance for each pair of names. Raises KeyError for an unknown name."""
    table = np.zeros((len(names), len(names)))
    for i, a in enumerate(names):
        for j, b in enumerate(names[:i]):
            table[i, j] = table[j, i] = krugman(structures[a], structures[b])
    return table
