"""Neighbours that share a labour market with the area and are never named as partners."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import AreaProfile, Figure, Neighbour
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.profiles.ties import told_neighbours
from stratlint.rules.view import View
from stratlint.rules.wording import count, too_short
from stratlint.rules.world import World

_SOURCE = "ONS, travel-to-work areas (2011)"


class Options(Editable):
    """``shared_at_least``: share of a labour market's residents that live in the neighbour's area.

    ``at_most`` is how many neighbours a message names.
    """

    shared_at_least: float = Field(default=0.15, gt=0, le=1)
    words_at_least: int = Field(default=20, ge=0)
    at_most: int = Field(default=3, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    profile = world.area(view)
    if profile is None:
        raise CannotRunError("the area of the document is not known")
    if any(not part.exact for part in profile.area.parts):
        raise CannotRunError(f"no figures tell what the boundary of {profile.area.name} cuts")
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    missing = [
        neighbour
        for neighbour in told_neighbours(view, world)
        if neighbour.shared >= options.shared_at_least and not neighbour.partner
    ]
    if not missing:
        return
    shown = missing[: options.at_most]
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "area": profile.area.name,
            "n": count(len(missing), "neighbour"),
            "neighbours": "; ".join(_told(n, profile) for n in shown),
            "more": f" and {len(missing) - len(shown)} more" if len(missing) > len(shown) else "",
        },
        figures=tuple(_figure(neighbour, profile) for neighbour in shown),
        subject=", ".join(neighbour.name for neighbour in missing),
    )


def _told(neighbour: Neighbour, profile: AreaProfile) -> str:
    """'Northamptonshire (31 % of the Banbury labour market lives there)'."""
    first = next(m for m in profile.cuts if m.name == neighbour.through[0])
    share = dict(first.outside).get(neighbour.name, neighbour.shared)
    also = f", of {', '.join(neighbour.through[1:])} too" if len(neighbour.through) > 1 else ""
    said = "" if neighbour.named else "; not named at all"
    held = f"{share:.0%} of the {first.name} labour market lives there"
    return f"{neighbour.name} ({held}{also}{said})"


def _figure(neighbour: Neighbour, profile: AreaProfile) -> Figure:
    market = next(m for m in profile.cuts if m.name == neighbour.through[0])
    return Figure(
        label=f"Residents of the {market.name} travel-to-work area in {neighbour.name}",
        value=dict(market.outside).get(neighbour.name, neighbour.shared),
        unit="share",
        source=_SOURCE,
        year=2011,
        region=profile.area.name,
        detail=f"{market.inside:.0%} live in {profile.area.name}",
    )


CHECK = Check(
    name="shared-labour-market",
    level="document",
    options=Options,
    holes={
        "area": "Oxfordshire",
        "n": "1 neighbour",
        "neighbours": "Northamptonshire (31 % of the Banbury labour market lives there)",
        "more": "",
    },
    run=_run,
    needs=frozenset({"places"}),
    doc="Neighbours that have at least a share of a labour market which the boundary cuts, and "
    "that the text never names where it speaks of working together.",
)
