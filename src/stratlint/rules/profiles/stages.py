"""The stages A to E of a regional innovation journey, read from what a text says is done.

Source of the stages and of the critical moment before each: *Making innovative places*,
NESTA 2008.
"""

from __future__ import annotations

from collections.abc import Mapping

from stratlint.records import Record
from stratlint.rules.themes import Sighting
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

STAGES: Mapping[str, str] = {
    "A": "gathering enthusiasts",
    "B": "vision and strategy",
    "C": "piloting",
    "D": "mainstreaming",
    "E": "renewal",
}
MOMENTS: Mapping[str, str] = {
    "A": "acknowledging the problem",
    "B": "conflict between partners",
    "C": "moving from planning to action",
    "D": "sustaining momentum",
    "E": "renewing the leadership",
}
"""The critical moment that stands before each stage."""

ENOUGH = 2
"""Sentences that a stage needs before the document is placed there."""


class Standing(Record, frozen=True):
    """Where a document stands: ``stage`` is None when it cannot be told.

    ``counts`` holds the sentences seen for each stage; ``ahead`` is the next stage and
    ``prepared`` whether the text deals with the critical moment before it.
    """

    stage: str | None
    counts: dict[str, int]
    evidence: tuple[Match, ...]
    ahead: str
    prepared: bool
    preparation: tuple[Match, ...]


def stage_of(view: View, world: World) -> Standing:
    """The latest stage for which at least two sentences speak.

    Later stages rest on earlier ones, so the latest with enough evidence is where a region
    stands; a single sentence about renewal does not make a mature journey.
    """
    return view.remember("journey", lambda: _stage_of(view, world))


def _stage_of(view: View, world: World) -> Standing:
    seen = {s: world.theme(view, f"stage_{s.lower()}").sightings for s in STAGES}
    counts = {s: len({x.match.sentence for x in seen[s]}) for s in STAGES}
    reached = [s for s in STAGES if counts[s] >= ENOUGH]
    stage = reached[-1] if reached else None
    ahead = "" if stage is None else _next(stage)
    preparation: tuple[Sighting, ...] = ()
    # A new cycle begins where the old one ends: renewing the leadership prepares for it too.
    for moment in ("A", "E") if stage == "E" else ahead:
        preparation += world.theme(view, f"moment_{moment.lower()}").sightings
    shown = seen[stage] if stage else tuple(x for s in STAGES for x in seen[s])
    return Standing(
        stage=stage,
        counts=counts,
        evidence=tuple(x.match for x in shown[:4]),
        ahead=ahead,
        prepared=bool(preparation),
        preparation=tuple(x.match for x in preparation[:2]),
    )


def _next(stage: str) -> str:
    """The stage after; renewal begins a new cycle with its coalition."""
    letters = list(STAGES)
    return letters[(letters.index(stage) + 1) % len(letters)]
