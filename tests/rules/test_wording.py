from __future__ import annotations

import pytest

from stratlint.rules.checks.evidence import _years
from stratlint.rules.wording import short_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.4, "0.40"),
        (0.994, "0.99"),
        (0.9971, "0.997"),
        (0.99996, "0.99996"),
        (1 - 1e-9, "just under 1"),
    ],
)
def test_what_is_below_a_mark_is_shown_below_it(value: float, said: str) -> None:
    assert short_of(value, 1.0) == said


def test_years_are_counted_as_people_count_them() -> None:
    assert [_years(1, 1), _years(3, 3), _years(2, 3)] == [
        "that year",
        "each of 3 years",
        "2 of 3 years",
    ]
