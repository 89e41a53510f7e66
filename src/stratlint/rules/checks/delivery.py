"""Tables of actions in which nobody answers, nothing has a date or nothing has money."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.answers import stems_of
from stratlint.rules.claims.tables import Cell, Row, Table, tables_of
from stratlint.rules.view import View
from stratlint.rules.wording import count, listing
from stratlint.rules.world import World
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/delivery.yaml``."""

    action: Wordings
    owner: Wordings
    when: Wordings
    money: Wordings
    sum: ExactWordings
    paid: Wordings
    nobody: Wordings
    no_date: Wordings
    milestone: Wordings


_wordings = words_of("checks/delivery", Words)
_WORD = re.compile(r"[^\W\d_]{4,}")
_FRAGMENT = 4
"""Words of a sentence that is a sum and no more: '£14.0m.' at the end of an item."""
_STATED = 1
"""Telling words of an action that a sentence with a sum has to share, for the sum to be its own."""


class Options(Editable):
    """A table of at least ``rows_at_least`` actions; shares are of its rows."""

    rows_at_least: int = Field(default=4, ge=2)
    without_owner: float = Field(default=0.2, ge=0, le=1)
    without_date: float = Field(default=0.5, ge=0, le=1)
    with_money_below: float = Field(default=0.25, ge=0, le=1)
    """Share of the actions that have a sum, in the table or in a sentence about them."""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    for table in _together(tables_of(view)):
        owner, when = _place(table, _wordings().owner), _place(table, _wordings().when)
        if len(table.rows) < options.rows_at_least or _place(table, _wordings().action) is None:
            continue
        if owner is None and when is None:
            continue
        faults, cells = [], []
        nobody = _empty(table, owner, _wordings().nobody)
        if len(nobody) >= max(2, options.without_owner * len(table.rows)):
            faults.append(f"{_of(nobody, table)} {_have(nobody)} no one to answer{_words(nobody)}")
            cells += nobody[:2]
        undated = _empty(table, when, _wordings().no_date)
        if len(undated) >= max(2, options.without_date * len(table.rows)):
            faults.append(f"{_of(undated, table)} {_have(undated)} no date{_words(undated)}")
            cells += undated[:2]
        funded = _funded(view, table)
        if funded is not None and funded < options.with_money_below * len(table.rows):
            few = "none has" if not funded else f"only {funded} {'has' if funded == 1 else 'have'}"
            faults.append(f"{few} a sum beside it or in the text")
        if not faults:
            continue
        first = view.document.blocks[table.rows[0].block]
        spans = [(c.start, c.end) for c in cells if c.text] or [(first.start, first.end)]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "actions": count(len(table.rows), "action"),
                "faults": listing(faults),
                "heads": ", ".join(head for head in table.heads if head),
            },
            quotations=tuple(view.quote(*span) for span in spans),
            subject=" ".join(table.heads),
            weight=len(table.rows),
        )


def _together(tables: Iterable[Table]) -> list[Table]:
    """Tables of the same columns as one: a table of each chapter, or one that a page breaks."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for table in tables:
        if table.heads:
            found.setdefault(table.heads, []).extend(table.rows)
    return [Table(heads=heads, rows=tuple(rows)) for heads, rows in found.items()]


def _place(table: Table, pattern: re.Pattern[str]) -> int | None:
    """The column whose head fits."""
    return next((n for n, head in enumerate(table.heads) if pattern.search(head)), None)


def _empty(table: Table, place: int | None, pattern: re.Pattern[str]) -> list[Cell]:
    """Cells of a column that say nothing."""
    if place is None:
        return []
    cells = [cell for cell in table.column(place) if cell is not None]
    return [cell for cell in cells if pattern.fullmatch(cell.text)]


def _of(cells: list[Cell], table: Table) -> str:
    return "all" if len(cells) == len(table.rows) else f"{len(cells)} of them"


def _have(cells: list[Cell]) -> str:
    return "has" if len(cells) == 1 else "have"


def _words(cells: list[Cell]) -> str:
    """What stands there instead, each word once: " ('Ongoing', 'Short')"."""
    said = list(dict.fromkeys(cell.text for cell in cells if cell.text.strip("–—- ")))[:3]
    return f" ({', '.join(repr(word) for word in said)})" if said else ""


def _funded(view: View, table: Table) -> int | None:
    """How many actions have a sum; None where the table has a column for it, or tells steps."""
    if _place(table, _wordings().money) is not None or _wordings().milestone.search(
        " ".join(table.heads[:2])
    ):
        return None
    with_sum = view.remember("sums to be spent", lambda: _with_sums(view))
    paid = view.remember("rows with sums", lambda: _paid_labels(view))
    own = {row.block for row in table.rows}
    told = [s for s in with_sum if view.analysis.sentences[s].block not in own]
    found = 0
    for row in table.rows:
        block = view.document.blocks[row.block]
        text = view.document.text[block.start : block.end]
        first = view.sentence_at(block.start)
        stems = stems_of(view, first) if first is not None else frozenset[str]()
        answered = any(len(stems & stems_of(view, s)) >= _STATED for s in told)
        # Its sum may stand in a table of money, under the same name.
        label = _words_of(row)
        answered = answered or any(
            2 * len(label & other) >= len(label) for at, other in paid if at not in own and label
        )
        found += _wordings().sum.search(text) is not None or answered
    return found


def _words_of(row: Row) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(row.label))


def _paid_labels(view: View) -> tuple[tuple[int, frozenset[str]], ...]:
    """The rows of tables that have a sum: where each stands, and its words."""
    return tuple(
        (row.block, _words_of(row))
        for table in tables_of(view)
        for row in table.rows
        if any(cell.money for cell in row.cells)
    )


def _with_sums(view: View) -> tuple[int, ...]:
    """Sentences with a sum to be spent; of an item that ends in its sum, all of them."""
    found: list[int] = []
    for index in view.holding(_wordings().sum):
        text = view.text(index)
        if not _wordings().sum.search(text):
            continue
        if len(text.split()) <= _FRAGMENT or view.setting(index) == "list_item":
            found += view.of_block(view.analysis.sentences[index].block)
        elif _wordings().paid.search(text):
            found.append(index)
    return tuple(dict.fromkeys(found))


CHECK = Check(
    name="bare-actions",
    level="document",
    options=Options,
    holes={
        "actions": "12 actions",
        "faults": "all have no date ('Ongoing')",
        "heads": "Action, Lead, When",
    },
    run=_run,
    doc="Tables of actions whose cells name nobody, no date, or no money.",
)
