"""Areas: every usual spelling of each leads to it, and a name that two bear is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.evidence.areas import area_tables
from stratlint.knowledge.areas import KINDS, Areas, load_areas
from stratlint.records import Area

SAID = {
    "county": ("{} County Council", "{} county", "county of {}", "{} (county)", "the county of {}",
               "{} CC"),
    "combined authority": ("{} Combined Authority", "{} Mayoral Combined Authority", "{} CA",
                           "{} (combined authority)", "the {} combined authority"),
    "partnership": ("{} LEP", "{} Local Enterprise Partnership", "{} partnership", "the {} LEP",
                    "{} (partnership)", "{} Enterprise Partnership"),
    "travel-to-work area": ("{} travel-to-work area", "{} TTWA", "Travel to Work Area of {}",
                            "{} (travel-to-work area)", "TTWA: {}", "the {} labour market area"),
    "district": ("{} (district)", "{} district", "{} borough", "{} District Council"),
    "ITL3 area": ("{} (ITL3 area)", "{} ITL3", "ITL 3: {}", "{} (ITL3)"),
    "ITL2 area": ("{} (ITL2 area)", "{} ITL2", "ITL 2: {}", "{} (ITL2)"),
}  # fmt: skip


def spellings(area: Area) -> list[str]:
    """Twenty ways or so in which people write an area and its kind."""
    told = [form.format(area.name) for form in SAID[area.kind]]
    made = list(told)
    made += [form.upper() for form in told[:4]] + [form.lower() for form in told[:4]]
    made += [form.replace(" and ", " & ") for form in told[:3]]
    made += [form.replace(" ", "  ") for form in told[:2]]
    made += [form.replace("-", " ") for form in told[:2]] + [f"  {form} " for form in told[:2]]
    if area.code:
        made += [area.code, area.code.lower(), f"{area.code} "]
    return made


def made_of(area: Area) -> tuple[tuple[str, float], ...]:
    return tuple((part.code, round(part.share_of_part, 2)) for part in area.parts)


@pytest.mark.parametrize("kind", SAID)
def test_every_usual_spelling_of_an_area_is_taken(kind: str) -> None:
    areas = load_areas()
    total, missed, wrong = 0, [], []
    for area in areas.of_kind(kind):
        forms = spellings(area)
        assert len(forms) >= 20 or not area.code
        for form in forms:
            total += 1
            found = areas.candidates(form)
            if len(found) != 1:
                missed.append(form)
            elif made_of(found[0]) != made_of(area):
                wrong.append((form, found[0].label))
    assert wrong == []
    assert len(missed) <= 0.02 * total, missed[:20]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Oxfordshire", "Oxfordshire (county)"),
        ("Greater Manchester", "Greater Manchester (county)"),
        ("GMCA", "Greater Manchester (combined authority)"),
        ("Tees Valley", "Tees Valley (combined authority)"),
        ("Cornwall", "Cornwall (county)"),
        ("D2N2", "Derby, Derbyshire, Nottingham and Nottinghamshire (partnership)"),
        ("South East", "South East (region)"),
        ("South East LEP", "South East (partnership)"),
        ("North East of England", "North East (region)"),
        ("North East Combined Authority", "North East (combined authority)"),
        ("TLJ14", "Oxfordshire (ITL3 area)"),
        ("UKJ14", "Oxfordshire (ITL3 area)"),
        ("TLD3", "Greater Manchester (ITL2 area)"),
        ("Saint Albans", "St Albans (district)"),
        ("Dorset LEP", "Dorset (partnership)"),
        ("Dorset county", "Dorset (county)"),
    ],
)
def test_names_are_told_apart(name: str, label: str) -> None:
    assert load_areas().resolve(name).label == label


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Dorset", "'Dorset' is the name of 2 areas: Dorset (county), Dorset (ITL3 area, TLK25)"),
        ("Kent", "Kent (county, E10000016), Kent (ITL2 area, TLJ4)"),
        ("Oxfordshir", "there is no area 'Oxfordshir'; did you mean 'Oxfordshire'?"),
        ("Atlantis", "there is no area 'Atlantis' (a region, county"),
        ("TLJ99", "there is no area 'TLJ99'"),
    ],
)
def test_a_name_of_two_areas_or_of_none_is_asked_about(name: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_areas().resolve(name)
    assert said in caught.value.message


@pytest.mark.parametrize("name", ["Cambridge", "Swindon", "Oxford", "Leeds", "Bristol"])
def test_a_bare_name_means_the_council_and_never_its_labour_market(name: str) -> None:
    areas = load_areas()
    assert areas.resolve(name).kind != "travel-to-work area"
    assert areas.resolve(f"{name} travel to work area").kind == "travel-to-work area"


def test_every_part_of_an_area_is_an_area_that_has_figures() -> None:
    known = set(area_tables()["gva-itl3"].areas)
    unknown = {
        f"{area.name}: {part.code}"
        for area in load_areas().all
        for part in area.parts
        if part.code not in known
    }
    assert not unknown


def test_a_list_of_areas_counts_what_two_hold_once() -> None:
    areas = load_areas()
    both = areas.resolve(["Oxfordshire", "TLJ13"])
    assert both.label == "Oxfordshire and Buckinghamshire"
    assert [part.code for part in both.parts] == ["TLJ13", "TLJ14"]
    again = areas.resolve(["Oxfordshire", "TLJ1"])
    assert [part.code for part in again.parts] == ["TLJ11", "TLJ12", "TLJ13", "TLJ14"]
    assert both.regions == ("South East",)


def test_cuts_are_said() -> None:
    areas = load_areas()
    oxford = areas.resolve("Oxford travel-to-work area")
    assert oxford.cut == "Oxford: 97% Oxfordshire, 3% Buckinghamshire, by residents"
    assert areas.resolve("Oxfordshire").cut == ""
    cherwell = areas.resolve("Cherwell")
    assert cherwell.cut == (
        "Cherwell is known by the area that holds it, Oxfordshire, whose figures these are"
    )
    assert areas.resolve("Swindon (district)").cut == "", "it is an ITL3 area of its own"


def test_a_place_is_where_its_district_or_its_labour_market_is() -> None:
    areas = load_areas()
    assert areas.whereabouts("Bicester") == {"TLJ14"}
    assert areas.whereabouts("Banbury") == {"TLJ14"}
    assert areas.whereabouts("Cherwell") == {"TLJ14"}
    assert areas.whereabouts("Surrey") == {"TLJ25", "TLJ26"}
    assert areas.whereabouts("South East") == frozenset()
    assert areas.whereabouts("Ruritania") == frozenset()


def test_shares_of_an_area_make_it_up() -> None:
    for area in load_areas().all:
        assert area.kind in KINDS
        if area.kind in ("county", "combined authority", "partnership"):
            assert sum(part.share_of_area for part in area.parts) == pytest.approx(1, abs=0.01)


def test_areas_of_ones_own(tmp_path: Path) -> None:
    text = (
        "areas:\n  - {name: The Vale, kind: partnership, members: {TLJ14: 0.5, TLK15: 1}}\n"
        "names: {TLJ14: [Oxon county]}\n"
    )
    (tmp_path / "areas.yaml").write_text(text, encoding="utf-8")
    own: Areas = load_areas(tmp_path)
    assert own.resolve("the vale LEP").cut.startswith("The Vale: ")
    assert own.resolve("oxon county").code == "TLJ14"
    (tmp_path / "more").mkdir()
    wrong = tmp_path / "more" / "areas.yaml"
    wrong.write_text("areas: [{name: Vale, members: [TLJ1x]}]\n", encoding="utf-8")
    with pytest.raises(FileFault, match="there is no ITL area 'TLJ1x'; did you mean 'TLJ1"):
        load_areas(tmp_path / "more")
