"""Alignments of two texts as records: fragments with their kind, length and substance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from stratlint.comparison.passages.difference import Copy, kind_of
from stratlint.comparison.passages.fragments import (
    DEFAULTS,
    AlignOptions,
    Fragment,
    Opened,
    find_fragments,
)
from stratlint.comparison.passages.tokens import Hashes, Words, mask, tokenise
from stratlint.records import Alignment, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CLOSING = frozenset(".!?…)]”’\"'")
_CLOSING_MARKS = 2
_CHANCE = 2
"""Words that two neighbouring paragraphs may end or begin with alike."""

Mask: TypeAlias = Callable[[Words], Iterable[Span]]
"""From the words of a text to the character spans of its names."""


class Prepared(NamedTuple):
    """A text ready to be aligned: its words, names masked.

    With ``names``, names are looked for only in the passages that are found.
    """

    name: str
    text: str
    masked: Words
    names: Mask | None = None

    def copy(self, start: int, end: int) -> Copy:
        """Words between two character offsets, names and numbers masked."""
        low = int(np.searchsorted(self.masked.end, start, side="right"))
        high = int(np.searchsorted(self.masked.start, end, side="left"))
        return _copy(self, low, high)


def prepare(
    name: str, text: str, names: Iterable[Span] = (), words: Words | None = None
) -> Prepared:
    """Tokenise a text, unless its words are known, and mask its names, given as character spans."""
    words = tokenise(text) if words is None else words
    return Prepared(name, text, mask(words, names, numbers=False))


def prepare_lightly(name: str, text: str, names: Mask | None = None) -> Prepared:
    """Tokenise a text; names are looked for only where a passage is found."""
    return Prepared(name, text, tokenise(text), names)


def align(
    text_a: str,
    text_b: str,
    *,
    a: str = "a",
    b: str = "b",
    names: Mask | None = None,
    options: AlignOptions = DEFAULTS,
) -> tuple[Alignment, ...]:
    """Shared passages of two texts, with spans in each.

    ``names`` finds what to mask, so that a passage whose place was swapped is told from one
    that was edited; without it capitals within a sentence are the only sign of a name.
    """
    first, second = prepare_lightly(a, text_a, names), prepare_lightly(b, text_b, names)
    return align_prepared(first, second, options)


def align_prepared(a: Prepared, b: Prepared, options: AlignOptions) -> tuple[Alignment, ...]:
    """The same for texts that were prepared before."""
    found = list(aligned(a, b, options))
    weight = sentence_weight((a.masked, b.masked)) if found else None
    return tuple(
        Alignment(
            a=a.name,
            b=b.name,
            a_start=item.a[0],
            a_end=item.a[1],
            b_start=item.b[0],
            b_end=item.b[1],
            kind=kind_of(*item.copies),
            words=item.words,
            substance=substance(item.copies[0].words.key, item.copies[1].words.key, weight),
        )
        for item in found
        if weight
    )


class Aligned(NamedTuple):
    """A passage of two texts: its characters and its words in each, and how many in the first."""

    a: Span
    b: Span
    copies: tuple[Copy, Copy]
    words: int


def aligned(
    a: Prepared,
    b: Prepared,
    options: AlignOptions,
    opened: Opened | None = None,
) -> Iterator[Aligned]:
    """Passages of two texts, see :func:`find_fragments`."""
    for found in find_fragments(a.masked, b.masked, options, opened):
        fragment = _within_paragraphs(a, b, found)
        yield Aligned(
            a=_characters(a, fragment.a_start, fragment.a_end),
            b=_characters(b, fragment.b_start, fragment.b_end),
            copies=(
                _copy(a, fragment.a_start, fragment.a_end),
                _copy(b, fragment.b_start, fragment.b_end),
            ),
            words=fragment.a_end - fragment.a_start,
        )


class Weight(NamedTuple):
    """Inverse document frequency of hashed words: sorted keys and their idf."""

    keys: Hashes
    idf: NDArray[np.float64]
    unseen: float

    def of(self, keys: Hashes) -> NDArray[np.float64]:
        """The idf of some words."""
        if not self.keys.size:
            return np.full(keys.size, self.unseen)
        at = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        return np.where(self.keys[at] == keys, self.idf[at], self.unseen)


def document_weight(documents: Sequence[Words]) -> Weight:
    """Idf of each word over documents: ln(N / df), Spärck Jones (1972)."""
    return _weight([np.unique(words.key) for words in documents])


def sentence_weight(documents: Sequence[Words]) -> Weight:
    """Idf of each word over sentences, where there are too few documents to count."""
    if not documents:
        return _weight([])
    keys, word = np.unique(np.concatenate([w.key for w in documents]), return_inverse=True)
    unit = np.cumsum(np.concatenate([w.first for w in documents]))
    if not keys.size:
        return _weight([])
    # Each word once a sentence; a document's first word always opens one.
    cells = np.unique(unit * keys.size + word)
    total = int(unit[-1])
    idf = np.log(total / np.bincount(cells % keys.size, minlength=keys.size))
    return Weight(keys, idf, float(np.log(total)))


def _weight(units: list[Hashes]) -> Weight:
    if not units:
        return Weight(np.zeros(0, dtype=np.uint64), np.zeros(0), 0.0)
    keys, counts = np.unique(np.concatenate(units), return_counts=True)
    return Weight(keys, np.log(len(units) / counts), float(np.log(len(units))))


def substance(a: Hashes, b: Hashes, weight: Weight) -> float:
    """Mean idf of the distinct words that two copies share: low for boilerplate.

    Measured on the pairs of the Legislative Influence Detector, it tells boilerplate from
    substance better than an alignment's score does (see ``benchmarks/passages``).
    """
    shared = np.intersect1d(a, b)
    return round(float(weight.of(shared).mean()), 4) if shared.size else 0.0


def _within_paragraphs(a: Prepared, b: Prepared, found: Fragment) -> Fragment:
    """Without the word or two that two paragraphs before or after have in common by chance."""
    size = min(found.a_end - found.a_start, found.b_end - found.b_start)
    near = range(1, min(_CHANCE, size - 1) + 1)
    before = [k for k in near if _parts(a, found.a_start + k) and _parts(b, found.b_start + k)]
    after = [k for k in near if _parts(a, found.a_end - k) and _parts(b, found.b_end - k)]
    head, tail = max(before, default=0), max(after, default=0)
    if head + tail >= size:
        return found
    return found._replace(
        a_start=found.a_start + head,
        b_start=found.b_start + head,
        a_end=found.a_end - tail,
        b_end=found.b_end - tail,
    )


def _parts(text: Prepared, word: int) -> bool:
    """Whether a blank line stands before a word."""
    words = text.masked
    return "\n\n" in text.text[int(words.end[word - 1]) : int(words.start[word])]


def _characters(text: Prepared, low: int, high: int) -> Span:
    """Characters of some words, with the stop and the closing marks that follow the last."""
    start, end = int(text.masked.start[low]), int(text.masked.end[high - 1])
    limit = end + _CLOSING_MARKS
    while end < limit and text.text[end : end + 1] in _CLOSING:
        end += 1
    return start, min(end, len(text.text))


def _copy(text: Prepared, low: int, high: int) -> Copy:
    words = text.masked.slice(low, high)
    return Copy(text.text, mask(words, text.names(words) if text.names is not None else ()))
