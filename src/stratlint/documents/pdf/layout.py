"""The pages of a PDF to blocks in reading order, with roles and printed labels."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from stratlint.documents.hidden import hidden_warnings
from stratlint.documents.pdf.blocks import Draft, join_flow, split_blocks
from stratlint.documents.pdf.furniture import PageText, find_furniture, label_pages
from stratlint.documents.pdf.order import Leaf, leaf_lines, reading_order
from stratlint.documents.pdf.placing import join_fields, place_words
from stratlint.documents.pdf.roles import assign_roles, mark_notes, split_notes
from stratlint.documents.pdf.segments import Segment, build_segments, shown_box, upright
from stratlint.documents.pdf.style import document_style
from stratlint.documents.pdf.tables import find_tables
from stratlint.documents.pdf.words import FULL, RIGHT_TO_LEFT
from stratlint.records import Page, ReadWarning, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from stratlint.documents.pdf.style import Style
    from stratlint.documents.pdf.tables import TableGrid
    from stratlint.documents.pdf.words import RawPage, Word


_BARE = 12
"""Characters below which a page has no text to speak of."""
_SPARSE = 250
"""Characters below which the letters that are drawn as shapes are most of a page's text."""
_OUTLINED = 4
"""Lines of letters drawn as shapes that are worth a warning: a logo has one or two."""
_SCANNED = 0.35
"""Share of a page that pictures must cover before a page without text counts as scanned."""


class Pages(Protocol):
    """A reader's pages, one at a time."""

    name: str

    def __len__(self) -> int: ...

    def page(self, index: int, label: str) -> RawPage:
        """The words and rules of one page."""
        ...


class LaidOut:
    """A document after layout: what is left is to write it down."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.drafts: list[Draft] = []
        self.furniture: list[Draft] = []
        self.warnings: list[ReadWarning] = []
        self.style: Style | None = None


def lay_out(
    pages: Pages, labels: list[str], ocr: Callable[[RawPage], None] | None = None
) -> LaidOut:
    """Read every page and find its order, blocks and roles.

    ``ocr`` fills a scanned page with words; None leaves it empty, with a warning.
    """
    result = LaidOut()
    texts: list[PageText] = []
    hidden: list[tuple[int, str, list[Word]]] = []
    for index in range(len(pages)):
        raw = pages.page(index, labels[index])
        _recognise(raw, ocr, result)
        result.pages.append(
            Page(
                index=index, label=raw.label, width=round(raw.width, 2), height=round(raw.height, 2)
            )
        )
        segments = _page_segments(raw, result)
        texts.append(PageText(segments, raw.width, raw.height))
        hidden += [(raw.index, reason, words) for reason, words in raw.hidden.items()]
        result.furniture += [Draft(Role.RUNNING_HEAD, [s]) for s in _aside(raw)]
        _warn_of_page(raw, result)
    marks = {(d.raw, round(d.size), d.first.turn) for d in result.furniture}
    furniture = find_furniture(texts)
    for page, away in zip(texts, furniture, strict=True):
        # A watermark that no line of this page crosses is one all the same.
        away |= {id(s) for s in page.segments if (s.text, round(s.size), s.turn) in marks}
    label_pages(result.pages, texts, furniture)
    result.warnings += hidden_warnings(hidden, result.pages)
    columns: list[list[Segment]] = []
    for page, away in zip(texts, furniture, strict=True):
        columns += _page_columns(page, away)
        for segment in page.segments:
            if id(segment) in away:
                result.furniture.append(Draft(Role.RUNNING_HEAD, [segment]))
    style = result.style = document_style(columns)
    drafts: list[Draft] = []
    for leaf, lines in enumerate(columns):
        blocks = split_blocks(lines, style, leaf)
        mark_notes(blocks, style, texts[lines[0].page].height)
        drafts += blocks
    drafts = _single_notes(drafts)
    assign_roles(drafts, style)
    result.drafts = join_flow(drafts)
    return result


def _is_scanned(raw: RawPage) -> bool:
    """Whether a page is a picture of text; one with a typed line or a stamp on it is, too."""
    return (raw.characters < _BARE and raw.images >= _SCANNED) or raw.scan


def _recognise(raw: RawPage, ocr: Callable[[RawPage], None] | None, result: LaidOut) -> None:
    if ocr is None or not _is_scanned(raw):
        return
    from stratlint.documents.pdf.ocr import OcrFailed

    try:
        ocr(raw)
        message = "This page was read from its picture by Tesseract; expect wrong letters."
    except OcrFailed as error:
        message = f"This page could not be read from its picture: {error}."
    result.warnings.append(ReadWarning(code="ocr", message=message, page=raw.index))


def _warn_of_page(raw: RawPage, result: LaidOut) -> None:
    """Say what of a page cannot be read."""
    if raw.broken:
        message = (
            "This page is damaged and was left out; open the file in a PDF viewer and save or "
            "print it as a new PDF."
        )
        result.warnings.append(ReadWarning(code="left-out", message=message, page=raw.index))
    elif raw.overfull:
        message = (
            f"This page holds {raw.characters:,} characters, more than the {FULL:,} of any page"
            " that is read; it was left out."
        )
        result.warnings.append(ReadWarning(code="truncated", message=message, page=raw.index))
    elif _is_scanned(raw):
        rest = "; the little text on it was read" if raw.words else ""
        message = f"This page is a picture without a text layer{rest}; try --ocr."
        result.warnings.append(ReadWarning(code="scanned-page", message=message, page=raw.index))
    elif raw.shapes >= _OUTLINED and raw.characters < _SPARSE:
        message = (
            f"About {raw.shapes} lines of this page are drawn as shapes instead of letters and "
            "could not be read; try --ocr, or ask for a version with live text."
        )
        result.warnings.append(ReadWarning(code="outlined", message=message, page=raw.index))
    elif raw.is_unmapped:
        message = "The fonts of this page do not say which letters they show."
        result.warnings.append(ReadWarning(code="no-unicode", message=message, page=raw.index))


def _page_segments(raw: RawPage, result: LaidOut) -> list[Segment]:
    place_words(raw)
    segments: list[Segment] = []
    turned = [
        (w, (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2) for w in raw.words if w.turn in (1, 2, 3)
    ]
    groups = upright(raw)
    taken: set[int] = set()
    tables = [grid for turn, words in groups if turn == 0 for grid in find_tables(raw, words)]
    level = next((words for turn, words in groups if turn == 0), [])
    for grid in tables:
        level = _take_table(grid, level, segments, raw, turned, taken)
    for turn, words in groups:
        running = level if turn == 0 else [w for w in words if id(w) not in taken]
        segments += build_segments(running, raw.index, turn)
    if raw.fields:
        segments = join_fields(segments, raw.fields)
    for segment in segments:
        segment.box = shown_box(segment, raw.width, raw.height)
    if groups and groups[0][0] in (1, 2, 3):
        message = "The text of this page is turned; it was read in its own direction."
        result.warnings.append(ReadWarning(code="rotated", message=message, page=raw.index))
    return segments


def _aside(raw: RawPage) -> list[Segment]:
    """Watermarks and printers' lines: words that follow each other in one type are one segment."""
    segments: list[Segment] = []
    for _, run in groupby(raw.aside, key=lambda w: (round(w.size, 1), w.font.name, w.turn)):
        words = list(run)
        x0, top = min(w.x0 for w in words), min(w.top for w in words)
        x1, bottom = max(w.x1 for w in words), max(w.bottom for w in words)
        segment = Segment(
            text=" ".join(w.text for w in words), x0=x0, x1=x1, top=top, bottom=bottom,
            base=words[0].base, size=words[0].size, bold=words[0].font.bold, italic=False,
            first=words[0].order, last=words[-1].end, page=raw.index, turn=words[0].turn,
        )  # fmt: skip
        segment.box = (x0, top, x1, bottom)
        segments.append(segment)
    return segments


def _take_table(
    grid: TableGrid,
    words: list[Word],
    segments: list[Segment],
    raw: RawPage,
    turned: list[tuple[Word, float, float]],
    taken: set[int],
) -> list[Word]:
    """Move a table's words into its cells and set one segment in its place.

    ``turned`` are words of other directions with their middles as shown: heads that stand
    upright over narrow columns. Those that are moved are noted in ``taken``.
    """
    cells: dict[tuple[int, int], list[Word]] = {}
    rest: list[Word] = []
    for word in words:
        place = grid.cell_at((word.x0 + word.x1) / 2, word.base - 0.3 * word.size)
        if place is None:
            rest.append(word)
        else:
            cells.setdefault(place, []).append(word)
    upright_heads: dict[tuple[int, int], list[Word]] = {}
    for word, x, y in turned:
        place = grid.cell_at(x, y) if id(word) not in taken else None
        if place is not None:
            taken.add(id(word))
            upright_heads.setdefault(place, []).append(word)
    grid.lines = [
        [
            _lines_of(cells.get((i, j), []), raw) + _lines_of(upright_heads.get((i, j), []), raw)
            if j is not None
            else []
            for j in row
        ]
        for i, row in enumerate(grid.places())
    ]
    every = [line for row in grid.lines for cell in row for line in cell]
    if not every:
        return rest
    for line in every:
        line.box = shown_box(line, raw.width, raw.height)
    x0, top, x1, bottom = grid.bbox
    size = sorted(line.size for line in every)[len(every) // 2]
    first = min(line.first for line in every)
    place_holder = Segment(
        text="", x0=x0, x1=x1, top=top, bottom=bottom, base=top + size, size=size,
        bold=False, italic=False, first=first, last=first, page=raw.index, table=grid,
    )  # fmt: skip
    segments.append(place_holder)
    return rest


def _lines_of(words: list[Word], raw: RawPage) -> list[Segment]:
    """The lines of a cell."""
    return leaf_lines(Leaf(build_segments(words, raw.index, words[0].turn))) if words else []


def _page_columns(page: PageText, away: set[int]) -> list[list[Segment]]:
    by_turn: dict[int, list[Segment]] = {}
    for segment in page.segments:
        if id(segment) not in away:
            by_turn.setdefault(segment.turn, []).append(segment)
    columns = []
    if RIGHT_TO_LEFT in by_turn and 0 in by_turn:
        # Lines of both directions run level: the one that stands higher is read first.
        level = sorted((0, RIGHT_TO_LEFT), key=lambda turn: min(s.top for s in by_turn[turn]))
        by_turn = {turn: by_turn[turn] for turn in dict.fromkeys([*level, *by_turn])}
    for segments in by_turn.values():
        columns += [leaf_lines(leaf) for leaf in reading_order(segments)]
    return [lines for lines in columns if lines]


def _single_notes(drafts: list[Draft]) -> list[Draft]:
    """One block for each footnote."""
    result: list[Draft] = []
    for draft in drafts:
        if draft.role is not Role.FOOTNOTE:
            result.append(draft)
            continue
        cuts = split_notes(draft)
        for start, end in zip([0, *cuts], [*cuts, len(draft.lines)], strict=True):
            result.append(Draft(draft.role, draft.lines[start:end], leaf=draft.leaf))
    return result
