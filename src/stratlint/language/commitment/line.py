"""A line: a sentence or a fragment as words, sectors masked, each with its place in the text."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.frames import SECTOR
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit


_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’.&][^\W_]+)*|[£€$%?!:;,.()\[\]/&–—|\"“”]|(?<=\s)-(?=\s)")


_LABELLED = re.compile(r"[\W_]*[^\W\d_][^\n:.;,]{0,40}:(?:[\s*_]|$)", re.MULTILINE)
"""A line of a paragraph that begins with a label: 'Key sectors: a; b'. It ends what is above it."""


_HEADED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){1,2}:\s")
"""The same where lines were joined: '… by 2035 Key sectors: a; b'."""


_DECADE = re.compile(r"(?:1[5-9]\d|20[01])0s")
"""Decades that are past."""


_NUMBERED = re.compile(r"so\d")
"""A short form of 'strategic objective' with its number."""


_CODE = re.compile(r"[A-Z]{1,3}\d{1,2}")


_PLAIN = str.maketrans({"‐": "-", "‑": "-", "’": "'"})


_MARKS = {"—": "–", "-": "–", "“": '"', "”": '"', "[": "(", "]": ")", "|": ";"}


DASH = "–"


_CONTRACTED = {
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "can't": ("can", "not"),
    "it's": ("it", "is"),
    "that's": ("that", "is"),
    "here's": ("here", "is"),
    "there's": ("there", "is"),
}
_ENDINGS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'d": "would"}
_RANKS = {"1": "one", "2": "two", "3": "three", "4": "four"}


class Words(WordFile):
    """``rules/language/commitment/line.yaml``."""

    coded: frozenset[str]
    tiers: frozenset[str]


_wordings = words_of("commitment/line", Words)


@cache
def _counted() -> frozenset[str]:
    """Words behind which a number or a code is read in another way: few, so most words ask once."""
    return _wordings().coded | _wordings().tiers


_REMEMBERED = 50_000
"""Distinct words kept between texts: a bound for memory; thirty plans have 60,000."""


class Line(NamedTuple):
    """The words of a sentence, sectors masked; ``hits`` gives the hits of a masked word."""

    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    hits: dict[int, tuple[int, ...]]

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return "?" in self.words[-2:]


def read_line(
    text: str, start: int, end: int, hits: Sequence[Hit], ends: Sequence[int], own: frozenset[str]
) -> Line:
    """The words of a span; ``ends`` are the ends of the hits, which stand in order."""
    line = Line(start, end, [], [], [], [], {})
    _, _, words, begins, stops, capitals, _ = line
    at = bisect_right(ends, start)
    # Where the next name begins and ends: most words stand before it.
    hit_end = ends[at] if at < len(hits) else sys.maxsize
    hit_start = hits[at].start if at < len(hits) else sys.maxsize
    masked, last, before = -1, start, ""
    labelled = text.find(":", start, end) >= 0
    known, counted = _KNOWN, _counted()
    for token in _TOKEN.finditer(text, start, end):
        begin, stop = token.span()
        if labelled and words and _begins_label(text, last, begin, end, before):
            _put(line, ".", last, last, False)
            masked, before = -1, "."
        last = stop
        while hit_end <= begin:
            at += 1
            hit_end = ends[at] if at < len(hits) else sys.maxsize
            hit_start = hits[at].start if at < len(hits) else sys.maxsize
        if hit_start < stop:
            number = at
            covering = []
            while number < len(hits) and hits[number].start < stop:
                if ends[number] > begin:
                    covering.append(number)
                number += 1
            if masked >= 0 and not set(line.hits[masked]).isdisjoint(covering):
                line.hits[masked] = tuple(dict.fromkeys((*line.hits[masked], *covering)))
                line.ends[-1] = stop
                continue
            masked, before = len(words), SECTOR
            line.hits[masked] = tuple(covering)
            _put(line, SECTOR, begin, stop, False)
            continue
        masked = -1
        raw = token.group()
        pieces, capital, owner = known[raw]
        if own and (pieces[0] in own or owner in own):
            pieces = ("PLACE",)
        if before in counted:
            pieces = _numbered(before, raw, pieces)
        # Not by ``_put``, as every word comes by here.
        for before in pieces:
            words.append(before)
            begins.append(begin)
            stops.append(stop)
            capitals.append(capital)
    return line


def _begins_label(text: str, last: int, begin: int, end: int, before: str) -> bool:
    """Whether a label begins with the word at ``begin``, or a line with one before it."""
    broken = text.find("\n", last, begin)
    if broken >= 0 and _LABELLED.match(text, broken + 1, end):
        return True
    return before.isalnum() and _HEADED.match(text, begin, end) is not None


def _numbered(before: str, raw: str, pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The words of what stands behind 'objective', 'tier' and their like."""
    if before in _wordings().coded and _CODE.fullmatch(raw):
        # 'Objective ED2' is as numbered as 'Objective 2'.
        pieces = ("NUM",)
    if before in _wordings().tiers and pieces == ("NUM",) and raw in _RANKS:
        # 'Tier 2' is another than 'tier 1'.
        pieces = (_RANKS[raw],)
    return pieces


class _Written(dict[str, tuple[tuple[str, ...], bool, str]]):
    """Words as written: what each stands for, whether it has a capital, and without its ''s'."""

    def __missing__(self, raw: str) -> tuple[tuple[str, ...], bool, str]:
        pieces = _pieces(raw)
        read = pieces, raw[0].isupper(), pieces[0].removesuffix("'s")
        if len(self) < _REMEMBERED:
            self[raw] = read
        return read


_KNOWN = _Written()


def _pieces(raw: str) -> tuple[str, ...]:
    """The words that a word as written stands for: 'won't' is 'will not'."""
    form = raw.lower().translate(_PLAIN)
    form = _MARKS.get(form, form)
    if _NUMBERED.fullmatch(form):
        return form.rstrip("0123456789"), "NUM"
    if form[0].isdigit():
        return ("NUM", "s") if _DECADE.fullmatch(form) else ("NUM",)
    if form in _CONTRACTED:
        return _CONTRACTED[form]
    ending = next((e for e in _ENDINGS if form.endswith(e)), None) if "'" in form else None
    if ending and form != ending:
        return form.removesuffix(ending), _ENDINGS[ending]
    return (form,)


def _put(line: Line, word: str, start: int, end: int, capital: bool) -> None:
    line.words.append(word)
    line.starts.append(start)
    line.ends.append(end)
    line.capital.append(capital)
