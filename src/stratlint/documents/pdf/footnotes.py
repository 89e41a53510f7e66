"""Footnotes and endnotes: which blocks are notes, and where one ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.documents.pdf.blocks import Draft
    from stratlint.documents.pdf.style import Style

_NOTE_START = re.compile(r"(?:\d{1,3}[.):]?\s|[*†‡§¶]{1,3}|\[\d{1,3}\])\s*(?=[^\W\d_]|[“‘\"'(<])")
_NOTES_HEADING = re.compile(r"(?:end\s?notes?|foot\s?notes?|notes|references)$", re.IGNORECASE)


def mark_notes(drafts: list[Draft], style: Style, page_height: float) -> None:
    """Footnotes of one column: the small type at its foot that opens with a marker."""
    limit = 0.935 * style.body
    start = len(drafts)
    while start > 0 and drafts[start - 1].size <= limit and drafts[start - 1].row is None:
        start -= 1
    if start == len(drafts) or drafts[-1].first.top < 0.45 * page_height:
        return
    for i in range(start, len(drafts)):
        # A numbered list in the small type of a box opens like a note; notes are smaller.
        numbered = drafts[i].role is Role.LIST_ITEM and drafts[i].size > 0.82 * style.body
        opens = drafts[i].first.leading_mark or (not numbered and _NOTE_START.match(drafts[i].raw))
        if opens:
            for draft in drafts[i:]:
                draft.role = Role.FOOTNOTE
                for line in draft.lines:
                    line.text = line.text.replace("\t", " ")
            return


def split_notes(draft: Draft) -> list[int]:
    """Indexes of the lines of a footnote block at which a new note begins."""
    return [
        i
        for i, line in enumerate(draft.lines)
        if i and (line.leading_mark or re.match(r"\d{1,3}[.)]?\s+[A-Z“‘]", line.text))
    ]


def mark_endnotes(drafts: list[Draft]) -> None:
    """Numbered notes under a heading that says so."""
    inside = False
    for draft in drafts:
        if draft.role is Role.HEADING:
            inside = bool(_NOTES_HEADING.match(draft.raw.strip()))
        elif (
            inside
            and draft.role in (Role.PARAGRAPH, Role.LIST_ITEM)
            and (draft.first.leading_mark or _NOTE_START.match(draft.raw))
        ):
            draft.role = Role.FOOTNOTE
