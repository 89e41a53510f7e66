"""Which predicate of a clause governs which group of sectors.

A predicate that chooses, refuses or demotes outweighs one that supports, praises or reports in the
same clause; of equals the nearer one governs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.frames import SECTOR, Match, load_frames
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import FrameEntry
    from stratlint.language.commitment.segments import Group, Segment

_RANK: dict[str, float] = {
    "refused": 0, "demoted": 1, "chosen": 2, "support": 4, "past": 5, "strength": 6, "fact": 7,
}  # fmt: skip
"""Of two predicates that could govern a group the lower one does, wherever it stands."""
_UNSURE = 1.5
"""What is chosen only as a rule comes after what is chosen surely, and before support."""
REPORTS = frozenset({"strength", "past", "fact"})
WEAK = REPORTS | {"support"}
"""What neither chooses nor refuses."""
_REACH = 20
"""Words between a predicate and the group it governs: longer gaps are other matters."""
_AT_ONCE = 5
"""Words between a name and the verb by which something is said of it."""
_CLOSE = 2
"""The same for idioms, which other subjects have too: 'only street names are left'."""
_ANNOUNCED = 9
"""Words between 'our priorities are' and the first name: behind more of them other things stand."""
_NEAR = 6
"""Words that a clause that is a mere label may have beside its label."""


class Words(WordFile):
    """``rules/language/commitment/governing.yaml``."""

    determiners: frozenset[str]
    before_verbs: frozenset[str]
    binding: frozenset[str]
    prepositions: frozenset[str]
    shrinks: frozenset[str]
    passive: frozenset[str]
    lost: frozenset[str]


_wordings = words_of("commitment/governing", Words)
_RUN_ON = 60
"""Words beyond which a sentence is likely several lines without stops: 'where we act' may belong
to another of them."""


def predicates(segment: Segment) -> list[Match]:
    """The frames of a segment, none inside a longer one or behind one of the same span."""
    frames = [match for match in segment.matches if _stands(segment, match)]
    return [
        match
        for number, match in enumerate(frames)
        if not any(_hides(other, match, n < number) for n, other in enumerate(frames))
    ]


def entry_of(match: Match) -> FrameEntry:
    """The frame of a match that is no marker."""
    assert match.entry is not None
    return match.entry


def _stands(segment: Segment, match: Match) -> bool:
    """Whether the conditions of a frame hold that the words alone do not show."""
    entry = match.entry
    if entry is None:
        return False
    if entry.side == "label":
        if segment.words[match.end + 1 : match.end + 2] in (["the"], ["our"], ["this"], ["a"]):
            return False
        return segment.words[-1] == ":" and len(segment.words) <= _NEAR + 2 and match.start <= 1
    if entry.ends and match.end + 1 < len(segment.words):
        return False
    if entry.where and not _is_where(segment, match):
        return False
    if match.verbal and not entry.idiom and _is_noun(segment, match):
        return False
    if (
        match.start == match.end
        and segment.words[match.start] in _wordings().shrinks
        and _shrinks(segment, match)
    ):
        return False
    if any(
        m.name in ("against", "pseudo") and m.start < match.start and match.end <= m.end
        for m in segment.matches
    ):
        return False
    return not (entry.own and not _determined(segment, match))


def _shrinks(segment: Segment, match: Match) -> bool:
    """Whether a name before a verb is its subject: 'a has declined', not 'a has been dropped'."""
    before = [group for group in segment.groups if group.last < match.start]
    if not before or before[-1] is not segment.groups[-1]:
        return False
    return _wordings().passive.isdisjoint(segment.words[before[-1].last + 1 : match.start])


def _is_where(segment: Segment, match: Match) -> bool:
    """Whether a verb stands in a clause that says where we, and nobody else, act."""
    if segment.opener != "where" or segment.tokens[-1] > _RUN_ON:
        return False
    if (
        not segment.stranger
        and match.start
        and segment.words[match.start - 1] in _wordings().binding
    ):
        # 'the sectors on which Leeds must concentrate'
        return True
    voices = [m.name for m in segment.matches if m.name in ("own", "other") and m.start < match.end]
    return voices[:1] == ["own"]


def _is_noun(segment: Segment, match: Match) -> bool:
    """Whether the form of a verb is a noun here: 'the targets', 'two remaining targets'."""
    before = segment.words[max(0, match.start - 3) : match.start]
    if segment.words[match.start] in load_frames().words.be:
        return False
    if segment.words[match.start].endswith("ing") and segment.words[
        match.end + 1 : match.end + 2
    ] == [SECTOR]:
        return False
    if before and before[-1] in _wordings().determiners:
        return True
    if before[-2:] in (["this", "one"], ["that", "one"]):
        return False
    verb = segment.words[match.start]
    lexical = load_frames().words
    helped = any(
        word in _wordings().before_verbs or word in lexical.be or word in lexical.have
        for word in before
    )
    if helped or verb.endswith(("ed", "ing")):
        return False
    subject = any(m.name in ("own", "other") and m.end == match.start - 1 for m in segment.matches)
    return not subject and any(
        word in _wordings().determiners or word in lexical.counts for word in before
    )


def _determined(segment: Segment, match: Match) -> bool:
    """Whether a noun is the document's own or counted: 'our bets', 'its focus', 'three engines'."""
    before = segment.words[max(0, match.start - 4) : match.start + 1]
    if segment.owned or "we" in segment.words[match.end + 1 : match.end + 3]:
        # 'The platforms on which we build', 'the bets that we place'.
        return True
    return any(
        word in ("our", "its", "PLACE", "ours", "this") or word.endswith("'s") for word in before
    ) or any(word in load_frames().words.counts[1:] for word in before)


def _hides(other: Match, match: Match, earlier: bool) -> bool:
    if other is match or other.start > match.start or other.end < match.end:
        return False
    longer = other.end - other.start > match.end - match.start
    label = entry_of(other).side == "label" and entry_of(match).side == "noun"
    if label and not longer and entry_of(match).polarity == "chosen":
        # 'Priorities for industry:' is more than the label 'priorities'.
        return False
    return longer or rank(other) < rank(match) or (rank(other) == rank(match) and earlier)


def rank(match: Match) -> float:
    """The rank of a predicate among others."""
    entry = entry_of(match)
    return _RANK[entry.polarity] + (0 if entry.sure or entry.polarity != "chosen" else _UNSURE)


def governor(segment: Segment, frames: Sequence[Match], group: Group) -> Match | None:
    """The predicate that governs a group."""
    found = [
        (_tier(match), distance, rank(match), match.start, match)
        for match in frames
        if (distance := _distance(segment, match, group)) is not None
    ]
    return min(found, key=lambda f: f[:4])[4] if found else None


def _tier(match: Match) -> float:
    """What is chosen, refused or demoted competes by distance, before all that is weaker."""
    return max(rank(match), _RANK["chosen"])


# Where the sectors of a predicate stand -----------------------------------------------------


def _distance(segment: Segment, match: Match, group: Group) -> int | None:
    """Words between a predicate and a group that it governs; None where it does not."""
    entry = entry_of(match)
    if match.start <= group.last and group.first <= match.end:
        return 0
    before = group.last < match.start
    words = segment.words
    gap = words[group.last + 1 : match.start] if before else words[match.end + 1 : group.first]
    if len(gap) > _REACH:
        return None
    if entry.where and not before:
        # 'The fields in which we will invest are a and b'
        return (
            len(gap) if set(gap) & load_frames().words.said_to_be & load_frames().words.be else None
        )
    if entry.side == "subject":
        if entry.turns and not before and not _wordings().lost.isdisjoint(gap):
            # 'Skills to replace jobs lost in a'
            return None
        if entry.idiom and len(gap) > _CLOSE:
            return None
        return len(gap) if before or (entry.turns and len(gap) <= _AT_ONCE) else None
    if entry.side in ("noun", "label"):
        announces = before and words[match.end + 1 : match.end + 2] == [":"]
        return None if announces else _said_by_noun(entry, gap, before)
    return _said_by_verb(segment, match, group, gap, before)


def _said_by_noun(entry: FrameEntry, gap: Sequence[str], before: bool) -> int | None:
    """How a noun ('our priority sectors') is linked to a group, if it is."""
    if entry.polarity in REPORTS:
        return len(gap)
    lexical = load_frames().words
    if before:
        # In 'protection of a and of its assets is a priority' no sector is.
        linked = not gap or any(word in lexical.said_to_be for word in gap[:_AT_ONCE])
        linked = linked or "being" in gap
        return len(gap) if linked else None
    strict = all(word in lexical.links or word.endswith("'s") for word in gap)
    announced = len(gap) <= _ANNOUNCED and any(word in lexical.announces for word in gap)
    # 'Our priorities for the life of the plan, these being a and b'
    named = any(word in lexical.names for word in gap[-_CLOSE:])
    return len(gap) if strict or announced or named else None


def _said_by_verb(
    segment: Segment, match: Match, group: Group, gap: Sequence[str], before: bool
) -> int | None:
    """How a verb governs a group: its object, its subject in the passive, or what it is about."""
    lexical, words = load_frames().words, segment.words
    onto = words[match.end] in _wordings().prepositions
    stranded = match.end + 1 >= len(words) or words[match.end + 1] in lexical.stranded
    if _is_passive(segment, match, group) and not (onto and not before):
        if onto and not (stranded and not any(g.first > match.end for g in segment.groups)):
            # 'What b saved will be spent on a' says nothing of b.
            return None
        subject = any(g.last < match.start for g in segment.groups)
        return len(gap) if before or not subject else None
    if before and group.last < match.start and words[match.end] == SECTOR:
        return None
    if before:
        # 'a and b, on which we focus': a verb whose object is not behind it.
        behind = any(g.first > match.end for g in segment.groups)
        return len(gap) + 3 if stranded and not behind else None
    if any(word in lexical.finite and word not in lexical.be for word in gap):
        return None
    return len(gap)


def _is_passive(segment: Segment, match: Match, group: Group) -> bool:
    """Whether the verb of a match is a participle whose subject is governed."""
    lexical, words = load_frames().words, segment.words
    verb = words[match.start]
    if not (verb.endswith("ed") or verb in lexical.participles):
        return False
    for helper in reversed(words[max(0, match.start - 4) : match.start]):
        if helper in lexical.be:
            return True
        if helper in lexical.have or helper in lexical.pronouns:
            return False
    gap = words[group.last + 1 : match.start]
    return group.last < match.start and not any(word in lexical.finite for word in gap)
