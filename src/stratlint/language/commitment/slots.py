"""Where parallel entries stand: sibling headings, titled paragraphs, items, paragraphs, rows.

Each entry of such a run is a **slot** with a title and a text. Whether a document chooses a run as
a group is the business of ``groups``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.layout import label, layout, said_by
from stratlint.language.commitment.lists import listings, named_in_cell
from stratlint.language.commitment.reading import LEAST
from stratlint.language.commitment.tables import BARE, tables
from stratlint.records import Form, Polarity
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.reading import Reading
    from stratlint.records import Span

LEAD = 6
"""Parts before the first entry that may say what the entries are."""
TITLE = 6
"""Words of a short paragraph that entitles the one below it."""
TEXT = 25
"""Words of a paragraph that is an entry by itself, without a title."""
BELOW = 3
"""Parts below a titled paragraph that still belong to it."""
_PLAIN = frozenset({"", "number", "bullet", "letter", "line"})
_VERB = re.compile(r"\b(?:is|are|was|were|be|has|have|had|will|shall|we|they|it)\b", re.IGNORECASE)


class Words(WordFile):
    """``rules/language/commitment/slots.yaml``."""

    ordinal: Wordings


_wordings = words_of("commitment/slots", Words)
_PREFIX = re.compile(
    r"\W*(?:the )?(?P<label>[A-Za-z]+(?: [a-z]+)?)\s*(?:[:·–—]|\b\d|called\b)", re.IGNORECASE
)
"""What entries side by side begin with alike: 'Blue ring: …', 'Place 3 · …'."""


class Slot(NamedTuple):
    """One entry: its first part, the spans of its title and its text, its last part.

    ``named`` are the hits that its title names, ``called`` the sectors that the title names by
    words which elsewhere may mean something else.
    """

    part: Part
    title: Span
    body: Span
    last: int
    named: tuple[int, ...]
    called: tuple[str, ...]


class Run(NamedTuple):
    """A run of slots: the heading and the text before it, and what its entries call themselves.

    ``lead`` of rows ends in the row that entitles them.
    """

    heading: Part | None
    lead: tuple[Part, ...]
    slots: tuple[Slot, ...]
    form: Form
    label: str = ""


def runs(reading: Reading) -> Iterator[Run]:
    """The runs of at least two slots of a document."""
    below: dict[int | None, list[Part]] = {}
    for part in reading.outline.parts:
        below.setdefault(part.under, []).append(part)
    for under, inside in below.items():
        yield from _under(reading, None if under is None else reading.outline.parts[under], inside)
    for listing in listings(reading.outline):
        items = listing.items
        if len(items) >= LEAST:
            lead = listing.lead
            stops = [*(item.index for item in items[1:]), items[-1].index + 1]
            slots = tuple(_slot(reading, *pair) for pair in zip(items, stops, strict=True))
            before = () if lead is None or lead.kind == "heading" else (lead,)
            yield Run(reading.above(items[0]), before, slots, listing.form)
    for rows in tables(reading.outline):
        yield from _budget(reading, rows)
        yield from _column(reading, rows)


def _under(reading: Reading, heading: Part | None, inside: Sequence[Part]) -> Iterator[Run]:
    """The runs of headings and paragraphs right below a heading."""
    heads = [part for part in inside if part.kind == "heading"]
    out = [h for h in heads[1:] if layout().section(reading.outline.words(h)) == "out"]
    heads = heads[: heads.index(out[0])] if out else heads
    if len(heads) >= LEAST:
        yield _run(reading, heading, heads, Form.HEADINGS)
        for name, series in _series(reading, heads):
            if len(series) < len(heads):
                yield _run(reading, heading, series, Form.HEADINGS, name)
    titled = _titled(reading, inside)
    texts = [part for part in inside if part.kind == "text"]
    if len(titled) >= LEAST:
        series_of = _series(reading, titled)
        name = next((name for name, found in series_of if len(found) == len(titled)), "")
        yield _run(reading, heading, titled, Form.RUN_IN_HEADINGS, name)
    elif (
        heading is not None
        and len(texts) >= LEAST
        and not titled
        and all(len(reading.text[p.start : p.end].split()) >= TEXT for p in texts)
    ):
        yield _run(reading, heading, texts, Form.RUN_IN_HEADINGS)


def _titled(reading: Reading, inside: Sequence[Part]) -> list[Part]:
    """Paragraphs that begin with a title, and short ones that entitle the next."""
    found = []
    for at, part in enumerate(inside):
        if part.title is not None and (
            part.kind == "text" or (part.kind == "item" and part.mark == "number")
        ):
            found.append(part)
        elif part.kind == "text" and at + 1 < len(inside):
            words, after = reading.outline.words(part), inside[at + 1]
            short = len(words.split())
            if (
                short <= TITLE
                and not _VERB.search(words)
                and not words.endswith((":", ";", ","))
                and (after.kind, after.index) == ("text", part.index + 1)
                and len(reading.text[after.start : after.end].split()) > short + TITLE
            ):
                found.append(part)
    numbered = [part for part in found if part.mark == "number"]
    if not numbered:
        return found
    # A count that begins anew, or short lines beside numbered titles, are something else.
    again = [at for at, (one, two) in enumerate(pairwise(numbered), 1) if two.count <= one.count]
    return numbered[: again[0]] if again else numbered


def _run(
    reading: Reading, heading: Part | None, entries: Sequence[Part], form: Form, name: str = ""
) -> Run:
    """A run of headings or paragraphs, each with what stands below it."""
    parts = reading.outline.parts
    slots = []
    for at, part in enumerate(entries):
        stop = entries[at + 1].index if at + 1 < len(entries) else _end(reading, part)
        if part.kind == "heading":
            stop = min(stop, reading.inside(part) + 1)
        slots.append(_slot(reading, part, stop))
    first = entries[0].index
    begin = 0 if heading is None else heading.index + 1
    lead = tuple(
        part
        for part in parts[max(begin, first - LEAD) : first]
        if part.kind in ("text", "caption") and (heading is None or part.under == heading.index)
    )
    return Run(heading, lead, tuple(slots), form, name)


def _end(reading: Reading, part: Part) -> int:
    """The index of the part behind the last entry of a run."""
    parts = reading.outline.parts
    if part.kind == "heading":
        return reading.inside(part) + 1
    long = len(reading.text[part.start : part.end].split()) > TEXT
    index = part.index + 1
    while index < len(parts) and index - part.index <= BELOW:
        other = parts[index]
        if other.kind in ("heading", "row") or other.under != part.under:
            break
        if other.title is not None or (long and other.kind == "text"):
            break
        index += 1
    return index


def _slot(reading: Reading, part: Part, stop: int) -> Slot:
    last = max(part.index, stop - 1)
    whole = part.kind == "text" and part.title is None
    untitled = whole and len(reading.text[part.start : part.end].split()) >= TEXT
    end = part.end if part.title is None or part.kind == "heading" else part.title
    title = (part.start, end)
    if untitled:
        # The first sentence stands for a title where it is quoted; it names nothing.
        title = next(iter(reading.spans(part)), title)
    body = (part.start if untitled else end, max(reading.outline.parts[last].end, end))
    named = () if untitled else reading.named_title(part)
    if named and reading.hits[named[0]].start >= end:
        named = ()
    called = () if named or untitled else reading.called(*title)
    return Slot(part, title, body, last, named, called)


def _series(reading: Reading, entries: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    """Entries that call themselves alike, with the word by which they do."""
    found: dict[str, list[Part]] = {}
    for part in entries:
        own, _ = reading.outline.label(part)
        words = " ".join(reading.text[part.start : part.title or part.end].split())
        ordinal, prefix = _wordings().ordinal.match(words), _PREFIX.match(words)
        if own not in _PLAIN:
            name = own
        elif ordinal:
            name = (ordinal["label"] or "one").lower()
        elif prefix:
            name = prefix["label"].lower()
        else:
            continue
        found.setdefault(name, []).append(part)
    return ((name, series) for name, series in found.items() if len(series) >= LEAST)


# Rows ------------------------------------------------------------------------------------------


def only(reading: Reading, row: Part) -> bool:
    """Whether one cell alone of a row is filled."""
    return sum(bool(reading.text[a:b].strip()) for a, b in row.cells) == 1


def _budget(reading: Reading, rows: Sequence[Part]) -> Iterator[Run]:
    """Rows of a table below a row that only entitles them: 'A. SECTORS'."""
    over = [at for at, row in enumerate(rows) if only(reading, row)]
    before = reading.outline.parts[rows[0].index - 1] if rows[0].index else None
    for at, stop in pairwise([*over, len(rows)]):
        inside = rows[at + 1 : stop]
        if len(inside) >= LEAST:
            text = (before,) if before is not None and before.kind == "text" else ()
            slots = tuple(_row(reading, row) for row in inside)
            yield Run(reading.above(rows[at]), (*text, rows[at]), slots, Form.ROWS)


def _column(reading: Reading, rows: Sequence[Part]) -> Iterator[Run]:
    """The rows of a table whose first column is headed by what was chosen: 'Taken forward'."""
    head, *below = rows
    if len(below) < LEAST or len(head.cells) < LEAST:
        return
    first, *others = (" ".join(reading.text[slice(*cell)].split()) for cell in head.cells)
    said = said_by(label(first)) or reading.opened(*head.cells[0])
    figures = sum(
        not layout().is_money(words)
        and (layout().is_figure(words) or _is_counted(reading, below, at))
        for at, words in enumerate(others, 1)
    )
    if said is Polarity.CHOSEN and figures * 2 <= len(others):
        slots = tuple(_row(reading, row) for row in below)
        yield Run(reading.above(head), (head,), slots, Form.COLUMN)


def _is_counted(reading: Reading, rows: Sequence[Part], column: int) -> bool:
    """Whether most cells of a column are bare numbers."""
    cells = [reading.text[slice(*row.cells[column])] for row in rows if column < len(row.cells)]
    return sum(BARE.fullmatch(cell.strip()) is not None for cell in cells) * 2 > len(cells)


def _row(reading: Reading, row: Part) -> Slot:
    start, end = row.cells[0]
    named = named_in_cell(reading.text, start, end, reading.hits, reading.starts)
    called = () if named else reading.called(start, end)
    return Slot(row, (start, end), (end, row.end), row.index, named, called)
