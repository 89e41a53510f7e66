"""Where the words of a text stand in the file that it was read from: line and column."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.records import Block

Spot = tuple[int, int, int]

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(
    r"<!--.*?(?:-->|$)|<(?P<name>script|style)\b.*?(?:</(?P=name)\s*>|$)|</?[a-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
_INK = re.compile(r"[^\s]")
_AHEAD = 40
"""Words of the file that one word of the text may be behind: hidden words, entities and targets
of links stand between. More would let a word that is not there run off to another one."""


def with_spots(blocks: Sequence[Block], text: str, source: str) -> tuple[Block, ...]:
    """Blocks with the places of their words in ``source``, the file's text.

    Words are followed in order, from the line on which a block begins. A block that says no line
    is left as it is.
    """
    bare = _TARGET.sub(_blank, _MARKUP.sub(_blank, source))
    words = [(m.start(), m.group()) for m in _WORD.finditer(bare)]
    starts = [start for start, _ in words]
    lines = line_starts(source)
    found = []
    for block in blocks:
        spots: tuple[Spot, ...] = ()
        if block.line is not None and block.line <= len(lines):
            first = bisect_left(starts, lines[block.line - 1])
            pairs = _pairs(text, block, words, first)
            spots = tuple(_spots(pairs, text, lines))
        found.append(msgspec.structs.replace(block, spots=spots))
    return tuple(found)


def line_starts(source: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *(m.end() for m in re.finditer("\n", source))]


def _blank(match: re.Match[str]) -> str:
    """As many spaces, line ends kept, so that nothing behind moves."""
    return _INK.sub(" ", match.group())


def _pairs(
    text: str, block: Block, words: Sequence[tuple[int, str]], first: int
) -> Iterable[tuple[int, int]]:
    """Offsets in the text and in the file of the words of a block that are found in both."""
    at = first
    for match in _WORD.finditer(text, block.start, block.end):
        word = match.group()
        for ahead in range(at, min(at + _AHEAD, len(words))):
            if words[ahead][1] == word:
                yield match.start(), words[ahead][0]
                at = ahead + 1
                break


def _spots(pairs: Iterable[tuple[int, int]], text: str, lines: Sequence[int]) -> Iterable[Spot]:
    """A spot at each word whose place does not follow from the word before."""
    number, last = 0, (0, 0, 0)
    for offset, place in pairs:
        while number + 1 < len(lines) and lines[number + 1] <= place:
            number += 1
        here = (offset, number + 1, place - lines[number] + 1)
        if not last[1] or _follows(text, last, offset) != here[1:]:
            yield here
        last = here


def _follows(text: str, spot: Spot, offset: int) -> tuple[int, int]:
    """Line and column of an offset where the file runs on from a spot as the text does."""
    at, line, column = spot
    below = text.count("\n", at, offset)
    if not below:
        return line, column + offset - at
    return line + below, offset - text.rfind("\n", at, offset)


def spots_as_written(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """Blocks of a text that is the file's own: each runs on from where it begins."""
    found, at, line = [], 0, 1
    for block in blocks:
        if block.start < at:
            # Notes may be listed behind the body that they stand in.
            at, line = 0, 1
        line += text.count("\n", at, block.start)
        at = block.start
        spot = (at, line, at - text.rfind("\n", 0, at))
        found.append(msgspec.structs.replace(block, spots=(spot,)))
    return tuple(found)
