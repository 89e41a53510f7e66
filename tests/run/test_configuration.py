"""Settings that extend others, folders of one's own, and what a corpus leaves out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from stratlint.cli import main
from stratlint.errors import FileFault, UsageError
from stratlint.run.corpus import fits, load_corpus
from stratlint.run.settings import Settings, load_settings
from tests.made import NORTH_EAST, RULE, write_corpus

THEMES = """themes:
  wool:
    name: wool
    looked_for: words on wool
    phrases: [wool mill, wool mills]
"""


def _settings(folder: Path, **options: Any) -> Any:
    return load_settings(folder=folder, environment={}, **options)


def test_the_nearest_file_goes_first_and_each_value_says_its_own(tmp_path: Path) -> None:
    (tmp_path / "org").mkdir()
    (tmp_path / "team").mkdir()
    far, near = tmp_path / "org" / "base.yaml", tmp_path / "team" / "stratlint.yaml"
    far.write_text(
        "fail_on: never\njobs: 3\nrules_dirs: [rules]\nlimits: {max_pages: 9, seconds: 5}\n"
        "rules: {SB001: off, SB005: {severity: error, confidence: low}}\n"
    )
    near.write_text(
        "extends: ../org/base.yaml\njobs: 2\nlimits: {seconds: 7}\nrules: {SB005: warning}\n"
    )
    found = _settings(tmp_path / "team")
    settings, origins = found.settings, found.origins
    assert (settings.fail_on, settings.jobs) == ("never", 2)
    assert (settings.limits.max_pages, settings.limits.seconds) == (9, 7)
    assert settings.rules["SB001"].enabled is False
    assert (settings.rules["SB005"].severity, settings.rules["SB005"].confidence) == (
        "warning", "low",
    )  # fmt: skip
    assert [Path(name).resolve() for name in settings.rules_dirs] == [tmp_path / "org" / "rules"]
    assert Path(origins["fail_on"]).resolve() == far
    assert origins["jobs"] == str(near)
    assert origins["limits.seconds"] == str(near)
    assert Path(origins["limits.max_pages"]).resolve() == far
    assert Path(origins["rules.SB001"]).resolve() == far


def test_a_project_file_extends_too(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("fail_on: info\n")
    (tmp_path / "pyproject.toml").write_text('[tool.stratlint]\nextends = "base.yaml"\njobs = 2\n')
    found = _settings(tmp_path).settings
    assert (found.fail_on, found.jobs) == ("info", 2)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"stratlint.yaml": "extends: stratlint.yaml\n"}, "a circle: "),
        ({"stratlint.yaml": "extends: a.yaml\n", "a.yaml": "extends: stratlint.yaml\n"}, "circle"),
        ({"stratlint.yaml": "jobs: 2\nextends: no.yaml\n"}, "yaml:2:1: extends: there is no file"),
        ({"stratlint.yaml": "extends: bse.yaml\n", "base.yaml": "jobs: 1\n"}, "mean 'base.yaml'"),
        ({"stratlint.yaml": "extends: .\n"}, "there is no file"),
        ({"stratlint.yaml": 'extends: "a\\0b"\n'}, r"there is no file .*a\\x00b"),
        ({"stratlint.yaml": "extends: pyproject.toml\n", "pyproject.toml": ""}, "no .tool.strat"),
        ({"stratlint.yaml": "exclude: 'role:sorce'\n"}, "1:10: exclude: .*'role:source'"),
        ({"stratlint.yaml": "exclude: [/]\n"}, "is no glob"),
        ({"stratlint.yaml": "extends: a.yaml\n", "a.yaml": "slect: [SB]\n"}, "a.yaml:1:1"),
    ],
)
def test_circles_and_faults_on_the_way_are_refused(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(FileFault, match=said):
        _settings(tmp_path)


def test_only_a_file_extends(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only a settings file"):
        load_settings(folder=tmp_path, environment={"STRATLINT_EXTENDS": "a.yaml"})


def test_config_shows_where_each_part_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "base.yaml").write_text("limits: {max_pages: 9}\n")
    (tmp_path / "stratlint.yaml").write_text("extends: base.yaml\nlimits: {seconds: 7}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["config"]) == 0
    lines = {line.split()[0]: line for line in capfd.readouterr().out.splitlines()}
    assert lines["limits.max_pages"].split()[1:] == ["9", str(tmp_path / "base.yaml")]
    assert lines["limits.seconds"].split()[1:] == ["7.0", str(tmp_path / "stratlint.yaml")]
    assert main(["config", "--format", "json", "--max-pages", "4"]) == 0
    parts = json.loads(capfd.readouterr().out)["limits"]["parts"]
    assert parts["max_pages"] == "command line"
    assert parts["seconds"] == str(tmp_path / "stratlint.yaml")


def _own(folder: Path) -> Path:
    own = folder / ".stratlint"
    (own / "rules" / "deeper").mkdir(parents=True)
    (own / "rules" / "deeper" / "XX001.yaml").write_text(RULE)
    return own


def test_a_folder_of_ones_own_is_found_from_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    own = _own(tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    draft = tmp_path / "project" / "drafts" / "draft.md"
    draft.parent.mkdir()
    draft.write_text(f"{NORTH_EAST}\n\nThe wool mill is here.\n", encoding="utf-8")
    assert main(["check", str(draft), "--select", "XX001", "--fail-on", "warning"]) == 1
    out, err = capfd.readouterr()
    assert "XX001 wool-named" in out
    assert f"in force: rules_dirs of {own}" in err
    assert main(["validate", str(own)]) == 0
    capfd.readouterr()
    assert main(["config", "--for", str(draft), "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["rules_dirs"]["origin"] == str(own)


def test_settings_beside_the_draft_hold_where_there_are_none_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "stratlint.yaml").write_text("fail_on: never\n")
    near = tmp_path / "there" / "draft.md"
    assert _settings(tmp_path, near=near).settings.fail_on == "never"
    (tmp_path / "stratlint.yaml").write_text("fail_on: info\n")
    assert _settings(tmp_path, near=near).settings.fail_on == "info"


def test_themes_of_ones_own_are_in_force_without_rules_beside_them(tmp_path: Path) -> None:
    from stratlint.rules import load_rules

    own = tmp_path / ".stratlint"
    (own / "themes").mkdir(parents=True)
    (own / "rules").mkdir()
    (own / "themes" / "themes-own.yaml").write_text(THEMES)
    settings = _settings(tmp_path, near=tmp_path / "draft.md").settings
    assert [Path(name).name for name in settings.rules_dirs] == ["rules", "themes"]
    (own / "rules" / "XX001.yaml").write_text(RULE + "only_if: {theme: wool, at_least: passing}\n")
    rules = load_rules([Path(name) for name in settings.rules_dirs], include_preview=True)
    assert any(r.id == "XX001" for r in rules)
    draft = tmp_path / "draft.md"
    draft.write_text(f"{NORTH_EAST}\n\nThe wool mill is here.\n", encoding="utf-8")
    assert main(["check", str(draft), "--select", "XX001", "--fail-on", "warning"]) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rule/x.yaml", "did you mean the folder 'rules'?"),
        ("sectors.yaml", "the folder 'sectors'"),
        ("rules", "the folder 'rules'"),
        ("places/region.yaml", "did you mean places/regions.yaml?"),
        ("sectors/wool.yml", "did you mean sectors/wool.yaml?"),
        ("sectors/deeper/wool.yaml", "no run would read it"),
    ],
)
def test_what_would_not_be_read_is_refused(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / ".stratlint" / name
    path.parent.mkdir(parents=True)
    path.write_text("a: 1\n")
    with pytest.raises(FileFault, match=said):
        _settings(tmp_path)


@pytest.mark.parametrize("where", ["myrules", ".stratlint/rules"])
def test_validate_refuses_what_a_run_refuses(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    where: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / where
    (folder / "sub").mkdir(parents=True)
    (folder / "XX001.yaml").write_text(RULE)
    draft = tmp_path / "draft.md"
    draft.write_text(NORTH_EAST, encoding="utf-8")
    run = ["check", str(draft), "--fail-on", "never", "--select", "XX001"]
    run += ["--rules", where] if where == "myrules" else []
    assert main(["validate", where]) == 0
    assert main(run) == 0
    faults = {
        "sub/malformed.yaml": "id: XX002\nchek: phrase-present\n",
        "sub/other.yaml": "a: 1\n",
        "sub/broken.yaml": "id: [\n",
        "sub/again.yaml": RULE,
        "sub/name.yaml": RULE.replace("XX001", "XX002"),
        "sub/lost.yaml": "id: XX002\nextends: XX009\n",
    }
    for name, text in faults.items():
        (folder / name).write_text(text)
        codes = main(["validate", "-q", where]), main(["validate", "-q", "."]), main(run)
        assert codes == (2, 2, 2), name
        (folder / name).unlink()
    (folder / "sub" / "unread.yml").write_text(RULE.replace("XX001", "XX002"))
    capfd.readouterr()
    for command in (["validate", "-q", where], run):
        assert main(command) == 2
        assert "name it unread.yaml" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("glob", "name", "fit"),
    [
        ("drafts", "drafts/a.md", True),
        ("drafts/", "drafts/a.md", True),
        ("drafts", "old/drafts/b/a.md", True),
        ("*.txt", "old/a.txt", True),
        ("*.txt", "old/a.md", False),
        ("old/*", "old/a.md", True),
        ("old/*.md", "old/deep/a.md", False),
        ("old/**/a.md", "old/a.md", True),
        ("old/**/a.md", "old/b/c/a.md", True),
        ("**/a.md", "a.md", True),
        ("old/a.m?", "old/a.md", True),
        ("a[b.md", "a[b.md", True),
        ("/a.md", "a.md", True),
    ],
)
def test_globs_fit_as_in_a_gitignore(glob: str, name: str, fit: bool) -> None:
    assert fits(glob, name) is fit


def test_documents_are_left_out_by_glob_and_by_role(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c")

    def sources(*exclude: str) -> set[str]:
        return {e.source for e in load_corpus(corpus, Settings(exclude=exclude)).entries}

    assert sources("role:source") == {"north-east.md", "south-west.md", "east-midlands.md"}
    assert sources("*-east*", "national.md") == {"south-west.md", "east-midlands.md"}
    found = load_corpus(corpus, Settings(exclude=("south-*",)))
    assert "left out by 'exclude': south-west.md" in found.warnings
    with pytest.raises(UsageError, match="every document is left out"):
        sources("*.md")


def test_roles_of_a_folder_without_a_manifest(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c")
    (corpus / "manifest.yaml").unlink()
    settings = Settings(roles={"national.md": "source"})
    roles = {e.source: e.role for e in load_corpus(corpus, settings).entries}
    assert roles.pop("national.md") == "source"
    assert set(roles.values()) == {"strategy"}


def test_check_writes_a_baseline_and_sees_what_is_new(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"{NORTH_EAST}\n\nWe will be the next Silicon Valley.\n", encoding="utf-8")
    ignore = tmp_path / "stratlint-ignore.yaml"
    command = ["check", str(draft), "--fail-on", "info", "--pack", "all"]
    assert main(command) == 1
    assert main([*command, "--write-baseline", str(ignore)]) == 0
    assert main(command) == 0
    draft.write_text(f"{draft.read_text('utf-8')}\n\nIt will be the Silicon Valley of wool.\n")
    assert main(command) == 1


def test_what_is_set_anew_goes_first(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("rules: {SB001: off}\nroles: {'*.md': source}\n")
    (tmp_path / "stratlint.yaml").write_text(
        "extends: base.yaml\nrules: {SB001: warning}\nroles: {'a*': strategy}\n"
    )
    settings = _settings(tmp_path).settings
    assert settings.rules["SB001"].enabled is True
    corpus = tmp_path / "c"
    corpus.mkdir()
    for name in ("a.md", "b.md"):
        (corpus / name).write_text(NORTH_EAST)
    roles = {e.source: e.role for e in load_corpus(corpus, settings).entries}
    assert roles == {"a.md": "strategy", "b.md": "source"}


def test_no_glob_takes_long() -> None:
    start = time.monotonic()
    assert not fits("**/a/" * 200 + "b", "a/" * 400 + "c")
    assert not fits("*a" * 60 + "b", "a" * 200)
    assert time.monotonic() - start < 2


def test_what_is_in_force_out_of_sight_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    there, rules = tmp_path / "there", tmp_path / "rules"
    for folder in (there, rules):
        folder.mkdir()
    (rules / "XX002.yaml").write_text(RULE.replace("XX001", "XX002"))
    own = _own(there)
    draft = there / "draft.md"
    draft.write_text(f"{NORTH_EAST}\n\nThe wool mill is here.\n", encoding="utf-8")
    monkeypatch.chdir(rules)
    run = ["check", str(draft), "--rules", str(rules), "--fail-on", "never"]
    assert main([*run, "--select", "XX002"]) == 0
    assert f"not in force: rules_dirs of {own}, for there are others" in capfd.readouterr().err
    (there / "stratlint.yaml").write_text("select: [XX001]\n")
    assert main(["check", str(draft), "--fail-on", "never"]) == 0
    out, err = capfd.readouterr()
    assert f"in force: settings of {there / 'stratlint.yaml'}" in err
    assert "XX001 wool-named" in out
    monkeypatch.chdir(there)
    assert main(["rule", "XX001"]) == 0
    assert main(["test", "XX001"]) == 0


def test_each_of_several_drafts_has_the_settings_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    drafts = []
    for name, word in (("one", "XX001"), ("two", "SB005")):
        folder = tmp_path / name
        own = _own(folder)
        (folder / "stratlint.yaml").write_text(f"select: [{word}]\n")
        drafts.append(folder / "draft.md")
        drafts[-1].write_text(
            f"{NORTH_EAST}\n\nThe wool mill is here. It will be the next Silicon Valley.\n"
        )
        assert own.is_dir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["check", *map(str, drafts), "--fail-on", "never", "--format", "jsonl"]) == 0
    found = [json.loads(line)["rule"] for line in capfd.readouterr().out.splitlines()]
    assert found == ["XX001", "SB005"]


def test_a_baseline_is_not_watched(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(NORTH_EAST)
    assert main(["check", str(draft), "--watch", "--write-baseline", str(tmp_path / "i.yaml")]) == 2


def test_rules_and_themes_of_ones_own_are_validated_together(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / ".stratlint"
    (own / "themes").mkdir(parents=True)
    (own / "rules").mkdir()
    (own / "themes" / "themes-own.yaml").write_text(THEMES)
    rule = own / "rules" / "XX001.yaml"
    rule.write_text(RULE + "only_if: {theme: wool, at_least: passing}\n")
    for path in (own, own / "rules", rule, tmp_path):
        assert main(["validate", str(path)]) == 0, path
    rule.write_text(RULE + "only_if: {theme: wolo, at_least: passing}\n")
    capfd.readouterr()
    for path in (own, own / "rules", rule, tmp_path):
        assert main(["validate", "-q", str(path)]) == 2, path
        assert "did you mean 'wool'?" in capfd.readouterr().err


def test_validate_leaves_alone_what_is_nobody_s_rule(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "myrules").mkdir()
    (tmp_path / "myrules" / "XX001.yaml").write_text(RULE)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "ci.yml").write_text("on: push\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: ours\n")
    (tmp_path / "base.yaml").write_text("extends: myrules/../office.yaml\n")
    (tmp_path / "office.yaml").write_text("fail_on: info\n")
    assert main(["validate", str(tmp_path)]) == 0
    assert "2 other YAML files were not looked at" in capfd.readouterr().out
    (tmp_path / "office.yaml").write_text("fail_on: infos\n")
    assert main(["validate", str(tmp_path / "base.yaml")]) == 2
    assert "office.yaml:1:10" in capfd.readouterr().err


def test_what_is_left_out_is_said_by_every_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "c")
    (corpus / "old.md").write_text(NORTH_EAST)
    (corpus / "stratlint.yaml").write_text("exclude: [south-west.md, old.md]\n")
    monkeypatch.chdir(corpus)
    found = load_corpus(corpus, _settings(corpus).settings)
    assert not any("old.md" in word for word in found.warnings)
    for command in (
        ["passages", "."],
        ["compare", "."],
        ["profile", ".", "-o", str(tmp_path / "d.json")],
        ["audit", ".", "-o", str(tmp_path / "out"), "--fail-on", "never"],
        ["check", "north-east.md", "--against", ".", "--fail-on", "never"],
    ):
        assert main(command) == 0, command
        out, err = capfd.readouterr()
        assert "left out by 'exclude': south-west.md" in out + err, command
    (corpus / "manifest.yaml").unlink()
    assert main(["init", "."]) == 0
    assert "south-west.md" not in (corpus / "manifest.yaml").read_text()
