"""A PDF file to a Document: words, layout, roles, repair, text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stratlint.documents.assemble import TextBuilder, add_draft
from stratlint.documents.blocks import Draft, split_blocks
from stratlint.documents.flow import join_flow
from stratlint.documents.furniture import PageText, find_furniture
from stratlint.documents.lines import leaf_lines
from stratlint.documents.mend import Mender
from stratlint.documents.order import reading_order
from stratlint.documents.roles import assign_roles, mark_notes, split_notes
from stratlint.documents.segments import Segment, build_segments, shown_box, upright
from stratlint.documents.style import document_style
from stratlint.records import Page, ReadWarning, Role

if TYPE_CHECKING:
    from stratlint.documents.style import Style
    from stratlint.documents.words import RawPage
    from stratlint.records import Block


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


def lay_out(pages: Pages, labels: list[str]) -> LaidOut:
    """Read every page and find its order, blocks and roles."""
    result = LaidOut()
    texts: list[PageText] = []
    for index in range(len(pages)):
        raw = pages.page(index, labels[index])
        result.pages.append(
            Page(
                index=index, label=raw.label, width=round(raw.width, 2), height=round(raw.height, 2)
            )
        )
        segments = _page_segments(raw, result)
        texts.append(PageText(segments, raw.width, raw.height))
    furniture = find_furniture(texts)
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


def _page_segments(raw: RawPage, result: LaidOut) -> list[Segment]:
    segments: list[Segment] = []
    groups = upright(raw)
    for turn, words in groups:
        segments += build_segments(words, raw.index, turn)
    for segment in segments:
        segment.box = shown_box(segment, raw.width, raw.height)
    if groups and groups[0][0]:
        message = "The text of this page is turned; it was read in its own direction."
        result.warnings.append(ReadWarning(code="rotated", message=message, page=raw.index))
    return segments


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
        cuts = split_notes(draft) if draft.role is Role.FOOTNOTE else []
        for start, end in zip([0, *cuts], [*cuts, len(draft.lines)], strict=True):
            result.append(Draft(draft.role, draft.lines[start:end], leaf=draft.leaf))
    return result


def write_document(laid: LaidOut, *, repair: bool) -> tuple[str, int, tuple[Block, ...]]:
    """Text, end of the body, and blocks."""
    every = [*laid.drafts, *laid.furniture]
    mender = Mender([line.text for draft in every for line in draft.lines], repair=repair)
    builder = TextBuilder()
    body = [d for d in laid.drafts if d.role.is_body and d.label != "display"]
    rest = [d for d in laid.drafts if d.role is Role.FOOTNOTE]
    display = [d for d in laid.drafts if d.label == "display"]
    heading: int | None = None
    lead: int | None = None
    for draft in body:
        index = len(builder.blocks)
        texts = mender.block(draft.lines, bullet=draft.role is Role.LIST_ITEM)
        lead_in = lead if draft.role is Role.LIST_ITEM else None
        add_draft(builder, draft, texts, heading=heading, lead_in=lead_in)
        if draft.role is Role.HEADING:
            heading, lead = index, None
        elif draft.role is Role.PARAGRAPH:
            lead = index
    body_end = builder.length
    for draft in [*rest, *display, *laid.furniture]:
        add_draft(builder, draft, mender.block(draft.lines, bullet=False))
    if mender.mended:
        message = f"{mender.mended} torn words were put together again."
        laid.warnings.append(ReadWarning(code="mended", message=message))
    return builder.text, body_end, tuple(builder.blocks)
