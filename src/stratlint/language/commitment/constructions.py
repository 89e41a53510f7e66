"""What the build of a clause says of sectors that no frame governs.

Who writes 'what we are here for is A', 'the hill we have chosen to climb is A', 'our theme is A' or
'A it is, and nothing else' chooses, whatever the nouns and verbs are. So here words are of open
classes, and only what rules a choice out is listed: what one does to a sector without choosing it
(``idle``), praise, figures, the past, doubt, others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.frames import SECTOR, Match, Polarity, load_frames
from stratlint.language.commitment.governing import WEAK
from stratlint.language.commitment.saying import Said, Voice, is_to_come, outdoes, set_against
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import FrameWords
    from stratlint.language.commitment.segments import Group, Segment


class Words(WordFile):
    """``rules/language/commitment/constructions.yaml``."""

    ours: frozenset[str]
    copulas: frozenset[str]
    modals: frozenset[str]
    onto: frozenset[str]
    tells: frozenset[str]
    fronted: frozenset[str]
    fillers: frozenset[str]
    means_to: frozenset[str]
    adverbs: frozenset[str]
    light: frozenset[str]
    for_words: frozenset[str]
    not_superlative: frozenset[str]


_wordings = words_of("commitment/constructions", Words)
_RULES_OUT = WEAK | {"refused", "demoted"}
_PURPOSE = 4
"""Words from an own subject to the modal that is said of it."""
_HELD = 2
"""Words for what we give or turn to our object: 'our helping hand to A'."""
_APART = 4
_AIM = 10
"""Words from an aim to the name of what it is for."""
_ACT = 7
"""Words from the modal of an act of our own to its object."""
_LABEL = 10
"""Words of a clause that is a label before a colon."""
"""Words between a copula and the name that it identifies: 'is to be a county of A'."""


def construed(segment: Segment, group: Group, inherited: Voice) -> Said | None:
    """What the clause around a group says of it by its build; None where it says nothing."""
    lexical = load_frames().words
    words = segment.words
    before, after = words[: group.first], words[group.last + 1 :]
    if before and before[-1] == "neither":
        return _said(segment, "neither", group, "refused")
    own = _is_own(segment, 0, len(words))
    if _ruled_out(segment) or (inherited == "other" and not own):
        return None
    if set_against(segment, group) is not None:
        return None
    if _is_identified(segment, before, lexical) or _identifies(segment, after, before, lexical):
        return _said(segment, "identity", group, "chosen")
    if _is_singled_out(segment, before, after):
        return _said(segment, "alone", group, "chosen")
    if outdoes(segment, group):
        return _said(segment, "contrast", group, "chosen")
    if _is_fronted(segment, group, lexical):
        return _said(segment, "fronted", group, "chosen")
    if _acts(segment, before, lexical):
        return _said(segment, "own act", group, "chosen")
    if before and before[-1] in _wordings().modals:
        # 'We will fund equipment': the name of an industry would be the verb.
        return None
    idle = any(word in lexical.idle and word not in _wordings().light for word in words)
    if own and not idle and any(word in _wordings().modals for word in words):
        return _said(segment, "own future", group, "chosen")._replace(
            sure=_is_near(segment, before)
        )
    return None


def _is_fronted(segment: Segment, group: Group, lexical: FrameWords) -> bool:
    """'To a and to b the Company gives first call', 'upon a we hang our hopes'."""
    words = segment.words
    last = segment.groups[-1].last
    if words[0] not in _wordings().fronted or segment.groups[0].first > _HELD or group.last > last:
        return False
    subject = next((m for m in segment.matches if m.name == "own" and m.start > last), None)
    if subject is None or subject.start - last > _HELD or subject.end + 1 >= len(words):
        return False
    rest = words[subject.end + 1 :]
    return not any(word in lexical.idle for word in rest[:_HELD])


def _is_near(segment: Segment, before: Sequence[str]) -> bool:
    """Whether what we will do is done to a name: not 'we will administer the relief for a'."""
    at = next((n for n, word in enumerate(before) if word in _wordings().modals), None)
    if at is None or before[-1] in _wordings().for_words or len(before) - at > _ACT:
        return False
    return _is_own(segment, max(0, at - _HELD), at)


def aimed_at(segment: Segment, group: Group, *, aimed: bool, labelled: bool) -> Said | None:
    """What the words of an aim say of a group: 'Objective 1: to double the output of a'.

    ``aimed`` says that what stands before the clause makes an aim of it, ``labelled`` that a label
    does.
    """
    words = segment.words
    aims = [m for m in segment.matches if m.name == "goal" and m.end < group.first]
    if not (aims or aimed) or segment.stranger > 0:
        return None
    if not aims and segment.opener == "which" and words[0] in _wordings().tells:
        # '… to protect the landscape, which matters to a' is of the landscape.
        return None
    lexical = load_frames().words
    finite = any(word in lexical.finite and word not in _wordings().modals for word in words)
    if finite and not aims and not labelled:
        return None
    start = aims[-1].end + 1 if aims else 0
    between = words[start : group.first]
    if len(between) > _AIM or any(w in lexical.lessens or w == SECTOR for w in between):
        return None
    if aims and not set(between[:_HELD]) & {"is", "are", "to", ":", "be", "remains", "for", ","}:
        return None
    ruled = ("other", "past", "doubt", "modal", "negators", "against", "from")
    if any(m.name in ruled and m.start < group.first for m in segment.matches):
        return None
    return _said(segment, "goal", group, "chosen")


def _said(segment: Segment, name: str, group: Group, polarity: Polarity) -> Said:
    at = min(max(0, group.first - 1), len(segment.words) - 1)
    if group.first == 0:
        at = min(group.last + 1, len(segment.words) - 1)
    return Said(Match(at, at, name, None), polarity, "own", True)


def _ruled_out(segment: Segment) -> bool:
    """Whether praise, figures, history, doubt, denial or somebody else stand in the clause."""
    words = segment.words
    for match in segment.matches:
        entry = match.entry
        if entry is not None and entry.polarity in _RULES_OUT:
            return True
        if entry is None and match.name in ("other", "past", "doubt", "modal", "above"):
            if match.name == "past" and is_to_come(segment, match):
                continue
            if match.name == "modal" and _qualifies(segment, match.start):
                continue
            return True
        if match.name == "negators" and not _is_in_contrast(segment, match):
            return True
    return segment.stranger >= 0 or any(
        word.endswith("est") and word not in _wordings().not_superlative for word in words
    )


def _is_in_contrast(segment: Segment, match: Match) -> bool:
    """Whether a negation belongs to 'not only', or to what sets a name apart."""
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    apart = [set_against(segment, group) for group in segment.groups]
    inside = [*pseudo, *(m for m in apart if m is not None)]
    return any(m.start <= match.start <= m.end for m in inside)


def _qualifies(segment: Segment, at: int) -> bool:
    """Whether 'may' allows ('a alone may apply'), or 'would' describes ('which we would keep')."""
    words = segment.words
    allows = words[at + 1 : at + 2] in (["apply"], ["bid"], ["enter"], ["qualify"], ["benefit"])
    judged = (
        words[at] == "would"
        and words[at - 1 : at] == ["we"]
        and {"which", "where"} & {segment.opener, *words[:at]} != set()
    )
    return allows or judged


def _is_own(segment: Segment, first: int, last: int) -> bool:
    """Whether the document's own voice is heard between two words of a clause."""
    return any(word in _wordings().ours for word in segment.words[first:last]) or any(
        m.name == "own" and first <= m.start < last for m in segment.matches
    )


def _is_identified(segment: Segment, before: Sequence[str], lexical: FrameWords) -> bool:
    """'What we want is A', 'the hill we mean to climb is A', 'ours is to be a county of A'."""
    at = max((n for n, word in enumerate(before) if word in _wordings().copulas), default=-1)
    if at < 1:
        return False
    gap = [
        word
        for word in before[at + 1 :]
        if word not in _wordings().fillers and not word.endswith("ly")
    ]
    if len(gap) > 1 or any(word in lexical.finite for word in gap):
        return False
    subject = before[:at]
    if (
        any(word in lexical.idle and word not in _wordings().light for word in subject)
        or "there" in subject
    ):
        return False
    if subject[-1] in ("have", "had"):
        return False
    if gap and not set(subject) & {"ours", "this"}:
        return False
    if subject[-1] in ("we", "us") or (
        subject[-1] in _wordings().modals and subject[-2:-1] == ["we"]
    ):
        return False
    return _is_own(segment, 0, at)


def _identifies(
    segment: Segment, after: Sequence[str], before: Sequence[str], lexical: FrameWords
) -> bool:
    """'A and B are what we are here for', 'A is where we start', 'it is A that we shall build'."""
    if not after or any(
        word not in _wordings().fillers and word not in ("it", "is", "was") for word in before
    ):
        return False
    cleft = list(before[:1]) == ["it"]
    at = 0
    while at < min(len(after), _APART) and after[at] in (
        ",",
        "will",
        "shall",
        "each",
        "both",
        "all",
        "however",
        "then",
        "therefore",
    ):
        at += 1
    start = len(segment.words) - len(after)
    if at < len(after) and after[at] in _wordings().copulas and at + 1 < len(after):
        rest = after[at + 1 :]
        asks = rest[0] in ("what", "where", "why", "how", "the", "our", "ours", "among")
        idle = any(word in lexical.idle for word in rest)
        return asks and not idle and _is_own(segment, start + at + 1, len(segment.words))
    if cleft and (set(after) & {"that", "whom"} or after[at : at + 1] == ["we"]):
        return _is_own(segment, start, len(segment.words))
    return list(after[:2]) == ["it", "is"]


def _is_singled_out(segment: Segment, before: Sequence[str], after: Sequence[str]) -> bool:
    """'Firms in A alone may apply', 'for A and for nothing else'."""
    bound = any(word in _wordings().modals or word in _wordings().ours for word in segment.words)
    alone = after[:1] == ["alone"] or (after[:1] == ["only"] and after[1:2] != ["the"])
    alone = alone or before[-1:] == ["only"]
    return alone and (bound or _is_own(segment, 0, len(segment.words)))


_ADVERB_AND_VERB = 4
"""Words from the subject to its verb: 'we also held'."""


def announces(segment: Segment) -> bool:
    """Whether a clause that names no sector leads into those of the next: 'our list:'."""
    words = segment.words
    begins = words[0] in ("our", "ours", "we", "this", "all") or words[:2] == ["what", "we"]
    if words[0] == "we" and not load_frames().words.idle.isdisjoint(words[1:_ADVERB_AND_VERB]):
        return False
    return (
        len(words) <= _LABEL
        and begins
        and _is_own(segment, 0, len(words))
        and not _ruled_out(segment)
        and not any(w in load_frames().words.idle and w not in _wordings().light for w in words)
    )


def counted(segment: Segment) -> int | None:
    """The last number that a clause counts with: 'of the eight, two survive'."""
    lexical = load_frames().words
    counts = lexical.counts
    said = next((counts.index(word) for word in reversed(segment.words) if word in counts), None)
    if said is None or not lexical.idle.isdisjoint(segment.words) or _ruled_out(segment):
        return None
    return said


def _acts(segment: Segment, before: Sequence[str], lexical: FrameWords) -> bool:
    """'We shall plant A', 'this council has given its hand to A': an act of our own on A."""
    subjects = {m.end for m in segment.matches if m.name == "own"}
    for subject in sorted(subjects):
        for at in range(subject + 1, min(len(before) - 1, subject + _PURPOSE + 1)):
            meant = before[at] == "to" and before[at - 1] in _wordings().means_to
            if meant or before[at] in _wordings().modals or before[at] in lexical.have:
                verb = _verb(before, at + 1)
                if verb is None or before[verb] in lexical.idle:
                    continue
                if _is_object(before[verb + 1 :], lexical):
                    return True
    return False


def _verb(words: Sequence[str], at: int) -> int | None:
    """Where the verb of an act stands: behind adverbs, before its object."""
    while at < len(words) and (words[at].endswith("ly") or words[at] in _wordings().adverbs):
        at += 1
    return at if at < len(words) and words[at] != SECTOR else None


def _is_object(gap: Sequence[str], lexical: FrameWords) -> bool:
    """Whether a name is what is acted on: at once, or with what is our own ('our hand to A')."""
    if any(word in lexical.finite or word in (SECTOR, "that", "how") for word in gap):
        return False
    bare = [word for word in gap if word not in _wordings().fillers and not word.endswith("ly")]
    held = bool({"our", "its", "ourselves", "itself", "us", "same"} & set(gap))
    return not bare or (
        held and len(bare) <= _HELD and (gap[-1] in _wordings().onto or gap[-1] == "the")
    )
