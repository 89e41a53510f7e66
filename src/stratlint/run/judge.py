"""Analysed documents judged: rules on each, all compared, rules on all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from stratlint.errors import UsageError
from stratlint.knowledge.lists import Lists, lists_in_force
from stratlint.knowledge.version import folder_hash
from stratlint.records import (
    AreaProfile,
    CheckPassed,
    Comparison,
    Document,
    DocumentAnalysis,
    Finding,
    NotRead,
    Passage,
    Priority,
    Profile,
    Quotient,
    Record,
    RuleNotRun,
    SourceNote,
)
from stratlint.rules import DocumentOutcome
from stratlint.run.analyse import (
    SentAnalysis,
    analysis_identity,
    identity,
    received_analysis,
    sent_analysis,
)
from stratlint.run.areas import own_quotients, profiles_of
from stratlint.run.figures import evidence_of, table_keys
from stratlint.run.run import key, not_read

if TYPE_CHECKING:
    from stratlint.comparison.passages.work import Work
    from stratlint.comparison.statistics.texts import ChapterCounts
    from stratlint.evidence import Evidence
    from stratlint.rules.rule import Rule
    from stratlint.run.corpus import Corpus
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings


class Ground(NamedTuple):
    """What documents are judged by: rules, figures, and the key of both."""

    rules: tuple[Rule, ...]
    evidence: Evidence
    reference: str
    key: str


class Prepared(Record):
    """Documents that are ready to be judged together.

    ``passages`` are shared passages that are known already; None finds them in the texts.
    ``others`` says what documents without text came from.
    """

    analyses: tuple[DocumentAnalysis, ...]
    sources: tuple[Document, ...] = ()
    subject: str | None = None
    passages: tuple[Passage, ...] | None = None
    others: str | None = None


class Figures(Record):
    """All figures of a run: quotients of regions and areas, areas, industry shares, sources."""

    quotients: tuple[Quotient, ...] = ()
    areas: tuple[AreaProfile, ...] = ()
    structures: dict[str, dict[str, float]] = msgspec.field(default_factory=dict)
    notes: tuple[SourceNote, ...] = ()
    warnings: tuple[str, ...] = ()


class Judgement(Record):
    """What was found, without the analyses that it was found in."""

    priorities: tuple[tuple[Priority, ...], ...]
    """Those of each analysis, weighed against the corpus."""
    comparison: Comparison | None
    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]
    passed: tuple[CheckPassed, ...]
    not_run: tuple[RuleNotRun, ...]
    figures: Figures


class Judged(NamedTuple):
    """The documents that could be judged, with weighed priorities, and what was found."""

    analyses: tuple[DocumentAnalysis, ...]
    judgement: Judgement
    not_read: tuple[NotRead, ...]


def ground_of(corpus: Corpus, run: Run) -> Ground:
    """The rules in force and the figures of a corpus.

    Raises FileFault for a fault in a rule file or a table, UsageError for one in an override.
    """
    rules = rules_in_force(run.settings, corpus.rules)
    return Ground(
        rules=rules,
        evidence=evidence_of(corpus.evidence, run),
        reference=run.settings.reference,
        key=key(
            "ground",
            reference=run.settings.reference,
            rules=rules,
            folders=[folder_hash(Path(folder)) for folder in run.settings.rules_dirs],
            tables=table_keys(corpus.evidence),
        ),
    )


def rules_in_force(
    settings: Settings, manifest_rules: dict[str, Any] | None = None
) -> tuple[Rule, ...]:
    """The rules with what the manifest changes, then what the settings change.

    Raises FileFault for a fault in a rule file, UsageError for one in an override.
    """
    from pydantic import ValidationError

    from stratlint.rules import load_rules
    from stratlint.rules.overrides import RuleOverrides

    merged = {**(manifest_rules or {})}
    merged |= {
        k: v.model_dump(by_alias=True, exclude_unset=True) for k, v in settings.rules.items()
    }
    try:
        overrides = RuleOverrides(
            rules=merged,
            pack=settings.pack,
            preview=settings.preview,
            select=settings.select,
            ignore=settings.ignore,
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"rules: {where}: {fault['msg']}") from None
    folders = [Path(folder) for folder in settings.rules_dirs]
    rules = load_rules(folders, overrides)
    if not rules and settings.select:
        chosen, taken = ", ".join(settings.select), ", ".join(settings.ignore)
        out = f" and 'ignore' ({taken})" if taken else ""
        raise UsageError(f"no rule is left to run by 'select' ({chosen}){out}")
    return rules


def judge(prepared: Prepared, ground: Ground, run: Run) -> Judged:
    """Judge each document by workers, then all together here.

    A worker holds the rules to the limits of a document. What goes over them would do so in
    every later step, in a process without limits: it counts as not read, with the reason.
    """
    outcomes, given_up = judge_each(prepared, ground, run)
    gone = {fault.source for fault in given_up}
    analyses = tuple(a for a in prepared.analyses if a.document.source not in gone)
    prepared = msgspec.structs.replace(prepared, analyses=analyses)
    # The comparison begins with workers that have nothing of the documents left in them.
    run.release()
    judgement = run.kept(
        key(
            "judgement",
            ground=ground.key,
            analyses=[analysis_identity(a, run.settings) for a in analyses],
            sources=[identity(d, run.settings) for d in prepared.sources],
            subject=prepared.subject,
            others=prepared.others,
        ),
        Judgement,
        lambda: judge_together(
            prepared,
            ground,
            outcomes,
            run.aligner(),
            _figures(analyses, ground, run),
            # What stands in for a document that is not there is no document to know.
            partial(_counts, run=run) if prepared.others is None else None,
        ),
    )
    weighed = tuple(
        msgspec.structs.replace(analysis, priorities=priorities)
        for analysis, priorities in zip(analyses, judgement.priorities, strict=True)
    )
    return Judged(weighed, judgement, given_up)


class _Charge(NamedTuple):
    """What a worker needs to judge one document: its analysis, rules, its figures."""

    analysis: bytes | SentAnalysis
    rules: tuple[Rule, ...]
    quotients: tuple[Quotient, ...]
    areas: tuple[AreaProfile, ...]
    lists: Lists


_OUTCOME = msgspec.msgpack.Decoder(DocumentOutcome)


def judge_each(
    prepared: Prepared, ground: Ground, run: Run
) -> tuple[dict[str, DocumentOutcome], tuple[NotRead, ...]]:
    """What the rules for single documents say of each, by source name, and what was given up."""
    in_question = [a for a in prepared.analyses if prepared.subject in (None, a.document.source)]
    figures = _figures(in_question, ground, run)
    by_place: dict[str, list[Quotient]] = {}
    for quotient in figures.quotients:
        by_place.setdefault(quotient.region, []).append(quotient)
    settings, known, given_up = run.settings, {}, []
    outcomes = run.each(
        "judge",
        judge_one,
        in_question,
        _OUTCOME.decode,
        key=lambda a: key(
            "outcome",
            ground=ground.key,
            analysis=analysis_identity(a, settings),
        ),
        name=lambda a: a.document.source,
        charge=lambda a: _Charge(
            sent_analysis(a, run),
            ground.rules,
            tuple(by_place.get(a.document.place or "", ())),
            tuple(area for area in figures.areas if area.document == a.document.source),
            run.lists,
        ),
    )
    for outcome in outcomes:
        source = outcome.item.document.source
        if outcome.result is not None:
            known[source] = outcome.result
        elif outcome.error is not None:
            before = "read, but the rules could not judge it: "
            given_up.append(not_read(source, outcome.error, before))
    return known, tuple(given_up)


def _figures(analyses: Sequence[DocumentAnalysis], ground: Ground, run: Run) -> Figures:
    """The figures for some documents, kept: no word of their texts plays a part in them."""
    said = [(d.source, d.region, d.year, d.area, d.guesses) for d in (a.document for a in analyses)]
    return run.kept(
        key("figures", ground=ground.key, documents=said),
        Figures,
        lambda: find_figures(analyses, ground),
    )


def _counts(analysis: DocumentAnalysis, run: Run) -> ChapterCounts:
    """The words of one document's chapters, kept: of a corpus most are known when one changes."""
    from stratlint.comparison.statistics.texts import ChapterCounts
    from stratlint.comparison.together import counts_of

    own = key("counts", analysis=analysis_identity(analysis, run.settings))
    return run.kept(own, ChapterCounts, lambda: counts_of(analysis))


def judge_one(charge: _Charge) -> bytes:
    """The work of a worker."""
    from stratlint.rules import judge_document

    analysis = received_analysis(charge.analysis)
    with lists_in_force(charge.lists):
        judged = judge_document(charge.rules, analysis, charge.quotients, charge.areas)
    return msgspec.msgpack.encode(judged)


def judge_together(
    prepared: Prepared,
    ground: Ground,
    outcomes: dict[str, DocumentOutcome] | None = None,
    work: Work | None = None,
    figures: Figures | None = None,
    counts: Callable[[DocumentAnalysis], ChapterCounts] | None = None,
) -> Judgement:
    """Compare documents and run the rules on all of them.

    ``outcomes`` are of :func:`judge_each`; rules for single documents run here on the others.
    ``work`` aligns texts, else this process does; ``figures`` need not be found again, and
    ``counts`` knows the words of documents.
    """
    from stratlint.comparison import compare
    from stratlint.knowledge.places import load_places
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.priorities import with_salience
    from stratlint.rules import RuleContext, run_rules

    weighed = with_salience(prepared.analyses)
    figures = find_figures(weighed, ground) if figures is None else figures
    comparison = None
    if weighed:
        comparison = compare(
            weighed,
            sources=prepared.sources,
            quotients=figures.quotients,
            structures=figures.structures,
            passages=prepared.passages,
            about=prepared.subject,
            work=work,
            counts=counts,
        )
    outcome = run_rules(
        ground.rules,
        RuleContext(
            analyses=weighed,
            taxonomy=load_taxonomy(),
            gazetteer=load_places(),
            comparison=comparison,
            quotients=figures.quotients,
            sources=prepared.sources,
            areas=figures.areas,
        ),
        only_document=prepared.subject,
        known=outcomes,
    )
    return Judgement(
        priorities=tuple(a.priorities for a in weighed),
        comparison=comparison,
        findings=outcome.findings,
        profiles=outcome.profiles,
        passed=outcome.passed,
        not_run=outcome.not_run,
        figures=msgspec.structs.replace(figures, areas=outcome.areas),
    )


def find_figures(analyses: Sequence[DocumentAnalysis], ground: Ground) -> Figures:
    """What figures say of the documents' areas and regions, each for its own year."""
    from stratlint.evidence.areas import area_tables
    from stratlint.knowledge.taxonomy import load_taxonomy

    taxonomy, evidence = load_taxonomy(), ground.evidence
    latest = max((table.years[-1] for table in evidence.tables), default=2021)
    documents = [analysis.document for analysis in analyses]
    years = {document.source: document.year or latest for document in documents}
    asked = [
        (place, years[document.source])
        for document in documents
        for place in dict.fromkeys((document.region, document.place))
        if place
    ]
    regional = evidence.quotients(asked, taxonomy.sectors)
    areas = profiles_of(documents, evidence, taxonomy, years, ground.reference)
    below = any(area.figures for area in areas)
    return Figures(
        quotients=(*regional, *own_quotients(areas, regional)),
        areas=areas,
        structures=_structures(documents, areas, evidence, years),
        notes=(*evidence.notes, *(table.note for table in area_tables().values() if below)),
        warnings=(*evidence.remarks, *evidence.silences(asked, taxonomy.sectors)),
    )


def _structures(
    documents: Sequence[Document],
    areas: Sequence[AreaProfile],
    evidence: Evidence,
    years: Mapping[str, int],
) -> dict[str, dict[str, float]]:
    """Industry shares by place: of regions by the tables, of areas all in one detail.

    Shares of different industries cannot be compared: with one area below a region the others
    are taken by the industries of ITL3 areas too.
    """
    from stratlint.evidence.areas import structure_of

    by_source = {profile.document: profile for profile in areas}
    below = any(not profile.area.is_region for profile in areas)
    found = {}
    for document in documents:
        year, profile = years[document.source], by_source.get(document.source)
        if document.place and not below:
            found[document.place] = evidence.structure(document.place, year)
        elif document.place and profile is not None:
            found[document.place] = structure_of(profile.area, year)
    return {place: shares for place, shares in found.items() if shares}
