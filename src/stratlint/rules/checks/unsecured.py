"""Money that a plan counts on and does not have, by its own table or sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, head_factor, money_words, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set

_HAVE = re.compile(
    r"\b(?:secured|in hand|confirmed|agreed|approved|in place|already (?:held|agreed))\b",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"\b(?:gap|shortfall|unfunded|unsecured|not (?:yet )?secured|to be (?:found|raised|secured|"
    r"sought)|sought|"
    r"still (?:to find|needed)|outstanding bids?)\b",
    re.IGNORECASE,
)
_SUM = r"[£€$]\s?(?P<{0}>\d[\d,]*(?:\.\d+)?)\s?(?P<{0}s>m|bn|million|billion|k)?\b"
_OF_WHICH = re.compile(
    _SUM.format("all")
    + r"[^.;£€$]{0,60},? (?:of which|and of (?:this|these|it),?|of it,?) (?:only |just |about |"
    r"some )?"
    + _SUM.format("have")
    + r"[^.;£€$]{0,40}\b(?:secured|in hand|confirmed|agreed|approved|already in|found|committed)\b",
    re.IGNORECASE,
)
"""'£68.5m, of which £31m is already in the approved programme'."""
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
    """What is counted on, what of it is there, and the place that says so."""

    wanted: float
    held: float
    sign: str
    spans: tuple[Span, ...]


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    skip = ("contents", "references", "running_head", "heading", "footnote")
    if options.fallback and view.find(phrase_set(options.fallback), skip):
        return
    found = [h for h in _tabled(view) if h.wanted >= options.money_at_least]
    found += [h for h in _told(view) if h.wanted >= options.told_at_least]
    found = [h for h in found if 0 <= h.held <= h.wanted]
    if not found:
        return
    held = max(found, key=lambda h: h.wanted)
    if held.held >= options.secured_below * held.wanted:
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "wanted": f"{held.sign}{money_words(held.wanted)}",
            "lacking": f"{held.sign}{money_words(held.wanted - held.held)}",
            "share": f"{100 * (held.wanted - held.held) / held.wanted:.0f}%",
        },
        quotations=tuple(view.quote(*span) for span in held.spans[:4]),
        subject="money not in hand",
    )


def _tabled(view: View) -> Iterator[Held]:
    """Tables with a column of what is secured beside what is wanted, or of the gap."""
    for table in tables_of(view):
        have, lack = _columns(table, _HAVE), _columns(table, _LACK)
        rows = [row for row in table.rows if not row.total and not row.part]
        money = [
            n for n in range(1, len(table.heads)) if any(_of(row, n) is not None for row in rows)
        ]
        if not rows or not {*have, *lack} & set(money):
            continue
        others = [n for n in money if n not in have and n not in lack]
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
    """Sentences that say how much of a sum is there."""
    for index, sentence in enumerate(view.analysis.sentences):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        text = view.document.text[sentence.start : sentence.end]
        for found in _OF_WHICH.finditer(text):
            span = (sentence.start + found.start(), sentence.start + found.end())
            match = Match(start=span[0], end=span[1], sentence=index, phrase=found.group())
            if not is_anothers(view, match):
                yield Held(
                    wanted=_pounds(found, "all"),
                    held=_pounds(found, "have"),
                    sign=found.group()[0],
                    spans=(span,),
                )


def _pounds(found: re.Match[str], name: str) -> float:
    number = float(found.group(name).replace(",", ""))
    return number * _SCALES.get((found.group(f"{name}s") or "").casefold(), 1.0)


CHECK = Check(
    name="money-not-in-hand",
    level="document",
    options=Options,
    holes={"wanted": "£62 million", "lacking": "£41 million", "share": "66%"},
    run=_run,
    doc="Money that a plan counts on, most of it not secured, with no word of what goes first.",
)
