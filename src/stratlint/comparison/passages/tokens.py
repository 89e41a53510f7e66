"""Words of a text with their offsets, hashed without a Python loop.

Tokenising is what a corpus-wide comparison spends its time on, so it is done on character
codes: one table look-up folds case and drops everything that is no letter or digit, a running
polynomial gives the hash of any stretch of characters as one subtraction, and a word's hash
is that of its stretch. The same running sum gives the hash of a word's first characters,
which serves as its stem (truncation conflates English inflections about as well as a
rule-based stemmer does; McNamee and Mayfield 2004).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Ints: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]

STEM_LENGTH = 6
_PIECE = 1 << 20
_TABLE = 0x2E80
_PRIME = 0x9E3779B97F4A7C15
_INVERSE = pow(_PRIME, -1, 1 << 64)
_TERMINATORS = ".!?…"
NUMBER, PLACE = np.uint64(1), np.uint64(2)
"""What stands for a number and for a name once they are masked."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, one array entry each.

    ``start`` and ``end`` are character offsets, ``key`` the hash of the case-folded word and
    ``stem`` that of its first six characters. ``first`` marks a word that opens a sentence,
    ``border`` one that opens a sentence or a line, ``capital`` one with a capital initial and
    ``number`` one with a digit initial; ``masked`` one that stands for a name.
    """

    start: Ints
    end: Ints
    key: Hashes
    stem: Hashes
    first: Flags
    border: Flags
    capital: Flags
    number: Flags
    masked: Flags

    def __len__(self) -> int:
        """How many words."""
        return int(self.start.shape[0])

    def take(self, index: Ints | Flags) -> Words:
        """The words at some places only."""
        return Words(*(getattr(self, field.name)[index] for field in fields(self)))

    def slice(self, low: int, high: int) -> Words:
        """The words from ``low`` up to ``high``, without copying."""
        return Words(*(getattr(self, field.name)[low:high] for field in fields(self)))

    @property
    def sentence(self) -> Ints:
        """For each word, the zero-based number of its sentence."""
        number: Ints = np.cumsum(self.first, dtype=np.int64) - 1
        return number


def tokenise(text: str) -> Words:
    """The words of a text: runs of letters and digits, case folded."""
    if len(text) <= _PIECE:
        return _tokenise(text)
    pieces: list[Words] = []
    at = 0
    while at < len(text):
        stop = min(len(text), at + _PIECE)
        if stop < len(text):
            space = max(text.rfind(" ", at, stop), text.rfind("\n", at, stop))
            stop = space if space > at else stop
        words = _tokenise(text[at:stop])
        pieces.append(replace(words, start=words.start + at, end=words.end + at))
        at = stop
    return Words(
        *(np.concatenate([getattr(piece, f.name) for piece in pieces]) for f in fields(Words))
    )


def _tokenise(text: str) -> Words:
    codes = _codes(text)
    folded, kind = _tables()
    if codes.dtype != np.uint8:
        codes = np.minimum(codes, _TABLE - 1)
    value = folded[codes]
    inside = value != 0
    edge = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside.size and inside[0]:
        edge = np.concatenate(([0], edge))
    if inside.size and inside[-1]:
        edge = np.concatenate((edge, [inside.size]))
    start, end = edge[0::2], edge[1::2]
    power, inverse = _powers(1 << max(14, len(text).bit_length()))
    running = np.zeros(len(text) + 1, dtype=np.uint64)
    np.cumsum(value * power[: len(text)], out=running[1:])
    unit = inverse[start]
    base = running[start]
    key = mix((running[end] - base) * unit)
    stem = mix((running[np.minimum(end, start + STEM_LENGTH)] - base) * unit)
    initial = kind[codes[start]] if start.size else np.zeros(0, dtype=np.uint8)
    first, border = _borders(codes, kind, start, end, initial)
    return Words(
        start,
        end,
        key,
        stem,
        first,
        border,
        initial == 2,
        initial == 3,
        np.zeros(start.size, dtype=bool),
    )


def _borders(
    codes: NDArray[np.generic],
    kind: NDArray[np.uint8],
    start: Ints,
    end: Ints,
    initial: NDArray[np.uint8],
) -> tuple[Flags, Flags]:
    """Which words open a sentence, and which a sentence or a line."""
    first = np.zeros(start.size, dtype=bool)
    border = np.zeros(start.size, dtype=bool)
    if not start.size:
        return first, border
    kinds = kind[codes]
    stops = np.flatnonzero((kinds[:-1] == 4) & (kinds[1:] >= 5))
    after = np.searchsorted(start, stops)
    fits = (after > 0) & (after < start.size)
    after = after[fits]
    # 'e.g. the' and 'J. Smith' end no sentence: the next word is small, or the last one letter.
    proper = (initial[after] != 1) & (end[after - 1] - start[after - 1] > 1)
    first[after[proper]] = True
    lines = np.searchsorted(start, np.flatnonzero(kinds == 6))
    lines = lines[(lines > 0) & (lines < start.size)]
    border[lines] = True
    # A blank line (two line ends before the same word) ends a sentence whatever stands there.
    first[lines[1:][lines[1:] == lines[:-1]]] = True
    first[0] = True
    border |= first
    return first, border


def _codes(text: str) -> NDArray[np.uint8] | NDArray[np.uint32]:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def _tables() -> tuple[Hashes, NDArray[np.uint8]]:
    """Folded code of each character (0 = no word character), and its kind.

    Kinds: 1 small letter or other word character, 2 capital, 3 digit, 4 full stop and the
    like, 5 space or closing mark, 6 line end.
    """
    folded = np.zeros(_TABLE, dtype=np.uint64)
    kind = np.zeros(_TABLE, dtype=np.uint8)
    for code in range(_TABLE):
        character = chr(code)
        if character.isalnum():
            folded[code] = ord(character.lower()[0]) * 2 + 1
            kind[code] = 3 if character.isdigit() else 2 if character.isupper() else 1
        elif character in _TERMINATORS:
            kind[code] = 4
        elif character in "\r\n\v\f\u2028\u2029":
            kind[code] = 6
        elif character.isspace() or character in "\"')]”’»":
            kind[code] = 5
    # Everything beyond the table (CJK and the like) counts as one word character.
    folded[-1], kind[-1] = 1, 1
    return folded, kind


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of an odd number and of its inverse, modulo 2**64."""
    step = np.full(length, _PRIME, dtype=np.uint64)
    back = np.full(length, _INVERSE, dtype=np.uint64)
    step[0] = back[0] = 1
    return np.cumprod(step, dtype=np.uint64), np.cumprod(back, dtype=np.uint64)


def mix(value: Hashes) -> Hashes:
    """Spread a hash over all of its bits (splitmix64's finaliser; Steele et al. 2014)."""
    value = value ^ (value >> np.uint64(30))
    value = value * np.uint64(0xBF58476D1CE4E5B9)
    value = value ^ (value >> np.uint64(27))
    value = value * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = value ^ (value >> np.uint64(31))
    return mixed


def grams(key: Hashes, length: int) -> Hashes:
    """Hash of each run of ``length`` words, in order; empty when the text is shorter."""
    if key.size < length:
        return np.zeros(0, dtype=np.uint64)
    total = key[: key.size - length + 1].copy()
    for k in range(1, length):
        total *= np.uint64(_PRIME)
        total += key[k : key.size - length + 1 + k]
    return mix(total)


def grams_at(key: Hashes, length: int, begins: Ints) -> Hashes:
    """The same of the runs that begin at some words."""
    total = key[begins]
    for k in range(1, length):
        total *= np.uint64(_PRIME)
        total += key[begins + k]
    return mix(total)


def mask(words: Words, spans: Iterable[tuple[int, int]] = (), *, numbers: bool = True) -> Words:
    """The parallel stream: each name becomes one token, every number another.

    ``spans`` are character spans of places and organisations. All words that a span touches
    collapse into one, so that 'North East' and 'Yorkshire and the Humber' read alike; runs of
    numbers collapse as well ('1,250.4' and '87') unless ``numbers`` is False.
    """
    group = np.zeros(len(words), dtype=np.int64)
    for number, (start, end) in enumerate(sorted(spans), start=1):
        low = int(np.searchsorted(words.end, start, side="right"))
        high = int(np.searchsorted(words.start, end, side="left"))
        group[low:high] = number
    named = group > 0
    numeric = words.number & ~named & numbers
    same = np.zeros(len(words), dtype=bool)
    same[1:] = (named[1:] & (group[1:] == group[:-1])) | (numeric[1:] & numeric[:-1])
    keep = np.flatnonzero(~same)
    last = np.append(keep[1:], len(words)) - 1
    key, stem = words.key.copy(), words.stem.copy()
    key[named] = stem[named] = PLACE
    key[numeric] = stem[numeric] = NUMBER
    taken = replace(words, key=key, stem=stem, masked=words.masked | named).take(keep)
    return replace(taken, end=words.end[last]) if keep.size else taken
