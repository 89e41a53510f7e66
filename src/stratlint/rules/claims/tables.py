"""Tables of a document as rows and columns, with the numbers in their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stratlint.records import Record, Role
from stratlint.rules.view import View

_TOTAL = re.compile(r"\W*(?:grand |overall |sub-?|programme )?(?:total|sum|all)\b", re.IGNORECASE)
_PART = re.compile(r"\W*(?:of which|including|thereof|sub-?total)\b|^\s*[–—-]\s*\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_DIGIT = re.compile(r"\d")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b")
_NUMBER = re.compile(
    r"\(?[-–−]?\s?[£€$]?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?"
    r"(?P<scale>m\b|mn\b|bn\b|k\b|million\b|billion\b|thousand\b)?\s?(?P<share>%|per cent)?",
    re.IGNORECASE,
)
_SCALES = {"m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "k": 1e3}
_MONEY = re.compile(r"[£€$]")
_IN_HEAD = re.compile(r"[£€$]\s?(?P<scale>000s?|k|m|mn|bn|million|billion)?", re.IGNORECASE)
_HEADS = {"000": 1e3, "000s": 1e3, "thousand": 1e3, **_SCALES}


class Cell(Record, frozen=True):
    """A cell: its words, and its number where it begins with one.

    ``value`` is in pounds (or what the currency is) where ``money``, with '£m' of the head of its
    column taken in; ``step`` is the size of its last printed place.
    """

    text: str
    start: int
    end: int
    value: float | None = None
    step: float = 1.0
    money: bool = False
    share: bool = False


class Row(Record, frozen=True):
    """A row: its block and its cells, the label first."""

    block: int
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """The first cell that holds a word: '1A' and 'P4' are numbers."""
        texts = [cell.text for cell in self.cells]
        return next((text for text in texts if _WORD.search(text)), next(iter(texts), ""))

    @property
    def total(self) -> bool:
        """Whether the row is the sum of those above."""
        return _TOTAL.match(self.label) is not None

    @property
    def part(self) -> bool:
        """Whether the row tells a part of another: 'of which', a subtotal."""
        return _PART.match(self.label) is not None


class Table(Record, frozen=True):
    """Rows that stand together, with the words over their columns."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, number: int) -> list[Cell | None]:
        """One cell of each row, None where a row is shorter."""
        return [row.cells[number] if number < len(row.cells) else None for row in self.rows]


def tables_of(view: View) -> list[Table]:
    """The tables of a document of two rows and more, read once; one that is all head is none."""
    return view.remember(
        "tables with numbers", lambda: [table for table in _tables(view) if table.rows]
    )


def _tables(view: View) -> Iterable[Table]:
    blocks = view.document.blocks
    run: list[int] = []
    header: int | None = None
    for index, block in enumerate(blocks):
        if (
            block.role is Role.TABLE_ROW
            and run
            and (block.header == header or block.header is None)
        ):
            run.append(index)
            continue
        if len(run) > 1:
            yield _table(view, run, header)
        run, header = ([index], block.header) if block.role is Role.TABLE_ROW else ([], None)
    if len(run) > 1:
        yield _table(view, run, header)


def _table(view: View, run: list[int], header: int | None) -> Table:
    heads = _texts(view, header) if header is not None else ()
    if not heads and _is_head(_texts(view, run[0])):
        heads, run = _texts(view, run[0]), run[1:]
    # A table that goes on over a page repeats its head.
    rows = [index for index in run if index != header and _texts(view, index) != heads]
    return Table(heads=heads, rows=tuple(_row(view, index, heads) for index in rows))


def _is_head(texts: tuple[str, ...]) -> bool:
    """Whether a first row has words and years only: 'Indicator', 'Baseline', '2006', '2010'."""
    return bool(texts) and not any(_DIGIT.search(_YEARS.sub("", text)) for text in texts[1:])


def _texts(view: View, block: int) -> tuple[str, ...]:
    cells = view.document.blocks[block].cells
    return tuple(" ".join(view.document.text[a:b].split()) for a, b in cells)


def _row(view: View, block: int, heads: tuple[str, ...]) -> Row:
    cells = view.document.blocks[block].cells
    return Row(
        block=block,
        cells=tuple(
            _cell(view, start, end, heads[place] if place < len(heads) else "")
            for place, (start, end) in enumerate(cells)
        ),
    )


def _cell(view: View, start: int, end: int, head: str) -> Cell:
    text = " ".join(view.document.text[start:end].split())
    found = _NUMBER.match(text)
    if found is None:
        return Cell(text=text, start=start, end=end)
    digits = found.group("digits")
    scale = (found.group("scale") or "").casefold()
    in_head = head_factor(head)
    money = _MONEY.search(found.group()) is not None or (in_head is not None and "%" not in head)
    factor = _SCALES.get(scale, 1.0) if scale or in_head is None else in_head
    places = len(digits.partition(".")[2])
    return Cell(
        text=text,
        start=start,
        end=end,
        value=(-1 if re.match(r"\(?[-–−(]", text) else 1) * float(digits.replace(",", "")) * factor,
        step=factor * 10.0**-places,
        money=money,
        share=found.group("share") is not None or "%" in head or "per cent" in head.casefold(),
    )


def head_factor(head: str) -> float | None:
    """What a number under '£m' or '(£000)' is to be multiplied by; None without a currency."""
    found = _IN_HEAD.search(head)
    return _HEADS.get((found.group("scale") or "").casefold(), 1.0) if found else None


def sum_of(cells: Iterable[Cell | None]) -> float:
    """The numbers of some cells together."""
    return sum(cell.value for cell in cells if cell is not None and cell.value is not None)


def money_words(pounds: float) -> str:
    """A sum as people write it: '£5.4 million', '£210,000'."""
    if abs(pounds) >= 1e9:
        return f"{pounds / 1e9:.2f}".rstrip("0").rstrip(".") + " billion"
    if abs(pounds) >= 1e6:
        return f"{pounds / 1e6:.1f}".removesuffix(".0") + " million"
    return f"{pounds:,.0f}"
