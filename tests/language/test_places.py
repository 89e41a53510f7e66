"""Named places, and whose document it is."""

from __future__ import annotations

import msgspec
import pytest

from stratlint.language.pipeline import document_of, parse
from stratlint.language.places import find_places, guess_region
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
    ],
)
def test_words_and_people_are_no_places(text: str) -> None:
    assert places(text) == ()


def test_ambiguous_names_count_among_places() -> None:
    names = [p.name for p in places("Firms in Reading and Slough trade with Bath and Bristol.")]
    assert names == ["Reading", "Slough", "Bath", "Bristol"]


def test_a_name_is_found_as_headings_print_it() -> None:
    assert [p.name for p in places("THE FUTURE OF STOKE-ON-TRENT")] == ["Stoke-on-Trent"]


def test_the_region_is_the_one_most_places_speak_for() -> None:
    text = "Leeds and Sheffield grow. Hull trades. York and Bradford follow. London buys."
    region, why = guess_region(document_of(text))
    assert region == "Yorkshire and the Humber"
    assert "5 of 6" in why


def test_a_title_outweighs_a_few_places() -> None:
    document = msgspec.structs.replace(
        document_of("Our partners are in Leeds and in Hull."),
        title="An economic strategy for the North West",
    )
    assert guess_region(document)[0] == "North West"


@pytest.mark.parametrize(
    "text",
    [
        "No place at all.",
        "Leeds, Bristol, Norwich and Derby meet.",
        "The UK leads. The UK invests. The United Kingdom grows. A laboratory is in Cambridge.",
    ],
)
def test_no_region_rather_than_a_wrong_one(text: str) -> None:
    region, why = guess_region(document_of(text))
    assert region is None
    assert why


_LONG = "The board will support small firms and their work in every parish. " * 400


def test_a_visit_to_a_place_makes_no_region_of_a_long_text() -> None:
    text = f"{_LONG} We visited Cambridge, Norwich and Ipswich."
    region, why = guess_region(document_of(text))
    assert region is None
    assert why.startswith("only 3 places of East of England")


def test_a_long_text_that_opens_with_its_region_keeps_it() -> None:
    text = f"A strategy for the North West. {_LONG} We visited Preston."
    assert guess_region(document_of(text))[0] == "North West"


def test_another_place_in_the_name_of_the_file_wins() -> None:
    text = (
        "Norrmark grows. " * 12 + "Leeds, Hull, York, Bradford, Leeds, Hull, York and Leeds visit."
    )
    document = document_of(text)
    assert guess_region(document)[0] == "Yorkshire and the Humber"
    assert guess_region(document, named="Norrmark")[0] is None
    assert guess_region(document, named="North East") == ("North East", "the file's name")
    for words in ("grows", "draft", "Leeds"):
        assert guess_region(document, named=words)[0] == "Yorkshire and the Humber", words
