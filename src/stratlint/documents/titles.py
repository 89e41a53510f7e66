"""The title of a document: what its file says, else what its first pages print."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Block

_NO_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|indd|pdf|qxd|pub|pptx?)\b|^document\d*$|^slide \d|^layout",
    re.IGNORECASE,
)


def sane_title(title: str | None) -> str | None:
    """The title of the file's metadata, unless a program made it up."""
    text = " ".join((title or "").split())
    sane = len(text) > 5 and " " in text and not _NO_TITLE.search(text)
    return text if sane and not _NO_HEADING_TITLE.search(text) else None


_NO_HEADING_TITLE = re.compile(
    r"^(?:\w )?(?:(?:table of )?contents\b|foreword\b|preface\b|executive summary\b|"
    r"inhoud(?:sopgave)?\b|inhalt|sommaire|table des mati|"
    r"sis[äa]ll|sisukord|(?:annex(?:e|es)?|appendix|appendices|bijlagen?|anhang|liite|lisa)\b|"
    r"(?:acknowledge?ments?|colophon|colofon|list of (?:figures|tables)|disclaimer)\b)",
    re.IGNORECASE,
)
_DROP_CAP = re.compile(r"^[B-HJ-Z] (?=[A-Z])")
"""A large initial that is read as a word of its own: 'S Outstanding', 'T Table of Contents'."""


def is_title(text: str) -> bool:
    """Whether a heading can be a document's title: no contents list, annex or torn line."""
    letters = sum(character.isalpha() for character in text)
    return letters > 2 and not _NO_HEADING_TITLE.search(text) and not _DROP_CAP.search(text)


def written_title(blocks: Sequence[Block], text: str) -> str | None:
    """The title as the first pages print it.

    The heading of the highest level on them; where the cover has none that can be read, as its
    title is drawn or set in torn initials, the lines above the ISBN in the imprint.
    """
    early = [
        b
        for b in blocks
        if b.role is Role.HEADING and b.page < _FIRST_PAGES and is_title(text[b.start : b.end])
    ]
    top = min(early, key=lambda b: (b.level or 9, b.start), default=None)
    if top is None or top.page > 0:
        imprint = _imprint_title(blocks, text)
        if imprint:
            return imprint
    if top is None:
        return None
    title = text[top.start : top.end]
    below = [b for b in early if b.page == top.page and b.start > top.start]
    if title.endswith(":") and below:
        return f"{title} {text[below[0].start : below[0].end]}"
    return title


_FIRST_PAGES = 3
_NUMBERED = re.compile(r"\bIS[BS]N(?![A-Za-z])")
_IMPRINT = re.compile(
    r"\bIS[BS]N(?![a-z])|©|\bcopyright\b|\bpublish|\bpublication\b|\bprinted\b|\bseries\b|\bedit(?:or|ed)\b|"
    r"\blayout\b|\bphoto|@|\bwww\.|https?:",
    re.IGNORECASE,
)


def _imprint_title(blocks: Sequence[Block], text: str) -> str | None:
    """The one or two lines that open a page with an ISBN or ISSN."""
    for page in range(_FIRST_PAGES):
        lines = [text[b.start : b.end] for b in blocks if b.page == page and b.role in _PRINTED]
        # A spread has the list of contents beside the imprint.
        lines = [line for line in lines if not _NO_HEADING_TITLE.search(line)]
        if not any(_NUMBERED.search(line) for line in lines):
            continue
        title = list(takewhile(_is_title_line, lines))
        if 1 <= len(title) <= 2 and len(title) < len(lines):
            return ": ".join(title)
    return None


_PRINTED = (Role.HEADING, Role.PARAGRAPH)


def _is_title_line(line: str) -> bool:
    short = len(line.split()) <= 14 and line[:1].isupper() and not line.endswith((".", ","))
    return short and is_title(line) and not _IMPRINT.search(line)
