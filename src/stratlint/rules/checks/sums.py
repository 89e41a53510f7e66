"""Figures of a document that disagree with one another: totals, shares, rises, counts of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Role, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Cell, Row, Table, lined_of, sum_of, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/sums.yaml``."""

    no_sum: Wordings
    sums: Wordings
    round: Wordings
    change: Wordings
    announced: Wordings
    ours: Wordings
    among: Wordings
    sum: Wordings
    share: Wordings


_wordings = words_of("checks/sums", Words)
_EXACT = re.compile(r"[\d,.()£€$mbnk\s–−-]+|\d[\d,.]* \w+", re.IGNORECASE)
"""A number and no more: '4,860+' is none."""
_NUMBERS = {word: number for word, number in NUMBERS.items() if 2 <= number <= 12}
POINTS = 1.01
"""Percentage points by which a share may differ: what rounding both ways can do."""
_SELECTED = 0.2
"""Share of a total up to which rows may miss it and still be meant to make it: errors of adding up
that readers found were of 8 and 9 per cent, and a table of selected industries missed by 46."""
_EXACT_ROWS = 4
"""Rows that add up to the last figure, from which another that misses by little is wrong too."""
_TOTAL_LINE = re.compile(
    r"\W*(?:grand )?total\b[^\d£€$:]{0,40}:?\s*(?P<sum>[£€$]\s?\d[\d,]*(?:\.\d+)?\s?"
    r"(?:m|million|k|bn|billion)?)\W*$",
    re.IGNORECASE,
)
_NEARLY = 0.1
"""Share by which sums in running text may miss their total and still be meant to make it: more, and
some of them are something else."""
_BACK = 12
"""Blocks before a line with a total that may hold what it is the sum of."""
_PARTS = 4
"""Sums in those blocks from which they are the items of the total."""
_OFF_BY = 3
"""Items by which a list may miss its count and still be that list: more is another list."""


class Options(Editable):
    """``rows_at_least``: rows over a total; fewer are too few to tell a sum from something else."""

    rows_at_least: int = Field(default=3, ge=2)


class Fault(Record, frozen=True):
    """A figure that disagrees: what is said, what comes out, and where."""

    said: str
    reckoned: str
    span: Span
    others: tuple[Span, ...] = ()


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    faults = [
        *_totals(view, options.rows_at_least),
        *_shares(view),
        *_counts(view),
        *_twice(view),
    ]
    end = 0
    for fault in sorted(faults, key=lambda found: found.span):
        if fault.span[0] < end:
            continue
        end = fault.span[1]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"said": fault.said, "reckoned": fault.reckoned},
            quotations=tuple(view.quote(*span) for span in (fault.span, *fault.others)),
            subject=f"{fault.said} {fault.reckoned}",
        )


def _totals(view: View, rows_at_least: int) -> Iterator[Fault]:
    """Totals of tables, below the rows and at their end, that are not what stands there."""
    for table in (*tables_of(view), *lined_of(view)):
        if any(row.part for row in table.rows) or _said_rounded(view, table):
            continue
        last = [place for place, row in enumerate(table.rows) if row.total]
        # A second total may count the first: only a table with one can be reckoned.
        if len(last) == 1 and last[0] >= rows_at_least:
            # Lines may have been read without one of them: a small miss is no such gap.
            most = _SELECTED if view.document.blocks[table.rows[0].block].cells else _NEARLY
            yield from _below(table, table.rows[: last[0]], table.rows[last[0]], most)
        yield from _beside(table)
    yield from _told_totals(view)


def _told_totals(view: View) -> Iterator[Fault]:
    """A line 'Total action plan $34.0M' under actions each of which tells its cost."""
    blocks, text = view.document.blocks, view.document.text
    for index, block in enumerate(blocks):
        found = _TOTAL_LINE.match(text, block.start, block.end)
        if found is None or block.cells:
            continue
        scale = found.group("sum").lstrip("£€$ 0123456789.,").casefold()
        parts: list[str] = []
        for before in reversed(blocks[max(0, index - _BACK) : index]):
            body = text[before.start : before.end]
            if before.cells or "====" in body or _TOTAL_LINE.match(body):
                break
            parts += _wordings().sum.findall(body)
        same = all(p.lstrip("£€$ 0123456789.,").casefold() == scale for p in parts)
        said, reckoned = _plain(found.group("sum")), sum(map(_plain, parts))
        apart = abs(said - reckoned)
        if len(parts) >= _PARTS and scale and same and 0.05 < apart <= _NEARLY * said:
            yield Fault(
                said=" ".join(found.group().split()),
                reckoned=f"the {len(parts)} sums above come to {reckoned:,.1f}",
                span=(found.start("sum"), found.end("sum")),
            )


def _said_rounded(view: View, table: Table) -> bool:
    """Whether the text beside a table says that its figures need not add up."""
    first, last = table.rows[0].block, table.rows[-1].block
    near = view.document.blocks[max(0, first - 2) : last + 3]
    return any(_wordings().round.search(view.document.text[b.start : b.end]) for b in near)


def _below(table: Table, rows: tuple[Row, ...], total: Row, most: float) -> Iterator[Fault]:
    for number in range(1, len(total.cells)):
        head = table.heads[number] if number < len(table.heads) else ""
        said = total.cells[number]
        cells = [row.cells[number] if number < len(row.cells) else None for row in rows]
        numbers = [cell for cell in cells if cell is not None and cell.value is not None]
        if said.value is None or _wordings().no_sum.search(head) or len(numbers) < 3:
            continue
        if any(c.share for c in (*numbers, said)) or _open_ended(cells, said):
            continue
        slack = (sum(c.step for c in numbers) + said.step) / 2 + 1e-6
        # Rows that come to much less are a selection: 'selected industries' over 'all jobs'.
        if slack < abs(sum_of(cells) - said.value) <= most * abs(said.value):
            yield Fault(
                said=f"{total.label} {said.text}".strip(),
                reckoned=f"the {len(numbers)} rows above{_of(head)} come to "
                f"{_like(sum_of(cells), said)}",
                span=(said.start, said.end),
            )


def _open_ended(cells: list[Cell | None], said: Cell) -> bool:
    """Whether a cell holds words in place of its number, so that nobody can add up."""
    words = any(c is not None and c.value is None and c.text.strip("–—- ") for c in cells)
    return words or _EXACT.fullmatch(said.text) is None


def _beside(table: Table) -> Iterator[Fault]:
    """The last column of sums, where most rows bear out that it is one."""
    places = [n for n, head in enumerate(table.heads) if _wordings().sums.match(head)]
    if len(places) != 1:
        return
    number = places[0]
    wrong, near, right, exact = [], [], 0, 0
    for row in table.rows:
        if number >= len(row.cells) or row.cells[number].value is None:
            continue
        said = row.cells[number]
        before = [c for c in row.cells[1:number] if c.value is not None]
        if len(before) < 2 or any(c.share for c in (*before, said)):
            continue
        slack = (sum(c.step for c in before) + said.step) / 2 + 1e-6
        apart = abs(sum_of(before) - (said.value or 0.0))
        exact += apart < said.step / 2
        if apart > slack:
            wrong.append((row, said, sum_of(before)))
        else:
            right += 1
            near += [(row, said, sum_of(before))] if apart > said.step / 2 else []
    # Marks out of ten are not rounded: where all other rows are exact, so is this one.
    if len(near) == 1 and not wrong and exact >= _EXACT_ROWS:
        wrong, right = near, exact
    if right >= 2 and len(wrong) * 2 <= right:
        for row, said, reckoned in wrong:
            yield Fault(
                said=f"{row.label}, {table.heads[number]} {said.text}",
                reckoned=f"its row comes to {_like(reckoned, said)}",
                span=(said.start, said.end),
            )


def _of(head: str) -> str:
    return f" under '{head}'" if head else ""


def _like(value: float, said: Cell) -> str:
    """A number in the scale in which another is printed."""
    factor = (said.value or 0.0) / _plain(said.text) if _plain(said.text) else 1.0
    shown = value / (factor or 1.0)
    places = len(said.text.partition(".")[2].rstrip("mbnk) "))
    return f"{shown:,.{max(places, 0 if abs(shown - round(shown)) < 0.05 else 1)}f}"


def _plain(text: str) -> float:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return float(found.group().replace(",", "")) if found else 0.0


def _shares(view: View) -> Iterator[Fault]:
    """Shares and rises whose own two numbers give another."""
    for _, text, start in _own_sentences(view):
        for found in _wordings().share.finditer(text):
            part, whole = _plain(found.group("part")), _plain(found.group("whole"))
            said = float(found.group("share"))
            if part <= whole and whole and abs(100 * part / whole - said) > POINTS:
                yield Fault(
                    said=" ".join(found.group().split()),
                    reckoned=f"{found.group('part')} of {found.group('whole')} is "
                    f"{100 * part / whole:.0f}%",
                    span=(start + found.start(), start + found.end()),
                )
        for found in _wordings().change.finditer(text):
            a, b = _plain(found.group("a")), _plain(found.group("b"))
            same = (found.group("ua") or "").strip() == (found.group("ub") or "").strip()
            if not a or not (same or found.group("ua") is None):
                continue
            if not same:
                continue
            reckoned = 100 * abs(b - a) / a
            if abs(reckoned - float(found.group("share"))) > max(POINTS, reckoned / 20):
                yield Fault(
                    said=" ".join(found.group().split()),
                    reckoned=f"that is {reckoned:.0f}%",
                    span=(start + found.start(), start + found.end()),
                )


def _own_sentences(view: View) -> Iterator[tuple[int, str, int]]:
    for index, sentence in enumerate(view.analysis.sentences):
        if view.setting(index) in ("paragraph", "list_item"):
            yield index, view.document.text[sentence.start : sentence.end], sentence.start


def _counts(view: View) -> Iterator[Fault]:
    """Lists that hold more or fewer items than their lead-in counts."""
    blocks = view.document.blocks
    items: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.role is Role.LIST_ITEM and block.lead_in is not None:
            items.setdefault(block.lead_in, []).append(index)
    for lead, listed in items.items():
        text = view.document.text[blocks[lead].start : blocks[lead].end]
        found = _wordings().announced.search(text)
        top = min(blocks[index].level or 1 for index in listed)
        own = [index for index in listed if (blocks[index].level or 1) == top]
        if found is None or _wordings().among.search(found.group()):
            continue
        # A list that a page or a picture breaks is not whole.
        whole = listed == list(range(listed[0], listed[-1] + 1)) and listed[0] == lead + 1
        following = blocks[listed[-1] + 1] if listed[-1] + 1 < len(blocks) else None
        if following is not None and following.role is Role.LIST_ITEM:
            continue
        number = _NUMBERS[found.group("number").casefold()]
        # The lines of a page may run two items together, and never part one.
        if view.document.paged and len(own) < number:
            continue
        if whole and 0 < abs(number - len(own)) <= _OFF_BY and len(own) > 1:
            start = blocks[lead].start + found.start()
            yield Fault(
                said=f"{found.group('number')} {found.group('noun')}",
                reckoned=f"{len(own)} are listed",
                span=(start, blocks[lead].start + found.end()),
                others=((blocks[own[-1]].start, blocks[own[-1]].end),),
            )


def _twice(view: View) -> Iterator[Fault]:
    """One thing counted differently in two places: 'our four priorities', 'our five priorities'."""
    first: dict[str, tuple[int, str, Span]] = {}
    for index, text, start in _own_sentences(view):
        for found in _wordings().ours.finditer(text):
            span = (start + found.start(), start + found.end())
            match = Match(start=span[0], end=span[1], sentence=index, phrase=found.group())
            if is_anothers(view, match):
                continue
            noun = found.group("noun").casefold()
            number = _NUMBERS[found.group("number").casefold()]
            known = first.setdefault(noun, (number, found.group("number"), span))
            if known[0] != number:
                yield Fault(
                    said=found.group(),
                    reckoned=f"elsewhere they are {known[1].casefold()}",
                    span=span,
                    others=(known[2],),
                )


CHECK = Check(
    name="figures-disagree",
    level="document",
    options=Options,
    holes={"said": "Total 62.0", "reckoned": "the 5 rows above come to 61.0"},
    run=_run,
    doc="Totals, shares and counts of a document that its own figures contradict.",
)
