"""Which places a document ties to its own, by naming them where it speaks of working together."""

from __future__ import annotations

from collections.abc import Iterable

from stratlint.records import PlaceMention, Record
from stratlint.rules.view import View
from stratlint.rules.world import World

_WHOLES = frozenset(
    {
        "England",
        "Great Britain",
        "Britain",
        "United Kingdom",
        "UK",
        "Europe",
        "European Union",
        "EU",
    }
)


class Tie(Record, frozen=True):
    """A named place in a sentence about working together.

    ``region`` is the region, nation or ``abroad``; ``inside`` is True in the document's own
    region, ``neighbour`` in a region or nation that borders on it.
    """

    name: str
    region: str
    inside: bool
    neighbour: bool
    start: int
    end: int
    sentence: int


def partner_places(view: View, world: World) -> tuple[Tie, ...]:
    """Every tie of a document, in order."""
    return view.remember("ties", lambda: tuple(_ties(view, world)))


def _ties(view: View, world: World) -> Iterable[Tie]:
    cued = {m.sentence for m in world.lexicon.sightings(view, "partnership")}
    own = view.region or ""
    beside = world.context.gazetteer.neighbours(own)
    for sentence in sorted(cued):
        for place in view.places_by_sentence.get(sentence, []):
            region = _region(place)
            if region is None or place.name == own:
                continue
            yield Tie(
                name=place.name,
                region=region,
                inside=region == own,
                neighbour=region in beside,
                start=place.start,
                end=place.end,
                sentence=sentence,
            )


def _region(place: PlaceMention) -> str | None:
    """The region or nation of a place; None for wholes that hold the own region too."""
    if place.region is not None:
        return place.region
    if place.name in _WHOLES:
        return None
    if place.kind == "nation":
        return place.name
    return "abroad" if place.kind in ("country", "abroad") else None
