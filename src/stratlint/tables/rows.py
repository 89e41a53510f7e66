"""The rows of each table, from an audit's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from stratlint.evidence.marks import KEYS
from stratlint.records import AuditResult, Finding, Quotation, Quotient
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.words import figure_value
from stratlint.tables.cells import Pages, folded, rounded, who
from stratlint.tables.profiles import (
    breadth_table,
    journey_table,
    leadership_table,
    profiles_table,
    questions_table,
    themes_table,
)
from stratlint.tables.schema import Cell, Table, table
from stratlint.text.counting import word_count


def findings_table(result: AuditResult) -> Table:
    """Every finding, suppressed ones too, worst first."""
    index, pages = Index(result), Pages(result)
    rows = tuple(_finding_row(f, pages) for f in (*index.live, *index.suppressed))
    return table("findings", rows)


def _finding_row(finding: Finding, pages: Pages) -> tuple[Cell, ...]:
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
        *pages.of(finding.document, finding.page, finding.page_label),
        folded(finding.where) or None,
        folded(finding.message),
        folded(quotation),
        folded(figures) or None,
        folded(finding.why),
        folded(finding.fix),
        folded(finding.suppressed),
    )


def priorities_table(result: AuditResult) -> Table:
    """The priorities of each document, best first."""
    index, pages = Index(result), Pages(result)
    rows: list[tuple[Cell, ...]] = []
    for analysis in result.analyses:
        for priority in analysis.priorities:
            quotient = index.quotient(analysis, priority.sector)
            rows.append(
                (
                    *who(analysis),
                    priority.sector,
                    priority.rank,
                    priority.basis.value,
                    round(priority.score, 4),
                    pages.labels(analysis.document.source, _in_order(priority.evidence)),
                    round(quotient.value, 4) if quotient else None,
                    f"{quotient.source}, {quotient.measure}" if quotient else None,
                    quotient.year if quotient else None,
                    quotient.reliable if quotient else None,
                )
            )
    return table("priorities", rows)


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
                    *who(analysis),
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
    return table("matrix", rows)


def mentions_table(result: AuditResult) -> Table:
    """Every mention of a sector, with its commitment and what decided it."""
    rows: list[tuple[Cell, ...]] = []
    pages = Pages(result)
    for analysis in result.analyses:
        for mention in analysis.mentions:
            document = analysis.document
            page = document.page_at(mention.start)
            rows.append(
                (
                    *who(analysis),
                    mention.sector,
                    mention.term,
                    mention.commitment.value,
                    round(mention.probability, 4),
                    *pages.of(document.source, page.index, page.label),
                    mention.start,
                    mention.end,
                    one_line(analysis.sentence_text(mention.sentence)),
                    "; ".join(f"{f.name} {f.weight:+.2f}" for f in mention.features),
                )
            )
    return table("mentions", rows)


def documents_table(result: AuditResult) -> Table:
    """The documents, one a row, with what was worked out for each as a whole."""
    index = Index(result)
    rows: list[tuple[Cell, ...]] = []
    for analysis in index.ordered:
        document, fit = analysis.document, index.fit(analysis)
        shares = fit.shares if fit else {}
        rows.append(
            (
                *who(analysis),
                folded(document.title),
                document.year,
                len(document.pages) if document.paged else None,
                word_count(document.body),
                len(analysis.priorities),
                fit.measured if fit else None,
                *(rounded(shares.get(cut)) for cut in KEYS),
                rounded(fit.krugman if fit else None),
                "; ".join(fit.ignored) or None if fit else None,
                rounded(fit.distinctiveness if fit else None),
                rounded(fit.interchangeability if fit else None),
                len(index.findings(analysis)),
                document.sha256,
            )
        )
    return table("documents", rows)


def similarity_table(result: AuditResult) -> Table:
    """Every pair of documents, the most unusual overlap first."""
    index = Index(result)
    comparison = result.comparison
    pairs = comparison.similarities if comparison else ()
    rows = tuple(
        (
            index.label(s.a),
            index.label(s.b),
            s.shared,
            *(rounded(v) for v in (s.expected, s.jaccard, s.overlap, s.z, s.p, s.p_adjusted)),
            *(rounded(v) for v in (s.text, s.jensen_shannon, s.structure)),
        )
        for s in sorted(pairs, key=lambda s: (-s.z, -s.jaccard, s.a, s.b))
    )
    return table("similarity", rows)


def passages_table(result: AuditResult) -> Table:
    """Shared passages, one holder a row."""
    rows: list[tuple[Cell, ...]] = []
    pages = Pages(result)
    for passage in result.comparison.passages if result.comparison else ():
        rows += [
            (
                passage.id,
                passage.kind.value,
                passage.words,
                rounded(passage.substance),
                passage.template,
                passage.joint,
                passage.setting,
                passage.source,
                holding.region,
                holding.document,
                holding.role,
                holding.year,
                *pages.of(holding.document, holding.quotation.page, holding.quotation.page_label),
                holding.quotation.start,
                holding.quotation.end,
                holding.attributed,
                one_line(holding.quotation.text),
            )
            for holding in passage.holdings
        ]
    return table("passages", rows)


def quotients_table(result: AuditResult) -> Table:
    """Every location quotient that was worked out."""
    rows = tuple(
        (
            q.region,
            q.sector,
            rounded(q.value),
            q.year,
            q.measure,
            q.source,
            rounded(q.size),
            q.unit,
            " ".join(q.codes),
            *(rounded(mark) for mark in _range(q)),
            q.reliable,
            q.caveat or None,
        )
        for q in (result.comparison.quotients if result.comparison else ())
    )
    # Editions of one region may be measured by the same figures.
    unique = tuple(dict.fromkeys(rows))
    return table("quotients", unique)


def _range(quotient: Quotient) -> tuple[float, float]:
    values = [value for _, value in quotient.years] or [quotient.value]
    return min(values), max(values)


def keyness_table(result: AuditResult) -> Table:
    """Words that mark each document off, with the raw counts beside the scores."""
    index = Index(result)
    keywords = result.comparison.keywords if result.comparison else ()
    rows = tuple(
        (
            index.label(k.document),
            k.document,
            one_line(k.word),
            k.count,
            k.reference_count,
            rounded(k.z),
            rounded(k.g2),
            k.p,
            k.p_adjusted,
        )
        for k in keywords
    )
    return table("keyness", rows)


def rules_table(result: AuditResult) -> Table:
    """The rules in force, with their measured precision."""
    index = Index(result)
    counts: dict[str, int] = {}
    for finding in index.live:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    rows = tuple(
        (
            rule.id,
            rule.name,
            rule.family,
            rule.severity.value,
            rule.confidence.value,
            rule.scope,
            counts.get(rule.id, 0),
            rule.precision,
            rule.judged,
        )
        for rule in result.rules
    )
    return table("rules", rows)


def popularity_table(result: AuditResult) -> Table:
    """How many documents choose each sector, most first."""
    index = Index(result)
    counts = Counter(p.sector for a in result.analyses for p in a.priorities)
    rows: list[tuple[Cell, ...]] = []
    for sector, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        held = [a for a in result.analyses if a.priority(sector)]
        weak = sum(gap(True, index.quotient(a, sector)) is Gap.UNSUPPORTED for a in held)
        names = "; ".join(sorted(index.label(a.document.source) for a in held))
        share = rounded(count / len(result.analyses))
        rows.append((sector, result.sector_name(sector), count, share, weak, names))
    return table("popularity", rows)


def _in_order(quotations: Iterable[Quotation]) -> list[Quotation]:
    return sorted(quotations, key=lambda quotation: (quotation.page, quotation.page_label))


def declarations_table(result: AuditResult) -> Table:
    """What each declaration of each document says, one sector that it names a row."""
    rows: list[tuple[Cell, ...]] = []
    pages = Pages(result)
    for analysis in result.analyses:
        document = analysis.document
        for number, declaration in enumerate(analysis.declarations, 1):
            for member in declaration.members:
                page = document.page_at(member.start)
                rows += [
                    (
                        *who(analysis),
                        number,
                        sector,
                        one_line(document.text[member.start : member.end]),
                        declaration.polarity.value,
                        declaration.voice.value,
                        declaration.form.value,
                        declaration.chooses,
                        declaration.sure,
                        declaration.tier,
                        declaration.number,
                        one_line(declaration.phrase),
                        *pages.of(document.source, page.index, page.label),
                        member.start,
                        member.end,
                    )
                    for sector in member.sectors
                ]
    return table("declarations", rows)


def texts_table(result: AuditResult) -> Table:
    """The documents with their text, as quanteda's readtext takes them."""
    return table(
        "texts",
        (
            (
                one_line(a.document.source),
                a.document.body,
                one_line(a.name),
                a.document.year,
                folded(a.document.title),
                a.kind.kind.value if a.kind else None,
                a.document.language,
                len(a.document.pages) if a.document.paged else None,
                word_count(a.document.body),
                a.document.sha256,
            )
            for a in result.analyses
        ),
    )


TABLES: Mapping[str, Callable[[AuditResult], Table]] = {
    "findings": findings_table,
    "priorities": priorities_table,
    "matrix": matrix_table,
    "popularity": popularity_table,
    "documents": documents_table,
    "breadth": breadth_table,
    "declarations": declarations_table,
    "themes": themes_table,
    "journey": journey_table,
    "leadership": leadership_table,
    "questions": questions_table,
    "profiles": profiles_table,
    "similarity": similarity_table,
    "passages": passages_table,
    "quotients": quotients_table,
    "keyness": keyness_table,
    "rules": rules_table,
}
"""Every table of a result but the mentions, which are many, and the texts."""


def all_tables(result: AuditResult) -> Iterable[Table]:
    """Every table but mentions, which are many and go to Parquet, and texts."""
    return (make(result) for make in TABLES.values())
