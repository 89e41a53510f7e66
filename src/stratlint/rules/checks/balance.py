"""Much of one theme and little of another: strengths without weaknesses, pilots without more."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Quotation
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.voice import NO_PLACE, is_of_a_place
from stratlint.rules.view import Match, View
from stratlint.rules.wording import count
from stratlint.rules.world import World


class Options(Editable):
    """Fires when ``theme`` has its sentences and ``against`` fewer than ``ratio`` times as many."""

    theme: str
    against_theme: str
    at_least: int = Field(default=3, ge=1)
    ratio: float = Field(default=0.25, ge=0)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    there = by_sentence(world, view, options.theme)
    against = by_sentence(world, view, options.against_theme)
    # A ratio of 0 asks for none at all on the other side.
    enough = len(against) >= max(1, options.ratio * len(there))
    if len(there) < options.at_least or enough:
        return
    quotations: list[Quotation] = [view.quote(m.start, m.end) for m in there[:3]]
    quotations += [view.quote(m.start, m.end) for m in against[:1]]
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "theme": world.lexicon.themes[options.theme].name,
            "n": len(there),
            "spoken": count(len(there), "sentence"),
            "against": world.lexicon.themes[options.against_theme].name,
            "n_against": len(against) or "none",
            "looked_for": world.lexicon.themes[options.against_theme].looked_for,
        },
        quotations=tuple(quotations),
        subject=f"{options.theme} {options.against_theme}",
    )


def by_sentence(world: World, view: View, theme: str) -> list[Match]:
    """The first sighting of a theme in each sentence, in order."""
    found: dict[int, Match] = {}
    for sighting in sorted(world.theme(view, theme).sightings, key=lambda s: s.match.start):
        found.setdefault(sighting.match.sentence, sighting.match)
    return list(found.values())


CHECK = Check(
    name="theme-balance",
    level="document",
    options=Options,
    holes={
        "theme": "strengths",
        "n": 12,
        "spoken": "12 sentences",
        "against": "weaknesses",
        "n_against": 1,
        "looked_for": "weaknesses, gaps, lags",
    },
    run=_run,
    doc="One theme in many sentences, another in too few beside it.",
)
