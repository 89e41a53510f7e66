"""Tiers and stated order: 'primary and secondary sectors', 'core' and 'emerging', 'Priority 2: …'.

A document that sorts its sectors says more by that than by how often it names them. The tier is
read from what declares a sector, the heading and the lead-in it stands under; the order from the
numbers of a list, a table or of headings that count priorities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Role
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Block, Document, Mention

FIRST, SECOND = 1, 2
_NOUN = (
    r"(?:\s+(?!and\b|or\b|than\b|our\b|the\b|of\b)[\w-]+){0,2}\s+"
    r"(?:sectors?|clusters?|industries|priorities|domains?|speciali[sz]ations?|tier|areas|fields)\b"
)


class Words(WordFile):
    """``rules/language/priorities/tiers.yaml``."""

    second: Wordings
    first: Wordings
    both: Wordings


_wordings = words_of("priorities/tiers", Words)
_NUMBER = re.compile(r"\W{0,4}(\d{1,2})(?!\d)(?!\.\d)(?:st|nd|rd|th)?[\s.):–—-]")
_COUNTED = re.compile(
    r"\W{0,4}(?:[\w-]+\s+)?(?:priority|sector|rank|tier)\s+(\d{1,2})\s*[:.–—-]", re.IGNORECASE
)
_MARK = 8
"""Characters of the mark before an item."""
_LONGEST = 160
"""Characters of a lead-in, from its end, that say what its list is."""


def tier_in(words: str) -> int | None:
    """The tier that some words name: 1, 2, or None where they name none or both."""
    first, second = _wordings().first.search(words), _wordings().second.search(words)
    if (first is None) == (second is None) or _wordings().both.search(words):
        return None
    return FIRST if first else SECOND


def tier_of(document: Document, mention: Mention, declared_by: str = "") -> int | None:
    """The tier of a mention: from what declares it, else its lead-in, else its heading."""
    block = document.blocks[mention.block]
    lead_in = "" if block.lead_in is None else document.block_text(block.lead_in)[-_LONGEST:]
    heading = "" if block.heading is None else document.block_text(block.heading)
    found = (tier_in(words) for words in (declared_by, lead_in, heading))
    return next((tier for tier in found if tier is not None), None)


def stated_number(document: Document, mention: Mention) -> int | None:
    """The number that its list, its row or its heading gives to a mention, or None."""
    block = document.blocks[mention.block]
    pattern = _NUMBER if block.role in (Role.LIST_ITEM, Role.TABLE_ROW) else _COUNTED
    found = pattern.match(document.text, _start(document, block), mention.start)
    return int(found.group(1)) if found else None


def _start(document: Document, block: Block) -> int:
    """Where a row or an item begins, with the mark that a reader may keep outside its block."""
    if block.role is Role.TABLE_ROW and block.cells:
        return block.cells[0][0]
    line = document.text.rfind("\n", 0, block.start) + 1
    return line if block.start - line <= _MARK else block.start


def runs_on(numbers: Sequence[int | None], blocks: Sequence[int]) -> bool:
    """Whether every sector has a number, and no two of different blocks have the same one.

    A count that starts again under each heading orders the list, not the lists.
    """
    holders: dict[int, int] = {}
    for number, block in zip(numbers, blocks, strict=True):
        if number is None or holders.setdefault(number, block) != block:
            return False
    return bool(holders)
