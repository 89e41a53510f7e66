from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stratlint.errors import UnreadableInput
from stratlint.workers.execution import InlineExecutor, run_all
from stratlint.workers.pool import WorkerPool


def double(number: int) -> int:
    if number == 13:
        raise ValueError("unlucky")
    if number == 7:
        raise UnreadableInput("no sevens", code="damaged")
    return 2 * number


def sleep_long(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def take_memory(megabytes: int) -> int:
    return len(bytearray(megabytes * 1_000_000))


def own_number(_: int) -> int:
    return os.getpid()


def die(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second time"


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, seconds=2.5, memory_mb=400) as pool:
        yield pool


def test_results_and_faults_stand_beside_each_other(pool: WorkerPool) -> None:
    outcomes = {o.item: o for o in run_all(double, [1, 7, 13, 20], pool, workers=2)}
    assert outcomes[1].result == 2
    assert outcomes[20].result == 40
    assert outcomes[7].error is not None
    assert outcomes[7].error.message == "no sevens"
    assert outcomes[13].error is not None
    assert "ValueError: unlucky" in outcomes[13].error.message


def test_the_inline_executor_says_the_same() -> None:
    outcomes = {o.item: o for o in run_all(double, [1, 7, 13], InlineExecutor())}
    assert outcomes[1].result == 2
    assert "unlucky" in str(outcomes[13].error)


def test_a_task_over_its_time_is_ended_and_the_others_go_on(pool: WorkerPool) -> None:
    outcomes = {o.item: o for o in run_all(sleep_long, [0.01, 60.0, 0.02], pool, workers=2)}
    assert outcomes[0.01].result == 0.01
    assert outcomes[0.02].result == 0.02
    late = outcomes[60.0].error
    assert isinstance(late, UnreadableInput)
    assert late.code == "timeout"


def test_a_task_over_its_memory_is_refused(pool: WorkerPool) -> None:
    outcomes = {o.item: o for o in run_all(take_memory, [1, 5_000], pool, workers=2)}
    assert outcomes[1].result == 1_000_000
    refused = outcomes[5_000].error
    assert isinstance(refused, UnreadableInput)
    assert refused.code == "memory"


def test_a_lost_worker_is_tried_once_more(pool: WorkerPool, tmp_path: Path) -> None:
    (outcome,) = run_all(die_once, [tmp_path / "marker"], pool)
    assert outcome.result == "second time"


def test_a_worker_lost_twice_is_reported(pool: WorkerPool) -> None:
    outcomes = {o.item: o for o in run_all(die, ["fatal"], pool)}
    lost = outcomes["fatal"].error
    assert isinstance(lost, UnreadableInput)
    assert lost.code == "lost-worker"
    assert "SIGKILL" in lost.message


def test_a_worn_worker_makes_room_for_another(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stratlint.workers.pool.WORN", 2)
    outcomes = [o.result for o in run_all(own_number, range(8), pool, workers=2)]
    assert len(set(outcomes)) >= 4
    assert all(outcome is not None for outcome in outcomes)


BUSY = """
import sys
from stratlint.workers.execution import run_all
from stratlint.workers.pool import WorkerPool
from tests.workers.test_execution import work_long
with WorkerPool(1, seconds=5.0) as pool:
    for outcome in run_all(work_long, [sys.argv[1]], pool):
        print(outcome.result, outcome.error, flush=True)
"""


def work_long(marker: str) -> str:
    """Say that the work has begun, then compute for half a second, whenever that is."""
    Path(marker).touch()
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass
    return "done"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="stops a group of processes")
def test_a_machine_that_sleeps_costs_no_document_its_time(tmp_path: Path) -> None:
    marker = tmp_path / "begun"
    command = [sys.executable, "-c", BUSY, str(marker)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, text=True)
    end = time.monotonic() + 60
    while not marker.exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(6)
    os.killpg(process.pid, signal.SIGCONT)
    said, _ = process.communicate(timeout=60)
    assert said.strip() == "done None"


def test_a_closed_pool_takes_nothing() -> None:
    pool = WorkerPool(1)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(double, 1)
