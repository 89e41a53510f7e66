"""Fit the classifier of short texts on cases, and say what unseen authors would get.

A case is a line of JSON: ``text`` (Markdown), ``priorities``, and where they are known ``optional``
(sectors that may be taken or not) and ``source`` (who wrote it). Figures are cross-validated by
source: each author is judged by a model that read none of his cases.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint._version import __version__
from stratlint.knowledge.files import file_records
from stratlint.language.commitment.features import features
from stratlint.language.commitment.short import ShortModel
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRENGTH = 0.1
"""Inverse of the L2 penalty (scikit-learn's C). Between .05 and .3 nothing changes by more than a
case in a hundred."""
THRESHOLD = 0.66
"""Probability from which a name is chosen, where a text chooses nothing in known words. With each
of nine authors left out, .636 of 2,326 texts are right as a whole at .5 (precision .803, recall
.836), .640 at .6 (.829, .808), .647 at .69 (.862, .767): precision is promised, so the higher."""
LEAST, RARE = 0.03, 2
"""Least weight that is written; cases that must have a feature."""


class Case(Record, frozen=True):
    """A short text and the sectors that it chooses."""

    text: str
    priorities: tuple[str, ...]
    optional: tuple[str, ...] = ()
    source: str = ""


class _Named(Record, frozen=True):
    """A name in a case: its features, whether it is chosen, its share of its sector's weight."""

    case: int
    source: str
    sector: str
    features: dict[str, float]
    chosen: bool
    weight: float


def load_cases(path: Path) -> tuple[Case, ...]:
    """Load cases from a file of JSON Lines, or from each in a folder, one source a file.

    Raises FileFault with the line that is none.
    """
    if path.is_dir():
        return tuple(case for file in sorted(path.glob("*.jsonl")) for case in load_cases(file))
    return tuple(
        msgspec.structs.replace(case, source=case.source or path.stem)
        for case in file_records(path, Case, "a case")
    )


def fit_short(cases: Sequence[Case]) -> ShortModel:
    """Fit the weights on all cases; the card says what unseen authors would get."""
    found = list(_named(cases))
    card: dict[str, Any] = {
        "made by": f"stratlint train --short, version {__version__}",
        "learner": f"logistic regression (scikit-learn), L2, C = {STRENGTH}",
        "data hash": _hash(cases),
        "cases": len(cases),
        "names": len(found),
        "by source left out": _left_out(cases, found),
    }
    return ShortModel(threshold=THRESHOLD, card=card, weights=_fit(found))


def _named(cases: Sequence[Case]) -> Iterable[_Named]:
    from stratlint.documents import read
    from stratlint.language.commitment.decide import surrounded
    from stratlint.language.pipeline import parse

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.md"
        for number, case in enumerate(cases):
            path.write_text(case.text + "\n", encoding="utf-8")
            document = read(path)
            names = surrounded(document, parse(document))
            counts = Counter(context.sector for context in names.contexts)
            for context in names.contexts:
                if context.sector in case.optional:
                    continue
                yield _Named(
                    case=number,
                    source=case.source,
                    sector=context.sector,
                    features=features(context),
                    chosen=context.sector in case.priorities,
                    weight=1.0 / counts[context.sector],
                )


def _fit(found: Sequence[_Named]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    cases: dict[str, set[int]] = defaultdict(set)
    for name in found:
        for feature in name.features:
            cases[feature].add(name.case)
    vectorizer = DictVectorizer(sparse=True)
    table = vectorizer.fit_transform(
        [{k: v for k, v in n.features.items() if len(cases[k]) >= RARE} for n in found]
    )
    learner = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False)
    learner.fit(table, [n.chosen for n in found], [n.weight for n in found])
    return {
        str(name): round(float(weight), 4)
        for name, weight in zip(vectorizer.feature_names_, learner.coef_[0], strict=True)
        if abs(weight) >= LEAST or name == "always"
    }


def _left_out(cases: Sequence[Case], found: Sequence[_Named]) -> dict[str, dict[str, float]]:
    """Precision and recall of the names of each source, by a model that saw none of its cases."""
    figures = {}
    for source in sorted({case.source for case in cases}):
        model = ShortModel(
            threshold=THRESHOLD, card={}, weights=_fit([n for n in found if n.source != source])
        )
        taken = {
            (n.case, n.sector): n.chosen
            for n in found
            if n.source == source and model.probability(n.features) >= THRESHOLD
        }
        right = sum(taken.values())
        there = sum(len(case.priorities) for case in cases if case.source == source)
        figures[source] = {
            "cases": sum(case.source == source for case in cases),
            "precision": round(right / max(1, len(taken)), 3),
            "recall": round(right / max(1, there), 3),
        }
    return figures


def _hash(cases: Sequence[Case]) -> str:
    return hashlib.sha256(msgspec.json.encode(cases)).hexdigest()[:16]
