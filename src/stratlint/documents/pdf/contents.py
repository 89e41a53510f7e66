"""Lists of contents: their entries are no text of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.documents.pdf.blocks import Draft

_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?$|content$", re.IGNORECASE)
_ENDS_NUMBER = re.compile(r"(?:^|\s)(?:\d{1,3}|[ivxl]{1,5})\s*$")
_STARTS_NUMBER = re.compile(r"\d{1,3}\s+\D")


def mark_contents(drafts: list[Draft]) -> None:
    """Lists of contents: the entries below the word, as long as they carry page numbers."""
    for i, draft in enumerate(drafts):
        if len(draft.raw) > 30 or not _CONTENTS.match(draft.raw.strip()):
            continue
        page = draft.first.page
        below = [d for d in drafts[i + 1 :] if d.first.page in (page, page + 1)]
        same = [d for d in below if d.first.page == page]
        entries = [d for d in same if _is_entry(d)]
        if len(entries) < 3 or len(entries) < 0.3 * len(same):
            continue
        draft.role = Role.HEADING
        for entry in same:
            if entry.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.HEADING, Role.TABLE_ROW):
                entry.role = Role.CONTENTS
    _mark_contents_pages(drafts)


def _mark_contents_pages(drafts: list[Draft]) -> None:
    """Pages of which most lines are entries with leaders are contents throughout."""
    pages: dict[int, list[Draft]] = {}
    for draft in drafts:
        pages.setdefault(draft.first.page, []).append(draft)
    for members in pages.values():
        entries = sum(1 for d in members if d.role is Role.CONTENTS)
        if entries >= 4 and entries > 0.5 * len(members):
            for draft in members:
                if draft.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.TABLE_ROW) and _is_entry(
                    draft
                ):
                    draft.role = Role.CONTENTS


def _is_entry(draft: Draft) -> bool:
    text = draft.raw.strip()
    if len(text) > 200:
        return False
    return bool(_ENDS_NUMBER.search(text) or _STARTS_NUMBER.match(text))
