"""The trained classifier as text: weights by feature, read once, added up per mention.

The file is JSON with sorted keys and one feature a line, made by ``stratlint train``, so that
a change of the model is a diff that people can read. No code and no pickle is in it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from stratlint.errors import FileFault
from stratlint.knowledge.files import file_record
from stratlint.records import Commitment, Feature, Record
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

NONE = "none"
"""The ninth outcome: the words name no industry here."""
OUTCOMES: tuple[str, ...] = (*(c.value for c in Commitment), NONE)
FORMAT = 1


class ModelFile(Record, frozen=True):
    """What the file holds.

    ``weights`` maps a feature to one log-odds weight per outcome; ``temperature`` divides the
    sums before they become probabilities (Guo et al. 2017); ``thresholds`` are the least
    probabilities at which a mention is priority, committed, or kept at all.
    """

    format: int
    outcomes: tuple[str, ...]
    temperature: float
    thresholds: dict[str, float]
    card: dict[str, Any]
    weights: dict[str, tuple[float, ...]]


class Model:
    """Scores mentions: a lookup and a sum per mention, no learner at run time."""

    def __init__(self, file: ModelFile) -> None:
        self.file = file
        self._index = {name: row for row, name in enumerate(file.weights)}
        self._weights: NDArray[np.float64] = np.array(
            list(file.weights.values()), dtype=np.float64
        ).reshape(len(file.weights), len(file.outcomes))
        self._pulls = self._weights - self._weights.mean(axis=1, keepdims=True)

    def scores(self, features: Mapping[str, float]) -> NDArray[np.float64]:
        """Summed weights per outcome, before they become probabilities."""
        found = [*map(self._index.get, features)]
        rows = [row for row in found if row is not None]
        if not rows:
            return np.zeros(len(self.file.outcomes))
        values = [
            value for row, value in zip(found, features.values(), strict=True) if row is not None
        ]
        summed: NDArray[np.float64] = np.asarray(values) @ self._weights[rows]
        return summed

    def deciding(
        self, features: Mapping[str, float], outcome: str, *, limit: int = 8
    ) -> tuple[Feature, ...]:
        """Return the features that pulled most towards or away from an outcome.

        A pull is the weight for the outcome above the mean weight over all outcomes.
        """
        index = self._index
        known = [name for name in features if name in index and name != "always"]
        values = np.array([*map(features.__getitem__, known)])
        column = self.file.outcomes.index(outcome)
        pulls = values * self._pulls[[*map(index.__getitem__, known)], column]
        strength = np.abs(pulls)
        most = len(known)
        if most > limit:
            # All as strong as the last one that is named: of those the name decides.
            strong = strength >= np.partition(strength, most - limit)[most - limit]
            known = [known[i] for i in np.flatnonzero(strong)]
            pulls = pulls[strong]
        named = sorted(
            (-abs(pull), name, pull) for pull, name in zip(pulls.tolist(), known, strict=True)
        )
        return tuple(
            Feature(name=name, weight=round(pull, 3)) for _, name, pull in named[:limit] if pull
        )


def read_model(path: Path) -> Model:
    """Read a model file. Raises FileFault when it is not one."""
    file = file_record(path, ModelFile, "a model of stratlint")
    width = len(file.outcomes)
    if file.format != FORMAT or file.outcomes != OUTCOMES:
        raise FileFault("made by another version of stratlint: train it again", path=str(path))
    if any(len(row) != width for row in file.weights.values()) or file.temperature <= 0:
        raise FileFault(f"each feature needs {width} weights", path=str(path))
    return Model(file)


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that comes with stratlint."""
    return read_model(data_dir("rules") / "language" / "commitment-model.json")


def write_model(file: ModelFile) -> str:
    """Return the text of a model file: the card first, then one feature a line, sorted."""
    head = {
        "format": file.format,
        "outcomes": file.outcomes,
        "temperature": file.temperature,
        "thresholds": dict(sorted(file.thresholds.items())),
        "card": file.card,
    }
    lines = [f"  {_json(name)}: {_json(file.weights[name])}" for name in sorted(file.weights)]
    opening = msgspec.json.format(msgspec.json.encode(head), indent=1).decode()
    return opening.removesuffix("\n}") + ',\n "weights": {\n' + ",\n".join(lines) + "\n }\n}\n"


def _json(value: str | Sequence[float]) -> str:
    return msgspec.json.encode(value).decode()
