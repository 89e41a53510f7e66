"""A comparison as pandas frames, one function each, with documented columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.comparison.statistics.contexts import concordance, dispersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from stratlint.records import Comparison, Document, DocumentAnalysis


def similarity_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a pair of documents.

    Columns: ``a``, ``b``, ``jaccard``, ``overlap``, ``z``, ``p``, ``text`` (cosine, places
    masked), ``jensen_shannon`` (bits).
    """
    return _frame(
        ["a", "b", "jaccard", "overlap", "z", "p", "text", "jensen_shannon"],
        (
            (s.a, s.b, s.jaccard, s.overlap, s.z, s.p, s.text, s.jensen_shannon)
            for s in comparison.similarities
        ),
    )


def passage_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a holder of a passage.

    Columns: ``passage`` (id), ``kind``, ``words``, ``substance``, ``template``, ``joint``,
    ``setting``, ``source`` (likely source), ``document``, ``region``, ``role``, ``year``,
    ``page`` (printed label), ``start``, ``end`` (characters), ``attributed``, ``text``.
    """
    columns = [
        "passage",
        "kind",
        "words",
        "substance",
        "template",
        "joint",
        "setting",
        "source",
        "document",
        "region",
        "role",
        "year",
        "page",
        "start",
        "end",
        "attributed",
        "text",
    ]
    return _frame(
        columns,
        (
            (
                p.id,
                p.kind.value,
                p.words,
                p.substance,
                p.template,
                p.joint,
                p.setting,
                p.source,
                h.document,
                h.region,
                h.role,
                h.year,
                h.quotation.page_label,
                h.quotation.start,
                h.quotation.end,
                h.attributed,
                h.quotation.text,
            )
            for p in comparison.passages
            for h in p.holdings
        ),
    )


def keyword_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a word that marks a document off.

    Columns: ``document``, ``word``, ``count``, ``reference_count``, ``z`` (log-odds with
    informative Dirichlet prior), ``g2``.
    """
    return _frame(
        ["document", "word", "count", "reference_count", "z", "g2"],
        ((k.document, k.word, k.count, k.reference_count, k.z, k.g2) for k in comparison.keywords),
    )


def fit_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a document.

    Columns: ``document``, ``priorities``, ``measured`` (priorities with a quotient),
    ``above_1.0``, ``above_1.25``, ``above_1.5`` (shares of those measured), ``ignored``
    (strengths that are no priority, joined by '; '), ``krugman``, ``distinctiveness``,
    ``interchangeability``.
    """
    cuts = sorted({cut for fit in comparison.fits for cut in fit.shares}, key=float)
    columns = [
        "document",
        "priorities",
        "measured",
        *(f"above_{cut}" for cut in cuts),
        "ignored",
        "krugman",
        "distinctiveness",
        "interchangeability",
    ]
    return _frame(
        columns,
        (
            (
                f.document,
                f.priorities,
                f.measured,
                *(f.shares.get(cut) for cut in cuts),
                "; ".join(f.ignored),
                f.krugman,
                f.distinctiveness,
                f.interchangeability,
            )
            for f in comparison.fits
        ),
    )


def emphasis_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a document and sector: ``document``, ``sector``, ``emphasis`` quotient."""
    return _frame(
        ["document", "sector", "emphasis"],
        (
            (document, sector, value)
            for document, row in comparison.emphasis.items()
            for sector, value in row.items()
        ),
    )


def priority_frame(analyses: Iterable[DocumentAnalysis]) -> pd.DataFrame:
    """One row a priority.

    Columns: ``document``, ``region``, ``sector``, ``rank``, ``basis``, ``score``,
    ``mentions``, ``salience``.
    """
    return _frame(
        ["document", "region", "sector", "rank", "basis", "score", "mentions", "salience"],
        (
            (
                a.document.source,
                a.document.region,
                p.sector,
                p.rank,
                p.basis.value,
                p.score,
                p.mentions,
                p.salience,
            )
            for a in analyses
            for p in a.priorities
        ),
    )


def concordance_frame(documents: Iterable[Document], term: str, *, width: int = 60) -> pd.DataFrame:
    """Keyword in context, one row an occurrence.

    Columns: ``document``, ``left``, ``keyword``, ``right``, ``start``, ``end``, ``page``.
    """
    return _frame(
        ["document", "left", "keyword", "right", "start", "end", "page"],
        (line for document in documents for line in concordance(document, term, width=width)),
    )


def dispersion_frame(
    documents: Iterable[Document], terms: Iterable[str], *, parts: int = 10
) -> pd.DataFrame:
    """How evenly terms are spread, one row a document and term.

    Columns: ``document``, ``term``, ``count``, ``dp`` (Gries), ``dp_normalised``.
    """
    wanted = list(terms)

    def rows() -> Iterable[tuple[object, ...]]:
        for document in documents:
            for term in wanted:
                found = dispersion(document, term, parts=parts)
                yield (document.source, term, found.occurrences, found.dp, found.dp_normalised)

    return _frame(["document", "term", "count", "dp", "dp_normalised"], rows())


def _frame(columns: list[str], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([tuple(row) for row in rows], columns=columns)
