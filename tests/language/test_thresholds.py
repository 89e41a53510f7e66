"""Thresholds: the middle of a plateau, not a peak."""

from __future__ import annotations

import pytest

from stratlint.training.thresholds import PLATEAU, _smoothed


def test_a_plateau_outweighs_a_peak() -> None:
    plateau = [0.5] * (2 * PLATEAU + 1)
    values = [0.1, 0.6, 0.1, *([0.1] * PLATEAU), *plateau, 0.1]
    smooth = _smoothed(values)
    middle = 3 + PLATEAU + PLATEAU
    assert max(range(len(values)), key=smooth.__getitem__) == middle
    assert smooth[middle] == pytest.approx(0.5)
    assert len(smooth) == len(values)
