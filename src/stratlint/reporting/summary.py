"""The summary in sentences, each written from the data and leading to its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from stratlint.evidence.marks import AVERAGE, NOTABLE
from stratlint.records import DocumentAnalysis, Passage
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index
from stratlint.reporting.words import count, listed, number, quotient, sentence


class Statement(NamedTuple):
    """A sentence, and the section that proves it."""

    text: str
    section: str
    see: str


def summarise(index: Index) -> tuple[Statement, ...]:
    """What the audit found, in the order a reader would ask; only what the data hold."""
    statements: list[Statement] = []
    for part in (_reading, _crowd, _evidence, _missed, _alike, _copied, _findings, _left_out):
        statements += part(index)
    return tuple(statements)


def _reading(index: Index) -> Iterator[Statement]:
    result = index.result
    documents = len(result.analyses)
    pages = sum(len(a.document.pages) for a in result.analyses)
    years = sorted({a.document.year for a in result.analyses if a.document.year})
    when = ""
    if years:
        when = f", dated {years[0]}" + (f" to {years[-1]}" if len(years) > 1 else "")
    text = f"stratlint read {count(documents, 'strategy', 'strategies')}{when}: "
    text += f"{count(pages, 'page')} in all."
    if result.not_read:
        text += f" {sentence(count(len(result.not_read), 'file'))} could not be read."
    yield Statement(text, "regions-compared", "The documents")
    none = [index.label(a.document.source) for a in index.ordered if not a.priorities]
    if none:
        yield Statement(
            f"No priority sectors were found in {listed(none)}.", "matrix", "The matrix"
        )


def _crowd(index: Index) -> Iterator[Statement]:
    result = index.result
    total = len(result.analyses)
    holders = Counter(p.sector for a in result.analyses for p in a.priorities)
    if total < 3 or not holders:
        return
    ranked = sorted(holders.items(), key=lambda item: (-item[1], item[0]))
    sector, most = ranked[0]
    if most < 2:
        yield Statement("No sector is a priority of more than one of them.", "matrix", "The matrix")
        return
    name = result.sector_name(sector)
    tied = [result.sector_name(s) for s, n in ranked if n == most]
    if len(tied) > 1:
        text = f"The sectors most often named as a priority, each by {number(most)} of the "
        text += f"{number(total)}, are {listed(tied, 4)}."
        yield Statement(text, "matrix", "The matrix")
        return
    text = f"{name} is the sector most often named as a priority: by {number(most)} of the "
    yield Statement(f"{text}{number(total)}.", "matrix", "The matrix")
    yield from _crowd_evidence(index, sector)


def _crowd_evidence(index: Index, sector: str) -> Iterator[Statement]:
    """Of those who chose the commonest sector, who has less of it than the nation."""
    claimed = [a for a in index.ordered if a.priority(sector)]
    weak = [
        (a, q)
        for a in claimed
        if (q := index.quotient(a, sector)) and gap(True, q) is Gap.UNSUPPORTED
    ]
    measured = [a for a in claimed if (q := index.quotient(a, sector)) and q.reliable]
    if not measured:
        return
    if not weak:
        text = f"{_holding(len(measured))} a location quotient of {AVERAGE:.1f} or more there."
        yield Statement(text, "strength", "Claim and strength")
        return
    weak.sort(key=lambda pair: pair[1].value)
    parts = [f"{index.label(a.document.source)} ({q.value:.2f}, {q.year})" for a, q in weak]
    text = f"{_among(len(weak), len(measured))} where it can be measured, the location quotient "
    text += f"is below {AVERAGE:.1f}: {listed(parts, 5)}."
    yield Statement(text, "strength", "Claim and strength")


def _holding(measured: int) -> str:
    """'Each of the five for which it can be measured has', as one, two or many need it."""
    if measured == 1:
        return "The only one of them for which it can be measured has"
    if measured == 2:
        return "Both of those for which it can be measured have"
    return f"Each of the {number(measured)} for which it can be measured has"


def _among(some: int, measured: int) -> str:
    """'In three of the five', as one, two or many need it, and all of them."""
    if measured == 1:
        return "In the only one"
    if some == measured:
        return "In both" if measured == 2 else f"In all {number(measured)}"
    return f"In {number(some)} of the {number(measured)}"


def _evidence(index: Index) -> Iterator[Statement]:
    judged: Counter[Gap] = Counter()
    for analysis in index.result.analyses:
        for priority in analysis.priorities:
            judged[gap(True, index.quotient(analysis, priority.sector))] += 1
    measured = judged[Gap.SUPPORTED] + judged[Gap.AVERAGE] + judged[Gap.UNSUPPORTED]
    if not measured:
        return
    text = f"Of {count(sum(judged.values()), 'priority', 'priorities')} in all, "
    text += f"{number(measured)} can be set beside a reliable location quotient. It is "
    text += f"{NOTABLE} or more for {number(judged[Gap.SUPPORTED])} and below {AVERAGE} for "
    yield Statement(f"{text}{number(judged[Gap.UNSUPPORTED])}.", "strength", "Claim and strength")


def _missed(index: Index) -> Iterator[Statement]:
    found = sorted(
        (
            (q.value, index.label(a.document.source), index.result.sector_name(sector))
            for a in index.ordered
            for sector in index.ignored(a)
            if (q := index.quotient(a, sector)) is not None
        ),
        reverse=True,
    )
    if found:
        shown = [f"{name} in {region} ({quotient(value)})" for value, region, name in found[:3]]
        text = f"{sentence(count(len(found), 'strong local sector'))} "
        text += f"{'is' if len(found) == 1 else 'are'} no priority of "
        text += f"{'its' if len(found) == 1 else 'their'} region"
        text += f". The strongest: {listed(shown)}." if len(found) > 1 else f": {shown[0]}."
        yield Statement(text, "strength", "Claim and strength")


def _alike(index: Index) -> Iterator[Statement]:
    comparison = index.result.comparison
    if comparison is None or not comparison.similarities:
        return
    pairs = comparison.similarities
    unusual = sorted((s for s in pairs if index.unusual(s)), key=lambda s: (-s.z, s.a, s.b))
    if len(pairs) == 1:
        more = "more" if unusual else "no more"
        text = f"The two strategies share {more} priorities than chance would give."
        yield Statement(text, "similarity", "Similarity")
        return
    # Of a large corpus only the nearest pairs are records; all of them were counted.
    total = int(comparison.statistics.get("pairs", len(pairs)))
    many = len(unusual)
    some = number(many) if many else "none"
    text = f"Of {count(total, 'pair')} of strategies, {some} "
    text += f"{'share' if many > 1 else 'shares'} more priorities than chance would give"
    text += " (p < 0.05, corrected for the number of pairs)"
    if unusual:
        first = unusual[0]
        text += f"; the most unusual are {index.label(first.a)} and {index.label(first.b)}"
    yield Statement(f"{text}.", "similarity", "Similarity")


def _copied(index: Index) -> Iterator[Statement]:
    comparison = index.result.comparison
    if comparison is None or len(index.result.analyses) < 2:
        return
    template = [p for p in comparison.passages if p.template]
    rest = [p for p in comparison.passages if not p.template]
    sourced = [p for p in rest if any(h.role == "source" for h in p.holdings)]
    own = [p for p in rest if p not in sourced]
    if not comparison.passages:
        yield Statement("No passage is shared between the strategies.", "passages", "Passages")
        return
    if own:
        longest = max(own, key=lambda p: (p.copied, p.id))
        text = f"{sentence(count(len(own), 'passage'))} {'is' if len(own) == 1 else 'are'} shared "
        text += f"between strategies; the longest runs to {count(longest.copied, 'word')}, held by "
        yield Statement(f"{text}{listed(_holders(index, longest))}.", "passages", "Passages")
    if sourced:
        text = f"{sentence(count(len(sourced), 'passage'))} "
        text += f"{'comes' if len(sourced) == 1 else 'come'} from a source document"
        silent = [h for p in sourced for h in p.holdings if h.role != "source" and not h.attributed]
        if silent:
            times = {1: "once", 2: "twice"}.get(len(silent), f"{number(len(silent))} times")
            text += f", {times} without naming it"
        yield Statement(f"{text}.", "passages-source", "Passages from a source")
    if template:
        text = f"{sentence(count(len(template), 'passage'))} stand"
        text += f"{'s' if len(template) == 1 else ''} in most of the strategies: everyone’s "
        yield Statement(f"{text}template.", "passages-template", "The template")


def _holders(index: Index, passage: Passage) -> list[str]:
    return list(dict.fromkeys(index.label(h.document) for h in passage.holdings))


def _findings(index: Index) -> Iterator[Statement]:
    live = index.live
    if not live:
        text = f"The {count(len(index.result.rules), 'rule')} in force found nothing to say."
        yield Statement(text, "method", "Rules and method")
        return
    kinds = Counter(f.severity.value for f in live)
    shown = [
        count(kinds[key], one, many)
        for key, one, many in (
            ("error", "error", "errors"),
            ("warning", "warning", "warnings"),
            ("info", "note", "notes"),
        )
        if kinds[key]
    ]
    text = f"The rules made {count(len(live), 'finding')}: {listed(shown)}."
    if index.suppressed:
        text += f" {sentence(count(len(index.suppressed), 'other'))} "
        text += f"{'is' if len(index.suppressed) == 1 else 'are'} suppressed, with a reason."
    yield Statement(text, "findings", "All findings")


def _left_out(index: Index) -> Iterator[Statement]:
    result = index.result
    if result.not_run:
        rules = len({item.rule for item in result.not_run})
        text = f"{sentence(count(rules, 'rule'))} did not run on some or all of the documents."
        yield Statement(text, "method-not-run", "Why")


def of_document(index: Index, analysis: DocumentAnalysis) -> str:
    """One document in two sentences, for the head of its section."""
    found = index.findings(analysis)
    names = [index.result.sector_name(p.sector) for p in analysis.priorities]
    if not names:
        text = "No priority sectors found."
    else:
        text = f"{sentence(count(len(names), 'priority', 'priorities'))}: {listed(names, 4)}."
    return f"{text} {sentence(count(len(found), 'finding'))}."
