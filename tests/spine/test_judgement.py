"""A judgement is found again: by another process, and whoever found it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from stratlint.errors import UnreadableInput
from stratlint.evidence import load_evidence
from stratlint.run.analyse import read_entries
from stratlint.run.audit import audit_corpus, rules_in_force
from stratlint.run.check import check_draft
from stratlint.run.corpus import load_corpus
from stratlint.run.judge import Charge, judge, judge_each
from stratlint.run.judgement import plain
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor

P = ParamSpec("P")
ResultT = TypeVar("ResultT")

_KEY = """
import hashlib, msgspec
from stratlint.run.judgement import plain
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
    assert plain(plain) == "stratlint.run.judgement.plain"


def write(folder: Path, count: int) -> None:
    lines = ["documents:"]
    for number in range(count):
        text = f"We will support tourism in Leeds, and {number} ferries. " * 30
        (folder / f"{number}.txt").write_text(text + f"Plan {number}.", encoding="utf-8")
        lines.append(f'  - {{file: {number}.txt, region: "Area {number}", year: 2006}}')
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_workers_judge_as_the_process_itself_does(tmp_path: Path) -> None:
    write(tmp_path, 3)
    corpus, settings = load_corpus(tmp_path), Settings(cache=False, jobs=2)
    rules, evidence = rules_in_force(settings), load_evidence(corpus.evidence)
    read = read_entries(corpus.entries, settings, executor=InlineExecutor())
    judged = judge_each(
        read.analyses, rules=rules, evidence=evidence, executor=InlineExecutor(), jobs=2
    )
    assert set(judged.known) == {"0.txt", "1.txt", "2.txt"}
    alone, sent = (
        judge(read.analyses, (), rules=rules, evidence=evidence, known=known)
        for known in (None, judged.known)
    )
    assert sent.findings
    assert sent == alone


class Tired(InlineExecutor):
    """Reads every document and gives one up when it is to be judged."""

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        if isinstance(args[0], Charge) and args[0].source == "1.txt":
            future: Future[ResultT] = Future()
            future.set_exception(UnreadableInput("took longer than 1 seconds", code="timeout"))
            return future
        return super().submit(fn, *args, **kwargs)


def test_what_cannot_be_judged_within_limits_is_not_read_and_said(tmp_path: Path) -> None:
    write(tmp_path, 3)
    settings = Settings(cache=False, jobs=1)
    result = audit_corpus(load_corpus(tmp_path), settings, executor=Tired())
    assert [item.source for item in result.not_read] == ["1.txt"]
    assert "the rules could not judge it: took longer" in result.not_read[0].reason
    assert {a.document.source for a in result.analyses} == {"0.txt", "2.txt"}
    assert {finding.document for finding in result.findings} <= {None, "0.txt", "2.txt"}
    with pytest.raises(UnreadableInput, match=r"1\.txt: read, but the rules could not judge it"):
        check_draft(tmp_path / "1.txt", settings, region="Area 1", executor=Tired())


def test_the_words_of_few_views_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 5)
    corpus, settings = load_corpus(tmp_path), Settings(cache=False, jobs=1)
    executor: Executor = InlineExecutor()
    many = audit_corpus(corpus, settings, executor=executor)
    monkeypatch.setattr("stratlint.rules.world.OPEN_VIEWS", 1)
    assert audit_corpus(corpus, settings, executor=executor) == many
