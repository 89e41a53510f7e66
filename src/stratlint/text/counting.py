"""Words of a text as a reader counts them: one answer for tables, limits and statistics."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def plain_words(text: str) -> list[str]:
    """The words and figures of a text as they are written: 'mid-size', 'region’s', '2030'."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words and figures a text has; bullets, dashes and signs are none."""
    return sum(1 for _ in _WORD.finditer(text))


def word_starts(text: str) -> NDArray[np.int64]:
    """Where the words and figures of a text begin, without a loop over them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, _TABLE - 1)]
    for at in np.flatnonzero(codes >= _TABLE - 1).tolist():
        kinds[at] = text[at].isalnum()
    inside = kinds == 1
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    # What follows a letter and a hyphen goes on: 'mid-size' is one word.
    begins[2:] &= ~((kinds[1:-1] == _JOINS) & inside[:-2])
    places: NDArray[np.int64] = np.flatnonzero(begins)
    return places


_TABLE = 0x2E80
"""Characters whose kind is looked up; the few beyond are asked one by one."""
_JOINS = 2


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.array([chr(code).isalnum() for code in range(_TABLE)], dtype=np.uint8)
    kinds[[ord(mark) for mark in "'’-"]] = _JOINS
    return kinds
