"""What pronouns and counts stand for: 'these two', 'the latter', 'both', 'the first three'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stratlint.language.commitment.frames import SECTOR, load_frames
from stratlint.language.commitment.governing import entry_of
from stratlint.language.commitment.line import DASH
from stratlint.text.wordings import ExactWordings, WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import Match
    from stratlint.language.commitment.segments import Segment

Name: TypeAlias = tuple[int, ...]
"""The hits of one masked word."""


class Named(NamedTuple):
    """A group named earlier: in which sentence, its names, the index of its last word there."""

    sentence: int
    names: tuple[Name, ...]
    last: int = -1


_COUNTED = re.compile(r" (?:these|those|the|all|same|only|such)(?: \S+)? COUNT ")
_AFTER = r" (?:of|is|are|was|has|have|will|shall|we|one|named|alone|,|\.|:|$)"
_ORDINALS = (
    (re.compile(rf" the (?:former|first(?={_AFTER}))"), slice(0, 1)),
    (re.compile(rf" the second(?={_AFTER})"), slice(1, 2)),
    (re.compile(rf" the third(?={_AFTER})"), slice(2, 3)),
    (re.compile(rf" the (?:latter|last(?:-named|-mentioned|(?={_AFTER})))"), slice(-1, None)),
)
_ORDINAL_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3}


class Words(WordFile):
    """``rules/language/commitment/references.yaml``."""

    several: ExactWordings
    pointing: tuple[str, ...]
    places: tuple[str, ...]
    part_of: ExactWordings
    all_but: ExactWordings
    expletive: ExactWordings
    plural: frozenset[str]
    hence: frozenset[str]
    onto: frozenset[str]
    others: frozenset[str]


_wordings = words_of("commitment/references", Words)
_THE_SECTOR = re.compile(r"^ (?:\S+ ){0,6}?(?:the|this|that) (?:sector|industry|trade|cluster) ")
_THE_SECTORS = re.compile(
    r"^ (?:\S+ ){0,6}?(?:the|such) (?:sectors|industries|trades|clusters) "
    r"(?!(?:we|that|which|this|our|on|in|to|for) )"
)
"""'The sectors will …' are those named before, 'the sectors that we …' are not."""
_LED = 5
"""Words before a pronoun that lead up to it: 'for that reason it'."""
WHERE = "is where we act"
"""The frame of 'in which we invest': said of what the words before 'which' are about."""
FOLLOWS = "follows suit"
"""The frame of 'so have we' and 'we accept that advice': said of what others chose."""
_APPOSED = 2
"""Words before a noun that is said of the names before its comma: 'a and b, our main targets'."""
_OPENERS = frozenset({",", "and", "but", "(", DASH, ";"})


def ordinal(text: str, names: Sequence[Name]) -> tuple[Name, ...] | None:
    """The part of a list that 'the first two' or 'the latter' points at; None where none does."""
    if not any(word in text for word in _wordings().pointing):
        return None
    if _wordings().all_but.search(text):
        return tuple(names[1:] if " first " in text else names[:-1])
    if " the first and second " in text or " the first and the second " in text:
        return tuple(names[:2])
    several = _wordings().several.search(text)
    if several is not None:
        places = [_ORDINAL_PLACES[word] for word in several.groups()]
        return tuple(names[place] for place in places if place < len(names))
    if " the first and " in text and " the last " in text:
        return (*names[:1], *names[-1:])
    text = text.replace(" pair ", " two ")
    for count, word in enumerate(load_frames().words.counts):
        if count > 1 and any(f" {which} {word} " in text for which in ("first", "former", "top")):
            return tuple(names[:count])
        if count > 1 and any(f" {which} {word} " in text for which in ("last", "other", "latter")):
            return tuple(names[-count:])
    for pattern, part in _ORDINALS:
        if pattern.search(text):
            return tuple(names[part])
    return None


def of_class(words: Sequence[str], ranked: Sequence[tuple[Name, ...]]) -> tuple[Name, ...] | None:
    """The names of the class that 'those in the first class' points at; None where none does."""
    lexical = load_frames().words
    for number, word in enumerate(words[1:], 1):
        if word.rstrip("s") in lexical.classes and words[number - 1] in _wordings().places:
            place = _wordings().places.index(words[number - 1])
            return ranked[place] if place < len(ranked) else None
        if word == "NUM" and words[number - 1] in lexical.classes:
            return None
    return None


class Reference(NamedTuple):
    """What a predicate without names of its own refers to.

    ``counted`` says whether the names were counted out ('the first two', 'these three', 'both').
    """

    names: tuple[Name, ...] = ()
    counted: bool = False


def referred(
    segment: Segment, match: Match, recent: Sequence[Named], *, sentence: int, elided: bool
) -> Reference:
    """The names that the subject or object of a predicate stands for.

    ``elided`` is for predicates whose subject may be left out: 'a and b did, and are chosen'.
    """
    if not recent or _wordings().others & set(segment.words[:2]):
        return Reference()
    if _wordings().part_of.match(f" {' '.join(segment.words)} ") and segment.words[-1] == ":":
        # 'Of those eight we back two: a and b': the names are still to come.
        return Reference()
    last = recent[-1].names
    whole = ordinal(f" {' '.join(segment.words)} ", last)
    if whole is not None and len(last) > len(whole) and segment.words[0] in ("the", "only"):
        # 'The first two were chosen': the count stands among the words that choose.
        return Reference(whole, True)
    same = tuple(
        n for named in recent if named.sentence == recent[-1].sentence for n in named.names
    )
    outside = [*segment.words[: match.start], "|", *segment.words[match.end + 1 :]]
    text = f" {' '.join(outside)} "
    several = last if len(last) > 1 else same
    if len(several) == 1 and len(recent) > 1:
        # 'A has grown. B has not. It is the former that we back.'
        several = (*recent[-2].names, *several)
    found = ordinal(text, several)
    if found is not None:
        return Reference(found, True)
    if match.name == FOLLOWS:
        return Reference(same, True)
    for count, word in enumerate(load_frames().words.counts):
        named = count > 1 and f" {word} " in text
        if named and _COUNTED.search(text.replace(f" {word} ", " COUNT ")):
            return Reference(_counted(count, last, same, recent), True)
    if any(word in ("both", "neither", "pair") for word in outside):
        return Reference(_counted(2, last, same, recent), True)
    near = recent[-1].sentence == sentence and recent[-1].last < segment.tokens[0]
    here = last if near else ()
    if match.name == WHERE and not here and last:
        # 'Each is a sector in which we intend to lead.'
        return Reference(last if segment.subject in _wordings().plural | {"both"} else ())
    return Reference(
        _by_pronoun(segment, match.start, last, same, recent)
        or _by_place(
            segment,
            match.start,
            here,
            elided,
            is_subject=entry_of(match).side == "subject",
        )
    )


def _by_pronoun(
    segment: Segment,
    first: int,
    last: tuple[Name, ...],
    same: tuple[Name, ...],
    recent: Sequence[Named],
) -> tuple[Name, ...]:
    """'It is', 'they', 'these': what the clauses before named."""
    words, finite = segment.words, load_frames().words.finite
    if words[0] == "it" and any(word in ("these", "those") for word in words[2:5]):
        return same
    if words[:2] in (["this", "being"], ["these", "being"]):
        return last
    if words[0] in _wordings().hence and "it" in words[1:_LED]:
        words = words[words.index("it") :]
    if words[0] == "it" and _wordings().expletive.match(f" {' '.join(words)} "):
        return ()
    if words[0] in ("it", "this", "that") and any(word in finite for word in words[1:3]):
        return last if segment.opener == DASH else last[-1:]
    if words[0] in _wordings().onto and words[1:2] in (["these"], ["them"], ["those"], ["both"]):
        return same
    text = f" {' '.join(words[:first])} "
    if _THE_SECTOR.search(text):
        return last[-1:]
    if _THE_SECTORS.search(text):
        return last
    if any(
        word in _wordings().plural and words[number + 1 : number + 2] != [SECTOR]
        for number, word in enumerate(words[:5])
    ):
        found = same if words[0] in ("these", "all", "such") else last
        return found if len(found) > 1 else _apiece(recent)
    return ()


def _apiece(recent: Sequence[Named]) -> tuple[Name, ...]:
    """What 'these' are where each sentence before named one: 'The bay has a. Hills have b.'"""
    found: list[Name] = []
    sentence = recent[-1].sentence
    for named in reversed(recent):
        if sentence - named.sentence > 1 or len(named.names) > 1:
            break
        sentence = named.sentence
        found = [*named.names, *found]
    return tuple(found)


def _by_place(
    segment: Segment, first: int, here: tuple[Name, ...], elided: bool, *, is_subject: bool
) -> tuple[Name, ...]:
    """'…, which we favour', '…, the sectors we favour', '… and are favoured': in one sentence."""
    own = any(m.name == "own" and m.start <= first for m in segment.matches)
    begun = segment.words[0] in load_frames().words.finite
    if segment.opener == "where" and is_subject and not own and not begun:
        # 'A circular economy is one where materials are kept': of these, not of the names before.
        return ()
    if segment.opener in ("which", "who", "where"):
        # 'Sectors which others have passed over' are not those that we pass over.
        foreign = first > 1 and not begun
        return () if foreign and not own and segment.opener == "which" else here
    if not elided or segment.words[-1] == ":" or segment.opener not in _OPENERS:
        return ()
    verb_first = segment.words[0] in load_frames().words.finite
    return here if first <= _APPOSED or verb_first else ()


def _counted(
    count: int, last: tuple[Name, ...], same: tuple[Name, ...], recent: Sequence[Named]
) -> tuple[Name, ...]:
    """The latest names of which there are so many."""
    for names in (last, same):
        if len(names) == count:
            return names
    every = tuple(name for named in recent for name in named.names)
    # Where fewer were found than there are, those that were found are meant at least.
    return every[-count:] if len(every) >= count else last
