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
    """Seconds of wall clock and processor, megabytes at the peak, and how the command ended.

    ``peak_mb`` is of the whole tree, ``largest_mb`` of its largest process; ``load`` the mean of
    the machine's load while it ran.
    """

    seconds: float
    processor: float
    peak_mb: float
    code: int
    said: str
    largest_mb: float = 0.0
    load: float = 0.0


def measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Memory is the largest sum of proportional set sizes over the process and its descendants, so
    that pages which forked workers share are counted once.
    """
    own = {**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})}
    start = time.perf_counter()
    process = subprocess.Popen(
        list(command), env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    seen = _Seen()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_SECONDS):
            seen.look(tree(process.pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    return Cost(
        seconds=seconds,
        processor=sum(seen.processor.values()),
        peak_mb=seen.peak,
        code=process.returncode,
        said=said.decode("utf-8", "replace"),
        largest_mb=seen.largest,
        load=sum(seen.loads) / max(1, len(seen.loads)),
    )


class _Seen:
    """What was seen of a tree of processes, look by look."""

    def __init__(self) -> None:
        self.peak = self.largest = 0.0
        self.processor: dict[int, float] = {}
        self.loads: list[float] = []

    def look(self, pids: Sequence[int]) -> None:
        """Add one look. A process's time is the last that was seen: nobody waits for workers."""
        sizes = [_megabytes(pid) for pid in pids]
        self.peak = max(self.peak, sum(sizes))
        self.largest = max(self.largest, *sizes)
        self.loads.append(os.getloadavg()[0])
        for pid in pids:
            self.processor[pid] = max(_processor(pid), self.processor.get(pid, 0.0))


def _processor(pid: int) -> float:
    """Seconds of processor that a process has used, its children's not counted."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
