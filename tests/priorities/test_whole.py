"""Whole documents of our own, of kinds that dwell on sectors: most of them choose none."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint

FOLDER = Path(__file__).parent / "whole"
CHOSEN = {
    "economic-plan.txt": {"rail", "food_drink", "life_sciences"},
    "growth-strategy.html": {"life_sciences", "advanced_manufacturing", "creative", "low_carbon"},
    "industrial-strategy.md": {"agri", "food_drink", "electronics", "logistics"},
    "smart-specialisation.md": {"ceramics_glass", "electronics", "environmental_tech"},
}
"""What those that choose name as their choice; all others choose nothing."""
FILLER = "\n\n".join(
    f"The committee met on day {n} and the minutes were kept in the usual book." for n in range(45)
)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_a_document_chooses_what_it_chooses_and_no_more(name: str) -> None:
    found = {priority.sector for priority in stratlint.analyse(FOLDER / name).priorities}
    assert found == CHOSEN.get(name, set())


@pytest.mark.parametrize(
    "sentence",
    [
        "The care providers asked that textiles and ceramics be recognised as a priority.",
        "The Chamber asked us to choose sectors and named textiles, ceramics and rail.",
        "The guild urged that textiles be our first priority.",
        "The weavers' association wanted textiles to be our first priority.",
        "The union would have preferred that we focus on textiles and ceramics.",
        "The agency hopes that we will prioritise textiles and ceramics.",
        "The body next door, whose plan has textiles, ceramics and rail as its priorities, wrote.",
        "The county's programme of 2003 picked out textiles, ceramics and rail.",
        "The task force of that year named textiles, ceramics and rail as its priority sectors.",
        "The key sectors of the 2006 Economic Strategy were textiles, ceramics and rail.",
        "For our area the latter had as its sectors of focus textiles, ceramics and rail.",
        "The museum trust argued that our priority must be textiles.",
        "A consultant recommended that we concentrate on textiles and ceramics.",
        "Members of the youth council suggested that textiles should be our priority.",
        "We held three round tables: textiles, ceramics and rail.",
        "We met three groups of employers: textiles, ceramics and rail.",
        "We visited three kinds of firm: textiles, ceramics and rail.",
        "We interviewed three trades: textiles, ceramics and rail.",
        "We surveyed three sectors: textiles, ceramics and rail.",
        "We also heard from three industries: textiles, ceramics and rail.",
    ],
)
def test_what_others_want_or_chose_is_no_choice(tmp_path: Path, sentence: str) -> None:
    path = tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n{FILLER}\n\n## Background\n\n{sentence}\n", encoding="utf-8")
    assert not stratlint.analyse(path).priorities


def test_sectors_that_are_gone_through_one_by_one_are_described(tmp_path: Path) -> None:
    named = ("Tourism", "Retail", "Farming", "Construction", "Logistics", "Aerospace", "Textiles")
    chapters = "\n\n".join(
        f"### {name}\n\nHere {name.lower()} has {900 + 7 * n} jobs in {40 + n} firms. Wages in"
        f" {name.lower()} are £{400 + n} a week, and growth has been {n} per cent. Firms in"
        f" {name.lower()} told us of rents, roads and staff."
        for n, name in enumerate(named)
    )
    path = tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n## Who is here\n\n{chapters}\n\n## Minutes\n\n{FILLER}\n", "utf-8")
    assert not stratlint.analyse(path).priorities
