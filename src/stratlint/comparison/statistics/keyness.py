"""Which words mark one text off from another, with the raw counts kept beside every score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"


class LogOdds(NamedTuple):
    """Difference of log-odds ``delta`` and its z-score."""

    delta: float
    z: float


def log_odds(
    count: float, other: float, size: float, other_size: float, prior: float, prior_size: float
) -> LogOdds:
    """Log-odds ratio of one word with an informative Dirichlet prior.

    ``count`` of ``size`` words in one text, ``other`` of ``other_size`` in the other;
    ``prior`` and ``prior_size`` are the word's count and the size of a background corpus.
    Monroe, Colaresi and Quinn (2008), 'Fightin' Words', Political Analysis 16(4), eq. 15-22.
    Raises ZeroDivisionError where a prior of nought meets a count of nought.
    """
    first, second = count + prior, other + prior
    rest = size + prior_size - first
    other_rest = other_size + prior_size - second
    delta = float(np.log(first / rest) - np.log(second / other_rest))
    return LogOdds(delta, delta / float(np.sqrt(1.0 / first + 1.0 / second)))


def log_likelihood(count: float, other: float, size: float, other_size: float) -> float:
    """G² of one word's two counts against equal relative frequency.

    The two-cell form that corpus linguists use (Rayson and Garside 2000), after Dunning
    (1993), 'Accurate methods for the statistics of surprise and coincidence', Computational
    Linguistics 19(1). Never negative; a cell of nought adds nothing.
    """
    share = (count + other) / (size + other_size)
    return 2.0 * (_surprise(count, size * share) + _surprise(other, other_size * share))


def likelihood_p(g2: Floats) -> Floats:
    """How often chance alone gives a G² as large: chi-squared with one degree of freedom."""
    from scipy.special import erfc

    found: Floats = erfc(np.sqrt(np.maximum(g2, 0.0) / 2.0))
    return found


def _surprise(observed: float, expected: float) -> float:
    return observed * float(np.log(observed / expected)) if observed else 0.0


def keyness(
    counts: Mapping[str, int],
    reference: Mapping[str, int],
    *,
    background: Mapping[str, int] | None = None,
) -> list[tuple[str, int, int, float, float]]:
    """Every word of a text with (word, count, reference count, z, G²), highest z first.

    ``background`` is the prior's corpus; without one it is both texts together, as in Monroe
    et al. Ties are broken by the alphabet.
    """
    words = sorted(set(counts) | set(reference))
    if not words:
        return []
    first = _vector(counts, words)
    second = _vector(reference, words)
    prior = first + second if background is None else _vector(background, words) + 0.01
    z, g2 = scores(first, second, prior)
    order = np.lexsort((np.arange(len(words)), -z))
    return [
        (words[i], int(first[i]), int(second[i]), float(z[i]), float(g2[i])) for i in order.tolist()
    ]


def scores(first: Floats, second: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Log-odds z and G² of words from their counts in two texts and the prior's counts."""
    size, other_size, prior_size = first.sum(), second.sum(), prior.sum()
    a, b = first + prior, second + prior
    delta = np.log(a / (size + prior_size - a + 1e-9)) - np.log(
        b / (other_size + prior_size - b + 1e-9)
    )
    z = delta / np.sqrt(1.0 / a + 1.0 / b)
    share = (first + second) / (size + other_size)
    g2 = 2.0 * (_surprises(first, size * share) + _surprises(second, other_size * share))
    return z, g2


def _surprises(observed: Floats, expected: Floats) -> Floats:
    ratio = np.where(observed > 0, observed, 1.0) / np.where(observed > 0, expected, 1.0)
    result: Floats = observed * np.log(ratio)
    return result


def _vector(counts: Mapping[str, int], words: list[str]) -> NDArray[np.float64]:
    return np.array([counts.get(word, 0) for word in words], dtype=np.float64)
