"""Where a shared passage stands in its document, and whether its origin is named there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from stratlint.records import Document, Role, Span
from stratlint.text.standing import is_references
from stratlint.text.wordings import WordFile, Wordings, words_of

BODY, QUOTED, CONTENTS, REFERENCES = "body", "quotation", "contents", "references"
IMPRINT = "imprint"


class Words(WordFile):
    """``rules/language/passages/setting.yaml``."""

    imprint: Wordings
    common: frozenset[str]


_wordings = words_of("passages/setting", Words)
_LONGEST_IMPRINT = 1_500
"""Characters of a passage that may be a licence or an imprint and nothing else."""
_LONGEST_COVER = 600
"""Characters of a first page that holds title, publisher and disclaimer: a foreword is longer."""
_FEWEST_PAGES = 3
"""Pages of a document that has a cover; a leaflet may say all it has to say on one short page."""
_OPEN, _CLOSE = '“«"', '”»"'
_NEAR = 300


def setting_of(document: Document, start: int, end: int) -> str:
    """``body``, ``quotation``, ``contents``, ``references`` or ``imprint``.

    The first four by where most of a span stands; a short one that speaks of copyright or
    stands on the cover is an imprint, which every publication of one house shares.
    """
    shares: dict[str, int] = {}
    for index in blocks_in(document, start, end):
        block = document.blocks[index]
        common = min(end, block.end) - max(start, block.start)
        shares[_block_setting(document, index)] = (
            shares.get(_block_setting(document, index), 0) + common
        )
    best = max(sorted(shares), key=lambda key: shares[key], default=BODY)
    short = end - start <= _LONGEST_IMPRINT
    if best == BODY and short and _wordings().imprint.search(document.text, start, end):
        return IMPRINT
    if best == BODY and _is_cover(document, start, end):
        return IMPRINT
    if best == BODY and is_quoted(document.text, start, end):
        return QUOTED
    return best


def _is_cover(document: Document, start: int, end: int) -> bool:
    """Whether a span stands on a first page that holds a cover's few words and nothing else."""
    if len(document.pages) < _FEWEST_PAGES or document.page_at(start).index != 0:
        return False
    after = next((block.start for block in document.blocks if block.page > 0), len(document.text))
    return end <= after <= _LONGEST_COVER


def is_tabular(document: Document, start: int, end: int) -> bool:
    """Whether most of a span stands in table rows (a tab parts the cells) and their captions."""
    rows = sum(
        min(end, document.blocks[i].end) - max(start, document.blocks[i].start)
        for i in blocks_in(document, start, end)
        if document.blocks[i].role in (Role.TABLE_ROW, Role.CAPTION)
        or "\t" in document.block_text(i)
    )
    return 2 * rows > end - start


def blocks_in(document: Document, start: int, end: int) -> range:
    """Indexes of the blocks that a span touches."""
    low = bisect_left(document.blocks, start + 1, key=lambda block: block.end)
    high = bisect_left(document.blocks, end, key=lambda block: block.start)
    return range(low, high)


def _block_setting(document: Document, index: int) -> str:
    block = document.blocks[index]
    if block.role is Role.QUOTATION:
        return QUOTED
    if block.role is Role.CONTENTS:
        return CONTENTS
    if block.heading is not None and is_references(document.block_text(block.heading)):
        return REFERENCES
    return BODY


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks open at (or just before) a span and close at its end."""
    before = text[max(0, start - 3) : start + 1]
    after = text[max(0, end - 1) : end + 3]
    return any(mark in before for mark in _OPEN) and any(mark in after for mark in _CLOSE)


def footnotes_of(document: Document) -> dict[int, list[str]]:
    """A document's footnotes by the index of their page."""
    notes: dict[int, list[str]] = {}
    for block in document.blocks:
        if block.role is Role.FOOTNOTE:
            notes.setdefault(block.page, []).append(document.text[block.start : block.end])
    return notes


def is_attributed(
    document: Document, span: Span, source: Document, notes: Mapping[int, Sequence[str]]
) -> bool:
    """Whether a document, whose footnotes ``notes`` are, names the source of a passage near it.

    The source's title (or enough of its telling words in one sentence's length) must stand in
    the passage's own blocks, within 300 characters, or in a footnote of the same page.
    """
    nearby = _surroundings(document, span, notes).casefold()
    title = source.title or ""
    folded = " ".join(title.casefold().split())
    if len(folded) > 8 and folded in " ".join(nearby.split()):
        return True
    telling = [
        word
        for word in re.findall(r"\w+", folded)
        if word not in _wordings().common and len(word) > 2
    ]
    if len(telling) >= 2:
        found = [nearby.find(word) for word in telling]
        if min(found) >= 0 and max(found) - min(found) < len(folded) * 2:
            return True
    region = (source.region or "").casefold()
    return bool(region) and bool(
        re.search(
            rf"\b(?:from|source:?|see|quoted|according to)\b[^.]{{0,60}}{re.escape(region)}", nearby
        )
    )


def _surroundings(document: Document, span: Span, notes: Mapping[int, Sequence[str]]) -> str:
    start, end = span
    blocks = blocks_in(document, start, end)
    low = min([start - _NEAR, *(document.blocks[i].start for i in blocks)])
    high = max([end + _NEAR, *(document.blocks[i].end for i in blocks)])
    pages = {document.page_at(start).index, document.page_at(max(start, end - 1)).index}
    inside = document.text[max(0, low) : start] + " " + document.text[end : max(end, high)]
    return "\n".join([inside, *(note for page in sorted(pages) for note in notes.get(page, ()))])
