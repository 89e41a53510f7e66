"""Every measure in one run, written to docs/performance.md: ``python -m benchmarks [--quick]``.

Whole audits run first, each in a process of its own, beside plain pdfplumber and PyMuPDF on the
same files; then passages beside difflib, and the measures of the rooms. Absolute times say
something about one machine only: read the ratios. Costs of whole audits are kept in
``benchmarks/whole/runs.json``, so that a size that takes half an hour need not be run each time;
every row has its own date and load.
"""

# mypy: disable-error-code="no-untyped-call,no-any-return"
from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.passages.scale import measure as search
from benchmarks.whole.made import made_corpus, made_pdfs, made_texts
from benchmarks.whole.process import Cost, measured, stratlint
from benchmarks.whole.runs import Run, exponent, keep, kept

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
WORDS = 20_000


def plain_pdfplumber(folder: Path) -> None:
    """What a script without stratlint would do."""
    import pdfplumber

    for path in sorted(folder.glob("*.pdf")):
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()
                page.close()


def plain_pymupdf(folder: Path) -> None:
    """The same with PyMuPDF."""
    import pymupdf

    for path in sorted(folder.glob("*.pdf")):
        with pymupdf.open(path) as document:
            for page in document:
                page.get_text()


def seconds(function: Callable[[Path], None], folder: Path) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    function(folder)
    return time.perf_counter() - start


def audit(folder: Path, work: Path) -> tuple[Cost, Cost]:
    """The first audit of a corpus with an empty cache, and the second."""
    own = {"STRATLINT_CACHE_DIR": str(work / f"cache-{folder.name}")}
    command = stratlint("audit", folder, "-o", work / f"out-{folder.name}", "--fail-on", "never")
    first, second = measured(command, own), measured(command, own)
    for cost in (first, second):
        if cost.code:
            raise SystemExit(f"{folder.name}: exit code {cost.code}\n{cost.said}")
    return first, second


def brochures(work: Path) -> list[str]:
    """Nine strategies of thirty pages: an audit beside the extraction of their text alone."""
    folder = work / "nine-pdfs"
    made_pdfs(folder, 9)
    plumber, mupdf = seconds(plain_pdfplumber, folder), seconds(plain_pymupdf, folder)
    first, second = audit(folder, work)
    named = min(measured(stratlint("--help")).seconds for _ in range(3))
    return [
        "| | seconds | against pdfplumber | peak MB, all processes | the largest |",
        "|---|---|---|---|---|",
        f"| pdfplumber, text alone | {plumber:.1f} | 1 | | |",
        f"| PyMuPDF, text alone | {mupdf:.2f} | {mupdf / plumber:.3f} | | |",
        f"| `stratlint audit`, cold | {first.seconds:.1f} | {first.seconds / plumber:.2f} "
        f"| {first.peak_mb:.0f} | {first.largest_mb:.0f} |",
        f"| `stratlint audit`, warm | {second.seconds:.1f} | {second.seconds / plumber:.2f} "
        f"| {second.peak_mb:.0f} | {second.largest_mb:.0f} |",
        f"| `stratlint --help` | {named:.2f} | | | |",
    ]


def growth(work: Path, sizes: list[int]) -> list[str]:
    """Made documents of 20,000 words: cold and warm at each size, with the sizes kept before."""
    for size in sizes:
        folder = work / f"made-{size}"
        made_corpus(folder, size, WORDS)
        first, second = audit(folder, work)
        keep(Run.of(size, first, second))
    lines = [
        "| documents | cold, s | processor, s | exponent | warm, s | warm / cold | peak MB cold "
        "| warm | load | day |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    before: Run | None = None
    for run in kept():
        power = f"{exponent(before, run):.2f}" if before else ""
        lines.append(
            f"| {run.documents:,} | {run.cold:.1f} | {run.cold_processor:.1f} | {power} "
            f"| {run.warm:.1f} | {run.warm / run.cold:.3f} | {run.cold_mb:.0f} "
            f"| {run.warm_mb:.0f} | {run.load:.1f} | {run.day} |"
        )
        before = run
    return lines


def passages(sizes: list[int]) -> list[str]:
    """The passage index from raw text to candidate pairs, beside difflib on one pair."""
    one, other = made_texts(2, WORDS)
    first, second = one.split(), other.split()
    start = time.process_time()
    SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    pair = time.process_time() - start
    lines = [
        "| documents | index, s | exponent | recall of planted pairs | other candidates | peak MB "
        "| difflib on every pair *(extrapolated)* |",
        "|---|---|---|---|---|---|---|",
    ]
    last: tuple[int, float] | None = None
    for size in sizes:
        row = search(size, WORDS, 450, 1)
        spent = row["seconds"]
        power = f"{math.log(spent / last[1]) / math.log(size / last[0]):.2f}" if last else ""
        hours = pair * size * (size - 1) / 2 / 3600
        lines.append(
            f"| {size:,} | {spent:.1f} | {power} | {row['recall']:.3f} of {row['planted']:.0f} "
            f"| {row['other candidates']:.0f} | {row['peak MB']:.0f} | {hours:,.1f} hours |"
        )
        last = (size, spent)
        print(lines[-1], flush=True)
    return [*lines, "", f"difflib took {pair:.1f} s of processor time for one pair of documents."]


def plot() -> None:
    """Cold and warm seconds against documents, both on logarithmic scales."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "stratlint"
    figure, axes = plt.subplots(figsize=(6, 4))
    runs = kept()
    sizes = [run.documents for run in runs]
    axes.loglog(sizes, [run.cold for run in runs], "o-", label="first run")
    axes.loglog(sizes, [run.cold_processor for run in runs], "^:", label="its processor time")
    axes.loglog(sizes, [run.warm for run in runs], "s--", label="second run, from the cache")
    axes.set_xlabel("documents of 20,000 words")
    axes.set_ylabel("seconds")
    axes.legend()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})


def rooms() -> list[str]:
    """What the scripts of the single rooms print."""
    lines: list[str] = []
    for path in sorted((ROOT / "benchmarks").glob("*/*.py")):
        whole = path.parent / "__main__.py"
        if path.parent.name == "whole" or (whole.exists() and path != whole):
            continue
        module = [".".join(path.relative_to(ROOT).with_suffix("").parts)]
        if path == whole:
            module = [module[0].removesuffix(".__main__")]
        done = subprocess.run(
            [sys.executable, "-m", *module], capture_output=True, text=True, cwd=ROOT, check=False
        )
        said = done.stdout if done.returncode == 0 else f"did not run: {done.stderr[-300:]}"
        lines += [f"### `python -m {module[0]}`", "", "```", said.rstrip(), "```", ""]
    return lines


def main() -> None:
    """Measure, then write the page and the picture."""
    parser = argparse.ArgumentParser(description="Measure stratlint.")
    parser.add_argument("--quick", action="store_true", help="9 and 30 documents, no rooms")
    parser.add_argument("--sizes", type=int, nargs="+", help="numbers of made documents")
    options = parser.parse_args()
    sizes = options.sizes or ([9, 30] if options.quick else [9, 100, 1000])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        small = brochures(work)
        print("\n".join(small), flush=True)
        large = growth(work, sizes)
    print("\n".join(large), flush=True)
    shared = passages([100, 1000] if options.quick else [100, 1000, 10_000])
    plot()
    load = os.getloadavg()[0]
    PAGE.write_text(
        "\n".join(
            [
                "# Performance",
                "",
                "Written by `make bench` (`python -m benchmarks`); do not edit by hand. "
                "Absolute times belong to one machine and moment: read the ratios.",
                "",
                f"Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
                f"load average at the end {load:.1f}"
                + (" (shared with other work while this ran)" if load > 3 else "")
                + f". Command: `python -m benchmarks {' '.join(sys.argv[1:])}`.",
                "",
                "## Nine made strategies of thirty pages, two columns",
                "",
                *small,
                "",
                f"## Growth: made documents of {WORDS:,} words, plain text",
                "",
                *large,
                "",
                "![Seconds against documents](pictures/growth.svg)",
                "",
                "Peak memory is the largest sum of proportional set sizes over the process and "
                "its workers, looked at twenty times a second. Exponents are of processor time, "
                "which other work on the machine changes least; the load is the mean while the "
                "first run lasted, on two cores.",
                "",
                "## Shared passages: random documents of 20,000 words, one core",
                "",
                *shared,
                "",
                *([] if options.quick else ["## Rooms", "", *rooms()]),
            ]
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
