"""Jobs in a plan's own count that are made elsewhere, or by others with other money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{2,}"
_COUNTED = re.compile(
    r"\b(?:included|counted|reckoned|taken|add(?:ed)?)\b[^.;]{0,40}\b(?:in|into|towards?|among|to)\b"
    r"[^.;]{0,40}\b(?:targets?|outcomes?|totals?|figures?|headline|aims?|ambition|count)\b|"
    r"\bcounts? (?:towards?|in) (?:our|the)\b[^.;]{0,20}\b(?:targets?|totals?|ambition)\b|"
    r"\b(?:targets?|totals?|figures?|ambition|aim) (?:includes?|counts?|takes? in)\b[^.;]{0,20}\d",
    re.IGNORECASE,
)
"""'Is included in our jobs target', 'the target includes 600 posts at …'."""
_OF_THE = re.compile(
    rf"\bof (?:the|these|our|those) (?:{_NUMBER})\b[^.;]{{0,40}}?,? (?:some |about |around |"
    rf"nearly |over )?(?:{_NUMBER}) (?:\w+ ){{0,3}}?(?:are|is|will|would|come|depend|"
    rf"rest|lie|stand)\b|\b(?:{_NUMBER}) of (?:the|these|our|those) (?:{_NUMBER}) "
    rf"(?:\w+ ){{0,2}}?(?:are|is|will|"
    rf"come|depend|rest|lie|stand)\b",
    re.IGNORECASE,
)
"""'Of the 6,000 jobs under T1, 2,400 are expected to come forward at …'."""
_OF_WHICH = re.compile(
    rf"\b(?:(?:{_NUMBER}) (?:\w+ ){{0,2}}?(?:jobs|posts|positions)|(?:jobs|posts)\b[^.;]{{0,20}}: "
    rf"(?:{_NUMBER}))\b[^.;]{{0,20}}, (?:of which|of them|and of these) (?:some |about |only )?"
    rf"(?:{_NUMBER})[^.;]{{0,60}}\b(?:in|at)\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"\b(?:across (?:the|our) (?:\w+ )?(?:boundary|border|county)|(?:immediately )?(?:outside|"
    r"beyond)"
    r"(?: the| our)? (?:area|county|district|region|boundary|borders?|sub-region)|neighbouring|"
    r"adjoining|adjacent|next (?:county|district|shire)|other side of|elsewhere|over the (?:border|"
    r"boundary|line)|already announced|announced by|proposed by|promised by|developer[’']?s?|"
    r"national decision|decision of|in favour of|another (?:county|region|shire|authority)|its "
    r"(?:works|plant|factory|yard) in)\b",
    re.IGNORECASE,
)
_JOBS = re.compile(r"\b(?:jobs?|posts|positions|employment)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[£€$]|\b(?:costs?|budget|funding|grant|deal|ask|public|private|investment|million|request)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:[–—-]|nil|none|0|n/?a|)", re.IGNORECASE)
_NEAR = 2
"""Sentences after a count that may say where the jobs are: a page may part them."""


class Options(Editable):
    """A row without money counts from ``share_at_least`` of the jobs of its table."""

    share_at_least: float = Field(default=0.1, ge=0, le=1)


class Counted(Record, frozen=True):
    """Jobs that are counted: the words that say so and where they stand."""

    words: str
    why: str
    span: Span
    other: Span | None = None


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    for found in (*_told(view), *_unpaid(options, view)):
        spans = [found.span, *([found.other] if found.other else [])]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": found.words, "why": found.why},
            quotations=tuple(view.quote(*span) for span in spans),
            subject=found.words,
        )


def _told(view: View) -> Iterator[Counted]:
    """Sentences that count jobs and say, there or in the next, that they are made elsewhere."""
    sentences = view.analysis.sentences
    for index, sentence in enumerate(sentences):
        if view.setting(index) not in ("paragraph", "list_item", "caption"):
            continue
        text = view.text(index)
        if not re.search(r"\d|\bcount|\bincluded|\btaken|\breckoned", text):
            continue
        # What follows may say where: 'Harrowden Gate, across the county boundary'.
        last = min(len(sentences), index + _NEAR)
        near = " ".join(view.text(s) for s in range(index, last))
        before = view.text(index - 1) if index else ""
        counted = _COUNTED.search(text)
        parted = _OF_THE.search(text) or _OF_WHICH.search(text)
        if counted and not _JOBS.search(f"{before} {text}"):
            continue
        if not counted and not (parted and (_JOBS.search(near) or _is_of_jobs(view, parted))):
            continue
        beyond = _BEYOND.search(f"{before} {near}" if counted else near)
        if beyond is None:
            continue
        found = counted or parted
        assert found is not None
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase=found.group())
        if not is_anothers(view, match):
            yield Counted(
                words=cut(text, 110),
                why=f"'{' '.join(beyond.group().split())}'",
                span=(sentence.start + found.start(), sentence.start + found.end()),
            )


def _is_of_jobs(view: View, found: re.Match[str]) -> bool:
    """Whether the whole of which a part is told is a figure of jobs in a table: 'Of the 52,000'."""
    whole = re.search(_NUMBER, found.group())
    return whole is not None and any(
        whole.group() in " ".join(c.text for c in row.cells) and _JOBS.search(row.label)
        for table in tables_of(view)
        for row in table.rows
    )


def _unpaid(options: Options, view: View) -> Iterator[Counted]:
    """Rows of a table of schemes that bring jobs and take none of its money."""
    for table in tables_of(view):
        jobs = [n for n, head in enumerate(table.heads) if n and _JOBS.search(head)]
        money = [
            n for n, head in enumerate(table.heads) if n and n not in jobs and _MONEY.search(head)
        ]
        if len(jobs) != 1 or not money or not _paid_rows(table, money):
            continue
        counts = [
            (row, row.cells[jobs[0]])
            for row in table.rows
            if not row.total and not row.part and jobs[0] < len(row.cells)
        ]
        whole = sum(cell.value or 0 for _, cell in counts)
        for row, cell in counts:
            places = [row.cells[n].text for n in money if n < len(row.cells)]
            bare = bool(places) and all(_NONE.fullmatch(text) for text in places)
            if bare and cell.value and cell.value >= options.share_at_least * whole:
                block = view.document.blocks[row.block]
                yield Counted(
                    words=f"{row.label}: {cell.text}",
                    why="none of the money in its table",
                    span=(block.start, block.end),
                )


def _paid_rows(table: Table, money: list[int]) -> bool:
    """Whether most of the other rows have a sum: else the column is no measure of anything."""
    sums = [
        any(n < len(row.cells) and row.cells[n].value is not None for n in money)
        for row in table.rows
    ]
    return sum(sums) * 2 > len(sums) >= 3


CHECK = Check(
    name="jobs-elsewhere",
    level="document",
    options=Options,
    holes={"words": "600 posts, included in our jobs target", "why": "'neighbouring'"},
    run=_run,
    doc="Jobs that a plan counts as its own, and that are made outside its area or by others.",
)
