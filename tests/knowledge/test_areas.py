"""Areas: every usual spelling of each leads to it, and a name that two bear is asked about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.evidence.areas import area_tables
from stratlint.knowledge.areas import KINDS, Areas, load_areas
from stratlint.records import Area

KINDS_SAID = {
    "county": ("county", "county council", "County Council area", "CC", "C.C.", "shire county"),
    "combined authority": ("combined authority", "CA", "MCA", "C.A.", "mayoral combined authority",
                           "Combined Authority area", "combined authority (CA)"),
    "partnership": ("LEP", "L.E.P.", "local enterprise partnership", "LEP area",
                    "Local Enterprise Partnership (LEP)", "Local Enterprise Partnership Ltd"),
    "travel-to-work area": ("travel to work area", "travel-to-work-area", "TTWA", "T.T.W.A.",
                            "Travel to Work Area (TTWA)", "TTWA (2011)", "local labour market",
                            "labour market area", "commuting area"),
    "district": ("district", "DC", "district council", "borough council", "borough", "council",
                 "local authority", "LAD", "local authority district", "D.C.", "council area"),
    "ITL3 area": ("ITL3", "ITL 3", "ITL-3", "ITL level 3", "NUTS3", "NUTS 3 area", "ITL3 region"),
    "ITL2 area": ("ITL2", "ITL 2", "ITL-2", "ITL level 2", "NUTS2", "NUTS 2 area", "ITL2 region"),
}  # fmt: skip
FORMS = ("{n} {k}", "{k} {n}", "{n}, {k}", "{n} - {k}", "{n} [{k}]", "{k}: {n}", "{n} ({k})",
         "{n}_{k}", "the {n} {k}", "{n} {k}, England", "{n} {k} (England)", "{n} {k}, UK",
         "{k} of {n}", "the {k} of {n}", "{k} for {n}")  # fmt: skip
CHANGES: tuple[tuple[str, str], ...] = (
    (" and ", " & "), (" and ", " + "), ("'", "\u2019"), ("'", ""), ("-", " "), ("St ", "St. "),
    ("St ", "Saint "), (" ", "-"), (" ", "\u00a0"), (" ", "  "), (",", ""),
)  # fmt: skip


def spellings(area: Area) -> list[str]:
    """Some thirty ways in which people write an area and its kind, drawn from many by its name."""
    chance = random.Random(area.name)
    kinds = KINDS_SAID[area.kind]
    if area.kind == "county" and not area.code:
        # It has no council of its own: 'Shropshire Council' is a district's.
        kinds = ("county", "shire county", "ceremonial county")
    ways = [form.format(n=area.name, k=kind) for form in FORMS for kind in kinds]
    made = chance.sample(ways, 20)
    made += [made[n].replace(*change) for n, change in enumerate(CHANGES)]
    made += [made[0].upper(), made[1].lower(), f"  {made[2]} "]
    if area.code:
        made += [area.code, area.code.lower(), f"{area.code} {area.name}",
                 f"{area.name} ({area.code})", f"{area.code}: {area.name}"]  # fmt: skip
    return made


def made_of(area: Area) -> tuple[tuple[str, float], ...]:
    return tuple((part.code, round(part.share_of_part, 2)) for part in area.parts)


@pytest.mark.parametrize("kind", KINDS_SAID)
def test_every_usual_spelling_of_an_area_is_taken(kind: str) -> None:
    areas = load_areas()
    total, missed, wrong = 0, [], []
    for area in areas.of_kind(kind):
        forms = spellings(area)
        assert len(set(forms)) >= 20
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
        ("Herts LEP", "Hertfordshire (partnership)"),
        ("W Yorks", "West Yorkshire (county)"),
        ("Shropshire Council", "Shropshire (district)"),
        ("Shropshire county", "Shropshire (county)"),
        ("Bath", "Bath and North East Somerset (district)"),
        ("Bath TTWA", "Bath (travel-to-work area)"),
        ("OxLEP", "Oxfordshire (partnership)"),
        ("East Midlands", "East Midlands (region)"),
        ("East Midlands CA", "East Midlands (combined authority)"),
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


def test_agreements_of_several_areas_are_their_members() -> None:
    areas = load_areas()
    tees = areas.resolve("Tees Valley Multi-Area Agreement")
    assert tees.kind == "multi-area agreement"
    assert [part.code for part in tees.parts] == ["TLC11", "TLC12", "TLC13"]
    assert areas.resolve("Tees Valley").kind == "combined authority"


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
