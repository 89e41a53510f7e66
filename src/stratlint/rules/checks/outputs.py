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
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/outputs.yaml``."""

    jobs: Wordings
    ahead: Wordings
    whole: Wordings
    headline: Wordings
    theirs: Wordings
    old: ExactWordings
    to_have: ExactWordings
    outcome: Wordings
    goal: Wordings
    standing: ExactWordings
    column: Wordings
    scheme: Wordings
    stock: Wordings
    yearly: ExactWordings


_wordings = words_of("checks/outputs", Words)


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
    for index in view.holding(_wordings().jobs):
        if view.setting(index) not in ("paragraph", "list_item", "quotation"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        before = _lead(view, index)
        for found in _wordings().jobs.finditer(text):
            near = f"{before} {text}"
            if (
                not _wordings().ahead.search(near)
                or _wordings().theirs.search(text)
                or _wordings().yearly.search(text)
                or _is_over(view, text)
            ):
                continue
            just_before = text[max(0, found.start() - 30) : found.start()]
            standing = _wordings().old.search(just_before) or _wordings().standing.search(
                just_before
            )
            wanted = _wordings().to_have.search(text[: found.start()]) or _wordings().goal.search(
                just_before
            )
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
                whole=_wordings().whole.search(near) is not None or _is_headline(view, index),
            )


def _loose(view: View) -> Iterator[float]:
    """Jobs in cells of tables of schemes, and after 'Outcome', whatever words stand around."""
    for table in tables_of(view):
        if _wordings().stock.search(table.heads[0] if table.heads else ""):
            continue
        for row in () if any(_wordings().column.search(h) for h in table.heads) else table.rows:
            for cell in row.cells[1:]:
                yield from (_number(found) for found in _wordings().jobs.finditer(cell.text))
    for index in view.holding(_wordings().jobs):
        if index and (
            view.search(_wordings().outcome, index - 1)
            or _wordings().outcome.match(view.text(index))
        ):
            yield from (_number(found) for found in _wordings().jobs.finditer(view.text(index)))


def _number(found: re.Match[str]) -> float:
    number = float(found.group("number").replace(",", ""))
    return number * (1000 if found.group("thousand") else 1)


def _is_over(view: View, text: str) -> bool:
    """Whether the year by which jobs were to come is before the document's own."""
    years = [int(year) for year in re.findall(r"\bby ((?:19|20)\d\d)\b", text)]
    return bool(years) and max(years) < (view.document.year or 0)


def _is_headline(view: View, index: int) -> bool:
    heading = view.block(index).heading
    return (
        heading is not None
        and _wordings().headline.search(view.document.block_text(heading)) is not None
    )


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
        if not _wordings().scheme.search(" ".join(table.heads[:2])) or _wordings().stock.search(
            label
        ):
            continue
        for number, head in enumerate(table.heads):
            if number == 0 or not _wordings().column.search(head):
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
