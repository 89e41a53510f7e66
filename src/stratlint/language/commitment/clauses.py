"""Cut running text into units (sentences and list items), words and clauses.

Made for the flat text that comes out of PDFs: bullets in the middle of a line, paragraph
numbers glued to the sentence before, lists without line breaks. Offsets always point into the
text that was given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from stratlint.records import Record
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

_BULLET = "[•●▪◦○■□➢➤✓❖▸►‣\uf0b7\uf0a7\uf02d\uf0d8\u2023]|``"
_ENUMERATOR = r"(?:\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)])\s"
_BREAK = re.compile(
    rf"""
    (?P<bullet>\s*(?:{_BULLET})\s*)                                   # a bullet, wherever it is
  | (?P<number>\s*\n\s*(?={_ENUMERATOR}))                             # (a)  a.  iv.  on a new line
  | (?P<blank>\s*\n[ \t]*\n\s*)
  | (?P<colon>:[ \t]*\n\s*)                                          # a list without bullets
  | (?P<item>;\s*(?:and|or)?\s*\n\s*)                                 # items that end in ;
  | (?P<stop>(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bNo)(?<!\bcf)(?<!\bvs)
      [.!?]["'”’)\]]*(?:(?<=[a-z)”’][.!?])\d{{1,2}})?\s+(?=["'“‘(]?(?:[A-Z]|\d{{1,2}}\.\d)))
  | (?P<glued>(?<=[a-z)])\.(?=\d{{1,2}}\.\d{{1,3}}(?:\.\d{{1,3}})?\s+[A-Z]))
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\b(?:e\.g|i\.e)\b\.?|[^\W_]+(?:[-‐‑'’][^\W_]+)*|[£%?:;,.()/&]")
_PLAIN = str.maketrans("‐‑’", "--'")


class Words(WordFile):
    """``rules/language/commitment/clauses.yaml``."""

    clause_words: frozenset[str]


wordings = words_of("commitment/clauses", Words)
_KEPT = frozenset({"colon", "item", "stop", "glued"})
"""Breaks whose mark belongs to the unit before."""
MARKS = frozenset(",.;:()/&?")
"""Marks that stand among the words of a run."""
_NUMERIC = re.compile(r"\d[\d,.]*(?:st|nd|rd|th|m|bn|k)?$")


class Unit(Record, frozen=True):
    """A sentence or list item: its span, and the index of the unit that leads into it."""

    start: int
    end: int
    item: bool = False
    lead: int | None = None


Word: TypeAlias = tuple[int, int, str]
"""A word or mark: its span, and its form in small letters, ``NUM`` for a figure."""


def units(text: str) -> tuple[Unit, ...]:
    """Cut text into sentences and list items, each item with the unit that leads into it.

    The lead-in is the last unit before the run of items; a sentence that ends with a colon
    also leads into the sentence after it.
    """
    found: list[Unit] = []
    lead: int | None = None
    for start, end, item in _pieces(text):
        previous = len(found) - 1 if found else None
        opens = previous is not None and text[found[previous].end - 1] == ":"
        if (item and previous is not None and not found[previous].item) or opens:
            lead = previous
        elif not item:
            lead = None
        found.append(Unit(start=start, end=end, item=item, lead=lead))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    start, item = 0, False
    for match in _BREAK.finditer(text):
        kind = match.lastgroup
        end = match.start() + (1 if kind in _KEPT else 0)
        if text[start:end].strip():
            yield _trimmed(text, start, end, item)
        start = match.end()
        item = kind in ("bullet", "number", "colon") or (kind == "item" and item)
    if text[start:].strip():
        yield _trimmed(text, start, len(text), item)


def _trimmed(text: str, start: int, end: int, item: bool) -> tuple[int, int, bool]:
    piece = text[start:end]
    return (
        start + len(piece) - len(piece.lstrip()),
        start + len(piece.rstrip()),
        item,
    )


def words(text: str, start: int, end: int, vocabulary: Set[str] = frozenset()) -> list[Word]:
    """The words and marks of a span; halves of a split word of ``vocabulary`` are joined."""
    found: list[Word] = []
    seconds = _seconds(vocabulary)
    for match in _WORD.finditer(text, start, end):
        form, shown = _form(match.group())
        if form in seconds and found and _is_split(found[-1][2], form, vocabulary):
            found[-1] = (found[-1][0], match.end(), found[-1][2] + form)
            continue
        found.append((*match.span(), shown))
    return found


@lru_cache(maxsize=50_000)
def _form(raw: str) -> tuple[str, str]:
    """A word in small letters, and the same with figures masked."""
    form = raw.lower().translate(_PLAIN)
    if form.startswith(("e.g", "i.e")):
        form = form[:3]
    return form, "NUM" if _NUMERIC.match(form) else form


@lru_cache(maxsize=8)
def _seconds(vocabulary: Set[str]) -> frozenset[str]:
    """All that may be the second half of a word: nearly no word of a text is."""
    return frozenset(word[cut:] for word in vocabulary for cut in range(1, len(word)))


def _is_split(first: str, second: str, vocabulary: Set[str]) -> bool:
    """Whether 'promot' + 'e' or 'in' + 'dustry' is one word that a PDF cut in two."""
    if not (first.isalpha() and second.isalpha()) or first + second not in vocabulary:
        return False
    return not (first in vocabulary and second in vocabulary)


def clause_of(forms: Sequence[str], index: int) -> tuple[int, int]:
    """Bounds (from, to) of the clause in which the word at ``index`` stands."""
    first, size, divides = index, len(forms), wordings().clause_words
    while first > 0 and forms[first - 1] != ";" and forms[first - 1] not in divides:
        first -= 1
    last = index + 1
    while last < size and forms[last] != ";" and forms[last] not in divides:
        last += 1
    return first, last


@lru_cache(maxsize=50_000)
def stem(form: str) -> str:
    """A rough stem, so that 'support', 'supports' and 'supporting' share one weight."""
    if len(form) < 5 or not form.isalpha() or form.isupper():
        return form
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) - len(ending) >= 4:
            form = form[: -len(ending)]
            break
    return form[:-1] if form.endswith("e") and len(form) > 4 else form
