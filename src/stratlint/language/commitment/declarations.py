"""Where a document declares its sectors: in sentences, lists, tables, headings and objectives.

Every declaration is found where it stands, with the words that declare, what they govern and why
they govern no more. What follows from several of them is the business of ``priorities``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.groups import with_groups
from stratlint.language.commitment.headed import headings
from stratlint.language.commitment.listed import lists, taken_back
from stratlint.language.commitment.measures import measures
from stratlint.language.commitment.reading import CHOICE, NUMBERS, Opening, Raw, Reading
from stratlint.language.commitment.tables import Table, tables
from stratlint.records import Declaration, Form, Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.groups import Unnamed
    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.statements import Statements
    from stratlint.language.sectors.topics import Named
    from stratlint.records import Document, Sentence, Span

AROUND = 2
"""Parts before and after a table that may state a limit for its scores."""
_HAD = re.compile(rf"\bhad\s+(?:\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_ITEMS = (Form.BULLETS, Form.NUMBERS, Form.LETTERS)


class Found(NamedTuple):
    """The declarations of a document, and which of them each hit is a member of."""

    declarations: tuple[Declaration, ...]
    by_hit: dict[int, int]
    unnamed: tuple[tuple[Unnamed, int], ...] = ()
    """Sectors that chosen entries are about and do not name, each with its declaration."""

    def of(self, hit: int) -> Declaration | None:
        """The declaration that a hit is a member of."""
        by = self.by_hit.get(hit)
        return None if by is None else self.declarations[by]


def find_declarations(
    document: Document,
    sentences: Sequence[Sentence],
    hits: Sequence[Hit],
    statements: Statements,
    names: Sequence[Named] = (),
) -> Found:
    """Find the declarations of a document among the sectors that it names.

    ``statements`` read its text with the same hits; ``names`` are those of the hits and those that
    the sense filter doubts.
    """
    reading = Reading(document, sentences, hits, statements, names)
    found = [*lists(reading), *_tables(reading), *headings(reading), *measures(reading)]
    found, groups = with_groups(reading, _without_left_out(reading, found))
    labelled = [
        raw.declaration.extent
        for raw in found
        if raw.declaration.form is Form.BULLETS and raw.declaration.tier is not None
    ]
    for part in reading.outline.parts:
        if part.kind != "row":
            # What the labels of whole lines say is said by the lines, and by what follows them.
            inside = _within(part.start, labelled)
            found += _of_sentences(reading, part, labelled=inside)
    found.sort(key=lambda raw: (raw.declaration.start, raw.declaration.extent))
    by_hit: dict[int, int] = {}
    for index, (declaration, members) in enumerate(found):
        for hit in members:
            known = by_hit.get(hit)
            if known is None or _says_more(declaration) > _says_more(found[known].declaration):
                by_hit[hit] = index
    declarations = tuple(raw.declaration for raw in found)
    unnamed = tuple(
        (entry, declarations.index(group.declaration))
        for group in groups
        for entry in group.unnamed
    )
    return Found(declarations, by_hit, unnamed)


def _without_left_out(reading: Reading, found: Sequence[Raw]) -> list[Raw]:
    """Declarations of headings without what stands in a list below them that leaves out.

    'Target sectors' stands over its five entries and over 'The other six were not chosen: …' too.
    """
    out = [
        raw.declaration.extent
        for raw in found
        if raw.declaration.polarity in (Polarity.REFUSED, Polarity.DEMOTED)
        and raw.declaration.form in _ITEMS
    ]
    kept = []
    for declaration, hits in found:
        if declaration.form is not Form.HEADINGS or not declaration.chooses:
            kept.append(Raw(declaration, hits))
            continue
        below = [(a, b) for a, b in out if not a <= declaration.start < b]
        members = tuple(m for m in declaration.members if not _within(m.start, below))
        if members:
            made = msgspec.structs.replace(declaration, members=members)
            rest = tuple(h for h in hits if not _within(reading.hits[h].start, below))
            kept.append(Raw(made, rest))
    return kept


def _within(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _says_more(declaration: Declaration) -> tuple[bool, bool, bool, int]:
    """Which of two declarations of one mention says more of it.

    A sentence about a member says more than the list it stands in only where it refuses.
    """
    refuses = declaration.polarity in (Polarity.REFUSED, Polarity.DEMOTED)
    return refuses, declaration.chooses, declaration.sure, len(declaration.members)


def _of_sentences(reading: Reading, part: Part, *, labelled: bool) -> Iterator[Raw]:
    """What the sentences of a part choose, refuse or rank low."""
    if bisect_left(reading.starts, part.start) == bisect_left(reading.starts, part.end):
        return
    for statement in reading.said(part):
        polarity = Polarity(statement.polarity)
        if not statement.members or polarity not in CHOICE:
            continue
        if labelled and statement.frame.startswith("label"):
            continue
        if polarity is Polarity.CHOSEN and _HAD.search(statement.phrase):
            # A document says what it has; what 'had five target sectors' is an older one.
            polarity = Polarity.PAST
        if part.kind == "item" and polarity is Polarity.DEMOTED:
            # What an item ranks low in passing ('software inside other industries') is its
            # explanation.
            continue
        first = reading.hits[statement.members[0]].start
        opened = reading.text.rfind("(", statement.start, first)
        inside = opened > reading.text.rfind(")", statement.start, first)
        form = Form.PARENTHESIS if inside else Form.SENTENCE
        if statement.frame == "goal":
            form = Form.OBJECTIVES
        span = (statement.start, statement.end)
        made = Declaration(
            start=statement.start,
            end=statement.end,
            phrase=statement.phrase,
            polarity=polarity,
            voice=Voice(statement.voice),
            form=Form.HEADINGS if part.kind == "heading" else form,
            extent=span,
            ended_by="the end of the sentence",
            members=reading.members([(hit,) for hit in statement.members]),
            tier=statement.tier,
            number=statement.number,
            sure=statement.sure,
        )
        yield Raw(reading.fit(made, part, reading.text[slice(*span)]), statement.members)


def _tables(reading: Reading) -> Iterator[Raw]:
    for rows in tables(reading.outline):
        yield from _of_table(reading, rows)


def _of_table(reading: Reading, rows: list[Part]) -> Iterator[Raw]:
    """What a table says of its rows."""
    table = Table(reading.outline, rows, reading.hits, reading.starts, reading.opened)
    title, opening = _title_of(reading, rows[0])
    parts = reading.outline.parts
    around = " ".join(
        reading.outline.words(p)
        for p in parts[max(0, rows[0].index - AROUND) : rows[-1].index + 1 + AROUND]
        if p.kind in ("text", "caption")
    )
    if opening is None and (back := taken_back(reading, rows[-1])) is not None:
        opening = back[0]
    polarity, span = None, (rows[0].start, rows[0].end)
    if opening is not None:
        own = opening.voice in (Voice.OWN, Voice.ADOPTED)
        polarity, span = opening.polarity if own else Polarity.OTHER, opening.span
    following = parts[rows[-1].index + 1 : rows[-1].index + 2]
    ended_by = "what stands below the table" if following else "the end of the text"
    for verdict in table.verdicts(polarity, span, around):
        said = Opening(
            verdict.polarity,
            Voice.OTHER if verdict.polarity is Polarity.OTHER else Voice.OWN,
            verdict.phrase,
            opening.number if opening is not None else None,
            sure=verdict.sure,
        )
        yield reading.declare(
            said,
            verdict.form,
            verdict.entries,
            title if title is not None else rows[0],
            (rows[0].start, rows[-1].end),
            ended_by,
        )


def _title_of(reading: Reading, first: Part) -> tuple[Part | None, Opening | None]:
    """What entitles a table: the caption or the text before it, else the heading."""
    for part in reversed(reading.outline.parts[: first.index]):
        if part.kind not in ("text", "caption", "heading"):
            break
        opening = reading.opening(part)
        if opening is not None:
            return part, opening
        if part.kind != "caption":
            break
    heading = reading.above(first)
    return heading, reading.opening(heading)
