"""Quote a document: a sentence, cut to a length a reader will read, with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.records import Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Document, Mention, Sentence

LONGEST = 300
"""Characters of a quotation."""


def quotation(document: Document, sentences: Sequence[Sentence], mention: Mention) -> Quotation:
    """Quote the sentence of a mention, the name marked; long ones are cut at words around it."""
    sentence = sentences[mention.sentence]
    start, end = _window(document.text, sentence.start, sentence.end, mention.start, mention.end)
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
    )


def _window(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """At most ``LONGEST`` characters of a sentence that hold the marked words."""
    if end - start <= LONGEST:
        return start, end
    spare = max(0, LONGEST - (last - first))
    left = max(start, first - spare // 2)
    right = min(end, left + max(LONGEST, last - left))
    left = max(start, min(left, right - LONGEST))
    if left > start:
        gap = text.find(" ", left, first)
        left = gap + 1 if gap != -1 else left
    if right < end:
        gap = text.rfind(" ", last, right)
        right = gap if gap != -1 else right
    return left, right
