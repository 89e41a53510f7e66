"""Running heads and page numbers, told by what repeats at one height, and what a page is called."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stratlint.documents.pdf.segments import Segment
    from stratlint.records import Page

_ZONE = 0.13
_SAME_HEIGHT = 4.0
_TAB = 40
_FULL_LINE = 45
"""Characters of a line of running text; most running heads are shorter."""
_TEXT = 4
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\W]*(?:page|p\.|seite)?\s*(?:[ivxlc]{1,7}|\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[\s\W]*$",
    re.IGNORECASE,
)
_EDGE_NUMBER = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")


class PageText:
    """The segments of one page with its size, as the search for furniture needs them."""

    def __init__(self, segments: list[Segment], width: float, height: float) -> None:
        self.segments = segments
        self.width, self.height = width, height
        self.zone = [s for s in segments if self._in_zone(s)]
        self.keys = {(_key(s), s.turn): s for s in self.zone}

    def _in_zone(self, segment: Segment) -> bool:
        if segment.turn:
            return len(segment.text) < 120
        low, high = self.height * _ZONE, self.height * (1 - _ZONE)
        return segment.bottom <= low or segment.top >= high


def find_furniture(pages: list[PageText]) -> list[set[int]]:
    """For each page the ids of the segments that are furniture.

    A line of the top or bottom eighth is furniture when, digits aside, it stands at the same
    height on the next page or the one after it (left and right pages differ), or when it is a
    page number in sequence. So is a label that stands alone beside the text of both pages.
    """
    found: list[set[int]] = [set() for _ in pages]
    for i, page in enumerate(pages):
        for other in (i + 1, i + 2):
            if other < len(pages):
                _mark_repeats(page, pages[other], found[i], found[other])
    for page, away in zip(pages, found, strict=True):
        if away:
            _keep_running_text(page, away)
    offsets = _number_offsets(pages)
    for i, page in enumerate(pages):
        _mark_numbers(i, page, offsets, found[i])
        _mark_rows(page, found[i])
    for i, page in enumerate(pages):
        for other in range(i + 1, min(i + 3, len(pages))):
            _mark_tabs(page, pages[other], found[i], found[other])
    return found


def _key(segment: Segment) -> str:
    return _DIGITS.sub("#", " ".join(segment.text.split())).lower()


def _mark_repeats(a: PageText, b: PageText, in_a: set[int], in_b: set[int]) -> None:
    for key, segment in a.keys.items():
        twin = b.keys.get(key)
        if twin is None or not any(c.isalnum() or c == "#" for c in key[0]):
            continue
        from_top = abs(segment.base - twin.base) <= _SAME_HEIGHT
        from_foot = (
            abs((a.height - segment.base) - (b.height - twin.base)) <= _SAME_HEIGHT
            and not segment.turn
        )
        if (from_top or from_foot) and abs(segment.size - twin.size) < 0.6:
            in_a.add(id(segment))
            in_b.add(id(twin))


def _keep_running_text(page: PageText, found: set[int]) -> None:
    """Give back lines that repeat but run on into the text: a paragraph may come twice."""
    level = sorted((s for s in page.segments if not s.turn), key=lambda s: s.base)
    middle = page.height / 2
    # From the text outwards, so that a line that is given back holds the next one.
    pairs = [(above, below) for above, below in pairwise(level) if below.base < middle][::-1]
    pairs += [(below, above) for above, below in pairwise(level) if above.base >= middle]
    for outer, inner in pairs:
        if id(outer) in found and id(inner) not in found and _runs_on(outer, inner):
            found.discard(id(outer))


def _runs_on(a: Segment, b: Segment) -> bool:
    """Whether two neighbouring lines belong to one sentence of one paragraph."""
    first, second = (a, b) if a.base < b.base else (b, a)
    close = second.base - first.base <= 1.6 * first.size and abs(a.size - b.size) < 0.5
    if not close or abs(first.x0 - second.x0) > 2 * first.size or len(first.text) < _FULL_LINE:
        return False
    return second.text[:1].islower() or not first.text.rstrip().endswith((".", "!", "?", ":"))


def _mark_tabs(a: PageText, b: PageText, in_a: set[int], in_b: set[int]) -> None:
    """Labels beside the text, like the tabs of a register: alone in their strip on both pages.

    The body keeps clear of the strip, so that no line of a column is ever taken for one.
    """
    places = {(_place(s), s.text): s for s in b.segments if len(s.text) <= _TAB}
    for segment in a.segments:
        twin = places.get((_place(segment), segment.text)) if len(segment.text) <= _TAB else None
        if twin is None or sum(c.isalpha() for c in segment.text) < 3:
            continue
        if _alone(segment, a, in_a) and _alone(twin, b, in_b):
            in_a.add(id(segment))
            in_b.add(id(twin))


def _place(segment: Segment) -> tuple[int, int, int]:
    return round(segment.x0), round(segment.base), segment.turn


def _alone(segment: Segment, page: PageText, found: set[int]) -> bool:
    """Whether a segment has lines of text beside it and only furniture above and below."""
    others = [s for s in page.segments if s is not segment and id(s) not in found]
    beside = [s for s in others if s.x0 >= segment.x1 + segment.size]
    beside += [s for s in others if s.x1 <= segment.x0 - segment.size]
    if len(beside) < len(others) or len(beside) < _TEXT:
        return False
    return min(s.top for s in beside) <= segment.base <= max(s.bottom for s in beside)


def _outer_rows(page: PageText) -> list[list[Segment]]:
    """The topmost and the lowest row of the page, where they stand in its margins."""
    upright = [s for s in page.segments if not s.turn]
    if not upright:
        return []
    edges = (min(upright, key=lambda s: s.base), max(upright, key=lambda s: s.base))
    return [
        [s for s in upright if abs(s.base - edge.base) <= _SAME_HEIGHT]
        for edge in edges
        if any(edge is s for s in page.zone)
    ]


def _row_numbers(row: list[Segment]) -> list[int]:
    text = " ".join(s.text for s in sorted(row, key=lambda s: s.x0))
    return [int(a or b) for a, b in _EDGE_NUMBER.findall(text)]


def _number_offsets(pages: list[PageText]) -> set[int]:
    """Differences between printed page number and page index that at least two pages share."""
    counts: dict[int, int] = {}
    for i, page in enumerate(pages):
        for offset in {n - i for row in _outer_rows(page) for n in _row_numbers(row)}:
            counts[offset] = counts.get(offset, 0) + 1
    needed = 2 if len(pages) < 20 else 3
    return {offset for offset, count in counts.items() if count >= needed}


def _mark_numbers(index: int, page: PageText, offsets: set[int], found: set[int]) -> None:
    for row in _outer_rows(page):
        in_sequence = any(n - index in offsets for n in _row_numbers(row))
        for segment in row:
            short = in_sequence and segment.table is None and len(segment.text) < 110
            if short or _PAGE_NUMBER.match(segment.text):
                found.add(id(segment))


def _mark_rows(page: PageText, found: set[int]) -> None:
    """Whatever shares its row with furniture in the outermost rows is furniture too."""
    for row in _outer_rows(page):
        if any(id(s) in found for s in row) and sum(len(s.text) for s in row) < 200:
            found.update(id(s) for s in row if s.table is None)


def printed_number(page: PageText, found: set[int]) -> str | None:
    """The page number that the furniture of a page prints, if any."""
    for segment in page.segments:
        if id(segment) in found:
            number = _EDGE_NUMBER.search(segment.text.strip())
            if number and (_PAGE_NUMBER.match(segment.text) or len(segment.text) < 110):
                return number.group(1) or number.group(2)
    return None


_SHARE = 0.3
"""Share of the pages whose printed numbers must agree before the others are numbered by them."""
_SPREAD = 1.1
"""Width over height from which a page may show two facing pages."""


def label_pages(
    pages: list[Page], texts: Sequence[PageText], furniture: Sequence[set[int]]
) -> None:
    """Give every page its printed label, in place."""
    given = [page.label for page in pages]
    labelled = any(label and label != str(i + 1) for i, label in enumerate(given))
    printed = [
        int(number) if (number := printed_number(text, away)) is not None else None
        for text, away in zip(texts, furniture, strict=True)
    ]
    counted = _counted(printed, [text.width > _SPREAD * text.height for text in texts])
    for i, page in enumerate(pages):
        label = (given[i] if labelled else "") or counted(i) or str(i + 1)
        pages[i] = msgspec.structs.replace(page, label=label)


def _counted(printed: Sequence[int | None], wide: Sequence[bool]) -> Callable[[int], str]:
    """How the pages of a file number themselves: by one, or by two where each is a spread."""
    single = Counter(n - i for i, n in enumerate(printed) if n is not None)
    # Either of two facing pages may be the one whose number is read; the left one is even.
    double = Counter(n - n % 2 - 2 * i for i, n in enumerate(printed) if n is not None and wide[i])
    needed = max(2, _SHARE * len(printed))
    offset, votes = single.most_common(1)[0] if single else (1, 0)
    left, spreads = double.most_common(1)[0] if double else (0, 0)
    if spreads > votes and spreads >= needed:
        return lambda i: (
            f"{2 * i + left}–{2 * i + left + 1}" if wide[i] and 2 * i + left > 0 else ""
        )
    if votes >= needed:
        return lambda i: str(i + offset) if i + offset > 0 else ""
    return lambda _i: ""
