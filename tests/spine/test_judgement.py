"""A judgement is found again: by another process, and whoever found it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Executor
from pathlib import Path

import pytest

from stratlint.auditing import audit_corpus
from stratlint.corpus import load_corpus
from stratlint.execution import InlineExecutor
from stratlint.judgement import plain
from stratlint.judging import WORTH_SENDING
from stratlint.settings import Settings

_KEY = """
import hashlib, msgspec
from stratlint.judgement import plain
from stratlint.rules import load_rules
packed = msgspec.json.encode([plain(rule) for rule in load_rules()], order="sorted")
print(hashlib.sha256(packed).hexdigest())
"""


@pytest.mark.slow
def test_rules_are_the_same_in_every_process() -> None:
    found = set()
    for seed in ("1", "2", "3"):
        # The order of a set of words depends on the seed.
        done = subprocess.run(
            [sys.executable, "-c", _KEY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_sets_are_sorted_and_functions_named() -> None:
    assert plain({"b": {3, 1, 2}, "a": (None, 1.5, "x")}) == {"b": [1, 2, 3], "a": [None, 1.5, "x"]}
    assert plain(plain) == "stratlint.judgement.plain"


def write(folder: Path, count: int) -> None:
    lines = ["documents:"]
    for number in range(count):
        text = f"We will support tourism in Leeds, and {number} ferries. " * 30
        (folder / f"{number}.txt").write_text(text + f"Plan {number}.", encoding="utf-8")
        lines.append(f'  - {{file: {number}.txt, region: "Area {number}", year: 2006}}')
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_workers_judge_as_the_process_itself_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, WORTH_SENDING)
    corpus, settings = load_corpus(tmp_path), Settings(cache=False, jobs=2)
    executor: Executor = InlineExecutor()
    sent = audit_corpus(corpus, settings, executor=executor)
    monkeypatch.setattr("stratlint.judging.WORTH_SENDING", WORTH_SENDING + 1)
    kept = audit_corpus(corpus, settings, executor=executor)
    assert sent.findings
    assert sent == kept


def test_the_words_of_few_views_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 5)
    corpus, settings = load_corpus(tmp_path), Settings(cache=False, jobs=1)
    executor: Executor = InlineExecutor()
    many = audit_corpus(corpus, settings, executor=executor)
    monkeypatch.setattr("stratlint.rules.world.OPEN_VIEWS", 1)
    assert audit_corpus(corpus, settings, executor=executor) == many
