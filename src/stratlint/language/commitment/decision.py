"""From probabilities to a class: one mention, and all mentions of a sector in a passage."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from stratlint.language.commitment.model import NONE, OUTCOMES
from stratlint.records import Commitment

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

_COLUMN = {name: index for index, name in enumerate(OUTCOMES)}
PRIORITY, SUPPORT = _COLUMN["priority"], _COLUMN["support"]
NOTHING = _COLUMN[NONE]
_REST = tuple(_COLUMN[c.value] for c in Commitment if not c.is_committed)


STATED = 0.15
"""Probability of priority from which a sentence that surely chooses is believed. Of mentions so
chosen on 1,136 passages nine in ten priorities lie above it and eight in ten others below."""
REFERRED = "chosen by reference"
"""What 'these two are our priorities' says of names in a sentence before: the classifier, which
has read that one alone, can say nothing against it."""
_OVERRULED = {
    "refused": Commitment.NEGATED,
    "demoted": Commitment.NEGATED,
    "past": Commitment.PAST,
    "other": Commitment.OTHER_ACTOR,
    "hedged": Commitment.HEDGED,
}
"""What a commitment becomes where the sentence surely says otherwise."""


def decide(
    probabilities: NDArray[np.float64], thresholds: Mapping[str, float], stated: str | None = None
) -> tuple[str, float]:
    """Return the outcome of one mention and its probability; ``stated`` is what its sentence says.

    A sentence that surely chooses needs little more; one that refuses, asks or reports others'
    choices overrules a commitment.
    """
    if stated == REFERRED:
        thresholds = {**thresholds, "priority": 0.0}
    if stated == "chosen":
        thresholds = {**thresholds, "priority": min(STATED, thresholds["priority"])}
    outcome, probability = _weighed(probabilities, thresholds)
    if outcome in ("priority", "support") and stated in _OVERRULED:
        overruled = _OVERRULED[stated]
        return overruled.value, max(probability, float(probabilities[_COLUMN[overruled.value]]))
    return outcome, probability


def _weighed(
    probabilities: NDArray[np.float64], thresholds: Mapping[str, float]
) -> tuple[str, float]:
    """Return the outcome that the classifier alone gives.

    ``thresholds`` has ``kept`` (least probability of any class at all), ``committed`` and
    ``priority``: chosen in training for the best F1 that keeps passages with nothing to find
    clean, which is not where each class is merely the likeliest.
    """
    nothing = float(probabilities[NOTHING])
    if 1.0 - nothing < thresholds["kept"]:
        return NONE, nothing
    priority = float(probabilities[PRIORITY])
    support = float(probabilities[SUPPORT])
    if priority >= thresholds["priority"]:
        return OUTCOMES[PRIORITY], priority
    if priority + support >= thresholds["committed"]:
        return OUTCOMES[SUPPORT], priority + support
    best = max(_REST, key=lambda column: float(probabilities[column]))
    return OUTCOMES[best], float(probabilities[best])


def pooled(rows: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Pool the mentions of one sector in a passage: the strongest commitment counts.

    The coding guide takes the stronger of two classes, so priority, and priority or support
    together, are the greatest over the mentions, and 'no industry' the least; the rest is
    shared as on average.
    """
    if len(rows) == 1:
        return rows[0]
    table = np.vstack(rows)
    nothing = float(table[:, NOTHING].min())
    priority = float(table[:, PRIORITY].max())
    committed = float((table[:, PRIORITY] + table[:, SUPPORT]).max())
    committed = min(max(committed, priority), 1.0 - nothing)
    priority = min(priority, committed)
    mean = table.mean(axis=0)
    result: NDArray[np.float64] = np.zeros(len(OUTCOMES))
    result[NOTHING], result[PRIORITY], result[SUPPORT] = nothing, priority, committed - priority
    rest = np.array(_REST)
    total = float(mean[rest].sum())
    result[rest] = mean[rest] / total * (1.0 - nothing - committed) if total else 0.0
    return result


SHARE = 0.8
"""How far the members of an enumeration take on what is said of all of them."""


def to_probabilities(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Turn summed weights into calibrated probabilities; they add up to one."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max())
    result: NDArray[np.float64] = powers / powers.sum()
    return result


def shared(
    scores: Sequence[NDArray[np.float64]], groups: Sequence[Hashable]
) -> list[NDArray[np.float64]]:
    """Let the members of one enumeration share what is said of them.

    'Our key sectors are a, b and c' says one thing of a, b and c. Log-odds among the eight
    classes move towards their mean over the members, weighted by how likely each names an
    industry; whether it does stays each member's own matter.
    """
    members: dict[Hashable, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        members[group].append(index)
    result = list(scores)
    for indexes in members.values():
        if len(indexes) > 1:
            table = np.vstack([scores[i] for i in indexes])
            for row, index in zip(_mixed(table), indexes, strict=True):
                result[index] = row
    return result


def _mixed(table: NDArray[np.float64]) -> NDArray[np.float64]:
    some = table[:, :NOTHING]
    total = _log_sum(some)
    within = some - total
    kept = 1.0 / (1.0 + np.exp(table[:, NOTHING] - total[:, 0]))
    mean = (within * kept[:, None]).sum(axis=0) / max(float(kept.sum()), 1e-9)
    mixed = (1.0 - SHARE) * within + SHARE * mean
    mixed = mixed - _log_sum(mixed) + total
    return np.hstack([mixed, table[:, NOTHING:]])


def _log_sum(table: NDArray[np.float64]) -> NDArray[np.float64]:
    top = table.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = top + np.log(np.exp(table - top).sum(axis=1, keepdims=True))
    return result
