"""Spellings of the nine regions: each usual one is taken, none is taken for another's."""

from __future__ import annotations

from itertools import product

import pytest

from stratlint.knowledge.places import load_places
from stratlint.run.regions import nearest_region

CODES = {
    "North East": ("E12000001", "TLC", "UKC"),
    "North West": ("E12000002", "TLD", "UKD"),
    "Yorkshire and the Humber": ("E12000003", "TLE", "UKE"),
    "East Midlands": ("E12000004", "TLF", "UKF"),
    "West Midlands": ("E12000005", "TLG", "UKG"),
    "East of England": ("E12000006", "TLH", "UKH"),
    "London": ("E12000007", "TLI", "UKI"),
    "South East": ("E12000008", "TLJ", "UKJ"),
    "South West": ("E12000009", "TLK", "UKK"),
}
SHORT = {
    "North East": ("NE", "NE England", "N.E. England", "N. East", "One NorthEast"),
    "North West": ("NW", "NW England", "N.W. England", "N. West", "NWDA"),
    "Yorkshire and the Humber": (
        "Y&H",
        "YH",
        "Yorks & Humber",
        "Yorkshire & Humberside",
        "Yorkshire",
    ),
    "East Midlands": ("EM", "E. Midlands", "East Mids", "EMDA", "GOEM"),
    "West Midlands": ("WM", "W. Midlands", "West Mids", "AWM", "GOWM"),
    "East of England": ("EoE", "Eastern England", "East", "EEDA", "Eastern region"),
    "London": ("Greater London", "GLA", "London, England", "LDN", "Greater London region"),
    "South East": ("SE", "SE England", "S.E. England", "S. East", "SEEDA"),
    "South West": ("SW", "SW England", "S.W. England", "S. West", "SWRDA"),
}


def spellings(region: str) -> set[str]:
    """The usual ways in which people and tables write a region."""
    base = region.removesuffix(" of England") if region.startswith("East of") else region
    joined = {base, base.replace(" ", "-"), base.replace(" and ", " & "), base.replace(" ", "_")}
    if region not in ("London", "Yorkshire and the Humber"):
        joined |= {base.replace(" ", ""), base.replace(" ", "  "), base.replace(" ", "\u00a0")}
    before = ("", "The ", "the ", "Government Office for the ", "English region: ")
    after = (
        "",
        " Region",
        " region",
        " (England)",
        " of England",
        ", England",
        " (English Region)",
    )
    made = {f"{a}{name}{b}" for a, name, b in product(before, joined, after)}
    if base == "East":
        made = {name for name in made if "ngland" in name or "egion" in name}
    made |= {name.upper() for name in made} | {name.lower() for name in made}
    codes = {form for code in CODES[region] for form in (code, code.lower(), f" {code} ")}
    return made | codes | {f"{CODES[region][1]} {region}"} | set(SHORT[region])


@pytest.mark.parametrize("region", CODES)
def test_every_usual_spelling_of_a_region_is_taken(region: str) -> None:
    places = load_places()
    found = {spelling: places.spelling(spelling) for spelling in spellings(region)}
    assert len(found) >= 48
    assert {name for name in found.values() if name in CODES} == {region}, "no wrong one"
    missed = [spelling for spelling, name in found.items() if name != region]
    assert len(missed) <= 0.02 * len(found), missed


@pytest.mark.parametrize(
    "name",
    [
        "England", "Midlands", "the North", "North of England", "City of London", "East Anglia",
        "Inner London", "North East LEP", "West Midlands Combined Authority", "South East Midlands",
        "West Midlands (county)", "TLD North East", "E12000099", "Oxfordshire", "", "Region",
        "North East Lincolnshire", "South West Wales", "Yorkshire Dales", "East London",
    ],
)  # fmt: skip
def test_what_is_no_region_is_taken_for_none(name: str) -> None:
    assert load_places().spellings.find(name) is None


def test_a_misspelling_is_asked_about_and_never_for_another_region() -> None:
    assert nearest_region("North East of England") == "North East"
    assert nearest_region("Nort East of England") == "North East"
    assert nearest_region("Yorkshre and the Humber") == "Yorkshire and the Humber"
    assert nearest_region("Ruritania") is None
