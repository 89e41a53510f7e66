"""How two copies of a passage differ: word for word, edited, or with the place swapped."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.records import PassageKind, Span

if TYPE_CHECKING:
    from stratlint.comparison.passages.tokens import Words

VERBATIM = 0.97
"""Share of words in the same order from which two copies count as word for word: reading a
PDF costs a word here and there."""
SWAPPED = 0.85
"""The same for two copies whose names are masked."""
_LONG_NAME = 5


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
    matcher = SequenceMatcher(None, a.words.key.tolist(), b.words.key.tolist())
    matched = 0
    swaps: list[tuple[str, str]] = []
    renumbered = False
    common_a: list[Span] = []
    common_b: list[Span] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            matched += 2 * (a1 - a0)
            common_a.append(a.span(a0, a1))
            common_b.append(b.span(b0, b1))
            slots = a.words.masked[a0:a1] | a.words.number[a0:a1]
            for offset in np.flatnonzero(slots).tolist():
                pair = (a.word(a0 + offset), b.word(b0 + offset))
                if _folded(pair[0]) == _folded(pair[1]):
                    continue
                if a.words.masked[a0 + offset]:
                    swaps.append(pair)
                else:
                    renumbered = True
        elif tag == "replace" and _is_name(a.words, a0, a1) and _is_name(b.words, b0, b1):
            matched += (a1 - a0) + (b1 - b0)
            swaps.append((_phrase(a, a0, a1), _phrase(b, b0, b1)))
    ratio = matched / max(1, a.words.key.size + b.words.key.size)
    if swaps and ratio >= SWAPPED:
        kind = PassageKind.PLACE_SWAPPED
    elif ratio >= VERBATIM and not renumbered and not swaps:
        kind = PassageKind.VERBATIM
    else:
        kind = PassageKind.EDITED
    return Difference(kind, ratio, tuple(common_a), tuple(common_b), tuple(swaps))


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
