"""Documents that say they choose no sectors, lists of earlier plans, and what a list leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint
from stratlint.priorities.listless import is_open, says_none

FILLER = "\n\n".join(
    f"The committee met on day {n} and the minutes were kept in the usual book." for n in range(45)
)


def chosen(folder: Path, text: str) -> set[str]:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return {priority.sector for priority in stratlint.analyse(path).priorities}


@pytest.mark.parametrize(
    "text",
    [
        "This strategy has no growth sectors.",
        "The plan does not select priority sectors.",
        "We do not name any sectors in this plan.",
        "The Board has decided not to designate sectors.",
        "No sector is singled out.",
        "None of these sectors should be designated.",
        "There are no priority sectors in this framework.",
        "Our support is sector-blind.",
        "The council names no key industries.",
        "No industry has been given preference.",
        "The prospectus is without any list of favoured clusters.",
        "Firms in all sectors may apply.",
        "There will be no list of chosen industries.",
        "No list of sectors will be kept by the growth team.",
        "The Executive has resolved not to draw up a list of trades.",
        "We decided not to choose between industries.",
        "It doesn't pick particular industries for help.",
        "The framework carries no sector targets.",
        "This agenda has no industry chapters.",
        "The plan will not contain a sector chapter.",
        "The statement shall name no growth sectors.",
        "It was agreed that the next plan should have no target clusters.",
        "This town does not have favourite trades.",
        "No trade will come before any other.",
        "No cluster shall be placed ahead of the rest.",
        "We will not put one industry before another.",
        "Why this plan is not about sectors: this is not a sector plan.",
        "Why there are no priority sectors",
        "Why we name no sectors",
        "The committee chose not to prioritise sectors.",
        "Ours isn't an industry strategy.",
        "The fund is sector neutral.",
        "No one sector has been given priority.",
        "None of the trades should be preferred.",
        "Trades are not ranked; the cabinet keeps no sector list.",
        "The charter does not set sector quotas.",
        "There is no ranking of industries in what follows.",
        "The city deliberately does not favour individual clusters.",
        "Our agency has no sector leads.",
        "The council will not back any particular line of business.",
    ],
)
def test_a_document_may_say_that_it_chooses_none(text: str) -> None:
    assert says_none(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "We will name no further sectors until 2030.",
        "The plan does not select sectors lightly.",
        "The previous strategy did not select sectors.",
        "Other regions have no priority sectors.",
        "We do not choose sectors for their glamour.",
        "No sector outside the four has our money.",
        "The strategy has four growth sectors.",
        "There is no sector like it in the county.",
        "No list of members was kept.",
        "The former strategy does not name growth sectors.",
        "We have no list of sites in the sector.",
        "No sector has grown faster than software.",
        "There is no industry body in the valley.",
        "We decided not to choose textiles.",
        "The plan will not prioritise retail.",
        "No trade with the continent was recorded.",
        "We choose three sectors and no more.",
        "This is not a sector that we know.",
        "The trade has no sector skills council.",
        "They are not alone in the industry.",
        "The board will not choose sectors outside the four.",
        "No other cluster will be named.",
        "It is not a priority for the industry.",
        "The clusters do not have plans of their own.",
        "Textile firms may use the general service; there will be no sector programme.",
        "Tourism is a large employer; it has no sector plan.",
    ],
)
def test_what_sounds_like_it_is_none(text: str) -> None:
    assert says_none(text) is None


def test_a_document_without_choices_keeps_none_of_the_lists_it_reports(tmp_path: Path) -> None:
    text = (
        "# Growth plan\n\nOur growth sectors might have been logistics, food processing and"
        " tourism. The plan does not select priority sectors.\n\n"
        f"{FILLER}\n\n## Four priorities\n\n"
        "### Skills\n\nColleges report demand for construction, catering and tourism.\n\n"
        "### Land\n\nWe will buy land for tourism and for logistics.\n"
    )
    assert chosen(tmp_path, text) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "The 2017 document had six growth sectors: logistics, aerospace, textiles, tourism,"
        " ceramics and retail.",
        "That programme had five target sectors: logistics, aerospace, textiles, tourism and"
        " ceramics.",
        "The first programme had four priority sectors, logistics, aerospace, textiles and"
        " tourism.",
    ],
)
def test_what_a_plan_had_is_past(tmp_path: Path, sentence: str) -> None:
    text = f"# Plan\n\n## Background\n\n{sentence} It ended in 2010.\n\n{FILLER}\n"
    assert chosen(tmp_path, text) == set()


def test_some_of_these_does_not_say_which(tmp_path: Path) -> None:
    listed = "The council looked at tourism, energy and ceramics."
    assert chosen(tmp_path, f"{listed} Several of them will be backed.\n") == set()
    assert len(chosen(tmp_path, f"{listed} All of them will be backed.\n")) == 3


@pytest.mark.parametrize(
    "lead",
    [
        "The remaining three were not chosen. The Board's reasons in short:",
        "Three others were rejected. These were the reasons given:",
        "The rest has been dropped. Why, sector by sector:",
    ],
)
def test_a_lead_in_leaves_out_by_the_sentence_before_its_last(tmp_path: Path, lead: str) -> None:
    text = (
        "# Plan\n\n## Target sectors\n\nThe target sectors of the county are aerospace and"
        f" ceramics.\n\n{lead}\n\n(a) Tourism. It does well by itself.\n\n(b) Food and drink. Left"
        f" to the food body.\n\n(c) Retail. Not distinctive.\n\n{FILLER}\n"
    )
    assert chosen(tmp_path, text) == {"aerospace", "ceramics_glass"}


@pytest.mark.parametrize(
    "text",
    [
        "Grants are open to firms of every kind. An adviser sees any business, whatever it makes.",
        "The loan fund is open to all trades. Space is not divided by sector.",
        "Help is there in every trade, irrespective of sector.",
        "Any firm in any line may ask; there is no quota of places by industry.",
    ],
)
def test_help_may_be_open_to_all_alike(text: str) -> None:
    assert is_open(text)
    assert not is_open("The growth hub is open to all firms. It has nine advisers.")


def test_missions_of_a_plan_without_a_list_choose_nothing(tmp_path: Path) -> None:
    text = (
        "# Economic framework\n\nNo list of favoured industries will be drawn up.\n\n"
        "## Four missions\n\n"
        "### Mission 1. Fit for work\n\nWe will fund coaches in forty surgeries and care homes.\n\n"
        "### Mission 2. Skills\n\nBootcamps will follow vacancies: software testers, software"
        " support and software sales.\n\n"
        "### Mission 3. Nearer\n\nWe will make the case for electrification of the railway; the"
        " railway carries rail freight.\n\n"
        "### Mission 4. Better firms\n\nWe will pay for advisers and loans.\n\n"
        f"{FILLER}\n"
    )
    assert chosen(tmp_path, text) == set()
