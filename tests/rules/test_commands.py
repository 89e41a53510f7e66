from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.records import ExitCode
from stratlint.resources import data_dir
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


def test_a_folder_holds_no_single_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["SB003"], ["--format", "schema"], ["--all", "--format", "json"]):
        assert main(["rule", *arguments, "-o", str(tmp_path)]) == ExitCode.USAGE
        shown = capsys.readouterr().err
        assert f"{tmp_path} is a folder" in shown
        assert ".part" not in shown


def test_help_shows_an_example_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rule", "--help"])
    shown = capsys.readouterr().out
    assert "\\b" not in shown
    assert "  stratlint rule SB003\n" in shown


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


_MANIFEST = "documents:\n  - {file: a.md, region: London}\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("manifest.yaml", _MANIFEST, None),
        ("manifest.yaml", _MANIFEST + "rules: {SB0099: off}\n", "there is no rule 'SB0099'"),
        ("manifest.yaml", _MANIFEST + "rules: {SB003: loud}\n", "SB003.severity"),
        ("manifest.yaml", _MANIFEST + "evidence: [no.csv]\n", "there is no table of evidence"),
        ("manifest.yaml", _MANIFEST.replace("a.md", "b.md"), "there is no document"),
        ("mine.yml", _MANIFEST, None),
        ("mine.yml", _MANIFEST + "rules: {SB0099: off}\n", "there is no rule 'SB0099'"),
        ("mine.yml", "ignore:\n  - {rule: SB001, document: a.md}\n", "'reason' is missing"),
        ("mine.yml", "fail_on: never\nignore: [SB0099]\n", "there is no rule 'SB0099'"),
        ("mine.yml", "fail_on: never\nignore: [SB]\n", None),
        ("stratlint.yaml", "# fail_on: never\n", None),
        ("stratlint.yaml", "", "the file is empty"),
        ("stratlint.yaml", "select: [SB0099]\n", "there is no rule 'SB0099'"),
        ("stratlint.yaml", "rules_dirs: [mine]\n", "there is no folder of rules"),
        ("stratlint.yaml", "suppressions: mine.yaml\n", "suppressions: there is no file"),
        ("pyproject.toml", "[tool.stratlint]\nfail_on = 'never'\n", None),
        ("pyproject.toml", "[tool.stratlint]\nfail-on = 'never'\n", "did you mean 'fail_on'"),
        ("pyproject.toml", "[tool.stratlint\n", "not valid TOML"),
    ],
)
def test_validate_refuses_what_an_audit_refuses(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    said: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# London\n\nOur priority is tourism.\n", encoding="utf-8")
    Path(name).write_text(text, encoding="utf-8")
    code = main(["validate", name])
    shown = capsys.readouterr().err
    assert (code, shown) == (ExitCode.CLEAN, "") if said is None else code == ExitCode.USAGE
    assert (said or "") in shown
    assert not said or name in shown
    assert main(["validate", "."]) == code
    how = ["."] if name == "manifest.yaml" else ["--config", name, "."]
    if name != "mine.yml":
        audited = main(["audit", *how, "--fail-on", "never"])
        assert (audited != ExitCode.CLEAN) is (said is not None)


def test_the_settings_in_force_are_looked_at_without_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("[tool.stratlint]\njob = 2\n", encoding="utf-8")
    assert main(["validate", "-q"]) == ExitCode.USAGE
    assert "did you mean 'jobs'" in capsys.readouterr().err
    Path("pyproject.toml").unlink()
    monkeypatch.setenv("STRATLINT_SELECT", "SB0099")
    assert main(["validate", "-q"]) == ExitCode.USAGE
    assert "there is no rule 'SB0099'" in capsys.readouterr().err


def test_lists_of_words_are_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is read as its module does, whatever keys it shares with other kinds of file."""
    assert main(["validate", str(data_dir("rules") / "language" / "commitment")]) == ExitCode.CLEAN
    shown = capsys.readouterr().out
    assert "doubled.yaml" in shown
    assert "not looked at" not in shown


def test_a_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "nowhere.yaml"]) == ExitCode.USAGE
    assert "no such file" in capsys.readouterr().err
