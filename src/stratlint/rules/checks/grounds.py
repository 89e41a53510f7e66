"""A priority for which the document gives no ground: no figure, or no strength."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Commitment, Mention
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.statistics import sentences_about
from stratlint.rules.figures import numbers_of
from stratlint.rules.view import View
from stratlint.rules.world import World

SHORT_SECTION = 15
"""Sentences up to which a whole section counts as being about a sector it names."""


class Options(Editable):
    """``missing``: the ground that is looked for."""

    missing: Literal["figure", "strength"] = "figure"


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    figures = numbers_of(view)
    strengths = {m.sentence for m in world.lexicon.sightings(view, "strengths")}
    for priority in view.analysis.priorities:
        mentions = view.mentions_by_sector.get(priority.sector, [])
        about = sorted({*sentences_about(view, mentions), *_short_sections(view, mentions)})
        if not about:
            continue
        if options.missing == "figure":
            grounded = any(sentence in figures for sentence in about)
        else:
            grounded = any(m.commitment is Commitment.STRENGTH for m in mentions) or any(
                sentence in strengths for sentence in about
            )
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
    doc="A priority with no figure (or no stated strength) in any paragraph or section about it.",
)
