"""A Document as text for people and as JSON for programs."""

from __future__ import annotations

from typing import Any

from stratlint.records import Block, Document, Role


def as_text(document: Document, *, notes: bool = False, furniture: bool = False) -> str:
    """The body in reading order, blocks parted by blank lines, table cells by tabs.

    ``notes`` puts each footnote after the block beside which it is printed, ``furniture``
    running heads and page numbers at the top or the foot of their page. In a file without
    layout, notes come at the end of their page and what is printed on every page at the end.
    """
    order = reading_order(document, notes=notes, furniture=furniture)
    texts = [document.text[b.start : b.end] for b in (document.blocks[i] for i in order)]
    joined = "\n\n".join(t for t in texts if t.strip())
    return f"{joined}\n" if joined else ""


def reading_order(document: Document, *, notes: bool, furniture: bool) -> list[int]:
    """Indexes of the blocks in the order in which they are printed."""
    blocks = document.blocks
    body = [i for i, b in enumerate(blocks) if b.start < document.body_end]
    if not (notes or furniture):
        return body
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.start < document.body_end:
            continue
        is_note = block.role is Role.FOOTNOTE
        if (is_note and not notes) or (not is_note and not furniture):
            continue
        place, first = _place(document, body, block)
        (before if first else after).setdefault(place, []).append(i)
    order = list(before.get(-1, [])) + list(after.get(-1, []))
    for i in body:
        order += before.get(i, [])
        order.append(i)
        order += after.get(i, [])
    return order


def _place(document: Document, body: list[int], block: Block) -> tuple[int, bool]:
    """The body block beside which a note or running head stands, and whether it goes before."""
    blocks = document.blocks
    if block.bbox is None and block.role is not Role.FOOTNOTE:
        return (body[-1] if body else -1), False
    on_page = [i for i in body if any(x.page == block.page for x in blocks[i].lines)]
    if not on_page or block.bbox is None:
        earlier = [i for i in body if blocks[i].page <= block.page]
        return (earlier[-1] if earlier else -1), False
    if block.role is Role.RUNNING_HEAD and block.bbox[1] < document.pages[block.page].height / 2:
        starting = [i for i in on_page if blocks[i].page == block.page]
        return (starting or on_page)[0], True
    beside = [i for i in on_page if _shares_column(blocks[i], block)]
    return (beside or on_page)[-1], False


def _shares_column(block: Block, other: Block) -> bool:
    if other.bbox is None:
        return False
    x0, _, x1, _ = other.bbox
    return any(
        line.page == other.page and line.bbox[0] < x1 and line.bbox[2] > x0 for line in block.lines
    )


def as_json(document: Document) -> dict[str, Any]:
    """The document as plain data: what ``stratlint extract --format json`` prints.

    The keys are a promise to programs that read them; the rest of a Document is in the API.
    """
    return {
        "sha256": document.sha256,
        "source": document.source,
        "reader": document.reader,
        "pages": [
            {"index": p.index, "label": p.label, "width": p.width, "height": p.height}
            for p in document.pages
        ],
        "blocks": [_block(document, b) for b in document.blocks],
        "text": document.text,
        "warnings": [
            {"code": w.code, "message": w.message, "page": w.page} for w in document.warnings
        ],
    }


def _block(document: Document, block: Block) -> dict[str, Any]:
    return {
        "role": block.role.value,
        "level": block.level,
        "page": block.page,
        "bbox": list(block.bbox) if block.bbox else None,
        "text": document.text[block.start : block.end],
        "start": block.start,
        "end": block.end,
    }
