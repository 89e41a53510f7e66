"""Names that are industries only where the text chooses them: 'retail', 'space', 'construction'.

They are land uses, rooms and works more often than industries, so the sense filter lets few of them
through. Where a sentence, a list or a table of the document's own chooses one, it is nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.language.commitment.declarations import find_declarations
from stratlint.language.commitment.short import SHORT
from stratlint.language.commitment.statements import Statements
from stratlint.language.commitment.surroundings import in_sentences
from stratlint.language.sectors.sense_features import cues
from stratlint.records import Form
from stratlint.text.words import word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.pipeline import Parsed
    from stratlint.language.sectors.mentions import SectorSpan
    from stratlint.records import Declaration, Document

LEAST = {"label": 0.28, "acronym": 0.28, "alternative": 0.35, "conditional": 0.4}
"""Probability of the sense filter from which a chosen name is an industry, by its term's level. Of
120 doubtful names that 1,254 short cases choose, 50 of 58 above these were industries, and 30 of
62 below: less lets in 'culture', 'audit' and 'the board'."""
WITH_OTHERS = 0.25
"""The same beside two other sectors, for names that are no mere words of other names."""
MANY = 3
_FOLLOWED = re.compile(
    r"[*_’'\"”]*\s*(?:$|[,.;:!?)|–—/\n]|(?:and|or|nor|is|are|was|were|as|with|for|in|on|to|by|from|at"
    r"|alone|above|first|then|but|not|will|shall|must|has|have|which|that|who|we)\b"
    r"|(?:the\s+)?(?:sectors?|industr(?:y|ies)|clusters?|trades?|economy|firms?|business(?:es)?)\b)"
)
"""What stands behind a name that is a whole noun of its own: 'backs space, …', 'space and'."""
_BEGINS = re.compile(r"(?:^|[\n|:;,–—(]|\d[.)]|\band)[^\w]*(?:\b(?:the|our|[a-z])\b[^\w]*)?$")
"""What stands before the first name of a line, a title, a cell, or before another name in it."""
_OPENS = re.compile(
    r"(?:^|[\n|:;,(–—&/]|\d[.)]|[-*•#]\s|\b[a-h]\)|\b(?:and|or|to|for|on|in|of|behind|into|nor|not|by))[\W_]*"
    r"(?P<the>\b(?:the|our|its|a)\s+)?$"
)
_CLOSES = re.compile(
    r"(?:['’]s)?[*_’'\"”]*\s*(?:$|[,.;:!?)(|–—/\n&£€$\d]|-\s|(?:and|or|nor|is|are|was|were|as|with|for|in|on|to"
    r"|by|from|at|alone|first|then|but|not|will|shall|must|has|have|which|that|who|we|each|both|comes?|gets?"
    r"|sectors?|industr(?:y|ies)|trades?|clusters?|businesses|firms|companies|manufactur(?:e|ing)|making"
    r"|services|supply|technolog(?:y|ies)|products?|processing|systems|production|economy|engineering)\b)"
)
"""What stands before and behind a member of an enumeration that is a noun by itself."""
_BARE_LINE = re.compile(r"[\W\d_]*(?:\b[a-hivx]{1,3}[.)])?[\W\d_]*(?:and)?[\W\d_]*")
_JOINS = re.compile(r"(?:[,;&/(\n]|\b(?:and|or)\b)")
_STOPS = re.compile(r"[.!?]\s")
APART = 45
"""Characters between two members of an enumeration."""
_LED = re.compile(
    r"\b(?:the|a|an|this|that|any|some|more|new|open|public|good|living)\s+$", re.IGNORECASE
)
"""Words before a name that make a thing of it: 'the space', 'a glass'."""


def named(document: Document, parsed: Parsed, own: frozenset[str]) -> Sequence[SectorSpan]:
    """The names of industries in order: the firm ones, and those that the text's choice settles."""
    if not parsed.doubtful or len(parsed.sentences) > SHORT:
        return parsed.spans
    spans = sorted([*parsed.spans, *parsed.doubtful], key=lambda span: (span.start, span.end))
    spans = _with_neighbours(spans, document.text)
    hits = [hit for hit, _ in in_sentences(spans, parsed.sentences)]
    statements = Statements(document.text, hits, own)
    found = find_declarations(document, parsed.sentences, hits, statements)
    return [
        hit
        for number, hit in enumerate(hits)
        if hit.is_firm or _is_settled(hit, found.of(number), document.text)
    ]


def _with_neighbours(spans: Sequence[SectorSpan], text: str) -> list[SectorSpan]:
    """The names in order; firm those too that stand beside a firm one as members of one row.

    Of 284 doubtful names in 2,436 short cases that fill their place in a row beside a firm name of
    another sector, 250 name an industry by the cases' answers, and most of the others by sight.
    """
    found = list(spans)
    for order in (range(len(found)), reversed(range(len(found)))):
        for number in order:
            span = found[number]
            if span.is_firm:
                continue
            beside = _fills(span, text) and _is_beside(span, number, found, text)
            if beside or (span.level == "label" and _is_line(span, text)):
                found[number] = span._replace(is_firm=True)
    return found


def _fills(span: SectorSpan, text: str) -> bool:
    """Whether a name is all of its place in a row; of loose words only a sector's short name."""
    opened = _OPENS.search(text, max(0, span.start - 20), span.start)
    if opened is None or _CLOSES.match(text, span.end) is None:
        return False
    if span.level != "conditional":
        return True
    return not opened["the"] and word_key(text[span.start : span.end]) in cues().bare


def _is_line(span: SectorSpan, text: str) -> bool:
    """Whether a name is all of its line: a title, an item or an entry."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    rest = text[begin : span.start] + text[span.end : end if end >= 0 else len(text)]
    return _BARE_LINE.fullmatch(rest) is not None


def _is_beside(span: SectorSpan, number: int, spans: Sequence[SectorSpan], text: str) -> bool:
    """Whether a firm name of another sector stands beside one, with nothing but a joint between."""
    for other in spans[max(0, number - 3) : number + 4]:
        if not other.is_firm or other.sector == span.sector:
            continue
        first, second = (other, span) if other.start < span.start else (span, other)
        gap = text[first.end : second.start]
        if len(gap) < APART and _JOINS.search(gap) and not _STOPS.search(gap):
            return True
    return False


def _is_settled(hit: SectorSpan, declaration: Declaration | None, text: str) -> bool:
    """Whether a declaration leaves no doubt that a doubtful name is an industry."""
    if declaration is None or not declaration.chooses:
        return False
    if hit.level in ("label", "acronym"):
        return hit.probability >= LEAST[hit.level]
    if not declaration.sure:
        return False
    placed = _begins(hit, text)
    if declaration.form in (Form.SENTENCE, Form.PARENTHESIS):
        # What 'these two' means are the names that stand before it, not all that may be names.
        inside = declaration.start <= hit.start < declaration.end
        placed = inside or _fills(hit, text)
    if placed and (hit.probability >= LEAST[hit.level] or _is_bare(hit, text)):
        return True
    many = len(declaration.sectors) >= MANY and hit.level != "conditional"
    return placed and many and hit.probability >= WITH_OTHERS


def _begins(hit: SectorSpan, text: str) -> bool:
    """Whether a name begins its line, title or cell: no 'machines' in 'Talking machines'."""
    return _BEGINS.search(text, max(0, hit.start - 24), hit.start) is not None


def _is_bare(hit: SectorSpan, text: str) -> bool:
    """Whether a sector's own short name stands as a whole noun: 'backs space, centred on …'."""
    return (
        word_key(text[hit.start : hit.end]) in cues().bare
        and _FOLLOWED.match(text, hit.end) is not None
        and _LED.search(text, max(0, hit.start - 12), hit.start) is None
    )
