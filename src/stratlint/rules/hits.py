"""From what a check sees to what a rule says: hits that stand, as findings with a fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from stratlint.records import Finding, Mark, Role
from stratlint.rules.check import CannotRunError, Hit
from stratlint.rules.rule import Rule
from stratlint.rules.themes import Score
from stratlint.rules.view import View
from stratlint.rules.wording import count, listing, too_short
from stratlint.rules.world import World
from stratlint.text.phrases import phrase_set

ITEM = 8
"""Words of a list item or heading that is one choice: longer ones describe, and may name others."""
_ITEMS = (Role.LIST_ITEM, Role.HEADING)
MAX_QUOTATIONS = 12
"""Places of one finding that are quoted; it says how many there are. More would fill a page of the
report with one rule; tables and notes beside the text take what is quoted."""


def document_hits(rule: Rule, view: View, world: World) -> list[Hit]:
    """What a rule's check sees in a document and lets stand. Raises CannotRunError.

    It is looked for once: the profile asks again what a rule in force has found. A rule of one's
    own that has the id of a shipped one and sees something else is looked for apart.
    """
    known: dict[str, list[_Seen]] = view.remember("hits of rules", dict)
    sees = rule.sees
    for told, hits in known.setdefault(rule.id, []):
        if told == sees:
            if isinstance(hits, CannotRunError):
                raise hits
            return hits
    try:
        found = _document_hits(rule, view, world)
    except CannotRunError as error:
        known[rule.id].append((sees, error))
        raise
    known[rule.id].append((sees, found))
    return found


_Seen: TypeAlias = "tuple[tuple[object, ...], list[Hit] | CannotRunError]"


def _document_hits(rule: Rule, view: View, world: World) -> list[Hit]:
    if view.words < rule.scope.min_words:
        raise CannotRunError(too_short(view.words, rule.scope.min_words))
    if rule.only_if is not None:
        reached = world.theme(view, rule.only_if.theme)
        if reached.score.level < Score(rule.only_if.at_least).level:
            raise CannotRunError(f"says nothing about {reached.name}, so there is nothing to judge")
    hits = [hit for hit in rule.check.run(rule.options, view, world) if stands(rule, hit, world)]
    return hits if _often_enough(rule, hits, view) else []


def stands(rule: Rule, hit: Hit, world: World) -> bool:
    """Whether a hit is outside skipped settings and nothing nearby makes it harmless."""
    if not hit.quotations:
        return True
    first = hit.quotations[0]
    view = world.by_source.get(first.document)
    if view is None:
        return True
    at = first.main
    sentence = view.sentence_at(at[0])
    if sentence is None:
        return True
    if view.setting(sentence) in rule.scope.skip and hit.sector is None:
        return False
    return not any(
        view.governed(phrase_set(condition.phrase), sentence, at)
        if condition.within == "clause"
        else view.near(phrase_set(condition.phrase), sentence, condition.within)
        for condition in rule.unless
    )


def _often_enough(rule: Rule, hits: list[Hit], view: View) -> bool:
    """Whether a rule with a rate holds at enough places of the document to speak."""
    return rule.rate is None or (
        len(hits) >= rule.rate.at_least
        and _per_thousand(hits, view) >= rule.rate.per_thousand_words
    )


def _per_thousand(hits: Sequence[Hit], view: View) -> float:
    return 1000.0 * len(hits) / max(1, view.words)


def findings_of(rule: Rule, hits: Iterable[Hit], world: World) -> list[Finding]:
    """Hits as findings: what a rule has to say of one document is said once.

    Hits on sectors stay apart, for each has figures of its own, unless the rule has a message
    for many. A fingerprint names no document, and two documents may have the same finding: each
    has its own. Places that a mark in the document sets aside are a finding apart.
    """
    groups: dict[tuple[str | None, str, Mark | None], list[Hit]] = {}
    for hit in hits:
        alone = rule.scope.level != "document" or (
            hit.sector is not None and rule.message_many is None
        )
        subject = _choice(hit, world) or _subject(rule, hit) if alone else ""
        groups.setdefault((hit.document, subject, _mark(rule, hit, world)), []).append(hit)
    findings: dict[tuple[str | None, str, int | None], Finding] = {}
    for (_, _, mark), found in groups.items():
        finding = _finding(rule, _unlike(rule, found), world, mark)
        findings.setdefault((finding.document, finding.fingerprint, finding.marked), finding)
    return list(findings.values())


def _mark(rule: Rule, hit: Hit, world: World) -> Mark | None:
    """The mark in a document that sets a place aside; the first where several do.

    A place is where the evidence of its first quotation stands; what quotes nothing of its
    document is about the whole of it.
    """
    view = world.by_source.get(hit.document or "")
    if view is None or not view.document.marks:
        return None
    own = next(iter(hit.own_quotations), None)
    at = None if own is None else own.main[0]
    for mark in view.document.marks:
        if (rule.id in mark.rules or rule.name in mark.rules) and mark.covers(at):
            return mark
    return None


def _choice(hit: Hit, world: World) -> str:
    """The item by which a document chose a sector together with another: 'film and games'.

    A short list item, cell or heading is one choice, however many sectors its words stand for.
    """
    view = world.by_source.get(hit.document or "")
    priority = view.analysis.priority(hit.sector or "") if view is not None else None
    if view is None or priority is None or not priority.evidence:
        return ""
    mentions = view.mentions_by_sector.get(priority.sector, [])
    declared = [m for m in mentions if m.commitment.is_committed]
    for mention in declared:
        block = view.document.blocks[mention.block]
        text = view.document.block_text(mention.block)
        if block.role in _ITEMS and len(text.split()) <= ITEM and not block.cells:
            return f"item {mention.block}"
    return ""


def _unlike(rule: Rule, hits: Sequence[Hit]) -> list[Hit]:
    """Hits without repetitions of one subject, the weightiest first."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(_subject(rule, hit), hit)
    return sorted(first.values(), key=lambda hit: -hit.weight)


def _finding(rule: Rule, hits: Sequence[Hit], world: World, mark: Mark | None = None) -> Finding:
    """One or several places as one finding; the first of them gives page and message."""
    hit = hits[0]
    view = world.by_source.get(hit.document or "")
    region = hit.region or (view.region if view else None)
    quotations = hit.quotations[:MAX_QUOTATIONS]
    if len(hits) > 1:
        quotations = tuple(q for h in hits for q in h.quotations[:1])[:MAX_QUOTATIONS]
    own = [q for q in quotations if q.document == hit.document] or list(quotations)
    page = own[0] if own and hit.document is not None and own[0].document == hit.document else None
    sectors = tuple(dict.fromkeys(h.sector for h in hits if h.sector is not None))
    parts = tuple(fingerprint(rule.id, _subject(rule, h), _place(h, view)) for h in hits)
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        severity=rule.severity,
        confidence=hit.confidence or rule.confidence,
        message=_message(rule, hits, world),
        why=rule.why.strip(),
        fix=rule.fix.strip(),
        # A group is told by its rule: it stays the same while its places change.
        fingerprint=parts[0]
        if len(hits) == 1
        else fingerprint(rule.id, _together(rule, hits) + _aside(mark), _title(view)),
        document=hit.document,
        region=region if hit.document is not None else None,
        sector=sectors[0] if len(sectors) == 1 else None,
        page=page.page if page else None,
        page_label=page.page_label if page else None,
        place=page.place if page else "",
        quotations=quotations,
        figures=tuple(figure for h in hits for figure in h.figures)[:MAX_QUOTATIONS],
        sectors=sectors,
        places=len(hits),
        parts=parts if len(hits) > 1 else (),
        pack=rule.pack,
        suppressed=mark.reason if mark is not None else None,
        marked=mark.line if mark is not None else None,
    )


def _aside(mark: Mark | None) -> str:
    """What tells the places that a mark sets aside from those that stand."""
    return f" set aside: {mark.reason}" if mark is not None else ""


def _together(rule: Rule, hits: Sequence[Hit]) -> str:
    """What a finding of several places is about: all of them, or the sectors of one item."""
    if rule.message_many is None and hits[0].sector is not None:
        return " ".join(sorted(str(hit.sector) for hit in hits))
    return "all places"


def _message(rule: Rule, hits: Sequence[Hit], world: World) -> str:
    hit = hits[0]
    view = world.by_source.get(hit.document or "")
    holes = {
        "document": hit.document or "the corpus",
        "region": hit.region or (view.region if view else None) or hit.document or "the corpus",
        "rule": rule.id,
        **hit.holes,
    }
    if len(hits) == 1:
        return rule.message.format(**holes)
    if rule.message_many is None and hit.sector is not None:
        # Sectors of one item: each has its own figures.
        return "; ".join(rule.message.format(**{**holes, **h.holes}) for h in hits)
    if rule.message_many is None:
        return f"{rule.message.format(**holes)} (and {count(len(hits) - 1, 'more place')} like it)"
    names = dict.fromkeys(world.sector_name(h.sector) for h in hits if h.sector is not None)
    rate = _per_thousand(hits, view) if view is not None else 0.0
    return rule.message_many.format(
        **{**holes, "n": len(hits), "rate": rate, "sectors": listing(names)}
    )


def _subject(rule: Rule, hit: Hit) -> str:
    """What a finding is about, for its fingerprint."""
    own = hit.own_quotations or hit.quotations
    return hit.subject or (own[0].text if own else rule.id)


def _place(hit: Hit, view: View | None) -> str:
    """What else tells a finding from others: words that are quoted need nothing beside them.

    A document's title stays when its file gets another name.
    """
    if hit.document is None:
        return hit.region or ""
    quoted = any(q.text for q in hit.own_quotations)
    return "" if quoted and not hit.subject else _title(view)


def _title(view: View | None) -> str:
    return (view.document.title if view is not None else None) or ""


def fingerprint(rule: str, subject: str, place: str = "") -> str:
    """Sixteen hexadecimal digits that stay the same when only layout or file name change.

    The subject loses case, punctuation and spacing first; page and offset play no part.
    ``place`` tells findings apart that quote nothing: a document's title, a region.
    """
    where, what = (re.sub(r"[\W_]+", "", text.casefold()) for text in (place, subject))
    return hashlib.sha256(f"{rule}\n{where}\n{what}".encode()).hexdigest()[:16]
