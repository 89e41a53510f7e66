"""Every measure in one run, written to docs/performance.md: ``python -m benchmarks [--quick]``.

Whole audits run first, each in a process of its own, beside plain pdfplumber and PyMuPDF on the
same files; then the measures of the rooms. Absolute times say something about one machine only:
read the ratios.
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
from pathlib import Path

from benchmarks.whole.made import made_corpus, made_pdfs
from benchmarks.whole.process import Cost, measured, stratlint

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
        "| | seconds | against pdfplumber | peak MB |",
        "|---|---|---|---|",
        f"| pdfplumber, text alone | {plumber:.1f} | 1 | |",
        f"| PyMuPDF, text alone | {mupdf:.2f} | {mupdf / plumber:.3f} | |",
        f"| `stratlint audit`, cold | {first.seconds:.1f} | {first.seconds / plumber:.2f} "
        f"| {first.peak_mb:.0f} |",
        f"| `stratlint audit`, warm | {second.seconds:.1f} | {second.seconds / plumber:.2f} "
        f"| {second.peak_mb:.0f} |",
        f"| `stratlint --help` | {named:.2f} | | |",
    ]


def growth(work: Path, sizes: list[int]) -> tuple[list[str], list[tuple[int, Cost, Cost]]]:
    """Made documents of 20,000 words: cold and warm at each size."""
    lines = [
        "| documents | cold, s | exponent | warm, s | warm / cold | peak MB cold | warm |",
        "|---|---|---|---|---|---|---|",
    ]
    found: list[tuple[int, Cost, Cost]] = []
    for size in sizes:
        folder = work / f"made-{size}"
        made_corpus(folder, size, WORDS)
        first, second = audit(folder, work)
        power = ""
        if found:
            before, cost, _ = found[-1]
            power = f"{math.log(first.seconds / cost.seconds) / math.log(size / before):.2f}"
        found.append((size, first, second))
        lines.append(
            f"| {size:,} | {first.seconds:.1f} | {power} | {second.seconds:.1f} "
            f"| {second.seconds / first.seconds:.2f} | {first.peak_mb:.0f} "
            f"| {second.peak_mb:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines, found


def plot(found: list[tuple[int, Cost, Cost]]) -> None:
    """Cold and warm seconds against documents, both on logarithmic scales."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "stratlint"
    figure, axes = plt.subplots(figsize=(6, 4))
    sizes = [size for size, _, _ in found]
    axes.loglog(sizes, [c.seconds for _, c, _ in found], "o-", label="first run")
    axes.loglog(sizes, [w.seconds for _, _, w in found], "s--", label="second run, from the cache")
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
        large, found = growth(work, sizes)
    plot(found)
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
                "its workers, looked at twenty times a second.",
                "",
                *([] if options.quick else ["## Rooms", "", *rooms()]),
            ]
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
