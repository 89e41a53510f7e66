"""Temperature and thresholds, chosen on predictions for documents the model had not seen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from stratlint.language.commitment.decide import pooled_statement
from stratlint.language.commitment.decision import decide, pooled
from stratlint.language.commitment.model import NONE, OUTCOMES
from stratlint.training.evaluation import TARGETS, Tally, tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.training.gold import GoldPassage
    from stratlint.training.instances import Instance

CLEAN = {"committed": 0.88, "priority": 0.965}
"""Shares of passages with nothing to find in which nothing may be said, above the floors."""
PLATEAU = 3
"""Steps of the grid to either side whose F1 counts for a threshold."""
EQUAL = 0.01
"""F1 within which two thresholds are as good as each other."""
_GRID = tuple(round(0.05 + 0.025 * step, 3) for step in range(35))


def best_temperature(found: Sequence[Instance], scores: Sequence[NDArray[np.float64]]) -> float:
    """Temperature with the least log loss on unseen documents (Guo et al. 2017)."""
    known = [
        (s, OUTCOMES.index(i.outcome)) for s, i in zip(scores, found, strict=True) if i.outcome
    ]
    table = np.vstack([s for s, _ in known])
    right = np.array([column for _, column in known])

    def loss(temperature: float) -> float:
        scaled = table / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(log[np.arange(len(right)), right].mean())

    return min((round(0.5 + 0.05 * step, 2) for step in range(51)), key=loss)


def label_passages(
    found: Sequence[Instance],
    probabilities: Sequence[NDArray[np.float64]],
    thresholds: Mapping[str, float],
) -> dict[str, dict[str, str]]:
    """Labels of each passage that has mentions: passage id to sector to class."""
    rows: dict[tuple[str, str], list[NDArray[np.float64]]] = defaultdict(list)
    stated: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for instance, row in zip(found, probabilities, strict=True):
        rows[instance.passage, instance.sector].append(row)
        stated[instance.passage, instance.sector].append(instance.stated)
    labels: dict[str, dict[str, str]] = {}
    for (passage, sector), group in rows.items():
        said = pooled_statement(stated[passage, sector])
        outcome, _ = decide(pooled(group), thresholds, said)
        mine = labels.setdefault(passage, {})
        if outcome != NONE:
            mine[sector] = outcome
    return labels


def choose_thresholds(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
    probabilities: Sequence[NDArray[np.float64]],
) -> dict[str, float]:
    """Thresholds of greatest F1 on unseen documents that keep enough passages clean.

    One after the other: what is kept at all, then committed, then priority. The F1 of a
    threshold is the mean over its neighbours': the middle of a plateau holds on other
    documents, a peak does not. Of thresholds that are as good as each other the lowest is
    taken: other documents have turns of phrase that were never seen, and so lower
    probabilities for the same claims.
    """
    chosen = {"kept": 0.3, "committed": 1.1, "priority": 1.1}
    for name, target in (("kept", "mention"), ("committed", "committed"), ("priority", "priority")):
        totals = []
        for value in _GRID:
            trial = {**chosen, name: value}
            if name == "committed":
                trial["priority"] = 1.1
            totals.append(_total(passages, label_passages(found, probabilities, trial), target))
        f1 = _smoothed([total.f1 for total in totals])
        clean = [total.clean >= CLEAN.get(target, 0.0) for total in totals]
        best = max(zip(clean, f1, strict=True))
        chosen[name] = next(
            value
            for value, kept, height in zip(_GRID, clean, f1, strict=True)
            if kept == best[0] and height >= best[1] - EQUAL
        )
    return chosen


def _smoothed(values: Sequence[float]) -> list[float]:
    return [
        sum(values[max(0, i - PLATEAU) : i + PLATEAU + 1])
        / len(values[max(0, i - PLATEAU) : i + PLATEAU + 1])
        for i in range(len(values))
    ]


def _total(
    passages: Sequence[GoldPassage], labels: Mapping[str, Mapping[str, str]], target: str
) -> Tally:
    total = Tally()
    for passage in passages:
        total = total.plus(tally(passage, labels.get(passage.id, {}), TARGETS[target]))
    return total
