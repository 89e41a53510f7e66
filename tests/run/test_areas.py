"""Documents measured by the figures of their own area, given or proposed, and told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stratlint
from stratlint.cli import main
from stratlint.errors import FileFault, UsageError
from stratlint.records import AuditResult
from stratlint.run.corpus import load_corpus
from stratlint.workers.execution import InlineExecutor

PLAN = """# An economic plan for Oxfordshire

Adopted March 2019

Bicester, Banbury, Didcot, Witney, Abingdon, Thame and Oxford work together on skills.

## Our priorities

Our priority sectors are:

- digital industries
- tourism
- electronics

Harwell and Culham hold laboratories; Bicester and Banbury hold works. In 2018 wages rose in Oxford.
"""


def check(path: Path, **given: object) -> AuditResult:
    return stratlint.check(path, executor=InlineExecutor(), cache=False, **given)  # type: ignore[arg-type]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_text_proposes_its_area_with_a_reason(plan: Path) -> None:
    result = check(plan)
    document = result.analyses[0].document
    assert document.area is not None
    assert document.area.label == "Oxfordshire (county)"
    (word,) = [w.message for w in document.warnings if w.code == "area-guessed"]
    assert word == (
        "Area: Oxfordshire (county) (its title names it, and 13 of 13 named places lie in "
        "Oxfordshire); its own figures are used"
    )
    profile = result.area("plan.md")
    assert profile is not None
    assert profile.guessed
    assert profile.level == "ITL3"
    assert [market.name for market in profile.cuts] == ["Banbury", "Reading"]


def test_rules_speak_of_the_areas_own_figures_and_say_the_size(plan: Path) -> None:
    given = check(plan, area="Oxfordshire LEP", preview=True)
    document = given.analyses[0].document
    assert document.region == "South East"
    assert given.analyses[0].name == "Oxfordshire"
    assert not [w for w in document.warnings if w.code == "area-guessed"]
    profile = given.area("plan.md")
    assert profile is not None
    assert not profile.guessed
    (low,) = [f for f in given.findings if f.rule == "SB002" and f.sector == "digital_ict"]
    assert "but the location quotient of Oxfordshire, by ITL3 areas is 0." in low.message
    # Electronics is strong in the county and chosen; in the region alone it would not say so.
    assert not [f for f in given.findings if f.rule == "SB002" and f.sector == "electronics"]
    by_sector = {each.sector: each for each in profile.figures}
    assert by_sector["electronics"].own is not None
    assert by_sector["electronics"].regional is not None
    assert by_sector["electronics"].regional.region == "South East"
    assert "not to be told apart at this size" in by_sector["life_sciences"].word
    assert {note.name for note in given.sources} >= {"gva", "gva-itl3"}
    assert [neighbour.name for neighbour in profile.neighbours] == ["Northamptonshire"]


def test_a_list_of_areas_and_a_labour_market(plan: Path) -> None:
    both = check(plan, area=["Oxfordshire", "TLJ13"])
    assert both.analyses[0].name == "Oxfordshire and Buckinghamshire"
    market = check(plan, area="Oxford travel-to-work area")
    assert "plan.md: Oxford: 97% Oxfordshire, 3% Buckinghamshire, by residents" in market.warnings
    assert not [f for f in market.findings if f.rule == "FR006"]


def test_an_area_that_two_bear_is_asked_about(
    plan: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="'Dorset' is the name of 2 areas"):
        check(plan, area="Dorset")
    assert main(["check", str(plan), "--area", "Dorset"]) == 2
    assert "Dorset (ITL3 area, TLK25); say which" in capfd.readouterr().err
    assert main(["check", str(plan), "--area", "Dorset LEP", "--fail-on", "never"]) == 0


def test_the_run_record_tells_the_area_that_was_said(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["--area", "Oxfordshire", "--area", "TLJ13", "--no-cache"]
    assert main(["audit", str(plan.parent), "-o", str(out), *asked]) in (0, 1)
    inputs = json.loads((out / "run.json").read_text("utf-8"))["inputs"]
    taken = {row["source"]: (row["region"], row["area"]) for row in inputs if "area" in row}
    assert taken == {"plan.md": ("South East", ["TLJ13", "TLJ14"])}


def manifest(folder: Path, said: str) -> Path:
    (folder / "a.md").write_text(PLAN, encoding="utf-8")
    (folder / "b.md").write_text(PLAN.replace("Oxford", "Reading"), encoding="utf-8")
    path = folder / "manifest.yaml"
    path.write_text(f"documents:\n  - {{file: a.md, {said}}}\n  - {{file: b.md, region: London}}\n")
    return path


def test_a_manifest_names_areas(tmp_path: Path) -> None:
    corpus = load_corpus(manifest(tmp_path, "area: [Oxfordshire, TLJ13]"))
    assert corpus.entries[0].region == "South East"
    result = stratlint.audit(corpus, executor=InlineExecutor(), cache=False)
    names = [analysis.name for analysis in result.analyses]
    assert names == ["Oxfordshire and Buckinghamshire", "London"]
    levels = {profile.document: profile.level for profile in result.areas}
    assert levels == {"a.md": "ITL3", "b.md": "region"}
    with pytest.raises(FileFault, match=r"manifest.yaml: a.md: 'Dorset' is the name of 2 areas"):
        load_corpus(manifest(tmp_path, "area: Dorset"))
    with pytest.raises(FileFault, match="did you mean 'Oxfordshire'"):
        load_corpus(manifest(tmp_path, "area: Oxfordshir"))


def test_an_area_may_stand_where_a_region_is_asked_for(tmp_path: Path) -> None:
    corpus = load_corpus(manifest(tmp_path, "region: Oxfordshire"))
    result = stratlint.audit(corpus, executor=InlineExecutor(), cache=False)
    assert [a.name for a in result.analyses] == ["Oxfordshire", "London"]
    assert result.analyses[0].document.region == "South East"
    twice = load_corpus(manifest(tmp_path, "region: Dorset"))
    warned = stratlint.audit(twice, executor=InlineExecutor(), cache=False).warnings
    assert any("a.md: 'Dorset' is the name of 2 areas" in word for word in warned)


def test_a_region_is_measured_as_before(tmp_path: Path) -> None:
    result = stratlint.audit(
        load_corpus(manifest(tmp_path, "region: South East")),
        executor=InlineExecutor(),
        cache=False,
    )
    profile = result.area("a.md")
    assert profile is not None
    assert profile.level == "region"
    assert profile.figures == ()
    assert {note.name for note in result.sources} == {"gva", "employment"}


def test_figures_of_a_region_judge_no_part_of_it_that_nobody_knows(tmp_path: Path) -> None:
    part = PLAN.replace("Oxfordshire", "Wealdmere District")
    for name, text in (("a.md", part), ("b.md", part), ("c.md", part)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text(
        "documents:\n"
        "  - {file: a.md, region: South East, kind: strategy}\n"
        "  - {file: b.md, area: Oxfordshire, kind: strategy}\n"
        "  - {file: c.md, region: North East, kind: strategy}\n",
        encoding="utf-8",
    )
    result = stratlint.audit(tmp_path, executor=InlineExecutor(), cache=False, preview=True)
    measured = {f.document for f in result.findings if f.rule in ("SB002", "SB003", "SB004")}
    assert measured == {"b.md"}
    for rule in ("SB002", "SB003", "SB004"):
        (word,) = [n for n in result.not_run if n.rule == rule and "a part of" in n.reason]
        assert set(word.documents) == {"a.md", "c.md"}
        assert "name the part with 'area:' or --area" in word.reason


def test_the_united_kingdom_as_reference(plan: Path) -> None:
    english = check(plan, area="Oxfordshire")
    british = check(plan, area="Oxfordshire", reference="United Kingdom")
    for result, name in ((english, "England"), (british, "United Kingdom")):
        profile = result.area("plan.md")
        assert profile is not None
        assert profile.reference == name
        education = {f.sector: f for f in profile.figures}["education"]
        assert education.own is not None
        assert education.regional is not None
        assert education.own.reference == education.regional.reference == name


def test_what_was_mended_in_a_table_is_said(plan: Path) -> None:
    folder = plan.parent
    cells = (("NE", 24, 30), ("NE", 25, 40), ("South-East", 24, 20), ("South-East", 25, 90))
    rows = [f"{region};2019;{code};{value},5" for region, code, value in cells]
    text = "region;year;industry_code;value\n" + "\n".join(rows) + "\n"
    (folder / "own.csv").write_text(text, encoding="utf-8")
    card = "title: T\npublisher: P\nlicence: L\ndate: '2020'\nmeasure: jobs\nunit: jobs\n"
    (folder / "own.yaml").write_text(card, encoding="utf-8")
    (folder / "manifest.yaml").write_text(
        "evidence: [own.csv]\ndocuments: [{file: plan.md, region: South East}]\n", encoding="utf-8"
    )
    result = stratlint.audit(folder, executor=InlineExecutor(), cache=False)
    said = "\n".join(result.warnings)
    assert "own: regions read: 'NE' as North East, 'South-East' as South East" in said
    assert "own: commas are read as decimal points" in said


def test_a_city_that_names_the_towns_around_it_is_still_about_itself(tmp_path: Path) -> None:
    path = tmp_path / "city.md"
    path.write_text(
        "# Made here\n\nA plan for Coventry 2024. Coventry makes cars. Firms of Coventry sell to "
        "Solihull, Birmingham, Wolverhampton, Leicester, Derby and Nottingham, and people come "
        "from Rugby, Nuneaton and Warwick.\n",
        encoding="utf-8",
    )
    document = check(path).analyses[0].document
    assert document.area is not None
    assert document.area.name == "Coventry"


def test_a_text_that_names_three_towns_alike_is_of_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "towns.md"
    path.write_text(
        "# A plan for growth 2019\n\nNorwich, Ipswich and Colchester make things. Norwich and "
        "Ipswich trade with Cambridge and Luton. Norwich, Ipswich and Colchester choose tourism.\n",
        encoding="utf-8",
    )
    assert check(path).analyses[0].document.area is None
