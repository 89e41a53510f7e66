"""Tables that choose: by their title, by a column that says yes or no, by labels, by a limit.

A table of figures chooses nothing, however many sectors stand in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.layout import label, layout, said_by
from stratlint.language.commitment.lists import named_in_cell
from stratlint.records import Form, Polarity
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.outline import Outline, Part
    from stratlint.records import Span

SHARE = 0.6
"""Share of a column's filled cells that must be answers for it to be a column of answers."""
LEAST = 2
"""Sectors that make a table one of sectors."""
_NUMBER = re.compile(r"[£€$]?\s*(\d[\d,]*(?:\.\d+)?)")
BARE = re.compile(r"[+−–-]?\s*\d[\d,.]*\s*%?")
"""A cell that is a bare number: no money, no word."""
_LIMIT = re.compile(
    r"\b(?:limit|threshold|cut-?off|pass mark|minimum|bar|line|hurdle)\b\D{0,40}?(\d+(?:\.\d+)?)"
    r"|\b(?:at least|more than|over|above|of)\s+(\d+(?:\.\d+)?)\s+(?:or (?:more|above|over)\s+)?"
    r"(?:points?|marks?)"
    r"|\b(\d+(?:\.\d+)?)\s+(?:points?|marks?)?\s*(?:or (?:more|above|over|better)"
    r"|and (?:above|over))",
    re.IGNORECASE,
)


class Words(WordFile):
    """``rules/language/commitment/tables.yaml``."""

    first_rows: Wordings
    score: Wordings
    sector_head: Wordings
    theirs: Wordings
    rank: Wordings


_wordings = words_of("commitment/tables", Words)
_NUMBERS = {w: n for n, w in enumerate("two three four five six seven eight".split(), 2)}


_ANSWERS = {
    Polarity.CHOSEN: "chosen",
    Polarity.REFUSED: "rejected",
    Polarity.DEMOTED: "rejected",
}
"""The known labels that stand for what the words of a cell say."""


class Verdict(NamedTuple):
    """What a table says of some of its hits: polarity, form, the words that say it, rows' spans."""

    polarity: Polarity
    form: Form
    phrase: Span
    entries: tuple[tuple[Part, tuple[int, ...]], ...]
    tier: int | None = None
    sure: bool = True


class Row(NamedTuple):
    """A row: its part, its cells, and the hits that each cell names."""

    part: Part
    cells: tuple[Span, ...]
    named: tuple[tuple[int, ...], ...]


class Table:
    """A run of rows under one header, with the part that entitles it."""

    def __init__(
        self,
        outline: Outline,
        rows: Sequence[Part],
        hits: Sequence[Hit],
        starts: Sequence[int],
        opened: Callable[[int, int], Polarity | None],
    ) -> None:
        self._text = outline.text
        self._opened = opened
        blocks = outline.document.blocks
        self.first, self.last = rows[0], rows[-1]
        read = [
            Row(
                part,
                part.cells,
                tuple(named_in_cell(self._text, a, b, hits, starts) for a, b in part.cells),
            )
            for part in rows
        ]
        has_head = blocks[rows[0].block].header == rows[0].block or self._looks_like_head(read)
        self.head = read[0] if has_head else None
        self.rows = read[1:] if has_head else read
        self.width = max((len(row.cells) for row in read), default=0)
        self._labels = [[label(self._text[a:b]) for a, b in row.cells] for row in self.rows]

    def _looks_like_head(self, read: Sequence[Row]) -> bool:
        """Whether a first row that is not marked as head is one: no figures, others have some."""
        if len(read) < 3 or any(read[0].named):
            return False
        cells = [self._text[a:b].strip() for a, b in read[0].cells]
        return all(cells) and not any(_NUMBER.match(c) for c in cells)

    # What the table says ------------------------------------------------------------------

    def verdicts(self, title: Polarity | None, title_span: Span, around: str) -> list[Verdict]:
        """What the table says of its sectors, given its title and the words around it."""
        column = self._sector_column()
        for found in (
            self._answers(column),
            self._limit(column, around),
            self._columns(title),
            self._row_labels(column),
        ):
            if found:
                return found
        if column is None:
            return []
        if title is not None and (title is not Polarity.CHOSEN or not self._is_figures(column)):
            return [self._whole(title, title_span, column)]
        return self._money(column)

    def _head(self, column: int) -> str:
        if self.head is None or column >= len(self.head.cells):
            return ""
        return " ".join(self._text[slice(*self.head.cells[column])].split())

    def _sector_column(self) -> int | None:
        """The column that names sectors in most rows, the leftmost of equals."""
        counts = [
            sum(column < len(row.named) and bool(row.named[column]) for row in self.rows)
            for column in range(self.width)
        ]
        best = max(counts, default=0)
        return counts.index(best) if best else None

    def _answers(self, column: int | None) -> list[Verdict]:
        """A column of yes and no, or of words for what became of each row's sector."""
        if column is None:
            return []
        words = layout()
        # A column that asks for the decision goes before one of advice; of several the last.
        asking = [c for c in range(self.width) if label(self._head(c)) in words.asks]
        for other in dict.fromkeys([*reversed(asking), *range(self.width)]):
            if other == column:
                continue
            head = self._head(other)
            values = [labels[other] if other < len(labels) else "" for labels in self._labels]
            filled = [v for v in values if v]
            if _asks(head):
                values = [self._read(index, other) or v for index, v in enumerate(values)]
                filled = [v for v in values if v]
            said = [self._answer(v) for v in filled]
            if not filled or sum(s is not None for s in said) < SHARE * len(filled):
                continue
            asks = label(head) in words.asks or self._opened_head(other) is Polarity.CHOSEN
            denies = label(head) in words.denies or self._opened_head(other) is Polarity.REFUSED
            plain = any(v in words.yes or v in words.no for v in filled)
            if (plain and not (asks or denies)) or (not plain and not head and len(set(said)) < 2):
                continue
            if not plain and layout().is_figure(head):
                continue
            return self._split(column, other, values, denies)
        return []

    def _read(self, index: int, column: int) -> str:
        """What the words of a cell answer that are no known label: 'Lead specialism'."""
        cells = self.rows[index].cells
        labels = self._labels[index]
        if column >= len(cells) or self._answer(labels[column]) is not None:
            return ""
        if BARE.fullmatch(self._text[slice(*cells[column])].strip()):
            return ""
        polarity = self._opened(*cells[column])
        return _ANSWERS.get(polarity, "") if polarity is not None else ""

    def _answer(self, value: str) -> str | None:
        words = layout()
        if value in words.no or value in words.refused:
            return "no"
        if value in words.yes or value in words.chosen:
            return "yes"
        return "second" if value in words.second else None

    def _split(self, column: int, other: int, values: Sequence[str], denies: bool) -> list[Verdict]:
        """Rows by their answers; an empty cell beside filled ones is a no."""
        groups: dict[str, list[int]] = {"yes": [], "no": [], "second": []}
        for index, value in enumerate(values):
            answer = self._answer(value) if value else "no"
            if answer is not None:
                groups[answer].append(index)
        if denies:
            groups["yes"], groups["no"] = groups["no"], groups["yes"]
        phrase = self.head.cells[other] if self.head else self.rows[0].cells[other]
        second = Polarity.DEMOTED if groups["yes"] else Polarity.CHOSEN
        return [
            verdict
            for key, polarity in (
                ("yes", Polarity.CHOSEN),
                ("second", second),
                ("no", Polarity.REFUSED),
            )
            if (verdict := self._rows_of(polarity, Form.COLUMN, phrase, column, groups[key]))
        ]

    def _limit(self, column: int | None, around: str) -> list[Verdict]:
        """A column of scores, and a limit or a number of first rows in the words around."""
        if column is None:
            return []
        unnamed = [row for row in self.rows if not any(row.named)]
        around += " ".join(f" {self._text[r.part.start : r.part.end]}" for r in unnamed)
        first = _wordings().first_rows.search(around)
        limit = _LIMIT.search(around)
        scores = next(
            (
                c
                for c in reversed(range(self.width))
                if c != column and _wordings().score.search(self._head(c))
            ),
            None,
        )
        if scores is None:
            return []
        numbers = [self._figure(row, scores) for row in self.rows]
        if limit is not None:
            bar = float(next(g for g in limit.groups() if g))
            inside = [i for i, n in enumerate(numbers) if n is not None and n >= bar]
        elif first is not None:
            count = _NUMBERS.get(first[1].lower()) or int(first[1])
            ranked = sorted(
                (i for i, n in enumerate(numbers) if n is not None),
                key=lambda i: -(numbers[i] or 0),
            )
            inside = sorted(ranked[:count])
        else:
            return []
        outside = [i for i in range(len(self.rows)) if i not in inside]
        if not inside or not outside:
            return []
        phrase = self.head.cells[scores] if self.head else self.rows[0].cells[scores]
        return [
            verdict
            for polarity, rows in ((Polarity.CHOSEN, inside), (Polarity.REFUSED, outside))
            if (verdict := self._rows_of(polarity, Form.COLUMN, phrase, column, rows))
        ]

    def _figure(self, row: Row, column: int) -> float | None:
        if column >= len(row.cells):
            return None
        found = _NUMBER.match(self._text[slice(*row.cells[column])].strip())
        return float(found[1].replace(",", "")) if found else None

    def _columns(self, title: Polarity | None) -> list[Verdict]:
        """Columns whose heads choose or leave out what stands below them."""
        if self.head is None:
            return []
        found = []
        for column, cell in enumerate(self.head.cells):
            rows = [r for r in self.rows if column < len(r.named) and r.named[column]]
            if not rows or (self.width > 1 and self._is_first_of_figures(column)):
                continue
            polarity = self._opened_head(column) or said_by(label(self._head(column)))
            if polarity is None:
                continue
            if _wordings().theirs.match(self._head(column)):
                polarity = Polarity.OTHER
            entries = tuple(self._entry(r, r.named[column]) for r in rows)
            found.append(Verdict(polarity, Form.COLUMN, cell, entries))
        if not any(v.polarity is Polarity.CHOSEN for v in found):
            return found if title is None else []
        return found

    def _is_first_of_figures(self, column: int) -> bool:
        return column == self._sector_column() and self._is_figures(column)

    def _row_labels(self, column: int | None) -> list[Verdict]:
        """Rows that begin with a label: 'Invest', 'Tier 2', 'What we will champion'."""
        if self.width < 2 or column == 0 or column is None:
            return []
        said = []
        for row, labels in zip(self.rows, self._labels, strict=True):
            own = labels[0] if labels else ""
            said.append(said_by(own) or self._opened(*row.cells[0]))
        if not any(s is Polarity.CHOSEN for s in said) or len({s for s in said if s}) < 2:
            return []
        found = []
        for row, polarity in zip(self.rows, said, strict=True):
            inside = tuple(h for cell in row.named[1:] for h in cell)
            if inside and polarity is not None:
                found.append(
                    Verdict(polarity, Form.ROWS, row.cells[0], (self._entry(row, inside),))
                )
        return found

    def _whole(self, title: Polarity, span: Span, column: int) -> Verdict:
        """All rows of a table whose title says it all."""
        rows = [r for r in self.rows if column < len(r.named) and r.named[column]]
        entries = tuple(self._entry(r, r.named[column]) for r in rows)
        return Verdict(title, Form.ROWS, span, entries)

    def _money(self, column: int) -> list[Verdict]:
        """A table of money that goes to measures for sectors."""
        words = layout()
        heads = [self._head(c) for c in range(self.width)]
        if not any(words.is_money(h) for i, h in enumerate(heads) if i != column):
            return []
        if not words.is_measure(heads[column]) or self.head is None:
            return []
        rows = [i for i, r in enumerate(self.rows) if column < len(r.named) and r.named[column]]
        verdict = self._rows_of(
            Polarity.CHOSEN, Form.MEASURES, self.head.cells[column], column, rows
        )
        return [verdict._replace(sure=False)] if verdict else []

    def _is_figures(self, column: int) -> bool:
        """Whether the other columns of a table are figures of what is: jobs, output, shares."""
        words = layout()
        others = [c for c in range(self.width) if c != column]
        figured = [c for c in others if words.is_figure(self._head(c)) or self._is_counted(c)]
        return bool(others) and len(figured) * 2 > len(others)

    def _is_counted(self, column: int) -> bool:
        """Whether a column holds numbers that are no money."""
        cells = [
            self._text[slice(*row.cells[column])].strip()
            for row in self.rows
            if column < len(row.cells)
        ]
        numbers = sum(BARE.fullmatch(cell) is not None for cell in cells)
        return numbers > SHARE * len(cells) and not layout().is_money(self._head(column))

    def _rows_of(
        self, polarity: Polarity, form: Form, phrase: Span, column: int, rows: Sequence[int]
    ) -> Verdict | None:
        entries = tuple(
            self._entry(row, row.named[column])
            for row in (self.rows[i] for i in rows)
            if column < len(row.named) and row.named[column]
        )
        return Verdict(polarity, form, phrase, entries) if entries else None

    def _entry(self, row: Row, hits: tuple[int, ...]) -> tuple[Part, tuple[int, ...]]:
        """A row with some of its hits, counted by its rank where it has one."""
        rank = self._rank(row)
        return msgspec.structs.replace(row.part, count=() if rank is None else (rank,)), hits

    def _rank(self, row: Row) -> int | None:
        """The number that a column of ranks gives to a row."""
        for column in range(min(self.width, len(row.cells))):
            if _wordings().rank.fullmatch(self._head(column)):
                number = self._figure(row, column)
                if number is not None and number == int(number):
                    return int(number)
        return None

    def _opened_head(self, column: int) -> Polarity | None:
        if self.head is None or column >= len(self.head.cells):
            return None
        return self._opened(*self.head.cells[column])


def _asks(head: str) -> bool:
    """Whether the head of a column asks what became of each sector: 'Role in the strategy'."""
    words = layout()
    return any(word in words.asks for word in (label(head), *label(head).split()))


def tables(outline: Outline) -> Iterator[list[Part]]:
    """The runs of rows that stand under one header, or side by side without one."""
    run: list[Part] = []
    for part in outline.parts:
        if part.kind == "row":
            block = outline.document.blocks[part.block]
            last = outline.document.blocks[run[-1].block] if run else block
            loose = part.block == run[-1].block if run else True
            begins = block.header == part.block and not loose
            if run and (begins or block.header != last.header):
                yield run
                run = []
            run.append(part)
        elif run:
            yield run
            run = []
    if run:
        yield run
