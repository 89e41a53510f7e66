"""A real Dask cluster that loses a worker: every document is read or reported."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

distributed = pytest.importorskip("distributed")


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_no_document(tmp_path: Path) -> None:
    from stratlint.dask import dask_executor
    from stratlint.execution import run_all

    paths = []
    for number in range(12):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text("We will support tourism. " * (number + 1), encoding="utf-8")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        victim = next(iter(cluster.workers.values())).pid

        def kill() -> None:
            time.sleep(1.0)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        with dask_executor(cluster.scheduler_address) as executor:
            # The function travels by value: a worker need not have the tests.
            found = run_all(_by_value(), [str(p) for p in paths], executor, workers=2)
            outcomes = {o.item: o for o in found}
        killer.join()
    assert set(outcomes) == {str(p) for p in paths}
    for number, path in enumerate(paths):
        outcome = outcomes[str(path)]
        assert outcome.error is not None or outcome.result == 25 * (number + 1)
    assert sum(o.error is None for o in outcomes.values()) >= len(paths) - 1
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def _by_value() -> Callable[[str], int]:
    def work(path: str) -> int:
        time.sleep(0.3)
        return len(Path(path).read_text(encoding="utf-8"))

    return work
