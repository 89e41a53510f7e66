"""Which places a document ties to its own, by naming them where it speaks of working together."""

from __future__ import annotations

from collections.abc import Iterable

from stratlint.records import Record
from stratlint.rules.view import View
from stratlint.rules.world import World


class Tie(Record, frozen=True):
    """A named place in a sentence about working together; ``inside`` the own region or not."""

    name: str
    region: str
    inside: bool
    start: int
    end: int
    sentence: int


def partner_places(view: View, world: World) -> tuple[Tie, ...]:
    """Every tie of a document, in order."""
    return view.remember("ties", lambda: tuple(_ties(view, world)))


def _ties(view: View, world: World) -> Iterable[Tie]:
    cued = {m.sentence for m in world.lexicon.sightings(view, "partnership")}
    own = (view.region or "").casefold()
    for sentence in sorted(cued):
        for place in view.places_by_sentence.get(sentence, []):
            if place.region is None or place.name.casefold() == own:
                continue
            yield Tie(
                name=place.name,
                region=place.region,
                inside=place.region.casefold() == own,
                start=place.start,
                end=place.end,
                sentence=sentence,
            )
