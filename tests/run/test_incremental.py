"""A corpus that grows: what an earlier run found is not found again, and the run says so."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from stratlint.records import AuditResult
from stratlint.run.audit import audit
from stratlint.run.corpus import load_corpus
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from tests.comparison.made_up import HARBOUR, filler

PLACES = ("Leeds", "Hull", "Bristol", "Derby")


def written(folder: Path, count: int) -> Path:
    """A corpus of so many strategies, which share a passage."""
    folder.mkdir(exist_ok=True)
    rows = []
    for number, place in enumerate(PLACES[:count]):
        text = f"{filler(number, 20)}\n\n{HARBOUR.format(place=place)}\n\n{filler(number + 50, 20)}"
        (folder / f"{number}.md").write_text(f"# A plan for {place}\n\n{text}\n", encoding="utf-8")
        rows.append(f"- {{file: {number}.md, region: R{number}, year: 200{number}}}")
    (folder / "manifest.yaml").write_text("documents:\n" + "\n".join(rows), encoding="utf-8")
    return folder


def audited(folder: Path) -> tuple[AuditResult, tuple[str, ...]]:
    with Run(Settings(jobs=1)) as run:
        return audit(load_corpus(folder), run), run.words()


def test_a_further_document_is_all_that_is_paid_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    _, words = audited(written(tmp_path / "corpus", 3))
    assert words == ()
    more, words = audited(written(tmp_path / "corpus", 4))
    assert words == ("known from an earlier run: 3 of 4 documents and 3 of 6 pairs of them",)
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "other"))
    fresh, _ = audited(tmp_path / "corpus")
    assert msgspec.json.encode(fresh) == msgspec.json.encode(more)
    assert fresh.comparison is not None
    assert [len(p.holdings) for p in fresh.comparison.passages] == [4]


def test_an_unchanged_corpus_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    first, _ = audited(written(tmp_path / "corpus", 2))
    second, words = audited(tmp_path / "corpus")
    assert msgspec.json.encode(second) == msgspec.json.encode(first)
    assert words == (
        "known from an earlier run: 2 of 2 documents and all that is said of them together",
    )


class NoWork(Executor):
    """An executor that is asked for nothing."""

    def submit(self, *_args: object, **_more: object) -> NoReturn:
        raise AssertionError("a worker is asked for")


def test_a_file_that_is_no_document_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))
    corpus = written(tmp_path / "corpus", 2)
    (corpus / "manifest.yaml").unlink()
    (corpus / "broken.txt").write_bytes(b"\x00\x01PK\xff" * 40)
    first, _ = audited(corpus)
    with Run(Settings(jobs=1), executor=NoWork()) as run:
        second = audit(load_corpus(corpus), run)
    assert [fault.source for fault in second.not_read] == ["broken.txt"]
    assert msgspec.json.encode(second) == msgspec.json.encode(first)
    # Other bytes are another file.
    (corpus / "broken.txt").write_text("# A plan\n\nWe will support tourism.\n", encoding="utf-8")
    third, _ = audited(corpus)
    assert not third.not_read
