"""Names that stand in a row with industries: 'health' beside aerospace, tourism and software.

What a bare word means is said by its neighbours. Where most members of an enumeration, of a
list or of a set of headings are industries, the others are taken for industries too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.sectors.sense_features import cues
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.sectors.senses import Candidate
    from stratlint.records import Block, Document
    from stratlint.text.words import Words

_LINKS = frozenset({"and", "or", ",", "/", "•", ";", "the", "well", "as", "then"})
_LINKED = 3
"""Links between two members: ', and the'."""
_OTHER_HEADS = frozenset({"land_use", "policy", "resident", "infrastructure"})
_LEAST = 0.2
"""Probability below which not even a row of industries makes one of a name. Tuned on labelled
passages by document: lower lets in 'waste' and 'water' among the topics of a plan."""
_MADE = "manufacturing"
"""A name of its own, unless it follows another activity: 'food processing and manufacturing'."""
_INTO = frozenset({"into", "to"})
_WASTE = frozenset({"recycling", "reprocessing"})
"""What is done with what others made: 'recycling of batteries' makes none."""
_WASTE_OF = "environmental_tech"
_HEADS = frozenset({"sector", "industry", "cluster", "firm", "company"})
"""Words that make a sector of what stands before them: 'steel and packaging industries'."""
_NAME_ENDS = re.compile(r"\s*(?:$|[,;:.(–—-])")
_MARK = re.compile(r"[^\w]*(?:\d{1,2}[.)]\s*|[a-z][.)]\s+)?(?:the\s+|our\s+)?", re.IGNORECASE)


class Member(NamedTuple):
    """A span of words with the candidates that lie on it (numbers in the list of all)."""

    first: int
    last: int
    candidates: list[int]


def raised(
    words: Words,
    candidates: Sequence[Candidate],
    probabilities: Sequence[float],
    threshold: float,
    document: Document | None = None,
) -> set[int]:
    """The numbers of the candidates that their neighbours make industries."""
    members = _members(candidates)
    found: set[int] = set()
    for row in _rows(words, members):
        found |= _by_majority(row, candidates, probabilities, threshold)
    if document is not None:
        for row in _layout_rows(document, words, members):
            found |= _by_majority(row, candidates, probabilities, threshold)
    return found


def aspects(words: Words, candidates: Sequence[Candidate]) -> set[int]:
    """The numbers of the candidates that only say what is done with a sector, and with what.

    'Food processing and manufacture' is one sector, 'paper, board and packaging' too, and 'grain
    processing' and 'recycling of batteries'; where what stands before is of the same sector the
    name stays.
    """
    known, members = cues(), _members(candidates)
    made = known.aspects | {_MADE}
    found: set[int] = set()
    for before, member in pairwise(members):
        word = words.keys[member.first]
        object_ = _is_object(words, before, member)
        if object_ is not None:
            found |= {n for n in object_.candidates if candidates[n].term.sector != _WASTE_OF}
        if member.last - member.first != 1 or word not in made:
            continue
        behind = member.last < len(words) and words.gaps[member.last] == 0
        beside = _linked(words, before.last, member.first) or _leads(words, before, member)
        beside = beside or (word != _MADE and _follows(words, before, member))
        if not beside or (behind and words.keys[member.last] in _HEADS):
            continue
        if word == _MADE and words.keys[before.last - 1] not in known.activities:
            continue
        theirs = {candidates[n].term.sector for n in before.candidates}
        found |= {n for n in member.candidates if candidates[n].term.sector not in theirs}
    return found


def _members(candidates: Sequence[Candidate]) -> list[Member]:
    by_span: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        by_span[candidate.first, candidate.last].append(number)
    return [Member(first, last, numbers) for (first, last), numbers in sorted(by_span.items())]


def _rows(words: Words, members: Sequence[Member]) -> Iterator[list[Member]]:
    """Runs of members with nothing but links between them, and no other noun behind them."""
    row: list[Member] = []
    for member in members:
        if row and not _linked(words, row[-1].last, member.first):
            if len(row) > 2 and not _has_other_head(words, row[-1].last):
                yield row
            row = []
        if not row or member.first >= row[-1].last:
            row.append(member)
    if len(row) > 2 and not _has_other_head(words, row[-1].last):
        yield row


def _linked(words: Words, first: int, last: int) -> bool:
    between = range(first, last)
    if not 0 < len(between) <= _LINKED or any(words.gaps[i] == 2 for i in (*between, last)):
        return False
    return all(words.keys[i] in _LINKS for i in between)


def _leads(words: Words, before: Member, member: Member) -> bool:
    """Whether a sector goes as far as what is done: 'our textile money into manufacture'."""
    between = range(before.last, member.first)
    return (
        0 < len(between) <= _LINKED
        and words.keys[member.first - 1] in _INTO
        and all(words.gaps[i] < 2 for i in (*between, member.first))
    )


def _follows(words: Words, before: Member, member: Member) -> bool:
    """Whether a word stands right behind a name, as part of it: 'cork processing'."""
    return before.last == member.first and words.gaps[member.first] < 2


def _is_object(words: Words, before: Member, member: Member) -> Member | None:
    """The one of two members that is only recycled: 'recycling of batteries'."""
    if words.keys[member.first] in _WASTE and _follows(words, before, member):
        return before
    of = before.last + 1 == member.first and words.keys[before.last] == "of"
    near = of and words.gaps[before.last] < 2 and words.gaps[member.first] < 2
    return member if near and words.keys[before.last - 1] in _WASTE else None


def _has_other_head(words: Words, index: int) -> bool:
    """Whether the row goes on with what is no industry: '… and health | facilities'."""
    groups = cues().group
    return any(
        groups.get(words.keys[i]) in _OTHER_HEADS
        for i in range(index, min(len(words), index + 2))
        if words.gaps[i] < 2
    )


def _by_majority(
    row: Sequence[Member],
    candidates: Sequence[Candidate],
    probabilities: Sequence[float],
    threshold: float,
) -> set[int]:
    """The doubtful members of a row, when at least two others and half of all are industries."""
    firm = [any(probabilities[n] >= threshold for n in member.candidates) for member in row]
    sectors = {
        candidates[n].term.sector
        for member in row
        for n in member.candidates
        if probabilities[n] >= threshold
    }
    if sum(firm) < 2 or len(sectors) < 2 or 2 * sum(firm) < len(row):
        return set()
    return {
        n
        for member, is_firm in zip(row, firm, strict=True)
        if not is_firm
        for n in member.candidates
        if probabilities[n] >= _LEAST
    }


def _layout_rows(
    document: Document, words: Words, members: Sequence[Member]
) -> Iterator[list[Member]]:
    """The names that list items of one list, or headings below one heading, begin with."""
    by_start = {words.starts[member.first]: member for member in members}
    sets: dict[tuple[str, int | None, int | None], list[Block]] = defaultdict(list)
    parents: list[tuple[int, int]] = []
    for index, block in enumerate(document.blocks):
        if block.role is Role.LIST_ITEM:
            key = block.heading if block.lead_in is None else block.lead_in
            sets["item", key, block.level].append(block)
        elif block.role is Role.HEADING:
            level = block.level or 1
            while parents and parents[-1][0] >= level:
                parents.pop()
            sets["heading", parents[-1][1] if parents else None, level].append(block)
            parents.append((level, index))
    for blocks in sets.values():
        if len(blocks) < 3:
            continue
        named = [_named(document, block, by_start, words) for block in blocks]
        row = [member for member in named if member is not None]
        if 2 * len(row) > len(blocks) and len(row) > 2:
            yield row


def _named(
    document: Document, block: Block, by_start: dict[int, Member], words: Words
) -> Member | None:
    """The name that a block begins with, if it is all of the block or an explanation follows."""
    mark = _MARK.match(document.text, block.start, block.end)
    member = by_start.get(mark.end() if mark else block.start)
    if member is None:
        return None
    end = words.ends[member.last - 1]
    if end == block.end or _NAME_ENDS.match(document.text, end, block.end):
        return member
    return None
