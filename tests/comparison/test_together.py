from __future__ import annotations

import msgspec
import pytest

import stratlint.comparison as comparison
from stratlint.comparison.statistics.fit import emphasis_quotients, ignored_strengths, shares_above
from stratlint.records import Comparison, Quotient
from tests.comparison.made_up import HARBOUR, analysis, document, filler


def quotient(region: str, sector: str, value: float, *, reliable: bool = True) -> Quotient:
    return Quotient(
        region=region,
        sector=sector,
        value=value,
        year=2006,
        measure="gva",
        source="made-up",
        size=100.0,
        unit="£m",
        codes=("21",),
        reliable=reliable,
    )


@pytest.fixture(scope="module")
def made() -> Comparison:
    shared = HARBOUR.format(place="Northport")
    analyses = [
        analysis(document("a.txt", filler(1, 90), shared, region="A", year=2004), ("x", "y")),
        analysis(document("b.txt", filler(2, 90), shared, region="B", year=2005), ("x", "y")),
        analysis(document("c.txt", "loom " * 30 + filler(3, 90), region="C"), ("z",)),
        analysis(document("d.txt", filler(4, 90), region="D"), ()),
    ]
    return comparison.compare(
        analyses,
        quotients=[
            quotient("A", "x", 1.3),
            quotient("A", "y", 0.4),
            quotient("A", "w", 2.0),
            quotient("A", "v", 3.0, reliable=False),
        ],
        structures={
            name: {"1": share, "2": 1 - share}
            for name, share in zip("ABCD", (0.9, 0.8, 0.1, 0.4), strict=True)
        },
        permutations=99,
    )


def test_a_comparison_names_documents_by_their_source(made: Comparison) -> None:
    assert sorted(made.order) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert sorted(made.sector_order) == ["x", "y", "z"]
    assert len(made.similarities) == 6
    first = made.similarities[0]
    assert (first.a, first.b, first.jaccard, first.overlap) == ("a.txt", "b.txt", 1.0, 1.0)
    assert 0 < first.p <= 1
    assert len(made.passages) == 1
    assert made.statistics["passages"] == 1.0


def test_fit_says_how_many_priorities_could_be_measured(made: Comparison) -> None:
    fit = next(fit for fit in made.fits if fit.document == "a.txt")
    assert (fit.priorities, fit.measured) == (2, 2)
    assert fit.shares == {"1.0": 0.5, "1.25": 0.5, "1.5": 0.0}
    assert fit.ignored == ("w",)
    assert fit.krugman == pytest.approx(2 * (0.9 - (0.8 + 0.1 + 0.4) / 3))
    assert fit.distinctiveness is not None
    other = next(fit for fit in made.fits if fit.document == "c.txt")
    assert other.measured == 0
    assert other.shares["1.0"] == 0.0


def test_keywords_carry_their_raw_counts(made: Comparison) -> None:
    words = [k for k in made.keywords if k.document == "c.txt"]
    assert words[0].word == "loom"
    assert words[0].count >= 30
    assert words[0].z > 1.96
    assert words[0].g2 > 3.84


def test_mantel_is_reported_with_its_number_of_regions(made: Comparison) -> None:
    assert made.statistics["mantel.regions"] == 4.0
    assert 0 < made.statistics["mantel.p"] <= 1


def test_a_comparison_survives_json(made: Comparison) -> None:
    assert msgspec.json.decode(msgspec.json.encode(made), type=Comparison) == made


def test_emphasis_is_a_location_quotient_of_words() -> None:
    found = emphasis_quotients({"a": {"x": 3.0, "y": 1.0}, "b": {"x": 1.0, "y": 3.0}, "c": {}})
    assert found == {"a": {"x": 1.5, "y": 0.5}, "b": {"x": 0.5, "y": 1.5}, "c": {}}


def test_shares_and_ignored_strengths() -> None:
    local = {"x": quotient("A", "x", 1.25), "y": quotient("A", "y", 1.6)}
    assert shares_above({"x", "y", "z"}, local) == (2, {"1.0": 1.0, "1.25": 0.5, "1.5": 0.5})
    assert ignored_strengths({"x"}, local) == ("y",)


def test_one_document_or_none_can_be_compared() -> None:
    alone = comparison.compare([analysis(document("a.txt", filler(1)), ("x",))])
    assert alone.order == ("a.txt",)
    assert alone.fits[0].distinctiveness is None
    assert comparison.compare([]).order == ()


def test_a_name_that_there_is_not_is_said_as_python_says_it() -> None:
    with pytest.raises(AttributeError):
        comparison.nothing  # noqa: B018
