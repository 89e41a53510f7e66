"""Places as others define them, the area of a whole corpus, and what they are set against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stratlint
from stratlint.cli import main
from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.areas import load_areas
from stratlint.knowledge.places import find_places_folder, load_places, places_in_force
from stratlint.run.settings import load_settings
from stratlint.workers.execution import InlineExecutor

REGIONS = """regions:
  - {name: Upland, code: X1, itl1: XXA, spellings: [the Uplands], neighbours: [Fenland]}
  - {name: Fenland, code: X2, itl1: XXB, neighbours: [Upland]}
nations: [Ruritania]
"""
SETTLEMENTS = """regions:
  Upland: {towns: [Highcastle, Moorgate Cross]}
  Fenland: {towns: [Eelby]}
"""
AREAS = """areas:
  - {name: Thames Corridor, kind: corridor, members: {TLJ14: 1.0, TLJ11: 0.4}}
names:
  TLJ14: [The Dreaming Shire]
"""
PLAN = """# A plan for Upland

Adopted March 2019. Highcastle and Moorgate Cross will work together with Eelby on skills.

Our priority sectors are:

- aerospace
- tourism
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "regions.yaml").write_text(REGIONS, encoding="utf-8")
    (folder / "settlements.yaml").write_text(SETTLEMENTS, encoding="utf-8")
    (folder / "areas.yaml").write_text(AREAS, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "other.md").write_text(PLAN.replace("Upland", "Fenland", 1), encoding="utf-8")
    manifest = "documents:\n  - {file: plan.md, region: the Uplands}\n  - {file: other.md}\n"
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return folder


def test_places_of_ones_own_are_read_by_workers_and_kept_apart(
    corpus: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    for places, region, found in (
        (str(own), "Upland", {"Highcastle": "Upland", "Eelby": "Fenland"}),
        (None, "the Uplands", {}),
        (str(own), "Upland", {"Highcastle": "Upland", "Eelby": "Fenland"}),
    ):
        result = stratlint.audit(corpus, places=places, jobs=1)
        analysis = result.analysis("plan.md")
        assert analysis.document.region == region
        named = {p.name: p.region for p in analysis.places}
        assert {name: named[name] for name in ("Highcastle", "Eelby") if name in named} == found
    assert len(load_places().region_names()) == 9, "the shipped places are in force again"


def test_what_a_folder_lacks_is_shipped_and_areas_are_added(own: Path) -> None:
    with places_in_force(own):
        assert load_places().region_names() == ("Fenland", "Upland")
        assert load_places().find("Bolton") is None, "it lies in no region of these"
        assert load_places().find("Berlin") is not None
        corridor = load_areas().resolve("Thames Corridor")
        assert {p.code: p.share_of_part for p in corridor.parts} == {"TLJ14": 1.0, "TLJ11": 0.4}
        assert load_areas().resolve("Dreaming Shire").code == "TLJ14"
        assert load_areas().resolve("Tees Valley LEP").kind == "partnership"
    (own / "regions.yaml").unlink()
    (own / "settlements.yaml").unlink()
    with places_in_force(own):
        assert len(load_places().region_names()) == 9, "an edited folder is read anew"
        assert load_areas().resolve("Thames Corridor").region == "South East"


def test_a_fault_is_told_at_its_place_by_validate_as_by_an_audit(
    own: Path, corpus: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(own)]) == 0
    (own / "areas.yaml").write_text(AREAS.replace("TLJ11", "TLJ19"), encoding="utf-8")
    assert main(["validate", str(own / "areas.yaml")]) == 2
    said = capfd.readouterr().err
    assert "Thames Corridor: there is no ITL area 'TLJ19'; did you mean 'TLJ1" in said
    with pytest.raises(FileFault, match="TLJ19"):
        stratlint.audit(corpus, places=str(own), area="Oxfordshire", executor=InlineExecutor())
    with pytest.raises(UsageError, match="there is no folder 'nowhere'"):
        find_places_folder("nowhere")
    with pytest.raises(UsageError, match="has none of regions"):
        find_places_folder(str(corpus))


def test_settings_name_lists_beside_their_file_and_validate_says_what_is_missing(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stratlint.yaml"
    file.write_text("places: places\nsectors: uk-industrial-strategy-2025\n", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    settings = load_settings(environment={}).settings
    assert settings.places == str(own)
    assert settings.sectors == "uk-industrial-strategy-2025"
    assert main(["validate", str(file)]) == 0
    file.write_text("sectors: eight-sectors\n", encoding="utf-8")
    assert main(["validate", str(file)]) == 2
    assert "there is no folder 'eight-sectors'" in capfd.readouterr().err


def test_explain_and_classify_heed_the_sectors_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stratlint.yaml").write_text("sectors: ours\n", encoding="utf-8")
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "flight.yaml").write_text("id: flight\nname: Flying things\ntakes: [aerospace]\n")
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    assert main(["explain", "plan.md", "--sector", "flight"]) == 0
    assert "1. Flying things: 1.00 points, named once" in capfd.readouterr().out
    assert main(["explain", "plan.md", "--sector", "tourism"]) == 2
    line = json.dumps({"id": "a", "text": "Our priority sectors are aerospace and tourism."})
    (tmp_path / "passages.jsonl").write_text(line + "\n", encoding="utf-8")
    capfd.readouterr()
    assert main(["classify", "passages.jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert {mention["sector"] for mention in row["mentions"]} == {"flight"}


def test_a_corpus_of_one_area_but_where_the_manifest_says_another(corpus: Path) -> None:
    manifest = 'documents:\n  - {file: plan.md}\n  - {file: other.md, area: "Cornwall (county)"}\n'
    (corpus / "manifest.yaml").write_text(manifest, encoding="utf-8")
    result = stratlint.audit(
        corpus, area="Oxfordshire", reference="United Kingdom", executor=InlineExecutor()
    )
    areas = {area.document: area for area in result.areas}
    assert areas["plan.md"].area.label == "Oxfordshire (county)"
    assert areas["other.md"].area.label == "Cornwall (county)"
    assert not areas["plan.md"].guessed
    own = next(f.own for f in areas["plan.md"].figures if f.sector == "tourism")
    assert own is not None
    assert own.reference == "United Kingdom"
    with pytest.raises(UsageError, match="there is no area 'Oxfordshyre'; did you mean"):
        stratlint.audit(corpus, area="Oxfordshyre", executor=InlineExecutor())
