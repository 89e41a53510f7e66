"""Where a shared passage begins and ends, to the word.

Sentences find a passage but seldom its borders: an edited copy has its own punctuation. So
each word near a fragment is asked whether it reads as copied. Of a copied passage a share
``p`` of the words survives; any word occurs on the other side by chance with a probability
``q`` that follows from its frequency elsewhere in both texts. A word with a counterpart
speaks for the passage by log((p + (1 − p) q) / q), one without against it by log(1 − p). The
borders are where the sum is greatest (a change-point by maximum likelihood), a sentence's
beginning being likelier than any other word.

A passage that was copied word for word has its borders from its runs of equal words instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.tokens import grams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags, Hashes, Ints, Words


GROWTH = 0.2
"""How much the band widens with each word beyond what is known of a passage."""
BEYOND = 20
"""Words beyond the other side's present border in which a counterpart may stand."""
HOPELESS = 0.5
"""Of the evidence that is needed, the share that the first look must find: half of all fragments
have less. Of 2,541 alignments of 30 real plans none is lost at .5, and 13 at .75."""
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
    """One text as numbered stems, with the words that open a sentence or a line.

    ``counts`` says how often each stem occurs among ``total`` words, ``unseen`` how often one
    that stands nowhere else is taken to occur; ``parts`` are the words at
    which parts begin that have nothing to do with each other.
    """

    stems: Ints
    first: Flags
    border: Flags
    counts: NDArray[np.float64]
    total: int
    parts: Ints
    unseen: float = 0.5

    def around(self, span: tuple[int, int], reach: int) -> Span:
        """A span with what stands around it in its part."""
        part = int(np.searchsorted(self.parts, span[0], side="right"))
        low = int(self.parts[part - 1]) if part else 0
        high = int(self.parts[part]) if part < self.parts.size else self.stems.size
        return Span(max(low, span[0] - reach), min(high, span[1] + reach))


class Span(NamedTuple):
    """Half-open words of one text."""

    start: int
    end: int


def side(stems: Ints, words: Words, size: int) -> Side:
    """Prepare one text; ``size`` is how many stems both texts have together."""
    count = np.bincount(stems, minlength=size).astype(np.float64)
    return Side(stems, words.first, words.border, count, len(words), np.zeros(0, dtype=np.int64))


def refine(
    a: Side, b: Side, first: Span, second: Span, options: BorderOptions, least: float = 0.0
) -> tuple[Span, Span, float]:
    """Better borders of a fragment on both sides, and the evidence for it in nats.

    What the first look finds to be far from ``least`` is not looked at again.
    """
    evidence = 0.0
    for _ in range(options.rounds):
        before = first, second
        frequency = _frequency(a, b, first, second)
        band = _band(a, b, first, second)
        first, evidence = _fit(a, first, b, second, frequency, band, options)
        if evidence < HOPELESS * least:
            break
        second, other = _fit(b, second, a, first, frequency, band and band.turned(), options)
        evidence = min(evidence, other)
        if (first, second) == before:
            break
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
    run = _median(x[-third:]) - _median(x[:third])
    rise = _median(y[-third:]) - _median(y[:third])
    slope = min(2.0, max(0.5, rise / run)) if run > 0 and rise > 0 else 1.0
    rest = y - slope * x
    offset = _median(rest)
    spread = _median(np.abs(rest - offset))
    width = _NARROW + 3.0 * spread
    if width > _LOOSE * (second.end - second.start):
        return None
    return Band(slope, offset, width)


def _median(values: NDArray[np.float64] | Ints) -> float:
    """What :func:`numpy.median` gives, for few values in a fifth of the time."""
    ordered = np.sort(values)
    return float(ordered[(ordered.size - 1) // 2] + ordered[ordered.size // 2]) / 2.0


def _frequency(a: Side, b: Side, first: Span, second: Span) -> NDArray[np.float64]:
    """Frequency of each stem outside of the fragment."""
    size = a.counts.size
    inside = np.bincount(a.stems[first.start : first.end], minlength=size) + np.bincount(
        b.stems[second.start : second.end], minlength=size
    )
    frequency: NDArray[np.float64] = (a.counts + b.counts - inside + a.unseen) / (a.total + b.total)
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
    low, high = text.around(span, options.reach)
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
    if high == text.stems.size or high in text.parts:
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


class Runs(NamedTuple):
    """The runs of ``LENGTH`` words of two texts.

    ``covered`` counts the words of the first, up to each, that stand in a run that both have.
    """

    a: Hashes
    b: Hashes
    covered: Ints


def runs_of(a: Hashes, b: Hashes) -> Runs:
    """The runs of two texts, given as the hashes of their words."""
    grams_a, grams_b = grams(a, LENGTH), grams(b, LENGTH)
    begins = np.flatnonzero(np.isin(grams_a, grams_b))
    step = np.zeros(a.size + 1, dtype=np.int64)
    np.add.at(step, begins, 1)
    np.add.at(step, begins + LENGTH, -1)
    covered = np.zeros(a.size + 1, dtype=np.int64)
    np.cumsum(np.cumsum(step[:-1]) > 0, out=covered[1:])
    return Runs(grams_a, grams_b, covered)


def verbatim_chain(
    runs: Runs, first: Span, second: Span, around_a: Span, around_b: Span
) -> Chain | None:
    """Borders of a fragment that was copied word for word, None for any other.

    ``first`` and ``second`` are the fragment in each text, with what stands around it.
    The longest run of equal words and those that continue it on (nearly) the same diagonal
    must cover what they span, and most of the fragment's shorter side.
    """
    shorter = min(first.end - first.start, second.end - second.start)
    covered = runs.covered[around_a.end] - runs.covered[around_a.start]
    if covered < _COVERED * _OF_FRAGMENT * shorter - 1e-9:
        return None  # too few words for any chain, which is true of most fragments
    x, y = _equal_runs(
        runs.a[around_a.start : max(around_a.start, around_a.end - LENGTH + 1)],
        runs.b[around_b.start : max(around_b.start, around_b.end - LENGTH + 1)],
    )
    if not x.size:
        return None
    x, y = x + around_a.start, y + around_b.start
    order = np.lexsort((x, x - y))
    x, y = x[order], y[order]
    opens = np.flatnonzero(np.append(True, (np.diff(x - y) != 0) | (np.diff(x) > LENGTH)))
    stops = np.append(opens[1:], x.size) - 1
    start, end, diagonal = x[opens], x[stops] + LENGTH, (x - y)[opens]
    best = int(np.argmax(end - start))
    near = np.abs(diagonal - diagonal[best]) <= _DRIFT
    return _chain(start[near], end[near], diagonal[near], shorter)


def _chain(start: Ints, end: Ints, diagonal: Ints, shorter: int) -> Chain | None:
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
    if covered < _COVERED * length or length < _OF_FRAGMENT * shorter:
        return None
    return chain


def _equal_runs(grams_a: Hashes, grams_b: Hashes) -> tuple[Ints, Ints]:
    """Places in both where equal runs begin; a run that comes often stands at its first few."""
    order = np.argsort(grams_b, kind="stable")
    ordered = grams_b[order]
    low = np.searchsorted(ordered, grams_a, side="left")
    count = np.minimum(np.searchsorted(ordered, grams_a, side="right") - low, 4)
    x = np.repeat(np.arange(grams_a.size), count)
    step = np.arange(x.size) - np.repeat(np.cumsum(count) - count, count)
    return x, order[np.repeat(low, count) + step]
