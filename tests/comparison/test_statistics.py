from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.comparison.statistics.distance import distance_table, jensen_shannon, krugman, mantel
from stratlint.comparison.statistics.keyness import keyness, log_likelihood, log_odds
from stratlint.comparison.statistics.overlap import (
    curveball,
    incidence,
    jaccard,
    overlap_coefficient,
    permutation_null,
)
from stratlint.comparison.statistics.seriation import seriate, seriate_matrix


def test_log_odds_with_informative_prior_reproduces_the_worked_value() -> None:
    found = log_odds(30, 10, 10_000, 12_000, 40, 22_000)
    assert found.delta == pytest.approx(0.3978, abs=5e-5)
    assert found.z == pytest.approx(2.148, abs=5e-4)


def test_log_likelihood_reproduces_the_worked_value() -> None:
    assert log_likelihood(30, 10, 10_000, 12_000) == pytest.approx(14.443, abs=5e-4)
    assert log_likelihood(5, 5, 100, 100) == pytest.approx(0.0)
    assert log_likelihood(0, 0, 100, 100) == 0.0


def test_jensen_shannon_reproduces_the_worked_value() -> None:
    assert jensen_shannon([0.5, 0.3, 0.2, 0.0], [0.25] * 4) == pytest.approx(0.1593, abs=5e-5)
    assert jensen_shannon([1, 0], [0, 1]) == pytest.approx(1.0)
    assert jensen_shannon([2, 2], [1, 1]) == pytest.approx(0.0)
    assert jensen_shannon([0, 0], [1, 1]) == 1.0


def test_keyness_keeps_raw_counts_and_can_use_another_reference() -> None:
    rows = keyness({"mill": 30, "the": 100}, {"mill": 2, "the": 110})
    assert rows[0][:3] == ("mill", 30, 2)
    assert rows[0][4] == pytest.approx(log_likelihood(30, 2, 130, 112))
    assert rows[0][3] > 2 > rows[1][3]
    other = keyness({"mill": 30, "the": 100}, {"mill": 60, "the": 50}, background={"mill": 9})
    assert {row[0]: row[3] for row in other}["mill"] < 0
    assert keyness({}, {}) == []


def test_set_measures() -> None:
    a, b = {"x", "y", "z"}, {"y", "z", "w", "v"}
    assert jaccard(a, b) == pytest.approx(2 / 5)
    assert overlap_coefficient(a, b) == pytest.approx(2 / 3)
    assert jaccard(set(), set()) == 0.0
    assert overlap_coefficient(a, set()) == 0.0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 7)), min_size=2, max_size=7),
    st.integers(0, 100),
)
def test_curveball_keeps_every_row_and_column_sum(rows: list[set[int]], seed: int) -> None:
    def columns(table: list[set[int]]) -> list[int]:
        return [sum(c in row for row in table) for c in range(8)]

    before = [len(row) for row in rows], columns(rows)
    shuffled = [set(row) for row in rows]
    curveball(shuffled, 50, np.random.default_rng(seed))
    assert ([len(row) for row in shuffled], columns(shuffled)) == before


def test_curveball_reaches_every_matrix_equally_often() -> None:
    rows = [{0}, {1}, {2}]
    generator = np.random.default_rng(5)
    seen: dict[tuple[int, ...], int] = {}
    for _ in range(3000):
        curveball(rows, 6, generator)
        key = tuple(min(row) for row in rows)
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 6
    assert max(seen.values()) / min(seen.values()) < 1.35


def test_the_null_finds_the_pair_that_is_closer_than_chance() -> None:
    columns = [str(n) for n in range(12)]
    sets = [{"0", "1", "2", "3"}, {"0", "1", "2", "3"}]
    sets += [{str((3 * i + k) % 12) for k in (4, 6, 9, 11)} for i in range(6)]
    matrix = incidence(sets, columns)
    null = permutation_null(matrix, permutations=300, seed=1)
    assert null.z[0, 1] == max(null.z[i, j] for i in range(8) for j in range(i))
    assert null.p[0, 1] < 0.05
    assert null.p.min() >= 1 / 301
    again = permutation_null(matrix, permutations=300, seed=1)
    assert np.array_equal(null.z, again.z)


def test_where_nothing_can_move_nothing_is_unusual() -> None:
    null = permutation_null(incidence([{"a"}, {"a"}], ["a"]), permutations=50)
    assert null.z[0, 1] == 0.0
    assert null.p[0, 1] == 1.0
    assert permutation_null(incidence([], [])).z.shape == (0, 0)


def test_krugman_runs_from_nought_to_two() -> None:
    a = {"10": 0.5, "21": 0.5}
    assert krugman(a, a) == 0.0
    assert krugman(a, {"72": 1.0}) == pytest.approx(2.0)
    assert krugman(a, {"10": 0.25, "21": 0.75}) == pytest.approx(0.5)


def test_mantel_agrees_with_itself_and_not_with_noise() -> None:
    generator = np.random.default_rng(3)
    points = generator.random((9, 2))
    table = np.linalg.norm(points[:, None] - points[None], axis=2)
    same = mantel(table, table * 3, permutations=199)
    assert same.r == pytest.approx(1.0)
    assert same.p == pytest.approx(1 / 200)
    noise = np.linalg.norm((other := generator.random((9, 2)))[:, None] - other[None], axis=2)
    assert mantel(table, noise, permutations=199).p > 0.05
    assert mantel(table[:3, :3], table[:3, :3]) == (0.0, 1.0, 3)


def test_distance_table_is_symmetric() -> None:
    structures = {"a": {"1": 1.0}, "b": {"2": 1.0}, "c": {"1": 0.5, "2": 0.5}}
    table = distance_table(["a", "b", "c"], structures)
    assert table[0, 1] == table[1, 0] == pytest.approx(2.0)
    assert table[0, 2] == pytest.approx(1.0)


def test_seriation_puts_a_line_in_its_order() -> None:
    places = np.array([4.0, 1.0, 3.0, 0.0, 2.0])
    order = [places[i] for i in seriate(np.abs(places[:, None] - places[None]))]
    assert order in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0])
    assert seriate(np.zeros((2, 2))) == [0, 1]


def test_a_matrix_is_ordered_on_both_sides() -> None:
    matrix = np.array([[0, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 0], [1, 1, 1, 1]], dtype=bool)
    rows, columns = seriate_matrix(matrix)
    assert sorted(rows) == [0, 1, 2, 3]
    assert columns[0] == 1
    assert columns[-1] == 3
    assert seriate_matrix(np.zeros((0, 0), dtype=bool)) == ([], [])
