"""What a text says of a trend, beside the rows of its own tables that say the opposite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Mention, Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Row, Table, lined_of, tables_of
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
    r"strength|cluster|employer|market for our)|(?:growing|increasing|rising|larger|"
    r"greater) numbers|"
    r"goes on (?:growing|rising|expanding)|"
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
_SAME = (
    (
        re.compile(r"\b(?:young|youth|graduates?|twenties)\b", re.IGNORECASE),
        re.compile(
            r"\baged? (?:1[5-9]|2\d)|\b(?:1[5-9]|2\d)\s?[-–]\s?(?:2\d|3\d)\b", re.IGNORECASE
        ),
    ),
    (
        re.compile(
            r"\b(?:visitor|tourist) numbers|\b(?:more|number of) (?:visitors|"
            r"tourists)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:trips|stays|nights|visits|visitors)\b(?!.*(?:spend|£))", re.IGNORECASE),
    ),
    (
        re.compile(r"\b(?:population|people living here|residents)\b", re.IGNORECASE),
        re.compile(r"^\W*(?:population|residents|inhabitants)\W*$", re.IGNORECASE),
    ),
)
"""Words of a claim, and those of a label that counts the same by another name."""
_MOST = re.compile(
    r"\b(?P<what>fastest[- ]growing|quickest[- ]growing|largest|biggest)"
    r"(?P<kind>(?: (?!in\b|of\b|and\b|single\b)[\w-]+){0,3}?) (?:employers?|sectors?|industr(?:y|"
    r"ies)|trades?|"
    r"source of (?:jobs|employment|work)|econom(?:y|ies)|part of (?:our|the) economy)\b"
    r"(?P<where>[^.;]{0,40})",
    re.IGNORECASE,
)
"""'The largest high value sector in our area', 'the fastest growing economy in the North'."""
_SOME = re.compile(
    r"\b(?:one of|among|amongst|second|third|fourth|fifth|next|some of|not|never|was|were|once|"
    r"will|"
    r"become|potentially|perhaps|of the)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_WIDER = re.compile(
    r"\bin (?:the )?(?:world|europe|britain|england|scotland|wales|ireland|uk|united|country|"
    r"region|"
    r"state|north|south|east|west|midlands|modern)\b",
    re.IGNORECASE,
)
_KINDS = frozenset(
    ("", "high value", "high-value", "growth", "key", "local", "city-region", "regional")
)
"""What may stand between 'largest' and 'sector' and leave rows of a table to be compared by it."""
_NATION = re.compile(
    r"\b(?:UK|GB|United Kingdom|Britain|England|Scotland|Wales|Ireland|State|national|average|"
    r"other|"
    r"others|total|all)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(?:jobs|employ\w*|persons|people|workers|posts)\b|^(?:19|20)\d\d$", re.IGNORECASE
)
_NO_SIZE = re.compile(
    r"%|\b(?:change|growth|share|since|lq|quotient|pay|per|index)\b", re.IGNORECASE
)
_NEARLY = 1.03
"""Times by which another row is larger: less may be rounding or another year."""


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
    tables = [*tables_of(view), *lined_of(view)]
    trends = [t for table in tables for t in _trends(view, table)]
    parts = [p for table in tables for p in _parts(table)]
    if not tables:
        return
    sectors = _sectors(view, lambda mention: mention.sentence)
    for index in view.holding(_UP, _DOWN, _ONE_IN, _MOST):
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
        yield from _firsts(view, index, text, tables)


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


def _firsts(view: View, index: int, text: str, tables: list[Table]) -> Iterator[Hit]:
    """'The largest sector in our area', beside a table in which another one is larger."""
    found = _MOST.search(text)
    start = view.analysis.sentences[index].start
    if found is None or _SOME.search(text[: found.start()]):
        return
    if found.group("kind").strip().casefold() not in _KINDS:
        return
    span = (start + found.start(), start + found.end())
    if is_anothers(view, Match(start=span[0], end=span[1], sentence=index, phrase="")):
        return
    grows = "growing" in found.group("what").casefold()
    sectors = _sectors(view, lambda mention: mention.block)
    said = _sectors(view, lambda mention: mention.sentence)
    before = text[max(text.rfind(mark, 0, found.start()) for mark in ",;:") + 1 : found.start()]
    for table in tables:
        if _WIDER.search(found.group("where")) and not _of_areas(table):
            continue
        column = _compared(table, grows=grows)
        if column is None:
            continue
        rows = [
            (row, row.cells[column])
            for row in table.rows
            if column < len(row.cells)
            and row.cells[column].value is not None
            and not (row.total or row.part or _NATION.search(row.label))
        ]
        own = [
            (row, cell)
            for row, cell in rows
            if _is_about(view, index, before, _as_trend(row, sectors), said)
        ]
        if len(own) != 1:
            continue
        row, cell = own[0]
        above = [
            other
            for other, figure in rows
            if _exceeds(figure.value, cell.value, grows=grows)
            # With a qualifier only what is ahead in every column is ahead for certain.
            and (not found.group("kind").strip() or grows or _ahead(other, row))
        ]
        if above:
            top = max(above, key=lambda other: other.cells[column].value or 0.0)
            yield Hit(
                document=view.source,
                region=view.region,
                holes={
                    "words": cut(view.text(index), 100),
                    "row": top.label,
                    "figures": f"{top.cells[column].text} and {row.label} {cell.text}",
                },
                quotations=(view.quote(*span), view.quote(*top.span), view.quote(*row.span)),
                subject=f"{row.label} {found.group('what')}",
            )
            return


def _as_trend(row: Row, sectors: dict[int, set[str]]) -> Trend:
    return Trend(
        label=row.label,
        first="",
        last="",
        change=0.0,
        stems=_stems(row.label),
        sectors=frozenset(sectors.get(row.block, ())),
        span=row.span,
    )


def _exceeds(other: float | None, own: float | None, *, grows: bool) -> bool:
    """Whether another figure is larger for certain; growth is told to its last place."""
    if other is None or own is None:
        return False
    return other > own if grows else other > own * _NEARLY


def _ahead(other: Row, row: Row) -> bool:
    """Whether a row has no figure below that of another."""
    pairs = [
        (a.value, b.value)
        for a, b in zip(other.cells[1:], row.cells[1:], strict=False)
        if a.value is not None and b.value is not None
    ]
    return len(pairs) > 1 and all(a >= b for a, b in pairs)


def _compared(table: Table, *, grows: bool) -> int | None:
    """The column by which rows are ranked: of growth, or of jobs in the latest year."""
    if grows:
        return next((n for n, head in enumerate(table.heads) if n and _CHANGE.search(head)), None)
    sizes = [
        n
        for n, head in enumerate(table.heads)
        if n and _SIZE.search(head) and not _NO_SIZE.search(head)
    ]
    return sizes[-1] if sizes else None


def _of_areas(table: Table) -> bool:
    """Whether most rows of a table are places: two capitals and more in a label."""
    named = [row for row in table.rows if len(re.findall(r"\b[A-Z][a-z]+", row.label)) > 1]
    return 2 * len(named) > len(table.rows)


def _parts(table: Table) -> Iterator[Part]:
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
                yield Part(
                    label=row.label,
                    figures=f"{cell.text} of {whole.text}",
                    share=cell.value / whole.value,
                    stems=_stems(row.label),
                    span=row.span,
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
        yield Trend(
            label=row.label,
            first=first,
            last=last,
            change=change,
            stems=_stems(row.label),
            sectors=frozenset(sectors.get(row.block, ())),
            span=row.span,
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
    if any(said.search(clause) and counted.search(trend.label) for said, counted in _SAME):
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
