"""The region by sector matrix, and claim against strength on one logarithmic axis."""

from __future__ import annotations

import math

from stratlint.evidence.marks import CUTS
from stratlint.records import DocumentAnalysis, Quotient, Record
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index, quotient_anchor, slugify
from stratlint.reporting.words import ordinal, quotient

STRIP_WIDTH = 160
_EDGE = 8  # room for a mark that stands at the end
_MISSED = 5  # the strongest; the matrix has the others
_OCTAVES = 3  # the axis runs from 1/8 to 8
_LQ_BINS = (0.5, 0.75, *CUTS)


class Cell(Record):
    """One region and sector: rank and quotient as printed, and the classes that colour them."""

    rank: str
    lq: str
    gap: Gap
    rank_bin: str
    lq_bin: str
    href: str | None
    sure: bool


class Column(Record):
    """A document at the head of a column."""

    label: str
    slug: str
    source: str
    claimed: int


class Row(Record):
    """A sector with its cells, and how many documents claim it."""

    sector: str
    name: str
    cells: tuple[Cell, ...]
    claimed: int


class Matrix(Record):
    """The whole matrix, both orders by likeness."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Strength(Record):
    """One sector of one region: emphasis and quotient, and where they stand on the axis."""

    sector: str
    name: str
    rank: str
    share: str
    emphasis: str
    lq: str
    year: str
    gap: Gap
    emphasis_x: float | None
    lq_x: float | None
    sure: bool
    claimed: bool


class Panel(Record):
    """The lollipops of one region."""

    label: str
    slug: str
    source: str
    rows: tuple[Strength, ...]


def matrix(index: Index) -> Matrix:
    """Every sector that some document claims, or that is a strong sector nobody there claims."""
    rows = [_row(index, sector) for sector in index.matrix_sectors]
    columns = tuple(
        Column(
            label=index.label(a.document.source),
            slug=index.slug(a.document.source),
            source=a.document.source,
            claimed=len(a.priorities),
        )
        for a in index.ordered
    )
    return Matrix(columns=columns, rows=tuple(rows))


def _row(index: Index, sector: str) -> Row:
    cells = tuple(_cell(index, a, sector) for a in index.ordered)
    return Row(
        sector=sector,
        name=index.result.sector_name(sector),
        cells=cells,
        claimed=sum(bool(cell.rank) for cell in cells),
    )


def _cell(index: Index, analysis: DocumentAnalysis, sector: str) -> Cell:
    priority, found = analysis.priority(sector), index.quotient(analysis, sector)
    return Cell(
        rank=ordinal(priority.rank) if priority else "",
        lq=quotient(found.value) if found else "",
        gap=gap(priority is not None, found),
        rank_bin=_rank_bin(priority.rank) if priority else "",
        lq_bin=lq_bin(found),
        href=evidence_id(index, analysis, sector)
        if sector in index.figure_sectors(analysis)
        else None,
        sure=found is None or found.reliable,
    )


def evidence_id(index: Index, analysis: DocumentAnalysis, sector: str) -> str:
    """The id of what stands behind a cell: the priority, or the sector's row of figures."""
    slug = index.slug(analysis.document.source)
    if analysis.priority(sector):
        return f"p-{slug}-{slugify(sector)}"
    return quotient_anchor(slug, sector)


def _rank_bin(rank: int) -> str:
    return "r1" if rank <= 2 else "r2" if rank <= 5 else "r3"


def lq_bin(found: Quotient | None) -> str:
    """The step of the printed quotient, l0 to l5; nothing where there is none."""
    if found is None:
        return ""
    value = round(found.value, 2)
    return f"l{sum(value >= edge for edge in _LQ_BINS)}"


def panels(index: Index) -> tuple[Panel, ...]:
    """One panel a document: its priorities by rank, then the strengths it leaves out."""
    made = []
    for analysis in index.ordered:
        sectors = [p.sector for p in sorted(analysis.priorities, key=lambda p: p.rank)]
        missed = [s for s in index.ignored(analysis) if s not in sectors][:_MISSED]
        source = analysis.document.source
        made.append(
            Panel(
                label=index.label(source),
                slug=index.slug(source),
                source=source,
                rows=tuple(_strength(index, analysis, s) for s in (*sectors, *missed)),
            )
        )
    return tuple(made)


def _strength(index: Index, analysis: DocumentAnalysis, sector: str) -> Strength:
    priority, found = analysis.priority(sector), index.quotient(analysis, sector)
    emphasis = index.emphasis(analysis, sector)
    total = sum(p.score for p in analysis.priorities)
    return Strength(
        sector=sector,
        name=index.result.sector_name(sector),
        rank=ordinal(priority.rank) if priority else "–",
        share=f"{priority.score / total:.0%}" if priority and total else "–",
        emphasis=quotient(emphasis),
        lq=quotient(found.value if found else None),
        year=str(found.year) if found else "–",
        gap=gap(priority is not None, found),
        emphasis_x=position(emphasis),
        lq_x=position(found.value if found else None),
        sure=found is None or found.reliable,
        claimed=priority is not None,
    )


def position(value: float | None) -> float | None:
    """Where a quotient stands on the strip: log scale, 1 in the middle, clipped at the ends."""
    if value is None:
        return None
    if value <= 0:
        return float(_EDGE)
    octave = max(-_OCTAVES, min(_OCTAVES, math.log2(round(value, 2) or value)))
    return round(_EDGE + (octave + _OCTAVES) / (2 * _OCTAVES) * STRIP_WIDTH, 1)
