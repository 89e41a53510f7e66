"""Names that share words, stand for others, or are told by their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.language.pipeline import document_of, parse

if TYPE_CHECKING:
    from pathlib import Path


def sectors(text: str) -> set[str]:
    return {span.sector for span in parse(document_of(text)).spans}


def of_file(folder: Path, text: str) -> set[str]:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return {span.sector for span in parse(read(path)).spans}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We will grow agri- and aqua-tech.", {"agri"}),
        ("The priority is bio- and medical technology.", {"life_sciences"}),
        (
            "Aerospace, automotive and rail engineering lead the field.",
            {"aerospace", "automotive", "rail"},
        ),
        ("Our sectors: food and drink and textiles manufacturing.", {"food_drink", "textiles"}),
        ("We back marine and offshore energy.", {"low_carbon", "marine"}),
        (
            "The valley makes machine tools and medical devices.",
            {"advanced_manufacturing", "life_sciences"},
        ),
    ],
)
def test_members_of_a_chain_are_read_with_the_word_that_they_share(
    text: str, wanted: set[str]
) -> None:
    assert wanted <= sectors(text) <= wanted | {"bioeconomy", "digital_ict"}


def test_a_chain_shares_nothing_with_what_is_no_whole_member() -> None:
    assert sectors("We will support automotive engineering and its supply chain.") == {"automotive"}


@pytest.mark.parametrize(
    ("text", "used", "wanted"),
    [
        ("Offshore wind (OSW) grows.", "We choose OSW.", {"low_carbon"}),
        ("Food and drink (F&D) firms export.", "F&D is a priority.", {"food_drink"}),
        ("F&D (food and drink) exports.", "F&D is a priority.", {"food_drink"}),
        ("Advanced therapies (ATMP) are new.", "The ATMP sector grows.", {"life_sciences"}),
        ("We refer to timber and cork as TC.", "Our key sector is TC.", {"forestry_wood"}),
        ("Fisheries and aquaculture (FAQ) matter.", "The FAQ industry grows.", {"agri"}),
        ("Electric vehicles (EVs) sell.", "The EV industry is a key sector.", {"automotive"}),
    ],
)
def test_an_abbreviation_means_what_the_text_says(text: str, used: str, wanted: set[str]) -> None:
    assert sectors(f"Hills. {used}") & wanted <= {"automotive"}
    spans = parse(document_of(f"{text} {used}")).spans
    assert {span.sector for span in spans if span.start > len(text)} == wanted


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Employment and Support Allowance (ESA) is paid.", "The ESA sector of the form."),
        ("The Creative Industries Council (CIC) met.", "CIC has a plan."),
        ("An Energy Performance Certificate (EPC) is due.", "The EPC is kept."),
        ("The Department for Culture, Media and Sport (DCMS) wrote.", "DCMS agreed."),
    ],
)
def test_an_abbreviation_of_something_else_is_no_industry(text: str, used: str) -> None:
    spans = parse(document_of(f"{text} {used}")).spans
    assert not [span for span in spans if span.start > len(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The economy rests on tourism, aerospace, health and food processing.",
            {"tourism", "aerospace", "health_care", "food_drink"},
        ),
        ("Our three trades are rail, glass and retail.", {"rail", "ceramics_glass", "retail"}),
    ],
)
def test_a_bare_word_is_an_industry_among_industries(text: str, wanted: set[str]) -> None:
    assert sectors(text) == wanted


def test_a_list_or_a_heading_of_sectors_names_one_with_each_item(tmp_path: Path) -> None:
    assert of_file(
        tmp_path, "# Our clusters\n\n## 1. Glass\n\nKilns burn.\n\n## 2. Food\n\nMore.\n"
    ) >= {
        "ceramics_glass",
        "food_drink",
    }
    items = "We will work with:\n\n- aerospace\n- tourism\n- retail\n- education\n"
    assert of_file(tmp_path, items) == {"aerospace", "tourism", "retail", "education"}


@pytest.mark.parametrize(
    "text",
    [
        "Residents need shops, schools, health care and leisure close to home.",
        "Creative ways of funding the scheme were found.",
        "Radar mapping of the growth clusters took a year.",
        "The engine of 300 horsepower stands in Forge Lane.",
        "The Cabinet Member for Finance, Culture and Health was absent.",
        "Retail frontages, health facilities and energy bills are in the annex.",
    ],
)
def test_facilities_offices_and_turns_of_phrase_are_no_industries(text: str) -> None:
    assert sectors(text) == set()
