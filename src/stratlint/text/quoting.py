"""Quote a document: a sentence, or about 300 characters of it, with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.records import Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Document, Mention, Sentence

QUOTATION_LIMIT = 300
"""Characters of a quotation: what a reader takes in at once, and about the longest sentence that
a plan should have."""


def quotation(document: Document, sentences: Sequence[Sentence], mention: Mention) -> Quotation:
    """Quote the sentence of a mention, the name marked; long ones are cut at words around it."""
    sentence = sentences[mention.sentence]
    shown = mention.start, mention.end
    start, end = window(document.text, (sentence.start, sentence.end), shown)
    page = document.page_at(mention.start)
    return Quotation(
        document=document.source,
        page=page.index,
        page_label=page.label,
        text=document.text[start:end],
        start=start,
        end=end,
        marks=((mention.start - start, min(mention.end, end) - start),),
        boxes=document.boxes(mention.start, mention.end),
        place="" if document.paged else document.place_of(mention.start),
    )


def cut(text: str, most: int) -> str:
    """A text on one line, cut between words where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def window(text: str, whole: Span, shown: Span) -> Span:
    """The part of ``whole`` to quote, cut at spaces, with as much of ``shown`` as there is room."""
    low, high = whole
    start, end = shown
    if high - low <= QUOTATION_LIMIT:
        return low, high
    end = min(end, start + QUOTATION_LIMIT)
    spare = max(0, QUOTATION_LIMIT - (end - start))
    left = max(low, start - spare // 2)
    right = min(high, left + max(QUOTATION_LIMIT, end - start))
    if left > low:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < high:
        space = text.rfind(" ", end, right)
        right = space if space >= 0 else right
    return left, right
