r"""What words a text must hold for a pattern to be found in it.

A long pattern costs a hundred times what it costs to look a word up in an index. Of a compiled
regular expression :func:`needs_of` says, by its parse tree alone, which words any match holds:
whoever searches looks at the texts with these words and at no others, and finds the same. Nothing
is said of a part that might stand for anything (``\w+``, ``[^.]``), so an answer may be too
wide and is never too narrow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

from stratlint.text.phrases import WordIndex

EDGE = "\b"
"""In a string that stands for texts: a place where a word begins or ends."""
APART = " "
"""Any sign that is no letter and no digit."""
DIGIT = "0"
"""Any digit."""
SIGNS = frozenset("£€$%[(")
"""Signs that are looked for as such; any other one is APART."""
Strings: TypeAlias = frozenset[str]
Clause: TypeAlias = frozenset[str]
"""Of these words a match holds one: '\\bfund\\b' a word, '\\bfund' how one begins, 'fund' any part
of one, '0' a digit, '£' the sign."""
Way: TypeAlias = tuple[Clause, ...]
"""Clauses that a match satisfies all together."""
_WAYS = 64
"""Ways that are told one by one: the longest pattern of the rules has some fifty."""
_MANY = 1024
"""Texts that a part of a pattern may stand for before it is taken apart: the longest lists of
verbs with their endings have some hundreds."""
_LETTERS = 6
"""Letters of a class that are told one by one: ``[A-Z]`` tells nothing."""
_SHORT = 3
"""Letters of a part of a word that is worth looking for."""
_CLAUSES = 3
"""Clauses that are told of parts of which one stands there: further ones spare next to nothing."""
_FREQUENT = frozenset(
    "a an and are as at be by for from in is it of on or our that the this to we will with".split()
)
_COSTS = {"digit": 200, "frequent": 400, "inside": 4, "begins": 2, "word": 1}
"""How many sentences a word is likely to leave, to choose one of several by."""
ODD = re.compile(r"[ıſİK]")
"""Signs that count as i, s and k where case does not matter, and that no index finds as such."""
WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def needs_of(pattern: re.Pattern[str]) -> tuple[Way, ...]:
    """The ways in which a pattern is met; one without clauses where nothing can be said."""
    if pattern.flags & re.ASCII:
        # There 'é' ends a word, as it does in no index.
        return ((),)
    ways = []
    for items in _alternatives(list(parser.parse(pattern.pattern, pattern.flags))):
        exact, clauses = _sequence(items, "", "")
        ways.append(tuple(clauses if exact is None else [*clauses, *_clause(exact)]))
    if () in ways:
        return ((),)
    # What differs in one clause alone is as well looked up together.
    alike: dict[Way, Clause] = {}
    for first, *rest in ways:
        alike[tuple(rest)] = alike.get(tuple(rest), frozenset()) | first
    return tuple((first, *rest) for rest, first in alike.items())


def _alternatives(items: list[Any]) -> list[list[Any]]:
    """A pattern as the patterns that it is made of, where it says 'this or that'.

    What has the words of one half and those of another is no match: each is told by itself. Lists
    of words stay what they are, and so does what is inside a repetition.
    """
    done: list[list[Any]] = []
    todo = [items]
    lists: dict[int, bool] = {}
    while todo:
        one = todo.pop(0)
        parted = None if len(done) + len(todo) >= _WAYS else _parted(one, lists)
        if parted is None:
            done.append(one)
        else:
            todo = [*parted, *todo]
    return done


def _parted(items: list[Any], lists: dict[int, bool]) -> list[list[Any]] | None:
    """The same items for each branch of the first choice that is no list of words.

    ``lists`` says of parts that were met before whether they are such lists.
    """
    for place, (op, value) in enumerate(items):
        if op is not ops.SUBPATTERN and op is not ops.BRANCH:
            continue
        if id(value) not in lists:
            lists[id(value)] = _item(op, value, "", "")[0] is not None
        if lists[id(value)]:
            continue
        branches = value[1] if op is ops.BRANCH else _parted(list(value[3]), lists)
        if branches is not None:
            return [[*items[:place], *branch, *items[place + 1 :]] for branch in branches]
    return None


class Gate:
    """In which of some texts patterns may be found, by the words that the texts hold.

    ``index`` has the words of all texts, ``signs`` finds the texts that hold a sign. In ``odd``
    texts anything may be found: their words are not in the index as a pattern would read them.
    """

    def __init__(
        self, index: WordIndex, signs: Callable[[str], Iterable[int]], odd: Iterable[int]
    ) -> None:
        self._index = index
        self._signs = signs
        self._odd = frozenset(odd)
        self._vocabulary = index.vocabulary
        self._joined = "\n".join(["", *self._vocabulary, ""])
        # 'region's' holds 'region', and 'r&d' holds an 'r' that stands alone.
        self._within: dict[str, list[str]] = {}
        for word in self._vocabulary:
            if not word.isalpha():
                for part in WORDS.findall(word):
                    self._within.setdefault(part, []).append(word)
        self._parts = sorted(self._within)
        self._met: dict[str, set[int]] = {}

    def texts(self, ways: Sequence[Way]) -> frozenset[int] | None:
        """The texts in which a pattern with such needs may be found; None for all of them."""
        if not all(ways):
            return None
        return self._odd.union(*map(self._meeting, ways))

    def _meeting(self, clauses: Way) -> set[int]:
        """The texts that meet all clauses of a way, as far as these are worth looking up."""
        held: set[int] | None = None
        for clause in sorted(clauses, key=_cost):
            if held is not None and (len(held) <= _FEW or _cost(clause) > _DEAR):
                break
            found = set().union(*map(self._holding, clause))
            held = found if held is None else held & found
        return held or set()

    def _holding(self, need: str) -> Collection[int]:
        """The texts that meet a need; many patterns have the same."""
        known = self._met.get(need)
        if known is None:
            known = {*self._signs(need)} if need in SIGNS else set()
            for word in self._words(need):
                known.update(self._index.units(word))
            self._met[need] = known
        return known

    def _words(self, need: str) -> Iterator[str]:
        """The words of the texts that meet a need."""
        plain = need.strip(EDGE)
        if need == DIGIT:
            yield from (word for word in self._vocabulary if word[0].isdigit())
        elif need[0] != EDGE:
            at = self._joined.find(plain)
            while at >= 0:
                begin, stop = self._joined.rfind("\n", 0, at), self._joined.find("\n", at)
                yield self._joined[begin + 1 : stop]
                at = self._joined.find(plain, stop)
        elif need[-1] == EDGE:
            yield plain
            yield from self._within.get(plain, ())
        else:
            yield from _beginning(self._vocabulary, plain)
            for part in _beginning(self._parts, plain):
                yield from self._within[part]


def _beginning(words: Sequence[str], letters: str) -> Iterator[str]:
    """The words that begin with some letters, of words in order."""
    at = bisect_left(words, letters)
    while at < len(words) and words[at].startswith(letters):
        yield words[at]
        at += 1


_FEW = 32
"""Texts that are looked at sooner than another clause is looked up."""
_DEAR = 4000
"""Cost of a clause of words such as 'the' and 'is', which every other sentence holds."""


def _cost(clause: Collection[str]) -> int:
    return sum(map(_cost_of, clause))


def _cost_of(word: str) -> int:
    plain = word.strip(EDGE)
    if word == DIGIT or plain in _FREQUENT:
        return _COSTS["digit" if word == DIGIT else "frequent"]
    if word[0] != EDGE:
        return _COSTS["inside"]
    return _COSTS["word" if word[-1] == EDGE else "begins"]


# --- a pattern taken apart -----------------------------------------------------------------
#
# A part of a pattern is either exact, all texts that it stands for (written with EDGE, APART and
# DIGIT for signs of their kinds), or it is not: then there are clauses only. ``left`` and
# ``right`` are EDGE where a word cannot go on beyond the part.

_Part: TypeAlias = tuple[Strings | None, list[Clause]]


def _sequence(items: Any, left: str, right: str) -> _Part:
    """Parts that follow one another."""
    clauses: list[Clause] = []
    exact: Strings | None = frozenset({left})
    current: Strings = frozenset({left})
    items = list(items)
    for place, (op, value) in enumerate(items):
        following = right
        if place + 1 < len(items):
            following = "" if op in _PLAIN else _edge_of(*items[place + 1])
        behind = EDGE if all(text and not text[-1].isalpha() for text in current) else ""
        strings, more = _item(op, value, behind, following)
        clauses += more
        if strings is not None and len(current) * len(strings) <= _MANY:
            current = frozenset(one + other for one in current for other in strings)
            continue
        exact = None
        after = EDGE if strings and all(s and not s[0].isalpha() for s in strings) else ""
        clauses += _clause(frozenset(text + after for text in current))
        current = frozenset({""})
        if strings is not None:
            current = frozenset(behind + text for text in strings)
    if exact is not None:
        return current, clauses
    return None, [*clauses, *_clause(frozenset(text + right for text in current))]


_PLAIN = (ops.LITERAL, ops.IN, ops.AT)


def _item(op: Any, value: Any, left: str, right: str) -> _Part:
    """One part."""
    if op is ops.LITERAL:
        return _letter(value), []
    if op is ops.IN:
        return _class(value), []
    if op is ops.AT:
        return frozenset({"" if value is ops.AT_NON_BOUNDARY else EDGE}), []
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return frozenset({""}), []
    if op is ops.SUBPATTERN:
        return _sequence(value[3], left, right)
    if op is ops.ATOMIC_GROUP:
        return _sequence(value, left, right)
    if op is ops.BRANCH:
        return _branches([_sequence(branch, left, right) for branch in value[1]], right)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, item = value
        return _repeated(least, most == 1, item, left, right)
    return None, []


@lru_cache(maxsize=256)
def _letter(value: int) -> Strings | None:
    return _class([(ops.LITERAL, value)])


def _class(members: Collection[tuple[Any, Any]]) -> Strings | None:
    """The signs of a class, by their kinds; None where they tell nothing."""
    found: set[str] = set()
    for op, value in members:
        if op is ops.LITERAL:
            signs: Iterable[str] = (chr(value),)
        elif op is ops.RANGE and value[1] < 128:
            signs = map(chr, range(value[0], value[1] + 1))
        elif op is ops.CATEGORY and value in _KINDS:
            signs = _KINDS[value]
        else:
            return None
        for sign in signs:
            if sign.isalnum() and not sign.isascii():
                return None
            kind = DIGIT if sign.isdigit() else sign if sign in SIGNS else APART
            found.add(sign.lower() if sign.isalpha() else kind)
    return frozenset(found) if sum(map(str.isalpha, found)) <= _LETTERS else None


_KINDS: Mapping[Any, str] = {
    ops.CATEGORY_SPACE: APART,
    ops.CATEGORY_NOT_WORD: APART,
    ops.CATEGORY_DIGIT: DIGIT,
}


def _branches(parts: Sequence[_Part], right: str) -> _Part:
    """Parts of which one stands there."""
    exact: set[str] = set()
    for strings, _ in parts:
        exact.update(strings or ())
    if len(exact) <= _MANY and all(strings is not None for strings, _ in parts):
        return frozenset(exact), []
    ranked: list[list[Clause]] = []
    for strings, clauses in parts:
        said = clauses if strings is None else _clause(frozenset(s + right for s in strings))
        if not said:
            return None, []
        ranked.append(sorted(said, key=_cost))
    # One clause of each part makes a clause of all: the rarest, the next, and so on.
    places = range(min(_CLAUSES, max(map(len, ranked))))
    return None, [
        frozenset().union(*(said[min(place, len(said) - 1)] for said in ranked)) for place in places
    ]


def _repeated(least: int, once: bool, item: Any, left: str, right: str) -> _Part:
    """A part that stands there ``once``, several times, or not at all."""
    strings, clauses = _sequence(item, left if once else "", right if once else "")
    if strings is None:
        return None, clauses if least else []
    if once or not any(sign.isalpha() for text in strings for sign in text):
        # However many signs other than letters part two words, they are parted.
        return strings | (frozenset() if least else {""}), []
    return None, _clause(strings) if least else []


def _edge_of(op: Any, value: Any) -> str:
    """EDGE where a part begins with a sign that no word goes on with."""
    if op is ops.AT:
        return EDGE if value is not ops.AT_NON_BOUNDARY else ""
    if op in (ops.LITERAL, ops.IN):
        signs, _ = _item(op, value, "", "")
        return EDGE if signs and not any(map(str.isalpha, signs)) else ""
    if op is ops.SUBPATTERN:
        return _edge_of(*value[3][0]) if value[3] else ""
    if op is ops.BRANCH:
        return EDGE if all(branch and _edge_of(*branch[0]) for branch in value[1]) else ""
    return ""


def _clause(strings: Strings) -> list[Clause]:
    """What texts of one of these kinds hold: of each the word that is likely to be rarest."""
    chosen = set(map(_rarest, strings))
    return [] if "" in chosen else [frozenset(chosen)]


# The halves of a choice go on alike, and ask for the same texts again and again.
@lru_cache(maxsize=16_384)
def _rarest(text: str) -> str:
    """The word of a text that is likely to be rarest; '' where none is told."""
    return min(_told(text), key=lambda word: (_cost_of(word), -len(word)), default="")


def _told(text: str) -> Iterable[str]:
    """The words and parts of words of a text that stands for others."""
    for found in WORDS.finditer(text):
        begins, ends = found.start() > 0, found.end() < len(text)
        if begins or len(found.group()) >= _SHORT:
            yield (EDGE if begins else "") + found.group() + (EDGE if ends else "")
    yield from ({DIGIT} | SIGNS).intersection(text)
