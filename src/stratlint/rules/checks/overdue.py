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
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/overdue.yaml``."""

    to_come: Wordings
    was_to: Wordings
    past: Wordings
    follows: Wordings
    waits: Wordings
    steps: Wordings
    due: Wordings
    done: Wordings
    date: Wordings


_wordings = words_of("checks/overdue", Words)


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
        found = _wordings().to_come.search(text)
        waits = False
        if found is None:
            found = _wordings().was_to.search(text)
            waits = found is not None and (
                found.group("fault") is not None
                or _wordings().waits.search(text, found.end()) is not None
            )
            around = " ".join(view.text(s) for s in view.around(index, "paragraph") if s != index)
            goes_on = not _wordings().past.search(around) and _wordings().follows.search(around)
            if found is not None and not waits and not goes_on:
                continue
        if (
            found is None
            or _year(found) >= written
            or (_wordings().past.search(text) and not waits)
        ):
            continue
        span = (sentence.start + found.start(), sentence.start + found.end())
        match = Match(start=span[0], end=span[1], sentence=index, phrase="overdue")
        if not is_anothers(view, match):
            yield Late(words=cut(text, 110), year=_year(found), span=span)


def _tabled(view: View, written: int) -> Iterator[Late]:
    """Steps of a table that were due before the text's year, among others that are to come."""
    for table in tables_of(view):
        place = next(
            (n for n, head in enumerate(table.heads) if n and _wordings().due.match(head)), None
        )
        if place is None or not _wordings().steps.search(" ".join(table.heads[:2])):
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
    found = (
        _wordings().date.fullmatch(row.cells[place].text.strip())
        if place < len(row.cells)
        else None
    )
    return int(found.group("year")) if found else None


def _is_told_done(table: Table, row: Row, place: int) -> bool:
    """Whether another column says that a step was taken; the label itself names the step."""
    others = [cell.text for n, cell in enumerate(row.cells) if n not in (0, place)]
    return table.heads[0] != "" and any(_wordings().done.search(text) for text in others)


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
