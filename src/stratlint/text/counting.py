"""Words of a text as a reader counts them: one answer for tables, limits and statistics."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def plain_words(text: str) -> list[str]:
    """The words and figures of a text as they are written: 'mid-size', 'region’s', '2030'."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words and figures a text has; bullets, dashes and signs are none."""
    return sum(1 for _ in _WORD.finditer(text))


def word_starts(text: str) -> list[int]:
    """Where the words and figures of a text begin."""
    return [found.start() for found in _WORD.finditer(text)]
