"""Abbreviations that a text defines: 'food and drink (F&D)', and 'F&D' from then on.

Whoever writes 'OSW' after 'offshore wind (OSW)' writes 'offshore wind'. An abbreviation is
therefore read with the term that it stands for, and its own surroundings decide the rest. A
text may also define what looks like a term of the taxonomy ('ESA (Employment and Support
Allowance)'): then it is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.sectors.sense_features import cues
from stratlint.language.sectors.senses import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.text.words import Words

_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z](?:[A-Za-z0-9]|[&+/.-](?=[A-Za-z0-9])){1,7}s?")
_OPENS, _CLOSES = frozenset("(["), frozenset(")],;")
_FILLERS = frozenset(
    "the or as also known hereafter henceforth short for called ' ‘ ’ \" “ ”".split()
)
_MEANS = frozenset("= : mean stand for short".split())
_NAMED = frozenset("as called hereafter henceforth under to named abbreviated : = mean".split())
_SMALL = frozenset("and & the of for in on to a an their its our or with".split())
_WORDS_BACK = 12
"""Words of a long form at most."""
_BODY = 4
"""Words before a long form that may make it part of a body's name."""
_FILLED = 3
"""Words between an abbreviation and its bracket or its long form: '(hereafter known as F&D)'."""


class _Definition(NamedTuple):
    """An abbreviation, the words of its long form, and whether each letter begins a word."""

    short: str
    first: int
    last: int
    exact: bool


def with_abbreviations(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and those of abbreviations that the text defines, in order of place."""
    short = {form for form in set(words.forms) if _is_short(form)}
    places: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(words.forms):
        if form in short:
            places[form].append(index)
    definitions = [
        definition
        for form, at in places.items()
        for index in at
        for definition in _defined(words, index, _one(form))
    ]
    if not definitions:
        return list(candidates)
    by_word: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for index in range(candidate.first, candidate.last):
            by_word[index].append(candidate)
    meant: dict[str, dict[str, Candidate]] = {}
    denied: set[str] = set()
    for definition in definitions:
        named = _named(words, definition, by_word)
        if named:
            meant.setdefault(definition.short, {}).update(named)
        elif definition.exact:
            denied.add(definition.short)
    return _applied(places, meant, denied - set(meant), candidates)


def _applied(
    places: dict[str, list[int]],
    meant: dict[str, dict[str, Candidate]],
    denied: set[str],
    candidates: Sequence[Candidate],
) -> list[Candidate]:
    """What the abbreviations stand for at each of their places, beside the other candidates."""
    at = {
        index: meant[_one(form)]
        for form, indexes in places.items()
        if _one(form) in meant
        for index in indexes
    }
    told = denied | set(meant)
    foreign = {index for form, at in places.items() if _one(form) in told for index in at}
    found = [c for c in candidates if c.last - c.first > 1 or c.first not in foreign]
    found += [Candidate(c.term, i, i + 1) for i, named in at.items() for c in named.values()]
    return sorted(found, key=lambda c: (c.first, c.last, c.term.sector))


@cache
def _is_short_cached(form: str) -> bool:
    return _SHORT.fullmatch(form) is not None


def _is_short(form: str) -> bool:
    return 2 <= len(form) <= 9 and not form.islower() and _is_short_cached(form)


def _one(form: str) -> str:
    """The abbreviation without the ending of a plural: 'EV' of 'EVs'."""
    return form[:-1] if len(form) > 2 and form.endswith("s") and form[-2].isupper() else form


def _defined(words: Words, index: int, short: str) -> Iterator[_Definition]:
    """The long forms that one place of an abbreviation may give it."""
    letters = [c for c in short.lower() if c.isalnum()]
    yield from _bracketed(words, index, short, letters)
    yield from _before_bracket(words, index, short, letters)
    if len(letters) > 1:
        yield from _by_initials(words, index, short, letters)


def _bracketed(
    words: Words, index: int, short: str, letters: Sequence[str]
) -> Iterator[_Definition]:
    """'offshore wind (OSW)', 'food and drink (hereafter F&D)'."""
    keys, size = words.keys, len(words)
    opening, closing = index - 1, index + 1
    while opening >= 0 and index - opening <= _FILLED and keys[opening] in _FILLERS:
        opening -= 1
    if closing < size and keys[closing] in _FILLERS:
        closing += 1
    if (
        opening < 1
        or keys[opening] not in _OPENS
        or closing >= size
        or keys[closing] not in _CLOSES
    ):
        return
    first = _long_before(words, opening, letters)
    if first is not None:
        yield _Definition(short, first, opening, _last_initial(words, first, letters) == opening)
    elif words.gaps[opening] < 2:
        yield _Definition(short, -1, opening, False)


def _before_bracket(
    words: Words, index: int, short: str, letters: Sequence[str]
) -> Iterator[_Definition]:
    """'OSW (offshore wind)'."""
    keys, first = words.keys, index + 2
    if first >= len(words) or keys[index + 1] not in _OPENS:
        return
    most = min(len(words), first + _WORDS_BACK)
    last = next((i for i in range(first, most) if keys[i] in _CLOSES), first)
    if last > first and _begins(words, first, last, letters):
        yield _Definition(short, first, last, _last_initial(words, first, letters) == last)


def _by_initials(
    words: Words, index: int, short: str, letters: Sequence[str]
) -> Iterator[_Definition]:
    """Without brackets each letter must begin a word: 'we call X Y XY', 'XY: X Y', 'XY | X Y'."""
    keys, size = words.keys, len(words)
    before = index - 1
    while before >= 0 and index - before <= _FILLED and keys[before] in _NAMED:
        before -= 1
    if before < index - 1:
        for first in range(before, max(-1, before - _WORDS_BACK), -1):
            if keys[first] in ".;:" or words.gaps[first + 1] == 2:
                break
            end = _last_initial(words, first, letters)
            if end is not None and end <= before + 1:
                yield _Definition(short, first, end, True)
                break
    after = index + 1
    while after < size and after - index <= _FILLED and keys[after] in _MEANS:
        after += 1
    begins_line = words.gaps[index] > 0 or (index > 0 and keys[index - 1] in "•|")
    if after < size and (after > index + 1 or begins_line):
        end = _last_initial(words, after, letters)
        if end is not None:
            yield _Definition(short, after, end, True)


def _long_before(words: Words, end: int, letters: Sequence[str]) -> int | None:
    """Where the long form before a bracket begins (Schwartz and Hearst 2003), or None.

    The letters are looked for from the last to the first; the first must begin a word.
    """
    least = max(0, end - min(len(letters) + 5, len(letters) * 2) - 2)
    index = end - 1
    left = len(letters) - 1
    while index >= least and words.gaps[index + 1] < 2 and words.keys[index] not in ".;:()":
        word = words.forms[index].lower()
        at = len(word) - 1
        while at >= 0 and left >= 0:
            if word[at] == letters[left] and (left > 0 or at == 0):
                left -= 1
                if left < 0:
                    return index
            at -= 1
        index -= 1
    return None


def _begins(words: Words, first: int, last: int, letters: Sequence[str]) -> bool:
    """Whether the letters occur in order in these words, the first at the very start."""
    text = " ".join(words.forms[first:last]).lower()
    if not text.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def _last_initial(words: Words, first: int, letters: Sequence[str]) -> int | None:
    """Past the last word of those from ``first`` on whose initials are the letters, or None."""
    index = first
    for letter in letters:
        while (
            index < len(words)
            and words.keys[index] in _SMALL
            and words.forms[index][0].lower() != letter
        ):
            index += 1
        if index >= len(words) or words.forms[index][0].lower() != letter:
            return None
        if index > first and words.gaps[index] == 2:
            return None
        index += 1
    return index


def _named(
    words: Words, definition: _Definition, by_word: dict[int, list[Candidate]]
) -> dict[str, Candidate]:
    """The sectors that a long form names: its names must be most of its words."""
    first, last = definition.first, definition.last
    before = words.keys[max(0, first - _BODY) : max(0, first)]
    if first > 0 and before and before[-1] in ("for", "of", ",") and cues().bodies & set(before):
        # Part of a body's name: 'Department for Culture, Media and Sport (CMS)' is no industry.
        return {}
    if first < 0:
        # 'advanced therapies (ATMP)': more letters than words, but the name stands right there.
        close = [c for c in by_word.get(last - 1, ()) if c.last == last]
        short = definition.short.lower()
        close = [c for c in close if words.forms[c.first][0].lower() == short[0]]
        return {c.term.sector: c for c in close if c.term.level != "conditional"}
    inside = {
        c
        for i in range(first, last)
        for c in by_word.get(i, ())
        if first <= c.first or c.last <= last
    }
    groups = cues().group
    covered = {i for c in inside for i in range(max(first, c.first), min(last, c.last))}
    others = [
        i
        for i in range(first, last)
        if i not in covered
        and words.keys[i].isalnum()
        and words.keys[i] not in _SMALL
        and groups.get(words.keys[i]) not in ("industry", "business", "activity", "value")
    ]
    head = words.keys[last - 1]
    whole = any(c.first == first and c.last == last for c in inside)
    if whole:
        inside = {c for c in inside if c.first == first and c.last == last}
    elif head in cues().bodies or groups.get(head) in ("policy", "land_use", "resident"):
        return {}
    if not covered or len(others) > len(covered):
        return {}
    firm = {c for c in inside if c.term.level != "conditional"} or inside
    return {c.term.sector: c for c in sorted(firm, key=lambda c: (c.first, c.term.sector))}
