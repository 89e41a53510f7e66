from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.records import Severity
from stratlint.run.settings import load_settings


def test_each_place_overrides_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "stratlint.yaml").write_text("jobs: 3\nfail_on: warning\nreader: pdfplumber\n")
    environment = {"STRATLINT_JOBS": "5", "STRATLINT_FAIL_ON": "info"}
    found = load_settings({"jobs": 7}, folder=tmp_path, environment=environment)
    assert found.settings.jobs == 7
    assert found.settings.fail_on == "info"
    assert found.settings.reader == "pdfplumber"
    assert found.origins["jobs"] == "command line"
    assert found.origins["fail_on"] == "environment (STRATLINT_FAIL_ON)"
    assert found.origins["reader"].endswith("stratlint.yaml")


def test_a_project_file_serves_too(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.stratlint]\nfail_on = "never"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load_settings(folder=below, environment={}).settings.fail_on == "never"


def test_rules_have_short_forms(tmp_path: Path) -> None:
    (tmp_path / "stratlint.yaml").write_text("rules:\n  SB001: off\n  SB002: error\n")
    rules = load_settings(folder=tmp_path, environment={}).settings.rules
    assert rules["SB001"].enabled is False
    assert rules["SB002"].severity is Severity.ERROR


def test_limits_merge_field_by_field(tmp_path: Path) -> None:
    (tmp_path / "stratlint.yaml").write_text("limits: {max_pages: 50, seconds: 9}\n")
    found = load_settings({"limits": {"seconds": 3.0}}, folder=tmp_path, environment={})
    assert (found.settings.limits.max_pages, found.settings.limits.seconds) == (50, 3.0)


@pytest.mark.parametrize("name", ["stratlint.yaml", "pyproject.toml"])
def test_paths_in_a_file_begin_at_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    written = {
        "stratlint.yaml": "suppressions: mine.yaml\nrules_dirs: [rules, /elsewhere]\n",
        "pyproject.toml": "[tool.stratlint]\nsuppressions = 'mine.yaml'\n"
        "rules_dirs = ['rules', '/elsewhere']\n",
    }
    (tmp_path / name).write_text(written[name], encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    found = load_settings(environment={}).settings
    assert found.suppressions == str(tmp_path / "mine.yaml")
    assert found.rules_dirs == (str(tmp_path / "rules"), "/elsewhere")
    # What is given on the command line or in the environment begins where one stands.
    given = load_settings({"rules_dirs": ("own",)}, environment={"STRATLINT_SUPPRESSIONS": "x"})
    assert (given.settings.rules_dirs, given.settings.suppressions) == (("own",), "x")
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={}).settings.suppressions == "mine.yaml"


def test_a_mistyped_setting_is_named_with_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "stratlint.yaml").write_text("fail-on: error\n")
    with pytest.raises(FileFault, match=r"stratlint\.yaml:1:1: unknown key 'fail-on'.*'fail_on'"):
        load_settings(folder=tmp_path, environment={})
    (tmp_path / "stratlint.yaml").unlink()
    (tmp_path / "pyproject.toml").write_text("[tool.stratlint]\njob = 2\n")
    with pytest.raises(FileFault, match="did you mean 'jobs'"):
        load_settings(folder=tmp_path, environment={})


@pytest.mark.parametrize("raw", ["{SB005: off", "[a, ", "2020-99-99", "\x07"])
def test_what_is_no_yaml_in_the_environment_names_its_variable(tmp_path: Path, raw: str) -> None:
    with pytest.raises(UsageError, match="environment variable STRATLINT_RULES: not valid YAML"):
        load_settings(folder=tmp_path, environment={"STRATLINT_RULES": raw})


def test_a_plain_string_is_a_list_of_one(tmp_path: Path) -> None:
    names = ("select", "ignore", "formats", "rules_dirs")
    found = load_settings(
        folder=tmp_path, environment={f"STRATLINT_{name.upper()}": "SB" for name in names}
    )
    assert {getattr(found.settings, name) for name in names} == {("SB",)}
    (tmp_path / "stratlint.yaml").write_text("select: SB\nignore: [TR, EV]\n")
    written = load_settings(folder=tmp_path, environment={}).settings
    assert (written.select, written.ignore) == (("SB",), ("TR", "EV"))
    (tmp_path / "stratlint.yaml").write_text("select: SB004, SB005,\nignore: ['TR,EV', BU]\n")
    written = load_settings(folder=tmp_path, environment={}).settings
    assert (written.select, written.ignore) == (("SB004", "SB005"), ("TR", "EV", "BU"))


def test_a_bad_value_in_the_environment_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="jobs"):
        load_settings(folder=tmp_path, environment={"STRATLINT_JOBS": "many"})
