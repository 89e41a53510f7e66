"""A judgement is found again: by another process, and whoever found it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec
import pytest

from stratlint.errors import UnreadableInput
from stratlint.records import DocumentAnalysis
from stratlint.run.audit import audit, gather, prepare
from stratlint.run.check import check_draft
from stratlint.run.corpus import Said, load_corpus
from stratlint.run.judge import ground_of, judge_each, judge_one, judge_together
from stratlint.run.run import Run, plain
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor
from tests.runs import inline

P = ParamSpec("P")
ResultT = TypeVar("ResultT")

_KEY = """
import hashlib, msgspec
from stratlint.run.run import plain
from stratlint.rules import load_rules
packed = msgspec.json.encode([plain(rule) for rule in load_rules()], order="sorted")
print(hashlib.sha256(packed).hexdigest())
"""


@pytest.mark.slow
def test_rules_are_the_same_in_every_process() -> None:
    found = set()
    for seed in ("1", "2"):
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
    assert plain(plain) == "stratlint.run.run.plain"


def write(folder: Path, count: int) -> None:
    lines = ["documents:"]
    for number in range(count):
        text = f"We will support tourism in Leeds, and {number} ferries. " * 30
        (folder / f"{number}.txt").write_text(text + f"Plan {number}.", encoding="utf-8")
        lines.append(f'  - {{file: {number}.txt, region: "Area {number}", year: 2006}}')
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_workers_judge_as_the_process_itself_does(tmp_path: Path) -> None:
    write(tmp_path, 3)
    corpus, run = load_corpus(tmp_path), inline(pack="all")
    ground = ground_of(corpus, run)
    prepared = prepare(gather(corpus, ground, run))
    outcomes, given_up = judge_each(prepared, ground, run)
    assert set(outcomes) == {"0.txt", "1.txt", "2.txt"}
    assert not given_up
    alone, sent = (judge_together(prepared, ground, known) for known in (None, outcomes))
    assert sent.findings
    assert sent == alone


def _source(charge: Any) -> str:
    return msgspec.msgpack.decode(charge.analysis, type=DocumentAnalysis).document.source


class Tired(InlineExecutor):
    """Reads every document and gives one up when it is to be judged."""

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        if fn is judge_one and _source(args[0]) == "1.txt":
            future: Future[ResultT] = Future()
            future.set_exception(UnreadableInput("took longer than 1 seconds", code="timeout"))
            return future
        return super().submit(fn, *args, **kwargs)


def test_what_cannot_be_judged_within_limits_is_not_read_and_said(tmp_path: Path) -> None:
    write(tmp_path, 3)
    run = Run(Settings(cache=False), executor=Tired())
    result = audit(load_corpus(tmp_path), run)
    assert [item.source for item in result.not_read] == ["1.txt"]
    assert "the rules could not judge it: took longer" in result.not_read[0].reason
    assert {a.document.source for a in result.analyses} == {"0.txt", "2.txt"}
    assert {finding.document for finding in result.findings} <= {None, "0.txt", "2.txt"}
    with pytest.raises(UnreadableInput, match=r"1\.txt: read, but the rules could not judge it"):
        check_draft(tmp_path / "1.txt", run, Said(region="Area 1"))


def test_the_words_of_few_views_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 5)
    corpus = load_corpus(tmp_path)
    many = audit(corpus, inline())
    monkeypatch.setattr("stratlint.rules.world.OPEN_VIEWS", 1)
    assert audit(corpus, inline()) == many
