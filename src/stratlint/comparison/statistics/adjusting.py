"""Many tests at once: p-values corrected for their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def adjusted(values: ArrayLike) -> NDArray[np.float64]:
    """The p-values corrected so that of all called unusual a set share is expected to be chance.

    The step-up of Benjamini and Hochberg (1995, J. R. Stat. Soc. B 57, 289-300): the i-th
    smallest of n is multiplied by n / i, and none is above a larger one's.
    """
    given = np.asarray(values, dtype=np.float64)
    order = np.argsort(-given, kind="stable")
    ranks = np.arange(given.size, 0, -1)
    stepped = np.minimum.accumulate(given[order] * given.size / ranks) if given.size else given
    found = np.empty_like(given)
    found[order] = np.minimum(stepped, 1.0)
    return found
