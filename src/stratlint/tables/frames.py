"""Results as pandas frames, one row a thing, with documented columns.

Those over a comparison come from :mod:`stratlint.tables.comparison`; those over a whole audit
are here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from stratlint.records import quotients_of
from stratlint.tables.comparison import concordance_frame as concordance
from stratlint.tables.comparison import dispersion_frame as dispersion
from stratlint.tables.comparison import emphasis_frame as emphasis
from stratlint.tables.comparison import fit_frame as fit
from stratlint.tables.comparison import keyword_frame as keywords
from stratlint.tables.comparison import passage_frame as passages
from stratlint.tables.comparison import priority_frame as priorities
from stratlint.tables.comparison import similarity_frame as similarity

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from stratlint.records import AuditResult, Comparison, DocumentAnalysis

__all__ = [
    "concordance",
    "dispersion",
    "emphasis",
    "findings",
    "fit",
    "keywords",
    "matrix",
    "mentions",
    "passages",
    "popularity",
    "priorities",
    "quotients",
    "similarity",
]


def findings(result: AuditResult) -> pd.DataFrame:
    """One row a finding, set aside or not.

    Columns: ``fingerprint``, ``rule``, ``name``, ``family``, ``severity``, ``confidence``,
    ``document``, ``region``, ``sector``, ``page`` (printed label), ``message``, ``quotation``
    (the first), ``figure`` (the first value), ``suppressed`` (the reason, or None).
    """
    columns = [
        *("fingerprint", "rule", "name", "family", "severity", "confidence", "document"),
        *("region", "sector", "page", "message", "quotation", "figure", "suppressed"),
    ]
    rows = [
        (
            *(f.fingerprint, f.rule, f.name, f.family, f.severity.value, f.confidence.value),
            *(f.document, f.region, f.sector, f.page_label, f.message),
            f.quotations[0].text if f.quotations else None,
            f.figures[0].value if f.figures else None,
            f.suppressed,
        )
        for f in result.findings
    ]
    return _frame(columns, rows)


def mentions(analyses: Iterable[DocumentAnalysis]) -> pd.DataFrame:
    """One row a mention of a sector.

    Columns: ``document``, ``region``, ``sector``, ``commitment``, ``probability``, ``term``,
    ``page`` (printed label), ``start``, ``end`` (characters), ``sentence`` (its words).
    """
    columns = [
        *("document", "region", "sector", "commitment", "probability", "term"),
        *("page", "start", "end", "sentence"),
    ]
    rows = [
        (
            *(a.document.source, a.document.region, m.sector, m.commitment.value),
            *(m.probability, m.term, a.document.page_at(m.start).label, m.start, m.end),
            " ".join(a.sentence_text(m.sentence).split()),
        )
        for a in analyses
        for m in a.mentions
    ]
    return _frame(columns, rows)


def quotients(comparison: Comparison) -> pd.DataFrame:
    """One row a region and sector with figures.

    Columns: ``region``, ``sector``, ``quotient``, ``year``, ``measure``, ``size``, ``unit``,
    ``codes`` (SIC, joined by ' '), ``reliable``, ``caveat``, ``source``.
    """
    columns = [
        *("region", "sector", "quotient", "year", "measure", "size", "unit"),
        *("codes", "reliable", "caveat", "source"),
    ]
    rows = [
        (
            *(q.region, q.sector, q.value, q.year, q.measure, q.size, q.unit),
            *(" ".join(q.codes), q.reliable, q.caveat, q.source),
        )
        for q in comparison.quotients
    ]
    # Editions of one region may be measured by the same figures.
    return _frame(columns, list(dict.fromkeys(rows)))


def matrix(result: AuditResult) -> pd.DataFrame:
    """One row a document and sector of which either the text or the figures speak.

    Columns: ``document``, ``region``, ``sector``, ``sector_name``, ``priority`` (whether it is
    one), ``rank``, ``score``, ``emphasis`` (quotient), ``quotient`` (location), ``reliable``.
    """
    comparison = result.comparison
    quotients = comparison.quotients if comparison else ()
    stressed = comparison.emphasis if comparison else {}
    rows: list[tuple[object, ...]] = []
    for a in result.analyses:
        source, region = a.document.source, a.document.region
        chosen = {p.sector: p for p in a.priorities}
        row = stressed.get(source, {})
        figures = {q.sector: q for q in quotients_of(quotients, region, a.document.year)}
        for sector in sorted({*chosen, *row, *figures}):
            priority, figure = chosen.get(sector), figures.get(sector)
            rows.append(
                (
                    *(source, region, sector, result.sector_name(sector), priority is not None),
                    priority.rank if priority else None,
                    priority.score if priority else None,
                    row.get(sector),
                    figure.value if figure else None,
                    figure.reliable if figure else None,
                )
            )
    columns = [
        *("document", "region", "sector", "sector_name", "priority", "rank", "score"),
        *("emphasis", "quotient", "reliable"),
    ]
    return _frame(columns, rows)


def popularity(result: AuditResult) -> pd.DataFrame:
    """How many documents prioritise each sector, most first.

    Columns: ``sector``, ``sector_name``, ``documents`` (that prioritise it), ``share`` (of all
    documents), ``regions`` (joined by '; ').
    """
    total = len(result.analyses)
    counts = Counter(p.sector for a in result.analyses for p in a.priorities)
    rows = [
        (
            *(sector, result.sector_name(sector), count, count / total),
            "; ".join(sorted(a.name for a in result.analyses if a.priority(sector))),
        )
        for sector, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return _frame(["sector", "sector_name", "documents", "share", "regions"], rows)


def _frame(columns: list[str], rows: list[Any]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)
