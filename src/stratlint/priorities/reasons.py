"""What speaks for a sector or against it, place by place, and how it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from stratlint.priorities.points import Added, Place, Sign, points
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENOUGH = 1.0
"""Points from which a sector is chosen. Between .6 and 1 stood 29 sectors that readers had not
chosen and 4 that they had, in the 46 documents of the tuning: less costs precision alone."""
SHARES = (1.0, 0.5, 0.2, 0.2)
"""How much of the heaviest, the second and so on of the places that say the same counts."""


class Reason(Record, frozen=True):
    """What speaks for a sector or against it: its signs, their points, and what declares it.

    ``counted`` is how much of the points counts, beside heavier places that say the same.
    """

    signs: tuple[Place | Added | Sign, ...]
    points: float
    declaration: int | None = None
    counted: float = 1.0

    @property
    def says(self) -> str:
        """The signs in words."""
        return ", ".join(points().of(sign).says for sign in self.signs)


class Weight(Record, frozen=True):
    """What speaks for a sector and against it, and the surest declaration that chooses it."""

    sector: str
    chosen: float
    refused: float
    declared_by: int | None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether the sector is a priority."""
        return self.chosen >= ENOUGH and self.chosen > self.refused


def at(signs: Iterator[Place | Added] | tuple[Place | Added, ...], by: int | None = None) -> Reason:
    """The signs of one place with their points added up."""
    kept = tuple(signs)
    return Reason(
        signs=kept, points=round(sum(points().of(s).points for s in kept), 3), declaration=by
    )


def shown(sign: Sign, times: float = 1.0) -> Reason:
    """A sign of the whole document, and how often it counts."""
    return Reason(signs=(sign,), points=points().of(sign).points, counted=times)


def alone(weight: Weight) -> Weight:
    """A sector read as a priority in a short text that chooses nothing else."""
    return added(weight, shown(Sign.READ_ALONE))


def added(weight: Weight, more: Reason) -> Weight:
    """A weight with one more reason."""
    return msgspec.structs.replace(
        weight,
        chosen=round(weight.chosen + more.points * more.counted, 3),
        reasons=(*weight.reasons, more),
    )


def counted(places: Mapping[int, Reason]) -> list[Reason]:
    """The heaviest in full, the second by half, the rest by little: noise adds up in long texts."""
    speaking = (place for place in places.values() if place.points > 0)
    ordered = sorted(speaking, key=lambda place: -place.points)
    return [
        msgspec.structs.replace(place, counted=share)
        for place, share in zip(ordered, SHARES, strict=False)
    ]
