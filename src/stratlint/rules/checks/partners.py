"""Which places a document ties to its own: whether any lies beyond the boundary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Quotation
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.profiles.ties import Tie, partner_places
from stratlint.rules.view import View
from stratlint.rules.wording import too_short
from stratlint.rules.world import World


class Options(Editable):
    """``fault``: no neighbouring place as a partner, or partners that all lie inside."""

    fault: Literal["no-neighbour", "all-inside"] = "no-neighbour"
    inside_at_least: int = Field(default=3, ge=1)
    words_at_least: int = Field(default=20, ge=0)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if view.region is None:
        raise CannotRunError("the region of the document is not known")
    if not world.knows_region(view.region):
        raise CannotRunError(f"the gazetteer does not know the places of {view.region}")
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    ties = partner_places(view, world)
    neighbours = [tie for tie in ties if tie.neighbour]
    outside = [tie for tie in ties if not tie.inside]
    inside = [tie for tie in ties if tie.inside]
    names = sorted({tie.name for tie in inside})
    if options.fault == "no-neighbour" and neighbours:
        return
    if options.fault == "all-inside" and (outside or len(names) < options.inside_at_least):
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "n_inside": len(names),
            "inside": ", ".join(names[:6]) or "none",
            "sentences": view.n_sentences,
        },
        quotations=tuple(_sentences(view, inside))[:3],
        subject=options.fault,
    )


def _sentences(view: View, ties: list[Tie]) -> Iterable[Quotation]:
    """Every sentence once, with all its places marked."""
    by_sentence: dict[int, list[Tie]] = {}
    for tie in ties:
        by_sentence.setdefault(tie.sentence, []).append(tie)
    for found in by_sentence.values():
        marks = [(tie.start, tie.end) for tie in found]
        yield view.quote(marks[0][0], marks[0][1], marks)


CHECK = Check(
    name="partner-places",
    level="document",
    options=Options,
    holes={"n_inside": 4, "inside": "Leeds, York", "sentences": 900},
    run=_run,
    needs=frozenset({"places", "region"}),
    doc="Named places in sentences about working together, inside and beyond the boundary.",
)
