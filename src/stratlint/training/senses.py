"""Fit the sense filter on labelled passages (``stratlint train``).

A passage's label says that its text names a sector as an industry, not where; every
candidate of that sector in the passage shares the label and its weight. All figures are from
documents that the weights had not seen.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from stratlint.atomic import write_atomically
from stratlint.knowledge.yamlfile import load_yaml
from stratlint.language.pipeline import document_of, parse
from stratlint.language.sectors.sense_features import features_of, setting_of
from stratlint.language.sectors.senses import (
    LEAST_LISTED,
    MODEL_FILE,
    SenseExamples,
    SenseFrames,
    SenseModel,
    is_listed,
)
from stratlint.records import Commitment
from stratlint.resources import data_dir
from stratlint.training.gold import GoldPassage, data_hash, folds

FOLDS = 10
STRENGTH = 0.1
"""Inverse of the L2 penalty (scikit-learn's C)."""
RARE = 2
"""A feature is kept when this many candidates have it."""
_THRESHOLDS = tuple(round(0.30 + 0.02 * step, 2) for step in range(23))
_AS_GOOD = 0.005
"""F1 differences below this are noise: over documents the figure has a standard error of .007. With
.003 the folds chose from .52 to .62; lower thresholds let the classifier see more names."""
FILLS = {"industry": 5, "none": 10}
"""How often each frame is filled: all frames together weigh about as much as a quarter of the
labelled passages, so that they teach turns of phrase and do not outvote them."""
WORKED = 0.3
"""Weight of a worked example beside a labelled passage. Tuned on both: at .3 names in short
texts are found in .95 of cases instead of .91 and the figures over labelled passages stay; at 1
they fall by .005."""
_NEUTRAL = SenseModel(threshold=0.5, weights={})


class Case(NamedTuple):
    """A candidate to learn from; ``industry`` is None where coders disagreed."""

    passage: int
    sector: str
    features: list[str]
    industry: bool | None
    weight: float


class Score(NamedTuple):
    """Micro-averaged over (passage, sector)."""

    precision: float
    recall: float
    f1: float


def cases_of(passages: Sequence[GoldPassage]) -> list[Case]:
    """All candidates of the passages' own texts, with what the gold says of them."""
    found = []
    for number, passage in enumerate(passages):
        before = f"{passage.context_before}\n\n" if passage.context_before else ""
        text = before + passage.text
        blocks = [(0, len(passage.context_before)), (len(before), len(text))] if before else []
        parsed = parse(document_of(text, *blocks), senses=_NEUTRAL)
        setting = setting_of(parsed.words, parsed.candidates, [s.start for s in parsed.sentences])
        own = [c for c in setting.candidates if parsed.words.starts[c.first] >= len(before)]
        counts = Counter(c.term.sector for c in own)
        for candidate in own:
            sector = candidate.term.sector
            industry = None if sector in passage.disputed else sector in passage.labels
            features = features_of(setting, candidate)
            found.append(Case(number, sector, features, industry, 1.0 / counts[sector]))
    return found


def worked_cases() -> list[Case]:
    """The candidates of the worked examples, to learn from beside any passages."""
    path = data_dir("rules") / "language" / "sense-examples.yaml"
    file = load_yaml(path, SenseExamples)
    rows = [(e.text, e.sectors) for e in file.industry] + [(text, ()) for text in file.none]
    rows += _filled(file.frames)
    examples = [
        GoldPassage(id=str(number), text=text, labels=dict.fromkeys(sectors, Commitment.FACT))
        for number, (text, sectors) in enumerate(rows)
    ]
    return [c._replace(passage=-1, weight=c.weight * WORKED) for c in cases_of(examples)]


def _filled(frames: SenseFrames) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The frames with names in their holes: each name comes about as often as any other."""
    names = [(name, sector) for sector, own in sorted(frames.names.items()) for name in own]
    if not names:
        return
    # A step that shares no factor with the count visits every name before any comes twice.
    step = next(n for n in range(31, 31 + len(names)) if math.gcd(n, len(names)) == 1)
    at = 0
    for kind, texts in (("industry", frames.industry), ("none", frames.none)):
        for text in texts:
            for _ in range(FILLS[kind]):
                holes = text.count("{}")
                chosen = [names[(at + i) * step % len(names)] for i in range(holes)]
                at += holes
                filled = text.format(*(name for name, _ in chosen))
                said = tuple(sorted({sector for _, sector in chosen}))
                yield filled[0].upper() + filled[1:], said if kind == "industry" else ()


def fit_senses(passages: Sequence[GoldPassage], cases: Sequence[Case] | None = None) -> SenseModel:
    """Fit weights on all passages; threshold and figures come from cross-validation."""
    cases = cases_of(passages) if cases is None else cases
    worked = worked_cases()
    unseen = cross_probabilities(passages, cases, worked)
    threshold = best_threshold(passages, cases, unseen)
    figures = score(passages, cases, unseen, threshold)
    return SenseModel(
        threshold=threshold,
        weights=fit_weights([*cases, *worked]),
        card={
            "passages": len(passages),
            "documents": len({p.document for p in passages}),
            "candidates": len(cases),
            "data": data_hash(passages),
            "folds over documents": FOLDS,
            "cross-validated precision": round(figures.precision, 3),
            "cross-validated recall": round(figures.recall, 3),
            "cross-validated f1": round(figures.f1, 3),
        },
    )


def senses_without(passages: Sequence[GoldPassage]) -> list[SenseModel]:
    """For each passage, the filter that saw no passage of its document.

    Whatever learns from mentions must meet those that an unseen document would give; the
    shipped filter has seen these passages and lets too little through that is wrong.
    """
    cases = cases_of(passages)
    worked = worked_cases()
    fold_of = folds(passages, FOLDS)
    unseen: list[float] = [0.0] * len(cases)
    weights = []
    for fold in range(FOLDS):
        weights.append(fit_weights([*(c for c in cases if fold_of[c.passage] != fold), *worked]))
        model = SenseModel(threshold=0.0, weights=weights[fold])
        for index, case in enumerate(cases):
            if fold_of[case.passage] == fold:
                unseen[index] = model.probability(case.features)
    models = []
    for fold in range(FOLDS):
        others = {n for n, own in enumerate(fold_of) if own != fold}
        threshold = best_threshold(passages, cases, unseen, others)
        models.append(SenseModel(threshold=threshold, weights=weights[fold]))
    return [models[fold] for fold in fold_of]


def best_threshold(
    passages: Sequence[GoldPassage],
    cases: Sequence[Case],
    probabilities: Sequence[float],
    among: Collection[int] | None = None,
) -> float:
    """Return the lowest threshold that is as good as the best, on the passages ``among`` all.

    The curve is flat at its top; what follows can still drop a mention, not find a lost one.
    """
    f1 = {t: score(passages, cases, probabilities, t, among).f1 for t in _THRESHOLDS}
    return min(t for t in _THRESHOLDS if f1[t] >= max(f1.values()) - _AS_GOOD)


def cross_probabilities(
    passages: Sequence[GoldPassage], cases: Sequence[Case], worked: Sequence[Case] = ()
) -> list[float]:
    """For each case the probability by weights that saw no passage of its document."""
    fold_of = folds(passages, FOLDS)
    probabilities = [0.0] * len(cases)
    for fold in range(FOLDS):
        weights = fit_weights([*(c for c in cases if fold_of[c.passage] != fold), *worked])
        model = SenseModel(threshold=0.0, weights=weights)
        for index, case in enumerate(cases):
            if fold_of[case.passage] == fold:
                probabilities[index] = model.probability(case.features)
    return probabilities


def fit_weights(cases: Iterable[Case]) -> dict[str, float]:
    """One log-odds weight a feature: logistic regression with an L2 penalty."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [case for case in cases if case.industry is not None]
    counts = Counter(name for case in known for name in set(case.features))
    rows = [{n: 1.0 for n in case.features if counts[n] >= RARE} for case in known]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(rows)
    learner = LogisticRegression(C=STRENGTH, max_iter=1000, fit_intercept=False)
    learner.fit(table, [bool(c.industry) for c in known], [c.weight for c in known])
    pairs = zip(vectorizer.feature_names_, learner.coef_[0], strict=True)
    return {str(n): round(float(w), 3) for n, w in sorted(pairs) if abs(w) >= 0.0005}


def score(
    passages: Sequence[GoldPassage],
    cases: Sequence[Case],
    probabilities: Sequence[float],
    threshold: float,
    among: Collection[int] | None = None,
) -> Score:
    """Precision, recall and F1 of the sets of sectors of the passages ``among`` all."""
    said: dict[int, set[str]] = defaultdict(set)
    for case, probability in zip(cases, probabilities, strict=True):
        listed = probability >= LEAST_LISTED and is_listed(case.features)
        if probability >= threshold or listed:
            said[case.passage].add(case.sector)
    hit = wrong = lost = 0
    for number, passage in enumerate(passages):
        if among is not None and number not in among:
            continue
        found, truth = said[number] - set(passage.disputed), set(passage.labels)
        hit += len(found & truth)
        wrong += len(found - truth)
        lost += len(truth - found)
    precision, recall = hit / max(1, hit + wrong), hit / max(1, hit + lost)
    return Score(precision, recall, 2 * hit / max(1, 2 * hit + wrong + lost))


def write_senses(model: SenseModel, folder: Path) -> Path:
    """Write the model as JSON, one weight a line, sorted, so that a change can be reviewed."""
    path = folder / MODEL_FILE
    write_atomically(path, msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    return path
