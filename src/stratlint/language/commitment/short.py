"""Short texts: what a sentence chooses whose words no frame knows.

In a note, a summary or a resolution one sentence speaks for the whole. Where no declaration of a
short text chooses anything, a small classifier over the same features as the other decides which
names are chosen. It has learnt from short cases by several authors (``stratlint train --short``);
its file is ``rules/language/short-model.json``, one feature a line.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint.knowledge.files import file_record
from stratlint.records import Record
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHORT = 40
"""Sentences of a text in which one sentence speaks for it. In whole strategies more is chosen in
passing."""
FILE = "short-model.json"


class ShortModel(Record, frozen=True):
    """Log-odds by feature that a name is chosen; ``threshold`` is the least probability."""

    threshold: float
    card: dict[str, Any]
    weights: dict[str, float]

    def odds(self, features: Mapping[str, float]) -> float:
        """The log-odds that a short text chooses a name."""
        weights = self.weights
        return sum(weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is that a short text chooses a name."""
        return probability(self.odds(features))


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def read_short(path: Path) -> ShortModel:
    """Read a model file. Raises FileFault when it is not one."""
    return file_record(path, ShortModel, "a model for short texts")


@lru_cache(maxsize=1)
def shipped_short() -> ShortModel:
    """Return the model that comes with stratlint."""
    return read_short(data_dir("rules") / "language" / FILE)


def write_short(model: ShortModel) -> str:
    """Return the text of a model file: the card first, then one feature a line, sorted."""
    head = {"threshold": model.threshold, "card": model.card}
    opening = msgspec.json.format(msgspec.json.encode(head), indent=1).decode()
    lines = [
        f"  {msgspec.json.encode(name).decode()}: {model.weights[name]}"
        for name in sorted(model.weights)
    ]
    return opening.removesuffix("\n}") + ',\n "weights": {\n' + ",\n".join(lines) + "\n }\n}\n"
