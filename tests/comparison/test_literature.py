"""Measures of the literature on priorities: each on a value that can be worked out by hand."""

from __future__ import annotations

from itertools import combinations, permutations, product

import msgspec
import numpy as np
import pytest

from stratlint.comparison import breadth, excess_overlap, krugman, mantel, mean_excess
from stratlint.comparison.statistics.fit import shares_above
from stratlint.comparison.statistics.keyness import likelihood_p
from stratlint.comparison.statistics.overlap import incidence, permutation_null
from stratlint.records import Commitment, Quotient
from tests.comparison.made_up import analysis, document

CODES = {"metals": ("24", "25"), "aerospace": ("30.3",), "rail": ("30.2", "49.1"), "odd": ()}


def test_breadth_counts_divisions_once_and_names_of_what_is_chosen() -> None:
    """Divisions 24, 25, 30 and 49 of 88; aerospace and rail share 30."""
    bare = analysis(document("a.txt", "text"), ("metals", "aerospace", "rail"))
    first = bare.mentions[0]
    more = (
        msgspec.structs.replace(first, term="Steel"),
        msgspec.structs.replace(first, term="steel"),
        msgspec.structs.replace(first, term="castings", commitment=Commitment.FACT),
        msgspec.structs.replace(first, sector="odd", term="odd"),
    )
    found = breadth(msgspec.structs.replace(bare, mentions=(*bare.mentions, *more)), CODES)
    assert (found.priorities, found.divisions, found.coverage) == (3, 4, 4 / 88)
    assert found.divisions_per_priority == pytest.approx((2 + 1 + 2) / 3)
    # metals, steel; aerospace; rail: what is only a fact and what is not chosen do not count.
    assert found.names == 4
    assert found.granularity == pytest.approx(4 / 3)


def test_breadth_of_nothing_is_nothing() -> None:
    found = breadth(analysis(document("a.txt", "text")), CODES)
    assert (found.priorities, found.divisions, found.coverage, found.names) == (0, 0, 0.0, 0)
    assert found.granularity is None
    assert found.divisions_per_priority is None


def test_excess_overlap_is_hypergeometric() -> None:
    """Three of six and the same three: expected 1.5, variance .45, one way in twenty."""
    found = excess_overlap(set("abc"), set("abc"), 6)
    assert (found.shared, found.expected, found.excess) == (3, 1.5, 1.5)
    assert found.z == pytest.approx(1.5 / 0.45**0.5)
    assert found.p == pytest.approx(1 / 20)
    assert excess_overlap(set("abc"), set("def"), 6).p == 1.0
    assert excess_overlap(set(), set("a"), 6)[:4] == (0, 0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="4 sectors are chosen, of 3"):
        excess_overlap(set("ab"), set("cd"), 3)


def test_excess_overlap_is_what_all_draws_together_give() -> None:
    draws = [len(set("abc") & set(other)) for other in combinations("abcdefg", 4)]
    found = excess_overlap(set("abc"), set("abde"), 7)
    assert found.expected == pytest.approx(np.mean(draws))
    assert found.z == pytest.approx((2 - np.mean(draws)) / np.std(draws))
    assert found.p == pytest.approx(np.mean([shared >= 2 for shared in draws]))


def test_mean_excess_is_what_all_corpora_together_give() -> None:
    """Three regions with two of four sectors: 6³ corpora can be counted out."""
    sets = [set("ab"), set("ab"), set("ac")]

    def shared(corpus: tuple[set[str], ...]) -> float:
        return float(np.mean([len(a & b) for a, b in combinations(corpus, 2)]))

    every = [set(pair) for pair in combinations("abcd", 2)]
    values = np.array([shared(corpus) for corpus in product(every, repeat=3)])
    found = mean_excess(sets, 4, permutations=4000, seed=3)
    assert found.shared == pytest.approx(4 / 3) == shared(tuple(sets))
    assert found.expected == pytest.approx(1.0) == values.mean()
    assert found.z == pytest.approx((4 / 3 - 1) / values.std(), abs=0.05)
    assert found.p == pytest.approx((values >= 4 / 3 - 1e-9).mean(), abs=0.03)
    assert found == mean_excess(sets, 4, permutations=4000, seed=3)
    assert mean_excess(sets[:1], 4).p == 1.0


def test_the_null_expects_what_all_matrices_of_the_same_sums_share() -> None:
    sets = [set("ab"), set("ab"), set("ac"), set("d")]
    observed = incidence(sets, "abcd")
    rows = [list(combinations(range(4), int(n))) for n in observed.sum(axis=1)]
    same = []
    for chosen in product(*rows):
        matrix = np.zeros((4, 4))
        for number, columns in enumerate(chosen):
            matrix[number, list(columns)] = 1
        if (matrix.sum(axis=0) == observed.sum(axis=0)).all():
            same.append(matrix @ matrix.T)
    null = permutation_null(observed, permutations=6000, seed=2)
    pairs = np.triu_indices(4, 1)
    assert null.expected[pairs] == pytest.approx(np.mean(same, axis=0)[pairs], abs=0.05)


def test_fit_to_structure_at_each_cut_off() -> None:
    """Four measured priorities at .9, 1.1, 1.3 and 1.6, one without figures."""
    values = {"a": 0.9, "b": 1.1, "c": 1.3, "d": 1.6}
    local = {
        sector: Quotient(
            region="R",
            sector=sector,
            value=value,
            year=2006,
            measure="GVA",
            source="table",
            size=1.0,
            unit="£m",
            codes=(),
        )
        for sector, value in values.items()
    }
    measured, shares = shares_above({*"abcd", "e"}, local, cuts=(1.0, 1.25, 1.5))
    assert (measured, shares) == (4, {"1.0": 0.75, "1.25": 0.5, "1.5": 0.25})


def test_structural_distance_against_priority_distance() -> None:
    """Krugman's index by hand; Mantel's p from all 24 orders of four regions."""
    structures = [{"x": a, "y": 1 - a} for a in (0.1, 0.2, 0.5, 0.9)]
    first = np.array([[krugman(a, b) for b in structures] for a in structures])
    assert first[0, 3] == pytest.approx(1.6)
    second = np.array(
        [[0.0, 0.2, 0.9, 0.8], [0.2, 0.0, 0.5, 0.7], [0.9, 0.5, 0.0, 0.6], [0.8, 0.7, 0.6, 0.0]]
    )
    lower = np.tril_indices(4, -1)
    every = [
        np.corrcoef(first[lower], second[np.ix_(order, order)][lower])[0, 1]
        for order in permutations(range(4))
    ]
    found = mantel(first, second, permutations=3000, seed=1)
    assert found.r == pytest.approx(every[0])
    assert found.p == pytest.approx(np.mean([r >= every[0] - 1e-12 for r in every]), abs=0.03)
    assert found == mantel(first, second, permutations=3000, seed=1)


def test_chance_of_a_likelihood_ratio_is_that_of_chi_squared() -> None:
    """The marks that corpus linguists use: 3.84, 6.63 and 10.83."""
    assert likelihood_p(np.array([3.841, 6.635, 10.828])) == pytest.approx(
        [0.05, 0.01, 0.001], rel=0.01
    )
