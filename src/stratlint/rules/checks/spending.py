"""Where a plan's money goes, by its own table: to what it chose, or to roads and buildings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Commitment, Role
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, money_words, tables_of
from stratlint.rules.view import View
from stratlint.rules.wording import listing
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/spending.yaml``."""

    works: Wordings
    sector: Wordings
    kind: Wordings
    sources: Wordings
    not_money: Wordings


_wordings = words_of("checks/spending", Words)
_NAMES = re.compile(r"\b(?:[A-Z]\w{2,}|\w*\d\w*|[a-z]{5,})\b")


_NO_ONES = frozenset({"digital_ict", "construction", "logistics", "rail"})
"""Sectors that the words of works name too: 'digital infrastructure', 'housing', 'rail'."""
_OWN = 2
"""Words of a row that a paragraph on a chosen sector shares, where the work is that sector's."""


class Options(Editable):
    """``works_at_least`` of the money is for works, in a table of so many rows."""

    works_at_least: float = Field(default=0.5, gt=0, le=1)
    sectors_at_most: float = Field(default=0.45, ge=0, le=1)
    """More of the money on rows that name a sector, and the choice shows in it."""
    rows_at_least: int = Field(default=4, ge=2)


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    if not view.analysis.priorities:
        return
    naming = view.sectors_by_block
    for table in tables_of(view):
        spent = _spent(table)
        if spent is None or len(spent) < options.rows_at_least:
            continue
        total = sum(value for _, value in spent)
        works, sectoral = [], []
        for row, value in spent:
            named = naming.get(row.block, set())
            built = (
                _wordings().works.search(" ".join(cell.text for cell in row.cells[:3])) is not None
            )
            if _wordings().sector.search(row.label) or (named - _NO_ONES if built else named):
                sectoral.append((row, value))
            elif built and not _serves_a_choice(view, row):
                works.append((row, value))
        on_works = sum(value for _, value in works)
        on_sectors = sum(value for _, value in sectoral)
        if not total or on_works < options.works_at_least * total:
            continue
        if on_sectors > options.sectors_at_most * total:
            continue
        works.sort(key=lambda pair: -pair[1])
        blocks = view.document.blocks
        shown = [row.block for row, _ in (*works[:2], *sectoral[:2])]
        unit = _currency(table)
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "works": f"{unit}{money_words(on_works)}",
                "total": f"{unit}{money_words(total)}",
                "share": f"{100 * on_works / total:.0f}%",
                "rows": listing(_short(row.label) for row, _ in works[:3]),
                "rest": f"{unit}{money_words(total - on_works)}",
            },
            quotations=tuple(view.quote(blocks[b].start, blocks[b].end) for b in shown),
            subject="money elsewhere",
            weight=total,
        )
        return


def _serves_a_choice(view: View, row: Row) -> bool:
    """Whether a paragraph on a chosen sector speaks of the work: a quay may be for one."""
    own = {word.casefold() for word in _NAMES.findall(row.label)}
    chosen = {priority.sector for priority in view.analysis.priorities}
    blocks = {
        m.block
        for m in view.analysis.mentions
        if m.block != row.block and (m.sector in chosen or m.commitment is Commitment.PRIORITY)
    }
    for block in blocks:
        if view.document.blocks[block].role is Role.TABLE_ROW:
            continue
        said = {word.casefold() for word in _NAMES.findall(view.document.block_text(block))}
        if len(own & said) >= _OWN:
            return True
    return False


def _spent(table: Table) -> list[tuple[Row, float]] | None:
    """The rows of a table of spending with what each gets; None where it is of something else."""
    heads = " | ".join(table.heads[:3])
    if _wordings().sources.search(
        table.heads[0] if table.heads else ""
    ) or not _wordings().kind.search(heads):
        return None
    best: list[tuple[Row, float]] = []
    for number in range(1, max((len(row.cells) for row in table.rows), default=0)):
        head = table.heads[number] if number < len(table.heads) else ""
        if _wordings().not_money.search(head):
            continue
        found = [
            (row, row.cells[number].value or 0.0)
            for row in table.rows
            if number < len(row.cells)
            and row.cells[number].value is not None
            and row.cells[number].money
            and not row.cells[number].share
            and not row.total
            and not row.part
        ]
        if sum(value for _, value in found) > sum(value for _, value in best):
            best = found
    return best or None


def _currency(table: Table) -> str:
    text = " ".join((*table.heads, *(c.text for row in table.rows for c in row.cells)))
    return next((sign for sign in "£€$" if sign in text), "")


def _short(label: str) -> str:
    words = label.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


CHECK = Check(
    name="money-elsewhere",
    level="document",
    options=Options,
    holes={
        "works": "£95.5 million",
        "total": "£155.5 million",
        "share": "61%",
        "rows": "Transport and Town centres and housing",
        "rest": "£60 million",
    },
    run=_run,
    doc="A table of spending most of which goes to works and not to what was chosen.",
)
