"""Which area a document is about, as it is given or as its text proposes, and its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from stratlint.evidence.areas import area_figures
from stratlint.evidence.boundaries import boundary_profile
from stratlint.knowledge.areas import Areas, join, load_areas
from stratlint.knowledge.places import load_places
from stratlint.records import (
    Area,
    AreaProfile,
    Document,
    PlaceMention,
    Quotient,
    SectorFigures,
)

if TYPE_CHECKING:
    from stratlint.evidence import Evidence
    from stratlint.knowledge.taxonomy import Taxonomy

_PROPOSED = ("county", "combined authority", "partnership", "district", "ITL3 area")
"""Kinds that a text is asked about: nobody writes the plan of a travel-to-work area."""
_COVER = 600
"""Characters in which a document names what it is about."""
_NAMED_SHARE = 0.5
_UNNAMED_SHARE = 0.75
_LEAST_PLACES = 20
"""An area that the cover names needs half of the places that can be located, of any number; one
that it does not name three quarters of at least twenty. Set on thirty local plans and ten modelled
strategies: a district's plan names its own towns in .6 to .95 of all places."""


_AGAIN = 3
"""Times that a text names the place it is about: once or twice is an example."""
_LEAD = 1.5
"""How much more often than any other: a plan of three towns that names them alike is of none."""


def guess_area(document: Document, places: Sequence[PlaceMention]) -> tuple[Area | None, str]:
    """The area below a region that a text is about, and why one may think so.

    An area that the title or the cover names and that holds half of the named places; else the
    smallest county or council area that holds three quarters of them. None for a whole region.
    """
    areas = load_areas()
    located = [found for place in places if (found := _located(areas, place))]
    total = len(located)
    title = document.title or ""
    most = _most_named(places)
    named = [
        area
        for area in _named_areas(areas, f"{title}\n{document.body[:_COVER]}")
        if not total
        or _inside(located, area) >= _NAMED_SHARE * total
        # A city's plan names its own quarters, which no gazetteer knows, and towns around it;
        # it calls itself 'Stoke' for short.
        or (most and re.match(rf"{re.escape(most)}\b", area.name, re.IGNORECASE))
    ]
    if named:
        # What the title names goes before the first page, then the longest name.
        first = max(named, key=lambda a: (_holds(title, a.name), len(a.name), -_order(a)))
        where = "its title" if _holds(title, first.name) else "its first page"
        area = _with_partners(first, named, title, places)
        held = area.name if all(part.exact for part in area.parts) else part_names(area)
        inside = _inside(located, area)
        return area, f"{where} names it, and {inside} of {total} named places lie in {held}"
    if total < _LEAST_PLACES:
        return None, f"{total} named places can be located"
    for area in sorted(
        (a for a in areas.all if a.kind in ("ITL3 area", "county")), key=lambda a: len(a.parts)
    ):
        inside = _inside(located, area)
        if inside >= _UNNAMED_SHARE * total:
            return area, f"{inside} of {total} named places lie in {area.name}"
    return None, f"no one area holds most of the {total} named places that can be located"


def _most_named(places: Sequence[PlaceMention]) -> str:
    """The place below a region that a text names most often, if it does so again and again."""
    times = Counter(
        place.name.casefold()
        for place in places
        if place.kind not in ("region", "nation", "country", "abroad", "world")
    )
    (name, most), (_, second) = (*times.most_common(2), ("", 0), ("", 0))[:2]
    return name if most >= max(_AGAIN, _LEAD * second) else ""


def _with_partners(
    first: Area, named: Sequence[Area], title: str, places: Sequence[PlaceMention]
) -> Area:
    """The districts of a joint plan: those named like the first and at least half as often."""
    if first.kind != "district":
        return first
    times = Counter(place.name for place in places)
    joint = [
        area
        for area in named
        if area.kind == "district"
        and _holds(title, area.name) == _holds(title, first.name)
        and 2 * times[area.name] >= times[first.name]
        and 2 * times[first.name] >= times[area.name]
    ]
    return join(sorted(joint, key=lambda area: area.name)) if len(joint) > 1 else first


def part_names(area: Area) -> str:
    """The areas that make up an area, as a sentence names them."""
    *rest, last = (part.name for part in area.parts)
    return f"{', '.join(rest)} and {last}" if rest else last


def _located(areas: Areas, place: PlaceMention) -> frozenset[str]:
    held = place.kind in ("region", "nation", "country", "abroad", "world")
    return frozenset() if held else areas.whereabouts(place.name)


def _inside(located: Iterable[frozenset[str]], area: Area) -> int:
    mine = {part.code for part in area.parts if part.share_of_part > 0.5}
    return sum(found <= mine for found in located)


def _named_areas(areas: Areas, text: str) -> list[Area]:
    """Areas below regions that a text names, of one name the kind that it speaks of."""
    regions = load_places().region_names()
    found: dict[str, list[Area]] = {}
    for area in areas.all:
        if area.kind in _PROPOSED and area.name not in regions and _holds(text, area.name):
            found.setdefault(area.name, []).append(area)
    chosen = []
    whole = text
    for name, held in found.items():
        text = whole
        # 'Oxfordshire' in 'South Oxfordshire' is no mention of the county.
        longer = [n for n in found if n != name and _holds(n, name)]
        for each in longer:
            text = re.sub(re.escape(each), " ", text, flags=re.IGNORECASE)
        if _holds(text, name):
            chosen.append(min(held, key=lambda area: (not _speaks_of(text, area), _order(area))))
    return chosen


def _order(area: Area) -> int:
    return _PROPOSED.index(area.kind)


_SPOKEN = {
    "combined authority": r"combined authority|\bCA\b",
    "partnership": r"enterprise partnership|\bLEP\b|local industrial strategy",
    "district": r"\b(?:city|borough|district) council|\bborough\b|\bdistrict\b|local plan",
    "county": r"county council|\bcounty\b",
}


def _speaks_of(text: str, area: Area) -> bool:
    pattern = _SPOKEN.get(area.kind)
    return bool(pattern and re.search(pattern, text, re.IGNORECASE))


def _holds(text: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def profiles_of(
    documents: Iterable[Document],
    evidence: Evidence,
    taxonomy: Taxonomy,
    years: Mapping[str, int],
    reference: str,
) -> tuple[AreaProfile, ...]:
    """Each document's area with its figures at that size and its boundary.

    Of a region the figures are those of the regional tables.
    """
    regions = load_places().region_names()
    found = []
    for document in documents:
        area = document.area
        if area is None and document.region in regions:
            # Regions of one's own need not be made of ITL areas.
            area = next(iter(load_areas().candidates(document.region or "")), None)
        if area is None:
            continue
        profile = boundary_profile(document.source, area)
        guess = next((g for g in document.guesses if g.field == "area"), None)
        figures: tuple[SectorFigures, ...] = ()
        if not area.is_region:
            year = years[document.source]
            around = _regional(evidence, document.region, taxonomy, year)
            figures = area_figures(
                area, taxonomy.sectors, year, reference=reference, regional=around
            )
        found.append(
            msgspec.structs.replace(
                profile,
                reference=reference,
                figures=figures,
                guessed=guess is not None,
                reason=guess.reason if guess is not None else "as given",
            )
        )
    return tuple(found)


def _regional(
    evidence: Evidence, region: str | None, taxonomy: Taxonomy, year: int
) -> dict[str, Quotient]:
    if region is None:
        return {}
    found = (evidence.quotient(region, sector, year) for sector in taxonomy.sectors)
    return {q.sector: q for q in found if q is not None}


def own_quotients(
    profiles: Iterable[AreaProfile], taken: Iterable[Quotient]
) -> tuple[Quotient, ...]:
    """The quotients of areas at their own size, but where a table of one's own has the area."""
    known = {(q.region, q.sector) for q in taken}
    found = {
        (q.region, q.sector, q.asked): q
        for profile in profiles
        for figures in profile.figures
        if (q := figures.own) is not None and (q.region, q.sector) not in known
    }
    return tuple(found[key] for key in sorted(found, key=repr))
