"""Marks of a location quotient: one scale, wherever a quotient is judged or shown.

Crawley, Beynon and Munday (2013) find cut-offs from 1 to 1.5 in use. Above 1 a place has more of
an industry than its size explains; at 1.25 that is more than rounding and a year's chance in
tables of regions; 1.5 is the mark that most studies of clusters take.
"""

from __future__ import annotations

from typing import NamedTuple

AVERAGE = 1.0
NOTABLE = 1.25
STRONG = 1.5


class Mark(NamedTuple):
    """A step of the scale: from ``at`` on, called ``name``."""

    at: float
    name: str


MARKS = (Mark(AVERAGE, "above average"), Mark(NOTABLE, "notable"), Mark(STRONG, "strong"))

CUTS = tuple(mark.at for mark in MARKS)
"""The marks as numbers, lowest first."""

KEYS = tuple(f"{cut:g}" if cut % 1 else f"{cut:.1f}" for cut in CUTS)
"""The marks as tables name them: '1.0', '1.25', '1.5'."""


def mark_of(value: float) -> str:
    """The name of the highest mark that a quotient reaches as it is printed, or 'below average'."""
    reached = [mark.name for mark in MARKS if round(value, 2) >= mark.at]
    return reached[-1] if reached else "below average"
