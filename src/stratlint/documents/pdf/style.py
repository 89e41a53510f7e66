"""What is usual in a document: the size of its body text and the step from line to line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.documents.pdf.segments import Segment


@dataclass(frozen=True, slots=True)
class Style:
    """Body size in points, whether body text is bold, and leading by type size.

    Sizes are rounded to halves of a point.
    """

    body: float
    bold: bool
    leading: dict[float, float]

    def step(self, size: float) -> float:
        """The usual distance between baselines at a type size."""
        known = self.leading.get(half(size))
        return known if known is not None else 1.22 * size


def half(size: float) -> float:
    """A size rounded to half a point: the same font set twice differs in the third decimal."""
    return round(size * 2) / 2


def document_style(columns: Iterable[Sequence[Segment]]) -> Style:
    """Measure the style of a document from its columns of lines."""
    sizes: Counter[float] = Counter()
    bold = letters = 0
    steps: dict[float, list[float]] = {}
    for lines in columns:
        for i, line in enumerate(lines):
            size = half(line.size)
            sizes[size] += len(line.text)
            if i and half(lines[i - 1].size) == size:
                step = line.base - lines[i - 1].base
                if 0.9 * size <= step <= 2.1 * size:
                    steps.setdefault(size, []).append(step)
    body = max(sizes, key=lambda s: (sizes[s], s), default=10.0)
    for lines in columns:
        for line in lines:
            if half(line.size) == body:
                letters += len(line.text)
                bold += len(line.text) if line.bold else 0
    leading = {size: _usual(values) for size, values in steps.items() if len(values) >= 3}
    return Style(body, 2 * bold > letters > 0, leading)


def _usual(steps: list[float]) -> float:
    """The commonest step, to half a point; the lower one where two are as common."""
    counts = Counter(round(s * 2) / 2 for s in steps)
    top = max(counts.values())
    mode = min(step for step, count in counts.items() if count >= 0.6 * top)
    return median(s for s in steps if abs(s - mode) <= 0.75)
