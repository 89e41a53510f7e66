"""Score the aligner on pairs with exact truth, by half, with its speed on one core.

    python benchmarks/passages/alignment.py SHARED [--half tune|report|both]

SHARED holds the PAN13 sample (data/reuse/pan13-train-sample) and its scorer
(score/alignment.py). A pair belongs to the half that the parity of the SHA-256 of its name
says: the even half was tuned on, the odd half is what to report.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from stratlint.comparison import align
from stratlint.comparison.names import place_names
from stratlint.comparison.pairs import run_pairs


def scorer(shared: Path) -> ModuleType:
    """The measure, from where the data are."""
    spec = importlib.util.spec_from_file_location("scorer", shared / "score" / "alignment.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "score" / "alignment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def half_of(a: str, b: str) -> str:
    """The half to which a pair belongs."""
    name = f"{a.removesuffix('.txt')}-{b.removesuffix('.txt')}"
    return "report" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "tune"


def score(shared: Path, half: str) -> None:
    """Print plagdet, recall and precision over all pairs of a half and for each class."""
    measure = scorer(shared)
    corpus = shared / "data/reuse/pan13-train-sample"
    pairs: list[tuple[str, str]] = []
    truth: list[tuple[str, Any]] = []
    for folder in sorted(corpus.glob("0*")):
        for line in (folder / "pairs").read_text(encoding="utf-8").splitlines():
            a, b = line.split()
            if half not in ("both", half_of(a, b)):
                continue
            xml = (folder / f"{a[:-4]}-{b[:-4]}.xml").read_text(encoding="utf-8")
            pairs.append((f"susp/{a}", f"src/{b}"))
            truth.append((folder.name, measure.truth_spans(xml)))
    align("One warm-up.", "One warm-up.", names=place_names().spans)
    start = time.process_time()
    rows = list(run_pairs(pairs, corpus))
    spent = time.process_time() - start
    classes: dict[str, list[Any]] = defaultdict(list)
    for (name, spans), row in zip(truth, rows, strict=True):
        found = [tuple(span) for span in row["alignments"]]
        classes[name].append((spans, found))
        classes["all"].append((spans, found))
    sys.stdout.write(f"{half}: {len(pairs)} pairs, {len(pairs) / spent:.0f} pairs/s with reading\n")
    for name, items in sorted(classes.items()):
        clean = [found for spans, found in items if not spans]
        line = f"  {name:28s}"
        if len(clean) < len(items):
            line += "  ".join(f"{key} {value}" for key, value in measure.plagdet(items).items())
        if clean:
            line += f"  false alarms {sum(map(bool, clean))} of {len(clean)}"
        sys.stdout.write(line + "\n")


def main() -> None:
    """Score what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=["tune", "report", "both"], default="report")
    options = parser.parse_args()
    score(options.shared, options.half)


if __name__ == "__main__":
    main()
