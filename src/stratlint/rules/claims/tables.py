"""Tables of a document as rows and columns, with the numbers in their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from stratlint.records import Record, Role, Span
from stratlint.rules.view import View
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/claims/tables.yaml``."""

    total: Wordings
    part: Wordings
    number: Wordings
    in_head: Wordings


_wordings = words_of("claims/tables", Words)
_WORD = re.compile(r"[^\W\d_]{3}")
_DIGIT = re.compile(r"\d")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b")
_SCALES = {"m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "k": 1e3}
_MONEY = re.compile(r"[£€$]")
_HEADS = {"000": 1e3, "000s": 1e3, "thousand": 1e3, **_SCALES}


_FIGURE = r"[£€$]?\d[\d,]*(?:\.\d+)?(?:%|\s?(?:[mMkK]|bn|million)\b)?"
_LINE = re.compile(
    rf"[-–•·\s]*(?P<label>[^\W\d_][^\d|:;£€$]{{2,70}}?)[\s.]+(?P<first>{_FIGURE})"
    rf"(?:[\s.]+\(?(?P<second>{_FIGURE})\)?)?(?=[\s.;,-]*(?:[A-Z]|$))"
)
"""'Coal mining 4,150 610', 'Construction 4,470 (4,930)', 'Retail ........ 7,900'."""
_ENDING = re.compile(rf"(?<=[\s.]){_FIGURE}(?:[\s.]+\(?{_FIGURE}\)?)?(?=[\s.;,-]*(?:[A-Z]|$))")
"""What such a line ends in, whatever its label."""
_UNLABELLED = re.compile(r"[\d|:;£€$]")
"""Signs that no label has."""
_LABEL = 71
"""Signs of a label at most."""
_FILLED = 0.75
"""Share of a block that lines of figures fill, where it is made of them: prose with two numbers in
it reaches .5, and a rule of dashes or a last word of the head takes a tenth of a real one."""
_LINES = 4
"""Lines of figures that make a table: fewer are a sentence that counts two things."""
_OVER = 2
"""Blocks before the first line that may say of which years its columns are."""


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
    def span(self) -> Span:
        """Where the row stands, from its first cell to its last."""
        return self.cells[0].start, self.cells[-1].end

    @property
    def label(self) -> str:
        """The first cell that holds a word: '1A' and 'P4' are numbers."""
        texts = [cell.text for cell in self.cells]
        return next((text for text in texts if _WORD.search(text)), next(iter(texts), ""))

    @property
    def total(self) -> bool:
        """Whether the row is the sum of those above."""
        return _wordings().total.match(self.label) is not None

    @property
    def part(self) -> bool:
        """Whether the row tells a part of another: 'of which', a subtotal."""
        return _wordings().part.match(self.label) is not None


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
    text = " ".join(view.document.text[start:end].split()).strip("*")
    found = _wordings().number.match(text)
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
    found = _wordings().in_head.search(head)
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


def lined_of(view: View) -> list[Table]:
    """Figures that a text sets in lines and not in a table, as tables of one or two columns."""
    return view.remember("figures in lines", lambda: list(_lined(view)))


def _lined(view: View) -> Iterable[Table]:
    run: list[Row] = []
    first = last = -2
    for index, block in enumerate(view.document.blocks):
        rows = [] if block.role in _UNLINED else _lines(view, index)
        if rows and index > last + 1:
            yield from _lined_table(view, first, run)
            run, first = [], index
        if rows:
            run, last = [*run, *rows], index
    yield from _lined_table(view, first, run)


_UNLINED = (Role.TABLE_ROW, Role.CAPTION, Role.FOOTNOTE, Role.RUNNING_HEAD, Role.CONTENTS)


def _lines(view: View, index: int) -> list[Row]:
    """The lines of figures of a block that holds little else."""
    block = view.document.blocks[index]
    text = view.document.text[block.start : block.end]
    if block.cells or sum(map(str.isdigit, text)) < 2:
        return []
    needed = _FILLED * len(text.strip(" \n-="))
    if _most_filled(text) < needed:
        return []
    found = list(_LINE.finditer(text))
    filled = sum(match.end() - match.start() for match in found)
    if filled < needed:
        return []
    return [
        Row(
            block=index,
            cells=tuple(
                _cell(view, block.start + match.start(part), block.start + match.end(part), "")
                for part in ("label", "first", "second")
                if match.group(part)
            ),
        )
        for match in found
    ]


def _most_filled(text: str) -> int:
    """How much of a text lines of figures may fill, by where they may end: found much sooner."""
    most = begin = 0
    for found in _ENDING.finditer(text):
        label = _UNLABELLED.split(text[begin : found.start()])[-1]
        most += len(label) + found.end() - found.start()
        core = label.rstrip(". \n\t")
        if len(core) > _LABEL:
            # Before the longest label only marks of a list may stand.
            most -= sum(map(str.isalpha, core[:-_LABEL]))
        begin = found.end()
    return most


def _lined_table(view: View, first: int, rows: list[Row]) -> Iterable[Table]:
    if len(rows) < _LINES:
        return
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    blocks = view.document.blocks[max(0, first - _OVER) : first]
    over = " ".join(view.document.text[b.start : b.end] for b in blocks)
    years = _YEARS.findall(over)[-(width - 1) :]
    if all(_YEARS.fullmatch(cell.text) for cell in rows[0].cells[1:]):
        years, rows = [cell.text for cell in rows[0].cells[1:]], rows[1:]
    heads = ("", *years) if len(years) == width - 1 else ("",) * width
    yield Table(heads=heads, rows=tuple(row for row in rows if len(row.cells) == width))
