"""What to say of words that are in a file and that a reader of it cannot see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from stratlint.records import ReadWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.documents.pdf.words import Word
    from stratlint.records import Page

CODE = "hidden-text"
STRUCK = "struck out"
"""The reason for words that can be seen and do not count."""
_QUOTED = 12
"""Words that a warning quotes: enough to search for."""
_LONGEST = 120
_EVERY = 3
"""Pages with the same hidden words from which they are said once: printers' lines, old heads."""
_DIGITS = re.compile(r"\d+")


class _Found(NamedTuple):
    """Hidden words of one page: how many, why, and their text."""

    page: int
    reason: str
    words: list[str]


def hidden_warning(
    words: Sequence[str], reason: str, page: int | None = None, place: str = "The file"
) -> ReadWarning:
    """A warning of words that cannot be seen, with their number, the reason and a quotation."""
    one = len(words) == 1
    count = "a word" if one else f"{len(words):,} words"
    how = f"{'is' if one else 'are'} {reason}" if reason == STRUCK else f"cannot be seen ({reason})"
    quote = _quotation(words)
    message = f"{place} holds {count} that {how}, left out: “{quote}”."
    return ReadWarning(code=CODE, message=message, page=page, quote=quote)


def _quotation(words: Sequence[str]) -> str:
    text = " ".join(words[:_QUOTED])
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rstrip()
    return f"{text} …" if len(words) > _QUOTED or len(text) == _LONGEST else text


def hidden_warnings(
    hidden: Iterable[tuple[int, str, list[Word]]], pages: Sequence[Page]
) -> list[ReadWarning]:
    """Warnings for the hidden words of a PDF's pages: what many pages repeat is said once."""
    from stratlint.documents.pdf.drawn import REASONS

    found = [
        _Found(page, REASONS[reason], [w.text for w in words])
        for page, reason, words in hidden
        if any(any(c.isalnum() for c in w.text) for w in words)
    ]
    alike: dict[tuple[str, str], list[_Found]] = {}
    for item in found:
        key = item.reason, _DIGITS.sub("#", " ".join(item.words))
        alike.setdefault(key, []).append(item)
    warnings = []
    for group in alike.values():
        said = group if len(group) < _EVERY else group[:1]
        for item in said:
            place = f"Page {pages[item.page].label}"
            if len(said) < len(group):
                place += f" (as {len(group) - 1} further pages)"
            warnings.append(hidden_warning(item.words, item.reason, item.page, place))
    return sorted(warnings, key=lambda w: w.page or 0)
