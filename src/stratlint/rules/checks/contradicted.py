"""What a text says of a trend, beside the rows of its own tables that say the opposite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Mention, Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_UP = re.compile(
    r"\b(?:(?:has|have|had) (?:\w+ly |also |never )?(?:grown|risen|increased|expanded|gained|added|"
    r"recovered)|continu\w+ to (?:rise|grow|increase|expand|climb)|(?:is|are|remains?|still|been|"
    r"and) (?:\w+ )?(?:growing|rising|increasing|expanding|on the rise)|(?:fastest|quickest|"
    r"rapidly|strongly|steadily)[- ]growing|growing (?:base|sector|industry|trade|number|part|"
    r"strength|cluster|employer|market for our)|goes on (?:growing|rising|expanding)|"
    r"grows? (?:each|every|year|steadily|strongly)|go(?:es|ne)? from strength to strength|boom\w*|"
    r"(?:rose|grew|increased|expanded) (?:\w+ly )?(?:in|over|since|by|through|every|each|"
    r"despite))\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:(?:has|have|had) (?:\w+ly |also )?(?:fallen|declined|shrunk|contracted|dwindled|"
    r"dropped)|"
    r"continu\w+ to (?:fall|decline|shrink|contract)|(?:is|are|remains?|still|been) (?:\w+ )?"
    r"(?:falling|declining|shrinking|contracting|in decline)|goes on (?:falling|shrinking)|"
    r"(?:fell|declined|shrank|contracted) (?:\w+ly )?(?:in|over|since|by|through|every|each))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:national(?:ly)?|global(?:ly)?|world(?:wide|[’']s)?|market|demand|imports?|uk|britain|"
    r"england|scotland|wales|ireland|europe\w*|modern economy|elsewhere|neighbours?|expected|"
    r"forecast\w*|will|shall|would|could|should|may|aims?|targets?|to be|until|before|once|in the "
    r"(?:19|20)\d\ds|output|turnover|gva|value|productivity|exports?|pay|wages?|earnings|prices?|"
    r"share|visits? (?:from|by)|interest|population|not|no longer|nor|never|if|profits?|sales)\b",
    re.IGNORECASE,
)
"""What else may have risen, or when: the row of a table tells of jobs, firms or visitors."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_CHANGE = re.compile(r"\b(?:change|growth|trend|since)\b|[+±]", re.IGNORECASE)
_COMMON = frozenset(
    "manufa servic indust sector trade relate other total activi employ busine firms jobs region "
    "number and the of public local advanc produc includ select thousa techno all goods suppli "
    "econom profes person people staff per cent work whole retail".split()
)
"""Words of labels that tell no industry apart."""
_STEM = 6
_SHORT = 4
"""Letters of a word of a label that is worth looking for: 'food', 'milk'."""
_NAMES = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"^\W*[\d.]*\W*([A-Z][\w &,-]{3,60})[.:]\s")
"""A title that opens its paragraph: 'Microelectronics. Nowhere else …'."""
_BEFORE = re.compile(
    r"\W*[\d.]*\W*(?:it|this|they|these|here|both|employment|numbers?|"
    r"the (?:sector|industry|trade|cluster|region[’']s))\b",
    re.IGNORECASE,
)
_AFTER = 25
"""Letters behind a claim that may say of whom it is: 'growing market worldwide'."""
_NUMBERS = {word: number for word, number in NUMBERS.items() if 2 <= number <= 12}
_ONE_IN = re.compile(
    rf"\bone (?:\w+ )?in (?:every )?(?P<number>{'|'.join(_NUMBERS)}|\d\d?)\b", re.IGNORECASE
)
_OF_JOBS = re.compile(r"\b(?:jobs?|employ\w*|work\w*|posts)\b", re.IGNORECASE)
_NO_COUNT = re.compile(r"%|\b(?:share|lq|quotient|change|per|index|growth)\b", re.IGNORECASE)
_APART = 0.25
"""Share by which 'one in three' may miss: 'almost' and 'more than' cover less."""


class Options(Editable):
    """A row speaks against a trend where it differs by ``percent_at_least`` from first to last."""

    percent_at_least: float = Field(default=3.0, ge=0)


class Trend(Record, frozen=True):
    """A row with its first and last figure: what it is of, by words and by sectors."""

    label: str
    first: str
    last: str
    change: float
    stems: frozenset[str]
    sectors: frozenset[str]
    span: Span


class Part(Record, frozen=True):
    """A row of a table of jobs with its share of the total."""

    label: str
    figures: str
    share: float
    stems: frozenset[str]
    span: Span


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    trends = [t for table in tables_of(view) for t in _trends(view, table)]
    parts = [p for table in tables_of(view) for p in _parts(view, table)]
    if not trends and not parts:
        return
    sectors = _sectors(view, lambda mention: mention.sentence)
    for index in view.holding(_UP, _DOWN, _ONE_IN):
        sentence = view.analysis.sentences[index]
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        text = view.document.text[sentence.start : sentence.end]
        for start, end, sign in _claims(text):
            span = (sentence.start + start, sentence.start + end)
            if is_anothers(view, Match(start=span[0], end=span[1], sentence=index, phrase="")):
                continue
            about = [
                t for t in trends if _is_about(view, index, _clause(text, start, end), t, sectors)
            ]
            against = [t for t in about if -sign * t.change >= options.percent_at_least]
            if against and len(against) == len(about):
                yield _hit(view, span, against)
        yield from _fractions(view, index, text, parts)


def _claims(text: str) -> Iterator[tuple[int, int, int]]:
    """Where a sentence says that something grows (1) or falls (-1) here and until now."""
    for pattern, sign in ((_UP, 1), (_DOWN, -1)):
        found = pattern.search(text)
        if found is None:
            continue
        before = max(text.rfind(mark, 0, found.start()) for mark in ",;")
        near = re.split(r"[,;]", text[before + 1 : found.end() + _AFTER])[0]
        if not _OTHERS.search(near):
            yield found.start(), found.end(), sign


def _clause(text: str, start: int, end: int) -> str:
    """The clause of a claim: from the comma before it to the one after it."""
    before = max(text.rfind(mark, 0, start) for mark in ",;")
    after = min((p for p in (text.find(m, end) for m in ",;") if p >= 0), default=len(text))
    return text[before + 1 : after]


def _fractions(view: View, index: int, text: str, parts: list[Part]) -> Iterator[Hit]:
    """'Almost one job in three', where the table has 22 per cent."""
    found = _ONE_IN.search(text)
    if found is None or not _OF_JOBS.search(text):
        return
    said = found.group("number").casefold()
    share = 1 / (float(said) if said.isdigit() else _NUMBERS[said])
    about = [p for p in parts if p.stems & _stems(text[: found.start()])]
    start = view.analysis.sentences[index].start
    if len(about) == 1 and abs(about[0].share - share) > _APART * share:
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "words": cut(view.text(index), 100),
                "row": about[0].label,
                "figures": f"{about[0].figures}, {100 * about[0].share:.0f}% of all",
            },
            quotations=(
                view.quote(start + found.start(), start + found.end()),
                view.quote(*about[0].span),
            ),
            subject=f"{about[0].label} one in {said}",
        )


def _parts(view: View, table: Table) -> Iterator[Part]:
    """Rows of a table of jobs with a total, each with its share of it in the latest year."""
    totals = [row for row in table.rows if row.total]
    places = [n for n, head in enumerate(table.heads) if n and not _NO_COUNT.search(head)]
    if len(totals) != 1:
        return
    for number in reversed(places):
        whole = totals[0].cells[number] if number < len(totals[0].cells) else None
        if whole is None or not whole.value or whole.share or whole.money:
            continue
        for row in table.rows:
            cell = row.cells[number] if number < len(row.cells) else None
            if cell is not None and cell.value and not row.total:
                block = view.document.blocks[row.block]
                yield Part(
                    label=row.label,
                    figures=f"{cell.text} of {whole.text}",
                    share=cell.value / whole.value,
                    stems=_stems(row.label),
                    span=(block.start, block.end),
                )
        return


def _hit(view: View, span: Span, against: list[Trend]) -> Hit:
    worst = against[0]
    sentence = view.sentence_at(span[0])
    words = view.text(sentence) if sentence is not None else ""
    return Hit(
        document=view.source,
        region=view.region,
        holes={
            "words": cut(words, 100),
            "row": worst.label,
            "figures": f"from {worst.first} to {worst.last}"
            if worst.first
            else f"{worst.last} over the years that it gives",
        },
        quotations=(view.quote(*span), *(view.quote(*t.span) for t in against[:2])),
        subject=f"{worst.label} {words[:60]}",
    )


def _trends(view: View, table: Table) -> Iterator[Trend]:
    """The rows of a table with figures of two years, or of the change between them."""
    past = _past(view, table)
    changes = [n for n, head in enumerate(table.heads) if n and _CHANGE.search(head)]
    sectors = _sectors(view, lambda mention: mention.block)
    for row in table.rows:
        made = _from_years(row, past) or _from_change(row, changes)
        if made is None or row.total or row.part:
            continue
        first, last, change = made
        block = view.document.blocks[row.block]
        yield Trend(
            label=row.label,
            first=first,
            last=last,
            change=change,
            stems=_stems(row.label),
            sectors=frozenset(sectors.get(row.block, ())),
            span=(block.start, block.end),
        )


def _past(view: View, table: Table) -> list[int]:
    """The columns of two years and more that count the same, in the order of the years."""
    kinds: dict[str, list[tuple[int, int]]] = {}
    for n, head in enumerate(table.heads):
        years = [int(year) for year in _YEAR.findall(head)]
        if n and len(years) == 1 and years[0] <= (view.document.year or 9999):
            kinds.setdefault(_YEAR.sub("", head).strip(" ,()").casefold(), []).append((years[0], n))
    told = [columns for columns in kinds.values() if len(columns) > 1]
    return [n for _, n in sorted(told[0])] if told else []


def _from_years(row: Row, places: list[int]) -> tuple[str, str, float] | None:
    cells = [row.cells[n] for n in places if n < len(row.cells)]
    valued = [c for c in cells if c.value is not None]
    if len(valued) < 2 or not valued[0].value:
        return None
    first, last = valued[0], valued[-1]
    return first.text, last.text, 100 * ((last.value or 0.0) - (valued[0].value)) / valued[0].value


def _from_change(row: Row, places: list[int]) -> tuple[str, str, float] | None:
    """A change that is printed with its sign in per cent."""
    for n in places:
        text = row.cells[n].text if n < len(row.cells) else ""
        found = re.fullmatch(r"([+–−-])\s?(\d+(?:\.\d+)?)\s?(?:%|per cent)", text)
        if found:
            return "", text, float(found.group(2)) * (1 if found.group(1) == "+" else -1)
    return None


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _NAMES.findall(text))
    stems = (word[:_STEM].rstrip("s") for word in words if len(word) >= _SHORT)
    return frozenset(stem for stem in stems if stem not in _COMMON)


def _sectors(view: View, within: Callable[[Mention], int]) -> dict[int, set[str]]:
    """The sectors that each block, or each sentence, names."""
    found: dict[int, set[str]] = {}
    for mention in view.analysis.mentions:
        found.setdefault(within(mention), set()).add(mention.sector)
    return found


def _is_about(
    view: View, index: int, clause: str, trend: Trend, sectors: dict[int, set[str]]
) -> bool:
    """Whether a claim speaks of what a row counts: by its own words, or by its title's."""
    if trend.stems & _stems(clause):
        return True
    if not _speaks_on(view.text(index)):
        return bool(trend.sectors) and trend.sectors == frozenset(sectors.get(index, ()))
    if trend.stems & _stems(_titles(view, index)):
        return True
    near = [s for s in view.around(index, "paragraph") if s < index]
    of_title = frozenset(x for s in near[:1] for x in sectors.get(s, ()))
    return bool(trend.sectors) and trend.sectors == of_title


def _speaks_on(text: str) -> bool:
    """Whether a sentence takes its subject from before: 'It is a sector which has grown'."""
    return _BEFORE.match(text) is not None


def _titles(view: View, index: int) -> str:
    """The heading over a sentence and the words that open its paragraph as a title."""
    block = view.block(index)
    heading = view.document.block_text(block.heading) if block.heading is not None else ""
    opening = _ALONE.match(view.document.text[block.start : block.end])
    return f"{heading} {opening.group(1) if opening else ''}"


CHECK = Check(
    name="trend-against-table",
    level="document",
    options=Options,
    holes={
        "words": "It has grown steadily in recent years",
        "row": "Food and drink",
        "figures": "from 10,150 to 9,380",
    },
    run=_run,
    doc="A sentence that says that something grows or falls, and a table of the same text in which "
    "it does the opposite.",
)
