"""Tidy tables of an audit: one definition for CSV, XLSX, Parquet and the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from stratlint.records import AuditResult, DocumentAnalysis, Finding
from stratlint.reporting.gaps import gap
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index, pages_of
from stratlint.reporting.words import figure_value

Cell: TypeAlias = str | int | float | bool | None


class Column(NamedTuple):
    """A column: its name, the type of its values (str, int, float, bool) and its meaning."""

    name: str
    type: type
    meaning: str


class Table(NamedTuple):
    """A tidy table. A missing value is None."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_REGION = Column("region", str, "region of the document, or its file name where it has none")
_DOCUMENT = Column("document", str, "file name of the document")
_SECTOR = Column("sector", str, "id of the sector in the taxonomy")
_PAGE = Column("page", int, "page of the file, from 1; empty where no page is meant")
_LABEL = Column("page_label", str, "number printed on the page")

FINDINGS = (
    Column("fingerprint", str, "identity of the finding; stays when the layout changes"),
    Column("rule", str, "id of the rule"),
    Column("name", str, "name of the rule"),
    Column("family", str, "family of the rule"),
    Column("severity", str, "error, warning or info"),
    Column("confidence", str, "high, medium or low: how sure, not how grave"),
    _REGION,
    _DOCUMENT,
    _SECTOR,
    _PAGE,
    _LABEL,
    Column("message", str, "what the rule has to say"),
    Column("quotation", str, "first quotation that carries it"),
    Column("figures", str, "figures that carry it, with source and year"),
    Column("why", str, "why it matters"),
    Column("fix", str, "what to do about it"),
    Column("suppressed", str, "reason given for suppressing it; empty when it stands"),
)
PRIORITIES = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("rank", int, "rank in the document, from 1"),
    Column("basis", str, "'declared list' or 'inferred'"),
    Column("score", float, "summed commitment weight"),
    Column("pages", str, "printed labels of the pages of its evidence"),
    Column("lq", float, "location quotient, England or the table's nation = 1"),
    Column("lq_source", str, "table that the quotient was worked out from"),
    Column("lq_year", int, "year of the quotient"),
)
MATRIX = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("sector_name", str, "name of the sector"),
    Column("rank", int, "rank as a priority; empty when it is none"),
    Column("basis", str, "'declared list' or 'inferred'; empty when no priority"),
    Column("emphasis_quotient", float, "share of commitment weight over its share in the corpus"),
    Column("lq", float, "location quotient"),
    Column("lq_measure", str, "what the quotient counts"),
    Column("lq_year", int, "year of the quotient"),
    Column("lq_source", str, "table that the quotient was worked out from"),
    Column("lq_reliable", bool, "false where the cell is small or the years disagree"),
    Column("gap", str, "claim and quotient together, in words; empty where nothing is to say"),
)
MENTIONS = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("term", str, "label of the taxonomy that matched"),
    Column("commitment", str, "what the document says of the sector there"),
    Column("probability", float, "calibrated probability of that class"),
    _PAGE,
    _LABEL,
    Column("start", int, "first character in the document's text, from 0"),
    Column("end", int, "character after the last"),
    Column("sentence", str, "the sentence around it"),
    Column("features", str, "what helped to decide the class, with its pull"),
)
DOCUMENTS = (
    _REGION,
    _DOCUMENT,
    Column("title", str, "title of the document"),
    Column("year", int, "year of the document"),
    Column("pages", int, "pages read"),
    Column("words", int, "words of the body"),
    Column("priorities", int, "sectors that are priorities"),
    Column("measured", int, "priorities with a reliable quotient"),
    Column("share_above_1", float, "share of measured priorities with a quotient above 1.0"),
    Column("share_above_1_25", float, "the same above 1.25"),
    Column("share_above_1_5", float, "the same above 1.5"),
    Column("krugman", float, "Krugman index: distance of the region's structure from the nation's"),
    Column("distinctiveness", float, "distance of its wording from the other documents' centre"),
    Column("interchangeability", float, "likeness of its wording to the others, places masked"),
    Column("findings", int, "findings that stand"),
    Column("sha256", str, "hash of the file"),
)
SIMILARITY = (
    Column("a", str, "first region"),
    Column("b", str, "second region"),
    Column("jaccard", float, "shared priorities over all priorities of the two"),
    Column("overlap", float, "shared priorities over the smaller set"),
    Column("z", float, "overlap against chance, in standard deviations"),
    Column("p", float, "share of random matrices with at least this overlap"),
    Column("text", float, "cosine of wording, places masked"),
    Column("jensen_shannon", float, "difference of emphasis, in bits"),
)
PASSAGES = (
    Column("passage", str, "id of the passage"),
    Column("kind", str, "verbatim, edited or place-swapped"),
    Column("words", int, "length"),
    Column(
        "substance",
        float,
        "mean idf of the shared words in these documents: near nought, every one uses them",
    ),
    Column("template", bool, "whether most documents share it"),
    Column("source", str, "document that it comes from, where known"),
    _REGION,
    _DOCUMENT,
    _PAGE,
    _LABEL,
    Column("attributed", bool, "whether this holder names its source"),
    Column("text", str, "the passage as it stands in this document"),
)
QUOTIENTS = (
    _REGION,
    _SECTOR,
    Column("value", float, "location quotient"),
    Column("year", int, "year"),
    Column("measure", str, "what it counts"),
    Column("source", str, "table it was worked out from"),
    Column("size", float, "size of the region's cell"),
    Column("unit", str, "unit of the size"),
    Column("codes", str, "SIC 2007 codes counted as the sector"),
    Column("reliable", bool, "false where the cell is small or the years disagree"),
    Column("caveat", str, "why it is not reliable"),
)
KEYWORDS = (
    _REGION,
    _DOCUMENT,
    Column("word", str, "word that marks the document off from the rest"),
    Column("count", int, "times in this document"),
    Column("reference_count", int, "times in the other documents"),
    Column("z", float, "log-odds with an informative Dirichlet prior, standardised"),
    Column("g2", float, "log-likelihood ratio"),
)
RULES = (
    Column("rule", str, "id of the rule"),
    Column("name", str, "name"),
    Column("family", str, "family"),
    Column("severity", str, "severity of its findings"),
    Column("confidence", str, "confidence of its findings"),
    Column("scope", str, "document or corpus"),
    Column("findings", int, "findings that stand"),
    Column("precision", float, "share of judged findings that were right; empty if not measured"),
    Column("judged", int, "findings judged by a person for that measure"),
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
        _line(finding.message),
        _line(quotation),
        _line(figures) or None,
        _line(finding.why),
        _line(finding.fix),
        _line(finding.suppressed),
    )


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)


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
                _line(document.title),
                document.year,
                len(document.pages),
                len(document.body.split()),
                len(analysis.priorities),
                fit.measured if fit else None,
                *(_rounded(shares.get(cut)) for cut in ("1.0", "1.25", "1.5")),
                _rounded(fit.krugman if fit else None),
                _rounded(fit.distinctiveness if fit else None),
                _rounded(fit.interchangeability if fit else None),
                len(index.findings(analysis)),
                document.sha256,
            )
        )
    return Table("documents", "Documents", DOCUMENTS, tuple(rows))


def similarity_table(result: AuditResult) -> Table:
    """Every pair of documents, the most unusual overlap first."""
    index = Index(result)
    pairs = result.comparison.similarities if result.comparison else ()
    rows = tuple(
        (
            index.label(s.a),
            index.label(s.b),
            *(_rounded(v) for v in (s.jaccard, s.overlap, s.z, s.p, s.text, s.jensen_shannon)),
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
                _rounded(passage.substance),
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
            _rounded(q.value),
            q.year,
            q.measure,
            q.source,
            _rounded(q.size),
            q.unit,
            " ".join(q.codes),
            q.reliable,
            q.caveat or None,
        )
        for q in (result.comparison.quotients if result.comparison else ())
    )
    return Table("quotients", "Location quotients", QUOTIENTS, rows)


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
            _rounded(k.z),
            _rounded(k.g2),
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


TABLES: Sequence[Callable[[AuditResult], Table]] = (
    findings_table,
    priorities_table,
    matrix_table,
    documents_table,
    similarity_table,
    passages_table,
    quotients_table,
    keywords_table,
    rules_table,
)


def all_tables(result: AuditResult) -> Iterable[Table]:
    """Every table but the mentions, which are many and go to Parquet."""
    return (make(result) for make in TABLES)


def _who(analysis: DocumentAnalysis) -> tuple[str, str]:
    return one_line(analysis.name), one_line(analysis.document.source)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
