"""How two copies of a passage differ: word for word, edited, or with the place swapped."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.records import PassageKind, Span

if TYPE_CHECKING:
    from stratlint.comparison.passages.tokens import Hashes, Words

VERBATIM = 0.97
"""Share of words in the same order from which two copies count as word for word: reading a
PDF costs a word here and there."""
SWAPPED = 0.85
"""The same for two copies whose names are masked."""
_LONG_NAME = 5
_MOST_PAIRS = 1 << 21
"""Equal words of two copies beyond which they are compared the slow way, in less memory: one
word over and over."""


class Difference(NamedTuple):
    """What a comparison word by word found.

    ``ratio`` is the share of the words of both copies that agree in order, names apart;
    ``common_a`` and ``common_b`` are character spans of the words in common.
    """

    kind: PassageKind
    ratio: float
    common_a: tuple[Span, ...]
    common_b: tuple[Span, ...]
    swaps: tuple[tuple[str, str], ...] = ()


class Copy(NamedTuple):
    """A stretch of the masked words of a text."""

    text: str
    words: Words

    def word(self, index: int) -> str:
        """The word as written."""
        return self.text[int(self.words.start[index]) : int(self.words.end[index])]

    def span(self, start: int, end: int) -> Span:
        """Characters from word ``start`` up to word ``end``."""
        return int(self.words.start[start]), int(self.words.end[end - 1])


def kind_of(a: Copy, b: Copy) -> PassageKind:
    """The kind alone: cheap where the copies have too few words in common to be a copy."""
    if a.words.key.size == b.words.key.size and np.array_equal(a.words.key, b.words.key):
        if not (a.words.masked.any() or a.words.number.any()):
            return PassageKind.VERBATIM
    elif _bag_ratio(a.words, b.words) < SWAPPED - 0.1:
        return PassageKind.EDITED
    return difference(a, b).kind


def difference(a: Copy, b: Copy) -> Difference:
    """Compare two copies word by word, names and numbers masked."""
    matched = 0
    swaps: list[tuple[str, str]] = []
    renumbered = False
    common_a: list[Span] = []
    common_b: list[Span] = []
    at, there = 0, 0
    for a0, b0, size in [
        *equal_stretches(a.words.key, b.words.key),
        (len(a.words), len(b.words), 0),
    ]:
        replaced = at < a0 and there < b0
        if replaced and _is_name(a.words, at, a0) and _is_name(b.words, there, b0):
            matched += (a0 - at) + (b0 - there)
            swaps.append((_phrase(a, at, a0), _phrase(b, there, b0)))
        at, there = a0 + size, b0 + size
        if not size:
            continue
        matched += 2 * size
        changed: list[int] = []
        slots = a.words.masked[a0:at] | a.words.number[a0:at]
        for offset in np.flatnonzero(slots).tolist():
            pair = (a.word(a0 + offset), b.word(b0 + offset))
            if _folded(pair[0]) == _folded(pair[1]):
                continue
            changed.append(offset)
            if a.words.masked[a0 + offset]:
                swaps.append(pair)
            else:
                renumbered = True
        # Another place or number in the same slot is what was changed, and so is not in common.
        for low, high in pairwise((-1, *changed, size)):
            if high - low > 1:
                common_a.append(a.span(a0 + low + 1, a0 + high))
                common_b.append(b.span(b0 + low + 1, b0 + high))
    ratio = matched / max(1, a.words.key.size + b.words.key.size)
    if swaps and ratio >= SWAPPED:
        kind = PassageKind.PLACE_SWAPPED
    elif ratio >= VERBATIM and not renumbered and not swaps:
        kind = PassageKind.VERBATIM
    else:
        kind = PassageKind.EDITED
    return Difference(kind, ratio, tuple(common_a), tuple(common_b), tuple(swaps))


def equal_stretches(a: Hashes, b: Hashes) -> list[tuple[int, int, int]]:
    """Stretches that two sequences have in common, in order: where in each, and how long.

    The longest one, then the longest ones on either side of it, and so on: what
    :class:`difflib.SequenceMatcher` gives, in a tenth of its time.
    """
    ordered = np.argsort(b, kind="stable")
    low = np.searchsorted(b[ordered], a, side="left")
    count = np.searchsorted(b[ordered], a, side="right") - low
    if count.sum() > _MOST_PAIRS:
        blocks = SequenceMatcher(None, a.tolist(), b.tolist()).get_matching_blocks()
        return _joined([(i, j, n) for i, j, n in blocks[:-1]])
    x = np.repeat(np.arange(a.size), count)
    step = np.arange(x.size) - np.repeat(np.cumsum(count) - count, count)
    y = ordered[np.repeat(low, count) + step]
    order = np.lexsort((x, x - y))
    x, y = x[order], y[order]
    opens = np.ones(x.size, dtype=bool)
    opens[1:] = (np.diff(x - y) != 0) | (np.diff(x) != 1)
    starts = np.flatnonzero(opens)
    sizes = np.diff(np.append(starts, x.size))
    found: list[tuple[int, int, int]] = []
    waiting = [(0, a.size, 0, b.size, x[starts], y[starts], sizes)]
    while waiting:
        a0, a1, b0, b1, left, right, size = waiting.pop()
        # Each stretch as far as it lies between the two that were found before.
        cut = np.maximum(0, np.maximum(a0 - left, b0 - right))
        size = np.minimum(size, np.minimum(a1 - left, b1 - right)) - cut
        some = size > 0
        if not some.any():
            continue
        left, right, size = (left + cut)[some], (right + cut)[some], size[some]
        longest = np.flatnonzero(size == size.max())
        best = longest[np.lexsort((right[longest], left[longest]))[0]]
        i, j, n = int(left[best]), int(right[best]), int(size[best])
        found.append((i, j, n))
        waiting.append((a0, i, b0, j, left, right, size))
        waiting.append((i + n, a1, j + n, b1, left, right, size))
    return _joined(sorted(found))


def _joined(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Blocks that follow on each other made one."""
    joined: list[tuple[int, int, int]] = []
    for i, j, n in blocks:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + n)
        else:
            joined.append((i, j, n))
    return joined


def _bag_ratio(a: Words, b: Words) -> float:
    """The most words that can agree in order: those that agree in any order."""
    keys, counts = np.unique(a.key, return_counts=True)
    others, numbers = np.unique(b.key, return_counts=True)
    _, left, right = np.intersect1d(keys, others, assume_unique=True, return_indices=True)
    shared = np.minimum(counts[left], numbers[right]).sum()
    return 2.0 * float(shared) / max(1, a.key.size + b.key.size)


def _is_name(words: Words, start: int, end: int) -> bool:
    """Whether words read as a name: masked, or capitals within a sentence."""
    if end - start > _LONG_NAME:
        return False
    inner = ~words.first[start:end]
    name = words.masked[start:end] | (words.capital[start:end] & inner)
    # 'Yorkshire and the Humber': the ends are capital, small words between do no harm.
    return bool(name[0] and name[-1] and name.mean() >= 0.5)


def _phrase(copy: Copy, start: int, end: int) -> str:
    low, high = copy.span(start, end)
    return copy.text[low:high]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
