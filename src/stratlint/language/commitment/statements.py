"""Statements: what one sentence says of the sectors that it, or the sentence before, names.

The interface for everything that builds on sentences (lists, headings, tables, priorities):

``Statements(text, hits, own)`` reads a text once. ``of(spans)`` takes the sentences of one
paragraph in order (a lead-in, a heading, a cell: a paragraph of one span) and gives what they say,
in order. A statement says one thing (``polarity``) in one ``voice`` of ``members``, indexes of the
hits given at the start; members may stand in the sentence before ('These two are our priorities').
Where a predicate has no members and leads into some that follow, ``open`` is true: 'Our priority
sectors are:' chooses, 'Jobs have been lost in:' reports. ``number`` is a count that the phrase
declares ('three engines'), ``tier`` 1 to 3 where it ranks. ``sure`` is false where the words say it
only as a rule, so that the trained classifier should have its say.

A sentence is cut into clauses, its sectors into coordinated groups. What governs one member of a
group governs all; contrast ('rather than', 'not', 'unlike'), negation, doubt and voice are worked
out in each clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from stratlint.language.commitment.frames import SECTOR, Match, Polarity, load_frames
from stratlint.language.commitment.segments import (
    DASH,
    Group,
    Line,
    Segment,
    read_line,
    segments,
)
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.frames import FrameWords
    from stratlint.records import Span

Voice = Literal["own", "adopted", "other", "asked"]


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


_RANK: dict[str, int] = {
    "refused": 0,
    "demoted": 1,
    "chosen": 2,
    "support": 4,
    "past": 5,
    "strength": 6,
    "fact": 7,
}
"""Of two predicates that could govern a group, the lower one does."""
_OPPOSITE: dict[str, Polarity] = {
    "chosen": "refused",
    "refused": "chosen",
    "demoted": "chosen",
    "support": "refused",
}
_REACH = 20
"""Words between a predicate and the group it governs: longer gaps are other matters."""
_PREFIX = 3
"""Words before a predicate that its phrase shows."""


def _lexical() -> FrameWords:
    return load_frames().words


class Open(NamedTuple):
    """A predicate whose members are still to come, or that a fragment takes up."""

    match: Match
    polarity: Polarity
    voice: Voice
    phrase: str
    number: int | None


class Clause(NamedTuple):
    """What holds for all of a segment: who speaks, whether in doubt, whether of the past."""

    voice: Voice
    hedged: bool
    past: bool


class Statements:
    """Reads the statements of a text. One per text; hits stand in order."""

    def __init__(self, text: str, hits: Sequence[Hit], own: frozenset[str] = frozenset()) -> None:
        self._text = text
        self._hits = hits
        self._ends = [hit.end for hit in hits]
        self._own = own
        self._lexicon = load_frames()

    def of(self, spans: Sequence[Span]) -> tuple[Statement, ...]:
        """What the sentences of a paragraph say, in order."""
        paragraph = _Paragraph()
        found: list[Statement] = []
        for start, end in spans:
            line = read_line(self._text, start, end, self._hits, self._ends, self._own)
            found += paragraph.read(line, segments(line, self._lexicon))
        return tuple(found)


class _Paragraph:
    """Reads sentences one after the other, and keeps what later ones refer to."""

    def __init__(self) -> None:
        self._recent: list[tuple[int, list[tuple[int, ...]], Polarity]] = []
        self._sentence = 0
        self._open: Open | None = None
        self._last: tuple[Open, bool] | None = None
        self._voice: Voice = "own"

    def read(self, line: Line, cut: Sequence[Segment]) -> list[Statement]:
        """The statements of the next sentence."""
        self._sentence += 1
        if self._open is not None and not _takes_up(line.words):
            self._open = None
        self._last = None
        found: list[Statement] = []
        opened: list[Open | None] = []
        for segment in cut:
            if segment.inside and segment.parent < len(opened):
                self._open = opened[segment.parent] or self._open
            clause = self._clause(line, segment)
            found += self._of_segment(line, segment, clause)
            opened.append(self._open)
        if self._open is not None:
            found.append(_statement(line, self._open, (), open_=True))
        return found

    # What a segment says --------------------------------------------------------------------

    def _of_segment(self, line: Line, segment: Segment, clause: Clause) -> list[Statement]:
        predicates = _predicates(segment)
        said: dict[tuple[Match, Polarity], list[Group]] = {}
        loose: list[Group] = []
        for group in segment.groups:
            chosen = _governor(segment, predicates, group)
            if chosen is None:
                loose.append(group)
            else:
                said.setdefault((chosen[0], chosen[1]), []).append(group)
        _spread(segment, said, loose)
        found: list[Statement] = []
        for (match, polarity), groups in said.items():
            opened = _opened(segment, match, polarity, clause)
            found.append(self._say(line, segment, opened, groups))
            self._last = (opened, True)
        if loose:
            found += self._inherit(line, segment, loose)
        governing = {match for match, _ in said}
        for match in predicates:
            if match not in governing and _speaks_alone(segment, match, bool(said)):
                found += self._refer(line, segment, clause, match)
        return found

    def _say(
        self, line: Line, segment: Segment, opened: Open, groups: Sequence[Group]
    ) -> Statement:
        names = [line.hits[segment.tokens[p]] for group in groups for p in group.positions]
        self._recent.append((self._sentence, names, opened.polarity))
        del self._recent[:-8]
        return _statement(line, opened, tuple(hit for name in names for hit in name))

    def _inherit(self, line: Line, segment: Segment, loose: Sequence[Group]) -> list[Statement]:
        """Names that nothing here governs: of an open predicate, or of the clause before."""
        names = [line.hits[segment.tokens[p]] for group in loose for p in group.positions]
        verbal = any(word in _lexical().finite for word in segment.words[: loose[0].first])
        opened = self._open
        if opened is not None and (not verbal or _is_copular(segment, loose[0])):
            self._open = None
            self._last = (opened, True)
            return self._contrasted(line, segment, opened, loose)
        if self._last is not None and not any(word in _lexical().finite for word in segment.words):
            opened = self._last[0]
            if segment.opener in (",", "but", "and", ";", ":", "(", DASH):
                flipped = segment.opener == "but" and opened.polarity == "refused"
                if flipped:
                    opened = opened._replace(polarity="chosen")
                return self._contrasted(line, segment, opened, loose)
        self._recent.append((self._sentence, names, "fact"))
        return []

    def _contrasted(
        self, line: Line, segment: Segment, opened: Open, groups: Sequence[Group]
    ) -> list[Statement]:
        """Say what is inherited of groups, and its opposite of those that are set against them."""
        found = []
        for group in groups:
            against = _is_against(segment, group) is not None
            polarity = (
                _OPPOSITE.get(opened.polarity, opened.polarity) if against else opened.polarity
            )
            found.append(self._say(line, segment, opened._replace(polarity=polarity), [group]))
        return found

    def _refer(self, line: Line, segment: Segment, clause: Clause, match: Match) -> list[Statement]:
        """A predicate without names of its own: of those before, or of those to come."""
        polarity = _polarity(segment, match, None)
        opened = _opened(segment, match, polarity, clause)
        names = self._referred(segment, match)
        if names:
            self._recent.append((self._sentence, names, polarity))
            self._last = (opened, True)
            return [_statement(line, opened, tuple(hit for name in names for hit in name))]
        if self._open is None or (match.entry is not None and match.entry.polarity == "chosen"):
            self._open = opened
        return []

    # Who speaks, and what a pronoun stands for ----------------------------------------------

    def _clause(self, line: Line, segment: Segment) -> Clause:
        names = {match.name for match in segment.matches}
        voice = _voice(segment)
        if voice is None:
            pronoun = segment.words[0] in (
                "it",
                "its",
                "they",
                "their",
                "he",
                "she",
            ) or segment.opener in (
                "which",
                "who",
                "and",
                ",",
                "but",
                "(",
                ":",
                DASH,
                ";",
            )
            voice = self._voice if pronoun else "own"
        self._voice = voice
        if line.asks:
            voice = "asked"
        return Clause(voice, "hedges" in names or line.asks, "past" in names)

    def _referred(self, segment: Segment, match: Match) -> list[tuple[int, ...]]:
        recent = [entry for entry in self._recent if entry[0] >= self._sentence - 2]
        return resolve(segment, match, recent)


def _takes_up(words: Sequence[str]) -> bool:
    """Whether a sentence goes on with what the one before left open."""
    if words and words[0] in _lexical().takes_up:
        return True
    return tuple(words[:2]) in {("the", "answer"), ("the", "first"), ("the", "choice")}


def _predicates(segment: Segment) -> list[Match]:
    """The frames of a segment, none inside a longer one that says as much."""
    frames = [match for match in segment.matches if match.entry is not None]
    kept = []
    for match in frames:
        hidden = any(
            other is not match
            and other.start <= match.start
            and match.end <= other.end
            and (
                other.end - other.start > match.end - match.start
                or _rank(other) < _rank(match)
                or (_rank(other) == _rank(match) and frames.index(other) < frames.index(match))
            )
            for other in frames
        )
        if not hidden:
            kept.append(match)
    return kept


def _rank(match: Match) -> float:
    assert match.entry is not None
    rank = _RANK[match.entry.polarity]
    return rank + (0.5 if not match.entry.sure and rank == 2 else 0)


def _governor(
    segment: Segment, predicates: Sequence[Match], group: Group
) -> tuple[Match, Polarity] | None:
    """The predicate that governs a group, and what it says after negation and contrast."""
    best: tuple[float, int, Match] | None = None
    for match in predicates:
        distance = _distance(segment, match, group)
        if distance is None:
            continue
        candidate = (_rank(match), distance, match)
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    if best is None:
        return None
    match = best[2]
    polarity = _polarity(segment, match, group)
    if _is_against(segment, group) is not None:
        polarity = _OPPOSITE.get(polarity, polarity)
    return match, polarity


def _distance(segment: Segment, match: Match, group: Group) -> int | None:
    """Words between a predicate and a group that it governs; None where it does not."""
    assert match.entry is not None
    if match.start <= group.last and group.first <= match.end:
        return 0
    before = group.last < match.start
    gap = (
        segment.words[group.last + 1 : match.start]
        if before
        else segment.words[match.end + 1 : group.first]
    )
    if len(gap) > _REACH:
        return None
    side = match.entry.side
    if side == "subject":
        return len(gap) if before else None
    if side == "noun":
        return _noun_distance(match, gap, before)
    passive = _is_passive(segment, match, group)
    if passive:
        if before:
            return len(gap)
        # 'Chosen are a and b'; a passive with its subject before governs nothing behind it.
        subject = any(g.last < match.start for g in segment.groups)
        return None if subject else len(gap)
    if before:
        stranded = (
            match.end + 1 >= len(segment.words)
            or segment.words[match.end + 1] in _lexical().stranded
        )
        behind = any(g.first > match.end for g in segment.groups)
        return len(gap) + 3 if stranded and not behind else None
    if any(word in _lexical().finite and word not in _lexical().be for word in gap):
        return None
    return len(gap)


def _noun_distance(match: Match, gap: Sequence[str], before: bool) -> int | None:
    """How a noun ('our priority sectors') stands to a group: linked, or no matter of each other."""
    if match.entry is not None and match.entry.polarity in ("strength", "past", "fact"):
        return len(gap)
    words = _lexical()
    if before:
        linked = any(word in words.said_to_be for word in gap)
        return len(gap) if linked else None
    strict = all(word in words.links or word.endswith("'s") for word in gap)
    announced = any(word in words.announces for word in gap)
    return len(gap) if strict or announced else None


def _is_passive(segment: Segment, match: Match, group: Group) -> bool:
    """Whether the verb of a match is a participle whose subject is governed."""
    word = segment.words[match.start]
    if not (word.endswith("ed") or word in _lexical().participles):
        return False
    helpers = segment.words[max(0, match.start - 4) : match.start]
    for helper in reversed(helpers):
        if helper in _lexical().be:
            return True
        if helper in _lexical().have or helper in _lexical().pronouns:
            return False
    return group.last < match.start and not any(
        word in _lexical().finite for word in segment.words[group.last + 1 : match.start]
    )


def _polarity(segment: Segment, match: Match, group: Group | None) -> Polarity:
    """What a predicate says once negation is counted."""
    entry = match.entry
    assert entry is not None
    end = match.end
    if entry.side == "noun" and group is not None and group.first > match.end:
        end = group.first
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    count = 0
    for marker in segment.matches:
        if marker.name != "negators" or not (
            marker.end < match.start or match.end < marker.start <= end
        ):
            continue
        if any(m.start <= marker.start <= m.end for m in pseudo):
            continue
        if _is_contrast(segment, marker):
            continue
        count += 1
    if count % 2 == 0:
        return entry.polarity
    if entry.polarity in ("strength", "past", "fact"):
        return entry.polarity
    return _OPPOSITE.get(entry.polarity, entry.polarity)


def _is_contrast(segment: Segment, marker: Match) -> bool:
    """Whether a negation belongs to a group alone: '…, not a', 'not in b but …'."""
    return any(_is_against(segment, group) == marker.start for group in segment.groups)


def _is_against(segment: Segment, group: Group) -> int | None:
    """Where the word stands that sets a group against the others; None where none does."""
    pseudo = [m for m in segment.matches if m.name == "pseudo"]
    for marker in reversed(segment.matches):
        if marker.name != "against" or marker.end >= group.first:
            continue
        if any(m.start <= marker.start <= m.end for m in pseudo):
            continue
        gap = segment.words[marker.end + 1 : group.first]
        most = 2 if segment.words[marker.start] in ("not", "nor", "less") else 6
        if len(gap) <= most and not any(
            word in _lexical().finite or word in (",", "a", SECTOR) for word in gap
        ):
            return marker.start
    return None


def _spread(
    segment: Segment, said: dict[tuple[Match, Polarity], list[Group]], loose: list[Group]
) -> None:
    """Give a group that is set against the governed ones the opposite of what they get."""
    if not said:
        return
    (match, polarity) = next(iter(said))
    for group in tuple(loose):
        against = _is_against(segment, group) is not None
        if against:
            said.setdefault((match, _OPPOSITE.get(polarity, polarity)), []).append(group)
            loose.remove(group)


def _is_copular(segment: Segment, group: Group) -> bool:
    """Whether a group is what a pronoun is said to be: 'they are a and b'."""
    before = segment.words[: group.first]
    return len(before) <= 5 and any(word in _lexical().be for word in before)


def _speaks_alone(segment: Segment, match: Match, said: bool) -> bool:
    """Whether a predicate that governs no name here speaks of names elsewhere."""
    assert match.entry is not None
    if match.entry.polarity in ("strength", "past", "fact", "support") and segment.groups:
        return False
    return not said and (match.entry.sure or not segment.groups)


def _opened(segment: Segment, match: Match, polarity: Polarity, clause: Clause) -> Open:
    if polarity in ("chosen", "support", "demoted"):
        if clause.past and polarity != "demoted":
            polarity = "past"
        elif clause.hedged:
            polarity = "hedged"
        elif clause.voice == "other":
            polarity = "other"
    counts = _lexical().counts
    first = max(0, match.start - _PREFIX)
    phrase = " ".join(segment.words[first : match.end + 1])
    number = next(
        (counts.index(word) for word in segment.words[first : match.end + 1] if word in counts),
        None,
    )
    return Open(match, polarity, clause.voice, phrase, number)


def _statement(
    line: Line, opened: Open, members: tuple[int, ...], *, open_: bool = False
) -> Statement:
    entry = opened.match.entry
    assert entry is not None
    words = _lexical()
    ranked = (words.tiers_first, words.tiers_second, words.tiers_third)
    said = opened.phrase.split()
    tier = next((n for word in said for n, tier in enumerate(ranked, 1) if word in tier), None)
    return Statement(
        start=line.start,
        end=line.end,
        phrase=opened.phrase,
        polarity=opened.polarity,
        voice=opened.voice,
        members=members,
        open=open_,
        number=opened.number,
        tier=tier,
        sure=entry.sure,
        frame=entry.name,
    )


def _voice(segment: Segment) -> Voice | None:
    """Who speaks in a segment: the first of the markers of own and other; None for nobody."""
    marked = [match for match in segment.matches if match.name in ("own", "other")]
    if not marked:
        return None
    if any(match.name == "adopts" for match in segment.matches):
        return "adopted" if any(match.name == "other" for match in marked) else "own"
    if any(word in ("we", "our", "ours") for word in segment.words):
        return "own"
    return "own" if marked[0].name == "own" else "other"


def resolve(
    segment: Segment, match: Match, recent: Sequence[tuple[int, list[tuple[int, ...]], Polarity]]
) -> list[tuple[int, ...]]:
    """The names for which a pronoun or a count of a segment stands."""
    if not recent:
        return []
    last = recent[-1][1]
    same = [name for sentence, names, _ in recent if sentence == recent[-1][0] for name in names]
    text = f" {' '.join(segment.words)} "
    counted = _ordinal(text, last if len(last) > 1 else same)
    if counted is not None:
        return counted
    for count, word in enumerate(_lexical().counts):
        if count > 1 and _COUNTED.search(text.replace(f" {word} ", " COUNT ")):
            return _counted(count, last, same, recent)
    if _PAIR.search(text):
        return _counted(2, last, same, recent)
    return _pronoun(segment, match, last, same)


def _ordinal(text: str, pool: list[tuple[int, ...]]) -> list[tuple[int, ...]] | None:
    """'The first two', 'the latter', 'the other three'."""
    for count, word in enumerate(_lexical().counts):
        if count > 1 and f" first {word} " in text:
            return pool[:count]
        if count > 1 and (f" last {word} " in text or f" other {word} " in text):
            return pool[-count:]
    for words, part in _ORDINALS:
        if any(f" the {word} " in text for word in words):
            return pool[part]
    return None


def _pronoun(
    segment: Segment, match: Match, last: list[tuple[int, ...]], same: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    words = segment.words
    if segment.opener in ("which", "who"):
        return last
    if words[0] in ("it", "this", "that"):
        return last[-1:]
    if any(word in ("they", "these", "those", "them", "each", "all", "none") for word in words[:6]):
        return same if words[0] in ("these", "all") else last
    if words[0] in _lexical().finite or match.start == 0:
        return last if segment.opener in (",", "and", "but", "(", DASH) else []
    return []


_COUNTED = re.compile(r" (?:these|those|the|all|same)(?: \S+)? COUNT ")
_PAIR = re.compile(r" (?:both|neither|pair) ")
_ORDINALS = (
    (("former", "first"), slice(0, 1)),
    (("second",), slice(1, 2)),
    (("latter", "last"), slice(-1, None)),
)


def _counted(
    count: int,
    last: list[tuple[int, ...]],
    same: list[tuple[int, ...]],
    recent: Sequence[tuple[int, list[tuple[int, ...]], Polarity]],
) -> list[tuple[int, ...]]:
    """The latest names of which there are so many."""
    for names in (last, same):
        if len(names) == count:
            return list(names)
    every = [name for _, names, _ in recent for name in names]
    return every[-count:] if len(every) >= count else []
