"""How a whole audit grows: made documents of 20,000 words, cold and from the cache."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.whole.brochures import audit
from benchmarks.whole.made import made_corpus
from benchmarks.whole.runs import Run, exponent, keep, kept


def growth(work: Path, sizes: list[int], words: int) -> list[str]:
    """The table: the sizes that are measured now, and those that were kept before."""
    for size in sizes:
        folder = work / f"made-{size}"
        made_corpus(folder, size, words)
        first, second = audit(folder, work)
        keep(Run.of(size, first, second))
        shutil.rmtree(folder)
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


def plot(picture: Path) -> None:
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
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, metadata={"Date": None})
