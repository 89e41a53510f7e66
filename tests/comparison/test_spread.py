"""Passages found by tasks over buckets: the same as those that one process finds."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from stratlint.comparison.passages import spread
from stratlint.records import AuditResult
from stratlint.run.audit import audit
from stratlint.run.corpus import load_corpus
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor
from stratlint.workers.store import Store
from tests.comparison.made_up import HARBOUR, filler

pytest.importorskip("fsspec")

PLACES = ("Leeds", "Hull", "Bristol", "Derby", "Sunderland")
TEMPLATE = "Every plan of these counties begins with one page of law that nobody changes. " * 3


def written(folder: Path, count: int) -> Path:
    """Plans that all carry one template, share a passage with all and one with a neighbour."""
    folder.mkdir(exist_ok=True)
    rows = []
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        near = filler(200 + number // 2, 5)
        parts = [TEMPLATE, filler(number, 8), HARBOUR.format(place=place), near]
        text = "\n\n".join(parts)
        (folder / f"{number}.md").write_text(f"# A plan for {place}\n\n{text}\n", encoding="utf-8")
        rows.append(f"- {{file: {number}.md, region: R{number}, year: {2000 + number}}}")
    (folder / "manifest.yaml").write_text("documents:\n" + "\n".join(rows), encoding="utf-8")
    return folder


def spread_over(folder: Path, address: str) -> tuple[AuditResult, Run]:
    with Run(Settings(), executor=InlineExecutor(), store=Store(address)) as run:
        return audit(load_corpus(folder), run), run


def alone(folder: Path) -> AuditResult:
    with Run(Settings(cache=False), executor=InlineExecutor()) as run:
        return audit(load_corpus(folder), run)


def test_buckets_find_what_one_process_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 20 plans carry one template: more holders than a run has pairs for, so it has a star.
    monkeypatch.setattr(spread, "RUNS", 500)
    folder = written(tmp_path / "corpus", 20)
    here = alone(folder)
    there, run = spread_over(folder, f"file://{tmp_path}/store")
    assert msgspec.json.encode(there) == msgspec.json.encode(here)
    assert here.comparison is not None
    assert max(len(p.holdings) for p in here.comparison.passages) == 20
    assert run._asked["tokens"] == 4
    assert run._asked["runs"] >= 8
    assert 8 <= run._asked["tile"] <= 10


def test_a_further_document_changes_its_own_bucket_alone(tmp_path: Path) -> None:
    address = f"file://{tmp_path}/store"
    folder = written(tmp_path / "corpus", 18)
    spread_over(folder, address)
    _, again = spread_over(folder, address)
    assert again.words() == (
        "known from an earlier run: 18 of 18 documents and all that is said of them together",
    )
    _, more = spread_over(written(folder, 19), address)
    assert (more._known["analyse"], more._asked["analyse"]) == (18, 19)
    assert (more._known["tokens"], more._asked["tokens"]) == (3, 4)


def test_few_documents_are_compared_where_they_are(tmp_path: Path) -> None:
    folder = written(tmp_path / "corpus", 3)
    there, run = spread_over(folder, f"file://{tmp_path}/store")
    assert there == alone(folder)
    assert not run._asked["tile"]
