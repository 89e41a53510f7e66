"""What a stretch of text is about: names first, then the words of activities."""

from __future__ import annotations

import pytest

from stratlint.language.pipeline import document_of, parse
from stratlint.language.sectors.topics import about, topic_words, topics

TEXTS = {
    "logistics": "The port handled 64,000 tonnes, and hauliers run 900 lorries from two yards."
    " Warehousing is to have 22 hectares.",
    "forestry_wood": "Sawmills cut spruce, and joiners turn planks into frames of timber.",
    "ceramics_glass": "Tiles, bricks and sanitary ware are fired in kilns; potters glaze plates.",
    "agri": "Potatoes, onions and leeks are grown here; farmers lift bulbs in July.",
    "financial_services": "Insurers and pension funds keep back offices here; a bank lends.",
    "textiles": "Mills spin yarn and knit cashmere; weavers and dyers finish cloth for carpets.",
}
IDLE = (
    "Bus lanes will be built in two towns, and the library will open on Sundays.",
    "The board meets each quarter. Progress is reported in November.",
    "One adult in five has no qualification, and many are out of work.",
)


def of(text: str) -> tuple[str, ...]:
    """What a text is about."""
    return topics(about(text, 0, parse(document_of(text)).names))


@pytest.mark.parametrize("sector", TEXTS)
def test_a_text_is_about_the_sector_of_its_activities(sector: str) -> None:
    assert of(TEXTS[sector])[:1] == (sector,)


@pytest.mark.parametrize("text", IDLE)
def test_a_text_on_other_things_is_about_no_sector(text: str) -> None:
    assert of(text) == ()


def test_a_text_may_be_about_two_sectors() -> None:
    both = "Farms grow barley, oats and wheat, and dairies, bakeries and breweries make food of it."
    assert set(of(both)) == {"agri", "food_drink"}


def test_names_of_places_and_firms_say_nothing() -> None:
    words = "The offices at Foundry Lane and Coal Wharf are let to a body called Barley House."
    assert of(words) == ()


def test_stems_join_the_forms_of_a_word() -> None:
    assert topic_words("Growers and growing, the mills' mill") == ["grow", "grow", "mill", "mill"]
