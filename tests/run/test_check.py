"""``stratlint check``: what a person sees, and the codes that a machine sees."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import stratlint
from stratlint.cli import main
from stratlint.run.check import state_of
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor
from tests.made import NORTH_EAST, SHARED, write_corpus


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft that names its places, holds up a model and shares a passage."""
    text = NORTH_EAST.replace(
        "## 3 Skills", "## 3 Skills\n\nWe will become the next Silicon Valley of the north."
    )
    path = tmp_path_factory.mktemp("draft") / "draft.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_text_says_region_section_fix_and_what_did_not_run(
    draft: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(draft), "--fail-on", "warning"]) == 1
    out = capfd.readouterr().out
    assert "Region: North East (" in out
    assert "3 Skills" in out
    assert "SB005 emulation · line " in out, "a text file has lines, no pages"
    assert "“We will become the next Silicon Valley of the north.”" in out
    assert "Fix: " in out
    assert "Why: " in out
    not_run = re.search(r"not run: ([^:]*): needs a corpus", " ".join(out.split()))
    assert not_run is not None
    assert "SB003" in not_run.group(1)
    assert "stratlint rule " in out
    assert "\x1b[" not in out, "no colours where nobody is watching"


def test_against_a_corpus_leaves_the_earlier_version_out(draft: Path, made_corpus: Path) -> None:
    result = stratlint.check(draft, against=made_corpus, executor=InlineExecutor())
    assert any("earlier version, see" in warning for warning in result.warnings)
    assert "north-east.md" not in {a.document.source for a in result.analyses}
    shared = [f for f in result.findings if f.rule == "TR001"]
    assert len(shared) == 1
    assert {q.document for q in shared[0].quotations} == {"draft.md", "south-west.md"}
    # Text of the draft's own earlier version is nobody else's: no finding speaks of it.
    assert all("north-east.md" not in {q.document for q in f.quotations} for f in result.findings)


def test_a_draft_without_places_says_so_and_takes_the_region_given(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(f"# A plan\n\n{SHARED}\n", encoding="utf-8")
    result = stratlint.check(path, executor=InlineExecutor())
    messages = [w.message for w in result.analyses[0].document.warnings]
    assert any("No region was recognised" in message for message in messages)
    given = stratlint.check(path, region="London", executor=InlineExecutor())
    assert given.analyses[0].document.region == "London"
    assert not any(w.code == "region-guessed" for w in given.analyses[0].document.warnings)


def test_a_mistyped_region_is_pointed_at(draft: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", str(draft), "--region", "Nort East"])
    assert "did you mean 'North East'?" in capfd.readouterr().err
    main(["check", str(draft), "--region", "North East"])
    main(["check", str(draft), "--region", "Ruritania"])
    assert "did you mean" not in capfd.readouterr().err


def test_statistics_count_rules_and_show_hides(
    draft: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(draft), "--statistics"])
    rows = [line.split() for line in capfd.readouterr().out.splitlines()]
    counts = [int(row[0]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert ["1", "SB005", "emulation"] in rows
    main(["check", str(draft), "--statistics", "--show", "error"])
    assert "SB005" not in capfd.readouterr().out


def test_findings_that_are_not_shown_are_counted(
    draft: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    check = ["check", str(draft), "--select", "SB005", "--show", "error", "--fail-on", "warning"]
    assert main(check) == 1
    out = " ".join(capfd.readouterr().out.split())
    assert "No findings at or above error; 1 below is not shown." in out
    assert main([*check, "--statistics"]) == 1
    assert capfd.readouterr().out == "no findings at or above error; 1 below is not shown\n"
    assert main([*check, "--format", "json"]) == 1
    made = json.loads(capfd.readouterr().out)
    assert made["findings"] == []
    assert any("1 below is not shown" in warning for warning in made["warnings"])
    main([*check, "--format", "html"])
    assert "found nothing to fix at or above error" in capfd.readouterr().out
    main([*check[:-3], "warning"])
    assert "not shown" not in capfd.readouterr().out


def test_formats_go_to_a_file_and_the_region_to_the_person(
    draft: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "draft.sarif"
    main(["check", str(draft), "--format", "sarif", "-o", str(target)])
    said = capfd.readouterr()
    assert said.out == ""
    assert "Region: North East" in said.err
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "absent.md", "--format", "foo"], "no output format 'foo'"),
        (["check", "absent.md", "--format", "parquet"], "pip install 'stratlint[parquet]'"),
        (["check", "absent.md", "--annotate", "notes.pdf"], "the draft is .md"),
        (["audit", "absent", "--format", "foo"], "no output format 'foo'"),
        (["audit", "absent", "--format", "parquet"], "pip install 'stratlint[parquet]'"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_read(
    arguments: list[str],
    said: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(arguments) == 2
    assert said in capfd.readouterr().err


def test_several_drafts_give_the_worst_code(
    draft: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(draft), str(draft), "--fail-on", "never", "--statistics"]) == 0
    assert capfd.readouterr().out.count("SB005") == 2
    assert main(["check", str(draft), str(draft), "-o", str(tmp_path / "x")]) == 2


def test_one_unreadable_draft_keeps_nobody_from_the_others(
    draft: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.md"
    empty.touch()
    assert main(["check", str(empty), str(draft), "--statistics", "--fail-on", "warning"]) == 3
    said = capfd.readouterr()
    assert "SB005" in said.out
    assert f"not read: {empty}: " in said.err
    assert said.err.count("empty.md") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.md", "b.md", "--format", "json"], "check them one by one, or use --format text or"),
        (["a.md", "b.md", "--format", "sarif"], "no valid sarif"),
        (["a.md", "b.md", "--format", "foo"], "no output format 'foo'"),
        (["a.md", "--format", "json", "--statistics"], "--statistics prints text"),
    ],
)
def test_what_would_be_no_valid_output_is_refused(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments]) == 2
    assert said in capfd.readouterr().err


def test_several_drafts_are_json_lines(draft: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", str(draft), str(draft), "--format", "jsonl"])
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert sum(row.get("rule") == "SB005" for row in rows) == 2


def test_an_unreadable_draft_is_named_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.docx"
    path.write_text("not a Word file", encoding="utf-8")
    assert main(["check", str(path)]) == 3
    assert capfd.readouterr().err.count("draft.docx") == 1


def test_watching_checks_again_after_a_save(draft: Path, tmp_path: Path) -> None:
    import subprocess
    import sys
    import time

    path, log = tmp_path / "draft.md", tmp_path / "log"
    path.write_text("# Nothing yet\n\nNewcastle and Sunderland wait.\n", encoding="utf-8")
    with log.open("wb") as file:
        arguments = [
            sys.executable,
            "-m",
            "stratlint",
            "check",
            str(path),
            "--watch",
            "--statistics",
        ]
        process = subprocess.Popen(arguments, stdout=file, stderr=subprocess.STDOUT)
    try:
        assert _wait_for(log, "Waiting for it to be saved", 1)
        time.sleep(1)
        path.write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
        assert _wait_for(log, "Waiting for it to be saved", 2)
    finally:
        process.terminate()
        process.wait()
    first, second = log.read_text(encoding="utf-8").split("Waiting for it", 2)[:2]
    assert "SB005" not in first
    assert "SB005" in second


def _wait_for(log: Path, words: str, times: int) -> bool:
    import time

    for _ in range(300):
        if log.read_text(encoding="utf-8").count(words) >= times:
            return True
        time.sleep(0.2)
    return False


def test_run_json_says_which_formats_were_written(made_corpus: Path, tmp_path: Path) -> None:
    arguments = ["audit", str(made_corpus), "-o", str(tmp_path), "--no-cache"]
    main([*arguments, "--format", "sarif", "--format", "jsonl", "--format", "sarif"])
    assert (tmp_path / "findings.sarif").is_file()
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run["settings"]["formats"] == ["sarif", "jsonl"]


def test_what_the_manifest_says_of_the_draft_itself_holds(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "plan.md").write_text("# A plan\n\nBarges carry peat.\n", encoding="utf-8")
    with (corpus / "manifest.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write("  - {file: plan.md, region: London, title: Peat first, year: 2004}\n")

    def told(**given: Any) -> tuple[object, ...]:
        result = stratlint.check(
            corpus / "plan.md", against=corpus, executor=InlineExecutor(), **given
        )
        draft = result.analysis("plan.md").document
        assert not draft.warnings
        return draft.region, draft.title, draft.year

    assert told() == ("London", "Peat first", 2004)
    assert told(region="South East", year=2006) == ("South East", "Peat first", 2006)


def test_each_file_that_is_judged_by_is_looked_at(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    manifest, table = corpus / "manifest.yaml", tmp_path / "figures.csv"
    manifest.write_text(manifest.read_text("utf-8") + "evidence: [../figures.csv]\n", "utf-8")
    for name in ("rules", "sectors", "places"):
        (tmp_path / name / "deeper").mkdir(parents=True)
    settings = Settings(
        rules_dirs=(str(tmp_path / "rules"),),
        sectors=str(tmp_path / "sectors"),
        places=str(tmp_path / "places"),
    )
    looked_at = [
        corpus / "south-west.md",
        manifest,
        table,
        tmp_path / "figures.yaml",
        tmp_path / "rules" / "deeper" / "themes-own.yaml",
        tmp_path / "sectors" / "wool.yaml",
        tmp_path / "places" / "regions.yaml",
    ]
    before = state_of(corpus, settings)
    for file in looked_at:
        with file.open("a", encoding="utf-8") as more:
            more.write("# more\n")
        after = state_of(corpus, settings)
        assert {name for name, _ in before.items() ^ after.items()} == {str(file.resolve())}
        before = after
    manifest.write_text("documents: []\n", "utf-8")
    table.unlink()
    assert state_of(corpus, settings) != before
    before = state_of(corpus, settings)
    (corpus / "stratlint-ignore.yaml").write_text("ignore: []\n", "utf-8")
    assert state_of(corpus, settings) == before
    assert state_of(tmp_path / "gone", settings) == state_of(None, settings)
