"""Shared passages: every holder at once, what they have in common marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from stratlint.records import Holding, Passage, Quotation, Record, Span
from stratlint.reporting.index import Index

_SIDES = 5
_APPARATUS = ("imprint", "contents", "references")


class Holder(Record):
    """One document's copy: whose, and its words with marks on what is shared."""

    label: str
    holding: Holding
    quotation: Quotation
    is_source: bool
    is_first: bool


class PassageCard(Record):
    """A passage with all holders, the likely source first.

    ``shown`` are set side by side; ``more`` hold words that are shown already.
    """

    passage: Passage
    anchor: str
    holders: tuple[Holder, ...]
    shown: tuple[Holder, ...]
    more: tuple[Holder, ...]
    source: str | None
    sourced: bool


class Shared(Record):
    """The three buckets: between regions, from a source document, everyone's template."""

    own: tuple[PassageCard, ...]
    sourced: tuple[PassageCard, ...]
    template: tuple[PassageCard, ...]


def shared_by(index: Index, draft: str) -> tuple[PassageCard, ...]:
    """The passages that a draft shares, no template, its own words shown first."""
    found = shared(index, draft)
    return tuple(
        card
        for card in (*found.own, *found.sourced)
        if any(holder.holding.document == draft for holder in card.holders)
    )


def shared(index: Index, draft: str | None = None) -> Shared:
    """Passages in their buckets, those who share most first, as the first screen tells it.

    Template goes by how many hold it; imprints and lists come after all else. The words of
    ``draft``, the document in question, are shown first where there is one.
    """
    comparison = index.result.comparison
    found = comparison.passages if comparison else ()
    together: Counter[frozenset[str]] = Counter()
    for passage in found:
        if not is_apparatus(passage):
            together[holders_of(passage)] += passage.copied

    def order(passage: Passage) -> tuple[object, ...]:
        most = len(passage.holdings) if passage.template else together[holders_of(passage)]
        return is_apparatus(passage), -most, -passage.copied, -passage.substance, passage.id

    cards = [
        _card(index, passage, number, draft)
        for number, passage in enumerate(sorted(found, key=order), 1)
    ]
    return Shared(
        own=tuple(c for c in cards if not c.passage.template and not c.sourced),
        sourced=tuple(c for c in cards if not c.passage.template and c.sourced),
        template=tuple(c for c in cards if c.passage.template),
    )


def holders_of(passage: Passage) -> frozenset[str]:
    """The documents that hold a passage."""
    return frozenset(holding.document for holding in passage.holdings)


def is_apparatus(passage: Passage) -> bool:
    """Whether it is an imprint or a list: nobody's own thought, and not counted as copied."""
    return passage.setting in _APPARATUS


def _card(index: Index, passage: Passage, number: int, draft: str | None) -> PassageCard:
    first = passage.holdings[0].quotation if passage.holdings else None
    holders = tuple(
        Holder(
            label=index.label(holding.document),
            holding=holding,
            quotation=_marked(holding.quotation, first),
            is_source=holding.role == "source",
            is_first=holding.document == passage.source,
        )
        for holding in passage.holdings
    )
    shown = _distinct(sorted(holders, key=lambda holder: holder.holding.document != draft))
    return PassageCard(
        passage=passage,
        anchor=f"passage-{number}",
        holders=holders,
        shown=shown,
        more=tuple(holder for holder in holders if holder not in shown),
        source=index.label(passage.source) if passage.source else None,
        sourced=any(holder.is_source for holder in holders),
    )


def _distinct(holders: Sequence[Holder]) -> tuple[Holder, ...]:
    """The first two holders, and those that word it differently, five at most."""
    shown: list[Holder] = []
    seen: set[str] = set()
    for holder in holders:
        words = " ".join(holder.quotation.text.casefold().split()).strip(".,;:•– ")
        if len(shown) < 2 or (words not in seen and len(shown) < _SIDES):
            shown.append(holder)
        seen.add(words)
    return tuple(shown)


def anchors(found: Shared) -> dict[tuple[str, int, int], str]:
    """Where the card of a passage is, by each holder's document and span."""
    return {
        (h.quotation.document, h.quotation.start, h.quotation.end): card.anchor
        for card in (*found.own, *found.sourced, *found.template)
        for h in card.holders
    }


def _marked(quotation: Quotation, first: Quotation | None) -> Quotation:
    """The quotation with its own marks, or with the words that it has in common with the first."""
    if quotation.marks or first is None:
        return quotation
    marks = common_words(quotation.text, first.text)
    return msgspec.structs.replace(quotation, marks=marks)


def common_words(text: str, other: str) -> tuple[Span, ...]:
    """Spans of ``text`` whose words stand in ``other`` in the same order (case aside)."""
    words, theirs = _words(text), [word for word, _ in _words(other)]
    matcher = SequenceMatcher(None, [word for word, _ in words], theirs, autojunk=False)
    return tuple(
        (words[block.a][1][0], words[block.a + block.size - 1][1][1])
        for block in matcher.get_matching_blocks()
        if block.size
    )


def _words(text: str) -> list[tuple[str, Span]]:
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((word.casefold().strip(".,;:()'\"‘’“”"), (start, at)))
    return found
