"""Does a copied passage make its pair a candidate, at every size, and how many others are?

    python -m benchmarks.passages.candidates [SIZES...] [--seed 1]

Documents of 20,000 words by ``benchmarks/whole/made.py``. For every fifth document a passage is
made and put into two of them, drawn at random: verbatim, with other places in the second copy, or
edited there (every twelfth word left out, replaced, or preceded by a new one). Passages have 60,
120 or 450 words. Reported for each size: recall of the planted pairs by kind and by length, the
number of candidates, the share of them that hold a passage by construction, and processor time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from typing import NamedTuple

from benchmarks.whole.made import EVERY, REGIONS, Stock, made_texts

from stratlint.comparison.passages.index import Index, find_candidates
from stratlint.comparison.passages.names import place_names
from stratlint.comparison.passages.tokens import mask, tokenise

KINDS = ("verbatim", "place-swapped", "edited")
LENGTHS = (60, 120, 450)
_EVERY = 5
_EDITED = 12
_NAMED = 15
_LEAST_PLANTED = 180


class Planted(NamedTuple):
    """A passage in two documents, as it stands in each."""

    a: int
    b: int
    kind: str
    words: int
    first: str
    second: str


def passage(stock: Stock, words: int, chance: random.Random) -> list[str]:
    """Sentences of about this many words."""
    made: list[str] = []
    while len(made) < words:
        made += stock.sentence(chance).split()
    return made[:words]


def edited(words: list[str], stock: Stock, chance: random.Random) -> list[str]:
    """About every twelfth word left out, replaced, or preceded by a new one."""
    new = passage(stock, len(words), chance)
    made: list[str] = []
    for word, other in zip(words, new, strict=True):
        how = chance.randrange(3 * _EDITED)
        made += {0: [], 1: [other], 2: [other, word]}.get(how, [word])
    return made


def placed(words: list[str], place: str) -> list[str]:
    """A place named after every fifteenth word."""
    made: list[str] = []
    for number, word in enumerate(words):
        made += [word, "in", place] if number % _NAMED == _NAMED // 2 else [word]
    return made


def plan(count: int, seed: int) -> list[Planted]:
    """What is planted where."""
    stock, chance = Stock(), random.Random(f"plant {seed}")
    found: list[Planted] = []
    for number in range(max(9, count // _EVERY)):
        a, b = sorted(chance.sample(range(count), 2))
        kind, length = KINDS[number % 3], LENGTHS[number // 3 % 3]
        words = passage(stock, length, chance)
        first, second = words, words
        if kind == "place-swapped":
            one, other = chance.sample(REGIONS, 2)
            first, second = placed(words, one), placed(words, other)
        elif kind == "edited":
            second = edited(words, stock, chance)
        found.append(Planted(a, b, kind, length, " ".join(first), " ".join(second)))
    return found


class Round(NamedTuple):
    """One corpus: what was planted, the pairs found, pairs that share something, seconds."""

    planted: list[Planted]
    found: set[tuple[int, int]]
    truth: set[tuple[int, int]]
    tokenising: float
    searching: float


def look(count: int, seed: int) -> Round:
    """Make a corpus and search it."""
    planted = plan(count, seed)
    inserted: dict[int, list[str]] = defaultdict(list)
    for item in planted:
        inserted[item.a].append(item.first)
        inserted[item.b].append(item.second)
    index, chance = Index(), random.Random(seed)
    tokenising = 0.0
    for number, text in enumerate(made_texts(count, 20_000, seed)):
        parts = text.split("\n\n")
        for extra in inserted[number]:
            parts.insert(chance.randrange(len(parts)), extra)
        whole = "\n\n".join(parts)
        start = time.process_time()
        words = tokenise(whole)
        index.add(mask(words, place_names().spans(words)))
        tokenising += time.process_time() - start
    start = time.process_time()
    found = {(pair.a, pair.b) for pair in find_candidates(index)}
    searching = time.process_time() - start
    truth = {(item.a, item.b) for item in planted}
    truth |= {(n - 1, n) for n in range(EVERY - 1, count, EVERY)}
    return Round(planted, found, truth, tokenising, searching)


def measure(count: int, seed: int) -> dict[str, object]:
    """One size: as many corpora as give enough planted passages."""
    rounds = [look(count, seed + n) for n in range(-(-_LEAST_PLANTED // len(plan(count, seed))))]
    hits, total = Counter[str](), Counter[str]()
    for each in rounds:
        for item in each.planted:
            for key in ("all", item.kind, f"{item.words} words"):
                total[key] += 1
                hits[key] += (item.a, item.b) in each.found
    found = sum(len(each.found) for each in rounds)
    right = sum(len(each.truth & each.found) for each in rounds)
    return {
        "documents": count,
        "corpora": len(rounds),
        "pairs of each": count * (count - 1) // 2,
        "recall": {key: f"{hits[key]}/{total[key]}" for key in total},
        "candidates of each": round(found / len(rounds), 1),
        "with a passage": round(right / max(1, found), 3),
        "seconds of each": round(sum(r.tokenising + r.searching for r in rounds) / len(rounds), 2),
        "of which search": round(sum(r.searching for r in rounds) / len(rounds), 2),
    }


def main() -> None:
    """Measure each size and print one JSON line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[9, 100, 1000])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for size in options.sizes:
        sys.stdout.write(json.dumps(measure(size, options.seed)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
