"""What the chapters of a document and its tables of money show of its choices.

A chapter chooses where headings do: 'Our clusters' with a heading for each, 'Mission 1: …'. What
such a chapter is mostly about, and what it undertakes, is likelier chosen than what another says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from stratlint.language.commitment.decide import ABOUT
from stratlint.language.commitment.layout import layout
from stratlint.priorities.points import Sign
from stratlint.records import Form, Role
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Declaration, Document, Member, Mention

LEAST, SHARE = 2, 0.4
"""Mentions in a chapter, and share of all in it, from which its sectors lead it: of nine such that
no heading named, seven were chosen in 37 documents; with one mention 4 of 24 were."""
IN_TURN = 4
"""Headings in a row from which a document goes through sectors one by one."""


class Words(WordFile):
    """``rules/language/priorities/chapters.yaml``."""

    promises: Wordings


_wordings = words_of("priorities/chapters", Words)
ENTRY = 900
"""Characters behind a member in which something may be promised of it."""
LIKELY = 0.5
"""Probability from which an undertaking counts."""


class Chapters:
    """The chapters that choose, with the sectors that each names."""

    def __init__(
        self, document: Document, declarations: Sequence[Declaration], mentions: Sequence[Mention]
    ) -> None:
        self._document, self._declarations, self._mentions = document, declarations, mentions
        headings = [i for i, b in enumerate(document.blocks) if b.role is Role.HEADING]
        self._headings = {
            index
            for declaration in declarations
            if declaration.chooses and declaration.form in (Form.HEADINGS, Form.OBJECTIVES)
            for index in headings
            if self._governs(declaration, index) and not layout().section(self._title(index))
        }
        self._named: dict[int, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            chapter = self._over(mention.block)
            if chapter in self._headings:
                self._named[chapter][mention.sector] += 1

    def signs(self) -> dict[str, set[Sign]]:
        """What chapters and tables of money show of each sector."""
        found: dict[str, set[Sign]] = defaultdict(set)
        titled = {(m.sector, m.block) for m in self._mentions}
        for chapter, counts in self._named.items():
            for sector in counts:
                if self._lead(chapter, (sector,)) and (sector, chapter) not in titled:
                    found[sector].add(Sign.LEADS)
        for mention in self._mentions:
            by = None if mention.declared_by is None else self._declarations[mention.declared_by]
            likely = mention.commitment.is_committed and mention.probability >= LIKELY
            if likely and self._over(mention.block) in self._headings and not (by and by.sure):
                found[mention.sector].add(Sign.UNDERTAKEN)
            if not (by and by.chooses) and self._is_funded(mention.block):
                found[mention.sector].add(Sign.FUNDED)
        return found

    def described(self) -> frozenset[str]:
        """The sectors that headings one behind the other name, of which nothing is promised.

        A profile goes through them like that: no declaration chooses any of them, and most of what
        stands below them tells what is.
        """
        document, runs = self._document, self._in_turn()
        declared = {
            document.block_at(member.start)
            for declaration in self._declarations
            if declaration.chooses
            for member in declaration.members
        }
        found: set[str] = set()
        for run in runs:
            promised = sum(self._is_promised(document.blocks[a].end, b) for a, b, _ in run)
            told = declared.isdisjoint(a for a, _, _ in run)
            if len(run) >= IN_TURN and told and promised * 4 <= len(run):
                found.update(*(sectors for _, _, sectors in run))
        return frozenset(found)

    def _in_turn(self) -> list[list[tuple[int, int, set[str]]]]:
        """Headings of one level that follow each other and name sectors, with where each ends."""
        document = self._document
        headings = [i for i, b in enumerate(document.blocks) if b.role is Role.HEADING]
        named: dict[int, set[str]] = defaultdict(set)
        for mention in self._mentions:
            if mention.term != ABOUT:
                named[mention.block].add(mention.sector)
        ends = [document.blocks[i].start for i in headings[1:]] + [document.body_end]
        runs: list[list[tuple[int, int, set[str]]]] = [[]]
        level = None
        for heading, end in zip(headings, ends, strict=False):
            if runs[-1] and (heading not in named or document.blocks[heading].level != level):
                runs.append([])
            if heading in named:
                level = document.blocks[heading].level
                runs[-1].append((heading, end, named[heading]))
        return runs

    def promises(self, declaration: Declaration) -> bool:
        """Whether most members of a declaration have words on what will be done behind them."""
        starts = sorted({member.start for member in declaration.members})
        ends = [min(b, a + ENTRY) for a, b in pairwise([*starts, self._document.body_end])]
        promised = sum(self._is_promised(*span) for span in zip(starts, ends, strict=True))
        return promised * 2 > len(starts)

    def _is_promised(self, start: int, end: int) -> bool:
        """Whether a line of a stretch says what will be done, or is called so: 'Next steps'."""
        text, promises = self._document.text[start:end], _wordings().promises
        return any(promises.search(part) for part in (text, *text.splitlines()))

    def is_titled(self, declaration: Declaration, member: Member) -> bool:
        """Whether one heading of several names a member, under words that choose, if weakly.

        All six members found so in 37 documents were chosen: side by side they are a list.
        """
        several = declaration.form is Form.HEADINGS and len(declaration.sectors) > LEAST
        block = self._document.block_at(member.start) if several else None
        return block is not None and self._document.blocks[block].role is Role.HEADING

    def is_below(self, declaration: Declaration, member: Member) -> bool:
        """Whether headings choose a member that none of them names and that leads no chapter."""
        block = self._document.block_at(member.start)
        if declaration.form is not Form.HEADINGS or block is None:
            return False
        if self._document.blocks[block].role is Role.HEADING:
            return False
        return not self._lead(self._over(block), member.sectors)

    def _governs(self, declaration: Declaration, heading: int) -> bool:
        """Whether a heading stands in what a declaration governs, and is not what declares."""
        start, end = declaration.extent
        block = self._document.blocks[heading]
        if declaration.form is Form.HEADINGS and block.start <= start:
            return False
        return (start, end) != (declaration.start, declaration.end) and (
            block.start < end and start < block.end
        )

    def _lead(self, chapter: int | None, sectors: Sequence[str]) -> bool:
        """Whether sectors together are what a chapter is mostly about."""
        counts = self._named.get(chapter) if chapter is not None else None
        named = sum(counts[sector] for sector in sectors) if counts else 0
        return counts is not None and named >= LEAST and named >= SHARE * counts.total()

    def _is_funded(self, block: int) -> bool:
        """Whether a block is a row of a table of measures or of money for them."""
        row = self._document.blocks[block]
        if row.role is not Role.TABLE_ROW:
            return False
        title = "" if row.heading is None else self._title(row.heading)
        head = "" if row.header is None else self._document.block_text(row.header)
        measures = layout().is_measure(title.lower()) or layout().is_measure(head.lower())
        return measures and not layout().section(title)

    def _over(self, block: int) -> int | None:
        """The heading over a block, or the block itself if it is one."""
        found = self._document.blocks[block]
        return block if found.role is Role.HEADING else found.heading

    def _title(self, heading: int) -> str:
        return " ".join(self._document.block_text(heading).split())
