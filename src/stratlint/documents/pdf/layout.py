"""The pages of a PDF to blocks in reading order, with roles and printed labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stratlint.documents.pdf.blocks import Draft, split_blocks
from stratlint.documents.pdf.flow import join_flow
from stratlint.documents.pdf.footnotes import mark_notes, split_notes
from stratlint.documents.pdf.furniture import PageText, find_furniture
from stratlint.documents.pdf.labels import label_pages
from stratlint.documents.pdf.lines import leaf_lines
from stratlint.documents.pdf.order import Leaf, reading_order
from stratlint.documents.pdf.roles import assign_roles
from stratlint.documents.pdf.segments import Segment, build_segments, shown_box, upright
from stratlint.documents.pdf.style import document_style
from stratlint.documents.pdf.tables import find_tables
from stratlint.documents.pdf.words import FULL
from stratlint.records import Page, ReadWarning, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from stratlint.documents.pdf.grid import TableGrid
    from stratlint.documents.pdf.style import Style
    from stratlint.documents.pdf.words import RawPage, Word


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
        _warn_of_page(raw, result)
    furniture = find_furniture(texts)
    label_pages(result.pages, texts, furniture)
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
    return raw.characters < 12 and raw.images >= _SCANNED


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
    if raw.overfull:
        message = (
            f"This page holds {raw.characters:,} characters, more than the {FULL:,} of any page"
            " that is read; it was left out."
        )
        result.warnings.append(ReadWarning(code="truncated", message=message, page=raw.index))
    elif _is_scanned(raw):
        message = "This page is a picture without a text layer."
        result.warnings.append(ReadWarning(code="scanned-page", message=message, page=raw.index))
    elif raw.characters >= 20 and raw.unmapped > 0.3 * raw.characters:
        message = "The fonts of this page do not say which letters they show."
        result.warnings.append(ReadWarning(code="no-unicode", message=message, page=raw.index))


def _page_segments(raw: RawPage, result: LaidOut) -> list[Segment]:
    segments: list[Segment] = []
    groups = upright(raw)
    for turn, words in groups:
        running = words
        if turn == 0:
            for grid in find_tables(raw, words):
                running = _take_table(grid, running, segments, raw)
        segments += build_segments(running, raw.index, turn)
    for segment in segments:
        segment.box = shown_box(segment, raw.width, raw.height)
    if groups and groups[0][0]:
        message = "The text of this page is turned; it was read in its own direction."
        result.warnings.append(ReadWarning(code="rotated", message=message, page=raw.index))
    return segments


def _take_table(
    grid: TableGrid, words: list[Word], segments: list[Segment], raw: RawPage
) -> list[Word]:
    """Move a table's words into its cells and set one segment in its place."""
    cells: dict[tuple[int, int], list[Word]] = {}
    rest: list[Word] = []
    for word in words:
        place = grid.cell_at((word.x0 + word.x1) / 2, word.base - 0.3 * word.size)
        if place is None:
            rest.append(word)
        else:
            cells.setdefault(place, []).append(word)
    grid.lines = [
        [_lines_of(cells.get((i, j), []), raw) if j is not None else [] for j in row]
        for i, row in enumerate(grid.places())
    ]
    every = [line for row in grid.lines for cell in row for line in cell]
    if not every:
        return rest
    for line in every:
        line.box = shown_box(line, raw.width, raw.height)
    x0, top, x1, bottom = grid.bbox
    size = sorted(line.size for line in every)[len(every) // 2]
    first = min(w.order for words in cells.values() for w in words)
    place_holder = Segment(
        text="", x0=x0, x1=x1, top=top, bottom=bottom, base=top + size, size=size,
        bold=False, italic=False, first=first, last=first, page=raw.index, table=grid,
    )  # fmt: skip
    segments.append(place_holder)
    return rest


def _lines_of(words: list[Word], raw: RawPage) -> list[Segment]:
    """The lines of a cell."""
    return leaf_lines(Leaf(build_segments(words, raw.index, 0))) if words else []


def _page_columns(page: PageText, away: set[int]) -> list[list[Segment]]:
    by_turn: dict[int, list[Segment]] = {}
    for segment in page.segments:
        if id(segment) not in away:
            by_turn.setdefault(segment.turn, []).append(segment)
    columns = []
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
