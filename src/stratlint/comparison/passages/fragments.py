"""Where two texts share a passage: seed, extend, find the borders, filter.

The frame is that of Sanchez-Perez, Sidorov and Gelbukh (2014, 'A winning approach to text
alignment for text reuse detection at PAN 2014'): similar sentences are seeds, seeds close in
both texts grow into fragments, weak and overlapping fragments go. Seeds are taken generously
here, because every fragment then has to earn its borders on words (see
:mod:`stratlint.comparison.passages.borders`), and is kept for the evidence that is found there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from stratlint.comparison.passages.borders import (
    BorderOptions,
    Runs,
    Side,
    Span,
    fit_side,
    refine,
    runs_of,
    side,
    verbatim_chain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Ints, Words

UNSEEN = 2.0
"""How often a word is taken to occur in two documents that stands in the fragment alone. Less
finds more in 30 plans and takes statements of the same figures for copies in the modelled
strategies; pairs of single texts have .5."""
_CERTAIN = 1e6
_EXPLAINED = 0.8
"""A summary of which one ordinary passage covers more than this is that passage."""


class Fragment(NamedTuple):
    """Half-open word spans in two texts that match, and the evidence in nats."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    evidence: float


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How alike, how near and how long shared text must be.

    ``cosine`` and ``dice`` are the least likeness of two sentences, ``gap`` the most sentences
    between two seeds of one fragment; ``evidence`` (nats), ``density`` (nats a word) and
    ``words`` are what a fragment needs at least. ``summaries`` looks for short passages that
    condense the whole other text, which need ``summary_evidence``.
    """

    cosine: float = 0.25
    dice: float = 0.25
    gap: int = 3
    least_sentence: int = 3
    grown: int = 15
    words: int = 20
    evidence: float = 28.0
    density: float = 0.35
    summary_evidence: float = 20.0
    summaries: bool = True
    borders: BorderOptions = BorderOptions()  # noqa: RUF009 - frozen


DEFAULTS = AlignOptions()


class Opened(NamedTuple):
    """What is known of two texts that are made of stretches of two documents.

    ``a_parts`` and ``b_parts`` are the words at which stretches begin: nothing goes from one to
    the next. ``near`` has a row ``(a, a_end, b, b_end)`` for each chain of equal runs, of which
    a fragment must hold one. ``counts`` says how often each stem of either text, in the order
    of their hashes, stands in both documents, of ``words`` and ``sentences``: a word is as
    telling as the documents make it, whatever was opened.
    """

    a_parts: Ints
    b_parts: Ints
    near: Ints
    counts: NDArray[np.float64]
    words: int
    sentences: int


def find_fragments(
    a: Words, b: Words, options: AlignOptions = DEFAULTS, opened: Opened | None = None
) -> list[Fragment]:
    """Fragments of two texts that match, in the order of the first text."""
    if not len(a) or not len(b):
        return []
    seeds = find_seeds(a, b, options, opened)
    if not seeds.pairs.size:
        return []
    first, second = side(seeds.stems_a, a, seeds.stems), side(seeds.stems_b, b, seeds.stems)
    if opened is not None:
        first = first._replace(counts=opened.counts, total=opened.words, parts=opened.a_parts)
        none = np.zeros(seeds.stems)
        second = second._replace(counts=none, total=0, parts=opened.b_parts)
        first, second = first._replace(unseen=UNSEEN), second._replace(unseen=UNSEEN)
    groups = extend(seeds.pairs, options.gap)
    if opened is not None:
        groups = [group for group in groups if _is_near(group, seeds, opened.near, options)]
    runs = runs_of(a.key, b.key)
    found = [
        fragment
        for group in groups
        if (fragment := _bordered(group, seeds, runs, (first, second), options)) is not None
    ]
    found = resolve(found)
    if options.summaries:
        found = _with_summaries(found, seeds, first, second, options)
    return found


def extend(seeds: Ints, gap: int) -> list[Ints]:
    """Seeds in groups without a gap on either side (split on one side, then on the other)."""
    waiting = [(seeds, 0, False)]
    done: list[Ints] = []
    while waiting:
        group, at, settled = waiting.pop()
        group = group[np.argsort(group[:, at], kind="stable")]
        cuts = np.flatnonzero(np.diff(group[:, at]) > gap + 1) + 1
        if not cuts.size and settled:
            done.append(group)
            continue
        waiting += [(part, 1 - at, not cuts.size) for part in np.split(group, cuts)]
    return done


def resolve(fragments: list[Fragment]) -> list[Fragment]:
    """Of fragments that overlap in the first text keep the one with the most evidence."""
    kept: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: (-f.evidence, f)):
        if all(fragment.a_end <= k.a_start or fragment.a_start >= k.a_end for k in kept):
            kept.append(fragment)
    return sorted(kept)


def _is_near(group: Ints, seeds: Seeds, near: Ints, options: AlignOptions) -> bool:
    """Whether borders can move from a group of seeds to one of the rows of ``near``."""
    far = options.borders.reach * options.borders.rounds
    low, high = group.min(axis=0), group.max(axis=0) + 1
    a, a_end = seeds.a_bounds[low[0]] - far, seeds.a_bounds[high[0]] + far
    b, b_end = seeds.b_bounds[low[1]] - far, seeds.b_bounds[high[1]] + far
    first = (near[:, 0] < a_end) & (near[:, 1] > a)
    return bool((first & (near[:, 2] < b_end) & (near[:, 3] > b)).any())


def _bordered(
    group: Ints,
    seeds: Seeds,
    runs: Runs,
    sides: tuple[Side, Side],
    options: AlignOptions,
) -> Fragment | None:
    """A group of seeds with its borders found, None where it does not hold."""
    low, high = group.min(axis=0), group.max(axis=0) + 1
    first = Span(int(seeds.a_bounds[low[0]]), int(seeds.a_bounds[high[0]]))
    second = Span(int(seeds.b_bounds[low[1]]), int(seeds.b_bounds[high[1]]))
    if min(first.end - first.start, second.end - second.start) < options.grown:
        return None
    around = [
        near.around(span, options.borders.reach)
        for near, span in zip(sides, (first, second), strict=True)
    ]
    chain = verbatim_chain(runs, first, second, *around)
    if chain is not None:
        fragment = Fragment(*chain, _CERTAIN + chain.a_end - chain.a_start)
    else:
        first, second, evidence = refine(*sides, first, second, options.borders, options.evidence)
        fragment = Fragment(*first, *second, evidence)
    lengths = (fragment.a_end - fragment.a_start, fragment.b_end - fragment.b_start)
    holds = (
        min(lengths) >= options.words
        and fragment.evidence >= options.evidence
        and fragment.evidence >= options.density * max(lengths)
    )
    return fragment if holds else None


def _with_summaries(
    found: list[Fragment], seeds: Seeds, a: Side, b: Side, options: AlignOptions
) -> list[Fragment]:
    """Add passages that condense the other text, in the stead of pieces found within them."""
    for span, evidence in find_summaries(seeds, a, b, options.borders):
        inside = [f for f in found if f.a_end > span.start and f.a_start < span.end]
        largest = max((f.a_end - f.a_start for f in inside), default=0)
        if evidence < options.summary_evidence or largest > _EXPLAINED * (span.end - span.start):
            continue
        found = [f for f in found if f not in inside]
        found.append(Fragment(span.start, span.end, 0, b.stems.size, evidence))
    return sorted(found)


LONGEST = 80
"""Words from which a sentence is taken for several."""


class Seeds(NamedTuple):
    """Similar sentences of two texts.

    ``pairs`` is an (n, 2) array of sentence numbers; ``a_bounds`` and ``b_bounds`` are the
    words at which sentences begin, with the end of the text last; ``stems_a`` and ``stems_b``
    number the stems of both texts from 0 up to ``stems``.
    """

    pairs: Ints
    a_bounds: Ints
    b_bounds: Ints
    stems_a: Ints
    stems_b: Ints
    stems: int


def find_seeds(a: Words, b: Words, options: AlignOptions, opened: Opened | None = None) -> Seeds:
    """Sentence pairs above a cosine of tf-isf vectors and above a Dice coefficient.

    Very short sentences join their successor. After Sanchez-Perez, Sidorov and Gelbukh (2014):
    isf is the inverse frequency over the sentences of both texts.
    """
    parts_a, parts_b = (opened.a_parts, opened.b_parts) if opened is not None else ((), ())
    bounds_a = sentence_bounds(a, options.least_sentence, parts_a, options.gap)
    bounds_b = sentence_bounds(b, options.least_sentence, parts_b, options.gap)
    unique, inverse = np.unique(np.concatenate((a.stem, b.stem)), return_inverse=True)
    stems_a, stems_b = inverse[: len(a)], inverse[len(a) :]
    rows_a, rows_b = _rows(inverse, bounds_a, bounds_b, unique.size, opened)
    pairs = _similar(rows_a, rows_b, options.cosine, options.dice)
    return Seeds(pairs, bounds_a, bounds_b, stems_a, stems_b, int(unique.size))


def sentence_bounds(words: Words, least: int, parts: Iterable[int] = (), gap: int = 0) -> Ints:
    """Words at which sentences begin, and the end; a short sentence joins its successor.

    What runs on without a stop (a list, a table, careless extraction) is cut into equal parts.
    Where a part begins, sentences without words stand between, more than ``gap`` allows.
    """
    bounds = [0]
    seams = {int(part) for part in parts}
    for at in np.flatnonzero(words.first)[1:].tolist():
        if at in seams:
            _cut_long(bounds, at)
            bounds += [at] * (gap + 1)
        elif at - bounds[-1] >= least:
            _cut_long(bounds, at)
    if len(bounds) > 1 and len(words) - bounds[-1] < least and bounds[-1] not in seams:
        bounds.pop()
    _cut_long(bounds, len(words))
    return np.array(bounds, dtype=np.int64)


def _cut_long(bounds: list[int], end: int) -> None:
    """Append ``end``, and before it what cuts a long sentence."""
    start = bounds[-1]
    parts = -(-(end - start) // LONGEST)
    bounds += [start + (end - start) * part // parts for part in range(1, parts)]
    bounds.append(end)


def _rows(
    stems: Ints, bounds_a: Ints, bounds_b: Ints, size: int, opened: Opened | None
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Tf-isf rows of unit length, one a sentence, for each text."""
    count_a, count_b = bounds_a.size - 1, bounds_b.size - 1
    total = count_a + count_b
    lengths = np.concatenate((np.diff(bounds_a), np.diff(bounds_b)))
    sentence = np.repeat(np.arange(total), lengths)
    cells, frequency = np.unique(sentence * size + stems, return_counts=True)
    row, column = np.divmod(cells, size)
    isf = np.log((total + 1.0) / np.bincount(column, minlength=size))
    if opened is not None:
        # Few words that tell stand twice in one sentence: occurrences serve for sentences.
        isf = np.log(np.maximum(1.0, (opened.sentences + 1.0) / opened.counts))
    value = frequency * isf[column]
    norm = np.sqrt(np.bincount(row, weights=value * value, minlength=total))
    value = value / np.maximum(norm, 1e-12)[row]
    start = np.searchsorted(row, np.arange(total + 1))
    cut = int(start[count_a])
    return (
        sparse.csr_array((value[:cut], column[:cut], start[: count_a + 1]), shape=(count_a, size)),
        sparse.csr_array((value[cut:], column[cut:], start[count_a:] - cut), shape=(count_b, size)),
    )


def _similar(
    rows_a: sparse.csr_array, rows_b: sparse.csr_array, cosine: float, dice: float
) -> Ints:
    likeness = (rows_a @ rows_b.T).tocoo()
    strong = likeness.data > cosine
    left, right = likeness.row[strong], likeness.col[strong]
    if not left.size:
        return np.zeros((0, 2), dtype=np.int64)
    ones_a, ones_b = rows_a.copy(), rows_b.copy()
    ones_a.data = np.ones_like(ones_a.data)
    ones_b.data = np.ones_like(ones_b.data)
    common = np.asarray(ones_a[left].multiply(ones_b[right]).sum(axis=1)).ravel()
    sizes = np.diff(rows_a.indptr)[left] + np.diff(rows_b.indptr)[right]
    keep = 2 * common / sizes > dice
    return np.stack((left[keep], right[keep]), axis=1).astype(np.int64)


SUMMARY_GAP = 2
"""Sentences without a counterpart that may stand between two of a summary."""
LEAST_SENTENCES = 3
SUMMARY_RATIO = 2.0
"""How much wider than here a summary's counterparts are scattered."""
SUMMARY_LARGEST = 25
"""How many times its own length a passage can be shown to condense: a paragraph that touches on
much of a long report is no summary of it."""
SUMMARY_COVERED = 0.4
"""The share of the other text between the first and the last counterpart."""


def find_summaries(
    seeds: Seeds, a: Side, b: Side, options: BorderOptions
) -> list[tuple[Span, float]]:
    """Words of the first text that condense the second, with the evidence in nats.

    The second text counts as condensed as a whole.
    """
    pairs = seeds.pairs[np.argsort(seeds.pairs[:, 0], kind="stable")]
    cuts = np.flatnonzero(np.diff(pairs[:, 0]) > SUMMARY_GAP + 1) + 1
    found = []
    for group in np.split(pairs, cuts):
        here = np.unique(group[:, 0])
        if here.size < LEAST_SENTENCES:
            continue
        wide = int(group[:, 1].max() - group[:, 1].min()) + 1
        narrow = int(here[-1] - here[0]) + 1
        sentences = seeds.b_bounds.size - 1
        if wide < SUMMARY_RATIO * narrow or wide < SUMMARY_COVERED * sentences:
            continue
        span = Span(int(seeds.a_bounds[here[0]]), int(seeds.a_bounds[here[-1] + 1]))
        span, evidence = fit_side(a, span, b, Span(0, b.stems.size), options)
        if b.stems.size <= SUMMARY_LARGEST * (span.end - span.start):
            found.append((span, evidence))
    return found
