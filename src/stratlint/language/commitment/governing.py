"""Which predicate of a clause governs which group of sectors, and what it says of them.

A predicate that chooses, refuses or demotes outweighs one that supports, praises or reports in the
same clause; of equals the nearer one governs. Negation, contrast, doubt, the past and the speaker
are read from the words around the predicate, not from the whole sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from stratlint.language.commitment.frames import SECTOR, Match, Polarity, load_frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import FrameEntry
    from stratlint.language.commitment.segments import Group, Segment

Voice = Literal["own", "adopted", "other", "asked"]

_RANK: dict[str, float] = {
    "refused": 0, "demoted": 1, "chosen": 2, "support": 4, "past": 5, "strength": 6, "fact": 7,
}  # fmt: skip
"""Of two predicates that could govern a group the lower one does, wherever it stands."""
_UNSURE = 1.5
"""What is chosen only as a rule comes after what is chosen surely, and before support."""
OPPOSITE: dict[str, Polarity] = {
    "chosen": "refused",
    "refused": "chosen",
    "demoted": "chosen",
    "support": "refused",
}
REPORTS = frozenset({"strength", "past", "fact"})
_REACH = 20
"""Words between a predicate and the group it governs: longer gaps are other matters."""
_AT_ONCE = 5
"""Words between a name and the verb by which something is said of it."""
_CLOSE = 2
"""The same for idioms, which other subjects have too: 'only street names are left'."""
_ANNOUNCED = 9
"""Words between 'our priorities are' and the first name: behind more of them other things stand."""
_NEAR = 6
"""Words before a predicate in which 'could' or 'previous' is said of it."""
_THROUGHOUT = frozenset({"once", "formerly", "originally", "used"})
"""Words that put all that follows in the past: 'it was once the ambition of this town to'."""
_DETERMINERS = frozenset("a an the our its their this these of no in".split())
"""Before a verb's form these make a noun or an adjective of it."""
_BEFORE_VERBS = frozenset("to will shall we must can should and not they who which that".split())
_PREPOSITIONS = frozenset("on upon to towards toward into at in for behind with around".split())
_RUN_ON = 60
"""Words beyond which a sentence is likely several lines without stops: 'where we act' may belong
to another of them."""
_COMPARING = frozenset({"than", "over", "despite", "notwithstanding", "less", "from"})
"""Words that compare or concede more often than they choose."""
_WORDS_AGAINST, _WORDS_NOT = 6, 2
"""Words between 'rather than' or a bare 'not' and the name that it sets apart."""


class Said(NamedTuple):
    """What a predicate says of a group, by whom, and whether the words leave no doubt of it."""

    match: Match
    polarity: Polarity
    voice: Voice
    sure: bool


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
    if any(
        m.name in ("against", "pseudo") and m.start < match.start and match.end <= m.end
        for m in segment.matches
    ):
        return False
    return not (entry.own and not _determined(segment, match))


def _is_where(segment: Segment, match: Match) -> bool:
    """Whether a verb stands in a clause that says where we, and nobody else, act."""
    if segment.opener != "where" or segment.tokens[-1] > _RUN_ON:
        return False
    voices = [m.name for m in segment.matches if m.name in ("own", "other") and m.start < match.end]
    return voices[:1] == ["own"]


def _is_noun(segment: Segment, match: Match) -> bool:
    """Whether the form of a verb is a noun here: 'the targets', 'two remaining targets'."""
    before = segment.words[max(0, match.start - 3) : match.start]
    if segment.words[match.start].endswith("ing") and segment.words[
        match.end + 1 : match.end + 2
    ] == [SECTOR]:
        return False
    if before and before[-1] in _DETERMINERS:
        return True
    if before[-2:] in (["this", "one"], ["that", "one"]):
        return False
    verb = segment.words[match.start]
    lexical = load_frames().words
    helped = any(
        word in _BEFORE_VERBS or word in lexical.be or word in lexical.have for word in before
    )
    if helped or verb.endswith(("ed", "ing")):
        return False
    subject = any(m.name in ("own", "other") and m.end == match.start - 1 for m in segment.matches)
    return not subject and any(word in _DETERMINERS or word in lexical.counts for word in before)


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


def said_of(segment: Segment, match: Match, group: Group | None, voice: Voice) -> Said:
    """What a predicate says: its polarity after negation, contrast, doubt, time and voice."""
    polarity = _negated(segment, match, group)
    if group is not None and _turned(segment, match, group):
        polarity = OPPOSITE.get(polarity, polarity)
    spoken = _speaker(segment, match, voice)
    named = group is not None and any(
        word in load_frames().words.names and word != ":"
        for word in segment.words[match.end + 1 : group.first]
    )
    if polarity == "support" and spoken == "own" and (named or _not_only(segment, match)):
        return Said(match, "chosen", spoken, True)
    if (
        entry_of(match).side == "noun"
        and polarity == "chosen"
        and not entry_of(match).sure
        and _only_seen(segment)
    ):
        polarity = "fact"
    sure = entry_of(match).sure and _in_earnest(segment, match, group, spoken)
    sure = sure or (polarity == "chosen" and outdoes(segment, group))
    if segment.after and segment.stranger >= 0 and spoken == "own" and polarity == "chosen":
        # 'Scotland prioritises a; we prioritise b'
        return Said(match, "other", "other", True)
    if any(m.name == "above" and m.start < match.start for m in segment.matches):
        sure = sure and "we" in segment.words
    if polarity in ("chosen", "support"):
        if _near(segment, match, group, "past"):
            polarity = "past"
        elif _doubted(segment, match, group):
            polarity = "hedged"
        elif spoken == "other":
            polarity = "other"
    return Said(match, polarity, spoken, sure)


def _not_only(segment: Segment, match: Match) -> bool:
    """'This strategy promotes not only a but also b': more than support is said of both."""
    return any(m.name == "pseudo" and m.start > match.start for m in segment.matches)


def _only_seen(segment: Segment) -> bool:
    """'Four sectors were examined': what was counted was looked at, and no more."""
    lexical = load_frames().words
    return any(
        word in lexical.idle
        and word.endswith("ed")
        and any(w in lexical.be for w in segment.words[:n])
        for n, word in enumerate(segment.words)
    )


def _turned(segment: Segment, match: Match, group: Group) -> bool:
    """Whether a group gets the opposite: it is set apart, or gives way to the other."""
    if entry_of(match).turns and group.first > match.end:
        return True
    against = set_against(segment, group)
    if against is None:
        return False
    if segment.words[against.start] == "nor" and entry_of(match).polarity in ("refused", "demoted"):
        # 'A will get nothing, nor b'
        return False
    # In 'move away from a' and 'matters more than a' the word that sets apart is the verb's own.
    return not (match.start <= against.start and against.end <= match.end < group.first)


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
    onto = words[match.end] in _PREPOSITIONS
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


# What is said: negation, contrast, doubt, time, speaker -------------------------------------


def _negated(segment: Segment, match: Match, group: Group | None) -> Polarity:
    """The polarity of a predicate once the negations that hold for it are counted."""
    entry = entry_of(match)
    end = match.end
    if entry.side == "noun" and group is not None and group.first > match.end:
        end = group.first
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    count = 0
    for marker in segment.matches:
        if marker.name != "negators" or match.start <= marker.start <= match.end:
            continue
        if segment.words[marker.start] == "nor" and "neither" in segment.words:
            continue
        if marker.start > end or any(m.start <= marker.start <= m.end for m in pseudo):
            continue
        apart = [set_against(segment, g) for g in segment.groups]
        count += not any(a is not None and a.start == marker.start for a in apart)
    if count % 2 == 0 or entry.polarity in REPORTS:
        return entry.polarity
    return OPPOSITE.get(entry.polarity, entry.polarity)


def set_against(segment: Segment, group: Group) -> Match | None:
    """The words that set a group against the others; None where none do."""
    lexical = load_frames().words
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    for marker in reversed(segment.matches):
        if marker.name not in ("against", "from") or marker.end >= group.first:
            continue
        if any(m.start <= marker.start <= m.end for m in pseudo):
            continue
        if segment.words[marker.start] == "nor" and "neither" in segment.words:
            continue
        if marker.name == "from" and not _goes_on_to(segment, group):
            continue
        gap = segment.words[marker.end + 1 : group.first]
        bare = segment.words[marker.start] in ("not", "nor", "less", "no", "over", "than")
        most = _WORDS_NOT if bare else _WORDS_AGAINST
        barred = any(word in lexical.finite or word in (",", "a", SECTOR) for word in gap)
        if len(gap) <= most and not barred:
            return marker
    return None


def outdoes(segment: Segment, group: Group | None) -> bool:
    """Whether a clause sets another group against one: 'a will be built up rather than b'."""
    if group is None or set_against(segment, group) is not None:
        return False
    ahead = any(word in ("will", "shall", "must", "we", "our") for word in segment.words)
    return ahead and any(
        against is not None and segment.words[against.start] not in _COMPARING
        for against in (set_against(segment, other) for other in segment.groups)
    )


def _goes_on_to(segment: Segment, group: Group) -> bool:
    """Whether 'from a' is followed by 'to b'."""
    for later in segment.groups:
        if later.first > group.last:
            before = segment.words[max(group.last + 1, later.first - 4) : later.first]
            if any(word in ("to", "towards", "toward", "into") for word in before):
                return True
    return False


def _near(segment: Segment, match: Match, group: Group | None, name: str) -> bool:
    """Whether a marker is said of a predicate: in the words before it, or before its subject."""
    first = match.start if group is None else min(match.start, group.first)
    last = match.start if group is None else max(match.end, group.first)
    last += _NEAR if name == "past" else 0
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    for marker in segment.matches:
        if marker.name != name or marker.start > last:
            continue
        if any(m.start <= marker.start <= m.end for m in pseudo):
            continue
        if name == "past" and is_to_come(segment, marker):
            continue
        if first - _NEAR <= marker.start or segment.words[marker.start] in _THROUGHOUT:
            return True
        if marker.start <= 1 < marker.end - marker.start + 1:
            # 'Our earlier aim of making the county a leader in a': the subject itself is past.
            return True
    return False


def is_to_come(segment: Segment, marker: Match) -> bool:
    """Whether what could be past is not: 'in 2040 the city will be about a', 'the former is'."""
    words = segment.words
    if words[marker.start] == "former":
        after = words[marker.end + 1 : marker.end + 2]
        return not after or after[0] in load_frames().words.finite or after[0] in (",", ":")
    in_year = words[marker.start] == "in" and words[marker.end] == "NUM"
    return in_year and any(word in ("will", "shall") for word in words)


def _doubted(segment: Segment, match: Match, group: Group | None) -> bool:
    if _near(segment, match, group, "modal"):
        return True
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    return any(
        marker.name == "doubt" and not any(m.start <= marker.start <= m.end for m in pseudo)
        for marker in segment.matches
    )


def _in_earnest(segment: Segment, match: Match, group: Group | None, voice: Voice) -> bool:
    """Whether a verb chooses: in the future, the passive, the perfect or the plan's own present.

    'Firms focused on tourism' and 'targeted research' describe.
    """
    entry = entry_of(match)
    if entry.side != "object":
        return True
    lexical, words = load_frames().words, segment.words
    before = [
        *words[max(0, match.start - 5) : match.start],
        *words[match.start + match.verbal : match.end],
    ]
    if entry.goal:
        aimed = words[: match.start + 1]
        return any(word in lexical.aims for word in aimed)
    verb = words[match.start]
    if any(set_against(segment, g) is not None for g in segment.groups):
        # Who prefers one to another chooses.
        return True
    if segment.stranger >= 0 and segment.stranger < match.start:
        return False
    if entry.idiom:
        return voice != "other"
    if any(word in ("will", "shall", "must", "to", "should") for word in before):
        return True
    if any(word in lexical.be or word in lexical.have for word in before):
        return not verb.endswith("ing") or any(word in ("we", "are", "is") for word in before)
    own = any(m.name == "own" and m.start <= match.end for m in segment.matches)
    pseudo = any(m.name == "pseudo" and m.start < match.start for m in segment.matches)
    if pseudo or (entry.flips and _negated(segment, match, group) == "chosen"):
        return True
    if verb.endswith("ing") or (not match.verbal and not own and match.start):
        return False
    if own:
        return True
    if group is not None and group.last < match.start:
        return True
    return not match.start and not (verb.endswith("ed") or voice == "other")


def _speaker(segment: Segment, match: Match, inherited: Voice) -> Voice:
    """Who says it: the first of those named before the predicate, else who spoke before."""
    marked = [m for m in segment.matches if m.name in ("own", "other")]
    adopts = any(m.name == "adopts" and m.entry is None for m in segment.matches)
    before = [m for m in marked if m.start <= match.start] or marked
    if not before:
        return inherited
    if adopts and any(m.name == "other" for m in marked):
        return "adopted"
    others = [m for m in before if m.name == "other"]
    before = [m for m in before if not any(o.start <= m.start <= o.end for o in others)] or before
    before = sorted([*others, *(m for m in before if m.name == "own")], key=lambda m: m.start)
    reported = any(
        m.name == "reports" and others and others[0].start < m.start < match.start
        for m in segment.matches
    )
    if "we" in segment.words[max(0, match.start - 4) : match.start] and not reported:
        return "own"
    return "own" if before[0].name == "own" else "other"
