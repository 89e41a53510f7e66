"""Results as pandas frames: the tables that CSV, Excel and Parquet hold, by the same names.

Every function takes the result of an audit or a check. Those over documents take the analysis of
one document or of several as well, those over a comparison a comparison alone. What each column
means is in ``frames.dictionary()`` and, by column, in ``frame.attrs["meaning"]``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from stratlint._version import __version__
from stratlint.comparison.statistics.contexts import concordance as concordance_lines
from stratlint.comparison.statistics.contexts import dispersion as dispersion_of
from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.knowledge.yamlfile import nearest
from stratlint.records import (
    AuditResult,
    Comparison,
    Document,
    DocumentAnalysis,
    RunInfo,
    Sector,
)
from stratlint.tables import profiles as profiled
from stratlint.tables import rows
from stratlint.tables.schema import SCHEMA, Cell, Table, table
from stratlint.tables.schema import dictionary as all_columns

if TYPE_CHECKING:
    import pandas as pd

__all__ = sorted(SCHEMA)


def __getattr__(name: str) -> Any:
    """Raise AttributeError that names the tables there are, for one that there is not."""
    if name.startswith("_"):
        raise AttributeError(name)
    close = "keyness" if name.startswith("keyword") else nearest(name, __all__)
    hint = f"; did you mean '{close}'?" if close else f"; there are {', '.join(__all__)}"
    raise AttributeError(f"there is no frame '{name}'{hint}")


Analyses: TypeAlias = DocumentAnalysis | Iterable[DocumentAnalysis]
Documents: TypeAlias = AuditResult | Document | Analyses | Iterable[Document]


def findings(result: AuditResult) -> pd.DataFrame:
    """One row a finding, set aside or not, worst first."""
    return frame_of(rows.findings_table(_result(result)))


def priorities(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a priority of a document, with pages and location quotient."""
    return frame_of(rows.priorities_table(_documents(result)))


def matrix(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a document and sector of which either a text or the figures speak."""
    return frame_of(rows.matrix_table(_documents(result)))


def popularity(result: AuditResult | Analyses) -> pd.DataFrame:
    """How many documents choose each sector, most first, and how many of them have little of it."""
    return frame_of(rows.popularity_table(_documents(result)))


def documents(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a document: size, fit to structure, distinctiveness."""
    return frame_of(rows.documents_table(_documents(result)))


def breadth(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a document: how widely it chooses, and how finely."""
    return frame_of(profiled.breadth_table(_documents(result)))


def declarations(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a sector that a declaration of a document names, with the words that declare."""
    return frame_of(rows.declarations_table(_documents(result)))


def mentions(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a mention of a sector, with its class and what decided it."""
    return frame_of(rows.mentions_table(_documents(result)))


def texts(result: AuditResult | Analyses) -> pd.DataFrame:
    """One row a document with its text: what quanteda and readtext call a corpus with docvars."""
    return frame_of(rows.texts_table(_documents(result)))


def profiles(result: AuditResult) -> pd.DataFrame:
    """One row a profile of a document: journey, leadership, network of places and others."""
    return frame_of(profiled.profiles_table(_result(result)))


def themes(result: AuditResult) -> pd.DataFrame:
    """One row a document and theme, with how much is said of it."""
    return frame_of(profiled.themes_table(_result(result)))


def journey(result: AuditResult) -> pd.DataFrame:
    """One row a document: its stage on the innovation journey, with what was counted."""
    return frame_of(profiled.journey_table(_result(result)))


def leadership(result: AuditResult) -> pd.DataFrame:
    """One row a document: its style of leadership, with what was counted."""
    return frame_of(profiled.leadership_table(_result(result)))


def questions(result: AuditResult) -> pd.DataFrame:
    """One row a document and question that is asked of it, with the answer."""
    return frame_of(profiled.questions_table(_result(result)))


def similarity(result: AuditResult | Comparison) -> pd.DataFrame:
    """One row a pair of documents, the most unusual overlap first."""
    return frame_of(rows.similarity_table(_compared(result)))


def passages(result: AuditResult | Comparison) -> pd.DataFrame:
    """One row a holder of a shared passage."""
    return frame_of(rows.passages_table(_compared(result)))


def quotients(result: AuditResult | Comparison) -> pd.DataFrame:
    """One row a place, sector and measure with figures."""
    return frame_of(rows.quotients_table(_compared(result)))


def keyness(result: AuditResult | Comparison) -> pd.DataFrame:
    """One row a word that marks a document off from the others, with the raw counts."""
    return frame_of(rows.keyness_table(_compared(result)))


def rules(result: AuditResult) -> pd.DataFrame:
    """One row a rule in force, with its measured precision."""
    return frame_of(rows.rules_table(_result(result)))


def concordance(result: Documents, term: str, *, width: int = 60) -> pd.DataFrame:
    """Keyword in context, one row an occurrence of ``term``; ``width`` characters either side.

    Raises ValueError for an empty term and for a width that is none.
    """
    found: list[tuple[Cell, ...]] = [
        tuple(line)
        for document in _texts(result)
        for line in concordance_lines(document, term, width=width)
    ]
    return frame_of(table("concordance", found))


def dispersion(result: Documents, terms: str | Iterable[str], *, parts: int = 10) -> pd.DataFrame:
    """How evenly terms are spread over ``parts`` of each text, one row a document and term.

    Raises ValueError for an empty term and for a number of parts that is none.
    """
    wanted = [terms] if isinstance(terms, str) else list(terms)
    found = (
        (document.source, term, spread.occurrences, spread.dp, spread.dp_normalised)
        for document in _texts(result)
        for term in wanted
        for spread in (dispersion_of(document, term, parts=parts),)
    )
    return frame_of(table("dispersion", found))


def dictionary() -> pd.DataFrame:
    """One row a column of every table, with its type and meaning."""
    return frame_of(all_columns())


def frame_of(made: Table) -> pd.DataFrame:
    """A table as a frame; whole numbers and truth values that may be missing keep their type."""
    import pandas as pd

    kinds = {str: "object", int: "Int64", float: "float64", bool: "boolean"}
    frame = pd.DataFrame(
        list(made.rows), columns=[column.name for column in made.columns], dtype=object
    )
    frame = frame.astype({column.name: kinds[column.type] for column in made.columns})
    frame.attrs["meaning"] = {column.name: column.meaning for column in made.columns}
    return frame


_WHOLE = "the result of stratlint.audit or stratlint.check"


def _result(given: object) -> AuditResult:
    """The result that is given. Raises TypeError for anything else."""
    if isinstance(given, AuditResult):
        return given
    raise _fault(given, _WHOLE)


def _documents(given: object) -> AuditResult:
    """A result that holds the analyses that are given. Raises TypeError for anything else."""
    if isinstance(given, AuditResult):
        return given
    found = _several(given)
    if all(isinstance(item, DocumentAnalysis) for item in found):
        return _bare(analyses=tuple(found))  # type: ignore[arg-type]
    raise _fault(given, f"{_WHOLE}, or the analysis of one document or of several")


def _compared(given: object) -> AuditResult:
    """A result that holds the comparison that is given. Raises TypeError for anything else."""
    if isinstance(given, AuditResult):
        return given
    if isinstance(given, Comparison):
        return _bare(comparison=given)
    raise _fault(given, f"{_WHOLE}, or what stratlint.compare makes of several analyses")


def _texts(given: object) -> list[Document]:
    """The documents of what is given. Raises TypeError for what has none."""
    found = given.analyses if isinstance(given, AuditResult) else _several(given)
    bare = [item.document if isinstance(item, DocumentAnalysis) else item for item in found]
    if all(isinstance(item, Document) for item in bare):
        return bare  # type: ignore[return-value]
    raise _fault(given, f"{_WHOLE}, or one document, analysed or not, or several")


def _several(given: object) -> Sequence[object]:
    """One thing as a list of one, several as a list."""
    many = isinstance(given, Iterable) and not isinstance(given, str | bytes)
    return list(given) if many else [given]  # type: ignore[call-overload]


def _fault(given: object, wanted: str) -> TypeError:
    name = sys._getframe(2).f_code.co_name
    what = type(given).__name__
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        kinds = sorted({type(item).__name__ for item in given})
        what += f" of {', '.join(kinds)}" if kinds else ""
    return TypeError(f"frames.{name} takes {wanted}; this is {what}")


def _bare(
    analyses: tuple[DocumentAnalysis, ...] = (), comparison: Comparison | None = None
) -> AuditResult:
    """A result that holds what is given, and nothing else."""
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
        sectors=tuple(
            Sector(id=s.id, name=s.name, sic2007=tuple(s.sic2007)) for s in load_taxonomy().sectors
        ),
        sources=(),
        run=RunInfo(version=__version__, knowledge="", settings={}, inputs={}),
    )
