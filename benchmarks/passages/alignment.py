"""Score the aligner on pairs with exact truth, by half, with its speed on one core.

    python -m benchmarks.passages.alignment SHARED [--half tune|report|both] [--difflib]

SHARED holds the PAN13 sample (data/reuse/pan13-train-sample) and its scorer
(score/alignment.py). A pair belongs to the half that the parity of the SHA-256 of its name
says: the even half was tuned on, the odd half is what to report. ``--difflib`` measures the
standard library beside it: its matching blocks of at least eight words, joined over gaps of up to
ten.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

from stratlint.comparison import align
from stratlint.comparison.passages.names import place_names
from stratlint.comparison.passages.pairs import run_pairs


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


_LEAST, _NEAR = 8, 60
"""Words of a block, and characters between blocks that are joined."""
Pairs = Sequence[tuple[str, str]]


def with_difflib(pairs: Pairs, corpus: Path) -> Iterator[dict[str, Any]]:
    """The same pairs aligned by the standard library, word by word."""
    for a, b in pairs:
        words = [_words((corpus / name).read_text(encoding="utf-8")) for name in (a, b)]
        left, right = ([word for word, _, _ in side] for side in words)
        blocks = SequenceMatcher(None, left, right)
        found: list[list[int]] = []
        for block in blocks.get_matching_blocks():
            if block.size < _LEAST:
                continue
            one, other = words[0][block.a :], words[1][block.b :]
            span = [one[0][1], one[block.size - 1][2], other[0][1], other[block.size - 1][2]]
            if found and span[0] - found[-1][1] < _NEAR and 0 <= span[2] - found[-1][3] < _NEAR:
                span = [found[-1][0], span[1], found[-1][2], span[3]]
                found.pop()
            found.append(span)
        yield {"alignments": found}


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"\w+", text)]


def score(shared: Path, half: str, *, difflib: bool = False) -> None:
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
    ways: dict[str, Callable[[Pairs, Path], Iterator[dict[str, Any]]]]
    ways = {"stratlint": _aligned} | ({"difflib": with_difflib} if difflib else {})
    for name, way in ways.items():
        start = time.process_time()
        rows = list(way(pairs, corpus))
        spent = time.process_time() - start
        speed = f"{len(pairs) / spent:.0f} pairs/s of one core, reading included"
        sys.stdout.write(f"{name}, {half} half: {len(pairs)} pairs, {speed}\n")
        _show(measure, truth, rows)


def _aligned(pairs: Pairs, corpus: Path) -> Iterator[dict[str, Any]]:
    texts = {name: (corpus / name).read_bytes().decode() for pair in pairs for name in pair}
    return run_pairs(pairs, texts)


def _show(
    measure: ModuleType, truth: Sequence[tuple[str, Any]], rows: Sequence[dict[str, Any]]
) -> None:
    classes: dict[str, list[Any]] = defaultdict(list)
    for (name, spans), row in zip(truth, rows, strict=True):
        found = [tuple(span) for span in row["alignments"]]
        classes[name].append((spans, found))
        classes["all"].append((spans, found))
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
    parser.add_argument("--difflib", action="store_true")
    options = parser.parse_args()
    score(options.shared, options.half, difflib=options.difflib)


if __name__ == "__main__":
    main()
