"""A real cluster of processes, the product's own function, and workers killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import stratlint
from stratlint.documents import ReadOptions
from stratlint.errors import UsageError
from stratlint.run.read import Reading, read_file
from stratlint.run.run import file_hash
from stratlint.workers.dask import dask_executor
from stratlint.workers.execution import InlineExecutor, Outcome, run_all
from tests.comparison.test_spread import written
from tests.made import NORTH_EAST, SOUTH_WEST

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")

pytestmark = pytest.mark.slow
together = pytest.mark.xdist_group("cluster")
"""One cluster serves these, in this order: killed workers come back late where much else runs."""

DEADLY = "deadly.txt"


def task(path: Path) -> Reading:
    return Reading(
        path=str(path),
        sha256=file_hash(path, max_bytes=10**9),
        options=ReadOptions(source=path.name),
    )


@pytest.fixture
def tasks(tmp_path: Path) -> list[Reading]:
    found = []
    for number in range(10):
        path = tmp_path / f"{number}.txt"
        path.write_text("We will support tourism in Leeds. " * (300 + number), encoding="utf-8")
        found.append(task(path))
    return found


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        yield cluster


def run(cluster: Any, function: Any, items: list[Reading]) -> Iterator[Outcome[Reading, bytes]]:
    with dask_executor(cluster.scheduler_address) as executor:
        yield from run_all(function, items, executor, workers=2)


@together
def test_an_audit_on_a_cluster_says_what_one_here_says(cluster: Any, tmp_path: Path) -> None:
    for name, text in (("a.md", NORTH_EAST), ("b.md", SOUTH_WEST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    here = stratlint.audit(tmp_path, executor=InlineExecutor(), cache=False)
    with dask_executor(cluster.scheduler_address) as executor:
        there = stratlint.audit(tmp_path, executor=executor, cache=False)
    assert there == here


@together
def test_a_run_that_is_left_early_leaves_nothing_running(
    cluster: Any, tasks: list[Reading]
) -> None:
    outcomes = run(cluster, read_file, tasks)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert threading.active_count() < 50
    end = time.monotonic() + 30
    while cluster.scheduler.tasks and time.monotonic() < end:
        time.sleep(0.1)
    assert not cluster.scheduler.tasks


@together
def test_a_worker_killed_in_the_middle_costs_no_document(
    cluster: Any, tasks: list[Reading]
) -> None:
    alone = {item.path: read_file(item) for item in tasks}
    victim = next(iter(cluster.workers.values())).pid
    found: dict[str, Outcome[Reading, bytes]] = {}
    for outcome in run(cluster, read_file, tasks):
        if not found:
            os.kill(victim, signal.SIGKILL)
        found[outcome.item.path] = outcome
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)
    assert set(found) == set(alone)
    for path, outcome in found.items():
        assert outcome.error is None
        assert outcome.result is not None
        assert outcome.result == alone[path]


@together
def test_a_document_that_kills_every_worker_is_reported_and_the_others_are_read(
    cluster: Any, tasks: list[Reading], tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    (tmp_path / DEADLY).write_text("Aerospace.", encoding="utf-8")
    items = [*tasks[:2], task(tmp_path / DEADLY), *tasks[2:4]]
    outcomes = {o.item.options.source: o for o in run(cluster, _deadly(marks), items)}
    error = outcomes.pop(DEADLY).error
    assert error is not None
    assert error.code == "lost-worker"
    # Tried by one worker, once more by another; then in the same way with nothing beside it.
    assert 2 <= len(list(marks.iterdir())) <= 4
    assert len(outcomes) == 4
    assert all(outcome.error is None for outcome in outcomes.values())


def _deadly(marks: Path) -> Any:
    """The product's function, but for one document; it travels by value."""
    folder, deadly = str(marks), DEADLY

    def work(item: Reading) -> bytes:
        if item.path.endswith(deadly):
            Path(folder, str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read_file(item)

    return work


SCHEDULER = """
import asyncio, sys
from distributed import Scheduler
async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        while not any(task.state == "processing" for task in scheduler.tasks.values()):
            await asyncio.sleep(0.05)
        print("works", flush=True)
        await scheduler.finished()
asyncio.run(main())
"""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a local server that speaks S3."""
    moto = pytest.importorskip("moto.server")
    s3fs = pytest.importorskip("s3fs")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    try:
        # The server's buckets outlive it, and what was opened for another server outlives that.
        s3fs.S3FileSystem.clear_instance_cache()
        name = f"plans-{time.monotonic_ns()}"
        s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
        yield f"s3://{name}/parts"
    finally:
        server.stop()


BESIDE_A_BUCKET = """
import os, signal, sys
from pathlib import Path
import distributed, msgspec
from stratlint.run.audit import audit
from stratlint.run.corpus import load_corpus
from stratlint.run.run import PRELOAD, Run
from stratlint.run.settings import Settings
from stratlint.workers.dask import dask_executor
from stratlint.workers.store import Store

if __name__ == "__main__":
    folder, bucket, out = sys.argv[1:]
    killed = set()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]

        def tell(progress):
            if progress.step in ("analyse", "tile") and progress.step not in killed:
                killed.add(progress.step)
                os.kill(pids.pop(), signal.SIGKILL)

        with (
            dask_executor(cluster.scheduler_address, preload=PRELOAD) as executor,
            Run(Settings(), executor=executor, store=Store(bucket), tell=tell) as run,
        ):
            assert executor.workers == 2
            made = audit(load_corpus(Path(folder)), run)
    assert killed == {"analyse", "tile"}
    with open(out, "wb") as file:
        file.write(msgspec.json.encode(made))
"""


def test_a_cluster_with_a_bucket_says_what_one_process_says_though_workers_die(
    bucket: str, tmp_path: Path
) -> None:
    folder, out = written(tmp_path / "corpus", 8), tmp_path / "out.json"
    here = stratlint.audit(folder, executor=InlineExecutor(), cache=False)
    # A process of its own: its workers have its environment, whatever clusters ran in this one.
    script = tmp_path / "beside.py"
    script.write_text(BESIDE_A_BUCKET, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), bucket, str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == msgspec.json.encode(here)
    # Whoever has the bucket takes up what was made, and asks no cluster.
    again = stratlint.audit(folder, executor=InlineExecutor(), store=bucket)
    assert msgspec.json.encode(again) == msgspec.json.encode(here)


def test_a_bucket_that_is_not_there_is_told_before_any_work(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such bucket"):
        stratlint.audit(written(tmp_path / "corpus", 2), store=bucket.replace("plans", "none"))


def test_a_scheduler_that_dies_ends_the_audit_in_words_and_the_next_takes_it_up(
    tmp_path: Path,
) -> None:
    """Nothing may wait for ever for a scheduler that is gone: the run ends, and says why.

    What was made lies in the store: the same command takes it up, on a cluster or without one.
    """
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(8):
        text = "We will support tourism in Leeds. " * 600
        (folder / f"{number}.md").write_text(f"# {number}\n\n{text}", encoding="utf-8")
    scheduler = subprocess.Popen(
        [sys.executable, "-c", SCHEDULER], stdout=subprocess.PIPE, text=True
    )
    assert scheduler.stdout is not None
    address = scheduler.stdout.readline().strip()
    worker = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    parts = tmp_path / "parts"
    command = [sys.executable, "-m", "stratlint", "audit", str(folder), "--fail-on", "never"]
    command += ["-o", str(tmp_path / "out"), "--store", f"file://{parts}"]
    process = subprocess.Popen(
        [*command, "--dask", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        end = time.monotonic() + 120
        while not list(parts.glob("analyse/*/*")) and time.monotonic() < end:
            time.sleep(0.02)
        scheduler.kill()
        _, said = process.communicate(timeout=180)
    finally:
        for each in (scheduler, worker, process):
            each.kill()
            each.wait()
    assert process.returncode in (2, 3), said
    assert "Traceback" not in said
    assert "Dask" in said or "not read" in said
    assert not (tmp_path / "out" / "run.json").exists() or process.returncode == 3
    again = subprocess.run([*command, "--force"], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "known from an earlier run" in again.stderr


def test_an_address_where_nobody_answers_is_a_usage_error() -> None:
    with (
        pytest.raises(UsageError, match="no Dask scheduler"),
        dask_executor("tcp://127.0.0.1:1", timeout=0.5),
    ):
        pass


def test_a_cluster_without_workers_ends_the_run_in_words(tasks: list[Reading]) -> None:
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty,
        dask_executor(empty.scheduler_address, patience=1.0) as executor,
    ):
        time.sleep(1.2)
        assert executor.gone() == ""  # type: ignore[attr-defined]  # counted from when it is seen
        with pytest.raises(UsageError, match="has had no worker for 1 seconds"):
            list(run_all(read_file, tasks, executor, workers=2))
