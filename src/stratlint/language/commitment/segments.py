"""A sentence as statements see it: its words with sectors masked, cut into clauses and groups.

A segment is a clause or a fragment: what stands in brackets, behind a colon, behind 'but' or
'which', or behind an 'and' that begins a new clause. Brackets are taken out of the clause around
them, so that 'aerospace (at Warton) and tourism' stays one group.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.frames import SECTOR, Match, load_frames
from stratlint.language.commitment.line import DASH, Line
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.frames import Lexicon


class Words(WordFile):
    """``rules/language/commitment/segments.yaml``."""

    connectives: frozenset[str]
    skipped: frozenset[str]
    neither: frozenset[str]
    doubting: frozenset[str]
    relative: frozenset[str]
    onto: frozenset[str]
    all: frozenset[str]
    inside: frozenset[str]


_wordings = words_of("commitment/segments", Words)
_HARD = frozenset({";", ".", "?", "!", ":", '"'})
_APART = 4
"""Words back in which 'rather than' stands before a name."""
_SUBJECT = 6
"""Words in which a clause names its subject."""
_AHEAD, WIDEST = 12, 9
"""Words in which a new clause must show its verb; most words between two names of a group."""


@cache
def _turns() -> frozenset[str]:
    """What may end a clause beside the words of the lexicon: all other words go on with theirs."""
    return _HARD | _wordings().connectives | {DASH, "but", "until", "which", "however"}


class Group(NamedTuple):
    """Coordinated sectors of one segment: positions of their masked words in it."""

    positions: tuple[int, ...]

    @property
    def first(self) -> int:
        """Position of the first name."""
        return self.positions[0]

    @property
    def last(self) -> int:
        """Position of the last name."""
        return self.positions[-1]


class Segment(NamedTuple):
    """A clause: indexes of its words in the line, its own words, and what stands among them.

    ``opener`` is the mark or word before it; what stands in brackets has the index of the segment
    around them in ``parent``, the others -1. ``stranger`` is where somebody is named as its subject
    who may or may not be the document's own body ('New Anglia has chosen'), else -1. ``owned`` if a
    clause behind it ('on which we build') has the document's own voice. ``subject`` is the first
    word of the sentence, ``after`` where the document's own voice comes later in it. ``labels`` if
    it names nothing and what it is of follows behind a dash.
    """

    tokens: list[int]
    words: list[str]
    opener: str
    parent: int
    matches: list[Match]
    groups: list[Group]
    stranger: int = -1
    owned: bool = False
    subject: str = ""
    after: bool = False
    labels: bool = False


def segments(line: Line, lexicon: Lexicon) -> list[Segment]:
    """Cut a line into its segments, left to right; what is in brackets follows its clause."""
    outer, brackets = _bracketed(line.words)
    matches = lexicon.find([line.words[index] for index in outer])
    verbs = frozenset(
        outer[m.start]
        for m in matches
        if m.entry is not None
        and m.entry.side not in ("noun", "label")
        and (m.verbal or not m.entry.idiom)
        and line.words[outer[m.start]] not in _wordings().connectives
        and line.words[outer[m.start]] not in ("be", "been", "being")
    )
    within = frozenset(
        outer[n] for m in matches if m.entry is not None for n in range(m.start + 1, m.end + 1)
    )
    named = [before for inner, before in brackets if any(line.words[n] == SECTOR for n in inner)]
    ends = frozenset(named[:-1])
    pieces = _resumed(line, _cut(line, outer, verbs, within, ends))
    place = {index: number for number, index in enumerate(outer)}
    found = []
    for tokens, opener in pieces:
        first, last = place[tokens[0]], place[tokens[-1]]
        inside = None
        if len(tokens) == len(outer):
            inside = matches
        elif last - first + 1 == len(tokens):
            # What was found in the whole line need not be looked for again.
            inside = [
                Match(m.start - first, m.end - first, m.name, m.entry, m.verbal)
                for m in matches
                if first <= m.start and m.end <= last
            ]
        found.append(_segment(line, tokens, opener, -1, lexicon, inside, line.words[0]))
    if any(m.name == "own" and m.start <= 1 for s in found[1:] for m in s.matches):
        found[0] = found[0]._replace(after=True)
    for number, after in enumerate(found[1:]):
        if after.opener in _wordings().relative and any(m.name == "own" for m in after.matches):
            found[number] = found[number]._replace(owned=True)
    for number, after in enumerate(found[1:]):
        if after.opener == DASH and after.groups and not found[number].groups:
            found[number] = found[number]._replace(labels=found[number].opener in ("", ";", "."))
    for inner, before in brackets:
        parent = max((n for n, p in enumerate(pieces) if p[0][0] <= before), default=0)
        found += [_segment(line, t, "(", parent, lexicon) for t in _inner(line, inner)]
    return found


def _segment(
    line: Line,
    tokens: list[int],
    opener: str,
    parent: int,
    lexicon: Lexicon,
    matches: list[Match] | None = None,
    subject: str = "",
) -> Segment:
    words = [line.words[index] for index in tokens]
    matches = lexicon.find(words) if matches is None else matches
    matches = [
        m
        for m in matches
        if not (m.name == "from" and _is_range(line, tokens, opener, m))
        # 'Of the eleven industries examined in the report' names no speaker.
        and not (m.name == "other" and m.start and words[m.start - 1] == "in")
    ]
    groups = _grouped(words, matches)
    stranger = _stranger(line, tokens, words, matches)
    return Segment(tokens, words, opener, parent, matches, groups, stranger, subject=subject)


def _is_range(line: Line, tokens: Sequence[int], opener: str, match: Match) -> bool:
    """Whether 'from a to b' spans what there is ('sectors from a to b') and leaves nothing.

    Behind a word that moves ('a shift – from a to b') it leaves a.
    """
    lexical, first = load_frames().words, tokens[match.start]
    if line.words[first] != "from" or not lexical.moves.isdisjoint(line.words[:first]):
        return False
    if match.start == 0:
        return opener in (DASH, ",", "(", ":") and first > 0
    return line.words[first - 1] in lexical.ranges


def _stranger(
    line: Line, tokens: Sequence[int], words: Sequence[str], matches: Sequence[Match]
) -> int:
    """Where a name in capitals stands as subject, before the first verb, with no voice known."""
    lexical = load_frames().words
    verb = next((n for n, word in enumerate(words) if word in lexical.finite), len(words))
    verb = min([verb, *(m.start for m in matches if m.verbal and m.start)])
    if any(m.name in ("own", "other") and m.start < verb for m in matches):
        return -1
    for number in range(min(verb, _SUBJECT)):
        if words[number] == SECTOR or not line.capital[tokens[number]]:
            continue
        if number and words[number - 1] in _wordings().inside and words[number].endswith("'s"):
            # 'The closeness of Heathrow's terminals' speaks for nobody.
            continue
        first = tokens[number] == 0
        if not first or (verb == 1 and words[0] not in lexical.subjects and len(words) > 1):
            return number
    return -1


def _cut(
    line: Line,
    outer: Sequence[int],
    verbs: frozenset[int],
    within: frozenset[int],
    ends: frozenset[int],
) -> list[tuple[list[int], str]]:
    """The indexes of each clause outside brackets, and what opens it.

    A word inside a frame (``within``) begins none: 'is where we will put our effort'. Where two
    brackets name sectors, each is of the words before it: the first one ends these (``ends``).
    """
    lexical = load_frames().words
    turns = lexical.clause | _turns()
    pieces: list[tuple[list[int], str]] = [([], "")]
    at = 0
    while at < len(outer):
        word = line.words[outer[at]]
        current = pieces[-1][0]
        adds = word == "but" and _adds(line, outer, at, current)
        if word not in turns or adds or (outer[at] in within and word not in _HARD):
            current.append(outer[at])
        elif word in _HARD or word == DASH:
            if word == ":":
                current.append(outer[at])
            pieces.append(([], word))
        elif word == "until" and line.words[outer[at] + 1 : outer[at] + 2] == ["NUM"]:
            current.append(outer[at])
        elif word in _wordings().connectives and current and current[-1] in ends:
            pieces.append(([], word))
        elif word == "which" and current and line.words[current[-1]] in _wordings().onto:
            # 'In which we invest' is 'where we invest'.
            pieces.append(([], "where"))
        elif word == "however" and current and line.words[current[-1]] == ",":
            # 'It is a, however, that …' is one clause.
            current.pop()
            at += line.words[outer[at] + 1 : outer[at] + 2] == [","]
        elif word in lexical.clause and (current or word in _wordings().doubting):
            pieces.append(([outer[at]] if word in _wordings().doubting else [], word))
        elif word in _wordings().connectives and _opens_clause(line, outer, at, current, verbs):
            while at + 1 < len(outer) and line.words[outer[at + 1]] in _wordings().skipped:
                at += 1
            pieces.append(([], word))
        else:
            current.append(outer[at])
        at += 1
    return [(tokens, opener) for tokens, opener in pieces if tokens]


def _inner(line: Line, tokens: list[int]) -> Iterator[list[int]]:
    """The clauses of what is in brackets."""
    current: list[int] = []
    for index in tokens:
        if line.words[index] in (";", ".") or (
            line.words[index] in load_frames().words.clause and current
        ):
            if current:
                yield current
            current = []
        else:
            current.append(index)
    if current:
        yield current


def _bracketed(words: Sequence[str]) -> tuple[list[int], list[tuple[list[int], int]]]:
    """The indexes outside brackets, and those inside with the index before them."""
    if "(" not in words and ")" not in words:
        return list(range(len(words))), []
    outer: list[int] = []
    inside: list[tuple[list[int], int]] = []
    depth = 0
    for index, word in enumerate(words):
        if word == "(":
            depth += 1
            if depth == 1:
                inside.append(([], outer[-1] if outer else -1))
        elif word == ")":
            depth = max(0, depth - 1)
        elif depth:
            inside[-1][0].append(index)
        else:
            outer.append(index)
    # A bracket that never closes holds nothing.
    if depth and inside:
        open_, _ = inside.pop()
        outer = sorted([*outer, *open_])
    return outer, [piece for piece in inside if piece[0]]


def _adds(line: Line, outer: Sequence[int], at: int, current: Sequence[int]) -> bool:
    """Whether a 'but' begins no clause: 'not only a but also b', 'all but a'."""
    also = at + 1 < len(outer) and line.words[outer[at + 1]] == "also"
    if also and not any(line.words[n] in load_frames().words.finite for n in current):
        return True
    return bool(current) and line.words[current[-1]] in _wordings().all


def _opens_clause(
    line: Line, outer: Sequence[int], at: int, current: Sequence[int], verbs: frozenset[int]
) -> bool:
    """Whether a comma or 'and' begins a new clause: one with its own verb, after a verb."""
    lexical, words = load_frames().words, line.words
    following = at + 1
    while following < len(outer) and words[outer[following]] in _wordings().skipped:
        following += 1
    if following >= len(outer):
        return False
    first = words[outer[following]]
    joined = following > at + 1 or words[outer[at]] in ("and", "or", "nor", "then")
    if first == "that" and [words[index] for index in current[:2]] in (["it", "is"], ["it", "was"]):
        return False
    complete = _is_complete(words, current, verbs)
    if first in lexical.finite and outer[following] not in verbs:
        return complete or words[outer[at]] == ","
    if not complete:
        return joined and first in ("we", "it") and words[outer[at]] == ","
    if first in lexical.pronouns:
        return True
    if outer[following] in verbs and joined and not first.endswith("ing"):
        return True
    if first == SECTOR and words[outer[at]] == "nor":
        return False
    if not (
        first in lexical.subjects or first in (SECTOR, "PLACE") or line.capital[outer[following]]
    ):
        return False
    return _shows_verb(line, outer, following, verbs)


def _is_complete(words: Sequence[str], current: Sequence[int], verbs: frozenset[int]) -> bool:
    """Whether the clause so far has its verb, behind a 'that' if there is one."""
    finite = load_frames().words.finite
    for index in reversed(current):
        if words[index] == "that":
            return False
        if words[index] in finite or index in verbs:
            return True
    return False


def _shows_verb(line: Line, outer: Sequence[int], first: int, verbs: frozenset[int]) -> bool:
    """Whether a verb follows a subject before the clause is over."""
    lexical, words = load_frames().words, line.words
    for number in range(first + 1, min(len(outer), first + _AHEAD)):
        word = words[outer[number]]
        if word in lexical.finite:
            return True
        infinitive = words[outer[number - 1]] == "to"
        if outer[number] in verbs and not (infinitive or word.endswith(("ing", "ed"))):
            return True
        if word in _HARD or word in lexical.clause or word in (DASH, "that"):
            return False
        if word in (",", "and", "or") and number + 1 < len(outer):
            after = words[outer[number + 1]]
            if after not in (SECTOR, "and", "or") or words[outer[first]] != SECTOR:
                return False
    return False


def _resumed(line: Line, pieces: list[tuple[list[int], str]]) -> list[tuple[list[int], str]]:
    """Join 'Our focus' and 'is on A' where a clause between commas parts them."""
    lexical = load_frames().words
    found: list[tuple[list[int], str]] = []
    for tokens, opener in pieces:
        begun: list[int] = []
        if line.words[tokens[0]] in lexical.finite and opener in (",", DASH):
            begun = [
                number
                for number in range(max(0, len(found) - 3), len(found))
                if not any(
                    line.words[index] in lexical.finite
                    for index in _before_aside(line, found[number][0])
                )
            ]
        if not begun:
            found.append((tokens, opener))
            continue
        whole = [
            number
            for number in begun
            if found[number][1] not in lexical.clause
            and line.words[found[number][0][0]] not in lexical.clause
        ]
        number = (whole or begun)[-1]
        found[number] = ([*found[number][0], *tokens], found[number][1])
    return found


def _before_aside(line: Line, tokens: Sequence[int]) -> Sequence[int]:
    """The indexes up to a comma with 'as' behind it: 'our focus, as everyone knows'."""
    for number, index in enumerate(tokens[:-1]):
        if line.words[index] == "," and line.words[tokens[number + 1]] == "as":
            return tokens[:number]
    return tokens


def _grouped(words: Sequence[str], matches: Sequence[Match]) -> list[Group]:
    """The coordinated names of a segment."""
    names = [index for index, word in enumerate(words) if word == SECTOR]
    if not names:
        return []
    pseudo = [m for m in matches if m.name == "pseudo"]
    neither = not _wordings().neither.isdisjoint(words)
    against = {
        m.start
        for m in matches
        if m.name in ("against", "from")
        and not (neither and words[m.start] == "nor")
        and not any(p.start <= m.start <= p.end for p in pseudo)
    }
    chains: list[list[int]] = []
    for index in names:
        if chains and _linked(words, chains[-1][-1] + 1, index, against):
            chains[-1].append(index)
        else:
            chains.append([index])
    return [Group(tuple(part)) for chain in chains for part in _parted(words, chain, against)]


def _parted(words: Sequence[str], chain: list[int], against: set[int]) -> list[list[int]]:
    """Part 'unlike a, b and c are …' behind a, where the verb follows at once."""
    after = words[chain[-1] + 1] if chain[-1] + 1 < len(words) else ""
    fronted = any(index <= 1 and index < chain[0] for index in against)
    if not (fronted and len(chain) > 1 and after in load_frames().words.finite):
        return [chain]
    comma = next((n for n in range(1, len(chain)) if words[chain[n] - 1] == ","), None)
    return [chain] if comma is None else [chain[:comma], chain[comma:]]


def _linked(words: Sequence[str], first: int, last: int, against: set[int]) -> bool:
    gap = words[first:last]
    if (
        gap[-1:]
        and gap[-1] in _wordings().onto
        and any(first - _APART <= index < first for index in against)
    ):
        # '… rather than on a, and on b rather than on c'
        return False
    if len(gap) > WIDEST or any(index in against for index in range(first, last)):
        return False
    lexical = load_frames().words
    if not (lexical.finite.isdisjoint(gap) and lexical.parts.isdisjoint(gap)):
        return False
    joined = not lexical.joins.isdisjoint(gap)
    return not gap or joined or list(gap[:2]) == ["but", "also"]
