"""The year of a document, as its first two pages print it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Role

if TYPE_CHECKING:
    from stratlint.records import Document

_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
_MONTH_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(19[89]\d|20[0-4]\d)\b",
    re.IGNORECASE,
)
_SHORT = 8
"""Words of a line that can be a date of publication; a sentence tells of other years too."""
_OPENING = 6000


def guess_year(document: Document) -> int | None:
    """The year of a line by itself, else the first one in a sentence; a month goes before none.

    Of a span such as 2006–2016 it is the first year: a plan begins when it is published.
    """
    lines = [
        document.text[b.start : b.end]
        for b in document.blocks
        if b.page < 2 and b.start < 20_000 and b.role is not Role.CONTENTS
    ]
    alone = "\n".join(line for line in lines if len(line.split()) <= _SHORT)
    whole = "\n".join(lines)[:_OPENING]
    for text in (alone[:_OPENING], whole):
        match = _MONTH_YEAR.search(text) or _YEAR.search(text)
        if match:
            return int(match.group(1))
    return None
