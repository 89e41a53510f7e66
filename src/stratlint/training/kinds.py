"""Fit the model that tells kinds of document apart, and say how it does on documents left out.

Learned from made texts (``rules/language/kind-examples.yaml``) and from documents whose kind a
table names. Only counts and weights are kept, no text.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from stratlint.atomic import write_atomically
from stratlint.documents import read
from stratlint.errors import FileFault, shown
from stratlint.knowledge.files import file_bytes
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.language.kinds import signs_of
from stratlint.records import Document, Kind, Record
from stratlint.resources import data_dir

STRENGTH = 2.0
"""Inverse of the penalty on weights: of .5, 2, 8 and 32 the least that was best on documents left
out."""
FOLDS = 10
"""Folds of the cross-validation; documents of one origin stay in one fold."""


class MadeText(Editable):
    """A made text of a kind."""

    kind: Kind
    title: str
    text: str


class MadeTexts(Editable):
    """``kind-examples.yaml``."""

    examples: tuple[MadeText, ...]


class Labelled(Record, frozen=True):
    """A document whose kind is known; ``origin`` names what must not be split from it."""

    document: Document
    kind: Kind
    origin: str
    weight: float = 1.0


def made_texts() -> list[Labelled]:
    """The made texts as documents."""
    path = data_dir("rules") / "language" / "kind-examples.yaml"
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, made in enumerate(load_yaml(path, MadeTexts).examples):
            file = Path(folder) / f"{number}.md"
            file.write_text(f"# {made.title}\n\n{made.text}", encoding="utf-8")
            found.append(Labelled(document=read(file), kind=made.kind, origin=f"made {number}"))
    return found


class _Row(Record):
    file: str
    kind: Kind
    origin: str


def listed(table: Path) -> list[Labelled]:
    """The documents of a table of kinds (JSON): path, kind and origin of each, beside the table."""
    try:
        rows = msgspec.json.decode(file_bytes(table), type=list[_Row])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"is no table of kinds ({error})", path=shown(table)) from None
    return [
        Labelled(document=read(table.parent / row.file), kind=row.kind, origin=row.origin)
        for row in rows
    ]


def fit(documents: Sequence[Labelled]) -> dict[str, Any]:
    """Weights by kind, with the share right on documents left out, by kind."""
    signs = [signs_of(item.document) for item in documents]
    features = sorted(signs[0].values)
    table = np.array([[sign.values[name] for name in features] for sign in signs])
    kinds = np.array([item.kind.value for item in documents])
    groups = np.array([item.origin for item in documents])
    learner = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced")
    told = cross_val_predict(learner, table, kinds, groups=groups, cv=GroupKFold(n_splits=FOLDS))
    learner.fit(table, kinds)
    return {
        "features": features,
        "weights": {
            str(kind): [round(float(w), 4) for w in row]
            for kind, row in zip(learner.classes_, learner.coef_, strict=True)
        },
        "biases": {
            str(kind): round(float(b), 4)
            for kind, b in zip(learner.classes_, learner.intercept_, strict=True)
        },
        "left_out": dict(sorted(_shares(kinds, told))),
        "documents": len(documents),
    }


def write_kinds(model: dict[str, Any], path: Path) -> str:
    """Write the weights, and say how documents left out were told."""
    write_atomically(path, json.dumps(model, indent=1) + "\n")
    return ", ".join(f"{kind} {share}" for kind, share in model["left_out"].items())


def _shares(kinds: Iterable[str], told: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Right of all, by kind."""
    pairs = list(zip(kinds, told, strict=True))
    for kind in {kind for kind, _ in pairs}:
        own = [said == kind for one, said in pairs if one == kind]
        yield str(kind), f"{sum(own)} of {len(own)}"
