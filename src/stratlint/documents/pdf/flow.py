"""Paragraphs that run on: over a column, over a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.documents.pdf.blocks import starts_item
from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.documents.pdf.blocks import Draft

_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*\d{0,3}$")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\d{0,3}$")
_FLOWING = (Role.PARAGRAPH, Role.LIST_ITEM)


def join_flow(drafts: list[Draft]) -> list[Draft]:
    """Join blocks of running text that a column's or a page's end has cut.

    A block runs on when it stops without the end of a sentence and the text goes on in small
    letters, or when its last line is full and the type is the same. Captions, quotations,
    tables and notes that stand between are stepped over.
    """
    joined: list[Draft] = []
    for draft in drafts:
        target = _open_block(joined, draft)
        if target is None:
            joined.append(draft)
        else:
            target.lines.extend(draft.lines)
            target.leaf = draft.leaf
    return joined


def _open_block(joined: list[Draft], draft: Draft) -> Draft | None:
    """The block that this one continues, if any."""
    if draft.role not in _FLOWING or starts_item(draft.raw):
        return None
    for candidate in reversed(joined[-6:]):
        if candidate.role is Role.HEADING:
            return None
        if candidate.role in _FLOWING:
            return candidate if _continues(candidate, draft) else None
    return None


def _continues(above: Draft, below: Draft) -> bool:
    if above.leaf == below.leaf or abs(above.size - below.size) > 0.06 * above.size:
        return False
    if below.first.page - above.last.page > 1:
        return False
    text, following = above.raw.rstrip(), below.raw.lstrip()
    if not text or not following:
        return False
    hyphenated = text.endswith(("-", "‐", "\u00ad"))
    small = following.lstrip("“‘\"'(")[:1].islower()
    if hyphenated and small:
        return True
    if _SENTENCE.search(text) or text.endswith((":", ";")):
        return False
    if small:
        return True
    last = above.last
    full = last.x1 >= last.column[1] - 4.0 * last.size
    return full and len(text) > 40 and above.first.bold == below.first.bold
