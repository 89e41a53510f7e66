"""Statements: what one sentence says of the sectors that it, or the sentence before, names.

The interface for everything that builds on sentences (lists, headings, tables, priorities):

``Statements(text, hits, own)`` reads a text once. ``of(spans)`` takes the sentences of one
paragraph in order (a lead-in, a heading, a cell: a paragraph of one span) and gives what they say,
in order. A statement says one thing (``polarity``) in one ``voice`` of ``members``, indexes of the
hits given at the start; members may stand in the sentence before ('These two are our priorities').
Where a predicate has no members and leads into some that follow, ``open`` is true: 'Our priority
sectors are:' chooses, 'Jobs have been lost in:' reports. ``number`` is a count that the phrase
declares ('three engines'), ``tier`` 1 to 3 where it ranks. ``sure`` is false where the words say it
only as a rule, so that the trained classifier
should have its say; ``referred`` is true where a pronoun or a count stands for the members.

A sentence is cut into clauses, its sectors into coordinated groups (``segments``). What governs one
member of a group governs all (``governing``); pronouns and counts are looked up among the groups of
the two sentences before (``references``).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from stratlint.language.commitment.constructions import announces, construed, counted
from stratlint.language.commitment.frames import Match, Polarity, load_frames
from stratlint.language.commitment.governing import (
    OPPOSITE,
    REPORTS,
    Said,
    Voice,
    entry_of,
    governor,
    predicates,
    said_of,
    set_against,
)
from stratlint.language.commitment.references import Name, Named, ordinal, referred
from stratlint.language.commitment.segments import DASH, Group, Line, Segment, read_line, segments
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.records import Span

_PREFIX, _REMEMBERED, _BACK = 3, 8, 2
"""Words before a predicate that its phrase shows; groups and sentences that pronouns look back."""
_SETTLES = ("refused", "demoted", "chosen", "hedged", "other", "past")
"""Of several sure statements of one mention the first of these counts."""
_FRAGMENT = 12
"""Words beside names in a fragment that takes up the predicate of the clause before."""
_ASKED = 6
"""Words of a question that is the document's own though it names nobody: 'And the sectors?'"""
_GOES_ON = frozenset({",", "but", "and", ";", "(", DASH, "then"})
"""Openers of a fragment that takes up the predicate of the clause before."""


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


class _Spoken(NamedTuple):
    """What is said, with its words; ``announced`` where the document's own body says it."""

    said: Said
    phrase: tuple[str, ...]
    announced: bool = False


class Statements:
    """Reads the statements of a text. One per text; hits stand in order."""

    def __init__(self, text: str, hits: Sequence[Hit], own: frozenset[str] = frozenset()) -> None:
        self._text = text
        self._hits = hits
        self._ends = [hit.end for hit in hits]
        self._own = own
        self._lexicon = load_frames()
        self._read: dict[Span, tuple[Line, list[Segment]]] = {}

    def of(self, spans: Sequence[Span]) -> tuple[Statement, ...]:
        """What the sentences of a paragraph say, in order."""
        paragraph = _Paragraph()
        found: list[Statement] = []
        named = [self._names_sector(start, end) for start, end in spans]
        for number, (start, end) in enumerate(spans):
            near = named[max(0, number - _BACK) : number + _BACK + 1]
            if any(near) or number == len(spans) - 1:
                found += paragraph.read(*self._cut(start, end))
            else:
                paragraph.skip()
        return tuple(found)

    def _names_sector(self, start: int, end: int) -> bool:
        at = bisect_right(self._ends, start)
        return at < len(self._hits) and self._hits[at].start < end

    def _cut(self, start: int, end: int) -> tuple[Line, list[Segment]]:
        """The words and clauses of a sentence, which several paragraphs may hold."""
        known = self._read.get((start, end))
        if known is None:
            line = read_line(self._text, start, end, self._hits, self._ends, self._own)
            known = line, segments(line, self._lexicon)
            self._read[start, end] = known
        return known


def by_hit(statements: Sequence[Statement]) -> dict[int, tuple[Statement, ...]]:
    """The statements that govern each hit."""
    found: dict[int, tuple[Statement, ...]] = {}
    for statement in statements:
        for member in statement.members:
            found[member] = (*found.get(member, ()), statement)
    return found


def settled(statements: Sequence[Statement]) -> Statement | None:
    """The statement that settles what is said of a mention: a sure one, refusals first.

    A list that a later clause narrows is refused where that clause refuses it.
    """
    sure = [s for s in statements if s.sure and s.polarity not in (*REPORTS, "support")]
    if not sure:
        return None
    return min(sure, key=lambda s: _SETTLES.index(s.polarity))


class _Paragraph:
    """Reads sentences one after the other, and keeps what later ones refer to."""

    def __init__(self) -> None:
        self._recent: list[Named] = []
        self._sentence = 0
        self._open: _Spoken | None = None
        self._last: _Spoken | None = None
        self._voice: Voice = "own"
        self._doubted = False
        self._set_apart: list[Name] = []
        self._asked: tuple[tuple[Name, ...], _Spoken | None] | None = None
        self._left: list[Statement] = []
        self._why = False
        self._label = False
        self._count: int | None = None

    def skip(self) -> None:
        """Pass over a sentence far from any sector."""
        self._sentence += 1
        self._open = None

    def read(self, line: Line, cut: Sequence[Segment]) -> list[Statement]:
        """The statements of the next sentence."""
        self._sentence += 1
        answer = self._answer(line, cut)
        if answer is not None:
            return answer
        if self._open is not None and not _takes_up(line.words):
            self._open = None
        self._last = None
        self._label, self._count = False, None
        self._doubted = line.asks
        found: list[Statement] = []
        opened: list[_Spoken | None] = []
        for segment in cut:
            if 0 <= segment.parent < len(opened):
                self._open = opened[segment.parent] or self._open
            if segment.opener not in (":", "(", DASH, ","):
                self._doubted = line.asks
            self._voice = _spoken_by(segment, self._voice)
            if segment.words[-1] == ":" and any(m.name == "doubt" for m in segment.matches):
                self._doubted = True
            found += self._of_segment(line, segment)
            opened.append(self._open)
        found += self._apart(found)
        found += self._left
        self._left = []
        if line.asks:
            self._ask(line, cut)
        if self._open is not None:
            found.append(_statement(line, self._open, (), open_=True))
        return found

    def _answer(self, line: Line, cut: Sequence[Segment]) -> list[Statement] | None:
        """'Energy? No. Tourism? Yes.', 'Which sectors come first? Farming and tourism.'"""
        asked, self._asked = self._asked, None
        lexical = load_frames().words
        names = tuple(line.hits[s.tokens[p]] for s in cut for g in s.groups for p in g.positions)
        if line.asks:
            self._why = line.words[:2] != ["why", "not"] and line.words[0] == "why"
            waiting = self._open
            self._asked = (names, waiting if not names else None)
            return [] if names and not any(w in lexical.finite for w in line.words) else None
        if asked is None or not line.words:
            return None
        queried, waiting = asked
        if queried and self._why and line.words[0] == "because":
            said = Said(Match(0, 0, "answer", None), "chosen", "own", True)
            return [_statement(line, _Spoken(said, ("because",)), queried)]
        verdict = {"yes": "chosen", "no": "refused"}.get(line.words[0])
        if queried and verdict:
            said = Said(Match(0, 0, verdict, None), cast("Polarity", verdict), "own", True)
            return [_statement(line, _Spoken(said, (line.words[0],)), queried)]
        verbal = any(word in lexical.finite for word in line.words)
        if names and tuple(line.words[:3]) == ("the", "answer", "is"):
            said = Said(Match(0, 2, "answer", None), "chosen", "own", True)
            self._remember(names)
            return [_statement(line, _Spoken(said, ("the", "answer", "is")), names)]
        verbal = verbal and not (
            line.words[0] in ("it", "they", "these", "ours")
            and any(word in lexical.be for word in line.words[1:_ASKED])
        )
        if waiting is not None and names and not verbal and "not" not in line.words:
            said = waiting.said._replace(polarity="chosen", voice="own", sure=True)
            self._remember(names)
            return [_statement(line, waiting._replace(said=said), names)]
        return None

    def _ask(self, line: Line, cut: Sequence[Segment]) -> None:
        """Keep a question of the document's own that names no sector for its answer."""
        if self._asked is None or self._asked[0]:
            return
        waiting = self._open
        own = any(m.name == "own" for s in cut for m in s.matches)
        if waiting is None and (own or len(line.words) <= _ASKED) and "you" not in line.words:
            said = Said(Match(0, 0, "answer", None), "chosen", "own", True)
            waiting = _Spoken(said, tuple(line.words[:_PREFIX]))
        self._asked = ((), waiting)

    def _of_segment(self, line: Line, segment: Segment) -> list[Statement]:
        frames = predicates(segment)
        governed: dict[Said, list[Group]] = {}
        loose: list[Group] = []
        for group in segment.groups:
            match = governor(segment, frames, group)
            built = construed(segment, group, self._voice) if match is None else None
            if built is not None:
                governed.setdefault(self._put(built), []).append(group)
            elif match is None:
                loose.append(group)
            else:
                said = self._put(said_of(segment, match, group, self._voice))
                governed.setdefault(said, []).append(group)
        _spread(segment, governed, loose)
        found = []
        for said, groups in governed.items():
            self._last = _Spoken(said, _phrase(segment, said.match))
            found.append(self._say(line, segment, self._last, groups))
        if loose:
            found += self._inherit(line, segment, loose)
        if not segment.groups:
            self._count = counted(segment)
            self._label = segment.words[-1] == ":" and announces(segment)
        used = {said.match for said in governed}
        for match in frames:
            if match not in used and _speaks_alone(segment, match, bool(governed)):
                found += self._refer(line, segment, match)
        return found

    def _apart(self, found: Sequence[Statement]) -> list[Statement]:
        """Refuse what 'unlike a, …' sets apart where the rest of the sentence chooses."""
        chosen = next((s for s in found if s.polarity == "chosen" and s.members), None)
        apart, self._set_apart = self._set_apart, []
        if chosen is None or not apart:
            return []
        members = tuple(hit for name in apart for hit in name)
        return [msgspec.structs.replace(chosen, polarity="refused", members=members)]

    def _put(self, said: Said) -> Said:
        """Put what is asked or doubted in the clause that introduces it in question."""
        if self._doubted and said.polarity in ("chosen", "support", "other"):
            return said._replace(polarity="hedged", voice="asked")
        if said.polarity == "hedged" and said.voice != "other":
            self._doubted = True
        return said

    def _say(
        self, line: Line, segment: Segment, spoken: _Spoken, groups: Sequence[Group]
    ) -> Statement:
        names = tuple(line.hits[segment.tokens[p]] for g in groups for p in g.positions)
        part = ordinal(f" {' '.join(segment.words)} ", names) if len(names) > 1 else None
        if part is not None and spoken.said.match.start > groups[-1].last:
            # 'Of a, b and c only the first two are …'
            self._leave(line, spoken, [name for name in names if name not in part])
            names = part
            spoken = spoken._replace(said=spoken.said._replace(sure=True))
        self._remember(names)
        return _statement(line, spoken, names)

    def _leave(self, line: Line, spoken: _Spoken, names: Sequence[Name]) -> None:
        """Refuse those of a list that its chosen part leaves: 'only the first two are adopted'."""
        said = spoken.said
        if names and said.polarity == "chosen" and said.voice in ("own", "adopted"):
            refused = spoken._replace(said=said._replace(polarity="refused"))
            self._left.append(_statement(line, refused, names, referred=True))

    def _remember(self, names: tuple[Name, ...]) -> None:
        self._recent.append(Named(self._sentence, names))
        del self._recent[:-_REMEMBERED]

    def _inherit(self, line: Line, segment: Segment, loose: Sequence[Group]) -> list[Statement]:
        """Names that nothing here governs: of an open predicate, or of the clause before."""
        lexical = load_frames().words
        verbal = any(word in lexical.finite for word in segment.words[: loose[0].first])
        spoken = None
        taken = segment.opener != ";" and (not verbal or _is_copular(segment, loose[0]))
        if self._open is not None and taken:
            spoken, self._open = self._open, None
            if segment.opener in (":", "(", DASH) and spoken.announced:
                # What is listed at once is what was announced.
                spoken = spoken._replace(said=spoken.said._replace(sure=True))
            if spoken.said.match.entry is not None and spoken.said.match.entry.turns:
                opposite = OPPOSITE.get(spoken.said.polarity, spoken.said.polarity)
                spoken = spoken._replace(said=spoken.said._replace(polarity=opposite))
        elif self._last is not None and _echoes(segment):
            said = self._last.said
            same = said.polarity == "chosen" and segment.words[-1] != "not"
            spoken = self._last._replace(
                said=said._replace(
                    polarity=said.polarity if same else OPPOSITE.get(said.polarity, said.polarity)
                )
            )
        elif (
            self._last is not None
            and segment.opener in _GOES_ON
            and len(segment.words) - len(loose) <= _FRAGMENT
            and not any(word in lexical.finite for word in segment.words)
        ):
            spoken = self._last
            if segment.opener == "but" and spoken.said.polarity == "refused":
                spoken = spoken._replace(said=spoken.said._replace(polarity="chosen"))
        spoken = spoken or self._announced(segment, loose)
        if spoken is None:
            names = tuple(line.hits[segment.tokens[p]] for g in loose for p in g.positions)
            self._remember(names)
            for group in loose:
                if set_against(segment, group) is not None:
                    self._set_apart += [line.hits[segment.tokens[p]] for p in group.positions]
            return []
        self._last = spoken
        found = []
        for group in loose:
            polarity = spoken.said.polarity
            if set_against(segment, group) is not None:
                polarity = OPPOSITE.get(polarity, polarity)
            said = spoken.said._replace(polarity=polarity)
            found.append(self._say(line, segment, spoken._replace(said=said), [group]))
        return found

    def _announced(self, segment: Segment, loose: Sequence[Group]) -> _Spoken | None:
        """What 'our list:' and 'of the eight, two survive:' say of the names that follow."""
        names = sum(len(group.positions) for group in loose)
        if segment.opener == "," and loose[0].first > 1:
            return None
        opens = segment.opener in (":", DASH, "which", ",")
        if (
            not opens
            or self._voice == "other"
            or self._doubted
            or not (self._label or self._count == names)
        ):
            return None
        if any(
            m.entry is not None or m.name in ("past", "other", "doubt") for m in segment.matches
        ):
            return None
        said = Said(Match(0, 0, "announced", None), "chosen", "own", True)
        return _Spoken(said, tuple(segment.words[:_PREFIX]))

    def _refer(self, line: Line, segment: Segment, match: Match) -> list[Statement]:
        """A predicate without names of its own: of those before, or of those to come."""
        said = self._put(said_of(segment, match, None, self._voice))
        own = any(m.name == "own" for m in segment.matches) and said.voice == "own"
        spoken = _Spoken(said, _phrase(segment, match), own)
        recent = [named for named in self._recent if named.sentence >= self._sentence - _BACK]
        entry = entry_of(match)
        elided = entry.side != "object" or any(
            word in load_frames().words.be for word in segment.words[: match.start]
        )
        names, told = referred(segment, match, recent, sentence=self._sentence, elided=elided)
        if names:
            rest = [n for named in recent[-1:] for n in named.names if n not in names]
            if told and entry.polarity == "chosen":
                self._leave(line, spoken, rest)
            self._remember(names)
            if told and entry.side != "noun":
                spoken = spoken._replace(said=spoken.said._replace(sure=True))
            self._last = spoken
            return [_statement(line, spoken, names, referred=True)]
        if segment.words[0] in ("others", "the") and "others" in segment.words[:2]:
            # 'They' that comes after 'the others' is not what was named before.
            self._remember(())
            return []
        if self._open is None or (
            entry.polarity not in REPORTS and (spoken.said.sure or not self._open.said.sure)
        ):
            self._open = spoken
        return []


def _echoes(segment: Segment) -> bool:
    """Whether a clause only says 'a and b do', 'c is not'."""
    words = segment.words[segment.groups[-1].last + 1 :]
    return bool(words) and len(words) <= 2 and words[0] in load_frames().words.echoes


def _takes_up(words: Sequence[str]) -> bool:
    """Whether a sentence goes on with what the one before left open."""
    if words and words[0] in load_frames().words.takes_up:
        return True
    return tuple(words[:2]) in {("the", "answer"), ("the", "first"), ("the", "choice")}


def _spoken_by(segment: Segment, before: Voice) -> Voice:
    """Who speaks in a segment that names nobody: whoever spoke before, where it goes on."""
    marked = [match for match in segment.matches if match.name in ("own", "other")]
    if marked:
        return "own" if marked[0].name == "own" else "other"
    goes_on = segment.opener or segment.words[0] in ("it", "its", "they", "their", "he", "she")
    return before if goes_on else "own"


def _spread(segment: Segment, governed: dict[Said, list[Group]], loose: list[Group]) -> None:
    """Give a group that is set against the governed ones the opposite of what they get."""
    if not governed:
        return
    said = next(iter(governed))
    for group in tuple(loose):
        if set_against(segment, group) is not None:
            opposite = said._replace(polarity=OPPOSITE.get(said.polarity, said.polarity))
            governed.setdefault(opposite, []).append(group)
            loose.remove(group)


def _is_copular(segment: Segment, group: Group) -> bool:
    """Whether a group is what a pronoun is said to be: 'they are a and b'."""
    before = segment.words[: group.first]
    return len(before) <= 5 and any(word in load_frames().words.be for word in before)


def _speaks_alone(segment: Segment, match: Match, governed: bool) -> bool:
    """Whether a predicate that governs no name here speaks of names elsewhere."""
    entry = entry_of(match)
    if governed:
        # What is said before a colon or a bracket may still be waiting for its names.
        return entry.polarity == "chosen" and entry.sure and entry.side == "noun"
    if entry.polarity in (*REPORTS, "support") and segment.groups:
        return False
    words, lexical = segment.words, load_frames().words
    if entry.side == "object" and match.end + 1 < len(words):
        # 'Focuses on job creation' has its object, which is no sector.
        following = words[match.end + 1]
        if following not in lexical.stranded and following not in lexical.articles:
            return False
    return entry.sure or not segment.groups


def _phrase(segment: Segment, match: Match) -> tuple[str, ...]:
    return tuple(segment.words[max(0, match.start - _PREFIX) : match.end + 1])


def _statement(
    line: Line,
    spoken: _Spoken,
    names: Sequence[Name],
    *,
    open_: bool = False,
    referred: bool = False,
) -> Statement:
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
    )
