"""Which places a document ties to its own, by naming them where it speaks of links with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from stratlint.knowledge.areas import load_areas
from stratlint.records import Neighbour, PlaceMention, Record
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.wordings import ExactWordings, WordFile, words_of


class Words(WordFile):
    """``rules/language/profiles/ties.yaml``."""

    wholes: frozenset[str]
    name: ExactWordings
    own: ExactWordings
    own_seat: ExactWordings


_wordings = words_of("profiles/ties", Words)


class Tie(Record, frozen=True):
    """A named place in a sentence about working together.

    ``region`` is the region, nation or ``abroad``, empty where nobody knows; ``inside`` is
    True in the document's own region, False beyond it, None where the region's places are not
    known; ``neighbour`` in a region or nation that borders on it.
    """

    name: str
    region: str
    inside: bool | None
    neighbour: bool
    start: int
    end: int
    sentence: int


def partner_places(view: View, world: World) -> tuple[Tie, ...]:
    """Every tie of a document, in order."""
    return view.remember("ties", lambda: tuple(_ties(view, world)))


def told_neighbours(view: View, world: World) -> tuple[Neighbour, ...]:
    """The neighbours of a document's area, with whether it names them, and as partners."""
    profile = world.area(view)
    if profile is None or not profile.neighbours:
        return ()
    partners = {tie.name for tie in partner_places(view, world)}
    named = {place.name for place in view.analysis.places}
    return tuple(
        msgspec.structs.replace(
            neighbour, named=_lies_in(named, neighbour), partner=_lies_in(partners, neighbour)
        )
        for neighbour in profile.neighbours
    )


def _lies_in(places: Iterable[str], neighbour: Neighbour) -> bool:
    """Whether one of some named places is a neighbour's area or lies in it."""
    areas = load_areas()
    held = {
        part.code
        for area in areas.all
        if area.place == neighbour.name and area.code == neighbour.code
        for part in area.parts
    }
    return any(
        place == neighbour.name or ((found := areas.whereabouts(place)) and found <= held)
        for place in places
    )


def places_beyond(view: View, world: World) -> tuple[PlaceMention, ...]:
    """Places of other regions or countries that the body names, for whatever reason."""
    if view.region is None or not world.knows_region(view.region):
        return ()
    return tuple(
        place
        for place in view.analysis.places
        if place.start < view.document.body_end
        and (region := _region(place)) is not None
        and view.region not in (region, place.name)
    )


def own_places(view: View) -> frozenset[str]:
    """Places that the text calls its own: of its title, its region, 'our towns'."""
    return view.remember("own places", lambda: frozenset(_own(view)))


def _own(view: View) -> Iterator[str]:
    yield from _wordings().name.findall(view.region or "")
    yield from _wordings().name.findall(view.document.title or "")
    for pattern in (_wordings().own, _wordings().own_seat):
        for found in pattern.finditer(view.document.body):
            yield from _wordings().name.findall(found.group(1))


def _ties(view: View, world: World) -> Iterable[Tie]:
    cued = {m.sentence for m in world.lexicon.sightings(view, "partnership")}
    own = view.region or ""
    known = world.knows_region(own)
    beside = world.context.gazetteer.neighbours(own) if known else ()
    learned = own_places(view)
    for sentence in sorted(cued):
        for place in view.places_by_sentence.get(sentence, []):
            region = _region(place)
            if region is None or place.name == own:
                continue
            inside = region == own if known else True if place.name in learned else None
            yield Tie(
                name=place.name,
                region=region,
                inside=inside,
                neighbour=region in beside,
                start=place.start,
                end=place.end,
                sentence=sentence,
            )


def _region(place: PlaceMention) -> str | None:
    """The region or nation of a place; None for wholes that hold the own region too."""
    if place.region is not None:
        return place.region
    if place.name in _wordings().wholes:
        return None
    if place.kind == "nation":
        return place.name
    return "abroad" if place.kind in ("country", "abroad", "world") else None
