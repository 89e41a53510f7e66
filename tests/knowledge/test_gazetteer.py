"""The gazetteer: official districts, nine regions, neighbours."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from stratlint.knowledge.places import load_places

ROOT = Path(__file__).resolve().parents[2]


def test_nine_regions_and_neighbours_that_agree() -> None:
    gazetteer = load_places()
    regions = gazetteer.region_names()
    assert len(regions) == 9
    for region in regions:
        for other in gazetteer.neighbours(region):
            if other in regions:
                assert region in gazetteer.neighbours(other), (region, other)


def test_aliases_and_towns_lead_to_their_region() -> None:
    gazetteer = load_places()
    assert gazetteer.region_of("Yorkshire & Humber") == "Yorkshire and the Humber"
    assert gazetteer.region_of("daresbury") == "North West"
    assert gazetteer.region_of("Tees Valley") == "North East"
    assert gazetteer.region_of("Atlantis") is None
    assert "East Anglia" in gazetteer.names()


def test_names_stand_once() -> None:
    names = [place.name.lower() for place in load_places().places]
    assert len(names) == len(set(names))


@pytest.mark.shared
def test_every_district_of_the_official_list_is_in_its_region(shared: Path) -> None:
    gazetteer = load_places()
    table = shared / "data/evidence/local_authority_to_region_2018.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    wrong = [
        row["lad18nm"]
        for row in rows
        if gazetteer.region_of(row["lad18nm"].split(",")[0]) != row["region"]
    ]
    assert wrong == []


@pytest.mark.shared
def test_the_districts_file_is_what_the_official_list_makes(shared: Path, tmp_path: Path) -> None:
    made = tmp_path / "districts.yaml"
    table = shared / "data/evidence/local_authority_to_region_2018.csv"
    tool = ROOT / "tools/make_districts.py"
    subprocess.run([sys.executable, str(tool), str(table), str(made)], check=True)
    assert made.read_text(encoding="utf-8") == (ROOT / "rules/places/districts.yaml").read_text(
        encoding="utf-8"
    )
