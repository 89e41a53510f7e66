"""Figures: whether they have a source or a year, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Mention, Quotation
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.figures import Statistic, numbers_of, statistics_of
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.phrases import phrase_set, tokenise

_LONGEST_NAME = 8
_SHORTEST_NAME = 6


class Options(Editable):
    """``fault``: what is the matter with the figure."""

    fault: Literal["unsourced", "national", "old"] = "unsourced"
    share: float = Field(default=0.0, ge=0, le=1)
    """Only when at least this share of the document's figures is at fault."""
    older_than_years: int = Field(default=7, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if options.fault == "national":
        yield from _national(view, world)
        return
    described = [s for s in statistics_of(view) if s.describes]
    faulty = [s for s in described if _at_fault(options, s, view)]
    if len(faulty) < options.share * len(described):
        return
    for statistic in faulty:
        lacks = "neither a source nor a year" if statistic.year is None else "no source"
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "words": view.document.text[statistic.start : statistic.end],
                "sector": "",
                "figure_year": statistic.year or 0,
                "year": view.document.year or 0,
                "lacks": lacks,
            },
            quotations=(view.quote(statistic.start, statistic.end),),
            weight=1.0 if statistic.year is None else 0.0,
        )


def _at_fault(options: Options, statistic: Statistic, view: View) -> bool:
    if options.fault == "unsourced":
        return statistic.describes and not statistic.sourced
    published = view.document.year
    if published is None or statistic.year is None or not statistic.describes:
        return False
    # 'Since 1991' begins a series; only a year of its own sentence dates a figure.
    text = view.text(statistic.sentence).casefold()
    dated = str(statistic.year) in text and "since" not in text and "between" not in text
    return dated and statistic.year < published - options.older_than_years


def _national(view: View, world: World) -> Iterable[Hit]:
    """Priorities whose only figures are those of the whole country."""
    statistics = {s.sentence: s for s in statistics_of(view)}
    numbers = numbers_of(view)
    for priority in view.analysis.priorities:
        mentions = view.mentions_by_sector.get(priority.sector, [])
        naming = {mention.sentence for mention in mentions}
        national = [statistics[s] for s in sorted(naming) if s in statistics]
        national = [s for s in national if s.national]
        known = {s.sentence for s in national}
        others = [
            s
            for s in sentences_about(view, mentions)
            if s in numbers and s not in known and not (s in statistics and statistics[s].national)
        ]
        if not national or others:
            continue
        quotations: list[Quotation] = [view.quote(s.start, s.end) for s in national[:3]]
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={
                "words": view.document.text[national[0].start : national[0].end],
                "sector": world.sector_name(priority.sector),
                "figure_year": national[0].year or 0,
                "year": view.document.year or 0,
                "lacks": "no local figure",
            },
            quotations=tuple(quotations),
            subject=priority.sector,
        )


def sentences_about(view: View, mentions: Iterable[Mention]) -> list[int]:
    """Sentences of the paragraphs that name a sector, and of sections whose heading does.

    Where the document gives a priority a name of its own ('Healthy Ageing'), every sentence
    with that name is about it too, whether or not a sector was recognised there.
    """
    mentions = list(mentions)
    named = {m.sentence for m in mentions} | _by_own_name(view, mentions)
    found: set[int] = set()
    for sentence in named:
        found.update(view.around(sentence, "paragraph"))
        if view.block(sentence).role == "heading":
            found.update(view.under(view.analysis.sentences[sentence].block))
    return sorted(found)


def _by_own_name(view: View, mentions: Iterable[Mention]) -> set[int]:
    names = set()
    for mention in mentions:
        if mention.commitment.is_committed:
            words = tokenise(view.document.text, mention.start, mention.end)
            names.add(" ".join(word.folded for word in words[:_LONGEST_NAME]))
    phrases = phrase_set(tuple(sorted(name for name in names if len(name) >= _SHORTEST_NAME)))
    return {match.sentence for match in view.find(phrases)}


CHECK = Check(
    name="statistic",
    level="document",
    options=Options,
    holes={
        "words": "12 per cent",
        "sector": "Tourism",
        "figure_year": 1998,
        "year": 2007,
        "lacks": "no source",
    },
    run=_run,
    doc="A figure without source or year, an old one, or a national one for a local claim.",
)
