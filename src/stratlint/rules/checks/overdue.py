"""What is still to come by a date that had passed when the text was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_WHEN = (
    r"(?:the )?(?:end of |start of |beginning of |early |late |mid-?|autumn |spring |summer |"
    r"winter |"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) |"
    r"financial year |q[1-4] )*(?P<year>(?:19|20)\d\d)\b(?![-–/]\d)"
)
_TO_COME = re.compile(
    rf"\b(?:will|shall|is to|are to|is due|are due|is expected to|are expected to)\b"
    rf"(?:[^.;:]{{0,90}}?\b(?:by|before|until)| (?:to |then )?(?:be \w+ed|open|begin|start|finish|"
    rf"report|"
    rf"close|follow) in) {_WHEN}|"
    rf"^\W*(?:by|until|before) {_WHEN.replace('year>', 'first>')}[^.;:]{{0,40}}"
    r"\b(?:will|shall|is to|are to)\b",
    re.IGNORECASE,
)
"""'Will open by spring 2019' in a plan of 2021."""
_WAS_TO = re.compile(
    rf"\b(?:(?:was|were) (?:to (?:be |have )?\w+|due)|(?P<fault>should have (?:been|had)))\b"
    rf"[^.;:]{{0,60}}?\b(?:by|in|before) {_WHEN}",
    re.IGNORECASE,
)
"""'Was to be appointed by autumn 2019': a fault only where the text goes on as if it stood."""
_PAST = re.compile(
    r"\b(?:target(?:s)? (?:was|were|set)|had (?:been|a|the)|strategy of|plan of|promised|missed|"
    r"did not|never|failed|instead|abandoned|dropped|forecast|in the event|delayed|slipped|"
    r"previous|"
    r"last (?:plan|strategy)|at the time|history|said in|wrote in|first (?:plan|strategy))\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:will|shall|follows?|opens?|is to|are to|next|calendar|timetable)\b", re.IGNORECASE
)


_WAITS = re.compile(
    r"\b(?:extended|postponed|put (?:off|back)|deferred|not yet|yet to|still (?:to|not|await\w*|"
    r"open)|"
    r"has not|have not|awaited|outstanding|re-?tendered|advertised (?:twice|again))\b",
    re.IGNORECASE,
)
"""What was to come and has not, told in the same breath: no new date is given."""
_STEPS = re.compile(
    r"\b(?:milestones?|actions?|measures?|indicators?|kpis?|deliverables?|outputs?|targets?|steps?|"
    r"tasks?|activit(?:y|ies)|projects?|schemes?)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"^(?:by(?: when)?|date|due(?: date)?|when|timing|deadline|completion|target date|complete by|"
    r"end date|finish)$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:done|achieved|delivered|met|finished|completed|in place|underway|ongoing|"
    r"open(?:ed)?)\b|✓",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:early|mid|late|end(?: of)?|spring|summer|autumn|winter|q[1-4]|[a-z]{3,9})[ -]*)?"
    r"(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Options(Editable):
    """No options: the text's own year decides."""


class Late(Record, frozen=True):
    """Something that should have come: in which words, by which year, and where."""

    words: str
    year: int
    span: Span


def _run(_options: Options, view: View, _world: World) -> Iterable[Hit]:
    written = view.document.year
    if written is None:
        return
    for late in (*_told(view, written), *_tabled(view, written)):
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": late.words, "date": str(late.year), "year": written},
            quotations=(view.quote(*late.span),),
            subject=view.document.text[slice(*late.span)],
        )


def _told(view: View, written: int) -> Iterator[Late]:
    for index in view.holding(_YEAR):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        if not any(int(year) < written for year in _YEAR.findall(text)):
            continue
        found = _TO_COME.search(text)
        waits = False
        if found is None:
            found = _WAS_TO.search(text)
            waits = found is not None and (
                found.group("fault") is not None or _WAITS.search(text, found.end()) is not None
            )
            around = " ".join(view.text(s) for s in view.around(index, "paragraph") if s != index)
            goes_on = not _PAST.search(around) and _FOLLOWS.search(around)
            if found is not None and not waits and not goes_on:
                continue
        if found is None or _year(found) >= written or (_PAST.search(text) and not waits):
            continue
        span = (sentence.start + found.start(), sentence.start + found.end())
        match = Match(start=span[0], end=span[1], sentence=index, phrase="overdue")
        if not is_anothers(view, match):
            yield Late(words=cut(text, 110), year=_year(found), span=span)


def _tabled(view: View, written: int) -> Iterator[Late]:
    """Steps of a table that were due before the text's year, among others that are to come."""
    for table in tables_of(view):
        place = next((n for n, head in enumerate(table.heads) if n and _DUE.match(head)), None)
        if place is None or not _STEPS.search(" ".join(table.heads[:2])):
            continue
        dates = [(row, _due(row, place)) for row in table.rows]
        ahead = sum(year is not None and year >= written for _, year in dates)
        behind = [(row, year) for row, year in dates if year is not None and year < written]
        # More behind than ahead is a report of what was done.
        if not behind or ahead <= len(behind):
            continue
        for row, year in behind:
            if not _is_told_done(table, row, place):
                words = f"{row.label}: {row.cells[place].text}"
                yield Late(words=cut(words, 110), year=year, span=row.span)


def _due(row: Row, place: int) -> int | None:
    """The year of a cell that holds a date and no more."""
    found = _DATE.fullmatch(row.cells[place].text.strip()) if place < len(row.cells) else None
    return int(found.group("year")) if found else None


def _is_told_done(table: Table, row: Row, place: int) -> bool:
    """Whether another column says that a step was taken; the label itself names the step."""
    others = [cell.text for n, cell in enumerate(row.cells) if n not in (0, place)]
    return table.heads[0] != "" and any(_DONE.search(text) for text in others)


def _year(found: re.Match[str]) -> int:
    """The year by which it is to come, wherever it stands."""
    return int(next(year for name, year in found.groupdict().items() if year and name != "fault"))


CHECK = Check(
    name="overdue",
    level="document",
    options=Options,
    holes={"words": "The board was to be appointed by autumn 2019", "date": "2019", "year": 2021},
    run=_run,
    doc="Something that is to come by a year that is before the text's own.",
)
