"""Where a shared passage begins and ends, to the word.

Sentences find a passage but seldom its borders: an edited copy has its own punctuation. So
each word near a fragment is asked whether it reads as copied. Of a copied passage a share
``p`` of the words survives; any word occurs on the other side by chance with a probability
``q`` that follows from its frequency elsewhere in both texts. A word with a counterpart
speaks for the passage by log((p + (1 − p) q) / q), one without against it by log(1 − p). The
borders are where the sum is greatest (a change-point by maximum likelihood), a sentence's
beginning being likelier than any other word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags, Ints, Words


GROWTH = 0.2
"""How much the band widens with each word beyond what is known of a passage."""
BEYOND = 20
"""Words beyond the other side's present border in which a counterpart may stand."""
_LEAST_ANCHORS = 4
_NARROW = 10.0
_LOOSE = 0.25


@dataclass(frozen=True, slots=True)
class BorderOptions:
    """How far borders may move and how much a sentence's beginning counts (in nats)."""

    reach: int = 70
    sentence: float = 4.0
    line: float = 2.0
    least_copied: float = 0.3
    most_copied: float = 0.98
    rounds: int = 2


class Side(NamedTuple):
    """One text as numbered stems, with the words that open a sentence or a line."""

    stems: Ints
    first: Flags
    border: Flags
    counts: NDArray[np.float64]


class Span(NamedTuple):
    """Half-open words of one text."""

    start: int
    end: int


def side(stems: Ints, words: Words, size: int) -> Side:
    """Prepare one text; ``size`` is how many stems both texts have together."""
    count = np.bincount(stems, minlength=size).astype(np.float64)
    return Side(stems, words.first, words.border, count)


def refine(
    a: Side, b: Side, first: Span, second: Span, options: BorderOptions
) -> tuple[Span, Span, float]:
    """Better borders of a fragment on both sides, and the evidence for it in nats."""
    evidence = 0.0
    for _ in range(options.rounds):
        frequency = _frequency(a, b, first, second)
        band = _band(a, b, first, second)
        first, evidence = _fit(a, first, b, second, frequency, band, options)
        second, other = _fit(b, second, a, first, frequency, band and band.turned(), options)
        evidence = min(evidence, other)
    return first, second, evidence


def fit_side(
    a: Side, first: Span, b: Side, second: Span, options: BorderOptions
) -> tuple[Span, float]:
    """Better borders on the first side alone, the other being given."""
    return _fit(a, first, b, second, _frequency(a, b, first, second), None, options)


class Band(NamedTuple):
    """Where a word of one text has its counterpart: at ``offset + slope * place`` ± ``width``."""

    slope: float
    offset: float
    width: float

    def turned(self) -> Band:
        """The same seen from the other text."""
        return Band(1.0 / self.slope, -self.offset / self.slope, self.width / self.slope)


def _band(a: Side, b: Side, first: Span, second: Span) -> Band | None:
    """The line along which two copies run, from the words that each has once.

    None where too few words tell, or where the copies' order differs so much that there is
    no line (a summary).
    """
    size = a.counts.size
    part_a, part_b = a.stems[first.start : first.end], b.stems[second.start : second.end]
    once = (np.bincount(part_a, minlength=size) == 1) & (np.bincount(part_b, minlength=size) == 1)
    where = np.zeros(size, dtype=np.int64)
    where[part_b] = np.arange(second.start, second.end)
    x = first.start + np.flatnonzero(once[part_a])
    if x.size < _LEAST_ANCHORS:
        return None
    y = where[a.stems[x]]
    third = max(1, x.size // 3)
    run = float(np.median(x[-third:]) - np.median(x[:third]))
    rise = float(np.median(y[-third:]) - np.median(y[:third]))
    slope = min(2.0, max(0.5, rise / run)) if run > 0 and rise > 0 else 1.0
    rest = y - slope * x
    offset = float(np.median(rest))
    spread = float(np.median(np.abs(rest - offset)))
    width = _NARROW + 3.0 * spread
    if width > _LOOSE * (second.end - second.start):
        return None
    return Band(slope, offset, width)


def _frequency(a: Side, b: Side, first: Span, second: Span) -> NDArray[np.float64]:
    """Frequency of each stem outside of the fragment."""
    size = a.counts.size
    inside = np.bincount(a.stems[first.start : first.end], minlength=size) + np.bincount(
        b.stems[second.start : second.end], minlength=size
    )
    frequency: NDArray[np.float64] = (a.counts + b.counts - inside + 0.5) / (
        a.stems.size + b.stems.size
    )
    return frequency


def _fit(
    text: Side,
    span: Span,
    other: Side,
    there: Span,
    frequency: NDArray[np.float64],
    band: Band | None,
    options: BorderOptions,
) -> tuple[Span, float]:
    low = max(0, span.start - options.reach)
    high = min(text.stems.size, span.end + options.reach)
    stems = text.stems[low:high]
    match, room = _matches(stems, low, span, other, there, band)
    q = np.clip(1.0 - np.exp(-frequency[stems] * room), 1e-4, 0.9999)
    inner = slice(span.start - low, span.end - low)
    p = _copied(match[inner], q[inner], options)
    score = np.where(match, np.log((p + (1.0 - p) * q) / q), np.log(1.0 - p))
    total = np.concatenate(([0.0], np.cumsum(score)))
    bonus = np.zeros(total.size)
    bonus[:-1] = np.where(
        text.first[low:high], options.sentence, np.where(text.border[low:high], options.line, 0.0)
    )
    if high == text.stems.size:
        bonus[-1] = options.sentence
    else:
        bonus[-1] = options.sentence if text.first[high] else 0.0
    middle = (inner.start + inner.stop) // 2
    start = int(np.argmin(total[: middle + 1] - bonus[: middle + 1]))
    end = middle + 1 + int(np.argmax(total[middle + 1 :] + bonus[middle + 1 :]))
    return Span(low + start, low + end), float(total[end] - total[start])


def _matches(
    stems: Ints, low: int, span: Span, other: Side, there: Span, band: Band | None
) -> tuple[Flags, NDArray[np.float64] | float]:
    """Which words have a counterpart in the other text, and in how many places it might be.

    With a band, counterparts are looked for along it, a little beyond the other span as well,
    so that both sides can grow together; without one, anywhere in the other span.
    """
    if band is None:
        present = np.zeros(other.counts.size, dtype=bool)
        present[other.stems[there.start : there.end]] = True
        return present[stems], float(there.end - there.start)
    first, last = max(0, there.start - BEYOND), min(other.stems.size, there.end + BEYOND)
    far = other.stems.size + 1
    known = np.sort(other.stems[first:last] * far + np.arange(first, last))
    at = np.arange(low, low + stems.size)
    # A line through the middle of a passage is less sure the farther one follows it.
    outside = np.maximum(0, np.maximum(span.start - at, at - span.end))
    width = band.width + GROWTH * outside
    middle = band.offset + band.slope * at
    least = np.clip(np.floor(middle - width), 0, far - 1).astype(np.int64)
    most = np.clip(np.ceil(middle + width), 0, far - 1).astype(np.int64)
    found = np.minimum(np.searchsorted(known, stems * far + least), known.size - 1)
    match = (known[found] >= stems * far + least) & (known[found] <= stems * far + most)
    return match, 2.0 * width + 1.0


def _copied(match: Flags, q: NDArray[np.float64], options: BorderOptions) -> float:
    """The share of words that survive, from those that chance would seldom repeat."""
    rare = 1.0 - q
    weight = float(rare.sum())
    if not weight:
        return options.least_copied
    # matched = p + (1 - p) q on average, solved for p.
    share = float((match - q).sum()) / weight
    return min(options.most_copied, max(options.least_copied, share))
