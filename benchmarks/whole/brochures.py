"""Nine strategies of thirty pages: an audit beside the extraction of their text alone."""

# mypy: disable-error-code="no-untyped-call,no-any-return"
from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.whole.made import made_pdfs
from benchmarks.whole.process import Cost, measured, stratlint

RUNS = 2


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
    own = {"STRATLINT_CACHE_DIR": str(work / f"cache-{folder.name}-{time.monotonic_ns()}")}
    command = stratlint("audit", folder, "-o", work / f"out-{folder.name}", "--fail-on", "never")
    first, second = measured(command, own), measured(command, own)
    for cost in (first, second):
        if cost.code:
            raise SystemExit(f"{folder.name}: exit code {cost.code}\n{cost.said}")
    return first, second


def brochures(work: Path) -> list[str]:
    """The table: everything is run several times, in turn, and each run has its row."""
    folder = work / "nine-pdfs"
    made_pdfs(folder, 9)
    lines = [
        "| run | | seconds | against pdfplumber | peak MB, all processes | the largest |",
        "|---|---|---|---|---|---|",
    ]
    for run in range(1, RUNS + 1):
        plumber, mupdf = seconds(plain_pdfplumber, folder), seconds(plain_pymupdf, folder)
        first, second = audit(folder, work)
        named = min(measured(stratlint("--help")).seconds for _ in range(3))
        lines += [
            f"| {run} | pdfplumber, text alone | {plumber:.1f} | 1 | | |",
            f"| {run} | PyMuPDF, text alone | {mupdf:.2f} | {mupdf / plumber:.3f} | | |",
            _row(run, "cold", first, plumber),
            _row(run, "warm", second, plumber),
            f"| {run} | `stratlint --help` | {named:.2f} | | | |",
        ]
    return lines


def _row(run: int, name: str, cost: Cost, plumber: float) -> str:
    return (
        f"| {run} | `stratlint audit`, {name} | {cost.seconds:.1f} | {cost.seconds / plumber:.2f} "
        f"| {cost.peak_mb:.0f} | {cost.largest_mb:.0f} |"
    )
