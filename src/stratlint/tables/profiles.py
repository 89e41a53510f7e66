"""The rows of the tables that say how a document is written: its profiles, one table each."""

from __future__ import annotations

from collections.abc import Iterator

from stratlint.comparison.statistics.fit import breadth
from stratlint.records import AuditResult, DocumentAnalysis, Profile
from stratlint.reporting.index import Index
from stratlint.tables.cells import Pages, folded, rounded, who
from stratlint.tables.schema import Cell, Table, table


def profiles_table(result: AuditResult) -> Table:
    """The profiles of each document, one a row."""
    index, pages = Index(result), Pages(result)
    rows = tuple(
        (
            *who(analysis),
            profile.kind,
            folded(profile.value),
            folded(profile.summary),
            pages.labels(analysis.document.source, profile.quotations),
        )
        for analysis in index.ordered
        for profile in index.profiles(analysis)
    )
    return table("profiles", rows)


def _of_kind(result: AuditResult, kind: str) -> Iterator[tuple[DocumentAnalysis, Profile]]:
    """The profiles of one kind with their documents, in the order of the comparison."""
    index = Index(result)
    for analysis in index.ordered:
        for profile in index.profiles(analysis):
            if profile.kind == kind:
                yield analysis, profile


def themes_table(result: AuditResult) -> Table:
    """Each theme of each document, with how much is said of it."""
    return table(
        "themes",
        (
            (
                *who(analysis),
                theme,
                folded(fact["name"]),
                fact["score"],
                fact["sentences"],
                folded(fact["looked_for"]),
            )
            for analysis, profile in _of_kind(result, "themes")
            for theme, fact in profile.facts.items()
        ),
    )


def journey_table(result: AuditResult) -> Table:
    """The stage of each document on the innovation journey, with what was counted."""
    pages = Pages(result)
    return table(
        "journey",
        (
            (
                *who(analysis),
                *(profile.facts[key] for key in ("stage", "stage_name", "beside")),
                *(profile.facts["sentences"][stage] for stage in "ABCDE"),
                *(profile.facts[key] for key in ("moment_ahead", "prepared")),
                pages.labels(analysis.document.source, profile.quotations),
            )
            for analysis, profile in _of_kind(result, "journey")
        ),
    )


def leadership_table(result: AuditResult) -> Table:
    """The style of leadership of each document, with what was counted."""
    pages = Pages(result)
    return table(
        "leadership",
        (
            (
                *who(analysis),
                folded(profile.value),
                profile.facts["actors"],
                len(profile.facts["kinds"]),
                "; ".join(profile.facts["kinds"]) or None,
                profile.facts["n_deciders"],
                folded("; ".join(profile.facts["deciders"])) or None,
                profile.facts["told_in_words"],
                pages.labels(analysis.document.source, profile.quotations),
            )
            for analysis, profile in _of_kind(result, "leadership")
        ),
    )


def questions_table(result: AuditResult) -> Table:
    """The questions that are asked of each document, and how it answers them."""
    rows: list[tuple[Cell, ...]] = []
    pages = Pages(result)
    for analysis, profile in _of_kind(result, "questions"):
        for question, fact in profile.facts.items():
            value = fact["value"]
            answer = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            rows.append(
                (
                    *who(analysis),
                    question,
                    folded(fact["asks"]),
                    folded(answer) or None,
                    pages.of(analysis.document.source, 0, fact["where"])[1] or None,
                )
            )
    return table("questions", rows)


def breadth_table(result: AuditResult) -> Table:
    """How widely each document chooses, and by how many names."""
    codes = {sector.id: sector.sic2007 for sector in result.sectors}
    rows: list[tuple[Cell, ...]] = []
    for analysis in Index(result).ordered:
        found = breadth(analysis, codes)
        rows.append(
            (
                *who(analysis),
                found.priorities,
                found.divisions,
                rounded(found.coverage),
                rounded(found.divisions_per_priority),
                found.names,
                rounded(found.granularity),
            )
        )
    return table("breadth", rows)
