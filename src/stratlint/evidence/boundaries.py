"""The boundary test: which labour markets the boundary of an area cuts, and with whom.

The brief's own example: Cambridge has closer links to London than to Ely, which is in its county.
Travel-to-work areas (2011) are where most residents also work, so a boundary through one of them
parts an economy.
"""

from __future__ import annotations

from functools import cache

from stratlint.evidence.areas import own_size
from stratlint.knowledge.areas import Areas, load_areas
from stratlint.records import Area, AreaProfile, LabourMarket, Neighbour

LEAST_PART = 0.05
"""Both sides of a cut hold at least a twentieth of the labour market's residents.

Shares are by census areas of about 1,500 people; below this the cut is a village or a rounding.
"""
SHARED = 0.15
"""A neighbour shares a labour market that has at least so much of its residents there."""

_NOT_CUT = ("travel-to-work area",)
"""Kinds of area that are drawn by labour markets themselves."""


def cut_markets(area: Area) -> tuple[LabourMarket, ...]:
    """The travel-to-work areas that a boundary cuts, most evenly cut first.

    None for a labour market itself, and for a district that is known only by the ITL3 area that
    holds it. Where the boundary cuts an ITL3 area too, its residents count by their share.
    """
    if area.kind in _NOT_CUT or any(not part.exact for part in area.parts):
        return ()
    mine = {part.code: part.share_of_part for part in area.parts}
    found = []
    for market in load_areas().of_kind("travel-to-work area"):
        inside = sum(p.share_of_area * mine.get(p.code, 0.0) for p in market.parts)
        if not LEAST_PART <= inside <= 1 - LEAST_PART:
            continue
        outside: dict[str, float] = {}
        for part in market.parts:
            share = part.share_of_area * (1 - mine.get(part.code, 0.0))
            if share > 0:
                owner = owner_of(part.code).place
                outside[owner] = outside.get(owner, 0.0) + share
        ordered = sorted(outside.items(), key=lambda item: (-item[1], item[0]))
        found.append(
            LabourMarket(name=market.name, code=market.code, inside=inside, outside=tuple(ordered))
        )
    return tuple(sorted(found, key=lambda m: (-min(m.inside, 1 - m.inside), m.name)))


def neighbours(area: Area, cuts: tuple[LabourMarket, ...]) -> tuple[Neighbour, ...]:
    """Whose areas share labour markets with an area, the largest share first."""
    codes = _codes_of_owners(load_areas())
    shares: dict[str, float] = {}
    through: dict[str, list[str]] = {}
    for market in cuts:
        for name, share in market.outside:
            if share >= SHARED and market.inside >= SHARED and name != area.place:
                shares[name] = max(shares.get(name, 0.0), share)
                through.setdefault(name, []).append(market.name)
    ordered = sorted(shares, key=lambda name: (-shares[name], name))
    return tuple(
        Neighbour(name=n, code=codes.get(n, ""), shared=shares[n], through=tuple(through[n]))
        for n in ordered
    )


def boundary_profile(document: str, area: Area) -> AreaProfile:
    """An area with what its boundary cuts, without figures."""
    cuts = cut_markets(area)
    return AreaProfile(
        document=document,
        area=area,
        level="region" if area.is_region else own_size(area).level,
        reference="",
        cuts=cuts,
        neighbours=neighbours(area, cuts),
    )


def owner_of(itl3: str) -> Area:
    """Whose area an ITL3 area is: its county, London, or its own where it is a council's."""
    return _owner(load_areas(), itl3)


@cache
def _codes_of_owners(areas: Areas) -> dict[str, str]:
    """The code of whoever owns an ITL3 area, by its place."""
    owners = [_owner(areas, code) for code in areas.itl3]
    return {owner.place: owner.code for owner in owners}


@cache
def _owner(areas: Areas, itl3: str) -> Area:
    if itl3.startswith("TLI"):
        return next(a for a in areas.all if a.is_region and a.code == "TLI")
    for county in areas.of_kind("county"):
        for part in county.parts:
            if part.code == itl3 and not part.is_cut:
                return county
    return areas.itl3[itl3]
