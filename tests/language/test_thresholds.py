"""Thresholds: the middle of a plateau, not a peak."""

from __future__ import annotations

import pytest

from stratlint.records import Commitment
from stratlint.training.gold import GoldPassage
from stratlint.training.senses import Case, best_threshold
from stratlint.training.thresholds import PLATEAU, _smoothed


def test_a_plateau_outweighs_a_peak() -> None:
    plateau = [0.5] * (2 * PLATEAU + 1)
    values = [0.1, 0.6, 0.1, *([0.1] * PLATEAU), *plateau, 0.1]
    smooth = _smoothed(values)
    middle = 3 + PLATEAU + PLATEAU
    assert max(range(len(values)), key=smooth.__getitem__) == middle
    assert smooth[middle] == pytest.approx(0.5)
    assert len(smooth) == len(values)


def test_a_fold_chooses_its_own_threshold_on_the_others() -> None:
    passages = [
        GoldPassage(id="1", text="", labels={"tourism": Commitment.FACT}),
        GoldPassage(id="2", text="", labels={}),
    ]
    cases = [Case(number, "tourism", [], None, 1.0) for number in range(2)]
    probabilities = [0.4, 0.6]
    assert best_threshold(passages, cases, probabilities, {0}) <= 0.4
    assert best_threshold(passages, cases, [0.4, 0.35], {0, 1}) > 0.35
