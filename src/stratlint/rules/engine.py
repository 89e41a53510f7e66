"""Run rules: each on what it looks at, with what it may skip, into findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import msgspec

from stratlint.knowledge.places import load_places
from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.records import (
    AreaProfile,
    CheckPassed,
    Confidence,
    DocumentAnalysis,
    Finding,
    Neighbour,
    Profile,
    Quotation,
    Quotient,
    Record,
    RuleCard,
    RuleNotRun,
)
from stratlint.rules.check import CannotRunError, Hit
from stratlint.rules.hits import document_hits, findings_of, stands
from stratlint.rules.profiles import profiles_of
from stratlint.rules.profiles.ties import told_neighbours
from stratlint.rules.rule import Rule
from stratlint.rules.schema import CHANGES
from stratlint.rules.themes import load_lexicon
from stratlint.rules.view import View
from stratlint.rules.world import RuleContext, World

CONFIDENCES = tuple(Confidence)


class RuleOutcome(Record, frozen=True):
    """What a run of the rules says; ``areas`` are the context's, with neighbours as named."""

    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]
    passed: tuple[CheckPassed, ...]
    not_run: tuple[RuleNotRun, ...]
    areas: tuple[AreaProfile, ...] = ()


def rule_cards(rules: Iterable[Rule]) -> tuple[RuleCard, ...]:
    """What a report prints of the rules in force."""
    return tuple(rule.card() for rule in rules)


class DocumentOutcome(Record, frozen=True):
    """What the rules for single documents say of one document, by rule id.

    ``cannot`` holds the reasons of rules that could not judge it, ``unasked`` those of rules
    that are for other kinds of document; ``words`` is its length. ``neighbours`` are those of
    its area, as it names them.
    """

    findings: dict[str, tuple[Finding, ...]]
    cannot: dict[str, str]
    unasked: dict[str, str]
    profiles: tuple[Profile, ...]
    words: int
    neighbours: tuple[Neighbour, ...] = ()


def run_rules(
    rules: Sequence[Rule],
    context: RuleContext,
    *,
    only_document: str | None = None,
    known: Mapping[str, DocumentOutcome] | None = None,
) -> RuleOutcome:
    """Run every rule on the documents of a context.

    With ``only_document`` (a source name) the other documents serve for comparison only:
    findings about them, and about the corpus as a whole, are left out. ``known`` are outcomes
    of :func:`judge_document`, by source name, that need not be found again.
    """
    world = World(context, load_lexicon(_own_folders(rules)))
    views = [v for v in world.views if only_document in (None, v.source)]
    lacks = {rule.id: _lacks(rule, world) for rule in rules}
    able = [r for r in rules if r.scope.level == "document" and not lacks[r.id]]
    # Document by document, not rule by rule: the words of a few views only are held at a time.
    outcomes = {v.source: _outcome(able, v, world, (known or {}).get(v.source)) for v in views}
    tally = _Tally()
    for rule in rules:
        reason = lacks[rule.id]
        if reason:
            tally.not_run.append(RuleNotRun(rule=rule.id, name=rule.name, reason=reason))
        elif rule.scope.level == "document":
            _count_documents(rule, outcomes, tally)
        else:
            _run_on_corpus(rule, world, views, tally, only_document)
    spoken = _without_less(tally.findings, {rule.id: rule for rule in rules})
    findings = [f for f in spoken if only_document is None or f.document == only_document]
    return RuleOutcome(
        findings=tuple(_ranked(findings, {rule.id: rule for rule in rules})),
        profiles=tuple(p for outcome in outcomes.values() for p in outcome.profiles),
        passed=tuple(tally.passed),
        not_run=tuple(tally.not_run),
        areas=tuple(
            msgspec.structs.replace(area, neighbours=outcomes[area.document].neighbours)
            if area.document in outcomes
            else area
            for area in context.areas
        ),
    )


def judge_document(
    rules: Sequence[Rule],
    analysis: DocumentAnalysis,
    quotients: tuple[Quotient, ...],
    areas: tuple[AreaProfile, ...] = (),
) -> DocumentOutcome:
    """Run on one document the rules that need nothing else; the same wherever it is called.

    ``quotients`` are those of the document's area or region, ``areas`` holds its area.
    """
    context = RuleContext(
        analyses=(analysis,),
        taxonomy=load_taxonomy(),
        gazetteer=load_places(),
        quotients=quotients,
        areas=areas,
    )
    world = World(context, load_lexicon(_own_folders(rules)))
    alone = [rule for rule in rules if rule.scope.level == "document" and is_alone(rule)]
    return _judged(alone, world.views[0], world)


def is_alone(rule: Rule) -> bool:
    """Whether a rule for documents needs no other document and no source."""
    return not rule.check.needs & {"comparison", "sources"}


def _outcome(
    rules: Sequence[Rule], view: View, world: World, known: DocumentOutcome | None
) -> DocumentOutcome:
    if known is None:
        return _judged(rules, view, world)
    view.words = known.words
    rest = [rule for rule in rules if not is_alone(rule)]
    if not rest:
        return known
    more = _judged(rest, view, world)
    return DocumentOutcome(
        findings=known.findings | more.findings,
        cannot=known.cannot | more.cannot,
        unasked=known.unasked | more.unasked,
        profiles=known.profiles,
        words=known.words,
        neighbours=known.neighbours,
    )


def _judged(rules: Sequence[Rule], view: View, world: World) -> DocumentOutcome:
    findings: dict[str, tuple[Finding, ...]] = {}
    cannot: dict[str, str] = {}
    unasked: dict[str, str] = {}
    for rule in rules:
        reason = not_asked(rule, view)
        if reason is not None:
            unasked[rule.id] = reason
            continue
        try:
            hits = document_hits(rule, view, world)
        except CannotRunError as error:
            cannot[rule.id] = str(error)
        else:
            findings[rule.id] = tuple(findings_of(rule, hits, world))
    return DocumentOutcome(
        findings=findings,
        cannot=cannot,
        unasked=unasked,
        profiles=tuple(profiles_of(view, world)),
        words=view.words,
        neighbours=told_neighbours(view, world),
    )


def not_asked(rule: Rule, view: View) -> str | None:
    """Why a rule is not for this kind of document, or None where it is."""
    kind = view.analysis.kind
    if kind is None:
        return None
    if rule.scope.kinds and kind.kind not in rule.scope.kinds:
        return f"not asked of {kind.kind.phrase}"
    if rule.scope.whole and not kind.whole:
        return "not asked of an extract or a leaflet: only a whole strategy can answer"
    return None


def _own_folders(rules: Sequence[Rule]) -> tuple[Path, ...]:
    """Folders of an organisation's own packs: their themes are in force too."""
    return next((rule.folders for rule in rules if rule.folders), ())


@dataclass
class _Tally:
    findings: list[Finding] = field(default_factory=list)
    passed: list[CheckPassed] = field(default_factory=list)
    not_run: list[RuleNotRun] = field(default_factory=list)


def _without_less(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """Findings without those of which another rule says the same and more.

    Of a sector that is by its name, of words by the place: a finding goes where each of its places
    is quoted by the rule that says more. One about the whole document has no place of its own.
    """
    whole: set[tuple[str, str | None]] = set()
    sectors: set[tuple[str, str | None, str]] = set()
    places: dict[tuple[str, str | None], list[Quotation]] = {}
    for finding in findings:
        for less in rules[finding.rule].instead_of:
            whole.add((less, finding.document))
            sectors.update((less, finding.document, sector) for sector in finding.sectors)
            places.setdefault((less, finding.document), []).extend(finding.quotations)
    return [
        f
        for f in findings
        if not (
            all((f.rule, f.document, sector) in sectors for sector in f.sectors)
            if f.sectors
            else (f.rule, f.document) in whole
            if rules[f.rule].check.about == "document"
            else f.quotations
            and all(_quoted(q, places.get((f.rule, f.document), [])) for q in f.quotations)
        )
    ]


def _quoted(quotation: Quotation, among: Iterable[Quotation]) -> bool:
    """Whether one of some quotations is from the same place."""
    return any(
        other.document == quotation.document
        and other.start < quotation.end
        and quotation.start < other.end
        for other in among
    )


def _ranked(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """Findings by document, what would change most first, each with its rank there."""
    ranks: Counter[str | None] = Counter()
    ranked = []
    for finding in sorted(findings, key=lambda f: _order(f, rules[f.rule])):
        ranks[finding.document] += 1
        ranked.append(msgspec.structs.replace(finding, rank=ranks[finding.document]))
    return ranked


def _order(finding: Finding, rule: Rule) -> tuple[object, ...]:
    """Severe before mild; then by what an author would change, how sure it is and how often."""
    return (
        finding.document or "",
        finding.suppressed is not None,
        -finding.severity.weight,
        CHANGES.index(rule.changes),
        CONFIDENCES.index(finding.confidence),
        -finding.places,
        finding.rule,
        finding.page if finding.page is not None else -1,
        finding.fingerprint,
    )


def _run_on_corpus(
    rule: Rule, world: World, views: Sequence[View], tally: _Tally, only_document: str | None
) -> None:
    try:
        hits = _corpus_hits(rule, world)
    except CannotRunError as error:
        tally.not_run.append(RuleNotRun(rule=rule.id, name=rule.name, reason=str(error)))
        return
    unasked: dict[str, list[str]] = {}
    for view in views:
        reason = not_asked(rule, view)
        if reason is not None:
            unasked.setdefault(reason, []).append(view.source)
    apart = {source for sources in unasked.values() for source in sources}
    if only_document is not None:
        # What is about others is said to nobody: their words need not be indexed for it.
        hits = [h for h in hits if h.document in (only_document, None)]
    hits = [h for h in hits if h.document not in apart and stands(rule, h, world)]
    found = findings_of(rule, hits, world)
    tally.findings += found
    _count_not_run(rule, unasked, len(views), tally, asked=False)
    views = [view for view in views if view.source not in apart]
    reasons = _unjudged(rule, world, views)
    _count_not_run(rule, reasons, len(views), tally)
    about = {finding.document for finding in found}.union(*reasons.values())
    if None not in about:
        tally.passed += [
            CheckPassed(rule=rule.id, name=rule.name, document=view.source)
            for view in views
            if view.source not in about
        ]


def _unjudged(rule: Rule, world: World, views: Sequence[View]) -> dict[str, list[str]]:
    """The documents that a rule for pairs or corpora has nothing to judge by, by reason."""
    reasons: dict[str, list[str]] = {}
    why = rule.check.unjudged
    for view in views:
        reason = why(rule.options, view, world) if why is not None else None
        if reason:
            reasons.setdefault(reason, []).append(view.source)
    return reasons


def _count_not_run(
    rule: Rule,
    reasons: Mapping[str, list[str]],
    total: int,
    tally: _Tally,
    *,
    asked: bool = True,
) -> None:
    """Say why a rule was not run, and on which documents where it was on others."""
    for reason, sources in sorted(reasons.items()):
        where = "" if len(sources) == total else f" ({', '.join(sources)})"
        tally.not_run.append(
            RuleNotRun(
                rule=rule.id,
                name=rule.name,
                reason=reason + where,
                documents=tuple(sources),
                asked=asked,
            )
        )


def _lacks(rule: Rule, world: World) -> str | None:
    """Why a rule cannot run on this context at all, or None."""
    if not world.views:
        return "no strategy was read"
    if rule.scope.level != "document":
        needed = max(2, rule.scope.min_documents)
        if len(world.views) == 1:
            return "needs a corpus"
        if len(world.views) < needed:
            return f"needs a corpus of at least {needed} strategies; there are {len(world.views)}"
    needs = rule.check.needs
    if "comparison" in needs and world.comparison is None:
        return "needs a corpus"
    if "sources" in needs and not world.context.sources:
        return "needs a national document: give one the role 'source' in the manifest"
    if "figures" in needs and not world.context.quotients:
        regions = sorted({view.region or "a document without a region" for view in world.views})
        if len(regions) == 1:
            return f"no figures for {regions[0]}"
        return "no figures for any of these regions"
    return None


def _count_documents(rule: Rule, outcomes: Mapping[str, DocumentOutcome], tally: _Tally) -> None:
    """Take what one rule says of every document."""
    reasons: dict[str, list[str]] = {}
    unasked: dict[str, list[str]] = {}
    for source, outcome in outcomes.items():
        if rule.id in outcome.unasked:
            unasked.setdefault(outcome.unasked[rule.id], []).append(source)
            continue
        if rule.id in outcome.cannot:
            reasons.setdefault(outcome.cannot[rule.id], []).append(source)
            continue
        found = outcome.findings.get(rule.id, ())
        tally.findings += found
        if not found:
            tally.passed.append(CheckPassed(rule=rule.id, name=rule.name, document=source))
    _count_not_run(rule, unasked, len(outcomes), tally, asked=False)
    _count_not_run(rule, reasons, len(outcomes), tally)


def _corpus_hits(rule: Rule, world: World) -> list[Hit]:
    if rule.scope.level == "corpus":
        return list(rule.check.run(rule.options, world.views, world))
    hits: list[Hit] = []
    # A check that reads the comparison has nothing to say of pairs that are no part of it.
    compared = "comparison" in rule.check.needs
    for pair in world.compared if compared else combinations(world.views, 2):
        hits += rule.check.run(rule.options, pair, world)
    return hits
