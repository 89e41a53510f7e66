"""One command measured from outside: wall clock, processor time and peak memory with children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY_SECONDS = 0.05


class Cost(NamedTuple):
    """Seconds of wall clock and processor, megabytes at the peak, and how the command ended."""

    seconds: float
    processor: float
    peak_mb: float
    code: int
    said: str


def measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Memory is the largest sum of proportional set sizes over the process and its descendants, so
    that pages which forked workers share are counted once.
    """
    own = {**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        list(command), env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = [0.0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_SECONDS):
            peak[0] = max(peak[0], sum(_megabytes(pid) for pid in tree(process.pid)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    after = os.times()
    processor = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Cost(seconds, processor, peak[0], process.returncode, said.decode("utf-8", "replace"))


def stratlint(*arguments: str | Path) -> list[str]:
    """A command line that runs this checkout's stratlint."""
    return [sys.executable, "-m", "stratlint", *map(str, arguments)]


def tree(root: int) -> list[int]:
    """A process and all its descendants, where the platform tells (Linux)."""
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*"):
            try:
                queue += map(int, (task / "children").read_text().split())
            except OSError:
                continue
    return found


def _megabytes(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
