from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.records import ExitCode
from stratlint.rules import load_rules


def test_one_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "SB003"]) == ExitCode.CLEAN
    shown = capsys.readouterr().out
    assert "copied-priority-without-local-evidence" in shown
    assert "What to do" in shown


def test_a_rule_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "emulation", "--format", "json"]) == ExitCode.CLEAN
    assert json.loads(capsys.readouterr().out)["id"] == "SB005"


def test_a_mistyped_rule_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "emulatoin"]) == ExitCode.USAGE
    assert "Did you mean 'emulation'" in capsys.readouterr().err


def test_all_rules_become_pages(tmp_path: Path) -> None:
    assert main(["rule", "--all", "-o", str(tmp_path)]) == ExitCode.CLEAN
    ids = {rule.id for rule in load_rules(include_preview=True)}
    assert {path.stem for path in tmp_path.glob("*.md")} == ids | {"index"}
    index = (tmp_path / "index.md").read_text("utf-8")
    assert all(f"({name}.md)" in index for name in ids)


def test_cases_are_run_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "SB005"]) == ExitCode.CLEAN
    assert "1 of 1 rules pass" in capsys.readouterr().out


def test_a_rule_that_no_case_fires_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ZZ001.yaml").write_text(
        "id: ZZ001\nname: never-fires\ncheck: phrase-present\nwith: {phrases: [abracadabra]}\n"
        "severity: info\nmessage: m\nwhy: It is here to show a failing rule.\n"
        "fix: Take it out.\n"
        "tests:\n"
        "  - {name: silent, documents: {A: Firms share a furnace.}, want: [{contains: furnace}]}\n",
        encoding="utf-8",
    )
    assert main(["test", "ZZ001", "--rules", str(tmp_path)]) == ExitCode.FINDINGS
    shown = capsys.readouterr().out
    assert "- wanted, not found: a finding with contains 'furnace'" in shown
    assert "no case makes it fire" in shown
    assert "no case keeps it silent" in shown


def test_what_is_shipped_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "-q"]) == ExitCode.CLEAN
    assert capsys.readouterr().out == ""


def test_a_fault_is_named_with_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stratlint-ignore.yaml"
    path.write_text("ignore:\n  - rule: SB001\n    resaon: typed too fast\n", encoding="utf-8")
    assert main(["validate", str(path)]) == ExitCode.USAGE
    shown = capsys.readouterr().err
    assert "stratlint-ignore.yaml:3:5" in shown
    assert "did you mean 'reason'" in shown


def test_a_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "nowhere.yaml"]) == ExitCode.USAGE
    assert "no such file" in capsys.readouterr().err
