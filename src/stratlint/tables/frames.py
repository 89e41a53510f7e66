"""Results as pandas frames: the tables that CSV, Excel and Parquet hold, by the same names.

Every function takes the result of an audit. Those over a comparison take a comparison alone as
well, and those over documents a list of analyses. :mod:`stratlint.tables.schema` says what each
column means; ``frame.attrs["meaning"]`` has the same by column.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from stratlint._version import __version__
from stratlint.comparison.statistics.contexts import concordance as concordance_lines
from stratlint.comparison.statistics.contexts import dispersion as dispersion_of
from stratlint.records import AuditResult, Comparison, Document, DocumentAnalysis, RunInfo
from stratlint.tables import rows
from stratlint.tables.schema import CONCORDANCE, DISPERSION, Cell, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "concordance",
    "dispersion",
    "documents",
    "findings",
    "keyness",
    "matrix",
    "mentions",
    "passages",
    "popularity",
    "priorities",
    "profiles",
    "quotients",
    "rules",
    "similarity",
]

Given: TypeAlias = AuditResult | Comparison | Iterable[DocumentAnalysis]


def findings(result: AuditResult) -> pd.DataFrame:
    """One row a finding, set aside or not, worst first."""
    return frame_of(rows.findings_table(result))


def priorities(result: Given) -> pd.DataFrame:
    """One row a priority of a document, with pages and location quotient."""
    return frame_of(rows.priorities_table(_result(result)))


def matrix(result: Given) -> pd.DataFrame:
    """One row a document and sector of which either a text or the figures speak."""
    return frame_of(rows.matrix_table(_result(result)))


def popularity(result: Given) -> pd.DataFrame:
    """How many documents choose each sector, most first, and how many of them have little of it."""
    return frame_of(rows.popularity_table(_result(result)))


def documents(result: Given) -> pd.DataFrame:
    """One row a document: size, fit to structure, distinctiveness."""
    return frame_of(rows.documents_table(_result(result)))


def profiles(result: AuditResult) -> pd.DataFrame:
    """One row a profile of a document: journey, leadership, network of places and others."""
    return frame_of(rows.profiles_table(result))


def mentions(result: Given) -> pd.DataFrame:
    """One row a mention of a sector, with its class and what decided it."""
    return frame_of(rows.mentions_table(_result(result)))


def similarity(result: Given) -> pd.DataFrame:
    """One row a pair of documents, the most unusual overlap first."""
    return frame_of(rows.similarity_table(_result(result)))


def passages(result: Given) -> pd.DataFrame:
    """One row a holder of a shared passage."""
    return frame_of(rows.passages_table(_result(result)))


def quotients(result: Given) -> pd.DataFrame:
    """One row a place, sector and measure with figures."""
    return frame_of(rows.quotients_table(_result(result)))


def keyness(result: Given) -> pd.DataFrame:
    """One row a word that marks a document off from the others, with the raw counts."""
    return frame_of(rows.keyness_table(_result(result)))


def rules(result: AuditResult) -> pd.DataFrame:
    """One row a rule in force, with its measured precision."""
    return frame_of(rows.rules_table(result))


def concordance(texts: Iterable[Document], term: str, *, width: int = 60) -> pd.DataFrame:
    """Keyword in context, one row an occurrence of ``term``; ``width`` characters either side."""
    found: tuple[tuple[Cell, ...], ...] = tuple(
        line for document in texts for line in concordance_lines(document, term, width=width)
    )
    return frame_of(Table("concordance", "Concordance", CONCORDANCE, found))


def dispersion(texts: Iterable[Document], terms: Iterable[str], *, parts: int = 10) -> pd.DataFrame:
    """How evenly terms are spread over ``parts`` of each text, one row a document and term."""
    wanted = list(terms)
    found = tuple(
        (document.source, term, spread.occurrences, spread.dp, spread.dp_normalised)
        for document in texts
        for term in wanted
        for spread in (dispersion_of(document, term, parts=parts),)
    )
    return frame_of(Table("dispersion", "Dispersion", DISPERSION, found))


def frame_of(table: Table) -> pd.DataFrame:
    """A table as a frame; whole numbers and truth values that may be missing keep their type."""
    import pandas as pd

    kinds = {str: "object", int: "Int64", float: "float64", bool: "boolean"}
    made = pd.DataFrame(
        list(table.rows), columns=[column.name for column in table.columns], dtype=object
    )
    made = made.astype({column.name: kinds[column.type] for column in table.columns})
    made.attrs["meaning"] = {column.name: column.meaning for column in table.columns}
    return made


def _result(given: Given) -> AuditResult:
    """A result that holds what is given, and nothing else."""
    if isinstance(given, AuditResult):
        return given
    comparison = given if isinstance(given, Comparison) else None
    analyses = () if isinstance(given, Comparison) else tuple(given)
    return AuditResult(
        title="",
        analyses=analyses,
        comparison=comparison,
        findings=(),
        profiles=(),
        passed=(),
        not_run=(),
        not_read=(),
        rules=(),
        sectors=(),
        sources=(),
        run=RunInfo(version=__version__, knowledge="", settings={}, inputs={}),
    )
