"""Beginning and keeping house: init, config, ignore, cache, the hook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from stratlint.cli import COMMANDS, main
from stratlint.knowledge.yamlfile import load_yaml, load_yaml_text
from stratlint.rules.suppressions import load_suppressions
from stratlint.run.begin import settings_template
from stratlint.run.corpus import Manifest, load_corpus
from stratlint.run.settings import Settings, load_settings
from tests.made import EAST_MIDLANDS, NATIONAL, NORTH_EAST

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents without a manifest, and the working folder."""
    made = tmp_path / "strategies"
    made.mkdir()
    for name, text in (
        ("a plan.md", NORTH_EAST),
        ("east-midlands-2006.md", EAST_MIDLANDS),
        ("national.md", NATIONAL),
    ):
        (made / name).write_text(text, encoding="utf-8")
    (made / "broken.docx").write_text("no Word file", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    # What other tests have audited would count as recent runs.
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    return made


def test_init_guesses_and_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(folder)]) == 3, "one document could not be read"
    manifest = load_yaml(folder / "manifest.yaml", Manifest)
    known = {d.file: d for d in manifest.documents}
    plan = known["a plan.md"]
    assert (plan.region, plan.year) == ("North East", 2008)
    assert plan.title == "Making and mending in the North East"
    assert set(plan.guessed) == {"region", "title", "year"}
    assert known["east-midlands-2006.md"].year == 2006
    assert known["national.md"].role == "source"
    assert "broken.docx" not in known
    written = (folder / "manifest.yaml").read_text(encoding="utf-8")
    assert "# not read: broken.docx: " in written
    assert any("guessed" in warning for warning in load_corpus(folder).warnings)
    assert "broken.docx: not read" in capfd.readouterr().err


def test_init_replaces_nothing_unless_forced(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    main(["init", str(folder)])
    (folder / "manifest.yaml").write_text("mine", encoding="utf-8")
    (folder / "stratlint.yaml").write_text("fail_on: info\n", encoding="utf-8")
    assert main(["init", str(folder)]) == 2
    assert "--force" in capfd.readouterr().err
    assert (folder / "manifest.yaml").read_text(encoding="utf-8") == "mine"
    (folder / "broken.docx").unlink()
    assert main(["init", str(folder), "--force"]) == 0
    assert (folder / "manifest.yaml").read_text(encoding="utf-8") != "mine"
    assert main(["init", str(folder / "nowhere")]) == 2


def test_the_settings_template_names_every_setting_with_its_default(tmp_path: Path) -> None:
    template = settings_template()
    path = tmp_path / "stratlint.yaml"
    path.write_text(template, encoding="utf-8")
    assert load_settings(file=path, environment={}).settings == Settings()
    # With the marks taken away it is a settings file that changes nothing.
    assert main(["validate", str(path)]) == 0
    lines = [line.removeprefix("# ") for line in template.splitlines()]
    fields = [line for line in lines if line.split(":")[0].strip() in _names()]
    assert {line.split(":")[0].strip() for line in fields} == _names()
    assert load_yaml_text("\n".join(fields), Settings) == Settings()


def _names() -> set[str]:
    from stratlint.run.settings import Limits

    return set(Settings.model_fields) | set(Limits.model_fields)


def test_config_says_where_each_value_comes_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("pyproject.toml").write_text(
        '[tool.stratlint]\nfail_on = "warning"\njobs = 3\nshow = "error"\n', encoding="utf-8"
    )
    monkeypatch.setenv("STRATLINT_JOBS", "4")
    assert main(["config", "--format", "json", "--fail-on", "info"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert shown["fail_on"] == {"value": "info", "origin": "command line"}
    assert shown["jobs"] == {"value": 4, "origin": "environment (STRATLINT_JOBS)"}
    assert shown["show"]["value"] == "error"
    assert shown["show"]["origin"].endswith("pyproject.toml")
    assert shown["reader"] == {"value": "pdfium", "origin": "default"}
    assert main(["config"]) == 0
    table = capfd.readouterr().out
    assert set(Settings.model_fields) == {line.split()[0] for line in table.splitlines()}
    main(["config", "--template", "-o", "stratlint.yaml"])
    assert Path("stratlint.yaml").read_text(encoding="utf-8") == settings_template()


def test_a_finding_is_set_aside_and_comes_back_when_it_lapses(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draft = folder / "draft.md"
    draft.write_text(NORTH_EAST + "\nWe will become the next Silicon Valley.\n", encoding="utf-8")
    check = ["check", str(draft), "--format", "json", "--region", "North East"]
    main([*check, "-o", "first.json"])
    fingerprint = _fingerprint("first.json", "SB005")
    assert main(["ignore", fingerprint[::-1], "--reason", "a quotation"]) == 2
    assert "no recent run" in capfd.readouterr().err
    assert main(["ignore", fingerprint, "--reason", "…"]) == 2
    assert "says too little" in capfd.readouterr().err
    # An older version elsewhere is compared with, not checked: it takes nothing away.
    (folder / "older").mkdir()
    older = folder / "older" / "draft.md"
    older.write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
    main(["diff", str(draft), str(older), "--region", "North East"])
    # The file that the check will look into: beside the draft, not where we stand.
    assert main(["ignore", fingerprint, "--reason", "to be looked at"]) == 0
    ignored = folder / "stratlint-ignore.yaml"
    assert load_suppressions(ignored).ignore[0].rule == "SB005"
    arguments = ["ignore", fingerprint, "--from", "first.json", "--reason", "a quotation"]
    capfd.readouterr()
    assert main([*arguments, "--by", "A. Reader", "--until", "2100-01-01"]) == 0
    assert "replaced: 'to be looked at'\n" in capfd.readouterr().err, "no reason goes unsaid"
    assert main([*arguments, "--by", "A. Reader", "--until", "2100-01-01"]) == 0
    assert "replaced" not in capfd.readouterr().err, "the same again replaces nothing"
    entry = load_suppressions(ignored).ignore[0]
    assert (entry.rule, entry.document, entry.by) == ("SB005", None, "A. Reader")
    main([*check, "-o", "second.json"])
    assert _suppressed("second.json") == {"SB005": "a quotation"}
    capfd.readouterr()
    main(["check", str(draft), "--region", "North East"])
    assert "; 1 set aside." in " ".join(capfd.readouterr().out.split())
    main(["audit", str(folder), "-o", "out", "--fail-on", "never"])
    assert ", 2 set aside" in capfd.readouterr().err, "the older version's too"
    assert main([*arguments, "--until", "2001-01-01"]) == 0
    assert len(load_suppressions(ignored).ignore) == 1, "replaced"
    main([*check, "-o", "third.json"])
    assert _suppressed("third.json") == {}
    assert "expired on 2001-01-01" in capfd.readouterr().err


def test_from_writes_into_the_ignore_file_of_that_run(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two corpora with one document hold the same fingerprints: the last run must not win."""
    claim = NORTH_EAST + "\nWe will become the next Silicon Valley.\n"
    for name in ("one", "two"):
        (folder / name / "part").mkdir(parents=True)
        path = folder / name / "part" / "north-east.md"
        path.write_text(claim, encoding="utf-8")
        main(["audit", str(folder / name), "-o", f"out-{name}"])
    fingerprint = _fingerprint("out-one/findings.json", "SB005")
    assert fingerprint == _fingerprint("out-two/findings.json", "SB005")
    ignore = ["ignore", fingerprint, "--reason", "a quotation"]
    capfd.readouterr()
    assert main(ignore) == 2
    said = capfd.readouterr().err
    assert "--from" in said
    assert "--file" in said
    assert main([*ignore, "--from", "out-one/findings.json"]) == 0
    assert (folder / "one" / "stratlint-ignore.yaml").is_file()
    assert not (folder / "two" / "stratlint-ignore.yaml").exists()
    assert main([*ignore, "--file", "mine.yaml"]) == 0
    assert load_suppressions(Path("mine.yaml")).ignore[0].rule == "SB005"
    (folder / "one").rename(folder / "gone")
    assert main([*ignore, "--from", "out-one/findings.json"]) == 2
    assert "--file" in capfd.readouterr().err
    # The one run is gone, so the other is the only one that can be meant.
    assert main(ignore) == 0
    assert (folder / "two" / "stratlint-ignore.yaml").is_file()


def test_from_follows_the_ignore_file_that_the_run_was_told_of(folder: Path) -> None:
    Path("agreed.yaml").write_text("ignore: []\n", encoding="utf-8")
    Path("stratlint.yaml").write_text("suppressions: agreed.yaml\n", encoding="utf-8")
    draft = folder / "a plan.md"
    draft.write_text(NORTH_EAST + "\nWe will become the next Silicon Valley.\n", encoding="utf-8")
    main(["audit", str(folder), "-o", "out"])
    Path("stratlint.yaml").unlink()
    fingerprint = _fingerprint("out/findings.json", "SB005")
    arguments = ["ignore", fingerprint, "--from", "out/findings.json", "--reason", "a quotation"]
    assert main(arguments) == 0
    assert load_suppressions(Path("agreed.yaml")).ignore[0].fingerprint == fingerprint
    assert not (folder / "stratlint-ignore.yaml").exists()


def test_only_what_was_judged_is_called_unused(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draft = folder / "draft.md"
    draft.write_text(NORTH_EAST, encoding="utf-8")
    (folder / "stratlint-ignore.yaml").write_text(
        "ignore:\n"
        "  - {rule: SB002, document: South West, reason: agreed}\n"
        "  - {rule: SB005, document: draft.md, reason: agreed}\n",
        encoding="utf-8",
    )
    main(["check", str(draft), "--select", "SB005", "--statistics"])
    assert capfd.readouterr().err.count("unused suppression") == 1, "the draft's own"
    main(["check", str(draft), "--select", "RU001", "--statistics"])
    assert "unused suppression" not in capfd.readouterr().err
    main(["audit", str(folder), "--select", "SB001", "-o", "out"])
    assert "unused suppression" not in capfd.readouterr().err


def test_what_cannot_be_set_aside(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["ignore", "SB005", "--reason", "because"]) == 2
    assert "is no fingerprint" in capfd.readouterr().err
    assert main(["ignore", "--rule", "SB005", "--reason", "because"]) == 2
    assert main(["ignore", "--rule", "RU001", "--document", "london.md", "--reason", "a city"]) == 0
    assert main(["ignore", "--rule", "RU001", "--document", "london.md", "--reason", "a city"]) == 0
    assert len(load_suppressions(Path("stratlint-ignore.yaml")).ignore) == 1


def test_ignore_begins_the_file_that_the_settings_name(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("stratlint.yaml").write_text("suppressions: mine.yaml\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    plan = ["check", "a plan.md", "--select", "SB005", "--statistics"]
    assert main(plan) == 2
    assert "there is no such ignore file" in capfd.readouterr().err
    rule = ["ignore", "--rule", "SB005", "--document", "a plan.md", "--reason", "agreed"]
    assert main(rule) == 0
    assert (folder.parent / "mine.yaml").is_file()
    assert main(plan) == 0


@pytest.mark.parametrize("looked_up", [(), ("--from", "run.json")], ids=["recalled", "from"])
def test_an_entry_that_would_cover_nothing_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str], looked_up: tuple[str, ...]
) -> None:
    draft = folder / "draft.md"
    draft.write_text(NORTH_EAST + "\nWe will become the next Silicon Valley.\n", encoding="utf-8")
    main(["check", str(draft), "--region", "North East", "--format", "json", "-o", "run.json"])
    one = ["ignore", _fingerprint("run.json", "SB005"), "--reason", "a quotation", *looked_up]
    for wrong, said in (
        (["--rule", "SB002"], "is of SB005, not of SB002; leave --rule out"),
        (["--document", "london.md"], "is about draft.md or North East, not 'london.md'"),
        (["--rule", "emulatoin"], "there is no rule 'emulatoin'; did you mean 'emulation'?"),
    ):
        assert main([*one, *wrong]) == 2
        assert said in capfd.readouterr().err
    rule = ["ignore", "--document", "draft.md", "--reason", "a quotation", "--rule"]
    assert main([*rule, "SB999"]) == 2
    assert main([*rule, "sb005"]) == 2
    assert "did you mean 'SB005'?" in capfd.readouterr().err
    assert not (folder / "stratlint-ignore.yaml").exists()
    assert not Path("stratlint-ignore.yaml").exists()
    assert main([*one, "--rule", "emulation", "--document", "North East"]) == 0
    target = folder if not looked_up or (folder / "stratlint-ignore.yaml").exists() else Path()
    assert load_suppressions(target / "stratlint-ignore.yaml").ignore[0].rule == "emulation"


def test_a_baseline_leaves_only_what_is_new(folder: Path) -> None:
    main(["init", str(folder)])
    base = str(folder / "stratlint-ignore.yaml")
    main(["audit", str(folder), "-o", "one", "--write-baseline", base])
    assert main(["audit", str(folder), "-o", "two", "--fail-on", "info"]) == 0
    assert _live("two/findings.json") == []
    with (folder / "a plan.md").open("a", encoding="utf-8") as file:
        file.write("\nWe will become the next Silicon Valley.\n")
    main(["audit", str(folder), "-o", "three"])
    assert "SB005" in _live("three/findings.json")


def _findings(path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path(path).read_text(encoding="utf-8"))["findings"]
    return found


def _fingerprint(path: str, rule: str) -> str:
    return next(f["fingerprint"] for f in _findings(path) if f["rule"] == rule)


def _suppressed(path: str) -> dict[str, str]:
    return {f["rule"]: f["suppressed"] for f in _findings(path) if f["suppressed"]}


def _live(path: str) -> list[str]:
    return [f["rule"] for f in _findings(path) if not f["suppressed"]]


def test_the_cache_is_shown_and_cleared(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", str(folder / "a plan.md"), "--cache", "--statistics"])
    capfd.readouterr()
    assert main(["cache", "info"]) == 0
    rows = dict(line.split(maxsplit=1) for line in capfd.readouterr().out.splitlines())
    assert int(rows["entries"]) >= 1
    assert main(["cache", "clear"]) == 0
    assert main(["cache", "info"]) == 0
    assert "entries  0" in capfd.readouterr().out


def test_the_hook_runs_a_command_that_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        program, command, *flags = hook["entry"].split()
        assert program == "stratlint"
        assert command in COMMANDS
        assert hook["language"] == "python"
        assert flags == []


def test_every_command_has_help_and_an_example(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("check", "profile", "diff", "init", "ignore", "config", "cache"):
        assert main([name, "--help"]) == 0
        out = capfd.readouterr().out
        assert f"stratlint {name}" in out.split("Examples:")[1], name


_CLAIMS = (
    "We will become the next Silicon Valley.",
    "Our harbour is the Silicon Valley of herring.",
    "The moor will be the Silicon Valley of peat.",
)


@pytest.mark.parametrize("door", ["recent", "file"])
def test_a_finding_is_set_aside_by_its_places(folder: Path, door: str) -> None:
    """What is corrected leaves the others set aside; a place that is new is told."""
    draft = folder / "draft.md"
    check = ["check", str(draft), "--format", "json", "--region", "North East", "-o", "out.json"]

    def left(*claims: str) -> bool:
        draft.write_text("\n\n".join((NORTH_EAST, *claims)), encoding="utf-8")
        main(check)
        return "SB005" not in _suppressed("out.json")

    assert left(*_CLAIMS[:2])
    whole = _fingerprint("out.json", "SB005")
    arguments = ["ignore", whole, "--reason", "a quotation", "--document", "draft.md"]
    arguments += ["--from", "out.json"] if door == "file" else []
    assert main(arguments) == 0
    entries = load_suppressions(folder / "stratlint-ignore.yaml").ignore
    assert len(entries) == 2
    assert whole not in {entry.fingerprint for entry in entries}
    assert not left(*_CLAIMS[:2])
    assert not left(_CLAIMS[1])
    assert left(*_CLAIMS)
    # Again, of the draft as it is now: the third place too, and nothing twice.
    assert main(arguments) == 0
    assert len(load_suppressions(folder / "stratlint-ignore.yaml").ignore) == 3
    assert not left(*_CLAIMS)
    (one, *_) = load_suppressions(folder / "stratlint-ignore.yaml").ignore
    assert main(["ignore", str(one.fingerprint), "--reason", "one alone"]) == 0
    reasons = [e.reason for e in load_suppressions(folder / "stratlint-ignore.yaml").ignore]
    assert reasons.count("one alone") == 1
