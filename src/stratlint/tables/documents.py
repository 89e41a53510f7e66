"""Tables of what each document says: findings, priorities, the matrix, mentions, documents."""

from __future__ import annotations

from stratlint.records import AuditResult, DocumentAnalysis, Finding
from stratlint.reporting.gaps import gap
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index, pages_of
from stratlint.reporting.words import figure_value
from stratlint.tables.columns import (
    DOCUMENTS,
    FINDINGS,
    MATRIX,
    MENTIONS,
    PRIORITIES,
    Cell,
    Table,
    folded,
    rounded,
)


def findings_table(result: AuditResult) -> Table:
    """Every finding, suppressed ones too, worst first."""
    index = Index(result)
    rows = tuple(_finding_row(f) for f in (*index.live, *index.suppressed))
    return Table("findings", "Findings", FINDINGS, rows)


def _finding_row(finding: Finding) -> tuple[Cell, ...]:
    quotation = finding.quotations[0].text if finding.quotations else None
    figures = "; ".join(
        f"{f.label}: {figure_value(f.value, f.unit)} ({f.source}, {f.year})"
        for f in finding.figures
    )
    return (
        finding.fingerprint,
        finding.rule,
        finding.name,
        finding.family,
        finding.severity.value,
        finding.confidence.value,
        finding.region,
        finding.document,
        finding.sector,
        None if finding.page is None else finding.page + 1,
        finding.page_label,
        folded(finding.message),
        folded(quotation),
        folded(figures) or None,
        folded(finding.why),
        folded(finding.fix),
        folded(finding.suppressed),
    )


def priorities_table(result: AuditResult) -> Table:
    """The priorities of each document, best first."""
    index = Index(result)
    rows: list[tuple[Cell, ...]] = []
    for analysis in result.analyses:
        for priority in analysis.priorities:
            quotient = index.quotient(analysis, priority.sector)
            rows.append(
                (
                    *_who(analysis),
                    priority.sector,
                    priority.rank,
                    priority.basis.value,
                    round(priority.score, 4),
                    pages_of(priority),
                    round(quotient.value, 4) if quotient else None,
                    f"{quotient.source}, {quotient.measure}" if quotient else None,
                    quotient.year if quotient else None,
                )
            )
    return Table("priorities", "Priorities", PRIORITIES, tuple(rows))


def matrix_table(result: AuditResult) -> Table:
    """Region by sector, one cell a row: every sector that is claimed somewhere or measured."""
    index = Index(result)
    measured = {q.sector for q in result.comparison.quotients} if result.comparison else set()
    sectors = (*index.sectors, *sorted(measured - set(index.sectors)))
    rows: list[tuple[Cell, ...]] = []
    for analysis in index.ordered:
        for sector in sectors:
            priority, quotient = analysis.priority(sector), index.quotient(analysis, sector)
            emphasis = index.emphasis(analysis, sector)
            rows.append(
                (
                    *_who(analysis),
                    sector,
                    result.sector_name(sector),
                    priority.rank if priority else None,
                    priority.basis.value if priority else None,
                    None if emphasis is None else round(emphasis, 4),
                    round(quotient.value, 4) if quotient else None,
                    quotient.measure if quotient else None,
                    quotient.year if quotient else None,
                    quotient.source if quotient else None,
                    quotient.reliable if quotient else None,
                    gap(priority is not None, quotient).value or None,
                )
            )
    return Table("matrix", "Region by sector", MATRIX, tuple(rows))


def mentions_table(result: AuditResult) -> Table:
    """Every mention of a sector, with its commitment and what decided it."""
    rows: list[tuple[Cell, ...]] = []
    for analysis in result.analyses:
        for mention in analysis.mentions:
            page = analysis.document.page_at(mention.start)
            rows.append(
                (
                    *_who(analysis),
                    mention.sector,
                    mention.term,
                    mention.commitment.value,
                    round(mention.probability, 4),
                    page.index + 1,
                    page.label,
                    mention.start,
                    mention.end,
                    one_line(analysis.sentence_text(mention.sentence)),
                    "; ".join(f"{f.name} {f.weight:+.2f}" for f in mention.features),
                )
            )
    return Table("mentions", "Mentions", MENTIONS, tuple(rows))


def documents_table(result: AuditResult) -> Table:
    """The documents, one a row, with what was worked out for each as a whole."""
    index = Index(result)
    rows: list[tuple[Cell, ...]] = []
    for analysis in index.ordered:
        document, fit = analysis.document, index.fit(analysis)
        shares = fit.shares if fit else {}
        rows.append(
            (
                *_who(analysis),
                folded(document.title),
                document.year,
                len(document.pages),
                len(document.body.split()),
                len(analysis.priorities),
                fit.measured if fit else None,
                *(rounded(shares.get(cut)) for cut in ("1.0", "1.25", "1.5")),
                rounded(fit.krugman if fit else None),
                rounded(fit.distinctiveness if fit else None),
                rounded(fit.interchangeability if fit else None),
                len(index.findings(analysis)),
                document.sha256,
            )
        )
    return Table("documents", "Documents", DOCUMENTS, tuple(rows))


def _who(analysis: DocumentAnalysis) -> tuple[str, str]:
    return one_line(analysis.name), one_line(analysis.document.source)
