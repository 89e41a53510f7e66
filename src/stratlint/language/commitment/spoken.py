"""What one sentence says, as a record, and small questions asked of its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.frames import Match, Polarity, load_frames
from stratlint.language.commitment.governing import WEAK, entry_of
from stratlint.language.commitment.line import Line
from stratlint.language.commitment.references import Name
from stratlint.language.commitment.saying import OPPOSITE, Said, Voice, set_against
from stratlint.language.commitment.segments import Group, Segment
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = 3
"""Words before a predicate that its phrase shows."""
ASKED = 6
"""Words of a question that is the document's own though it names nobody: 'And the sectors?'"""
_COUNTED = 5
"""Words of an object in which it counts what is to come."""
_KINDS = frozenset("sector industrie cluster trade field area domain priority prioritie".split())


class Statement(Record, frozen=True):
    """One thing said, in the sentence from ``start`` to ``end``; ``phrase`` are its words."""

    start: int
    end: int
    phrase: str
    polarity: Polarity
    voice: Voice
    members: tuple[int, ...] = ()
    open: bool = False
    number: int | None = None
    tier: int | None = None
    sure: bool = True
    frame: str = ""
    referred: bool = False
    foreign: bool = False


class Spoken(NamedTuple):
    """What is said, with its words; ``announced`` where the document's own body says it."""

    said: Said
    phrase: tuple[str, ...]
    announced: bool = False


def bracketed(line: Line, segment: Segment) -> tuple[Name, ...]:
    """The name right before a bracket that says something of it: 'a (our priority)'."""
    if segment.opener != "(" or segment.words[-1] == ":":
        return ()
    before = segment.tokens[0] - 2
    return (line.hits[before],) if before in line.hits else ()


def names_of(line: Line, segment: Segment, groups: Sequence[Group]) -> tuple[Name, ...]:
    """The names of groups, in order."""
    return tuple(line.hits[segment.tokens[p]] for g in groups for p in g.positions)


def said_by(name: str, polarity: Polarity = "chosen", *, last: int = 0) -> Said:
    """What the document itself says by the words up to the ``last`` one, without a frame."""
    return Said(Match(0, last, name, None), polarity, "own", True)


def turned(said: Said) -> Said:
    """The opposite of what is said, where it has one."""
    return said._replace(polarity=OPPOSITE.get(said.polarity, said.polarity))


def echoes(segment: Segment) -> bool:
    """Whether a clause only says 'a and b do', 'c is not'."""
    words = segment.words[segment.groups[-1].last + 1 :]
    return bool(words) and len(words) <= 2 and words[0] in load_frames().words.echoes


def takes_up(words: Sequence[str]) -> bool:
    """Whether a sentence goes on with what the one before left open."""
    if words and words[0] in load_frames().words.takes_up:
        return True
    return tuple(words[:2]) in {("the", "answer"), ("the", "first"), ("the", "choice")}


def spoken_by(segment: Segment, before: Voice) -> Voice:
    """Who speaks in a segment that names nobody: whoever spoke before, where it goes on."""
    marked = [match for match in segment.matches if match.name in ("own", "other")]
    if marked:
        return "own" if marked[0].name == "own" else "other"
    goes_on = segment.opener or segment.words[0] in ("it", "its", "they", "their", "he", "she")
    return before if goes_on else "own"


def spread(segment: Segment, governed: dict[Said, list[Group]], loose: list[Group]) -> None:
    """Give a group that is set against the governed ones the opposite of what they get."""
    if not governed:
        return
    said = next(iter(governed))
    for group in tuple(loose):
        if set_against(segment, group) is not None:
            governed.setdefault(turned(said), []).append(group)
            loose.remove(group)


def is_own_noun(said: Said) -> bool:
    """Whether a noun ('our priorities') is said in the document's own voice, of whatever time."""
    entry = said.match.entry
    chooses = entry is not None and entry.side == "noun" and entry.polarity == "chosen"
    return chooses and said.voice in ("own", "adopted")


def renames(segment: Segment, group: Group) -> bool:
    """Whether a clause says anew what was named: 'from 2025 they are a', 'those are a and b'."""
    words, lexical = segment.words, load_frames().words
    subjects = (n for n, word in enumerate(words[:ASKED]) if word in ("they", "those", "these"))
    at = next(subjects, -1)
    if at < 0 or group.first - at > PREFIX or any(word in lexical.finite for word in words[:at]):
        return False
    return any(word in ("are", "remain") for word in words[at + 1 : group.first])


def is_copular(segment: Segment, group: Group) -> bool:
    """Whether a group is what a pronoun is said to be: 'they are a and b'."""
    before = segment.words[: group.first]
    return len(before) <= 5 and any(word in load_frames().words.be for word in before)


def speaks_alone(segment: Segment, match: Match, governed: bool) -> bool:
    """Whether a predicate that governs no name here speaks of names elsewhere."""
    entry = entry_of(match)
    if governed:
        # What is said before a colon or a bracket may still be waiting for its names.
        return entry.polarity == "chosen" and entry.sure and entry.side == "noun"
    if (entry.where or entry.polarity in WEAK) and segment.groups:
        return False
    words, lexical = segment.words, load_frames().words
    if entry.side == "object" and match.end + 1 < len(words):
        # 'Focuses on job creation' has its object, which is no sector.
        following = words[match.end + 1]
        if following not in lexical.stranded and following not in lexical.articles:
            return False
        if following in lexical.articles and not _counts(words[match.end + 1 :]):
            return False
    return entry.sure or not segment.groups


def _counts(words: Sequence[str]) -> bool:
    """Whether an object counts or announces what is to come: 'the following three', 'our two:'."""
    lexical = load_frames().words
    near = words[:_COUNTED]
    return (
        words[-1] == ":"
        or len(words) <= 1
        or any(word in lexical.counts or word == "following" for word in near)
        or any(word.rstrip("s") in _KINDS for word in near)
    )


def phrase_of(segment: Segment, match: Match) -> tuple[str, ...]:
    """The words of a predicate, with some before it."""
    return tuple(segment.words[max(0, match.start - PREFIX) : match.end + 1])


def statement_of(
    line: Line,
    spoken: Spoken,
    names: Sequence[Name],
    *,
    open_: bool = False,
    referred: bool = False,
) -> Statement:
    """The record of what is said of some names."""
    said, phrase = spoken.said, spoken.phrase
    words = load_frames().words
    ranked = (words.tiers_first, words.tiers_second, words.tiers_third)
    counts = [words.counts.index(word) for word in phrase if word in words.counts]
    tiers = [n for word in phrase for n, tier in enumerate(ranked, 1) if word in tier]
    return Statement(
        start=line.start,
        end=line.end,
        phrase=" ".join(phrase),
        polarity=said.polarity,
        voice=said.voice,
        members=tuple(hit for name in names for hit in name),
        open=open_,
        number=counts[0] if counts else None,
        tier=tiers[0] if tiers else None,
        sure=said.sure,
        frame=said.match.name,
        referred=referred,
        foreign=said.foreign,
    )
