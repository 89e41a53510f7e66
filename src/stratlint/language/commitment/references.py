"""What pronouns and counts stand for: 'these two', 'the latter', 'both', 'the first three'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stratlint.language.commitment.frames import load_frames
from stratlint.language.commitment.segments import DASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.segments import Segment

Name: TypeAlias = tuple[int, ...]
"""The hits of one masked word."""


class Named(NamedTuple):
    """A group named earlier: in which sentence, and its names."""

    sentence: int
    names: tuple[Name, ...]


_COUNTED = re.compile(r" (?:these|those|the|all|same|only|such)(?: \S+)? COUNT ")
_AFTER = r" (?:of|is|are|was|has|have|will|shall|we|one|named|alone|,|\.|:)"
_ORDINALS = (
    (re.compile(rf" the (?:former|first(?={_AFTER}))"), slice(0, 1)),
    (re.compile(rf" the second(?={_AFTER})"), slice(1, 2)),
    (re.compile(rf" the third(?={_AFTER})"), slice(2, 3)),
    (re.compile(rf" the (?:latter|last(?={_AFTER}))"), slice(-1, None)),
)
_PLURAL = frozenset("they these those them each all none such".split())
_OPENERS = frozenset({",", "and", "but", "(", DASH, ";"})


def ordinal(text: str, names: Sequence[Name]) -> tuple[Name, ...] | None:
    """The part of a list that 'the first two' or 'the latter' points at; None where none does."""
    for count, word in enumerate(load_frames().words.counts):
        if count > 1 and f" first {word} " in text:
            return tuple(names[:count])
        if count > 1 and (f" last {word} " in text or f" other {word} " in text):
            return tuple(names[-count:])
    for pattern, part in _ORDINALS:
        if pattern.search(text):
            return tuple(names[part])
    return None


def referred(
    segment: Segment, first: int, recent: Sequence[Named], *, passive: bool
) -> tuple[tuple[Name, ...], bool]:
    """The names that the subject or object of a predicate at word ``first`` stands for.

    The second value says whether they were counted out: 'the first two', 'these three', 'both'.
    ``passive`` is for predicates whose subject may be left out behind 'and'.
    """
    if not recent:
        return (), False
    last = recent[-1].names
    same = tuple(
        n for named in recent if named.sentence == recent[-1].sentence for n in named.names
    )
    text = f" {' '.join(segment.words)} "
    found = ordinal(text, last if len(last) > 1 else same)
    if found is not None:
        return found, True
    for count, word in enumerate(load_frames().words.counts):
        named = count > 1 and f" {word} " in text
        if named and _COUNTED.search(text.replace(f" {word} ", " COUNT ")):
            return _counted(count, last, same, recent), True
    if any(word in ("both", "neither", "pair") for word in segment.words):
        return _counted(2, last, same, recent), True
    return _pronoun(segment, first, last, same, passive=passive), False


def _pronoun(
    segment: Segment,
    first: int,
    last: tuple[Name, ...],
    same: tuple[Name, ...],
    *,
    passive: bool,
) -> tuple[Name, ...]:
    words, finite = segment.words, load_frames().words.finite
    if segment.opener in ("which", "who", "where"):
        return last
    if words[0] in ("it", "this", "that") and any(word in finite for word in words[1:3]):
        return last[-1:]
    if any(word in _PLURAL for word in words[:5]):
        return same if words[0] in ("these", "all", "such") else last
    if passive and words[-1] != ":" and (first == 0 or words[0] in finite):
        return last if segment.opener in _OPENERS else ()
    return ()


def _counted(
    count: int, last: tuple[Name, ...], same: tuple[Name, ...], recent: Sequence[Named]
) -> tuple[Name, ...]:
    """The latest names of which there are so many."""
    for names in (last, same):
        if len(names) == count:
            return names
    every = tuple(name for named in recent for name in named.names)
    return every[-count:] if len(every) >= count else ()
