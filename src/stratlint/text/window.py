"""How much of a sentence is quoted: all of it, or about 300 characters around what it shows."""

from __future__ import annotations

from stratlint.records import Span

QUOTATION_LIMIT = 300
"""Characters of a quotation."""


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
