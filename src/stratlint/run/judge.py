"""Documents that are analysed, compared with each other and judged by the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from stratlint._version import __version__
from stratlint.errors import UnreadableInput
from stratlint.knowledge.version import knowledge_version
from stratlint.records import (
    AuditResult,
    DocumentAnalysis,
    NotRead,
    Passage,
    Quotient,
    RunInfo,
)
from stratlint.run.analysis import decode, encode
from stratlint.workers.execution import run_all

if TYPE_CHECKING:
    from stratlint.evidence import Evidence
    from stratlint.rules import DocumentOutcome
    from stratlint.rules.rule import Rule

Known: TypeAlias = "Mapping[str, DocumentOutcome]"


class Judged(NamedTuple):
    """What rules for single documents say, by source name, and the documents given up."""

    known: Known
    not_read: tuple[NotRead, ...]


class Charge(NamedTuple):
    """What a worker needs to judge one document: its analysis as bytes, rules, its figures."""

    source: str
    analysis: bytes
    rules: tuple[Rule, ...]
    quotients: tuple[Quotient, ...]


def judge_one(charge: Charge) -> DocumentOutcome:
    """Run the rules that look at one document only: the work of a worker."""
    from stratlint.rules import judge_document

    return judge_document(charge.rules, decode(charge.analysis), charge.quotients)


def judge_each(
    analyses: Sequence[DocumentAnalysis],
    *,
    rules: Sequence[Rule],
    evidence: Evidence,
    executor: Executor,
    jobs: int,
) -> Judged:
    """What the rules for single documents say of each, found by workers.

    A worker holds the rules to the limits of a document. What goes over them here would do so
    in every later step, in a process without limits: it counts as not read, with the reason.
    """
    by_region: dict[str, list[Quotient]] = {}
    for quotient in _quotients(analyses, evidence):
        by_region.setdefault(quotient.region, []).append(quotient)
    charges = (
        Charge(
            a.document.source,
            encode(a),
            tuple(rules),
            tuple(by_region.get(a.document.region or "", ())),
        )
        for a in analyses
    )
    known: dict[str, DocumentOutcome] = {}
    given_up: list[NotRead] = []
    for outcome in run_all(judge_one, charges, executor, workers=jobs):
        source, error = outcome.item.source, outcome.error
        if error is not None and not isinstance(error, UnreadableInput):
            raise error
        if error is not None:
            reason = f"read, but the rules could not judge it: {error.message}"
            given_up.append(NotRead(source=source, code=error.code, reason=reason))
        elif outcome.result is not None:
            known[source] = outcome.result
    return Judged(known=known, not_read=tuple(given_up))


def _years(analyses: Sequence[DocumentAnalysis], evidence: Evidence) -> list[tuple[str, int]]:
    return [(a.document.region, evidence_year(a, evidence)) for a in analyses if a.document.region]


def _quotients(analyses: Sequence[DocumentAnalysis], evidence: Evidence) -> tuple[Quotient, ...]:
    from stratlint.knowledge.taxonomy import load_taxonomy

    return evidence.quotients(_years(analyses, evidence), load_taxonomy().sectors)


def judge(
    analyses: Sequence[DocumentAnalysis],
    sources: Sequence[Any],
    *,
    rules: Sequence[Rule],
    evidence: Evidence,
    only_document: str | None = None,
    passages: Sequence[Passage] | None = None,
    known: Known | None = None,
) -> AuditResult:
    """Compare documents that are already analysed and run the rules on them.

    ``passages`` are shared passages that are known already; None finds them in the texts.
    ``known`` is of :func:`judge_each`.
    """
    from stratlint.comparison import compare
    from stratlint.knowledge.places import load_places
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.priorities import with_salience
    from stratlint.rules import RuleContext, rule_cards, run_rules

    taxonomy = load_taxonomy()
    weighed = with_salience(tuple(analyses))
    years = _years(weighed, evidence)
    quotients = _quotients(weighed, evidence)
    structures = {region: evidence.structure(region, year) for region, year in years}
    comparison = None
    if weighed:
        comparison = compare(
            weighed,
            sources=tuple(sources),
            quotients=quotients,
            structures={region: shares for region, shares in structures.items() if shares},
            passages=passages,
            about=only_document,
        )
    outcome = run_rules(
        rules,
        RuleContext(
            analyses=weighed,
            taxonomy=taxonomy,
            gazetteer=load_places(),
            comparison=comparison,
            quotients=quotients,
            sources=tuple(sources),
        ),
        only_document=only_document,
        known=known,
    )
    return AuditResult(
        title="",
        analyses=weighed,
        comparison=comparison,
        findings=outcome.findings,
        profiles=outcome.profiles,
        passed=outcome.passed,
        not_run=outcome.not_run,
        not_read=(),
        rules=rule_cards(rules),
        sectors=(),
        sources=evidence.notes,
        run=RunInfo(version=__version__, knowledge=knowledge_version(), settings={}, inputs={}),
    )


def evidence_year(analysis: DocumentAnalysis, evidence: Evidence) -> int:
    """The document's year, or the tables' latest where the document does not tell."""
    latest = max((table.years[-1] for table in evidence.tables), default=2021)
    return analysis.document.year or latest
