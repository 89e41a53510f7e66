"""The boundary test, by hand from the look-ups of travel-to-work areas."""

from __future__ import annotations

import pytest

from stratlint.evidence.boundaries import cut_markets, neighbours, owner_of
from stratlint.knowledge.areas import load_areas


def test_the_briefs_own_example() -> None:
    """The labour market of Cambridge reaches into Essex, Hertfordshire and Suffolk."""
    area = load_areas().resolve("Cambridgeshire")
    cuts = {market.name: market for market in cut_markets(area)}
    cambridge = cuts["Cambridge"]
    assert cambridge.inside == pytest.approx(0.512)
    # West Essex .2043 and the Haven Gateway .0048 are both in Essex.
    assert dict(cambridge.outside) == pytest.approx(
        {"Essex": 0.2091, "Hertfordshire": 0.2091, "Suffolk": 0.0697}, abs=1e-4
    )
    found = neighbours(area, tuple(cuts.values()))
    assert [(n.name, round(n.shared, 2)) for n in found] == [
        ("Essex", 0.21),
        ("Hertfordshire", 0.21),
        ("Norfolk", 0.2),
    ]
    assert found[2].through == ("Wisbech",)


def test_a_cut_that_only_grazes_is_none() -> None:
    area = load_areas().resolve("Oxfordshire")
    cuts = {market.name: market for market in cut_markets(area)}
    assert "Oxford" not in cuts, "97 % of it lies inside"
    assert cuts["Banbury"].inside == pytest.approx(0.67, abs=0.01)
    # Of Reading a fourteenth lives in Oxfordshire: shown, but Berkshire is no close neighbour.
    assert [n.name for n in neighbours(area, tuple(cuts.values()))] == ["Northamptonshire"]


def test_labour_markets_and_districts_are_not_tested() -> None:
    areas = load_areas()
    assert cut_markets(areas.resolve("Cambridge travel-to-work area")) == ()
    assert cut_markets(areas.resolve("Cherwell")) == ()


def test_whose_area_it_is() -> None:
    assert owner_of("TLJ14").name == "Oxfordshire"
    assert owner_of("TLI42").name == "London"
    assert owner_of("TLH11").name == "Peterborough"
    assert owner_of("TLD34").name == "Greater Manchester"
