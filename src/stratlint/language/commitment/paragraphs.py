"""The sentences of one paragraph in order: what each says, and what it says of those before."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from stratlint.language.commitment.constructions import aimed_at, announces, construed, counted
from stratlint.language.commitment.frames import Match, Polarity, load_frames
from stratlint.language.commitment.governing import REPORTS, WEAK, entry_of, governor, predicates
from stratlint.language.commitment.line import DASH, Line
from stratlint.language.commitment.references import Name, Named, of_class, ordinal, referred
from stratlint.language.commitment.saying import Said, Voice, said_of, set_against
from stratlint.language.commitment.segments import Group, Segment
from stratlint.language.commitment.spoken import (
    ASKED,
    PREFIX,
    Spoken,
    Statement,
    bracketed,
    echoes,
    is_copular,
    is_own_noun,
    names_of,
    phrase_of,
    renames,
    said_by,
    speaks_alone,
    spoken_by,
    spread,
    statement_of,
    takes_up,
    turned,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_REMEMBERED, BACK = 8, 2
"""Groups and sentences that pronouns look back."""
_FRAGMENT = 12
"""Words beside names in a fragment that takes up the predicate of the clause before."""
_MONEY = frozenset({"dedicates a measure", "gets money"})
"""Frames of a sum beside a name, which choose where the words around them give money away."""
_GOES_ON = frozenset({",", "but", "and", ";", "(", DASH, "then"})
"""Openers of a fragment that takes up the predicate of the clause before."""


class Paragraph:
    """Reads sentences one after the other, and keeps what later ones refer to."""

    def __init__(self) -> None:
        self._recent: list[Named] = []
        self._sentence = 0
        self._open: Spoken | None = None
        self._last: Spoken | None = None
        self._before: Spoken | None = None
        self._numbered = False
        self._voice: Voice = "own"
        self._head: Voice = "own"
        self._doubted = False
        self._set_apart: list[Name] = []
        self._asked: tuple[tuple[Name, ...], Spoken | None] | None = None
        self._left: list[Statement] = []
        self._why = False
        self._label = False
        self._count: int | None = None
        self._ranked: list[tuple[Name, ...]] = []
        self._aimed = self._labelled = self._label_only = self._funding = self._told = False
        self._series: Spoken | None = None
        self._noun: Spoken | None = None

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
        if self._open is not None and not takes_up(line.words):
            self._open = None
        self._before, self._last = self._last, None
        self._label, self._count = False, None
        self._doubted = line.asks
        # 'Goal 2.' is the label of the sentence behind it.
        self._aimed = self._aimed and self._label_only
        self._funding = self._told = False
        found: list[Statement] = []
        opened: list[Spoken | None] = []
        for segment in cut:
            if 0 <= segment.parent < len(opened):
                self._open = opened[segment.parent] or self._open
            if segment.opener not in (":", "(", DASH, ","):
                self._doubted = line.asks
            self._voice = spoken_by(segment, self._voice if segment.opener else self._head)
            if not segment.opener:
                self._head = self._voice
            if segment.words[-1] == ":" and any(m.name == "doubt" for m in segment.matches):
                self._doubted = True
            found += self._of_segment(line, segment)
            if any(m.name == "goal" and m.start <= 2 for m in segment.matches):
                self._aimed, self._labelled = True, not segment.groups
            opened.append(self._open)
        self._label_only = self._aimed and len(line.words) <= ASKED
        found += self._apart(found)
        found += self._left
        self._left = []
        if line.asks:
            self._ask(line, cut)
        if self._open is not None:
            found.append(statement_of(line, self._open, (), open_=True))
        return found

    def _answer(self, line: Line, cut: Sequence[Segment]) -> list[Statement] | None:
        """'Energy? No. Tourism? Yes.', 'Which sectors come first? Farming and tourism.'"""
        asked, self._asked = self._asked, None
        lexical = load_frames().words
        names = tuple(name for s in cut for name in names_of(line, s, s.groups))
        if line.asks:
            self._why = line.words[:2] != ["why", "not"] and line.words[0] == "why"
            waiting = self._open
            self._asked = (names, waiting if not names else None)
            return [] if names and not any(w in lexical.finite for w in line.words) else None
        if asked is None or not line.words:
            return None
        queried, waiting = asked
        if queried and self._why and line.words[0] == "because":
            said = said_by("answer")
            return [statement_of(line, Spoken(said, ("because",)), queried)]
        verdict = {"yes": "chosen", "no": "refused"}.get(line.words[0])
        if queried and verdict:
            said = said_by(verdict, cast("Polarity", verdict))
            return [statement_of(line, Spoken(said, (line.words[0],)), queried)]
        verbal = any(word in lexical.finite for word in line.words)
        if names and tuple(line.words[:3]) == ("the", "answer", "is"):
            said = said_by("answer", last=2)
            self._remember(names)
            return [statement_of(line, Spoken(said, ("the", "answer", "is")), names)]
        verbal = verbal and not (
            line.words[0] in ("it", "they", "these", "ours")
            and any(word in lexical.be for word in line.words[1:ASKED])
        )
        if waiting is not None and names and not verbal and "not" not in line.words:
            said = waiting.said._replace(polarity="chosen", voice="own", sure=True)
            self._remember(names)
            return [statement_of(line, waiting._replace(said=said), names)]
        return None

    def _ask(self, line: Line, cut: Sequence[Segment]) -> None:
        """Keep a question of the document's own that names no sector for its answer."""
        if self._asked is None or self._asked[0]:
            return
        waiting = self._open
        own = any(m.name == "own" for s in cut for m in s.matches)
        if waiting is None and (own or len(line.words) <= ASKED) and "you" not in line.words:
            said = said_by("answer")
            waiting = Spoken(said, tuple(line.words[:PREFIX]))
        self._asked = ((), waiting)

    def _of_segment(self, line: Line, segment: Segment) -> list[Statement]:
        frames = predicates(segment)
        governed: dict[Said, list[Group]] = {}
        loose: list[Group] = []
        for group in segment.groups:
            match = governor(segment, frames, group)
            weak = match is None or entry_of(match).polarity in WEAK
            aim = (
                aimed_at(segment, group, aimed=self._aimed, labelled=self._labelled)
                if weak
                else None
            )
            if aim is not None:
                governed.setdefault(self._put(aim), []).append(group)
                continue
            built = construed(segment, group, self._voice) if match is None else None
            if built is not None:
                governed.setdefault(self._put(built), []).append(group)
            elif match is None:
                loose.append(group)
            else:
                said = self._put(said_of(segment, match, group, self._voice))
                governed.setdefault(said, []).append(group)
        governed = self._funded(segment, governed)
        spread(segment, governed, loose)
        found = []
        for said, groups in governed.items():
            self._last = Spoken(said, phrase_of(segment, said.match))
            if is_own_noun(said):
                self._noun = self._last
            found.append(self._say(line, segment, self._last, groups))
        if loose:
            found += self._inherit(line, segment, loose)
        if segment.groups:
            self._rank(line, segment)
        else:
            self._lead_up(segment, frames)
        used = {said.match for said in governed}
        for match in frames:
            if match not in used and speaks_alone(segment, match, bool(governed)):
                found += self._refer(line, segment, match)
        return found

    def _lead_up(self, segment: Segment, frames: Sequence[Match]) -> None:
        """Keep what a clause without names counts or announces for those behind it."""
        if not frames:
            self._narrow(segment)
        self._count = counted(segment)
        self._label = segment.words[-1] == ":" and announces(segment)

    def _funded(
        self, segment: Segment, governed: dict[Said, list[Group]]
    ) -> dict[Said, list[Group]]:
        """Make sure what money is said to be for, where words around it give the money away."""
        if any(m.name == "purse" for m in segment.matches):
            self._funding = True
        if segment.words[-1] == ":" and not segment.groups:
            self._told = any(m.name in ("past", "other") for m in segment.matches)
        if self._told and segment.opener in (":", ";", ","):
            # What stands behind 'outturn by sector:' was paid.
            return {
                said._replace(polarity="past", sure=True)
                if said.match.name in _MONEY and said.polarity == "chosen"
                else said: groups
                for said, groups in governed.items()
            }
        self._funding = self._funding or any(
            said.match.name == "funds" and said.sure and said.polarity == "chosen"
            for said in governed
        )
        if not self._funding or any(m.name in ("other", "past") for m in segment.matches):
            return governed
        return {
            said._replace(sure=True)
            if said.match.name in _MONEY and said.polarity == "chosen"
            else said: groups
            for said, groups in governed.items()
        }

    def _rank(self, line: Line, segment: Segment) -> None:
        """Keep the names behind a label: 'Grow: a. Watch: b.' are of the first and second class."""
        if segment.opener == ":" and len(line.words) - len(segment.words) <= ASKED:
            self._ranked.append(names_of(line, segment, segment.groups))
        elif segment.opener == "":
            self._ranked = []

    def _narrow(self, segment: Segment) -> None:
        """Keep the part of a list that a clause goes on with: 'All save the last had room.'"""
        recent = [named for named in self._recent if named.sentence >= self._sentence - BACK]
        if not recent or any(m.name == "negators" for m in segment.matches):
            return
        part = ordinal(f" {' '.join(segment.words)} ", recent[-1].names)
        least = 1 if segment.words[0] == "it" else 2
        if part is not None and least <= len(part) < len(recent[-1].names):
            self._remember(part)

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
        self, line: Line, segment: Segment, spoken: Spoken, groups: Sequence[Group]
    ) -> Statement:
        names = names_of(line, segment, groups)
        part = ordinal(f" {' '.join(segment.words)} ", names) if len(names) > 1 else None
        if part is not None and spoken.said.match.start > groups[-1].last:
            # 'Of a, b and c only the first two are …'
            self._leave(line, spoken, [name for name in names if name not in part])
            names = part
            spoken = spoken._replace(said=spoken.said._replace(sure=True))
        self._remember(names, segment.tokens[groups[-1].last])
        return statement_of(line, spoken, names)

    def _leave(self, line: Line, spoken: Spoken, names: Sequence[Name]) -> None:
        """Refuse those of a list that its chosen part leaves: 'only the first two are adopted'."""
        said = spoken.said
        if names and said.polarity == "chosen" and said.voice in ("own", "adopted"):
            refused = spoken._replace(said=said._replace(polarity="refused"))
            self._left.append(statement_of(line, refused, names, referred=True))

    def _remember(self, names: tuple[Name, ...], last: int = -1) -> None:
        self._recent.append(Named(self._sentence, names, last))
        del self._recent[:-_REMEMBERED]

    def _inherit(self, line: Line, segment: Segment, loose: Sequence[Group]) -> list[Statement]:
        """Names that nothing here governs: of an open predicate, or of the clause before."""
        spoken = (
            self._taken_up(segment, loose)
            or self._announced(segment, loose)
            or self._but(line, segment)
        )
        if spoken is None:
            names = names_of(line, segment, loose)
            self._remember(names, segment.tokens[loose[-1].last])
            for group in loose:
                if set_against(segment, group) is not None:
                    self._set_apart += names_of(line, segment, [group])
            return []
        self._last = spoken
        found = []
        for group in loose:
            said = spoken.said
            if set_against(segment, group) is not None:
                said = turned(said)
            found.append(self._say(line, segment, spoken._replace(said=said), [group]))
        return found

    def _taken_up(self, segment: Segment, loose: Sequence[Group]) -> Spoken | None:
        """What an open predicate, or the clause before, says of names that nothing here governs."""
        lexical, last = load_frames().words, self._last
        verbal = any(word in lexical.finite for word in segment.words[: loose[0].first])
        taken = segment.opener != ";" and (not verbal or is_copular(segment, loose[0]))
        if self._before is not None and segment.words[:2] == ["the", "same"] and not segment.opener:
            # 'It is a priority. The same applies to a.'
            return self._before
        numbered, self._numbered = self._numbered, segment.words[-1] == "NUM"
        if numbered and self._series is not None and not verbal and not segment.opener:
            # One of several in a line: 'our sectors are: 1. A 2. B 3. C'.
            return self._series
        serial = segment.opener == "" and " ".join(segment.words[:2]) in lexical.goes_on
        if serial and self._series is not None:
            return self._series
        if self._open is None and self._noun is not None and renames(segment, loose[0]):
            # 'Engineering is none of our priorities; those are a and b.'
            said = self._noun.said._replace(polarity="chosen")
            return self._noun._replace(said=said)
        if self._open is not None and taken:
            spoken = self._opened(self._open, segment)
            serial = self._numbered or segment.words[0] in lexical.series
            self._series = spoken if serial else None
            return spoken
        if last is None:
            return None
        said = last.said
        if echoes(segment):
            same = said.polarity == "chosen" and segment.words[-1] != "not"
            return last if same else last._replace(said=turned(said))
        fragment = len(segment.words) - len(loose) <= _FRAGMENT
        verbal = any(word in lexical.finite for word in segment.words)
        if segment.opener not in _GOES_ON or not fragment or verbal:
            return None
        if segment.opener == "but" and said.polarity == "refused":
            return last._replace(said=said._replace(polarity="chosen"))
        return last

    def _opened(self, spoken: Spoken, segment: Segment) -> Spoken:
        """What an open predicate says of the names that follow it."""
        self._open = None
        if segment.opener in (":", "(", DASH) and spoken.announced:
            # What is listed at once is what was announced.
            spoken = spoken._replace(said=spoken.said._replace(sure=True))
        if spoken.said.match.entry is not None and spoken.said.match.entry.turns:
            spoken = spoken._replace(said=turned(spoken.said))
        return spoken

    def _but(self, line: Line, segment: Segment) -> Spoken | None:
        """'Not a, then, but b': a sentence without a verb chooses what it sets against another."""
        lexical = load_frames().words
        bare = not any(word in lexical.finite for word in line.words) and not self._doubted
        if segment.opener != "but" or not self._set_apart or not bare or self._voice == "other":
            return None
        if line.words[0] != "not" or segment.matches:
            return None
        return Spoken(said_by("contrast"), ("not", "but"))

    def _announced(self, segment: Segment, loose: Sequence[Group]) -> Spoken | None:
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
        said = said_by("announced")
        return Spoken(said, tuple(segment.words[:PREFIX]))

    def _refer(self, line: Line, segment: Segment, match: Match) -> list[Statement]:
        """A predicate without names of its own: of those before, or of those to come."""
        said = self._put(said_of(segment, match, None, self._voice))
        own = any(m.name == "own" for m in segment.matches) and said.voice == "own"
        spoken = Spoken(said, phrase_of(segment, match), own)
        recent = [named for named in self._recent if named.sentence >= self._sentence - BACK]
        entry = entry_of(match)
        elided = entry.side != "object" or any(
            word in load_frames().words.be for word in segment.words[: match.start]
        )
        added = entry.side == "noun" and segment.words[0] not in load_frames().words.finite
        if added and line.words[segment.tokens[0] - 1] == "and":
            # '…, and our target for 2030' is one more thing, not what was named before.
            elided = False
        elided = elided and not segment.labels
        names, told = referred(segment, match, recent, sentence=self._sentence, elided=elided)
        names = bracketed(line, segment) or names
        ranked = of_class(segment.words, self._ranked)
        if ranked is not None:
            names, told = ranked, False
        if names:
            rest = [n for named in recent[-1:] for n in named.names if n not in names]
            if told and entry.polarity == "chosen":
                self._leave(line, spoken, rest)
            self._remember(names)
            if told and entry.side != "noun":
                spoken = spoken._replace(said=spoken.said._replace(sure=True))
            self._last = spoken
            return [statement_of(line, spoken, names, referred=True)]
        if entry.where and segment.words[-1] != ":":
            if self._open is not None and self._open.said.polarity == "chosen":
                # 'There are two sectors to which we give attention. These are …'
                self._open = self._open._replace(said=self._open.said._replace(sure=True))
            return []
        if segment.words[0] in ("others", "the") and "others" in segment.words[:2]:
            # 'They' that comes after 'the others' is not what was named before.
            self._remember(())
            return []
        if self._open is None or (
            entry.polarity not in REPORTS
            and (
                spoken.said.sure or not self._open.said.sure or self._open.said.polarity in REPORTS
            )
        ):
            self._open = spoken
        return []
