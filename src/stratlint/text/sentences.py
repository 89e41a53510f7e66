"""Sentences: where one ends inside a block, in text that came out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stratlint.records import Block, Document, Sentence, Span

# Every repeat is bounded, so that no text can make the search slow. One of a few signs comes
# first: a search then passes over all other signs at once.
_END = re.compile(
    r"""
    [.!?…\n\ ](?:
    # a stop, maybe with the digits of a note
    (?<=[.!?…])[.!?…]{0,5}["'’”)\]]{0,4}(?:(?<=[a-z)’”'"%][.!?])\d{1,3})?(?=\s{1,40}["'‘“(\[]?[A-Z0-9•£])
    # a blank line
  | (?<=\n)[^\S\n]{0,40}\n
    # before a bullet
  | (?<=[\n ])(?=[^\S\n]{0,40}[•●▪■◦‣])
    # before a list mark
  | (?<=\n)(?=[^\S\n]{0,40}(?:[-–*]|\(?[a-z]\)|\(?[ivx]{1,4}\)|[a-z]\.|\d{1,2}[.)])\s)
    )
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|viz|vs|approx|incl|Mr|Mrs|Ms|Dr|Prof|Sir|St|No|Nos|Fig|Figs|Ltd|plc"
    r"|Co|Inc|paras?|pp?|vol|ed|eds|al|Rev|Hon|Gov|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|bn|sq|min|max|est)|\b[A-Z](?:\.[A-Z])*|(?:^|\n)\s*\d{1,3}(?:\.\d{1,3})*)\.$"
)


_LONGEST = 1_500
"""Characters of a sentence. What runs on for longer is a list or noise, and is cut at a space:
the work on a sentence grows with the square of its length."""


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the sentences of ``text[start:end]``, without the white space between them.

    A stop after an abbreviation, an initial or a paragraph number ends nothing; a blank line
    and a bullet always do. A line break alone does not: PDF lines break anywhere. A span is
    never longer than a few thousand characters.
    """
    end = len(text) if end is None else end
    for begin, stop in _ended(text, start, end):
        yield from _bounded(text, begin, stop)


def _ended(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        mark = match.group().strip()
        if mark.startswith(".") and _ABBREVIATION.search(text, max(begin, stop - 14), stop):
            continue
        span = _trimmed(text, begin, stop)
        if span:
            yield span
        begin = stop
    span = _trimmed(text, begin, end)
    if span:
        yield span


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document, each inside one block, in reading order."""
    return tuple(_of_blocks(document.text, enumerate(document.blocks)))


def _of_blocks(text: str, blocks: Iterable[tuple[int, Block]]) -> Iterator[Sentence]:
    for index, block in blocks:
        for start, end in sentence_spans(text, block.start, block.end):
            yield Sentence(start=start, end=end, block=index)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        span = _trimmed(text, start, cut)
        if span:
            yield span
        start = cut
    span = _trimmed(text, start, end)
    if span:
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
