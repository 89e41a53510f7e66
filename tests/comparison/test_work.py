from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.comparison import find_passages
from stratlint.comparison.passages import work as work_module
from stratlint.comparison.passages.work import Work
from stratlint.records import Document
from stratlint.workers.cache import Cache
from stratlint.workers.pool import WorkerPool
from tests.comparison.made_up import HARBOUR, document, filler

PLACES = ("Northport", "Southport", "Stoke-on-Trent", "Sunderland", "Hull", "Leeds")


def documents(count: int) -> list[Document]:
    """Documents of which each shares a passage with all and one with its neighbours."""
    made = []
    for number in range(count):
        near = filler(100 + number // 2, 8)
        own = [filler(number, 20), HARBOUR.format(place=PLACES[number % 6]), near]
        made.append(document(f"{number}.txt", *own, year=2000 + number))
    return made


def test_workers_find_what_this_process_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "FEW", 2)
    monkeypatch.setattr(work_module, "BATCH", 3)
    corpus = documents(6)
    with WorkerPool(2, seconds=60) as pool:
        work = Work(pool, jobs=2)
        found = find_passages(corpus, work=work)
    assert found == find_passages(corpus)
    assert len(found.alignments) == 15
    assert (work.made, work.reused) == (15, 0)


def test_pairs_known_from_an_earlier_run_are_not_aligned_again(tmp_path: Path) -> None:
    with Cache(tmp_path / "kept.sqlite3") as cache:
        first = Work(cache=cache)
        found = find_passages(documents(6), work=first)
        assert (first.made, first.reused) == (15, 0)
        again = Work(cache=cache)
        assert find_passages(documents(6), work=again) == found
        assert (again.made, again.reused) == (0, 15)


def test_a_further_document_costs_its_own_pairs_alone(tmp_path: Path) -> None:
    with Cache(tmp_path / "kept.sqlite3") as cache:
        find_passages(documents(6), work=Work(cache=cache))
        more = Work(cache=cache)
        found = find_passages(documents(7), work=more)
        assert found == find_passages(documents(7))
        assert (more.made, more.reused) == (6, 15)
        # The others are still known after a run without them.
        find_passages(documents(3), work=Work(cache=cache))
        last = Work(cache=cache)
        find_passages(documents(7), work=last)
        assert last.made == 0


def test_what_a_worker_cannot_do_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "FEW", 0)
    corpus = documents(4)
    # No pair is aligned within this time in a worker.
    with WorkerPool(1, seconds=0.0001) as pool:
        monkeypatch.setattr("stratlint.workers.pool.STARTING", 0.0)
        found = find_passages(corpus, work=Work(pool))
    assert found == find_passages(corpus)


def test_a_damaged_entry_costs_time_and_no_result(tmp_path: Path) -> None:
    corpus = documents(3)
    with Cache(tmp_path / "kept.sqlite3") as cache:
        for made in corpus:
            cache.put(work_module._name(made.sha256), b"\xc1 no record")
        work = Work(cache=cache)
        assert find_passages(corpus, work=work) == find_passages(corpus)
        assert work.made == 3
