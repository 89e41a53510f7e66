"""Files that know their own structure (Word, HTML, Markdown): pieces to a Document's blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stratlint.documents.assemble import TextBuilder
from stratlint.records import Block, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

_HYPHENS = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\xad": "", "\u200b": "", "\u2060": "", "\ufeff": ""}
)
"""An author's hyphens, whether a line may break at them or not, are one to a reader; where a word
only may be parted there is none."""


@dataclass(slots=True)
class Piece:
    """One block as the file gives it. ``header`` marks the header row of a table.

    ``opener`` says that a button stands for its heading. ``line`` is the line of the file on
    which it begins, where the file has lines. ``comments`` are the numbers of the comments on it.
    """

    role: Role
    text: str
    level: int | None = None
    page: int = 0
    cells: list[str] = field(default_factory=list)
    header: bool = False
    table: int = 0
    line: int | None = None
    opener: bool = False
    comments: frozenset[int] = frozenset()


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that become blocks, in the order of these: the body, then notes and furniture."""
    every = [p for p in pieces if p.text.strip() or any(c.strip() for c in p.cells)]
    return sorted(every, key=lambda piece: not piece.role.is_body)


def write_pieces(
    pieces: Iterable[Piece],
) -> tuple[str, int, tuple[Block, ...], tuple[int, ...]]:
    """Text, end of the body, blocks (body first, then notes and furniture), note markers."""
    every = in_order(pieces)
    builder = TextBuilder()
    heading: int | None = None
    lead: int | None = None
    headers: dict[int, int] = {}
    for piece in (p for p in every if p.role.is_body):
        index = len(builder.blocks)
        if piece.header:
            headers[piece.table] = index
        header = headers.get(piece.table) if piece.role is Role.TABLE_ROW else None
        lead_in = lead if piece.role is Role.LIST_ITEM else None
        _add(builder, piece, heading=heading, lead_in=lead_in, header=header)
        if piece.role is Role.HEADING:
            heading, lead = index, None
        elif piece.role is Role.PARAGRAPH:
            lead = index
    body_end = builder.length
    for piece in (p for p in every if not p.role.is_body):
        _add(builder, piece)
    return builder.text, body_end, tuple(builder.blocks), tuple(builder.notes)


def _add(
    builder: TextBuilder,
    piece: Piece,
    *,
    heading: int | None = None,
    lead_in: int | None = None,
    header: int | None = None,
) -> None:
    builder.part()
    start = builder.length
    cells = []
    if piece.cells:
        for i, cell in enumerate(piece.cells):
            if i:
                builder.write("\t")
            begin = builder.write(cell.translate(_HYPHENS))
            cells.append((begin, builder.length))
    else:
        builder.write(piece.text.translate(_HYPHENS))
    builder.blocks.append(
        Block(
            role=piece.role,
            page=piece.page,
            start=start,
            end=builder.length,
            level=piece.level,
            heading=heading,
            lead_in=lead_in,
            header=header,
            cells=tuple(cells),
            line=piece.line,
        )
    )
