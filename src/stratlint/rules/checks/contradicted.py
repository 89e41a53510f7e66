"""What a text says of a trend, beside the rows of its own tables that say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, lined_of, tables_of
from stratlint.rules.claims.trends import WORDS, Trend, is_about, stems_of_label, trends_of
from stratlint.rules.claims.trends import wordings as trends_wordings
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.quoting import cut
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/contradicted.yaml``."""

    up: Wordings
    down: Wordings
    others: Wordings
    one_in: Wordings
    of_jobs: Wordings
    no_count: Wordings
    most: Wordings
    some: Wordings
    wider: Wordings
    kinds: frozenset[str]
    nation: Wordings
    size: Wordings
    no_size: Wordings


_wordings = words_of("checks/contradicted", Words)
_AFTER = 25
"""Letters behind a claim that may say of whom it is: 'growing market worldwide'."""
_NUMBERS = {word: number for word, number in NUMBERS.items() if 2 <= number <= 12}
_APART = 0.25
"""Share by which 'one in three' may miss: 'almost' and 'more than' cover less."""
_NEARLY = 1.03
"""Times by which another row is larger: less may be rounding or another year."""


class Options(Editable):
    """A row speaks against a trend where it differs by ``percent_at_least`` from first to last."""

    percent_at_least: float = Field(default=3.0, ge=0)


class Part(Record, frozen=True):
    """A row of a table of jobs with its share of the total."""

    label: str
    figures: str
    share: float
    stems: frozenset[str]
    span: Span


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    tables = [*tables_of(view), *lined_of(view)]
    trends = [t for table in tables for t in trends_of(view, table)]
    parts = [p for table in tables for p in _parts(table)]
    if not tables:
        return
    for index in view.holding(
        _wordings().up, _wordings().down, _wordings().one_in, _wordings().most
    ):
        sentence = view.analysis.sentences[index]
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        text = view.document.text[sentence.start : sentence.end]
        for start, end, sign in _claims(view, index, text):
            span = (sentence.start + start, sentence.start + end)
            if is_anothers(view, Match(start=span[0], end=span[1], sentence=index, phrase="")):
                continue
            about = [t for t in trends if is_about(view, index, _clause(text, start, end), t)]
            against = [t for t in about if -sign * t.change >= options.percent_at_least]
            if against and len(against) == len(about):
                yield _hit(view, span, against)
        yield from _fractions(view, index, text, parts)
        yield from _firsts(view, index, text, tables)


def _claims(view: View, index: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Where a sentence says that something grows (1) or falls (-1) here and until now."""
    for pattern, sign in ((_wordings().up, 1), (_wordings().down, -1)):
        found = pattern.search(text) if index in view.holding(pattern) else None
        if found is None:
            continue
        before = max(text.rfind(mark, 0, found.start()) for mark in ",;")
        near = re.split(r"[,;]", text[before + 1 : found.end() + _AFTER])[0]
        if not _wordings().others.search(near):
            yield found.start(), found.end(), sign


def _clause(text: str, start: int, end: int) -> str:
    """The clause of a claim: from the comma before it to the one after it."""
    before = max(text.rfind(mark, 0, start) for mark in ",;")
    after = min((p for p in (text.find(m, end) for m in ",;") if p >= 0), default=len(text))
    return text[before + 1 : after]


def _fractions(view: View, index: int, text: str, parts: list[Part]) -> Iterator[Hit]:
    """'Almost one job in three', where the table has 22 per cent."""
    found = _wordings().one_in.search(text) if index in view.holding(_wordings().one_in) else None
    if found is None or not _wordings().of_jobs.search(text):
        return
    said = found.group("number").casefold()
    part = NUMBERS[found.group("part").casefold()]
    share = part / (float(said) if said.isdigit() else _NUMBERS[said])
    # 'Food has one job in three', 'two jobs in five are in food'.
    before, clause = text[: found.start()], _clause(text, found.start(), found.end())
    about = [p for p in parts if p.stems & stems_of_label(before)]
    about = about or [p for p in parts if p.stems & stems_of_label(clause)]
    if share >= 1:
        return
    start = view.analysis.sentences[index].start
    if len(about) == 1 and abs(about[0].share - share) > _APART * share:
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "words": cut(view.text(index), 100),
                "row": about[0].label,
                "figures": f"{about[0].figures}, {100 * about[0].share:.0f}% of all",
            },
            quotations=(
                view.quote(start + found.start(), start + found.end()),
                view.quote(*about[0].span),
            ),
            subject=f"{about[0].label} {found.group('part').casefold()} in {said}",
        )


def _firsts(view: View, index: int, text: str, tables: list[Table]) -> Iterator[Hit]:
    """'The largest sector in our area', beside a table in which another one is larger."""
    found = _wordings().most.search(text) if index in view.holding(_wordings().most) else None
    start = view.analysis.sentences[index].start
    if found is None or _wordings().some.search(text[: found.start()]):
        return
    kind = (found.group("kind") or "").strip()
    if kind.casefold() not in _wordings().kinds:
        return
    span = (start + found.start(), start + found.end())
    if is_anothers(view, Match(start=span[0], end=span[1], sentence=index, phrase="")):
        return
    grows = "growing" in (found.group("what") or "").casefold()
    before = text[max(text.rfind(mark, 0, found.start()) for mark in ",;:") + 1 : found.start()]
    for table in tables:
        if _wordings().wider.search(found.group("where") or "") and not _of_areas(table):
            continue
        column = _compared(table, grows=grows)
        if column is None:
            continue
        rows = [
            (row, row.cells[column])
            for row in table.rows
            if column < len(row.cells)
            and row.cells[column].value is not None
            and not (row.total or row.part or _wordings().nation.search(row.label))
        ]
        own = [
            (row, cell) for row, cell in rows if is_about(view, index, before, _as_trend(view, row))
        ]
        # 'Care has overtaken food as the biggest employer': the first that is named is meant.
        own.sort(key=lambda pair: _named_at(before, pair[0]))
        if not own or (len(own) > 1 and _named_at(before, own[0][0]) == len(before)):
            continue
        row, cell = own[0]
        above = [
            other
            for other, figure in rows
            if _exceeds(figure.value, cell.value, grows=grows)
            # With a qualifier only what is ahead in every column is ahead for certain.
            and (not kind or grows or _ahead(other, row))
        ]
        if above:
            top = max(above, key=lambda other: other.cells[column].value or 0.0)
            yield Hit(
                document=view.source,
                region=view.region,
                holes={
                    "words": cut(view.text(index), 100),
                    "row": top.label,
                    "figures": f"{top.cells[column].text} and {row.label} {cell.text}",
                },
                quotations=(view.quote(*span), view.quote(*top.span), view.quote(*row.span)),
                subject=f"{row.label} {found.group('what') or 'most'}",
            )
            return


def _named_at(text: str, row: Row) -> int:
    """Where a text first has a telling word of a row's label; its length where it has none."""
    stems = stems_of_label(row.label)
    places = (m.start() for m in WORDS.finditer(text) if stems_of_label(m.group()) & stems)
    return min(places, default=len(text))


def _as_trend(view: View, row: Row) -> Trend:
    return Trend(
        label=row.label,
        first="",
        last="",
        change=0.0,
        stems=stems_of_label(row.label),
        sectors=frozenset(view.sectors_by_block.get(row.block, ())),
        span=row.span,
    )


def _exceeds(other: float | None, own: float | None, *, grows: bool) -> bool:
    """Whether another figure is larger for certain; growth is told to its last place."""
    if other is None or own is None:
        return False
    return other > own if grows else other > own * _NEARLY


def _ahead(other: Row, row: Row) -> bool:
    """Whether a row has no figure below that of another."""
    pairs = [
        (a.value, b.value)
        for a, b in zip(other.cells[1:], row.cells[1:], strict=False)
        if a.value is not None and b.value is not None
    ]
    return len(pairs) > 1 and all(a >= b for a, b in pairs)


def _compared(table: Table, *, grows: bool) -> int | None:
    """The column by which rows are ranked: of growth, or of jobs in the latest year."""
    if grows:
        return next(
            (
                n
                for n, head in enumerate(table.heads)
                if n and trends_wordings().change.search(head)
            ),
            None,
        )
    sizes = [
        n
        for n, head in enumerate(table.heads)
        if n and _wordings().size.search(head) and not _wordings().no_size.search(head)
    ]
    return sizes[-1] if sizes else None


def _of_areas(table: Table) -> bool:
    """Whether most rows of a table are places: two capitals and more in a label."""
    named = [row for row in table.rows if len(re.findall(r"\b[A-Z][a-z]+", row.label)) > 1]
    return 2 * len(named) > len(table.rows)


def _parts(table: Table) -> Iterator[Part]:
    """Rows of a table of jobs with a total, each with its share of it in the latest year."""
    totals = [row for row in table.rows if row.total]
    places = [
        n for n, head in enumerate(table.heads) if n and not _wordings().no_count.search(head)
    ]
    if len(totals) != 1:
        return
    for number in reversed(places):
        whole = totals[0].cells[number] if number < len(totals[0].cells) else None
        if whole is None or not whole.value or whole.share or whole.money:
            continue
        for row in table.rows:
            cell = row.cells[number] if number < len(row.cells) else None
            if cell is not None and cell.value and not row.total:
                yield Part(
                    label=row.label,
                    figures=f"{cell.text} of {whole.text}",
                    share=cell.value / whole.value,
                    stems=stems_of_label(row.label),
                    span=row.span,
                )
        return


def _hit(view: View, span: Span, against: list[Trend]) -> Hit:
    worst = against[0]
    sentence = view.sentence_at(span[0])
    words = view.text(sentence) if sentence is not None else ""
    return Hit(
        document=view.source,
        region=view.region,
        holes={
            "words": cut(words, 100),
            "row": worst.label,
            "figures": f"from {worst.first} to {worst.last}"
            if worst.first
            else f"{worst.last} over the years that it gives",
        },
        quotations=(view.quote(*span), *(view.quote(*t.span) for t in against[:2])),
        subject=f"{worst.label} {words[:60]}",
    )


CHECK = Check(
    name="trend-against-table",
    level="document",
    options=Options,
    holes={
        "words": "It has grown steadily in recent years",
        "row": "Food and drink",
        "figures": "from 10,150 to 9,380",
    },
    run=_run,
    doc="A sentence that says that something grows or falls, and a table of the same text in which "
    "it does the opposite.",
)
