"""A number of jobs that a plan aims at, beside what its own schemes are said to bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import sum_of, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

_JOBS = re.compile(
    r"(?<![\d.,£€$-])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<thousand>\s?k|\sthousand)?"
    r"(?P<kind>(?:\s(?!of\b|in\b|to\b|and\b|more than\b)[\w-]+){0,4}?)\s(?:jobs|posts|"
    r"job opportunities)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|offer|means creating|net new|aims?|aiming|ambitions?|targets?|goals?|"
    r"objectives?|vision|expect\w*|"
    r"plan(?:s|ned) to|"
    r"hopes?|by (?:19|20)\d\d|seeks? to|create|creating|creation of|deliver(?:ing)?|generat\w+|"
    r"bring(?:ing)?|"
    r"lead to|unlock\w*|support(?:ing)? \d)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:(?:the|this|our) (?:plan|strategy|deal|programme|growth deal|vision|ambition|goal|"
    r"target|"
    r"objective|overall|headline)|we (?:aim|want|will|shall|expect|intend|seek|plan|hope)|"
    r"our (?:aim|ambition|target|goal)|"
    r"(?:ambition|target|goal|aim|objective)s?(?: for (?:19|20)\d\d)? (?:is|are|of|to|for|include)|"
    r"in return we|(?:together|in all),? (?:the|these) (?:programmes|schemes|projects)|by (?:19|"
    r"20)\d\d)\b",
    re.IGNORECASE,
)
"""Words by which a sentence speaks of the plan as a whole and not of one of its schemes."""
_HEADLINE = re.compile(
    r"\b(?:ambitions?|vision|headline|(?:our|overall) (?:targets?|goals?|aims?)|outcomes?)\b",
    re.IGNORECASE,
)
"""Titles under which a number of jobs is that of the plan."""
_THEIRS = re.compile(
    r"\b(?:spatial strategy|local plan|core strategy|structure plan|draft \w+ (?:plan|strategy)|"
    r"(?:government['’]s|national) (?:plan|strategy|target|aim)|proposes|neighbouring|previous|"
    r"earlier|last|former|old|"
    r"loss(?:es)?|lost|lose|losing|disappear|at risk|automat\w+|forecasts?|since (?:19|20)\d\d|"
    r"(?:had|set) (?:a |the |its )?targets?|(?:19|20)\d\d (?:strategy|plan|programme) (?:had|aimed|"
    r"set|promised|was)|"
    r"construction jobs|city deal, signed|freeport|announce(?:d|s|ment)|according to|is said to|"
    r"(?:analysts?|commentators?|consultants?|critics?|developers?|economists?|experts?|observers?|"
    r"operators?|owners?|promoters?|some|the (?:company|firm|press|university)) "
    r"(?:has |have )?(?:say|says|said|believes?|claims?|claimed|estimates?|estimated|expects?|"
    r"hopes?|predicts?|predicted|promises?|promised|put|puts|reckons?|speaks?|thinks?))\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:was|were|had|has been|have been|created|supported|supports|employs?|employed|existing|"
    r"already)\b"
)
_TO_HAVE = re.compile(r"\b(?:to|will|shall) have\b")
_OUTCOME = re.compile(r"\W*(?:outcomes?|outputs?|results?|impact)\W*(?:$|[:.])", re.IGNORECASE)
"""What stands before the jobs of one scheme: 'Outcome. 150 research jobs.'"""
_GOAL = re.compile(
    r"\b(?:targets?|goals?|aims?|ambitions?|objectives?)(?: for (?:19|20)\d\d)? (?:is|are|of)\W*$",
    re.IGNORECASE,
)
"""What stands before a number of jobs that are wanted: 'the targets are'."""
_STANDING = re.compile(
    r"\b(?:has|have|had|with|are|is|of)(?: about| some| over| around| nearly)?\s*$"
)
"""What stands before a number of jobs that are there."""
_COLUMN = re.compile(r"\b(?:jobs|posts)\b", re.IGNORECASE)
_SCHEME = re.compile(
    r"\b(?:schemes?|projects?|programmes?|actions?|sites?|investments?|themes?|priorit(?:y|ies)|"
    r"interventions?|proposals?|measures?|strands?|lines?)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(?:sectors?|industr(?:y|ies)|activit(?:y|ies)|towns?|districts?|count(?:y|ies))\b",
    re.IGNORECASE,
)


class Options(Editable):
    """Fires on an aim of ``jobs_at_least`` where schemes bring less than ``share_below`` of it."""

    jobs_at_least: int = Field(default=1000, ge=1)
    share_below: float = Field(default=0.5, gt=0, le=1)


class Said(Record, frozen=True):
    """A number of jobs to come: how many, where, and whether the whole plan is to bring them."""

    number: float
    span: Span
    words: str
    whole: bool


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    said = list(_ahead(view))
    aims = [s for s in said if s.whole and s.number >= options.jobs_at_least]
    if not aims:
        return
    aim = max(aims, key=lambda s: s.number)
    listed = _listed(view)
    told = {s.number for s in said if not s.whole}
    loose = {n for n in _loose(view) if n < aim.number} - told
    # A number that is said twice is one; what is larger than the aim is of something else.
    parts = {s.number: s for s in said if not s.whole and s.number < aim.number}
    brought = sum(parts) + sum(loose)
    brought = max(listed[0], brought) if listed else brought
    if brought >= options.share_below * aim.number:
        return
    spans = [aim.span, *(listed[1] if listed else [s.span for s in parts.values()])]
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "words": aim.words,
            "aim": f"{aim.number:,.0f}",
            "brought": f"what its schemes are said to bring comes to {brought:,.0f}"
            f" ({100 * brought / aim.number:.0f}%)"
            if brought
            else "no scheme, action or table says how many of them it brings",
        },
        quotations=tuple(view.quote(*span) for span in spans[:4]),
        subject="jobs",
    )


def _ahead(view: View) -> Iterator[Said]:
    """Numbers of jobs that the document itself says will come."""
    for index in view.holding(_JOBS):
        if view.setting(index) not in ("paragraph", "list_item", "quotation"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        before = _lead(view, index)
        for found in _JOBS.finditer(text):
            near = f"{before} {text}"
            if (
                not _AHEAD.search(near)
                or _THEIRS.search(text)
                or re.search(r"a year|per year|annum", text)
                or _is_over(view, text)
            ):
                continue
            just_before = text[max(0, found.start() - 30) : found.start()]
            standing = _OLD.search(just_before) or _STANDING.search(just_before)
            wanted = _TO_HAVE.search(text[: found.start()]) or _GOAL.search(just_before)
            if standing and not wanted:
                continue
            start, end = sentence.start + found.start(), sentence.start + found.end()
            match = Match(start=start, end=end, sentence=index, phrase=found.group())
            if is_anothers(view, match):
                continue
            yield Said(
                number=_number(found),
                span=(start, end),
                words=" ".join(found.group().split()),
                whole=_WHOLE.search(near) is not None or _is_headline(view, index),
            )


def _loose(view: View) -> Iterator[float]:
    """Jobs in cells of tables of schemes, and after 'Outcome', whatever words stand around."""
    for table in tables_of(view):
        if _STOCK.search(table.heads[0] if table.heads else ""):
            continue
        for row in () if any(_COLUMN.search(h) for h in table.heads) else table.rows:
            for cell in row.cells[1:]:
                yield from (_number(found) for found in _JOBS.finditer(cell.text))
    for index in view.holding(_JOBS):
        if index and (view.search(_OUTCOME, index - 1) or _OUTCOME.match(view.text(index))):
            yield from (_number(found) for found in _JOBS.finditer(view.text(index)))


def _number(found: re.Match[str]) -> float:
    number = float(found.group("number").replace(",", ""))
    return number * (1000 if found.group("thousand") else 1)


def _is_over(view: View, text: str) -> bool:
    """Whether the year by which jobs were to come is before the document's own."""
    years = [int(year) for year in re.findall(r"\bby ((?:19|20)\d\d)\b", text)]
    return bool(years) and max(years) < (view.document.year or 0)


def _is_headline(view: View, index: int) -> bool:
    heading = view.block(index).heading
    return heading is not None and _HEADLINE.search(view.document.block_text(heading)) is not None


def _lead(view: View, index: int) -> str:
    """What introduces a list item."""
    lead = view.block(index).lead_in
    if lead is None or view.setting(index) != "list_item":
        return ""
    block = view.document.blocks[lead]
    return view.document.text[block.start : block.end]


def _listed(view: View) -> tuple[float, list[Span]] | None:
    """The jobs of the schemes in a table, and where its largest number stands."""
    found: list[tuple[float, list[Span]]] = []
    for table in tables_of(view):
        label = table.heads[0] if table.heads else ""
        if not _SCHEME.search(" ".join(table.heads[:2])) or _STOCK.search(label):
            continue
        for number, head in enumerate(table.heads):
            if number == 0 or not _COLUMN.search(head):
                continue
            cells = [
                cell
                for cell, row in zip(table.column(number), table.rows, strict=True)
                if cell is not None and cell.value is not None and not row.total
            ]
            if len(cells) > 1:
                largest = max(cells, key=lambda cell: cell.value or 0)
                found.append((sum_of(cells), [(largest.start, largest.end)]))
    return max(found, default=None, key=lambda sums: sums[0])


CHECK = Check(
    name="aim-beyond-schemes",
    level="document",
    options=Options,
    holes={
        "words": "50,000 new jobs",
        "aim": "50,000",
        "brought": "what its schemes are said to bring comes to 5,420 (11%)",
    },
    run=_run,
    doc="A number of jobs to come of which the plan's own schemes account for less than a part.",
)
