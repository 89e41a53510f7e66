"""One in so many of the wrong uses of the command line; ``make misuse`` runs them all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stratlint.cli import COMMANDS, main
from stratlint.records import ExitCode
from stratlint.rules import load_suppressions
from tests.made import NORTH_EAST, SOUTH_WEST
from tests.robustness import misuse, wrong

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs each use in a fork")


def test_every_command_is_used_wrongly_and_five_hundred_and_more_are_made() -> None:
    assert {name.split()[0] for name in wrong.BASES} == set(COMMANDS)
    made = list(misuse.uses())
    assert len(made) >= 4_000
    assert len({use.name for use in made}) == len(made)


FOUND = (
    "ignore --rule: nothing",
    "ignore --rule: not UTF-8",
    "ignore --by: not UTF-8",
    "ignore --reason: a line break",
    "passages --min-words: huge",
    "passages --jobs: huge",
    "train --short: missing",
    "label --place: not UTF-8",
    "label --kind: not UTF-8",
    "label --seed: huge",
)
"""What the whole run found, and what is of its kind: tried in every run of the tests."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (use,) = (use for use in misuse.uses() if use.name == name)
    for file, text in (("plan.md", NORTH_EAST), ("other.md", SOUTH_WEST), ("gold.jsonl", "")):
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = main(list(use.words))
    said = capfd.readouterr()
    assert not list(misuse.faults(use, misuse.Outcome(code, said.out, said.err, 0)))
    assert len(said.err.splitlines()) <= (1 if use.words[0] == "ignore" else 5)
    ours = tmp_path / "stratlint-ignore.yaml"
    written = use.words[0] == "label" or load_suppressions(ours).ignore
    assert code == ExitCode.USAGE or written


@pytest.mark.slow
def test_a_sample_of_wrong_uses_is_told_and_changes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    # In a process that has no threads yet: each use is a fork of it. Sixteen and more in one run
    # of the tests; all 4,000 in `make misuse`.
    command = [sys.executable, "-m", "tests.robustness.misuse", "--every", "251", "--log", str(log)]
    done = subprocess.run(command, capture_output=True, timeout=900, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stdout.decode()[-3000:]
    assert len(log.read_text("utf-8").splitlines()) >= 16


@pytest.mark.parametrize(
    ("use", "outcome", "fault"),
    [
        (
            misuse.Use("a", ()),
            misuse.Outcome(1, "", "Traceback (most recent call last)", 0),
            "trace",
        ),
        (misuse.Use("b", ()), misuse.Outcome(2, "", "", 0), "without a word"),
        (misuse.Use("c", ()), misuse.Outcome(-9, "", "", 0), "exit code -9"),
        (misuse.Use("d", (), ("x",)), misuse.Outcome(2, "", "Error: y", 0), "not named"),
        (misuse.Use("e", (), (), refused=True), misuse.Outcome(0, "", "", 0), "let in"),
        (misuse.Use("f", ()), misuse.Outcome(2, "", "Error: \x1b", 0), "control"),
    ],
    ids=lambda v: getattr(v, "name", ""),
)
def test_the_judge_sees_what_it_is_for(
    use: misuse.Use, outcome: misuse.Outcome, fault: str
) -> None:
    assert any(fault in found for found in misuse.faults(use, outcome))


def test_what_a_use_changed_is_seen(tmp_path: Path) -> None:
    desk = misuse.Desk(tmp_path)
    (desk.work / "mine" / "keep.txt").write_text("lost", encoding="utf-8")
    assert desk.changed() == ["mine/keep.txt"]
    for path in (p for p in tmp_path.rglob("*") if p.is_dir() and not p.is_symlink()):
        path.chmod(0o755)
