"""The taxonomy files that ship, and the faults that people make in such files."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault
from stratlint.knowledge.taxonomy import load_taxonomy


def test_all_thirty_two_sectors_are_there_with_codes_and_terms() -> None:
    taxonomy = load_taxonomy()
    assert len(taxonomy.sectors) == 32
    for entry in taxonomy.sectors:
        assert entry.sic2007, entry.id
        assert len(entry.labels) >= 10, entry.id
        assert entry.negative, entry.id
    assert taxonomy.by_id["life_sciences"].as_record().name == "Life sciences"


def test_a_term_stands_once_in_a_sector() -> None:
    for entry in load_taxonomy().sectors:
        terms = [t if level == "acronym" else t.lower() for t, level in entry.terms]
        assert len(terms) == len(set(terms)), entry.id


@pytest.mark.shared
def test_ids_names_and_codes_are_those_of_the_list_of_sectors(shared: Path) -> None:
    import json

    listed = json.loads((shared / "data/taxonomy/sectors.json").read_text(encoding="utf-8"))
    assert {s["id"]: (s["name"], tuple(s["sic2007"])) for s in listed["sectors"]} == {
        e.id: (e.name, e.sic2007) for e in load_taxonomy().sectors
    }


ENTRY = "id: {id}\nname: Widgets\ndescription: Widgets\nlabels: [widget industry]\n"


def test_an_unknown_key_names_the_nearest_right_one(tmp_path: Path) -> None:
    path = tmp_path / "widgets.yaml"
    path.write_text(ENTRY.format(id="widgets") + "negativ: [widget]\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"widgets\.yaml:5:1: .*'negative'"):
        load_taxonomy(tmp_path)


def test_a_file_is_named_after_its_sector(tmp_path: Path) -> None:
    (tmp_path / "widgets.yaml").write_text(ENTRY.format(id="gadgets"), encoding="utf-8")
    with pytest.raises(FileFault, match="its id is 'gadgets'"):
        load_taxonomy(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="no sectors"):
        load_taxonomy(tmp_path)


def test_a_blank_term_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "widgets.yaml"
    path.write_text(ENTRY.format(id="widgets") + "negative: ['']\n", encoding="utf-8")
    with pytest.raises(FileFault, match="blank"):
        load_taxonomy(tmp_path)
