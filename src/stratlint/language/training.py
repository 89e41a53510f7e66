"""Fit the commitment classifier on labelled passages, and say how good it is.

A multinomial logistic regression (scikit-learn) over named features. Everything that is
chosen (temperature, thresholds) is chosen on predictions for documents that the fitted model
had not seen; the figures on the card are from such predictions too.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from stratlint._version import __version__
from stratlint.language.commitment import read_passage
from stratlint.language.decision import decide, pooled, shared, to_probabilities
from stratlint.language.evaluation import TARGETS, Tally, evaluate, tally
from stratlint.language.examples import load_examples
from stratlint.language.features import features
from stratlint.language.gold import data_hash, folds
from stratlint.language.model import FORMAT, NONE, OUTCOMES, Model, ModelFile
from stratlint.language.senses_training import senses_without
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.language.gold import GoldPassage
    from stratlint.language.senses import SenseModel

FOLDS = 10
STRENGTH = 0.15
"""Inverse of the L2 penalty (scikit-learn's C)."""
RARE = 2
"""A word feature is kept when this many documents have it."""
CLEAN = {"committed": 0.90, "priority": 0.965}
"""Shares of passages with nothing to find in which nothing may be said, above the floors."""
_GRID = tuple(round(0.05 + 0.025 * step, 3) for step in range(35))

Features = dict[str, float]


class Instance(Record, frozen=True):
    """A mention to learn from: its passage, sector, features and outcome."""

    passage: str
    document: str
    sector: str
    features: dict[str, float]
    outcome: str | None
    group: tuple[int, int] = (0, 0)
    weight: float = 1.0


def instances(
    passages: Sequence[GoldPassage], filters: Sequence[SenseModel | None] | None = None
) -> list[Instance]:
    """Find the mentions of labelled passages; disputed ones have no outcome.

    A label belongs to (passage, sector): several mentions share it and its weight.
    """
    # Mentions to learn from are those that an unseen document would give: the sense filter
    # that reads a passage has not seen its document.
    filters = senses_without(passages) if filters is None else filters
    found: list[Instance] = []
    for passage, senses in zip(passages, filters, strict=True):
        _, hits, contexts = read_passage(passage, senses)
        counts = Counter(hit.sector for hit in hits)
        for hit, context in zip(hits, contexts, strict=True):
            label = passage.labels.get(hit.sector)
            outcome = None if hit.sector in passage.disputed else (label.value if label else NONE)
            found.append(
                Instance(
                    passage=passage.id,
                    document=passage.document,
                    sector=hit.sector,
                    features=features(context),
                    outcome=outcome,
                    group=context.group,
                    weight=1.0 / counts[hit.sector],
                )
            )
    return found


class CrossValidation(Record, frozen=True):
    """What unseen documents would get: chosen constants, and labels by passage id."""

    temperature: float
    thresholds: dict[str, float]
    labels: dict[str, dict[str, str]]


def worked_instances() -> list[Instance]:
    """Find the mentions of the worked examples, to learn from beside any passages."""
    examples = load_examples()
    kept = [None] * len(examples)
    return [i for i in instances(examples, kept) if i.outcome != NONE]


def cross_validate(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
    *,
    worked: Sequence[Instance] = (),
    count: int = FOLDS,
) -> CrossValidation:
    """Label each passage with a model that saw no passage of its document.

    Thresholds are chosen in the same way: for each fold on the others, so that the figures
    are those of thresholds that had not seen the fold either. The constants that are
    returned are chosen on all folds, for the model that is trained on all.
    """
    unseen = cross_scores(passages, found, worked, count)
    temperature = _temperature(found, unseen)
    probabilities = [to_probabilities(row, temperature) for row in unseen]
    fold_of = dict(zip((p.id for p in passages), folds(passages, count), strict=True))
    labels: dict[str, dict[str, str]] = {p.id: {} for p in passages}
    for fold in range(count):
        others = [p for p in passages if fold_of[p.id] != fold]
        seen = [
            (i, r) for i, r in zip(found, probabilities, strict=True) if fold_of[i.passage] != fold
        ]
        mine = [
            (i, r) for i, r in zip(found, probabilities, strict=True) if fold_of[i.passage] == fold
        ]
        thresholds = choose_thresholds(others, [i for i, _ in seen], [r for _, r in seen])
        labels |= label_passages([i for i, _ in mine], [r for _, r in mine], thresholds)
    return CrossValidation(
        temperature=temperature,
        thresholds=choose_thresholds(passages, found, probabilities),
        labels=labels,
    )


def train(passages: Sequence[GoldPassage], *, count: int = FOLDS) -> ModelFile:
    """Train on all passages given; the card says what unseen documents would get."""
    found = instances(passages)
    worked = worked_instances()
    result = cross_validate(passages, found, worked=worked, count=count)
    weights = fit([*(i for i in found if i.outcome is not None), *worked])
    return ModelFile(
        format=FORMAT,
        outcomes=OUTCOMES,
        temperature=result.temperature,
        thresholds=result.thresholds,
        card=_card(passages, found, worked, result.labels, count, len(weights)),
        weights=weights,
    )


def cross_scores(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
    worked: Sequence[Instance],
    count: int,
) -> list[NDArray[np.float64]]:
    """Score each mention with a model that saw no passage of its document."""
    fold_of = dict(zip((p.id for p in passages), folds(passages, count), strict=True))
    scores: list[NDArray[np.float64]] = [np.zeros(len(OUTCOMES))] * len(found)
    for fold in range(count):
        seen = [i for i in found if fold_of[i.passage] != fold and i.outcome is not None]
        if not seen:
            continue
        model = _plain(fit([*seen, *worked]))
        for index, instance in enumerate(found):
            if fold_of[instance.passage] == fold:
                scores[index] = model.scores(instance.features)
    return shared(scores, [(i.passage, *i.group) for i in found])


def fit(seen: Sequence[Instance]) -> dict[str, tuple[float, ...]]:
    """Fit the weights: per feature, one log-odds weight for each outcome."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    kept = _common(seen)
    rows = [{n: v for n, v in i.features.items() if n in kept} for i in seen]
    vectorizer = DictVectorizer(sparse=True)
    table = vectorizer.fit_transform(rows)
    learner = LogisticRegression(C=STRENGTH, max_iter=400, tol=1e-4, fit_intercept=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        learner.fit(table, [i.outcome for i in seen], [i.weight for i in seen])
    column = {str(name): index for index, name in enumerate(learner.classes_)}
    coefficients: NDArray[np.float64] = learner.coef_
    absent = float(coefficients.min()) - 5.0
    weights: dict[str, tuple[float, ...]] = {}
    for index, name in enumerate(vectorizer.feature_names_):
        fallback = absent if name == "always" else 0.0
        weights[str(name)] = tuple(
            round(float(coefficients[column[o], index]), 4) if o in column else fallback
            for o in OUTCOMES
        )
    return weights


def _common(seen: Sequence[Instance]) -> frozenset[str]:
    documents: dict[str, set[str]] = defaultdict(set)
    for instance in seen:
        for name in instance.features:
            documents[name].add(instance.document)
    return frozenset(name for name, owners in documents.items() if len(owners) >= RARE)


def _plain(weights: dict[str, tuple[float, ...]]) -> Model:
    return Model(
        ModelFile(
            format=FORMAT,
            outcomes=OUTCOMES,
            temperature=1.0,
            thresholds={},
            card={},
            weights=weights,
        )
    )


def _temperature(found: Sequence[Instance], scores: Sequence[NDArray[np.float64]]) -> float:
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
    for instance, row in zip(found, probabilities, strict=True):
        rows[instance.passage, instance.sector].append(row)
    labels: dict[str, dict[str, str]] = {}
    for (passage, sector), group in rows.items():
        outcome, _ = decide(pooled(group), thresholds)
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

    One after the other: what is kept at all, then committed, then priority.
    """
    chosen = {"kept": 0.3, "committed": 1.1, "priority": 1.1}
    for name, target in (("kept", "mention"), ("committed", "committed"), ("priority", "priority")):
        best = (-1.0, -1.0, 0.5)
        for value in _GRID:
            trial = {**chosen, name: value}
            if name == "committed":
                trial["priority"] = 1.1
            total = _total(passages, label_passages(found, probabilities, trial), target)
            clean = total.clean >= CLEAN.get(target, 0.0)
            best = max(best, (float(clean), total.f1, value))
        chosen[name] = best[2]
    return chosen


def _total(
    passages: Sequence[GoldPassage], labels: Mapping[str, Mapping[str, str]], target: str
) -> Tally:
    total = Tally()
    for passage in passages:
        total = total.plus(tally(passage, labels.get(passage.id, {}), TARGETS[target]))
    return total


def _card(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
    worked: Sequence[Instance],
    predicted: Mapping[str, Mapping[str, str]],
    count: int,
    size: int,
) -> dict[str, Any]:
    result = evaluate(passages, {p.id: predicted.get(p.id, {}) for p in passages})
    return {
        "made by": f"stratlint train, version {__version__}",
        "learner": f"multinomial logistic regression (scikit-learn), L2, C = {STRENGTH}",
        "data hash": data_hash(passages),
        "documents": len({p.document for p in passages}),
        "passages": len(passages),
        "mentions": len(found),
        "worked examples": len({i.passage for i in worked}),
        "features": size,
        "labels": dict(
            sorted(Counter(c.value for p in passages for c in p.labels.values()).items())
        ),
        "folds": count,
        "split": "by document",
        "cross-validated": {
            name: {
                "cases": score.cases,
                "f1": round(score.f1, 3),
                "f1 95%": [round(v, 3) for v in score.f1_interval or ()],
                "precision": round(score.precision, 3),
                "recall": round(score.recall, 3),
                "clean": round(score.clean, 3),
            }
            for name, score in result.scores.items()
        },
        "class accuracy": round(result.class_accuracy, 3),
    }
