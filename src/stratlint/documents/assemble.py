"""Drafts to the text and the blocks of a Document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.records import Block, Line, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.blocks import Draft
    from stratlint.records import BBox, Span

_SEPARATOR = "\n\n"


class TextBuilder:
    """Writes blocks one after another and remembers where everything stands.

    ``notes`` are the offsets at which a note marker stood in print.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.notes: list[int] = []

    def write(self, text: str) -> int:
        """Append text; returns the offset at which it begins."""
        start = self.length
        if NOTE_MARK in text:
            pieces = text.split(NOTE_MARK)
            at = start
            for piece in pieces[:-1]:
                at += len(piece)
                self.notes.append(at)
            text = "".join(pieces)
        self.parts.append(text)
        self.length += len(text)
        return start

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self.parts)

    def part(self) -> None:
        """Begin a new block, parted from the last one by a blank line."""
        if self.length:
            self.write(_SEPARATOR)


def union(boxes: Sequence[BBox]) -> BBox:
    """The smallest box around several."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def rounded(box: BBox) -> BBox:
    """A box to a tenth of a point, which is finer than any printer."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def add_row(
    builder: TextBuilder, draft: Draft, cells: Sequence[Sequence[str]], **links: object
) -> None:
    """Write a table row: its cells' lines, cells parted by tabs."""
    builder.part()
    lines: list[Line] = []
    spans: list[Span] = []
    begin = builder.length
    for i, (segments, texts) in enumerate(zip(draft.row or [], cells, strict=True)):
        if i:
            builder.write("\t")
        start_cell = builder.length
        for segment, text in zip(segments, texts, strict=True):
            start = builder.write(text)
            lines.append(
                Line(start=start, end=builder.length, page=segment.page, bbox=rounded(segment.box))
            )
        spans.append((start_cell, builder.length))
    block = Block(
        role=draft.role,
        page=draft.first.page,
        start=begin,
        end=builder.length,
        bbox=union([line.bbox for line in lines]) if lines else None,
        cells=tuple(spans),
        lines=tuple(lines),
        **links,  # type: ignore[arg-type]
    )
    builder.blocks.append(block)


def add_draft(builder: TextBuilder, draft: Draft, texts: Sequence[str], **links: object) -> None:
    """Write one draft whose lines have become ``texts`` (joined without anything between).

    ``links`` are the indexes that tie a block to others: heading, lead_in, header.
    """
    builder.part()
    lines: list[Line] = []
    begin = builder.length
    for segment, text in zip(draft.lines, texts, strict=True):
        start = builder.write(text)
        if builder.length > start:
            lines.append(
                Line(start=start, end=builder.length, page=segment.page, bbox=rounded(segment.box))
            )
    plain = "".join(texts).replace(NOTE_MARK, "")
    text_cells = _tab_cells(plain, begin) if draft.role is Role.TABLE_ROW else ()
    first_page = [line.bbox for line in lines if line.page == draft.first.page]
    block = Block(
        role=draft.role,
        page=draft.first.page,
        start=begin,
        end=builder.length,
        level=draft.level if draft.role in (Role.HEADING, Role.LIST_ITEM) else None,
        bbox=union(first_page) if first_page else None,
        cells=text_cells,
        lines=tuple(lines),
        **links,  # type: ignore[arg-type]
    )
    builder.blocks.append(block)


def _tab_cells(text: str, offset: int) -> tuple[Span, ...]:
    """Spans of the cells of a row whose text parts them by tabs."""
    cells: list[Span] = []
    start = 0
    for cell in text.split("\t"):
        cells.append((offset + start, offset + start + len(cell)))
        start += len(cell) + 1
    return tuple(cells)
