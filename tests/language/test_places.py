"""Named places, and whose document it is."""

from __future__ import annotations

import pytest

from stratlint.language.pipeline import document_of, parse
from stratlint.language.places import find_places
from stratlint.records import PlaceMention


def places(text: str) -> tuple[PlaceMention, ...]:
    return find_places(parse(document_of(text)).words)


def test_places_know_their_region_and_kind() -> None:
    found = places("Partners in Leeds, North Yorkshire and the North East look to Silicon Valley.")
    assert [(p.name, p.kind, p.region) for p in found] == [
        ("Leeds", "city", "Yorkshire and the Humber"),
        ("North Yorkshire", "county", "Yorkshire and the Humber"),
        ("North East", "region", "North East"),
        ("Silicon Valley", "abroad", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Reading is fun, and a bath in summer is better.",
        "We learn by reading and by rugby.",
        "There is well water here; the sale ends.",
        "Mr Bolton and Councillor Lincoln spoke.",
        "The City Deal and the Growth Deal, signed in May, pay for it, as the Town Deal has.",
    ],
)
def test_words_and_people_are_no_places(text: str) -> None:
    assert places(text) == ()


def test_ambiguous_names_count_among_places() -> None:
    names = [p.name for p in places("Firms in Reading and Slough trade with Bath and Bristol.")]
    assert names == ["Reading", "Slough", "Bath", "Bristol"]


def test_a_name_is_found_as_headings_print_it() -> None:
    assert [p.name for p in places("THE FUTURE OF STOKE-ON-TRENT")] == ["Stoke-on-Trent"]


@pytest.mark.parametrize(
    "text",
    [
        "The Council of the City of York plans.",
        "Firms in the City of York and at the Capital of Culture trade.",
        "Jobs in the City rose.",
    ],
)
def test_a_city_is_not_the_city_of_london(text: str) -> None:
    assert "London" not in {place.region for place in places(text)}
