"""Numbers in words that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stratlint.rules.view import View

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
"""Small numbers by their words."""


def count(number: int, noun: str) -> str:
    """A number with its noun: '1 page', '1,200 sentences'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def pages_of(view: View) -> str:
    """How much was looked through: '12 pages', or 'the whole text' of a file without pages."""
    pages = len(view.document.pages)
    return count(pages, "page") if pages > 1 else "the whole text"


def listing(names: Iterable[str]) -> str:
    """Names as people list them: 'Rail', 'Rail and Tourism', 'Rail, Space and Tourism'."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def too_short(words: int, needed: int) -> str:
    """Why a text of so few words is not judged."""
    return f"too short to judge: {count(words, 'word')}, {needed:,} needed"


def short_of(value: float, mark: float) -> str:
    """A value below a mark: '0.40', and '0.997' where two places would round it to the mark."""
    for places in range(2, 7):
        said = f"{value:.{places}f}"
        if float(said) < mark:
            return said
    return f"just under {mark:g}"


def amount(size: float, unit: str) -> str:
    """A size as people write it: '£3,086 million (current prices)', '8,835 jobs'."""
    kind, _, note = unit.partition(", ")
    if kind == "£m":
        return f"£{size:,.0f} million" + (f" ({note})" if note else "")
    return f"{size:,.0f} {unit}"
