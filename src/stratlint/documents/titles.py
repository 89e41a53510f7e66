"""The title of a document: what its file says, else its first great heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Role

if TYPE_CHECKING:
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


def first_heading(blocks: tuple[Block, ...], text: str) -> str | None:
    """The heading of the highest level on the first pages."""
    early = [
        b
        for b in blocks
        if b.role is Role.HEADING and b.page < 3 and is_title(text[b.start : b.end])
    ]
    if not early:
        return None
    top = min(early, key=lambda b: (b.level or 9, b.start))
    return text[top.start : top.end]
