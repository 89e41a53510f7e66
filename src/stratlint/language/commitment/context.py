"""What stands around a mention: its run of words, and what it inherits.

One record serves a passage of flat text and a block of a document, so that the classifier
learns from passages and reads documents.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

import msgspec

from stratlint.language.commitment.choices import Choice, find_choices
from stratlint.language.commitment.clauses import Unit, units, words
from stratlint.language.commitment.cues import SECTOR, CueHit, Cues
from stratlint.language.commitment.enumerations import Enumeration, enumerations
from stratlint.language.commitment.selections import Selection, find_selections
from stratlint.language.commitment.statements import Statement, Statements, by_hit
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_last = itemgetter(1)
_NO_GROUP = (sys.maxsize, sys.maxsize)
"""Behind the last name."""
_PARTNERSHIP = re.compile(r"[a-z]{1,6}[0-9]?lep")
"""A partnership by its abbreviation: a letter or more before 'LEP'."""
_GENERIC = frozenset(
    "council borough district city county metropolitan london united kingdom national england "
    "region north south east west northern southern eastern western royal unitary authority "
    "government department agency partnership upon with from local plan strategy".split()
)


CHAIN = 8
"""Most words between two names of one enumeration."""
LIST, SHORT_ITEM = 3, 12
"""Sectors that make a list one of sectors; words below which an item is little but a name."""


class Hit(Protocol):
    """What the sector matcher yields: a sector's name in the text."""

    @property
    def sector(self) -> str:
        """Sector id."""

    @property
    def start(self) -> int:
        """Offset of the name."""

    @property
    def end(self) -> int:
        """Offset past the name."""

    @property
    def term(self) -> str:
        """The taxonomy's label that matched."""

    @property
    def level(self) -> str:
        """Kind of label: label, alternative, conditional or acronym."""

    @property
    def probability(self) -> float:
        """How likely the name means an industry here."""


class Run(Record, frozen=True):
    """A unit's words with sectors masked, and what stands among them.

    ``sectors`` are the indexes of masked words, ``groups`` the enumeration of each.
    """

    words: tuple[str, ...] = ()
    sectors: tuple[int, ...] = ()
    cues: tuple[CueHit, ...] = ()
    choices: tuple[Choice, ...] = ()
    selections: tuple[Selection, ...] = ()
    groups: dict[int, Enumeration] = msgspec.field(default_factory=dict)


EMPTY = Run()


class MentionContext(Record, frozen=True):
    """A mention in its run, with what it inherits.

    ``target`` is the index of the masked word in ``run``; ``lead`` introduces the list,
    ``heading`` stands above, ``header`` heads the column, ``before`` is the run before it.
    ``siblings`` counts sectors named in the same list. Mentions with one ``group`` stand in one
    enumeration, of which one thing is said. ``said`` are the statements that govern the mention.
    """

    sector: str
    term: str
    run: Run
    target: int
    kind: str = ""
    lead: Run = EMPTY
    heading: Run = EMPTY
    header: Run = EMPTY
    before: Run = EMPTY
    item: bool = False
    is_heading: bool = False
    is_cell: bool = False
    siblings: int = 0
    group: tuple[int, int] = (0, 0)
    said: tuple[Statement, ...] = ()


class Reader:
    """Makes runs of a text: words, masks, cues. One per text; hits sorted by start."""

    def __init__(self, text: str, hits: Sequence[Hit], cues: Cues, own: frozenset[str]) -> None:
        self.text = text
        self._cues = cues
        self._own = own
        self._groups = _groups(hits)
        self._runs: dict[tuple[int, int], tuple[Run, dict[int, int]]] = {}

    def run(self, start: int, end: int) -> Run:
        """The run of a span of the text."""
        return self._read(start, end)[0]

    def count(self, start: int, end: int) -> int:
        """The sectors that a block names."""
        first = bisect_left(self._groups, (start, start))
        return bisect_left(self._groups, (end, end)) - first

    def target(self, start: int, end: int, hit: Hit) -> int | None:
        """The word index of a hit within the run of a span."""
        where = self._read(start, end)[1]
        at = bisect_right(self._groups, hit.start, key=_last)
        if at == len(self._groups) or self._groups[at][0] > hit.start:
            return None
        return where.get(self._groups[at][0])

    def _read(self, start: int, end: int) -> tuple[Run, dict[int, int]]:
        key = (start, end)
        if key not in self._runs:
            self._runs[key] = self._make(start, end)
        return self._runs[key]

    def _make(self, start: int, end: int) -> tuple[Run, dict[int, int]]:
        forms: list[str] = []
        where: dict[int, int] = {}
        # Groups do not overlap and stand in order, as the words do.
        at = bisect_right(self._groups, start, key=_last)
        first, last = self._groups[at] if at < len(self._groups) else _NO_GROUP
        for begin, stop, form in words(self.text, start, end, self._cues.words):
            while last <= begin:
                at += 1
                first, last = self._groups[at] if at < len(self._groups) else _NO_GROUP
            if first >= stop:
                forms.append(self._mask(form))
            elif first not in where:
                where[first] = len(forms)
                forms.append(SECTOR)
        sectors = tuple(where.values())
        run = Run(
            words=tuple(forms),
            sectors=sectors,
            cues=tuple(self._cues.find(forms)),
            choices=find_choices(forms, sectors),
            selections=find_selections(forms),
            groups=enumerations(forms, sectors),
        )
        return run, where

    def _mask(self, form: str) -> str:
        if form in self._own:
            return "PLACE"
        return "lep" if form.endswith("lep") and _PARTNERSHIP.fullmatch(form) else form


def group_of(
    run: Run, start: int, target: int, *, lead: int | None = None, siblings: int = 0
) -> tuple[int, int]:
    """The enumeration in which a mention stands: names with few words between them.

    ``start`` is the offset of its unit. Short items of a list of sectors (whose lead-in
    starts at ``lead``) are one enumeration.
    """
    if lead is not None and siblings >= LIST and len(run.words) < SHORT_ITEM:
        return lead, -1
    first = target
    for index in sorted(run.sectors, reverse=True):
        if index < first:
            between = run.words[index:first]
            if len(between) > CHAIN or ";" in between:
                break
            first = index
    return start, first


def own_words(*names: str | None) -> frozenset[str]:
    """The words by which a text names its own place."""
    return frozenset(
        w
        for name in names
        if name
        for w in re.findall(r"[a-z]{4,}", name.lower())
        if w not in _GENERIC
    )


def _groups(hits: Iterable[Hit]) -> tuple[tuple[int, int], ...]:
    """Spans of hits, overlapping ones merged: each becomes one masked word."""
    merged: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        if merged and hit.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return tuple(merged)


def flat_contexts(
    text: str, hits: Sequence[Hit], cues: Cues, *, place: str = "", kind: str = ""
) -> list[MentionContext]:
    """One context for each hit of a flat text, in the order of ``hits``."""
    reader = Reader(text, hits, cues, own_words(place))
    cut = units(text)
    starts = [unit.start for unit in cut]
    listed = _listed(cut, reader)
    statements = Statements(text, hits, own_words(place)).of([(u.start, u.end) for u in cut])
    said = by_hit(statements)
    found: list[MentionContext] = []
    for number, hit in enumerate(hits):
        index = max(0, bisect_right(starts, hit.start) - 1)
        unit = cut[index]
        lead = cut[unit.lead] if unit.lead is not None else None
        run = reader.run(unit.start, unit.end)
        target = reader.target(unit.start, unit.end, hit) or 0
        siblings = listed.get(unit.lead, 0) if unit.item else 0
        found.append(
            MentionContext(
                sector=hit.sector,
                term=hit.term,
                run=run,
                target=target,
                kind=kind,
                lead=reader.run(lead.start, lead.end) if lead else EMPTY,
                before=_neighbour(cut, index - 1, reader),
                item=unit.item,
                siblings=siblings,
                group=group_of(
                    run, unit.start, target, lead=lead.start if lead else None, siblings=siblings
                ),
                said=said.get(number, ()),
            )
        )
    return found


def _listed(cut: Sequence[Unit], reader: Reader) -> dict[int | None, int]:
    """Sectors named in the list under each lead-in."""
    counts: dict[int | None, int] = {}
    for unit in cut:
        if unit.item:
            named = len(reader.run(unit.start, unit.end).sectors)
            counts[unit.lead] = counts.get(unit.lead, 0) + named
    return counts


def _neighbour(cut: Sequence[Unit], index: int, reader: Reader) -> Run:
    if not 0 <= index < len(cut):
        return EMPTY
    return reader.run(cut[index].start, cut[index].end)
