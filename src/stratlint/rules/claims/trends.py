"""Trends that the tables of a text tell, and which of them a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.claims.tables import Row, Table
from stratlint.rules.view import View
from stratlint.text.wordings import WordFile, Wordings, words_of

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


class Same(Editable):
    """Words of a claim, and those of a label that counts the same by another name."""

    said: Wordings
    counted: Wordings


class Words(WordFile):
    """``rules/language/claims/trends.yaml``."""

    change: Wordings
    common: frozenset[str]
    before: Wordings
    same: tuple[Same, ...]


wordings = words_of("claims/trends", Words)
_STEM = 6
_SHORT = 4
"""Letters of a word of a label that is worth looking for: 'food', 'milk'."""
WORDS = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"^\W*[\d.]*\W*([A-Z][\w &,-]{3,60})[.:]\s")
"""A title that opens its paragraph: 'Microelectronics. Nowhere else …'."""


class Trend(Record, frozen=True):
    """A row with its first and last figure: what it is of, by words and by sectors."""

    label: str
    first: str
    last: str
    change: float
    stems: frozenset[str]
    sectors: frozenset[str]
    span: Span


def trends_of(view: View, table: Table) -> Iterator[Trend]:
    """The rows of a table with figures of two years, or of the change between them."""
    past = _past(view, table)
    changes = [n for n, head in enumerate(table.heads) if n and wordings().change.search(head)]
    sectors = view.sectors_by_block
    for row in table.rows:
        made = _from_years(row, past) or _from_change(row, changes)
        if made is None or row.total or row.part:
            continue
        first, last, change = made
        yield Trend(
            label=row.label,
            first=first,
            last=last,
            change=change,
            stems=stems_of_label(row.label),
            sectors=frozenset(sectors.get(row.block, ())),
            span=row.span,
        )


def _past(view: View, table: Table) -> list[int]:
    """The columns of two years and more that count the same, in the order of the years."""
    kinds: dict[str, list[tuple[int, int]]] = {}
    for n, head in enumerate(table.heads):
        years = [int(year) for year in _YEAR.findall(head)]
        if n and len(years) == 1 and years[0] <= (view.document.year or 9999):
            kinds.setdefault(_YEAR.sub("", head).strip(" ,()").casefold(), []).append((years[0], n))
    told = [columns for columns in kinds.values() if len(columns) > 1]
    return [n for _, n in sorted(told[0])] if told else []


def _from_years(row: Row, places: list[int]) -> tuple[str, str, float] | None:
    cells = [row.cells[n] for n in places if n < len(row.cells)]
    valued = [c for c in cells if c.value is not None]
    if len(valued) < 2 or not valued[0].value:
        return None
    first, last = valued[0], valued[-1]
    return first.text, last.text, 100 * ((last.value or 0.0) - (valued[0].value)) / valued[0].value


def _from_change(row: Row, places: list[int]) -> tuple[str, str, float] | None:
    """A change that is printed with its sign in per cent."""
    for n in places:
        text = row.cells[n].text if n < len(row.cells) else ""
        found = re.fullmatch(r"([+–−-])\s?(\d+(?:\.\d+)?)\s?(?:%|per cent)", text)
        if found:
            return "", text, float(found.group(2)) * (1 if found.group(1) == "+" else -1)
    return None


def stems_of_label(text: str) -> frozenset[str]:
    """The first letters of the words of a label that tell an industry."""
    words = (word.casefold() for word in WORDS.findall(text))
    stems = (word[:_STEM].rstrip("s") for word in words if len(word) >= _SHORT)
    return frozenset(stem for stem in stems if stem not in wordings().common)


def is_about(view: View, index: int, clause: str, trend: Trend) -> bool:
    """Whether a claim speaks of what a row counts: by its own words, or by its title's."""
    sectors = view.sectors_by_sentence
    if trend.stems & stems_of_label(clause):
        return True
    if any(w.said.search(clause) and w.counted.search(trend.label) for w in wordings().same):
        return True
    if not _speaks_on(view.text(index)):
        return bool(trend.sectors) and trend.sectors == frozenset(sectors.get(index, ()))
    if trend.stems & stems_of_label(_titles(view, index)):
        return True
    near = [s for s in view.around(index, "paragraph") if s < index]
    of_title = frozenset(x for s in near[:1] for x in sectors.get(s, ()))
    return bool(trend.sectors) and trend.sectors == of_title


def _speaks_on(text: str) -> bool:
    """Whether a sentence takes its subject from before: 'It is a sector which has grown'."""
    return wordings().before.match(text) is not None


def _titles(view: View, index: int) -> str:
    """The heading over a sentence and the words that open its paragraph as a title."""
    block = view.block(index)
    heading = view.document.block_text(block.heading) if block.heading is not None else ""
    opening = _ALONE.match(view.document.text[block.start : block.end])
    return f"{heading} {opening.group(1) if opening else ''}"
