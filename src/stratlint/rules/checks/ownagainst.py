"""A chosen sector of which the document's own figures say that there is less of it here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Basis, Commitment, Priority, Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, lined_of, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/ownagainst.yaml``."""

    quotient: Wordings
    no_quotient: Wordings
    jobs: Wordings
    missing: Wordings
    growth: Wordings
    elsewhere: Wordings
    no_share: Wordings
    others: Wordings
    kinds: ExactWordings
    prose: Wordings


_wordings = words_of("checks/ownagainst", Words)
_HUNDRED = re.compile(r"=\s?100\b")
_RISE = 15.0
"""Per cent by which a sector that is small here must have grown for the figures to speak for it as
much as against it."""
_TINY = 0.005
"""Share of all jobs of a table below which a sector is next to nothing, whatever its trend."""
_SMALL = 0.01
"""The same for a sector that also shrinks."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TABLE = 5
"""Rows of a table of sectors from which a share of it says something."""
_PARTS = re.compile(r", | and |[ (]*[()]| & ")


_LABEL = 6
"""Words of a label that names a sector and no project of it."""


class Options(Editable):
    """Fires below ``less_than`` times the share elsewhere: what rounding does is no less."""

    less_than: float = Field(default=0.95, gt=0, le=1)


class Less(Record, frozen=True):
    """What the document prints of a sector: in which words, and where."""

    words: str
    span: Span


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    for priority in view.analysis.priorities:
        # A choice that the text also turns down, or that is no declared one, may be misread.
        mentions = view.mentions_by_sector.get(priority.sector, [])
        if priority.basis is not Basis.DECLARED_LIST or any(
            m.commitment is Commitment.NEGATED for m in mentions
        ):
            continue
        less = next(_printed(options, view, world, priority), None)
        if less is None:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={"sector": world.sector_name(priority.sector), "words": less.words},
            quotations=(*priority.evidence[:1], view.quote(*less.span)),
            subject=f"own figures {priority.sector}",
        )


def _printed(options: Options, view: View, world: World, priority: Priority) -> Iterator[Less]:
    names = _names(view, world, priority)
    blocks = {m.block for m in view.mentions_by_sector.get(priority.sector, [])}
    of_row = view.sectors_by_block
    chosen = [" ".join(q.text.casefold().split()) for q in priority.evidence]
    for table in (*tables_of(view), *lined_of(view)):
        single = [r for r in table.rows if of_row.get(r.block) == {priority.sector}]
        for row in table.rows:
            label = _plain(row.label)
            # 'Digital and AI' is one choice, in the words in which it was chosen.
            whole = row.block in blocks and any(label in text for text in chosen)
            # 'Life sciences and medical technology' where both words are of the one sector.
            named = of_row.get(row.block) == {priority.sector}
            one = named and any(part in names for part in map(_plain, _PARTS.split(row.label)))
            # The one row of a long table that is of the sector, whatever it is called there.
            only = (
                single == [row] and len(table.rows) >= _TABLE and len(row.label.split()) <= _LABEL
            )
            if not (label in names or whole or one or only):
                continue
            said = _of_row(options, table, row)
            if said is not None:
                yield Less(words=said, span=row.span)
    for mention in view.mentions_by_sector.get(priority.sector, []):
        sentence = view.analysis.sentences[mention.sentence]
        text = view.text(mention.sentence)
        found = _wordings().prose.search(text)
        if found is None or _wordings().others.search(text):
            continue
        if len({m.sector for m in view.analysis.mentions if m.sentence == mention.sentence}) > 1:
            continue
        match = Match(
            start=sentence.start, end=sentence.end, sentence=mention.sentence, phrase="quotient"
        )
        value = float(found.group("value"))
        if value < options.less_than and not is_anothers(view, match):
            yield Less(
                words=f"a location quotient of {found.group('value')}",
                span=(sentence.start, sentence.end),
            )


def _names(view: View, world: World, priority: Priority) -> frozenset[str]:
    """How the document and the taxonomy name a sector as a whole, in small letters.

    'Pharmaceutical wholesale' is a part of the life sciences, and its share another one.
    """
    entry = next(e for e in world.context.taxonomy.sectors if e.id == priority.sector)
    names = {entry.name, *_PARTS.split(entry.name)}
    for mention in view.mentions_by_sector.get(priority.sector, []):
        if mention.commitment.is_committed:
            names.add(view.document.text[mention.start : mention.end])
    return frozenset(_plain(name) for name in names if len(name) > 3)


def _plain(name: str) -> str:
    return _wordings().kinds.sub("", " ".join(name.casefold().split()))


def _of_row(options: Options, table: Table, row: Row) -> str | None:
    """What a row says against a choice: a quotient, two shares, next to no jobs, or no figure."""
    change = _change(table, row)
    if change is not None and change >= _RISE:
        return None
    for number, head in enumerate(table.heads):
        cell = row.cells[number] if 0 < number < len(row.cells) else None
        if cell is None or cell.value is None:
            continue
        if _wordings().quotient.search(head) and not _wordings().no_quotient.search(head):
            value = cell.value / (100 if _HUNDRED.search(head) else 1)
            if value < options.less_than:
                return f"a location quotient of {cell.text}"
        own = row.cells[number - 1] if number > 1 else None
        heads = f"{table.heads[number - 1]} {head}"
        if (
            own is not None
            and own.value is not None
            and cell.share
            and own.share
            and _wordings().elsewhere.search(head)
            and not _wordings().elsewhere.search(table.heads[number - 1])
            and not _wordings().no_share.search(heads)
            and own.value < options.less_than * cell.value
        ):
            return f"{own.text} against {cell.text} ({head})"
    return _next_to_none(table, row, change) or _no_figure(table, row)


def _change(table: Table, row: Row) -> float | None:
    """By how much per cent a row grew: by its own column, or between two years."""
    for number, head in enumerate(table.heads):
        cell = row.cells[number] if 0 < number < len(row.cells) else None
        if (
            cell is not None
            and cell.value is not None
            and _wordings().growth.search(head)
            and ("%" in cell.text or "%" in head or "per cent" in head)
        ):
            falls = cell.text.strip()[:1] in "-–−("
            return -abs(cell.value) if falls else abs(cell.value)
    years = [
        (int(found.group()), row.cells[number].value or 0.0)
        for number, head in enumerate(table.heads)
        if (found := _YEAR.search(head))
        and _wordings().jobs.search(head)
        and number < len(row.cells)
    ]
    first, last = (min(years), max(years)) if len(years) > 1 else ((0, 0.0), (0, 0.0))
    return 100 * (last[1] - first[1]) / first[1] if first[1] else None


def _next_to_none(table: Table, row: Row, change: float | None) -> str | None:
    """That a sector has next to none of the jobs of a table of sectors."""
    if len(table.rows) < _TABLE or row.total:
        return None
    for number, head in enumerate(table.heads):
        cell = row.cells[number] if 0 < number < len(row.cells) else None
        if (
            cell is None
            or not cell.value
            or cell.money
            or cell.share
            or not _wordings().jobs.search(head)
        ):
            continue
        column = [
            c.value
            for r, c in zip(table.rows, table.column(number), strict=True)
            if not r.total and not r.part and c is not None and c.value is not None
        ]
        share = cell.value / sum(column) if len(column) >= _TABLE else 1.0
        if share < _TINY or (share < _SMALL and change is not None and change < 0):
            part = f"{100 * share:.1f}%" if share >= _TINY / 5 else "less than 0.1%"
            shown = f"{cell.text} jobs, {part} of those in its table"
            return f"{shown}, and fewer than before" if change is not None and change < 0 else shown
    return None


def _no_figure(table: Table, row: Row) -> str | None:
    """That a table of figures by sector has none of this one."""
    cells = [cell for cell in row.cells[1:] if cell.text.strip("–—- ")]
    others = [r for r in table.rows if any(c.value is not None for c in r.cells[1:])]
    told = [cell.text for cell in cells if _wordings().missing.fullmatch(cell.text.strip())]
    if told and len(told) == len(cells) and len(others) >= _TABLE:
        return f"'{told[0]}' where its table has figures of {len(others)} other sectors"
    return None


CHECK = Check(
    name="own-figures-against",
    level="document",
    options=Options,
    holes={"sector": "Tourism", "words": "a location quotient of 0.8"},
    run=_run,
    doc="A priority of which the document's own table or text speaks against it.",
)
