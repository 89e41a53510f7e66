from __future__ import annotations

import pytest

from stratlint.comparison.statistics.adjusting import adjusted


def test_the_worked_example_of_the_method() -> None:
    """Benjamini and Hochberg (1995), section 4: fifteen p-values, four called at .05."""
    values = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
        *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
    found = adjusted(values)
    assert sum(p <= 0.05 for p in found) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert found.tolist() == sorted(found)


def test_the_order_of_the_values_does_not_matter() -> None:
    assert adjusted([0.04, 0.01, 0.5]).tolist() == pytest.approx([0.06, 0.03, 0.5])


def test_no_value_is_above_a_larger_one_or_above_one() -> None:
    assert adjusted([0.02, 0.025, 0.9]).tolist() == pytest.approx([0.0375, 0.0375, 0.9])
    assert adjusted([0.9, 1.0]).tolist() == [1.0, 1.0]
    assert adjusted([]).size == 0
