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
from stratlint.language.commitment.decision import shared, to_probabilities
from stratlint.language.commitment.model import FORMAT, OUTCOMES, Model, ModelFile
from stratlint.records import Record
from stratlint.training.evaluation import evaluate
from stratlint.training.examples import EXAMPLE
from stratlint.training.gold import data_hash, folds
from stratlint.training.instances import (
    LABELLED,
    Instance,
    instances,
    labelled_instances,
    worked_instances,
)
from stratlint.training.thresholds import (
    best_temperature,
    choose_thresholds,
    label_passages,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.training.gold import GoldPassage

FOLDS = 10
STRENGTH = 0.05
"""Inverse of the L2 penalty (scikit-learn's C)."""
LEAST = 0.02
"""A feature is written when one of its weights is at least so large: the others decide little."""
RARE = 2
"""A word feature is kept when this many documents have it."""


class CrossValidation(Record, frozen=True):
    """What unseen documents would get: chosen constants, and labels by passage id.

    ``beside`` holds the labels of passages that were learnt from beside those of ``labels``.
    """

    temperature: float
    thresholds: dict[str, float]
    labels: dict[str, dict[str, str]]
    beside: dict[str, dict[str, str]]


def cross_validate(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
    *,
    worked: Sequence[Instance] = (),
    labelled: Sequence[Instance] = (),
    count: int = FOLDS,
    learnt_from: Collection[str] | None = None,
) -> CrossValidation:
    """Label each passage with a model that saw no passage of its document.

    Temperature and thresholds are chosen in the same way: for each fold on the others, so that
    the figures are those of constants that had not seen the fold either. The constants that are
    returned are chosen on all folds, for the model that is trained on all. ``worked`` and
    ``labelled`` mentions are learnt from beside the others and choose nothing. With
    ``learnt_from``, only the passages of these documents are learnt from (a learning curve).
    """
    fold_of = dict(zip((p.document for p in passages), folds(passages, count), strict=True))
    kept = [i for i in found if learnt_from is None or i.document in learnt_from]
    unseen = cross_scores(kept, [*worked, *labelled], fold_of, found, count)
    aside_unseen = cross_scores(kept, [*worked, *labelled], fold_of, labelled, count)
    labels: dict[str, dict[str, str]] = {p.id: {} for p in passages}
    aside: dict[str, dict[str, str]] = {}
    for fold in range(count):
        others = [p for p in passages if fold_of[p.document] != fold]
        rest, scores = _part(found, unseen, fold_of, fold, False)
        heat = best_temperature(rest, scores)
        thresholds = choose_thresholds(others, rest, _warmed(scores, heat))
        mine, scores = _part(found, unseen, fold_of, fold, True)
        labels |= label_passages(mine, _warmed(scores, heat), thresholds)
        mine, scores = _part(labelled, aside_unseen, fold_of, fold, True)
        aside |= label_passages(mine, _warmed(scores, heat), thresholds)
    temperature = best_temperature(found, unseen)
    probabilities = _warmed(unseen, temperature)
    return CrossValidation(
        temperature=temperature,
        thresholds=choose_thresholds(passages, found, probabilities),
        labels=labels,
        beside=aside,
    )


def _warmed(scores: Sequence[NDArray[np.float64]], temperature: float) -> list[NDArray[np.float64]]:
    return [to_probabilities(row, temperature) for row in scores]


def _part(
    found: Sequence[Instance],
    rows: Sequence[NDArray[np.float64]],
    fold_of: Mapping[str, int],
    fold: int,
    inside: bool,
) -> tuple[list[Instance], list[NDArray[np.float64]]]:
    """The mentions of one fold, or of all others, with their rows."""
    kept = [
        (instance, row)
        for instance, row in zip(found, rows, strict=True)
        if (fold_of.get(instance.document, 0) == fold) is inside
    ]
    return [instance for instance, _ in kept], [row for _, row in kept]


def train(
    passages: Sequence[GoldPassage],
    *,
    labelled: Sequence[GoldPassage] = (),
    count: int = FOLDS,
) -> ModelFile:
    """Train on all passages given; the card says what unseen documents would get.

    ``labelled`` passages, from whole documents, are learnt from beside the others; figures and
    thresholds are of ``passages`` alone.
    """
    found = instances(passages)
    worked = worked_instances()
    beside = labelled_instances(labelled, passages)
    result = cross_validate(passages, found, worked=worked, labelled=beside, count=count)
    weights = fit([i for i in (*found, *worked, *beside) if i.outcome is not None])
    card = _card(passages, found, result.labels, count, len(weights))
    card["worked examples"] = len({i.passage for i in worked})
    card["labelled beside"] = {
        "passages": len(labelled),
        "documents": len({p.document for p in labelled}),
        "mentions": len(beside),
        "weight": LABELLED,
        "data hash": data_hash(labelled),
    }
    return ModelFile(
        format=FORMAT,
        outcomes=OUTCOMES,
        temperature=result.temperature,
        thresholds=result.thresholds,
        card=card,
        weights=weights,
    )


def cross_scores(
    found: Sequence[Instance],
    beside: Sequence[Instance],
    fold_of: Mapping[str, int],
    wanted: Sequence[Instance],
    count: int,
) -> list[NDArray[np.float64]]:
    """Score each wanted mention with a model that saw no passage of its document.

    A document that ``fold_of`` does not have counts as of the first fold.
    """
    scores: list[NDArray[np.float64]] = [np.zeros(len(OUTCOMES))] * len(wanted)
    known = [i for i in (*found, *beside) if i.outcome is not None]
    for fold in sorted({fold_of.get(i.document, 0) for i in wanted} & set(range(count))):
        seen = [i for i in known if fold_of.get(i.document, _fold(i)) != fold]
        if not seen:
            continue
        model = _plain(fit(seen))
        for index, instance in enumerate(wanted):
            if fold_of.get(instance.document, 0) == fold:
                scores[index] = model.scores(instance.features)
    return shared(scores, [(i.passage, *i.group) for i in wanted])


def _fold(instance: Instance) -> int:
    """The fold of a document outside the gold: the first, or none for a worked example."""
    return -1 if instance.document.startswith(EXAMPLE) else 0


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
        row = tuple(
            round(float(coefficients[column[o], index]), 4) if o in column else fallback
            for o in OUTCOMES
        )
        if name == "always" or max(map(abs, row)) >= LEAST:
            weights[str(name)] = row
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


def _card(
    passages: Sequence[GoldPassage],
    found: Sequence[Instance],
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
