"""The first screen: what could not be judged, who follows the crowd, what was copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath

from stratlint.records import DocumentAnalysis, Finding, Holding, Passage, Record
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.html.passages import Shared, anchors, holders_of, is_apparatus
from stratlint.reporting.index import Index
from stratlint.reporting.words import count, listed, number, rule_words, sentence

_LEAST_HOLDERS = 3
"""Documents that make a crowd, and the share of all that they must be: the share from which rule
SB003 speaks, so that the first screen and the findings count the same choices."""
CROWD = 0.6
_STRIPS = 6
_TOPIC = 5
"""Words that tell which passage is meant."""
_COPIES = 5
"""What a screen of 1400 × 900 holds beside each other; the rest is one click away."""
_RATES = 12
"""Rules whose rate the first screen names: a phone shows two lines of a paragraph for four."""


class Standing(StrEnum):
    """How one document stands to one sector, as a mark on a strip."""

    STRONG = "chosen, quotient 1.0 or more"
    WEAK = "chosen, quotient below 1.0"
    UNMEASURED = "chosen, no reliable figures"
    NOT_CHOSEN = "not chosen"

    @property
    def code(self) -> str:
        """The class of the mark."""
        return self.name.lower().replace("_", "-")


class Strip(Record):
    """A crowded sector: a mark for each document, those with evidence first."""

    sector: str
    name: str
    marks: tuple[Standing, ...]
    chosen: int
    below: int
    measured: int
    weak: tuple[tuple[str, str], ...] = ()
    """Label and source of the documents whose quotient is below 1.0."""


class Copy(Record):
    """Text that the same documents share: one line around its size, and the card that shows it."""

    before: str
    words: int
    after: str
    anchor: str
    passages: int
    topic: str = ""
    """The first words of the longest text."""
    years: tuple[int, ...] = ()
    """Years of the holders that are dated, the earliest first."""
    places: tuple[float, ...] = ()
    """The same on an axis of 100 from the first year of the corpus to the last."""


class Rate(Record):
    """How often a rule at work here was right and useful, of its findings that people judged."""

    rule: str
    name: str
    right: int
    judged: int
    here: int
    """Findings of the rule that stand here."""


class Template(Record):
    """Text that most documents share: how much of it, and the card that shows it."""

    words: int
    passages: int
    holders: int
    """Documents that have the most widely held of it."""
    anchor: str
    topic: str
    """The first words of the most widely held."""


class Overview(Record):
    """What the first screen says, and in full what other pages say more of."""

    corpus: str
    strips: tuple[Strip, ...]
    more_strips: int
    sectors: tuple[Strip, ...]
    """Every sector that some document chooses."""
    copies: tuple[Copy, ...]
    shared: tuple[Copy, ...]
    """Who copied what, one line for each set of holders."""
    passages: int
    words: int
    limits: tuple[str, ...]
    chosen: int
    measured: int
    """Choices with a reliable quotient, and how many of them are below 1.0."""
    below: int
    documents: int
    template: Template | None
    trust: str
    """What the rates of the rules come to for the findings here."""
    rates: tuple[Rate, ...]
    """How often each rule at work here was right, the lowest rate first."""
    more_rates: int
    unjudged: tuple[str, ...]
    """The rules at work here that nobody has judged, with their findings here."""


def overview(index: Index, found: Shared) -> Overview:
    """The first screen's view; ``found`` are the passages as they are laid out."""
    every = strips(index)
    crowded = _crowds(every, len(index.ordered))
    copies = tuple(copies_of(index, found))
    rates, unjudged = _rates(index)
    return Overview(
        corpus=_corpus(index),
        strips=crowded[:_STRIPS],
        more_strips=max(0, len(crowded) - _STRIPS),
        sectors=every,
        copies=copies[:_COPIES],
        shared=copies,
        passages=sum(copy.passages for copy in copies),
        words=sum(copy.words for copy in copies),
        limits=tuple(_limits(index)),
        chosen=sum(len(a.priorities) for a in index.ordered),
        measured=sum(strip.measured for strip in every),
        below=sum(strip.below for strip in every),
        documents=len(index.ordered),
        template=_template(found),
        trust=_trust(rates, len(index.live)),
        rates=rates[:_RATES],
        more_rates=max(0, len(rates) - _RATES),
        unjudged=unjudged,
    )


def _rates(index: Index) -> tuple[tuple[Rate, ...], tuple[str, ...]]:
    """The rates of the rules that found something here, and the names of those without one."""
    busy = Counter(f.rule for f in index.live)
    at_work = sorted((r for r in index.result.rules if busy[r.id]), key=lambda r: -busy[r.id])
    rates = [
        Rate(
            rule=rule.id,
            name=rule_words(rule.name),
            right=rule.right,
            judged=rule.judged,
            here=busy[rule.id],
        )
        for rule in at_work
        if rule.right is not None
    ]
    rated = {rate.rule for rate in rates}
    unjudged = tuple(f"{rule_words(r.name)} ({busy[r.id]})" for r in at_work if r.id not in rated)
    return tuple(sorted(rates, key=lambda r: (r.right / r.judged, r.judged))), unjudged


def _trust(rates: Sequence[Rate], findings: int) -> str:
    """How many of the findings here are to be right, each rule weighted by what it found here."""
    if not rates:
        return ""
    here = sum(r.here for r in rates)
    right = round(sum(r.here * r.right / r.judged for r in rates))
    of = f"the {count(findings, 'finding')} here"
    if here < findings:
        of = f"{number(here)} of {of}"
    verb = "comes from a rule" if here == 1 else "come from rules"
    said = f"{of} {verb} that people judged, on documents new to the rule; at "
    said += f"{'its rate' if len(rates) == 1 else 'their rates'} about "
    said += f"{number(right) if right else 'none'} of the {number(here)} "
    return sentence(f"{said}{'is' if right == 1 else 'are'} right and useful.")


def _template(found: Shared) -> Template | None:
    """What most documents share, other than imprints and lists."""
    cards = [c for c in found.template if not is_apparatus(c.passage)]
    if not cards:
        return None
    most = cards[0]
    return Template(
        words=sum(c.passage.copied for c in cards),
        passages=len(cards),
        holders=len({h.document for h in most.passage.holdings if h.role != "source"}),
        anchor=most.anchor,
        topic=_topic(most.passage),
    )


def _corpus(index: Index) -> str:
    """'Nine strategies of 2006 to 2010, 81 pages; 58 choices of sectors; 41 findings.'"""
    documents = index.ordered
    pages = sum(len(a.document.pages) for a in documents)
    years = sorted({a.document.year for a in documents if a.document.year})
    when = f" of {years[0]}" if years else ""
    if len(years) > 1:
        when += f" to {years[-1]}"
    choices = sum(len(a.priorities) for a in documents)
    said = f"{count(len(documents), 'document')}{when}, {count(pages, 'page')}; "
    said += f"{count(choices, 'choice')} of sectors; {count(len(index.live), 'finding')}"
    aside = len(index.suppressed)
    return sentence(f"{said}, {number(aside)} set aside." if aside else f"{said}.")


def _crowds(every: Sequence[Strip], documents: int) -> tuple[Strip, ...]:
    """Sectors that most documents choose, those first whose holders have the least evidence."""
    least = max(_LEAST_HOLDERS, CROWD * documents)
    found = (strip for strip in every if strip.chosen >= least)
    return tuple(sorted(found, key=lambda s: (-s.below, -s.chosen, s.name)))


def strips(index: Index) -> tuple[Strip, ...]:
    """Every sector that some document chooses, the most often chosen first."""
    total = len(index.ordered)
    made = []
    for sector in index.sectors:
        standings = [_mark(index, a, sector) for a in index.ordered]
        chosen = total - standings.count(Standing.NOT_CHOSEN)
        weak = [a for a, s in zip(index.ordered, standings, strict=True) if s is Standing.WEAK]
        below = len(weak)
        made.append(
            Strip(
                sector=sector,
                name=index.result.sector_name(sector),
                marks=tuple(sorted(standings, key=list(Standing).index)),
                chosen=chosen,
                below=below,
                measured=below + standings.count(Standing.STRONG),
                weak=tuple((index.label(a.document.source), a.document.source) for a in weak),
            )
        )
    return tuple(sorted(made, key=lambda s: (-s.chosen, -s.below, s.name)))


def _mark(index: Index, analysis: DocumentAnalysis, sector: str) -> Standing:
    if analysis.priority(sector) is None:
        return Standing.NOT_CHOSEN
    found = gap(True, index.quotient(analysis, sector))
    if found in (Gap.SUPPORTED, Gap.AVERAGE):
        return Standing.STRONG
    return Standing.WEAK if found is Gap.UNSUPPORTED else Standing.UNMEASURED


def copies_of(index: Index, found: Shared) -> Iterator[Copy]:
    """Who copied what from whom: a line for each set of holders, the longest text first.

    Neither an imprint or a list, which all publications of a house share, nor what somebody has
    set aside.
    """
    at = anchors(found)
    groups: dict[frozenset[str], list[Passage]] = {}
    aside = _spans(index.suppressed) - _spans(index.live)
    for card in (*found.own, *found.sourced):
        spans = {(h.document, h.quotation.start, h.quotation.end) for h in card.passage.holdings}
        if is_apparatus(card.passage) or spans & aside:
            continue
        groups.setdefault(holders_of(card.passage), []).append(card.passage)
    dates = {h.year for group in groups.values() for p in group for h in p.holdings if h.year}
    begun = min(dates, default=0)
    span = max(1, max(dates, default=0) - begun)
    by_length = sorted(groups.values(), key=lambda g: (-sum(p.copied for p in g), g[0].id))
    for group in by_length:
        longest = max(group, key=lambda p: (p.copied, p.id))
        quotation = longest.holdings[0].quotation
        anchor = at[quotation.document, quotation.start, quotation.end]
        before, after = _copied(index, group, longest)
        years = tuple(sorted({h.year for h in longest.holdings if h.year}))
        yield Copy(
            before=before,
            words=sum(p.copied for p in group),
            after=after,
            anchor=anchor,
            passages=len(group),
            topic=_topic(longest),
            years=years,
            places=tuple(round(6 + 88 * (year - begun) / span, 1) for year in years),
        )


def _spans(findings: Iterable[Finding]) -> set[tuple[str, int, int]]:
    """The places that findings quote."""
    return {(q.document, q.start, q.end) for f in findings for q in f.quotations}


def _copied(index: Index, group: Sequence[Passage], longest: Passage) -> tuple[str, str]:
    """'North West (2009) repeats', 'of London (2006), with the places changed'."""
    how = longest.kind.phrase
    if len(group) > 1:
        how = f"in {count(len(group), 'passage')}, the longest {how}"
    own = list({h.document: h for h in longest.holdings if h.role != "source"}.values())
    source = next((h.document for h in longest.holdings if h.role == "source"), None)
    names = listed([index.label(h.document) for h in own], 3)
    if source is not None:
        silent = {
            h.document: index.label(h.document)
            for p in group
            for h in p.holdings
            if h.role != "source" and not h.attributed
        }
        verb = "takes" if len(own) == 1 else "take"
        after = f"from “{_title(source)}”, {how}"
        after = f"{after}; {_unnamed(list(silent.values()), len(own))}" if silent else after
        return f"{names} {verb}", after
    first = _first(own)
    if first is None:
        return f"{names} share", how
    rest = [_dated(index, h) for h in own if h is not first]
    verb = "repeats" if len(rest) == 1 else "repeat"
    return f"{listed(rest, 3)} {verb}", f"of {_dated(index, first)}, {how}"


def _title(source: str) -> str:
    """A source document by its file's name, without what makes it a file."""
    return PurePath(source).stem.replace("-", " ").replace("_", " ")


def _topic(passage: Passage) -> str:
    """The words with which a passage begins: what it is about, as far as one can say."""
    words = passage.holdings[0].quotation.text.split()
    return " ".join(words[:_TOPIC]).strip(" •–-,;:") + ("…" if len(words) > _TOPIC else "")


def _unnamed(silent: Sequence[str], holders: int) -> str:
    """Who leaves the source out: it, all of them, or those by name."""
    if holders == 1:
        return "without naming it"
    if len(silent) == holders:
        return "none of them names it"
    return f"{listed(silent, 3)} {'does' if len(silent) == 1 else 'do'} not name it"


def _first(holders: Sequence[Holding]) -> Holding | None:
    """The holder that is earlier than all others, where every one is dated and one is."""
    years = [h.year for h in holders]
    if any(year is None for year in years):
        return None
    dated = sorted(holders, key=lambda h: h.year or 0)
    return dated[0] if dated[0].year != dated[1].year else None


def _dated(index: Index, holder: Holding) -> str:
    label = index.label(holder.document)
    return f"{label} ({holder.year})" if holder.year else label


def _limits(index: Index) -> Iterator[str]:
    """What could not be judged, and why: said before anything else."""
    result = index.result
    if result.not_read:
        names = listed([item.source for item in result.not_read], 2)
        yield f"{sentence(count(len(result.not_read), 'file'))} could not be read: {names}."
    without = [a for a in index.ordered if not _has_figures(index, a)]
    if without and len(without) == len(index.ordered):
        yield "There are no official figures for these places: what they choose is not measured."
    elif without:
        names = listed([index.label(a.document.source) for a in without], 3)
        yield f"There are no official figures for {names}: what they choose is not measured."
    none = [index.label(a.document.source) for a in index.ordered if not a.priorities]
    if none and len(none) < len(index.ordered):
        yield f"No choice of sectors was found in {listed(none, 3)}."
    elif none:
        yield "No choice of sectors was found in any document."


def _has_figures(index: Index, analysis: DocumentAnalysis) -> bool:
    comparison = index.result.comparison
    place = analysis.document.place or analysis.name
    return any(q.region == place for q in (comparison.quotients if comparison else ()))
