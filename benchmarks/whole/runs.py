"""Costs of whole audits by number of documents, kept in a file beside this one."""

from __future__ import annotations

import math
import time
from pathlib import Path

import msgspec

from benchmarks.whole.process import Cost

FILE = Path(__file__).with_name("runs.json")


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One size: seconds of wall clock and processor, megabytes, mean load, and the day."""

    documents: int
    cold: float
    cold_processor: float
    cold_mb: float
    cold_largest_mb: float
    warm: float
    warm_processor: float
    warm_mb: float
    load: float
    day: str

    @classmethod
    def of(cls, documents: int, cold: Cost, warm: Cost) -> Run:
        """A run of today."""
        return cls(
            documents=documents,
            cold=round(cold.seconds, 1),
            cold_processor=round(cold.processor, 1),
            cold_mb=round(cold.peak_mb),
            cold_largest_mb=round(cold.largest_mb),
            warm=round(warm.seconds, 1),
            warm_processor=round(warm.processor, 1),
            warm_mb=round(warm.peak_mb),
            load=round(cold.load, 1),
            day=time.strftime("%Y-%m-%d"),
        )


def kept() -> list[Run]:
    """Every size that was measured, the smallest first."""
    if not FILE.is_file():
        return []
    runs = msgspec.json.decode(FILE.read_bytes(), type=list[Run])
    return sorted(runs, key=lambda run: run.documents)


def keep(run: Run) -> None:
    """Put a run in the place of an earlier one of its size."""
    runs = [other for other in kept() if other.documents != run.documents]
    found = sorted([*runs, run], key=lambda entry: entry.documents)
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def exponent(before: Run, run: Run) -> float:
    """The power of the number of documents by which processor time grew."""
    growth = math.log(run.cold_processor / before.cold_processor)
    return growth / math.log(run.documents / before.documents)
