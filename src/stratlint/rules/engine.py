"""Run rules: each on what it looks at, with what it may skip, into findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from stratlint.records import (
    CheckPassed,
    Finding,
    Profile,
    Quotation,
    Record,
    RuleCard,
    RuleNotRun,
)
from stratlint.rules.check import CannotRunError, Hit
from stratlint.rules.loader import packs_dir
from stratlint.rules.phrases import phrase_set
from stratlint.rules.profiles import profiles_of
from stratlint.rules.rule import Rule
from stratlint.rules.themes import Score, load_lexicon
from stratlint.rules.view import View
from stratlint.rules.world import RuleContext, World

MAX_QUOTATIONS = 6


class RuleOutcome(Record, frozen=True):
    """What a run of the rules says."""

    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]
    passed: tuple[CheckPassed, ...]
    not_run: tuple[RuleNotRun, ...]


def rule_cards(rules: Iterable[Rule]) -> tuple[RuleCard, ...]:
    """What a report prints of the rules in force."""
    return tuple(rule.card() for rule in rules)


def run_rules(
    rules: Sequence[Rule], context: RuleContext, *, only_document: str | None = None
) -> RuleOutcome:
    """Run every rule on the documents of a context.

    With ``only_document`` (a source name) the other documents serve for comparison only:
    findings about them, and about the corpus as a whole, are left out.
    """
    world = World(context, load_lexicon(_own_folders(rules)))
    views = [v for v in world.views if only_document in (None, v.source)]
    tally = _Tally()
    for rule in rules:
        _run_rule(rule, world, views, tally)
    findings = [f for f in tally.findings if only_document is None or f.document == only_document]
    findings.sort(key=_order)
    return RuleOutcome(
        findings=tuple(findings),
        profiles=tuple(p for view in views for p in profiles_of(view, world)),
        passed=tuple(tally.passed),
        not_run=tuple(tally.not_run),
    )


def _own_folders(rules: Sequence[Rule]) -> tuple[Path, ...]:
    """Folders of an organisation's own packs: their themes are in force too."""
    shipped = packs_dir()
    found = {rule.path.parent for rule in rules if rule.path and shipped not in rule.path.parents}
    return tuple(sorted(found))


@dataclass
class _Tally:
    findings: list[Finding] = field(default_factory=list)
    passed: list[CheckPassed] = field(default_factory=list)
    not_run: list[RuleNotRun] = field(default_factory=list)


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.document or "",
        -finding.severity.weight,
        finding.rule,
        finding.page if finding.page is not None else -1,
        finding.fingerprint,
    )


def _run_rule(rule: Rule, world: World, views: Sequence[View], tally: _Tally) -> None:
    reason = _lacks(rule, world)
    if reason:
        tally.not_run.append(RuleNotRun(rule=rule.id, name=rule.name, reason=reason))
        return
    if rule.scope.level == "document":
        _run_on_documents(rule, world, views, tally)
        return
    try:
        hits = _corpus_hits(rule, world)
    except CannotRunError as error:
        tally.not_run.append(RuleNotRun(rule=rule.id, name=rule.name, reason=str(error)))
        return
    hits = [hit for hit in hits if _stands(rule, hit, world)]
    found = _findings(rule, hits, world)
    tally.findings += found
    about = {finding.document for finding in found}
    if None not in about:
        tally.passed += [
            CheckPassed(rule=rule.id, name=rule.name, document=view.source)
            for view in views
            if view.source not in about
        ]


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


def _run_on_documents(rule: Rule, world: World, views: Sequence[View], tally: _Tally) -> None:
    reasons: dict[str, list[str]] = {}
    for view in views:
        try:
            hits = _document_hits(rule, view, world)
        except CannotRunError as error:
            reasons.setdefault(str(error), []).append(view.source)
            continue
        found = _findings(rule, hits, world)
        tally.findings += found
        if not found:
            tally.passed.append(CheckPassed(rule=rule.id, name=rule.name, document=view.source))
    for reason, sources in sorted(reasons.items()):
        where = "" if len(sources) == len(views) else f" ({', '.join(sources)})"
        tally.not_run.append(RuleNotRun(rule=rule.id, name=rule.name, reason=reason + where))


def _document_hits(rule: Rule, view: View, world: World) -> list[Hit]:
    if view.words < rule.scope.min_words:
        raise CannotRunError(
            f"too short to judge: {view.words} words, {rule.scope.min_words} needed"
        )
    if rule.only_if is not None:
        reached = world.theme(view, rule.only_if.theme)
        if reached.score.level < Score(rule.only_if.at_least).level:
            raise CannotRunError(f"says nothing about {reached.name}, so there is nothing to judge")
    hits = [hit for hit in rule.check.run(rule.options, view, world) if _stands(rule, hit, world)]
    return _by_rate(rule, hits, view)


def _corpus_hits(rule: Rule, world: World) -> list[Hit]:
    if rule.scope.level == "corpus":
        return list(rule.check.run(rule.options, world.views, world))
    hits: list[Hit] = []
    for pair in combinations(world.views, 2):
        hits += rule.check.run(rule.options, pair, world)
    return hits


def _stands(rule: Rule, hit: Hit, world: World) -> bool:
    """Whether a hit is outside skipped settings and nothing nearby makes it harmless."""
    if not hit.quotations:
        return True
    first = hit.quotations[0]
    view = world.by_source.get(first.document)
    if view is None:
        return True
    at = first.start + (first.marks[0][0] if first.marks else 0)
    sentence = view.sentence_at(at)
    if sentence is None:
        return True
    if view.setting(sentence) in rule.scope.skip and hit.sector is None:
        return False
    for condition in rule.unless:
        around = set(view.around(sentence, condition.within))
        if any(m.sentence in around for m in view.find(phrase_set(condition.phrase))):
            return False
    return True


def _by_rate(rule: Rule, hits: list[Hit], view: View) -> list[Hit]:
    """With a rate, all hits of a document as one, when there are enough of them."""
    if rule.rate is None or not hits:
        return hits
    rate = 1000.0 * len(hits) / max(1, view.words)
    if len(hits) < rule.rate.at_least or rate < rule.rate.per_thousand_words:
        return []
    quotations: list[Quotation] = [hit.quotations[0] for hit in hits if hit.quotations]
    return [
        Hit(
            document=view.source,
            region=view.region,
            holes={**hits[0].holes, "count": len(hits), "rate": rate, "first": _first(hits[0])},
            quotations=tuple(quotations[:MAX_QUOTATIONS]),
            figures=tuple(figure for hit in hits for figure in hit.figures)[:MAX_QUOTATIONS],
            subject="rate",
        )
    ]


def _first(hit: Hit) -> str:
    return str(next(iter(hit.holes.values()), ""))


def _findings(rule: Rule, hits: Iterable[Hit], world: World) -> list[Finding]:
    found: dict[str, Finding] = {}
    for hit in hits:
        finding = _finding(rule, hit, world)
        found.setdefault(finding.fingerprint, finding)
    return list(found.values())


def _finding(rule: Rule, hit: Hit, world: World) -> Finding:
    view = world.by_source.get(hit.document or "")
    region = hit.region or (view.region if view else None)
    holes = {
        "document": hit.document or "the corpus",
        "region": region or hit.document or "the corpus",
        "rule": rule.id,
        **hit.holes,
    }
    own = [q for q in hit.quotations if q.document == hit.document] or list(hit.quotations)
    page = own[0] if own and hit.document is not None and own[0].document == hit.document else None
    subject = hit.subject or (own[0].text if own else rule.id)
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        severity=rule.severity,
        confidence=hit.confidence or rule.confidence,
        message=rule.message.format(**holes),
        why=rule.why.strip(),
        fix=rule.fix.strip(),
        fingerprint=fingerprint(rule.id, region or hit.document or "", subject),
        document=hit.document,
        region=region if hit.document is not None else None,
        sector=hit.sector,
        page=page.page if page else None,
        page_label=page.page_label if page else None,
        quotations=hit.quotations[:MAX_QUOTATIONS],
        figures=hit.figures,
    )


def fingerprint(rule: str, region: str, subject: str) -> str:
    """Sixteen hexadecimal digits that stay the same when only the layout changes.

    The subject loses case, punctuation and spacing first; page and offset play no part.
    """
    plain = re.sub(r"[\W_]+", "", subject.casefold())
    return hashlib.sha256(f"{rule}\n{region.casefold()}\n{plain}".encode()).hexdigest()[:16]
