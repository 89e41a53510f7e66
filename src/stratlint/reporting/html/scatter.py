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
_LETTER, _LINE = 5.8, 6.5
"""Room that a letter takes across, and a name up and down from its middle, in the picture's units
at 12 pixels: measured on Liberation Sans, the widest of the fonts that the page asks for."""
_ALONE = 3.0
"""How much farther others must be from a name above or below its point: it could be theirs."""
_MARK, _OFF = 4.0, 8.0
"""From a point's middle to its edge, and to its name."""


class Point(Record):
    """A choice: its quotient against its share of the document's commitments."""

    label: str
    name: str
    x: float
    y: float
    gap: Gap
    share: str
    lq: str
    text: tuple[float, float] | None
    """Where the point's name begins, and its base line, if it has room for one."""
    side: str = "middle"
    """Whether the name ends at its point, starts there or stands above or below."""


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
    places = [(_across(quotient.value), _up(share, top)) for *_, quotient, share in ranked]
    taken = [(x - 5, x + 5, y, _MARK) for x, y in places]
    points, names = [], 0
    for (analysis, priority, quotient, share), (x, y) in zip(ranked, places, strict=True):
        label = index.label(analysis.document.source)
        name = index.result.sector_name(priority.sector)
        width = len(f"{name}, {label}") * _LETTER
        text = _room(taken, x, y, width) if quotient.value < 1 and names < _LABELS else None
        names += text is not None
        points.append(
            Point(
                label=label,
                name=name,
                x=x,
                y=y,
                gap=gap(True, quotient),
                share=f"{share:.0%}",
                lq=f"{quotient.value:.2f}",
                text=text and text[:2],
                side=text[2] if text else "middle",
            )
        )
    marks = (0.125, 0.25, 0.5, 1, 2, 4, 8)
    words = ("⅛", "¼", "½", "1", "2", "4", "8")
    step = 0.1 if top > 0.25 else 0.05
    shares = [i * step for i in range(int(top / step) + 1)]
    return Scatter(
        points=tuple(points),
        across=tuple((_across(m), w) for m, w in zip(marks, words, strict=True)),
        up=tuple((_up(s, top), f"{s:.0%}") for s in shares),
        middle=_across(1),
    )


def _room(
    taken: list[tuple[float, float, float, float]], x: float, y: float, width: float
) -> tuple[float, float, str] | None:
    """Where a point's name covers nothing: left of it, right, above or below; then it is taken.

    No name runs over the heavy line either, on whose other side it would be read.
    """
    line = _across(1)
    for begin, middle, side in (
        (x - _OFF - width, y, "end"),
        (x + _OFF, y, "start"),
        (x - width / 2, y - 12, "middle"),
        (x - width / 2, y + 12, "middle"),
    ):
        end = begin + width
        alone = _ALONE if side == "middle" else 0.0
        clash = begin < line < end or any(
            # Its own point does not stand in its way.
            abs(middle - other) < _LINE + half + (alone if half == _MARK and other != y else 0.0)
            and begin < stop
            and start < end
            for start, stop, other, half in taken
        )
        if not clash and begin >= LEFT and end <= WIDTH and middle < HEIGHT - BOTTOM:
            taken.append((begin, end, middle, _LINE))
            return round(begin, 1), round(middle + 4, 1), side
    return None


def _across(value: float) -> float:
    octave = max(-_OCTAVES, min(_OCTAVES, math.log2(max(value, 0.001))))
    return round(LEFT + 8 + (octave + _OCTAVES) / (2 * _OCTAVES) * (WIDTH - LEFT - 16), 1)


def _up(share: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - share / top * (HEIGHT - BOTTOM - 16), 1)
