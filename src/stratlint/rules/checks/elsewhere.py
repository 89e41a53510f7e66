"""Jobs in a plan's own count that are made elsewhere, or by others with other money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.aims import under_titles
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.quoting import cut
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/elsewhere.yaml``."""

    counted: Wordings
    of_the: Wordings
    of_which: Wordings
    includes: Wordings
    beyond: Wordings
    others_doing: Wordings
    passing: Wordings
    left_out: Wordings
    gone: Wordings
    wanted: Wordings
    jobs: Wordings
    outward: Wordings
    at: ExactWordings
    name: ExactWordings
    to_be_at: ExactWordings
    money: Wordings
    none: Wordings
    targets: Wordings
    no_places: frozenset[str]
    figure: Wordings
    counts: ExactWordings
    parts: Wordings
    note: Wordings


_wordings = words_of("checks/elsewhere", Words)
_WORD = re.compile(r"[A-Z][a-z]+")
_FEW = 20
"""Jobs from which a part of a count is worth a word."""
_NOTES = 2
"""Blocks below a table that may be notes to it."""
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
    said: set[Span] = set()
    for found in (
        *_told(view),
        *_placed_out(view),
        *_noted(view),
        *_parted_rows(view),
        *_unpaid(options, view),
    ):
        if any(start < found.span[1] and found.span[0] < end for start, end in said):
            continue
        said.add(found.span)
        spans = [found.span, *([found.other] if found.other else [])]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": found.words, "why": found.why},
            quotations=tuple(view.quote(*span) for span in spans),
            subject=found.words,
        )


def _told(view: View) -> Iterator[Counted]:
    """Sentences that count jobs and say, there or in the next, whose they are or where."""
    sentences = view.analysis.sentences
    wanted = _under_targets(view)
    for index in view.holding(
        _wordings().counted, _wordings().includes, _wordings().of_the, _wordings().of_which
    ):
        sentence = sentences[index]
        if view.setting(index) not in ("paragraph", "list_item", "caption", "footnote"):
            continue
        text = view.text(index)
        if not _wordings().counts.search(text):
            continue
        last = min(len(sentences), index + _NEAR)
        near = " ".join(view.text(s) for s in range(index, last))
        before = view.text(index - 1) if index else ""
        counted = view.search(_wordings().counted, index) or view.search(
            _wordings().includes, index
        )
        parted = view.search(_wordings().of_the, index) or view.search(_wordings().of_which, index)
        if not (counted or parted):
            continue
        if _wordings().left_out.search(near):
            continue
        if counted and not _wordings().jobs.search(f"{before} {text}"):
            continue
        if not counted:
            if not (
                parted
                and (_wordings().jobs.search(f"{before} {near}") or _is_of_jobs(view, parted))
            ):
                continue
            # Residents who work elsewhere are no jobs that are promised; what others do is told so.
            promised = _wordings().wanted.search(f"{before} {text}") or index in wanted
            if not promised and (
                _wordings().gone.search(text)
                or not (_wordings().others_doing.search(near) or _wordings().passing.search(near))
            ):
                continue
        why = _not_its_own(f"{before} {near}" if counted else near) or _far(view, text)
        found = counted or parted
        if why is None or found is None:
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase=found.group())
        if not is_anothers(view, match):
            yield Counted(
                words=cut(text, 110),
                why=f"'{why}'",
                span=(sentence.start + found.start(), sentence.start + found.end()),
            )


def _not_its_own(text: str) -> str | None:
    """The words by which jobs are told to be elsewhere, others' or soon over."""
    for pattern in (_wordings().beyond, _wordings().others_doing, _wordings().passing):
        found = pattern.search(text)
        if found is not None:
            return " ".join(found.group().split())
    return None


def _far(view: View, text: str) -> str | None:
    """A place in a sentence that the text elsewhere tells to lie outside its area."""
    outside: frozenset[str] = view.remember("names outside", lambda: _outside(view))
    found = next((f for f in _wordings().at.finditer(text) if f.group(2) in outside), None)
    return " ".join(found.group().split()) if found is not None else None


def _outside(view: View) -> frozenset[str]:
    """Names in sentences that tell where residents go to work, or what lies beyond the boundary."""
    own = set(_WORD.findall(f"{view.document.title or ''} {view.region or ''}"))
    names = {
        name
        for index in view.holding(_wordings().outward)
        if view.setting(index) == "paragraph" and _wordings().outward.search(view.text(index))
        for name in _wordings().name.findall(view.text(index))
    }
    return frozenset(names - own - _wordings().no_places)


def _placed_out(view: View) -> Iterator[Counted]:
    """Jobs expected at a place outside, whose number is also a part of what is to be reached."""
    wanted = _under_targets(view)
    for index in view.holding(_wordings().to_be_at):
        sentence, text = view.analysis.sentences[index], view.text(index)
        found = _wordings().to_be_at.search(text) if view.setting(index) == "paragraph" else None
        why = _far(view, text) if found is not None else None
        if found is None or why is None or _wordings().left_out.search(text):
            continue
        if any(found.group("number") in view.text(s) for s in wanted if s != index):
            yield Counted(
                words=cut(text, 110),
                why=f"'{why}'",
                span=(sentence.start + found.start(), sentence.start + found.end()),
            )


def _under_targets(view: View) -> frozenset[int]:
    """Sentences under a heading that announces what is to be reached."""
    return view.remember(
        "under targets", lambda: under_titles(view, _wordings().targets, lead_ins=True)
    )


def _parted_rows(view: View) -> Iterator[Counted]:
    """A row "of which" under one of jobs to come, that tells of another place or others."""
    for table in tables_of(view):
        for before, row in zip(table.rows, table.rows[1:], strict=False):
            if not _wordings().parts.match(row.label):
                continue
            why = _not_its_own(row.label)
            jobs = _wordings().jobs.search(f"{before.label} {row.label} {' '.join(table.heads)}")
            last = row.cells[-1]
            if why is not None and jobs and last.value and last.value >= _FEW:
                yield Counted(
                    words=cut(f"{row.label}: {last.text}", 110), why=f"'{why}'", span=row.span
                )


def _noted(view: View) -> Iterator[Counted]:
    """A note under a table of jobs: a peak of workers, jobs that others pay for."""
    for table in tables_of(view):
        if not any(_wordings().jobs.search(head) for head in table.heads):
            continue
        last = table.rows[-1].block
        for index in range(last + 1, min(last + 1 + _NOTES, len(view.document.blocks))):
            for sentence in view.of_block(index):
                text = view.text(sentence)
                # A star at the head of a note makes a list item of it in some formats.
                note = view.setting(sentence) == "list_item" or _wordings().note.match(text)
                why = _not_its_own(text)
                if note and why is not None and not _wordings().left_out.search(text):
                    found = view.analysis.sentences[sentence]
                    yield Counted(
                        words=cut(text, 110), why=f"'{why}'", span=(found.start, found.end)
                    )


def _is_of_jobs(view: View, found: re.Match[str]) -> bool:
    """Whether the whole of which a part is told is a figure of jobs in a table: 'Of the 52,000'.

    It may be what two columns differ by: from 28,900 to 31,000, 'of the 2,100'.
    """
    whole = _wordings().figure.search(found.group())
    if whole is None:
        return False
    number = float(whole.group().replace(",", ""))
    for table in tables_of(view):
        for row in table.rows:
            values = [c.value for c in row.cells if c.value is not None]
            apart = values[-1] - values[0] if len(values) > 1 else None
            if (number in values or number == apart) and _wordings().jobs.search(row.label):
                return True
    return False


def _unpaid(options: Options, view: View) -> Iterator[Counted]:
    """Rows of a table of schemes that bring jobs and take none of its money."""
    for table in tables_of(view):
        jobs = [n for n, head in enumerate(table.heads) if n and _wordings().jobs.search(head)]
        money = [
            n
            for n, head in enumerate(table.heads)
            if n and n not in jobs and _wordings().money.search(head)
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
            bare = bool(places) and all(_wordings().none.fullmatch(text) for text in places)
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
