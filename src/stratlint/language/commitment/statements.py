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
from typing import TYPE_CHECKING

import msgspec

from stratlint.language.commitment.classes import with_classes
from stratlint.language.commitment.continuing import continued
from stratlint.language.commitment.doubled import affirmed
from stratlint.language.commitment.frames import load_frames
from stratlint.language.commitment.governing import WEAK
from stratlint.language.commitment.line import Line, read_line
from stratlint.language.commitment.paragraphs import BACK, Paragraph
from stratlint.language.commitment.references import FOLLOWS
from stratlint.language.commitment.saying import OPPOSITE
from stratlint.language.commitment.segments import Segment, segments
from stratlint.language.commitment.spoken import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.records import Span

__all__ = ["Statement", "Statements", "by_hit", "settled"]

_SUBJECT = 2
"""Words of a clause in which its subject begins."""
_SETTLES = ("refused", "demoted", "chosen", "hedged", "other", "past")
"""Of several sure statements of one mention the first of these counts."""


class Statements:
    """Reads the statements of a text. One per text; hits stand in order."""

    def __init__(self, text: str, hits: Sequence[Hit], own: frozenset[str] = frozenset()) -> None:
        self._text = text
        self._hits = hits
        self._ends = [hit.end for hit in hits]
        self._own = own
        self._lexicon = load_frames()
        self._lines: dict[Span, Line] = {}
        self._read: dict[Span, tuple[Line, list[Segment]]] = {}
        self._told: dict[tuple[Span, ...], tuple[Statement, ...]] = {}

    def of(self, spans: Sequence[Span]) -> tuple[Statement, ...]:
        """What the sentences of a paragraph say, in order.

        Those around mentions are asked for again where lists and headings are read.
        """
        key = tuple(spans)
        known = self._told.get(key)
        if known is None:
            known = self._told[key] = self._tell(spans)
        return known

    def _tell(self, spans: Sequence[Span]) -> tuple[Statement, ...]:
        named = [self._names_sector(start, end) for start, end in spans]
        if len(spans) == 1 and not named[0] and not self._predicates(*spans[0]):
            # Most headings: they name nothing, and nothing before them waits for names.
            return ()
        paragraph = Paragraph()
        found: list[Statement] = []
        read: list[tuple[Line, list[Segment]] | None] = []
        for number, (start, end) in enumerate(spans):
            near = named[max(0, number - BACK) : number + BACK + 1]
            if any(near) or number == len(spans) - 1:
                cut = self._cut(start, end)
                read.append(cut)
                said = paragraph.read(*cut)
                found += said if not cut[0].hits else affirmed(*cut, said) or said
            else:
                read.append(None)
                paragraph.skip()
        if any(named):
            found += continued(read, tuple(found))
            if len(spans) > 1:
                found = with_classes(read, found)
        if any(s.foreign for s in found) and self._speaks(spans, found):
            # 'The Borderlands partners prioritise a. This council prioritises b.'
            found = [
                msgspec.structs.replace(s, polarity="other", voice="other")
                if s.foreign and s.polarity == "chosen" and s.voice == "own"
                else s
                for s in found
            ]
        return tuple(found)

    def _speaks(self, spans: Sequence[Span], found: Sequence[Statement]) -> bool:
        """Whether the document's own body chooses or refuses, or is the subject of a sentence."""
        if any(s.frame == FOLLOWS for s in found):
            return False
        if any(
            s.polarity in OPPOSITE and s.voice == "own" and not s.foreign and s.sure for s in found
        ):
            return True
        return any(
            match.name == "own" and match.start <= _SUBJECT and segment.words[match.end] != "we"
            for span in spans
            for segment in self._cut(*span)[1]
            if segment.stranger < 0 and not any(m.name == "other" for m in segment.matches)
            for match in segment.matches
            if not segment.words[match.start].startswith("our")
        )

    def _names_sector(self, start: int, end: int) -> bool:
        at = bisect_right(self._ends, start)
        return at < len(self._hits) and self._hits[at].start < end

    def _cut(self, start: int, end: int) -> tuple[Line, list[Segment]]:
        """The words and clauses of a sentence, which several paragraphs may hold."""
        known = self._read.get((start, end))
        if known is None:
            line = self._line(start, end)
            known = line, segments(line, self._lexicon)
            self._read[start, end] = known
        return known

    def _line(self, start: int, end: int) -> Line:
        known = self._lines.get((start, end))
        if known is None:
            known = read_line(self._text, start, end, self._hits, self._ends, self._own)
            self._lines[start, end] = known
        return known

    def _predicates(self, start: int, end: int) -> bool:
        """Whether a frame stands in any clause of a sentence."""
        if not self._lexicon.may_find(self._line(start, end).words):
            return False
        cut = self._cut(start, end)[1]
        return any(match.entry is not None for segment in cut for match in segment.matches)


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
    sure = [s for s in statements if s.sure and s.polarity not in WEAK]
    if not sure:
        return None
    return min(sure, key=lambda s: _SETTLES.index(s.polarity))
