"""How the search for shared passages grows: from raw text to candidate pairs, on one core.

    python benchmarks/passages/scale.py [SIZES...] [--words 20000] [--passage 450] [--seed 1]

Texts are random: words of a made-up vocabulary, drawn by Zipf's law. In every tenth document a
passage of the one before it is planted. Reported: time and growth for each size, the share of
planted pairs that are among the candidates, false candidates, peak memory. Texts are made one
after another and making them is not timed, so that memory is the index's own.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
import time
from collections.abc import Iterator

import numpy as np

from stratlint.comparison.passages.index import Index, find_candidates
from stratlint.comparison.passages.tokens import tokenise

_VOCABULARY = 50_000
_EVERY = 10


def vocabulary(generator: np.random.Generator) -> list[str]:
    """Made-up words of two to eleven letters, no two alike."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        length = int(generator.integers(2, 12))
        words["".join(generator.choice(letters, length))] = None
    return list(words)


def texts(documents: int, words: int, passage: int, seed: int) -> Iterator[tuple[str, int | None]]:
    """Documents, each with the number of the document that its planted passage is from."""
    generator = np.random.default_rng(seed)
    names = np.array(vocabulary(generator), dtype=object)
    share = 1.0 / np.arange(1, _VOCABULARY + 1)
    edges = np.cumsum(share / share.sum())
    before: list[str] = []
    for number in range(documents):
        drawn = names[np.searchsorted(edges, generator.random(words))].tolist()
        planted = None
        if number % _EVERY == _EVERY - 1:
            planted = number - 1
            start, at = (int(v) for v in generator.integers(0, words - passage, 2))
            drawn[at : at + passage] = before[start : start + passage]
        before = drawn
        lines = (" ".join(drawn[i : i + 12]) for i in range(0, words, 12))
        yield ".\n".join(lines), planted


def measure(documents: int, words: int, passage: int, seed: int) -> dict[str, float]:
    """One size: seconds, recall of planted pairs, candidates that were not planted."""
    index = Index()
    planted: set[tuple[int, int]] = set()
    tokenising = 0.0
    for number, (text, source) in enumerate(texts(documents, words, passage, seed)):
        start = time.process_time()
        index.add(tokenise(text))
        tokenising += time.process_time() - start
        if source is not None:
            planted.add((source, number))
    start = time.process_time()
    found = {(pair.a, pair.b) for pair in find_candidates(index)}
    searching = time.process_time() - start
    return {
        "documents": documents,
        "seconds": round(tokenising + searching, 2),
        "of which search": round(searching, 2),
        "recall": round(len(planted & found) / max(1, len(planted)), 4),
        "planted": len(planted),
        "other candidates": len(found - planted),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure each size and print one JSON line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--passage", type=int, default=450)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tokenise("warm up the tables. " * 10_000)
    last: dict[str, float] | None = None
    for size in options.sizes:
        row = measure(size, options.words, options.passage, options.seed)
        if last is not None:
            ratio = row["seconds"] / max(1e-9, last["seconds"])
            exponent = math.log(ratio) / math.log(row["documents"] / last["documents"])
            row |= {"times the last": round(ratio, 2), "exponent": round(exponent, 3)}
        last = row
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
