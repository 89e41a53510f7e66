"""The grammar of relations: phrases that choose, verbs that select, undertakings, enumerations."""

from __future__ import annotations

import pytest

from stratlint.language.commitment.choices import find_choices
from stratlint.language.commitment.clauses import words
from stratlint.language.commitment.decide import read_passage
from stratlint.language.commitment.enumerations import enumerations
from stratlint.language.commitment.features import features
from stratlint.language.commitment.selections import find_selections
from stratlint.records import Excerpt


def features_of(text: str, sector: str) -> set[str]:
    """The features of a sector's first mention."""
    _, hits, contexts = read_passage(Excerpt(id="x", text=text, kind="local plan"))
    index = next(i for i, hit in enumerate(hits) if hit.sector == sector)
    return set(features(contexts[index]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our key growth sectors are", ["key"]),
        ("the priority economic clusters of the county", ["priority"]),
        ("new and emerging industries", ["emerging"]),
        # A preposition or a verb between modifier and kind: no phrase.
        ("growth in the other areas", []),
        ("key to the future of industry", []),
        ("key areas", ["key"]),
        ("important areas", []),
    ],
)
def test_phrases_that_choose_sectors(text: str, expected: list[str]) -> None:
    assert [choice.modifier for choice in find_choices(text.split(), ())] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we will focus on SECTOR", ["focuses on"]),
        ("with a focus on SECTOR", ["has a focus on"]),
        ("the strategy targets SECTOR", ["targets"]),
        ("has set ambitious targets for SECTOR", []),
        ("our target sectors", []),
        ("priority will be given to SECTOR", ["gives priority to"]),
        ("a campus dedicated to SECTOR", ["is dedicated to"]),
    ],
)
def test_verbs_that_select(text: str, expected: list[str]) -> None:
    assert [s.name for s in find_selections(text.split())] == expected


def test_an_enumeration_runs_from_its_first_name_to_its_last() -> None:
    text = "SECTOR , SECTOR and SECTOR grow while SECTOR falls".split()
    found = enumerations(text, [0, 2, 4, 7])
    assert (found[0].first, found[0].last) == (0, 4)
    assert found[2] == found[4] == found[0]
    assert (found[7].first, found[7].last) == (7, 7)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Our key growth sectors are logistics and tourism.", "listed under key sectors"),
        ("Tourism remains a key sector of the economy.", "said to be key sectors"),
        ("We will focus on the tourism industry.", "selected: focuses on"),
        ("Supporting tourism will be a priority.", "said to be a priority"),
        (
            "We will attract new firms, particularly in the tourism sector.",
            "particularly, within an undertaking",
        ),
        ("The plan will support the tourism industry.", "undertaking, with will"),
        ("There are services that support the tourism industry.", "undertaking, as a description"),
        ("A new station could support the tourism industry.", "undertaking, with could"),
        ("Proposals for tourism will be supported.", "will be supported, after the name"),
    ],
)
def test_relations_of_a_name_to_what_stands_around_its_list(text: str, feature: str) -> None:
    assert feature in features_of(text, "tourism")


def test_every_member_of_a_list_sees_what_opens_it() -> None:
    text = "The target sectors are aerospace, chemicals, logistics, ceramics and tourism."
    for sector in ("aerospace", "tourism"):
        assert "listed under target sectors" in features_of(text, sector)


def test_abbreviations_with_stops_are_one_word() -> None:
    forms = [form for _, _, form in words("sectors, e.g. steel, i.e. metal", 0, 31)]
    assert forms == ["sectors", ",", "e.g", "steel", ",", "i.e", "metal"]


def test_a_partnership_is_known_by_its_abbreviation() -> None:
    _, _, contexts = read_passage(Excerpt(id="x", text="The BSLEP has chosen the rail industry."))
    assert "lep" in contexts[0].run.words
