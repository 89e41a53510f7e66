"""Lists: what leads into them, their items, and where and why they end.

A list ends where something else begins: another lead-in, a heading, running text, another kind
of mark, a count that begins anew. Its members are the sectors that its items name, not those
that the items mention while they explain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from stratlint.records import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.outline import Outline, Part

FIRST = 10
"""Words before the first sector of an item at which the item still names it: 'Become a top-five
location for electronics'. Beyond, items explain ('… making good the loss of jobs in textiles')."""
AHEAD = 6
"""Parts between two run-in headings of one list: a paragraph or two, with their lists."""
SHORT = 5
"""Words up to which an item that ends in a colon is a label of its own sub-items."""
_LEADS = ("text", "heading", "caption")
_LABEL = 7
"""Words before a colon that label an item: 'Mission 2, the open gate: …'."""
_QUOTED = 50
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STOP = re.compile(
    r"[:;(–—.?!✔✓]|\s-\s|\b(?:which|where|who|whose|for|with|because|while|whilst|but|serving|supplying|used|e\.g"
    r"|such|from|not|rather|except|excluding|outside|unlike|that|is|are|was|were|has|have|will|shall|should"
    r"|to|by|through|against|instead|as|if|when|since|now|than)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[^;\n•]+")
_LABELLED = re.compile(r"[:–—]\s|\s-\s")
_FORMS = {
    "bullet": Form.BULLETS,
    "line": Form.BULLETS,
    "number": Form.NUMBERS,
    "letter": Form.LETTERS,
}


class Listing(NamedTuple):
    """A list: the part that leads into it, its items, where it ends and why."""

    lead: Part | None
    items: tuple[Part, ...]
    form: Form
    end: int
    ended_by: str


def listings(outline: Outline) -> Iterator[Listing]:
    """The lists of a document, in order."""
    index = 0
    while index < len(outline.parts):
        if outline.parts[index].kind != "item":
            index += 1
            continue
        found, index = _listing(outline, index)
        yield found


def _listing(outline: Outline, first: int) -> tuple[Listing, int]:
    """The list that begins at a part, and the index of the part after it."""
    parts = outline.parts
    opening = parts[first]
    before = parts[first - 1] if first else None
    leads = before is not None and (before.kind in _LEADS or _leads_in(outline, before))
    lead = before if leads else None
    items = [opening]
    why, index = "the end of the text", first + 1
    while index < len(parts):
        part = parts[index]
        if part.kind == "item":
            reason = _no_item(items, part)
            if reason is None and _leads_in(outline, parts[index - 1]):
                reason = f"another lead-in, “{_short(outline, parts[index - 1])}”"
            if reason is None:
                if part.depth <= opening.depth and _same_mark(opening, part):
                    items.append(part)
            else:
                why = reason
                break
        elif not _goes_on(outline, items[-1], index):
            why = _other(outline, part, index)
            break
        index += 1
    return Listing(lead, tuple(items), _form(items), parts[index - 1].end, why), index


def _leads_in(outline: Outline, part: Part) -> bool:
    """Whether an item, or running text that was read into it, leads into what follows."""
    words = outline.words(part)
    return part.kind == "item" and words.endswith(":") and len(words.split()) > SHORT


def _short(outline: Outline, part: Part) -> str:
    words = outline.words(part)
    return words if len(words) <= _QUOTED else "…" + words[1 - _QUOTED :].lstrip()


def _same_mark(one: Part, other: Part) -> bool:
    return one.mark == other.mark or {one.mark, other.mark} == {"bullet", "line"}


def _no_item(items: Sequence[Part], part: Part) -> str | None:
    """Why an item is not of a list, or None where it is, or belongs to one of its items."""
    opening, last = items[0], items[-1]
    if part.depth > opening.depth:
        return None
    if part.depth < opening.depth:
        return "items of a higher level"
    if part.mark != last.mark and not _same_mark(last, part):
        # Bullets below a numbered item explain it; numbers after bullets are another list.
        return (
            None
            if last.count and part.mark in ("bullet", "line", "letter")
            else "another kind of mark"
        )
    if part.count and last.count and part.count <= last.count:
        return "a count that begins anew"
    return None


def _goes_on(outline: Outline, last: Part, index: int) -> bool:
    """Whether a list goes on behind a part that is no item of it."""
    part = outline.parts[index]
    if part.kind in ("heading", "row"):
        return False
    text = outline.words(part)
    if part.kind == "text" and text[:1].islower() and not outline.words(last).endswith((".", ":")):
        return True
    following = outline.parts[index + 1] if index + 1 < len(outline.parts) else None
    if text.endswith(":") and following is not None and following.kind == "item":
        return False
    if not last.count or (last.title is None and len(outline.words(last).split()) > _LABEL):
        return False
    # Run-in headings have paragraphs between them; the next number tells that the list goes on.
    for other in outline.parts[index + 1 : index + 1 + AHEAD]:
        if other.kind == "heading":
            return False
        if other.kind == "item" and other.mark == last.mark and other.count:
            return _follows(last.count, other.count)
    return False


def _follows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[:-1] == other[:-1] and other[-1] == one[-1] + 1


def _other(outline: Outline, part: Part, index: int) -> str:
    """Why a list ends at a part that is no item."""
    words = outline.words(part)
    quoted = words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
    following = outline.parts[index + 1] if index + 1 < len(outline.parts) else None
    if part.kind == "heading":
        return f"the heading “{quoted}”"
    if part.kind in ("row", "caption"):
        return "a table" if part.kind == "row" else f"the caption “{quoted}”"
    if following is not None and following.kind == "item":
        return f"another lead-in, “{quoted}”"
    return f"running text, “{quoted}”"


def _form(items: Sequence[Part]) -> Form:
    mark = items[0].mark
    titled = sum(item.title is not None for item in items)
    if mark in _FORMS:
        run_in = mark == "number" and titled * 2 > len(items)
        return Form.RUN_IN_HEADINGS if run_in else _FORMS[mark]
    return Form.OBJECTIVES


def named(text: str, part: Part, hits: Sequence[Hit], starts: Sequence[int]) -> tuple[int, ...]:
    """The hits that an item, a heading or a cell names, not those that it explains with."""
    start, end = part.start, part.title if part.title is not None else part.end
    found = named_in(text, start, end, hits, starts)
    if not found and part.title is not None:
        found = named_in(text, part.title + 1, part.end, hits, starts)
    return found


def named_in_cell(
    text: str, start: int, end: int, hits: Sequence[Hit], starts: Sequence[int]
) -> tuple[int, ...]:
    """The hits that a cell names, in any of the entries that it may hold."""
    found: list[int] = []
    for entry in _ENTRY.finditer(text, start, end):
        found += named_in(text, *entry.span(), hits, starts)
    return tuple(found)


def named_in(
    text: str, start: int, end: int, hits: Sequence[Hit], starts: Sequence[int]
) -> tuple[int, ...]:
    """The hits that a span names at its beginning."""
    begin = bisect_left(starts, start)
    inside = [i for i in range(begin, bisect_left(starts, end)) if hits[i].end <= end]
    if not inside:
        return ()
    first = hits[inside[0]]
    label = _LABELLED.search(text, start, first.start)
    while label is not None:
        if len(text[start : label.start()].split()) > _LABEL:
            return ()
        start = label.end()
        label = _LABELLED.search(text, start, first.start)
    between = text[start : first.start]
    if len(_WORD.findall(between)) > FIRST or re.search(r"[.;!?]\s", between):
        return ()
    found: list[int] = []
    last = first.start
    for index in inside:
        hit = hits[index]
        if found and hit.start > last and _STOP.search(text, last, hit.start):
            break
        found.append(index)
        last = max(last, hit.end)
    return tuple(found)
