"""A plan that says nowhere what is to come of it: no result with a figure to be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.aims import aimed_lines, tells_now_and_then
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import NO_PLACE, is_anothers, is_of_a_place
from stratlint.rules.view import Match, View
from stratlint.rules.wording import pages_of, too_short
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/targets.yaml``."""

    result: Wordings
    spent: Wordings
    earned: Wordings
    quantity: Wordings
    no_quantity: Wordings
    aim: Wordings
    pronoun: Wordings
    from_to: Wordings
    by: Wordings
    forecast: Wordings
    wanted: Wordings
    elsewhere: Wordings
    change: Wordings
    now: Wordings
    watched: Wordings
    hoped: Wordings


_wordings = words_of("checks/targets", Words)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-–/]\s?\d{2,4})?\b")
_CLAUSES = re.compile(r";(?![^(]*\))")


_LINE = 8
"""Words of a line that heads columns."""
_READ = ("paragraph", "list_item")


class Options(Editable):
    """Asked of texts of ``words_at_least``: a shorter one may leave its targets to another."""

    words_at_least: int = Field(default=20, ge=0)


class Target(Record, frozen=True):
    """A result that is to be reached: where it is said, and whether a year is."""

    span: Span
    dated: bool


def targets_in(view: View, sentences: Iterable[int]) -> tuple[Target, ...]:
    """Results with a figure that a text says it will reach: in some sentences, and in tables."""
    return (*_told(view, sentences), *_tabled(view), *_lined_up(view))


def _has_targets(view: View) -> bool:
    every = range(len(view.analysis.sentences))
    if any(True for _ in chain(_tabled(view), _lined_up(view), _told(view, every))):
        return True
    # What is set down as a target is one, whatever it counts.
    lines = (view.document.block_text(number) for number in aimed_lines(view))
    return any(map(tells_now_and_then, tables_of(view))) or any(
        _wordings().quantity.search(_wordings().no_quantity.sub(" ", line)) for line in lines
    )


def _told(view: View, sentences: Iterable[int]) -> Iterator[Target]:
    skip = ("contents", "references", "running_head", "quotation", "table_row")
    written = view.document.year or 0
    for index in sentences:
        if view.setting(index) in skip:
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        if not view.search(_wordings().quantity, index):
            continue
        # A result is named in the sentence itself, or in the one before that it speaks of.
        refers = index > 0 and _wordings().pronoun.match(text) is not None
        if not refers and index not in view.holding(_wordings().result):
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="target")
        aimed = _wordings().aim.search(_lead(view, index)) is not None
        before = f"{view.text(index - 1).rstrip('.')}, " if refers else ""
        for start, end in _clauses(text):
            clause = (before if not start else "") + text[start:end]
            if not _is_result(clause):
                continue
            ahead = any(
                int(found.group(1)) > written and _wordings().by.search(clause[: found.start()])
                for found in _YEAR.finditer(clause)
            )
            wanted = (
                aimed
                or ahead
                or any(
                    p.search(clause)
                    for p in (_wordings().aim, _wordings().change, _wordings().from_to)
                )
            )
            if not wanted or _wordings().forecast.search(clause):
                continue
            if not is_anothers(view, match):
                yield Target(span=(sentence.start + start, sentence.start + end), dated=ahead)


def _clauses(text: str) -> Iterator[Span]:
    """The parts of a sentence between its semicolons."""
    start = 0
    for found in _CLAUSES.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _lead(view: View, index: int) -> str:
    """What introduces a list item, or the title it stands under."""
    block = view.block(index)
    lead = block.lead_in if block.lead_in is not None else block.heading
    return view.document.block_text(lead) + ":" if lead is not None else ""


def _is_result(clause: str) -> bool:
    """Whether a clause gives a result a quantity; what a thing costs and years are none."""
    rest = _wordings().no_quantity.sub(" ", _YEAR.sub(" ", clause))
    if not _wordings().earned.search(rest):
        rest = _wordings().spent.sub(" ", rest)
    return (
        _wordings().result.search(rest) is not None
        and _wordings().quantity.search(rest) is not None
    )


def _tabled(view: View) -> Iterator[Target]:
    """Tables with a column of what is wanted, or of years to come, that holds figures."""
    written = view.document.year or 0
    for table in tables_of(view):
        dated = [
            n
            for n, head in enumerate(table.heads)
            if n and any(int(year) > written for year in _YEAR.findall(head))
        ]
        wanted = [n for n, head in enumerate(table.heads) if n and _wordings().wanted.search(head)]
        for number in {*dated, *wanted}:
            cells = [
                c for c in table.column(number) if c is not None and _counts(table, number, c.text)
            ]
            if cells:
                yield Target(span=(cells[0].start, cells[0].end), dated=number in dated)


def _lined_up(view: View) -> Iterator[Target]:
    """A short line 'Now   March 2021' over lines of figures that were read as no table."""
    written = view.document.year or 0
    for block in view.document.blocks:
        text = view.document.text[block.start : block.end]
        if ("20" not in text and "19" not in text) or len(text.split()) > _LINE:
            continue
        ahead = any(int(year) > written for year in _YEAR.findall(text))
        if ahead and _wordings().now.search(text):
            yield Target(span=(block.start, block.end), dated=True)


def _counts(table: Table, number: int, text: str) -> bool:
    """Whether a cell says how much of something: a date or a sum that is spent does not."""
    rest = _wordings().spent.sub(" ", _YEAR.sub(" ", text))
    money = _wordings().spent.search(f"{table.heads[number]}1") is not None
    return re.search(r"\d", rest) is not None and not money


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    if _has_targets(view) or _is_elsewhere(view):
        return
    nearest = next(_nearest(view), None)
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "pages": pages_of(view),
            "nearest": f"; the nearest is '{view.text(nearest)[:80].strip()}'" if nearest else "",
        },
        quotations=(view.quote_sentence(nearest),) if nearest is not None else (),
        subject="no target",
    )


def _is_elsewhere(view: View) -> bool:
    """Whether the text says that its targets stand in an annex or in another paper."""
    return any(
        view.setting(s) in _READ and _wordings().elsewhere.search(view.text(s))
        for s in view.holding(_wordings().elsewhere)
    )


def _nearest(view: View) -> Iterator[int]:
    for pattern in (_wordings().watched, _wordings().hoped):
        for index in view.holding(pattern):
            if view.setting(index) in _READ and pattern.search(view.text(index)):
                yield index


CHECK = Check(
    name="no-target",
    level="document",
    options=Options,
    holes={"pages": "12 pages", "nearest": "; the nearest is 'Progress will be reported'"},
    run=_run,
    about="document",
    doc="A plan of which no sentence or table says what result is to be reached.",
)
