"""Sectors as others define them: another list in force, from the words to the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint
from stratlint.cli import main
from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.taxonomy import find_sectors, load_taxonomy, sectors_in_force
from stratlint.resources import data_dir
from stratlint.workers.execution import InlineExecutor

UK, S3 = "uk-industrial-strategy-2025", "eu-s3-priorities"
PLAN = """# A plan for the North West

Adopted March 2019. Preston, Bolton and Burnley make things.

Our priority sectors are:

- aerospace
- heat pumps
- tourism
"""


def write(folder: Path) -> Path:
    path = folder / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_list_of_the_industrial_strategy_of_2025(tmp_path: Path) -> None:
    result = stratlint.check(
        write(tmp_path), sectors=UK, executor=InlineExecutor(), cache=False, region="North West"
    )
    found = {priority.sector for priority in result.analyses[0].priorities}
    assert found == {"advanced_manufacturing", "clean_energy"}, "tourism is none of the nine"
    assert len(result.sectors) == 9
    assert result.comparison is not None
    by_sector = {q.sector: q for q in result.comparison.quotients}
    assert "26110" in by_sector["advanced_manufacturing"].codes, "by classes of employment"
    assert "clean_energy" not in by_sector, "it has no codes, so no figures"
    assert len(load_taxonomy().sectors) == 32, "the shipped list is in force again"


def test_the_priorities_of_smart_specialisation(tmp_path: Path) -> None:
    text = PLAN.replace("heat pumps", "blue growth").replace("tourism", "social innovation")
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    result = stratlint.check(
        tmp_path / "plan.md", sectors=S3, executor=InlineExecutor(), cache=False, region="London"
    )
    found = {priority.sector for priority in result.analyses[0].priorities}
    assert found == {"aeronautics_space", "blue_growth", "social_innovation"}
    assert len(result.sectors) == 10
    assert result.comparison is not None
    by_sector = {q.sector: q for q in result.comparison.quotients}
    assert "30300" in by_sector["aeronautics_space"].codes, "those of what it takes"
    assert "nature_biodiversity" not in by_sector, "it has no codes, so no figures"


@pytest.mark.parametrize("name", [UK, S3])
def test_a_shipped_list_is_read_by_validate_as_by_an_audit(name: str) -> None:
    assert main(["validate", str(data_dir("rules") / "sector-lists" / name)]) == 0
    with sectors_in_force(find_sectors(name)):
        assert load_taxonomy().sectors


def test_workers_read_the_list_too_and_nothing_kept_is_mixed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    path = write(tmp_path)
    for sectors, wanted in (
        (UK, {"advanced_manufacturing", "clean_energy"}),
        (None, {"aerospace", "low_carbon", "tourism"}),
        (UK, {"advanced_manufacturing", "clean_energy"}),
    ):
        result = stratlint.check(path, sectors=sectors, jobs=1, region="North West")
        assert {p.sector for p in result.analyses[0].priorities} == wanted


def test_a_list_of_ones_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "ours"
    own.mkdir()
    flight = own / "flight.yaml"
    flight.write_text('id: flight\nname: Flight\nsic2007: ["30.3"]\ntakes: [aerospace]\n')
    assert main(["validate", str(own)]) == 0
    with sectors_in_force(own):
        assert [s.id for s in load_taxonomy().sectors] == ["flight"]
    (own / "rest.yaml").write_text("id: rest\nname: Rest\ntakes: [tourism, aerospce]\n")
    assert main(["validate", str(own)]) == 2
    assert "did you mean 'aerospace'" in capfd.readouterr().err
    (own / "rest.yaml").write_text("id: rest\nname: Rest\ntakes: [aerospace]\n")
    with pytest.raises(FileFault, match="'aerospace' is taken by 'flight' already"):
        load_taxonomy(own)
    (own / "rest.yaml").write_text('id: rest\nname: Rest\nsic2007: ["99.99"]\nlabels: [rest]\n')
    assert main(["validate", str(own / "rest.yaml")]) == 2
    assert "'99.99' is no code of SIC 2007" in capfd.readouterr().err


def test_a_list_that_there_is_not() -> None:
    with pytest.raises(UsageError, match=f"did you mean '{UK}'"):
        find_sectors("uk-industrial-strategy-2024")
    assert find_sectors(None) is None
