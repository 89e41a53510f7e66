"""What each block is: heading, list item, caption, footnote, quotation, contents, table row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.documents.pdf.blocks import has_leader
from stratlint.documents.pdf.contents import mark_contents
from stratlint.documents.pdf.footnotes import mark_endnotes
from stratlint.documents.pdf.headings import SECTION, heading_levels, is_heading, merge_headings
from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.documents.pdf.blocks import Draft
    from stratlint.documents.pdf.style import Style

_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|map|exhibit|graph|diagram|image|photo|picture|plate|infographic)"
    r"\s*(?:[\dA-Z][\d.\-]*)\s*[:.\-–—]?\s|source\s?s?:|photo(?:graph)?s?:|image:|credit:",
    re.IGNORECASE,
)
_QUOTE_OPEN = ("“", "‘", '"', "«", "‘‘")
_QUOTE_CLOSE = re.compile(r"[”’\"»]\W*$")
_PROSE = (Role.PARAGRAPH, Role.LIST_ITEM)
_NO_LETTERS = re.compile(r"[\W_]+")


def assign_roles(drafts: list[Draft], style: Style) -> None:
    """Give every block of a document its role, in place."""
    for draft in drafts:
        if draft.role in (Role.PARAGRAPH, Role.LIST_ITEM):
            _assign(draft, style)
    mark_contents(drafts)
    _mark_repeats(drafts, style)
    mark_endnotes(drafts)
    _mark_unbulleted_items(drafts, style)
    merge_headings(drafts)
    heading_levels(drafts)
    _list_levels(drafts)


def _assign(draft: Draft, style: Style) -> None:
    text = draft.raw.strip()
    if has_leader(text):
        draft.role = Role.CONTENTS
    elif _is_pull_quote(draft, text, style):
        draft.role, draft.label = Role.QUOTATION, "display"
    elif _CAPTION.match(text) and len(text) < 400:
        draft.role = Role.CAPTION
    elif is_heading(draft, text, style):
        draft.role = Role.HEADING
    elif text.startswith(_QUOTE_OPEN) and _QUOTE_CLOSE.search(text) and len(text) > 60:
        draft.role = Role.QUOTATION


def _is_pull_quote(draft: Draft, text: str, style: Style) -> bool:
    if draft.size < 1.12 * style.body or not text.startswith(_QUOTE_OPEN):
        return False
    return len(text.split()) >= 5 and len(text) < 600


def _mark_repeats(drafts: list[Draft], style: Style) -> None:
    """Pull quotes without quotation marks: large type that repeats words of the text."""
    large = [
        d
        for d in drafts
        if d.role in (Role.HEADING, Role.PARAGRAPH)
        and d.size > 1.08 * style.body
        and len(d.raw.split()) >= 8
        and not SECTION.match(d.raw)
    ]
    if not large:
        return
    text = _letters(
        "".join(d.raw for d in drafts if d.role in _PROSE and d.size <= 1.05 * style.body)
    )
    for draft in large:
        if _letters(draft.raw) in text:
            draft.role, draft.label = Role.QUOTATION, "display"


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())


def _mark_unbulleted_items(drafts: list[Draft], style: Style) -> None:
    """Runs of indented short paragraphs: a list whose bullets have no Unicode or are drawn."""
    left: dict[int, float] = {}
    for draft in drafts:
        if draft.role is Role.PARAGRAPH and abs(draft.size - style.body) < 0.8:
            x0 = min(line.x0 for line in draft.lines)
            left[draft.leaf] = min(x0, left.get(draft.leaf, x0))
    for draft in drafts:
        if draft.role is not Role.PARAGRAPH or draft.leaf not in left:
            continue
        indent = min(line.x0 for line in draft.lines) - left[draft.leaf]
        spread = max(line.x0 for line in draft.lines) - min(line.x0 for line in draft.lines)
        size = draft.size
        if 0.8 * size <= indent <= 4.5 * size and spread < 0.4 * size:
            draft.role, draft.indent = Role.LIST_ITEM, indent


def _list_levels(drafts: list[Draft]) -> None:
    """Depth of list items by their indent within a run of items."""
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft is not None and draft.role is Role.LIST_ITEM:
            run.append(draft)
            continue
        stops: dict[int, list[float]] = {}
        for item in run:
            stops.setdefault(item.leaf, []).append(item.first.x0)
        for item in run:
            indents = sorted({round(x / 8) for x in stops[item.leaf]})
            item.level = indents.index(round(item.first.x0 / 8)) + 1
        run = []
