"""A small phrase language in place of regular expressions: no pattern can run away.

A phrase is a run of words, matched without regard to case within one sentence:

``travel-to-work area*``
    a hyphen equals a space; ``*`` after at least two letters stands for any ending.
``multi|cross|inter area``
    alternatives for one word.
``<name>``, ``<number>``, ``<year>``, ``<any>``
    a capitalised word, a word that begins with a digit and is no year, a year from 1900 to
    2099, any one word.
``..``
    up to five words in between.
``MAA``
    a word with capitals after its first letter is matched exactly as written.

The time to match is bounded by (occurrences of the anchor word) × (length of the phrase) × 6
for every gap, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from stratlint.records import Record

_WORD = re.compile(r"(\d+(?:[.,]\d+)*|[^\W\d_]+(?:[&'’][^\W\d_]+)*)")
_LIGATURE_END = re.compile(r"(?:fi|fl|ffi|ffl|diff|eff)$", re.IGNORECASE)
_LIGATURE_LAST = frozenset("iIıİlLfF")
"""Letters in which :data:`_LIGATURE_END` ends, in any case."""
_PART = re.compile(
    r"\.\.|<[a-z]+>|\d+(?:[.,]\d+)*(?:\|\d+)*|[^\W\d_]+(?:[&'’][^\W\d_]+)*\*?(?:\|[^\W_]+(?:[&'’][^\W_]+)*\*?)*"
)
_CLASSES = ("<name>", "<number>", "<year>", "<any>")
_MAX_GAP = 5
NO_NAMES = frozenset(
    "a an the this that these those our its their his her each every all some no in on at by for "
    "of to from with and or but as it we they he she there here when where while which what who "
    "how if such other another new many most more both one two".split()
)
_MAX_PARTS = 14
_SHOWN = 80
"""Characters of a phrase that a fault repeats."""
_MAX_GAPS = 2


class Token(Record, frozen=True, kw_only=False):
    """A word of a text: its span, its folded form and its form as printed."""

    start: int
    end: int
    folded: str
    printed: str


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch of text; the two halves of a split ligature become one word.

    'refl ect' is one token 'reflect' that spans both halves, so that a phrase finds it in
    text whose reader left ligatures apart.
    """
    # Words and what parts them by turns, all at once: a plan has a hundred thousand.
    parts = _WORD.split(text[start:end].replace("’", "'"))
    places = list(accumulate(map(len, parts), initial=start))
    begins, ends, words = places[1:-1:2], places[2::2], parts[1::2]
    forms = {word: word.casefold() for word in set(words)}
    torn = {word for word in forms if word[-1] in _LIGATURE_LAST and _LIGATURE_END.search(word)}
    tokens = list(map(Token, begins, ends, map(forms.__getitem__, words), words))
    gone: set[int] = set()
    for at in [place for place, word in enumerate(words) if word in torn] if torn else ():
        following = at + 1
        while (
            at not in gone
            and following < len(words)
            and begins[following] == ends[following - 1] + 1
            and words[following][0].islower()
            and text[ends[following - 1]] == " "
            and _LIGATURE_END.search(tokens[at].printed)
        ):
            printed = tokens[at].printed + tokens[following].printed
            tokens[at] = Token(begins[at], ends[following], printed.casefold(), printed)
            gone.add(following)
            following += 1
    return [token for place, token in enumerate(tokens) if place not in gone] if gone else tokens


class Part(Record, frozen=True):
    """One place of a phrase: literal alternatives, prefixes, a class of words, or a gap."""

    literals: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    kind: str = ""

    def fits(self, token: Token) -> bool:
        """Whether a word may stand in this place."""
        if not self.kind:
            return (
                token.folded in self.literals
                or token.folded.startswith(self.prefixes)
                or token.printed in self.exact
            )
        if self.kind == "<any>":
            return True
        if self.kind == "<name>":
            return token.printed[:1].isupper() and token.folded not in NO_NAMES
        if self.kind == "<number>":
            return token.printed[:1].isdigit() and not _is_year(token.printed)
        return self.kind == "<year>" and _is_year(token.printed)

    @property
    def is_anchor(self) -> bool:
        """Whether the place can be looked up in an index of words."""
        return not self.kind

    @property
    def is_plain(self) -> bool:
        """Whether the folded form of a word tells that it may stand in this place."""
        return not self.kind and not self.exact


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


class Phrase(Record, frozen=True):
    """A compiled phrase.

    ``gap`` is the index of the first gap, or the number of parts; ``fixed`` are the indexes of the
    plain words before it, any of which may be looked up first; ``anchor`` is the first of them or,
    where there is none, of a class of words. ``plain`` are the words of each part that stands for
    whole words only, whatever its place.
    """

    text: str
    parts: tuple[Part, ...]
    anchor: int
    gap: int
    fixed: tuple[int, ...] = ()
    plain: tuple[frozenset[str], ...] = ()


@lru_cache(maxsize=8192)
def compile_phrase(text: str) -> Phrase:
    """Compile one phrase. Raises ValueError that says what is wrong with it."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    remainder = _PART.sub("", text)
    odd = sorted(set(remainder) - set(" -–—,/()’'“”\"‘.:;!?%"))
    if odd:
        raise ValueError(f"a phrase cannot hold {' '.join(odd)} (in '{shown}')")
    parts = tuple(_part(raw, text) for raw in _PART.findall(text))
    if not parts or parts[0].kind == ".." or parts[-1].kind == "..":
        raise ValueError(f"a phrase begins and ends with a word, not a gap (in '{shown}')")
    if len(parts) > _MAX_PARTS:
        raise ValueError(f"a phrase has at most {_MAX_PARTS} words (in '{shown}')")
    if sum(part.kind == ".." for part in parts) > _MAX_GAPS:
        raise ValueError(f"a phrase has at most {_MAX_GAPS} gaps (in '{shown}')")
    gap = next((i for i, part in enumerate(parts) if part.kind == ".."), len(parts))
    fixed = tuple(i for i in range(gap) if parts[i].is_anchor)
    anchor = fixed[0] if fixed else None
    if anchor is None:
        anchor = next((i for i in range(gap) if parts[i].kind != "<any>"), None)
    if anchor is None or all(not part.is_anchor for part in parts):
        raise ValueError(f"a phrase needs a plain word (in '{shown}')")
    plain = tuple(part.literals for part in parts if part.is_plain and not part.prefixes)
    return Phrase(text=text, parts=parts, anchor=anchor, gap=gap, fixed=fixed, plain=plain)


def _part(raw: str, text: str) -> Part:
    if raw == "..":
        return Part(kind="..")
    if raw.startswith("<"):
        if raw not in _CLASSES:
            raise ValueError(f"unknown word class {raw}; there are {', '.join(_CLASSES)}")
        return Part(kind=raw)
    literals, exact, prefixes = set(), set(), []
    for word in raw.replace("’", "'").split("|"):
        if word.endswith("*"):
            if len(word) < 3:
                raise ValueError(f"'{word}' needs two letters before its * (in '{text}')")
            prefixes.append(word[:-1].casefold())
        elif any(letter.isupper() for letter in word[1:]):
            exact.add(word)
        else:
            literals.add(word.casefold())
    return Part(
        literals=frozenset(literals), exact=frozenset(exact), prefixes=tuple(sorted(prefixes))
    )


def _checked(text: str) -> str:
    compile_phrase(text)
    return text


PhraseText: TypeAlias = Annotated[str, AfterValidator(_checked)]
"""A phrase in a rule file: its syntax is checked where the file is loaded."""


class PhraseSet:
    """Compiled phrases that are looked for together."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(compile_phrase(text) for text in phrases)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.phrases)


@lru_cache(maxsize=1024)
def phrase_set(phrases: tuple[str, ...]) -> PhraseSet:
    """The compiled set of some phrases; compiled once."""
    return PhraseSet(phrases)


class WordIndex:
    """Where every word of a text stands: what phrases are looked up in.

    ``unit`` holds a number for each token; a match never crosses from one unit (a sentence)
    to another.
    """

    def __init__(self, tokens: Sequence[Token], unit: Sequence[int]) -> None:
        self.tokens = tokens
        self.unit = unit
        self._words = [token.folded for token in tokens]
        self._folded: dict[str, list[int]] = {}
        self._printed: dict[str, list[int]] = {}
        by_form, by_print = self._folded, self._printed
        for position, (token, folded) in enumerate(zip(tokens, self._words, strict=True)):
            if folded in by_form:
                by_form[folded].append(position)
            else:
                by_form[folded] = [position]
            printed = token.printed
            if printed != folded:
                by_print.setdefault(printed, []).append(position)
        self._vocabulary = sorted(self._folded)
        self._known: dict[Part, frozenset[str]] = {}
        self._classes: dict[str, list[int]] = {}

    @property
    def vocabulary(self) -> Sequence[str]:
        """The words of the text, folded, each once, in order."""
        return self._vocabulary

    def units(self, word: str) -> Iterator[int]:
        """The units that hold a word, given folded; one that holds it twice comes twice."""
        unit = self.unit
        return (unit[place] for place in self._folded.get(word, ()))

    def find(self, phrases: PhraseSet) -> list[tuple[int, int, str]]:
        """(first token, last token, phrase) of every match, in order, longest first at a place."""
        found: dict[tuple[int, int], str] = {}
        lacks = self._folded.keys().isdisjoint
        for phrase in phrases.phrases:
            # Of most phrases a text lacks a word.
            if any(map(lacks, phrase.plain)):
                continue
            anchor, positions = self._rarest(phrase)
            if not positions:
                continue
            if len(phrase.parts) == 1:
                found.update(((at, -at), phrase.text) for at in positions)
            elif phrase.gap < len(phrase.parts):
                for first, last in self._open(phrase, anchor, positions):
                    found[first, -last] = phrase.text
            else:
                behind = len(phrase.parts) - 1
                for first in self._closed(phrase, anchor, positions):
                    found[first, -first - behind] = phrase.text
        return [(first, -last, found[first, last]) for first, last in sorted(found)]

    def _closed(self, phrase: Phrase, anchor: int, positions: Sequence[int]) -> Iterator[int]:
        """First words of the matches of a phrase without a gap."""
        unit, words, tokens, parts = self.unit, self._words, self.tokens, phrase.parts
        # Plain words are compared as such, the nearest first; a class of words is asked last.
        steps = sorted((i - anchor for i in range(len(parts)) if i != anchor), key=abs)
        plain = [(n, self._fitting(parts[anchor + n])) for n in steps if parts[anchor + n].is_plain]
        other = [(n, parts[anchor + n]) for n in steps if not parts[anchor + n].is_plain]
        behind = len(parts) - 1 - anchor
        last = len(words) - behind
        for position in positions:
            if position < anchor or position >= last:
                continue
            for step, fitting in plain:
                if words[position + step] not in fitting:
                    break
            else:
                if unit[position - anchor] == unit[position + behind] and all(
                    part.fits(tokens[position + step]) for step, part in other
                ):
                    yield position - anchor

    def _open(
        self, phrase: Phrase, anchor: int, positions: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """First and last words of the matches of a phrase with a gap."""
        # What stands behind the gap is rarer than most that stands before it.
        held: set[int] | None = None
        for part in phrase.parts[phrase.gap :]:
            if part.is_anchor:
                units = {self.unit[at] for places in self._places(part) for at in places}
                held = units if held is None else held & units
        for position in positions:
            unit, first = self.unit[position], position - anchor
            if first < 0 or self.unit[first] != unit or (held is not None and unit not in held):
                continue
            last = self._extend(phrase.parts, 0, first, unit)
            if last is not None:
                yield first, last

    def _extend(self, parts: tuple[Part, ...], index: int, at: int, unit: int) -> int | None:
        """Position of the last word when ``parts[index:]`` match from ``at``, else None."""
        while index < len(parts):
            if parts[index].kind == "..":
                return self._skip(parts, index + 1, at, unit)
            if at >= len(self.tokens) or self.unit[at] != unit:
                return None
            if not parts[index].fits(self.tokens[at]):
                return None
            index += 1
            at += 1
        return at - 1

    def _skip(self, parts: tuple[Part, ...], index: int, at: int, unit: int) -> int | None:
        for step in range(_MAX_GAP + 1):
            last = self._extend(parts, index, at + step, unit)
            if last is not None:
                return last
        return None

    def _rarest(self, phrase: Phrase) -> tuple[int, Sequence[int]]:
        """The part to look up, and where it stands: of those at a fixed distance the rarest."""
        part = phrase.parts[phrase.anchor]
        if not part.is_anchor:
            return phrase.anchor, self._of_class(part)
        rarest, least, known = phrase.anchor, -1, list[list[int]]()
        for index in phrase.fixed:
            places = self._places(phrase.parts[index])
            count = sum(map(len, places))
            if not count:
                return index, []
            if least < 0 or count < least:
                rarest, least, known = index, count, places
        if len(known) == 1:
            return rarest, known[0]
        return rarest, sorted({position for places in known for position in places})

    def _of_class(self, part: Part) -> list[int]:
        """Where the words of a class stand."""
        if part.kind not in self._classes:
            forms = self._printed if part.kind == "<name>" else self._folded
            found = [
                place
                for places in forms.values()
                if part.fits(self.tokens[places[0]])
                for place in places
            ]
            self._classes[part.kind] = sorted(found)
        return self._classes[part.kind]

    def _places(self, part: Part) -> list[list[int]]:
        """Where each word stands that may stand in a part's place."""
        found = [self._folded[word] for word in self._fitting(part)]
        if part.exact:
            found += [self._printed[word] for word in part.exact if word in self._printed]
        return found

    def _fitting(self, part: Part) -> frozenset[str]:
        """The words of the text, folded, that may stand in a part's place."""
        known = self._known.get(part)
        if known is None:
            found = {word for word in part.literals if word in self._folded}
            for prefix in part.prefixes:
                at = bisect_left(self._vocabulary, prefix)
                while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
                    found.add(self._vocabulary[at])
                    at += 1
            known = self._known[part] = frozenset(found)
        return known
