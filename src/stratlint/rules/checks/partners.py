"""Whether a document looks beyond its own boundary: a place outside that it has to do with."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Quotation
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.profiles.ties import Tie, partner_places, places_beyond
from stratlint.rules.view import View
from stratlint.rules.wording import pages_of, too_short
from stratlint.rules.world import World


class Options(Editable):
    """Fires when no place beyond the boundary is tied to the own ones, or named so often."""

    named_at_most: int = Field(default=1, ge=0)
    """Places beyond the boundary that may be named for other reasons: a text that names more has
    looked further than its own towns, in words that need not be those of partnership."""
    words_at_least: int = Field(default=20, ge=0)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if view.region is None:
        raise CannotRunError("the region of the document is not known")
    if not world.knows_region(view.region):
        raise CannotRunError(f"the gazetteer does not know the places of {view.region}")
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    ties = partner_places(view, world)
    beyond = {place.name for place in places_beyond(view, world)}
    if any(tie.inside is False for tie in ties) or len(beyond) > options.named_at_most:
        return
    inside = [tie for tie in ties if tie.inside]
    names = sorted({tie.name for tie in inside})
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "n_inside": len(names),
            "inside": ", ".join(names[:6]) or "none",
            "pages": pages_of(view),
        },
        quotations=tuple(_sentences(view, inside))[:3],
        subject="no-neighbour",
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
    holes={"n_inside": 4, "inside": "Leeds, York", "pages": "40 pages"},
    run=_run,
    needs=frozenset({"places", "region"}),
    doc="Named places beyond the boundary with which the text says that there is a link.",
)
