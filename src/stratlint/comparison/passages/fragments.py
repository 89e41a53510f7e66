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

from stratlint.comparison.passages.borders import BorderOptions, Side, Span, refine, side
from stratlint.comparison.passages.runs import verbatim_chain
from stratlint.comparison.passages.seeds import find_seeds
from stratlint.comparison.passages.summaries import find_summaries

if TYPE_CHECKING:
    from stratlint.comparison.passages.seeds import Seeds
    from stratlint.comparison.passages.tokens import Ints, Words

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


def find_fragments(a: Words, b: Words, options: AlignOptions = DEFAULTS) -> list[Fragment]:
    """Fragments of two texts that match, in the order of the first text."""
    if not len(a) or not len(b):
        return []
    seeds = find_seeds(a, b, cosine=options.cosine, dice=options.dice, least=options.least_sentence)
    if not seeds.pairs.size:
        return []
    first, second = side(seeds.stems_a, a, seeds.stems), side(seeds.stems_b, b, seeds.stems)
    found = [
        fragment
        for group in extend(seeds.pairs, options.gap)
        if (fragment := _bordered(group, seeds, (a, b), (first, second), options)) is not None
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


def _bordered(
    group: Ints,
    seeds: Seeds,
    words: tuple[Words, Words],
    sides: tuple[Side, Side],
    options: AlignOptions,
) -> Fragment | None:
    """A group of seeds with its borders found, None where it does not hold."""
    low, high = group.min(axis=0), group.max(axis=0) + 1
    first = Span(int(seeds.a_bounds[low[0]]), int(seeds.a_bounds[high[0]]))
    second = Span(int(seeds.b_bounds[low[1]]), int(seeds.b_bounds[high[1]]))
    if min(first.end - first.start, second.end - second.start) < options.grown:
        return None
    reach = options.borders.reach
    chain = verbatim_chain(words[0].key, words[1].key, first, second, reach)
    if chain is not None:
        fragment = Fragment(*chain, _CERTAIN + chain.a_end - chain.a_start)
    else:
        first, second, evidence = refine(sides[0], sides[1], first, second, options.borders)
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
