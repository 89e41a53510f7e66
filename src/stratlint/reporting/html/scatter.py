"""Claim against strength for all documents on one picture, with the table behind it."""

from __future__ import annotations

import math

from stratlint.records import Record
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index

WIDTH, HEIGHT = 640, 320
LEFT, BOTTOM = 46, 34
"""Room for the scale of shares and for the scale of quotients."""
_OCTAVES = 3
"""The axis of quotients runs from an eighth to eight times; what lies beyond stands at its end."""
_LABELS = 8
"""Points with a name: more of them cover each other."""
_LETTER, _LINE = 6.4, 13
"""Room that a name takes, in the picture's units at 12 pixels: measured on Helvetica."""


class Point(Record):
    """A choice: its quotient against its share of the document's commitments."""

    label: str
    name: str
    x: float
    y: float
    gap: Gap
    share: str
    lq: str
    named: bool


class Scatter(Record):
    """Points, and where the lines of the two scales stand, with their words."""

    points: tuple[Point, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    middle: float


def scatter(index: Index) -> Scatter | None:
    """The picture, or None where no choice has a reliable quotient."""
    found = []
    for analysis in index.ordered:
        total = sum(p.score for p in analysis.priorities)
        for priority in analysis.priorities:
            quotient = index.quotient(analysis, priority.sector)
            if quotient is None or not quotient.reliable or total <= 0:
                continue
            found.append((analysis, priority, quotient, priority.score / total))
    if not found:
        return None
    top = max(share for *_, share in found)
    # A name for what is claimed most with least behind it: the far upper left.
    ranked = sorted(found, key=lambda f: -f[3] * max(0.0, -math.log2(max(f[2].value, 0.01))))
    taken: list[tuple[float, float, float]] = []
    points = tuple(
        Point(
            label=(label := index.label(analysis.document.source)),
            name=(name := index.result.sector_name(priority.sector)),
            x=(x := _across(quotient.value)),
            y=(y := _up(share, top)),
            gap=gap(True, quotient),
            share=f"{share:.0%}",
            lq=f"{quotient.value:.2f}",
            named=quotient.value < 1 and _fits(taken, x, y, len(f"{name}, {label}")),
        )
        for analysis, priority, quotient, share in ranked
    )
    marks = (0.125, 0.25, 0.5, 1, 2, 4, 8)
    words = ("⅛", "¼", "½", "1", "2", "4", "8")
    step = 0.1 if top > 0.25 else 0.05
    shares = [i * step for i in range(int(top / step) + 1)]
    return Scatter(
        points=points,
        across=tuple((_across(m), w) for m, w in zip(marks, words, strict=True)),
        up=tuple((_up(s, top), f"{s:.0%}") for s in shares),
        middle=_across(1),
    )


def _fits(taken: list[tuple[float, float, float]], x: float, y: float, letters: int) -> bool:
    """Whether a name has room to the right of its point; if so, the room is taken."""
    end = x + 10 + letters * _LETTER
    clash = any(abs(y - other) < _LINE and x < stop and start < end for start, stop, other in taken)
    if clash or len(taken) >= _LABELS:
        return False
    taken.append((x, end, y))
    return True


def _across(value: float) -> float:
    octave = max(-_OCTAVES, min(_OCTAVES, math.log2(max(value, 0.001))))
    return round(LEFT + 8 + (octave + _OCTAVES) / (2 * _OCTAVES) * (WIDTH - LEFT - 16), 1)


def _up(share: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - share / top * (HEIGHT - BOTTOM - 16), 1)
