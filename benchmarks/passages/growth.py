"""How the search for shared passages grows, beside difflib on every pair."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from difflib import SequenceMatcher

from benchmarks.passages.scale import texts


def difflib_seconds(words: int) -> float:
    """Processor time of difflib, as it comes, on one pair of the same random texts."""
    one, other = (text.split() for text, _ in texts(2, words, 450, 1))
    start = time.process_time()
    SequenceMatcher(None, one, other).get_matching_blocks()
    return time.process_time() - start


def growth(sizes: list[int], words: int) -> list[str]:
    """The table, each size in a process of its own so that its peak memory is its own."""
    pair = difflib_seconds(words)
    lines = [
        "| documents | index, s | exponent | recall of planted pairs | other candidates | peak MB "
        "| difflib on every pair *(extrapolated)* |",
        "|---|---|---|---|---|---|---|",
    ]
    last: tuple[int, float] | None = None
    for size in sizes:
        row = _measured(size, words)
        spent = row["seconds"]
        power = f"{math.log(spent / last[1]) / math.log(size / last[0]):.2f}" if last else ""
        hours = pair * size * (size - 1) / 2 / 3600
        lines.append(
            f"| {size:,} | {spent:.1f} | {power} | {row['recall']:.3f} of {row['planted']:,.0f} "
            f"| {row['other candidates']:,.0f} | {row['peak MB']:,.0f} | {hours:,.1f} hours |"
        )
        last = (size, spent)
    return [*lines, "", f"difflib took {pair:.2f} s of processor time for one pair of documents."]


def _measured(size: int, words: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.passages.scale", str(size), "--words", str(words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, float] = json.loads(done.stdout)
    return row
