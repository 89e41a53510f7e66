"""A chosen sector of which the document's own figures say that there is less of it here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Priority, Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

_QUOTIENT = re.compile(
    r"\blocation quotients?\b|\bLQs?\b|\bspeciali[sz]ation (?:index|ratio)\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"\b(?:UK|GB|Great Britain|England|Scotland|Wales|Ireland|national(?:ly)?|United Kingdom|"
    r"country|state|region)\b",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"\b(?:change|growth|since|pay|wage|gva|output|productivity|per worker|rate|vacanc\w+|"
    r"forecast|(?:19|20)\d\d[-–]\d+)\b",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\blocation quotient (?:of|is|stands at|was)[^.\d]{0,40}(?P<value>\d?[.]\d+)", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:neighbour\w*|national(?:ly)?|in (?:England|Scotland|Wales))\b", re.IGNORECASE
)
_PARTS = re.compile(r", | and |[ (]*[()]| & ")
_KINDS = re.compile(r" (?:sectors?|industr(?:y|ies)|clusters?|services?)$")


class Options(Editable):
    """Fires below ``less_than`` times the share elsewhere: what rounding does is no less."""

    less_than: float = Field(default=0.95, gt=0, le=1)


class Less(Record, frozen=True):
    """What the document prints of a sector: in which words, and where."""

    words: str
    span: Span


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    for priority in view.analysis.priorities:
        less = next(_printed(options, view, world, priority), None)
        if less is None:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={"sector": world.sector_name(priority.sector), "words": less.words},
            quotations=(*priority.evidence[:1], view.quote(*less.span)),
            subject=f"own figures {priority.sector}",
        )


def _printed(options: Options, view: View, world: World, priority: Priority) -> Iterator[Less]:
    names = _names(view, world, priority)
    blocks = {m.block for m in view.mentions_by_sector.get(priority.sector, [])}
    of_row: dict[int, set[str]] = {}
    for mention in view.analysis.mentions:
        of_row.setdefault(mention.block, set()).add(mention.sector)
    chosen = [" ".join(q.text.casefold().split()) for q in priority.evidence]
    for table in tables_of(view):
        for row in table.rows:
            label = _plain(row.label)
            # 'Digital and AI' is one choice, in the words in which it was chosen.
            whole = row.block in blocks and any(label in text for text in chosen)
            # 'Life sciences and medical technology' where both words are of the one sector.
            named = of_row.get(row.block) == {priority.sector}
            one = named and any(part in names for part in map(_plain, _PARTS.split(row.label)))
            if label not in names and not whole and not one:
                continue
            said = _of_row(options, table, row)
            if said is not None:
                block = view.document.blocks[row.block]
                yield Less(words=said, span=(block.start, block.end))
    for mention in view.mentions_by_sector.get(priority.sector, []):
        sentence = view.analysis.sentences[mention.sentence]
        text = view.text(mention.sentence)
        found = _PROSE.search(text)
        if found is None or _OTHERS.search(text):
            continue
        if len({m.sector for m in view.analysis.mentions if m.sentence == mention.sentence}) > 1:
            continue
        match = Match(
            start=sentence.start, end=sentence.end, sentence=mention.sentence, phrase="quotient"
        )
        value = float(found.group("value"))
        if value < options.less_than and not is_anothers(view, match):
            yield Less(
                words=f"a location quotient of {found.group('value')}",
                span=(sentence.start, sentence.end),
            )


def _names(view: View, world: World, priority: Priority) -> frozenset[str]:
    """How the document and the taxonomy name a sector as a whole, in small letters.

    'Pharmaceutical wholesale' is a part of the life sciences, and its share another one.
    """
    entry = next(e for e in world.context.taxonomy.sectors if e.id == priority.sector)
    names = {entry.name, *_PARTS.split(entry.name)}
    for mention in view.mentions_by_sector.get(priority.sector, []):
        if mention.commitment.is_committed:
            names.add(view.document.text[mention.start : mention.end])
    return frozenset(_plain(name) for name in names if len(name) > 3)


def _plain(name: str) -> str:
    return _KINDS.sub("", " ".join(name.casefold().split()))


def _of_row(options: Options, table: Table, row: Row) -> str | None:
    """What a row says in a column of quotients, or in two columns of shares."""
    for number, head in enumerate(table.heads):
        cell = row.cells[number] if 0 < number < len(row.cells) else None
        if cell is None or cell.value is None:
            continue
        if _QUOTIENT.search(head) and cell.value < options.less_than:
            return f"a location quotient of {cell.text}"
        own = row.cells[number - 1] if number > 1 else None
        heads = f"{table.heads[number - 1]} {head}"
        if (
            own is not None
            and own.value is not None
            and cell.share
            and own.share
            and _ELSEWHERE.search(head)
            and not _ELSEWHERE.search(table.heads[number - 1])
            and not _NO_SHARE.search(heads)
            and own.value < options.less_than * cell.value
        ):
            return f"{own.text} against {cell.text} ({head})"
    return None


CHECK = Check(
    name="own-figures-against",
    level="document",
    options=Options,
    holes={"sector": "Tourism", "words": "a location quotient of 0.8"},
    run=_run,
    doc="A priority of which the document's own table or text says that there is less here.",
)
