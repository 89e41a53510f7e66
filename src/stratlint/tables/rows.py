"""The rows of each table, from an audit's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from stratlint.evidence.marks import KEYS
from stratlint.records import AuditResult, DocumentAnalysis, Finding
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index, pages_of
from stratlint.reporting.words import figure_value
from stratlint.tables.schema import (
    DOCUMENTS,
    FINDINGS,
    KEYNESS,
    MATRIX,
    MENTIONS,
    PASSAGES,
    POPULARITY,
    PRIORITIES,
    PROFILES,
    QUOTIENTS,
    RULES,
    SIMILARITY,
    Cell,
    Table,
)
from stratlint.text.counting import word_count


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
    return Table("documents", "Documents", DOCUMENTS, tuple(rows))


def _who(analysis: DocumentAnalysis) -> tuple[str, str]:
    return one_line(analysis.name), one_line(analysis.document.source)


def similarity_table(result: AuditResult) -> Table:
    """Every pair of documents, the most unusual overlap first."""
    index = Index(result)
    comparison = result.comparison
    pairs = comparison.similarities if comparison else ()
    rows = tuple(
        (
            index.label(s.a),
            index.label(s.b),
            *(rounded(v) for v in (s.jaccard, s.overlap, s.z, s.p, index.corrected[s])),
            *(rounded(v) for v in (s.text, s.jensen_shannon)),
        )
        for s in sorted(pairs, key=lambda s: (-s.z, -s.jaccard, s.a, s.b))
    )
    return Table("similarity", "Similarity", SIMILARITY, rows)


def passages_table(result: AuditResult) -> Table:
    """Shared passages, one holder a row."""
    rows: list[tuple[Cell, ...]] = []
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
                holding.quotation.page + 1,
                holding.quotation.page_label,
                holding.quotation.start,
                holding.quotation.end,
                holding.attributed,
                one_line(holding.quotation.text),
            )
            for holding in passage.holdings
        ]
    return Table("passages", "Shared passages", PASSAGES, tuple(rows))


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
            q.reliable,
            q.caveat or None,
        )
        for q in (result.comparison.quotients if result.comparison else ())
    )
    # Editions of one region may be measured by the same figures.
    unique = tuple(dict.fromkeys(rows))
    return Table("quotients", "Location quotients", QUOTIENTS, unique)


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
        )
        for k in keywords
    )
    return Table("keyness", "Keyness", KEYNESS, rows)


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
    return Table("rules", "Rules", RULES, rows)


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
    return Table("popularity", "Sectors by how many choose them", POPULARITY, tuple(rows))


def profiles_table(result: AuditResult) -> Table:
    """The profiles of each document, one a row."""
    index = Index(result)
    rows = tuple(
        (
            *_who(analysis),
            profile.kind,
            folded(profile.value),
            folded(profile.summary),
            ", ".join(dict.fromkeys(q.page_label for q in profile.quotations)) or None,
        )
        for analysis in index.ordered
        for profile in index.profiles(analysis)
    )
    return Table("profiles", "Profiles", PROFILES, rows)


TABLES: Sequence[Callable[[AuditResult], Table]] = (
    findings_table,
    priorities_table,
    matrix_table,
    popularity_table,
    documents_table,
    profiles_table,
    similarity_table,
    passages_table,
    quotients_table,
    keyness_table,
    rules_table,
)


def all_tables(result: AuditResult) -> Iterable[Table]:
    """Every table but the mentions, which are many and go to Parquet."""
    return (make(result) for make in TABLES)


def folded(text: str | None) -> str | None:
    """Text on one line; None stays."""
    return None if text is None else one_line(text)


def rounded(value: float | None) -> float | None:
    """Four decimals; None stays."""
    return None if value is None else round(value, 4)
