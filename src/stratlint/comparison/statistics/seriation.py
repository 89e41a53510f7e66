"""An order of rows and columns that brings like to like, so that a matrix can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def seriate(distances: ArrayLike) -> list[int]:
    """Order of objects such that neighbours are near: optimal leaf ordering.

    Average linkage, its leaves turned to the least sum of neighbouring distances (Bar-Joseph,
    Gifford and Jaakkola 2001, 'Fast optimal leaf ordering for hierarchical clustering',
    Bioinformatics 17). ``distances`` is a square table. One or two objects keep their order.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    table = np.asarray(distances, dtype=np.float64)
    if table.shape[0] < 3:
        return list(range(table.shape[0]))
    condensed = squareform(table, checks=False)
    tree = linkage(condensed, method="average", optimal_ordering=True)
    return [int(leaf) for leaf in leaves_list(tree)]


def seriate_matrix(matrix: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """Orders of the rows and the columns of a table of noughts and ones.

    Rows by :func:`seriate` on Jaccard distance, the fuller end first; columns by the mean
    place of their ones (a step of reciprocal averaging, Hill 1973), the commoner first.
    """
    rows = seriate(_jaccard_table(matrix))
    sums = matrix.sum(axis=1)
    half = len(rows) // 2
    if half and sums[rows[:half]].sum() < sums[rows[-half:]].sum():
        rows.reverse()
    place = np.argsort(np.array(rows)) if rows else np.zeros(0, dtype=np.int64)
    counts = matrix.sum(axis=0)
    centre = (matrix * place[:, None]).sum(axis=0) / np.maximum(counts, 1)
    columns = sorted(range(matrix.shape[1]), key=lambda c: (-counts[c], centre[c], c))
    return rows, columns


def _jaccard_table(matrix: NDArray[np.bool_]) -> NDArray[np.float64]:
    ones = matrix.astype(np.float64)
    shared = ones @ ones.T
    sums = ones.sum(axis=1)
    union = sums[:, None] + sums[None, :] - shared
    table: NDArray[np.float64] = 1.0 - np.where(union > 0, shared / np.maximum(union, 1.0), 0.0)
    np.fill_diagonal(table, 0.0)
    return table
