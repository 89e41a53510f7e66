"""Headings: what is one, which lines are one, and of which level."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.documents.pdf.blocks import BULLET
from stratlint.documents.pdf.style import half
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.blocks import Draft
    from stratlint.documents.pdf.style import Style

SECTION = re.compile(
    r"(?:chapter|part|section|annex|appendix)?\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s", re.IGNORECASE
)
"""The number of a section at the head of a line: its group is '2.1'."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def is_heading(draft: Draft, text: str, style: Style) -> bool:
    """Larger or bolder than the body, short, and not a sentence."""
    letters = "".join(_LETTERS.findall(text))
    if len(letters) < 3 or len(text) > 220 or len(draft.lines) > 5 or "\t" in text:
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
