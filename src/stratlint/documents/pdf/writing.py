"""A document after layout to its text: mended, with notes and furniture after the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.documents.assemble import TextBuilder, add_draft, add_row
from stratlint.documents.repair.mend import Mender
from stratlint.records import ReadWarning, Role

if TYPE_CHECKING:
    from stratlint.documents.pdf.blocks import Draft
    from stratlint.documents.pdf.layout import LaidOut
    from stratlint.records import Block


def write_document(
    laid: LaidOut, *, repair: bool
) -> tuple[str, int, tuple[Block, ...], tuple[int, ...]]:
    """Text, end of the body, blocks, and where note markers stood."""
    every = [*laid.drafts, *laid.furniture]
    mender = Mender([line.text for draft in every for line in draft.lines], repair=repair)
    builder = TextBuilder()
    body = [d for d in laid.drafts if d.role.is_body and d.label != "display"]
    _write_body(body, builder, mender)
    body_end = builder.length
    rest = [d for d in laid.drafts if d.role is Role.FOOTNOTE]
    display = [d for d in laid.drafts if d.label == "display"]
    for draft in [*rest, *display, *laid.furniture]:
        add_draft(builder, draft, mender.block(draft.lines, bullet=False))
    laid.warnings += _warnings_of(mender)
    return builder.text, body_end, tuple(builder.blocks), tuple(builder.notes)


def _write_body(drafts: list[Draft], builder: TextBuilder, mender: Mender) -> None:
    """The running text, each block with its heading, its lead-in or its table's header."""
    heading: int | None = None
    lead: int | None = None
    headers: dict[tuple[int, int | None], int] = {}
    for draft in drafts:
        index = len(builder.blocks)
        if draft.role is Role.TABLE_ROW:
            table = (draft.leaf, draft.table)
            if draft.header:
                headers[table] = index
            header = headers.get(table)
            if draft.row is not None:
                cells = [mender.block(cell, bullet=False) for cell in draft.row]
                add_row(builder, draft, cells, heading=heading, header=header)
                continue
        texts = mender.block(draft.lines, bullet=draft.role is Role.LIST_ITEM)
        lead_in = lead if draft.role is Role.LIST_ITEM else None
        add_draft(builder, draft, texts, heading=heading, lead_in=lead_in)
        if draft.role is Role.HEADING:
            heading, lead = index, None
        elif draft.role is Role.PARAGRAPH:
            lead = index


def _warnings_of(mender: Mender) -> list[ReadWarning]:
    """What was mended, and which words run together."""
    warnings: list[ReadWarning] = []
    if mender.mended:
        message = f"{mender.mended} torn words were put together again."
        warnings.append(ReadWarning(code="mended", message=message))
    for words, verb in ((sorted(mender.glued), "parted"), (mender.doubtful, "left as they are")):
        if words:
            listed = ", ".join(words[:8]) + (" …" if len(words) > 8 else "")
            message = f"{len(words)} words that run together were {verb}: {listed}."
            warnings.append(ReadWarning(code="glued-words", message=message))
    return warnings
