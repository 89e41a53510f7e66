"""One document's section: priorities with evidence, profiles, figures, findings, checks passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stratlint.records import (
    CheckPassed,
    Commitment,
    DocumentAnalysis,
    Finding,
    Keyword,
    Priority,
    Quotient,
    Record,
    RuleNotRun,
)
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.html.area import AreaView, area_view
from stratlint.reporting.html.matrix import evidence_id
from stratlint.reporting.html.profiles import Answered, ProfileView, answers, profiles
from stratlint.reporting.index import Index, quotient_anchor
from stratlint.reporting.summary import of_document

STRIP_WIDTH = 300
_KEYWORDS = 6
SHOWN = 5  # findings of one rule that are quoted; of more, a line each
FIRST = 7
"""Findings at the head of a document's page: what an officer reads before turning away."""
QUOTED = 1  # quotations shown for a priority; of others, the pages
CLASSES = tuple(Commitment)


class Tick(Record):
    """A mention on the dispersion strip."""

    x: float
    kind: str


class SectorRow(Record):
    """What the document says of one sector: counts by commitment, and where it says so."""

    sector: str
    name: str
    kinds: str
    total: int
    committed: int
    ticks: tuple[Tick, ...]
    pages: str


class PriorityView(Record):
    """A priority with everything that stands beside it."""

    priority: Priority
    name: str
    anchor: str
    row: SectorRow
    quotient: Quotient | None
    gap: Gap
    emphasis: float | None


class FigureRow(Record):
    """The location quotients of one sector in the document's region."""

    sector: str
    name: str
    anchor: str
    claimed: bool
    quotients: tuple[Quotient, ...]


class Group(Record):
    """Findings of one rule on one subject; the first ``shown`` with their words."""

    first: Finding
    findings: tuple[Finding, ...]
    shown: int = SHOWN


class RegionView(Record):
    """Everything that one section shows."""

    analysis: DocumentAnalysis
    label: str
    slug: str
    statement: str
    area: AreaView | None
    priorities: tuple[PriorityView, ...]
    others: tuple[SectorRow, ...]
    profiles: tuple[ProfileView, ...]
    answers: tuple[Answered, ...]
    """Questions whose answer stands at a place, or that a finding answers."""
    unplaced: tuple[tuple[str, tuple[str, ...]], ...]
    """The other questions by their answer; ``asked`` names those that are absent."""
    asked: str
    """What of the questions was not found, in words."""
    keywords: tuple[Keyword, ...]
    figures: tuple[FigureRow, ...]
    first: tuple[Finding, ...]
    """What matters most, in full, at the head of the section."""
    groups: tuple[Group, ...]
    """The findings of less weight."""
    further: int
    passed: tuple[CheckPassed, ...]
    unasked: tuple[RuleNotRun, ...]
    """Rules that are not for a document of this kind."""
    quoted: dict[tuple[str, int, int, str | None], str]
    """Where a quotation stands already, by document, span and sector: the id of its priority."""


def region(index: Index, analysis: DocumentAnalysis) -> RegionView:
    """The view of one document."""
    rows = {row.sector: row for row in _sector_rows(index, analysis)}
    priorities = tuple(
        PriorityView(
            priority=priority,
            name=index.result.sector_name(priority.sector),
            anchor=evidence_id(index, analysis, priority.sector),
            row=rows.get(priority.sector) or _empty_row(index, priority.sector),
            quotient=(found := index.quotient(analysis, priority.sector)),
            gap=gap(True, found),
            emphasis=index.emphasis(analysis, priority.sector),
        )
        for priority in sorted(analysis.priorities, key=lambda p: p.rank)
    )
    claimed = {p.priority.sector for p in priorities}
    findings = index.findings(analysis)
    answered = answers(index, analysis)
    return RegionView(
        analysis=analysis,
        label=index.label(analysis.document.source),
        slug=index.slug(analysis.document.source),
        statement=of_document(index, analysis),
        area=area_view(index, analysis),
        priorities=priorities,
        others=tuple(row for sector, row in rows.items() if sector not in claimed),
        profiles=profiles(index, analysis),
        answers=tuple(a for a in answered if a.quotation is not None or a.findings),
        unplaced=_unplaced(answered),
        asked=index.asked(analysis),
        keywords=_keywords(index, analysis),
        figures=_figures(index, analysis),
        first=findings[:FIRST],
        groups=grouped(findings[FIRST:]),
        further=len(findings[FIRST:]),
        passed=index.passed.get(analysis.document.source, ()),
        unasked=tuple(
            item
            for item in index.result.not_run
            if not item.asked and analysis.document.source in item.documents
        ),
        quoted={
            (q.document, q.start, q.end, sector): p.anchor
            for p in reversed(priorities)
            for q in p.priority.evidence[:QUOTED]
            # A sentence may choose several sectors: a finding on one leads to that one.
            for sector in (None, p.priority.sector)
        },
    )


def _unplaced(answered: Sequence[Answered]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Questions without a place, by their answer."""
    found: dict[str, list[str]] = {}
    for one in answered:
        if one.quotation is None and not one.findings and one.value != "absent":
            found.setdefault(one.value, []).append(one.asks)
    return tuple((value, tuple(asks)) for value, asks in found.items())


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Findings by rule, the gravest rule first, each group in page order."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return tuple(
        Group(
            first=group[0],
            findings=tuple(sorted(group, key=lambda f: -1 if f.page is None else f.page)),
        )
        for group in groups.values()
    )


def _sector_rows(index: Index, analysis: DocumentAnalysis) -> list[SectorRow]:
    """Sectors that the document names, the most often named first."""
    document = analysis.document
    length = max(1, document.body_end)
    by_sector: dict[str, list[tuple[int, Commitment]]] = {}
    for mention in analysis.mentions:
        by_sector.setdefault(mention.sector, []).append((mention.start, mention.commitment))
    made = []
    for sector, found in by_sector.items():
        counts = Counter(kind for _, kind in found)
        places: dict[int, str] = {
            document.page_at(start).index: document.page_at(start).label for start, _ in found
        }
        ticks = {
            (round(min(start / length, 1) * STRIP_WIDTH), kind.is_committed)
            for start, kind in found
        }
        made.append(
            SectorRow(
                sector=sector,
                name=index.result.sector_name(sector),
                kinds=_kinds(counts),
                total=len(found),
                committed=sum(n for kind, n in counts.items() if kind.is_committed),
                ticks=tuple(Tick(x=x, kind="c" if own else "m") for x, own in sorted(ticks)),
                pages=_page_range(places),
            )
        )
    return sorted(made, key=lambda row: (-row.total, row.name))


def _kinds(counts: Counter[Commitment]) -> str:
    """'support 3, fact 1': the classes in the order of the coding guide."""
    # A mention that calls it a priority is no choice of the document as a whole.
    names = {Commitment.PRIORITY: "called a priority"}
    named = ((names.get(kind, kind.value.replace("_", " ")), counts[kind]) for kind in CLASSES)
    return ", ".join(f"{name} {n}" for name, n in named if n)


def _page_range(places: dict[int, str]) -> str:
    """'page 4', 'pages 4 and 5', 'pages 4 to 19' (printed labels of the first and the last)."""
    first, last = places[min(places)], places[max(places)]
    word = "and" if max(places) - min(places) == 1 else "to"
    return f"page {first}" if first == last else f"pages {first} {word} {last}"


def _empty_row(index: Index, sector: str) -> SectorRow:
    return SectorRow(
        sector=sector,
        name=index.result.sector_name(sector),
        kinds="",
        total=0,
        committed=0,
        ticks=(),
        pages="",
    )


def _keywords(index: Index, analysis: DocumentAnalysis) -> tuple[Keyword, ...]:
    own = index.keywords.get(analysis.document.source, ())
    return tuple(sorted(own, key=lambda k: (-k.z, k.word))[:_KEYWORDS])


def _figures(index: Index, analysis: DocumentAnalysis) -> tuple[FigureRow, ...]:
    rows = []
    for sector in index.figure_sectors(analysis):
        found = index.quotients(analysis, sector)
        if not found:
            continue
        claimed = analysis.priority(sector) is not None
        slug = index.slug(analysis.document.source)
        rows.append(
            FigureRow(
                sector=sector,
                name=index.result.sector_name(sector),
                anchor=quotient_anchor(slug, sector),
                claimed=claimed,
                quotients=found,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.quotients[0].value, row.name)))
