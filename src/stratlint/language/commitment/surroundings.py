"""What stands around the mentions of a document: sentence, list, heading, table column."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from stratlint.language.commitment.context import EMPTY, MentionContext, Reader, group_of
from stratlint.language.commitment.cues import load_cues
from stratlint.language.commitment.statements import Statement, Statements, by_hit
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit, Run
    from stratlint.records import Block, Document, Sentence, Span

HitT = TypeVar("HitT", bound="Hit")
AROUND = 2
"""Sentences before and after a mention that may speak of it: 'these', 'the latter'."""
LONGEST = 900
"""Characters of a neighbouring block that are looked at."""


class Surroundings:
    """Contexts of the mentions of one document."""

    def __init__(
        self,
        document: Document,
        sentences: tuple[Sentence, ...],
        hits: Sequence[Hit],
        own: frozenset[str],
        kind: str,
    ) -> None:
        self._document = document
        self._sentences = sentences
        self.reader = Reader(document.text, hits, load_cues(), own)
        self._kind = kind
        self.statements = Statements(document.text, hits, own)
        self._said = self._all_said(hits)
        self._numbers = {id(hit): number for number, hit in enumerate(hits)}

    def context(self, hit: Hit, index: int) -> MentionContext:
        """Return what stands around a hit in its sentence."""
        sentence = self._sentences[index]
        block = self._document.blocks[sentence.block]
        run = self.reader.run(sentence.start, sentence.end)
        target = self.reader.target(sentence.start, sentence.end, hit) or 0
        siblings = self._siblings.get(block.lead_in, 0) if block.lead_in is not None else 0
        lead = None if block.lead_in is None else self._document.blocks[block.lead_in].start
        return MentionContext(
            sector=hit.sector,
            term=hit.term,
            run=run,
            target=target,
            kind=self._kind,
            lead=self._block_run(block.lead_in),
            heading=self._block_run(block.heading),
            header=self._header(block, hit),
            before=self._neighbour(index - 1, sentence.block),
            item=block.role is Role.LIST_ITEM,
            is_heading=block.role is Role.HEADING,
            is_cell=block.role is Role.TABLE_ROW,
            siblings=siblings,
            group=group_of(run, sentence.start, target, lead=lead, siblings=siblings),
            said=self._said.get(self._numbers[id(hit)], ()),
        )

    def _all_said(self, hits: Sequence[Hit]) -> dict[int, tuple[Statement, ...]]:
        """What the sentences around each mention say: the others need not be read."""
        near: set[int] = set()
        for index in {index for _, index in in_sentences(hits, self._sentences)}:
            near.update(range(max(0, index - AROUND), index + AROUND + 1))
        runs: list[list[Span]] = []
        last: tuple[int, int] | None = None
        for index in sorted(near):
            if index >= len(self._sentences):
                break
            sentence = self._sentences[index]
            if last != (index - 1, sentence.block):
                runs.append([])
            runs[-1].append((sentence.start, sentence.end))
            last = (index, sentence.block)
        return by_hit([statement for run in runs for statement in self.statements.of(run)])

    @cached_property
    def _siblings(self) -> dict[int, int]:
        """Sectors named in the list items under each lead-in."""
        counts: dict[int, int] = {}
        for block in self._document.blocks:
            if block.role is Role.LIST_ITEM and block.lead_in is not None:
                named = self.reader.count(block.start, block.end)
                counts[block.lead_in] = counts.get(block.lead_in, 0) + named
        return counts

    def _block_run(self, index: int | None) -> Run:
        if index is None:
            return EMPTY
        block = self._document.blocks[index]
        return self.reader.run(max(block.start, block.end - LONGEST), block.end)

    def _header(self, block: Block, hit: Hit) -> Run:
        span = self._header_span(block, hit)
        return EMPTY if span is None else self.reader.run(*span)

    def _header_span(self, block: Block, hit: Hit) -> tuple[int, int] | None:
        """The header of the column in which a hit of a table row stands."""
        if block.header is None or not block.cells:
            return None
        header = self._document.blocks[block.header]
        column = bisect_right(block.cells, hit.start, key=itemgetter(0)) - 1
        if column < 0 or block.cells[column][1] <= hit.start:
            return None
        if column >= len(header.cells) or header.start == block.start:
            return None
        return header.cells[column]

    def _neighbour(self, index: int, block: int) -> Run:
        if not 0 <= index < len(self._sentences) or self._sentences[index].block != block:
            return EMPTY
        sentence = self._sentences[index]
        return self.reader.run(sentence.start, sentence.end)


def in_sentences(hits: Sequence[HitT], sentences: Sequence[Sentence]) -> list[tuple[HitT, int]]:
    """The hits that stand in a sentence, each with the sentence's index."""
    starts = [sentence.start for sentence in sentences]
    found = []
    for hit in hits:
        index = bisect_right(starts, hit.start) - 1
        if index >= 0 and sentences[index].end > hit.start:
            found.append((hit, index))
    return found


def kind_of(document: Document) -> str:
    """Guess the kind of document from its title and first words."""
    opening = f"{document.title or ''} {document.source} {document.text[:3000]}".lower()
    if "local plan" in opening or "core strategy" in opening or "development plan" in opening:
        return "local plan"
    if "government" in opening and "strategy" not in opening:
        return "national or fund document"
    return "smart specialisation strategy"
