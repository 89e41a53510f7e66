"""Tables of all documents together: pairs, shared passages, quotients, keywords, rules."""

from __future__ import annotations

from stratlint.records import AuditResult
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.tables.columns import (
    KEYWORDS,
    PASSAGES,
    QUOTIENTS,
    RULES,
    SIMILARITY,
    Cell,
    Table,
    rounded,
)


def similarity_table(result: AuditResult) -> Table:
    """Every pair of documents, the most unusual overlap first."""
    index = Index(result)
    pairs = result.comparison.similarities if result.comparison else ()
    rows = tuple(
        (
            index.label(s.a),
            index.label(s.b),
            *(rounded(v) for v in (s.jaccard, s.overlap, s.z, s.p, s.text, s.jensen_shannon)),
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
                passage.source,
                holding.region,
                holding.document,
                holding.quotation.page + 1,
                holding.quotation.page_label,
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


def keywords_table(result: AuditResult) -> Table:
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
    return Table("keywords", "Keywords", KEYWORDS, rows)


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
