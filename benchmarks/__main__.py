"""Every measure in one run, written to docs/performance.md: ``python -m benchmarks [--quick]``.

Whole audits run first, each in a process of its own, beside plain pdfplumber and PyMuPDF on the
same files; then passages beside difflib, and the measures of the rooms. Absolute times say
something about one machine only: read the ratios. Costs of whole audits are kept in
``benchmarks/whole/runs.json``, so that a size that takes half an hour need not be run each time;
every row has its own date and load.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.passages.growth import growth as passages
from benchmarks.rooms import ROOT, rooms
from benchmarks.whole.brochures import RUNS, brochures
from benchmarks.whole.growth import growth, plot

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
WORDS = 20_000

INTRODUCTION = f"""# Performance

Written by `make bench`; do not edit by hand. Absolute times belong to one machine and moment:
read the ratios.

{{machine}}

## Nine made strategies of thirty pages, two columns

Cold is the first audit with an empty cache, warm the second; each of the {RUNS} runs measures all
of it in turn.

"""

AFTER_GROWTH = """
![Seconds against documents](pictures/growth.svg)

Peak memory is the largest sum of proportional set sizes over the process and its workers, looked
at twenty times a second. Exponents are of processor time, which other work on the machine changes
least; the load is the mean while the first run lasted, on two cores.
"""

BEFORE_PASSAGES = """## Shared passages: random documents of 20,000 words, one core

From raw text to candidate pairs, `benchmarks/passages/scale.py`. A passage of 450 words is planted
in every tenth document.
"""


def main() -> None:
    """Measure, then write the page and the picture."""
    parser = argparse.ArgumentParser(description="Measure stratlint.")
    parser.add_argument("--quick", action="store_true", help="9 and 30 documents, no rooms")
    parser.add_argument("--sizes", type=int, nargs="*", help="numbers of made documents")
    options = parser.parse_args()
    sizes = options.sizes
    if sizes is None:
        sizes = [9, 30] if options.quick else [9, 30, 100, 1000]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        small = _shown(brochures(Path(name)))
        large = _shown(growth(Path(name), sizes, WORDS))
    shared = _shown(passages([100, 1000] if options.quick else [100, 1000, 10_000], WORDS))
    plot(PICTURE)
    minutes = (time.perf_counter() - began) / 60
    parts = [
        INTRODUCTION.format(machine=_machine(minutes)) + "\n".join(small),
        f"## Growth: made documents of {WORDS:,} words, plain text\n\n" + "\n".join(large),
        AFTER_GROWTH.strip(),
        BEFORE_PASSAGES + "\n" + "\n".join(shared),
    ]
    if not options.quick:
        parts.append("## Rooms\n\n" + "\n".join(rooms()).rstrip())
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _shown(lines: list[str]) -> list[str]:
    print("\n".join(lines), flush=True)
    return lines


def _machine(minutes: float) -> str:
    command = " ".join(["python -m benchmarks", *sys.argv[1:]])
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    return (
        f"Machine: {machine}. Command: `{command}`, "
        f"{time.strftime('%Y-%m-%d')}; {minutes:.0f} minutes without the rooms, load average at "
        f"their end {os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
