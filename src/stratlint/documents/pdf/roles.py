"""What each block is: heading, list item, caption, footnote, quotation, contents, table row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.documents.pdf.blocks import BULLET, has_leader
from stratlint.documents.pdf.style import half
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.blocks import Draft
    from stratlint.documents.pdf.style import Style

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


SECTION = re.compile(
    r"(?:chapter|part|section|annex|appendix)?\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s", re.IGNORECASE
)
"""The number of a section at the head of a line: its group is '2.1'."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def is_heading(draft: Draft, text: str, style: Style) -> bool:
    """Larger or bolder than the body, short, and not a sentence."""
    if len(text) > 220 or len(draft.lines) > 5 or "\t" in text:
        return False
    letters = "".join(_LETTERS.findall(text))
    if len(letters) < 3:
        return False
    if len(letters) < 0.5 * len(text.replace(" ", "")):
        return False
    larger = draft.size >= 1.1 * style.body
    bold = all(line.bold for line in draft.lines) and not style.bold
    capitals = letters.isupper() and len(letters) >= 6 and draft.size >= 0.97 * style.body
    if not (larger or bold or capitals):
        return False
    first = text.lstrip("“‘\"'(")[:1]
    if first.islower() or BULLET.match(text):
        return False
    words = len(text.split())
    if text.endswith((",", ";")) or (text.endswith((".", ":")) and words > 9):
        return False
    if bold and not larger and draft.size < 0.9 * style.body:
        return False
    return words <= 28 if larger else words <= 18


def merge_headings(drafts: list[Draft]) -> None:
    """A heading set in several lines that the line step tore apart."""
    i = 1
    while i < len(drafts):
        above, below = drafts[i - 1], drafts[i]
        same = (
            above.role is Role.HEADING
            and below.role is Role.HEADING
            and above.leaf == below.leaf
            and above.last.page == below.first.page
            and abs(above.size - below.size) < 0.4
            and above.first.bold == below.first.bold
            and abs(above.first.x0 - below.first.x0) < 2.0
        )
        step = below.first.base - above.last.base
        wraps = above.last.x1 > above.last.column[0] + 0.7 * (
            above.last.column[1] - above.last.column[0]
        )
        if same and 0 < step <= 1.5 * above.size and (wraps or below.raw[:1].islower()):
            above.lines.extend(below.lines)
            del drafts[i]
        else:
            i += 1


def heading_levels(drafts: list[Draft]) -> None:
    """Levels from 1: by type size, bold before plain; numbers such as 2.1 go before that."""
    headings = [d for d in drafts if d.role is Role.HEADING]
    styles = Counter((half(d.size), d.first.bold) for d in headings)
    ranked = sorted(styles, key=lambda s: (-s[0], not s[1]))
    level_of: dict[tuple[float, bool], int] = {}
    level, last = 0, None
    for size, bold in ranked:
        if last is None or last[0] - size > 0.6 or last[1] != bold:
            level += 1
        level_of[size, bold] = min(level, 6)
        last = (size, bold)
    for draft in headings:
        draft.level = level_of[half(draft.size), draft.first.bold]
    _respect_numbers(headings)


def _respect_numbers(headings: Sequence[Draft]) -> None:
    """2.1 is one below 2, whatever their type says, where the document numbers its headings."""
    depth_level: dict[int, Counter[int]] = {}
    for draft in headings:
        match = SECTION.match(draft.raw)
        if match and draft.level is not None:
            depth = match.group(1).count(".")
            depth_level.setdefault(depth, Counter())[draft.level] += 1
    if len(depth_level) < 2:
        return
    for draft in headings:
        match = SECTION.match(draft.raw)
        if match and draft.level is not None:
            depth = match.group(1).count(".")
            usual = depth_level[depth].most_common(1)[0][0]
            above = depth_level.get(depth - 1)
            floor = above.most_common(1)[0][0] + 1 if above else usual
            draft.level = min(6, max(usual, floor))


_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|map|exhibit|graph|diagram|image|photo|picture|plate|infographic)"
    r"\s*(?:[\dA-Z][\d.\-]*)\s*[:.\-–—]?\s|source\s?s?:|photo(?:graph)?s?:|image:|credit:",
    re.IGNORECASE,
)
_QUOTE_OPEN = ("“", "‘", '"', "«", "‘‘")
_QUOTE_CLOSE = re.compile(r"[”’\"»]\W*$")
_PROSE = (Role.PARAGRAPH, Role.LIST_ITEM)
_ALNUM = re.compile(r"[^\W_]+")


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
    return "".join(_ALNUM.findall(text.lower()))


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
