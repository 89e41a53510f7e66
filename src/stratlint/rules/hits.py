"""From what a check sees to what a rule says: hits that stand, as findings with a fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import msgspec

from stratlint.records import Finding, Quotation
from stratlint.rules.check import CannotRunError, Hit
from stratlint.rules.rule import Rule
from stratlint.rules.themes import Score
from stratlint.rules.view import View
from stratlint.rules.wording import count, too_short
from stratlint.rules.world import World
from stratlint.text.phrases import phrase_set

MAX_QUOTATIONS = 6


def document_hits(rule: Rule, view: View, world: World) -> list[Hit]:
    """What a rule's check sees in a document and lets stand. Raises CannotRunError."""
    if view.words < rule.scope.min_words:
        raise CannotRunError(too_short(view.words, rule.scope.min_words))
    if rule.only_if is not None:
        reached = world.theme(view, rule.only_if.theme)
        if reached.score.level < Score(rule.only_if.at_least).level:
            raise CannotRunError(f"says nothing about {reached.name}, so there is nothing to judge")
    hits = [hit for hit in rule.check.run(rule.options, view, world) if stands(rule, hit, world)]
    return at_most(rule, _by_rate(rule, hits, view))


def stands(rule: Rule, hit: Hit, world: World) -> bool:
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
    return not any(
        view.near(phrase_set(condition.phrase), sentence, condition.within)
        for condition in rule.unless
    )


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


def at_most(rule: Rule, hits: list[Hit]) -> list[Hit]:
    """The weightiest hits of a document where a rule shows only so many, in their order."""
    if rule.most is None:
        return hits
    unlike = list({_subject(rule, hit): hit for hit in reversed(hits)}.values())[::-1]
    left = len(unlike) - rule.most
    if left <= 0:
        return unlike
    order = sorted(range(len(unlike)), key=lambda i: (-unlike[i].weight, i))
    kept = [unlike[i] for i in sorted(order[: rule.most])]
    return [*kept[:-1], msgspec.structs.replace(kept[-1], more=left)]


def _first(hit: Hit) -> str:
    return str(next(iter(hit.holes.values()), ""))


def findings_of(rule: Rule, hits: Iterable[Hit], world: World) -> list[Finding]:
    """Hits as findings; of two that say the same of one document the first.

    A fingerprint names the region, and a region may have two documents: each has its own.
    """
    found: dict[tuple[str | None, str], Finding] = {}
    for hit in hits:
        finding = _finding(rule, hit, world)
        found.setdefault((finding.document, finding.fingerprint), finding)
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
    more = f" ({count(hit.more, 'more place')} like this in the document)" if hit.more else ""
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        severity=rule.severity,
        confidence=hit.confidence or rule.confidence,
        message=rule.message.format(**holes) + more,
        why=rule.why.strip(),
        fix=rule.fix.strip(),
        fingerprint=fingerprint(rule.id, region or hit.document or "", _subject(rule, hit)),
        document=hit.document,
        region=region if hit.document is not None else None,
        sector=hit.sector,
        page=page.page if page else None,
        page_label=page.page_label if page else None,
        quotations=hit.quotations[:MAX_QUOTATIONS],
        figures=hit.figures,
    )


def _subject(rule: Rule, hit: Hit) -> str:
    """What a finding is about, for its fingerprint."""
    own = [q for q in hit.quotations if q.document == hit.document] or list(hit.quotations)
    return hit.subject or (own[0].text if own else rule.id)


def fingerprint(rule: str, region: str, subject: str) -> str:
    """Sixteen hexadecimal digits that stay the same when only the layout changes.

    The subject loses case, punctuation and spacing first; page and offset play no part.
    """
    plain = re.sub(r"[\W_]+", "", subject.casefold())
    return hashlib.sha256(f"{rule}\n{region.casefold()}\n{plain}".encode()).hexdigest()[:16]
