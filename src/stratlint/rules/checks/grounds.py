"""A priority for which the document gives no ground: no figure, or no strength."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Commitment, Mention
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.statistics import sentences_about
from stratlint.rules.figures import numbers_of
from stratlint.rules.phrases import PhraseText, phrase_set
from stratlint.rules.view import View
from stratlint.rules.world import World

SHORT_SECTION = 15
"""Sentences up to which a whole section counts as being about a sector it names."""


class Options(Editable):
    """``missing``: the ground that is looked for."""

    missing: Literal["figure", "strength", "weakness"] = "figure"
    sentences_at_least: int = Field(default=1, ge=1)
    """Leave out priorities of which fewer sentences speak: there was no room for it."""
    not_counting: tuple[PhraseText, ...] = ()
    """Words that are no ground although the theme knows them."""


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    figures = numbers_of(view)
    theme = "weaknesses" if options.missing == "weakness" else "strengths"
    idle = view.find(phrase_set(options.not_counting)) if options.not_counting else []
    grounds = {
        m.sentence
        for m in world.lexicon.sightings(view, theme)
        if not any(m.start < i.end and i.start < m.end for i in idle)
    }
    for priority in view.analysis.priorities:
        mentions = view.mentions_by_sector.get(priority.sector, [])
        about = sorted({*sentences_about(view, mentions), *_short_sections(view, mentions)})
        if len(about) < options.sentences_at_least:
            continue
        if options.missing == "figure":
            grounded = any(sentence in figures for sentence in about)
        else:
            grounded = any(sentence in grounds for sentence in about)
        if options.missing == "strength":
            grounded = grounded or any(m.commitment is Commitment.STRENGTH for m in mentions)
        if grounded:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={
                "sector": world.sector_name(priority.sector),
                "mentions": len(mentions),
                "sentences": len(about),
            },
            quotations=priority.evidence[:2],
            subject=priority.sector,
        )


def _short_sections(view: View, mentions: Iterable[Mention]) -> Iterable[int]:
    """Sections of a few paragraphs around a mention: the ground may stand in the next one."""
    for mention in mentions:
        section = view.around(mention.sentence, "section")
        if len(section) <= SHORT_SECTION:
            yield from section


CHECK = Check(
    name="priority-without-ground",
    level="document",
    options=Options,
    holes={"sector": "Tourism", "mentions": 4, "sentences": 12},
    run=_run,
    doc="A priority with no figure, stated strength or weakness in any paragraph about it.",
)
