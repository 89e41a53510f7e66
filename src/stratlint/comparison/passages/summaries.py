"""Passages that condense a whole other text: near each other here, scattered there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stratlint.comparison.passages.borders import Span, fit_side

if TYPE_CHECKING:
    from stratlint.comparison.passages.borders import BorderOptions, Side
    from stratlint.comparison.passages.seeds import Seeds

GAP = 2
"""Sentences without a counterpart that may stand between two of a summary."""
LEAST_SENTENCES = 3
RATIO = 2.0
"""How much wider than here a summary's counterparts are scattered."""
LARGEST = 25
"""How many times its own length a passage can be shown to condense: a paragraph that touches on
much of a long report is no summary of it."""
COVERED = 0.4
"""The share of the other text between the first and the last counterpart."""


def find_summaries(
    seeds: Seeds, a: Side, b: Side, options: BorderOptions
) -> list[tuple[Span, float]]:
    """Words of the first text that condense the second, with the evidence in nats.

    The second text counts as condensed as a whole.
    """
    pairs = seeds.pairs[np.argsort(seeds.pairs[:, 0], kind="stable")]
    cuts = np.flatnonzero(np.diff(pairs[:, 0]) > GAP + 1) + 1
    found = []
    for group in np.split(pairs, cuts):
        here = np.unique(group[:, 0])
        if here.size < LEAST_SENTENCES:
            continue
        wide = int(group[:, 1].max() - group[:, 1].min()) + 1
        narrow = int(here[-1] - here[0]) + 1
        sentences = seeds.b_bounds.size - 1
        if wide < RATIO * narrow or wide < COVERED * sentences:
            continue
        span = Span(int(seeds.a_bounds[here[0]]), int(seeds.a_bounds[here[-1] + 1]))
        span, evidence = fit_side(a, span, b, Span(0, b.stems.size), options)
        if b.stems.size <= LARGEST * (span.end - span.start):
            found.append((span, evidence))
    return found
