"""Money that a plan counts on and does not have, by its own table or sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, head_factor, money_words, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/unsecured.yaml``."""

    have: Wordings
    lack: Wordings
    gap: Wordings
    of_which: Wordings
    rests: Wordings
    further: Wordings
    asked: Wordings
    deal: Wordings
    submitted: Wordings
    expected: Wordings
    applied: Wordings
    done: Wordings
    own: Wordings
    total: Wordings
    unsure: Wordings
    of_sources: Wordings


_wordings = words_of("checks/unsecured", Words)
_SOURCES = 3
_FRONT = 600
"""Characters at the beginning of a text in which it says that it is a bid."""
_SCALES = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


class Options(Editable):
    """Fires where less than ``secured_below`` of the money is there and no ``fallback`` is told."""

    secured_below: float = Field(default=0.6, gt=0, le=1)
    money_at_least: float = Field(default=1e6, ge=0)
    told_at_least: float = Field(default=2e7, ge=0)
    """The same for a sum in a sentence: smaller ones are of a scheme, not of the plan."""
    fallback: tuple[PhraseText, ...] = ()
    """Words by which a text says what goes first, or what happens if the money does not come."""


class Held(Record, frozen=True):
    """What is counted on, what of it is there, and the place that says so.

    ``said`` is what a text says of it in words, where the sums do not.
    """

    wanted: float
    held: float
    sign: str
    spans: tuple[Span, ...]
    said: str = ""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    skip = ("contents", "references", "running_head", "heading", "footnote")
    if options.fallback and view.find(phrase_set(options.fallback), skip):
        return
    tabled = (*_tabled(view), *_by_source(view))
    found = [h for h in tabled if h.wanted >= options.money_at_least]
    found += [h for h in _told(view) if h.wanted >= options.told_at_least]
    found = [
        h for h in found if 0 <= h.held <= h.wanted and h.held < options.secured_below * h.wanted
    ]
    expected = next(_counted_on(view), None)
    if expected is not None:
        found.append(expected)
    if not found:
        return
    held = max(found, key=lambda h: h.wanted)
    lacking = f"{held.sign}{money_words(held.wanted - held.held)}"
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "said": held.said
            or (
                f"{lacking} of {held.sign}{money_words(held.wanted)} "
                f"({100 * (held.wanted - held.held) / held.wanted:.0f}%) is not secured"
                if held.held
                else f"none of {lacking} is secured"
            )
        },
        quotations=tuple(view.quote(*span) for span in held.spans[:4]),
        subject="money not in hand",
    )


def _counted_on(view: View) -> Iterator[Held]:
    """Money that a text counts on in so many words: 'our expected share of its successor'."""
    for index in view.holding(_wordings().expected):
        if view.setting(index) not in ("paragraph", "list_item", "table_row"):
            continue
        sentence = view.analysis.sentences[index]
        found = _wordings().expected.search(view.text(index))
        # Whether what is expected is money is told by a table of money in the document.
        if found and any(c.money for t in tables_of(view) for r in t.rows for c in r.cells):
            yield Held(
                wanted=0.0,
                held=0.0,
                sign="",
                spans=((sentence.start, sentence.end),),
                said=f"'{found.group().strip()}' is counted as money",
            )


def _tabled(view: View) -> Iterator[Held]:
    """Tables with a column of what is secured beside what is wanted, or of the gap."""
    for table in tables_of(view):
        rows = [row for row in table.rows if not row.total and not row.part]
        have = _columns(table, _wordings().have)
        # 'Output sought' is no money: its cells have no sign of it, nor has its head.
        lack = [
            n
            for n in _columns(table, _wordings().lack)
            if head_factor(table.heads[n]) is not None
            or _wordings().gap.search(table.heads[n])
            or any(_is_money(row, n) for row in rows)
        ]
        money = [
            n for n in range(1, len(table.heads)) if any(_of(row, n) is not None for row in rows)
        ]
        if not rows or not {*have, *lack} & set(money):
            continue
        totals = _columns(table, _wordings().total)
        others = [n for n in money if n not in have and n not in lack and n not in totals]
        # 'In hand' under no sign of money is in the unit of the column beside it.
        factor = next((f for n in others if (f := head_factor(table.heads[n]))), 1.0)
        plain = [n for n in (*have, *lack) if head_factor(table.heads[n]) is None]
        scale = {n: factor for n in plain if not any(_is_money(row, n) for row in rows)}
        if lack:
            lacking = _total(rows, lack, scale)
            wanted = lacking + _total(rows, [*others, *have], scale)
            held = wanted - lacking
        else:
            wanted, held = _total(rows, others[:1], scale), _total(rows, have, scale)
        blocks = view.document.blocks
        order = sorted(rows, key=lambda r: -_total([r], lack or others[:1], scale))
        yield Held(
            wanted=wanted,
            held=held,
            sign=next((s for s in "£€$" if s in " ".join(table.heads)), "")
            or next((s for s in "£€$" for r in rows for c in r.cells if s in c.text), ""),
            spans=tuple((blocks[r.block].start, blocks[r.block].end) for r in order),
        )


def _by_source(view: View) -> Iterator[Held]:
    """Tables of where the money comes from, with rows for what is bid for or hoped for."""
    blocks = view.document.blocks
    for table in tables_of(view):
        rows = [row for row in table.rows if not row.total and not row.part]
        sums = [
            (row, max((_of(row, n) or 0.0 for n in range(1, len(row.cells))), default=0.0))
            for row in rows
        ]
        wanted = sum(value for _, value in sums)
        unsure = [
            (row, value)
            for row, value in sums
            if value and _wordings().unsure.search(_words_of(row))
        ]
        title = blocks[rows[0].block].heading if rows else None
        titled = " ".join(
            (*table.heads, view.document.block_text(title) if title is not None else "")
        )
        if not unsure or not _wordings().of_sources.search(titled) or len(rows) < _SOURCES:
            continue
        yield Held(
            wanted=wanted,
            held=wanted - sum(value for _, value in unsure),
            sign=next((s for s in "£€$" if s in titled), "")
            or next((s for s in "£€$" for r in rows for c in r.cells if s in c.text), ""),
            spans=tuple((blocks[r.block].start, blocks[r.block].end) for r, _ in unsure),
        )


def _words_of(row: Row) -> str:
    return " ".join(cell.text for cell in row.cells)


def _columns(table: Table, pattern: re.Pattern[str]) -> list[int]:
    return [n for n, head in enumerate(table.heads) if n and pattern.search(head)]


def _of(row: Row, number: int) -> float | None:
    cell = row.cells[number] if number < len(row.cells) else None
    return cell.value if cell is not None and cell.value is not None and not cell.share else None


def _is_money(row: Row, number: int) -> bool:
    return number < len(row.cells) and row.cells[number].money


def _total(rows: Iterable[Row], columns: Iterable[int], scale: dict[int, float]) -> float:
    places = list(columns)
    return sum((_of(row, n) or 0.0) * scale.get(n, 1.0) for row in rows for n in places)


def _told(view: View) -> Iterator[Held]:
    """Sentences that say how much of a sum is there, or that all of it is asked of others."""
    bid = _wordings().submitted.search(view.document.text[:_FRONT]) is not None
    spent = 0.0
    for index in view.holding(
        _wordings().own,
        _wordings().of_which,
        _wordings().rests,
        _wordings().further,
        _wordings().asked,
        _wordings().deal,
    ):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        for held, span in _sums_of(text, bid, spent):
            span = (sentence.start + span[0], sentence.start + span[1])
            match = Match(start=span[0], end=span[1], sentence=index, phrase=text[:20])
            if not is_anothers(view, match):
                yield msgspec.structs.replace(held, spans=(span,))
        own = _wordings().own.search(text)
        spent = _pounds(own, "own") if own else spent


def _sums_of(text: str, bid: bool, before: float) -> Iterator[tuple[Held, Span]]:
    """What a sentence says of money: ``before`` is what the one before says is there."""
    for found in () if _wordings().applied.search(text) else _wordings().of_which.finditer(text):
        yield _held(found, _pounds(found, "all"), _pounds(found, "have")), found.span()
    for found in _wordings().rests.finditer(text):
        one, two = _pounds(found, "one"), _pounds(found, "two")
        yield _held(found, max(one, two), max(one, two) - min(one, two)), found.span()
    for found in _wordings().further.finditer(text):
        yield _held(found, _pounds(found, "more") + before, before), found.span()
    if _wordings().done.search(text):
        return
    asked = [*_wordings().asked.finditer(text), *(_wordings().deal.finditer(text) if bid else ())]
    for found in asked:
        held = _held(found, _pounds(found, "ask"), 0.0)
        said = f"all of {held.sign}{money_words(held.wanted)} is asked of others"
        yield msgspec.structs.replace(held, said=said), found.span()


def _held(found: re.Match[str], wanted: float, held: float) -> Held:
    sign = next(s for s in found.group() if s in "£€$")
    return Held(wanted=wanted, held=held, sign=sign, spans=())


def _pounds(found: re.Match[str], name: str) -> float:
    number = float(found.group(name).replace(",", ""))
    return number * _SCALES.get((found.group(f"{name}s") or "").casefold(), 1.0)


CHECK = Check(
    name="money-not-in-hand",
    level="document",
    options=Options,
    holes={"said": "£41 million of £62 million (66%) is not secured"},
    run=_run,
    doc="Money that a plan counts on, most of it not secured, with no word of what goes first.",
)
