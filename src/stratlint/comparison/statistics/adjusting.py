"""Many tests at once: p-values corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(values: Sequence[float], tests: int | None = None) -> list[float]:
    """The p-values corrected so that of all called unusual a set share is expected to be chance.

    The step-up of Benjamini and Hochberg (1995, J. R. Stat. Soc. B 57, 289-300). ``tests`` is
    the number of tests that were made, where only the smallest of their values are given.
    """
    total = max(len(values), tests or 0)
    ranked = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    found = [0.0] * len(values)
    least = 1.0
    for below, place in enumerate(ranked):
        rank = len(values) - below
        least = min(least, values[place] * total / rank)
        found[place] = least
    return found
