"""What a predicate says of the group that it governs: by whom, when, and with what doubt.

Negation, contrast, doubt, the past and the speaker are read from the words around the predicate,
not from the whole sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from stratlint.language.commitment.frames import SECTOR, Match, Polarity, load_frames
from stratlint.language.commitment.governing import REPORTS, entry_of
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from stratlint.language.commitment.segments import Group, Segment

Voice = Literal["own", "adopted", "other", "asked"]

OPPOSITE: dict[str, Polarity] = {
    "chosen": "refused",
    "refused": "chosen",
    "demoted": "chosen",
    "support": "refused",
}


class Words(WordFile):
    """``rules/language/commitment/saying.yaml``."""

    throughout: frozenset[str]
    comparing: frozenset[str]


_wordings = words_of("commitment/saying", Words)
_NEAR = 6
"""Words before a predicate in which 'could' or 'previous' is said of it."""
_WORDS_AGAINST, _WORDS_NOT = 6, 2
"""Words between 'rather than' or a bare 'not' and the name that it sets apart."""


class Said(NamedTuple):
    """What a predicate says of a group, by whom, and whether the words leave no doubt of it.

    ``foreign`` where a name is its subject of which it is not known whose it is.
    """

    match: Match
    polarity: Polarity
    voice: Voice
    sure: bool
    foreign: bool = False


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
    lexical = load_frames().words
    foreign = (
        -1 < segment.stranger < match.start
        and entry_of(match).side == "object"
        and segment.words[segment.stranger] not in lexical.pronouns | lexical.subjects
    )
    named = -1 < segment.stranger < match.start
    if named and polarity == "chosen" and _is_argued(segment, match):
        # 'The promoters of the Canvey scheme argue that a should be favoured'
        return Said(match, "other", "other", sure)
    return Said(match, polarity, spoken, sure, foreign)


def _is_argued(segment: Segment, match: Match) -> bool:
    """Whether what is said is what somebody says, asks or hopes."""
    return any(m.name == "reports" and m.start < match.start for m in segment.matches) and not any(
        m.name == "own" and m.start < match.start for m in segment.matches
    )


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
        against is not None and segment.words[against.start] not in _wordings().comparing
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
        if first - _NEAR <= marker.start or segment.words[marker.start] in _wordings().throughout:
            return True
        if marker.start <= 1 < marker.end - marker.start + 1:
            # 'Our earlier aim of making the county a leader in a': the subject itself is past.
            return True
    return False


def is_to_come(segment: Segment, marker: Match) -> bool:
    """Whether what could be past is not: 'in 2040 the city will be about a', 'the former is'."""
    words = segment.words
    if words[marker.start] == "once":
        return words[marker.end + 1 : marker.end + 2] in (["more"], ["again"], ["only"])
    if words[marker.start] in ("from", "between") and words[marker.end] == "NUM":
        return not any(word in ("was", "were", "had") for word in words)
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
