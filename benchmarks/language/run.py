"""Words a second through the language room, on one core.

usage: python benchmarks/language/run.py TEXT.txt [repeats]

The text is repeated to about 100,000 words; each step is timed three times, the best counts,
because other programs on the machine only ever make it slower.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from stratlint.language import analyse_language
from stratlint.language.actors import find_actors
from stratlint.language.pipeline import document_of, load_pipeline, parse
from stratlint.language.places import find_places

WORDS = 100_000


def best(step: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        step()
        times.append(time.perf_counter() - begin)
    return min(times)


def main(arguments: list[str]) -> int:
    """Print one line a step: words a second."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    text = Path(arguments[0]).read_text(encoding="utf-8")
    repeats = int(arguments[1]) if len(arguments) > 1 else 3
    text = "\n\n".join([text] * max(1, WORDS // max(1, len(text.split()))))
    words = len(text.split())
    paragraphs, offset = [], 0
    for part in text.split("\n\n"):
        paragraphs.append((offset, offset + len(part)))
        offset += len(part) + 2
    document = document_of(text, *paragraphs)
    parsed = parse(document)
    tokenizer = load_pipeline().make_doc
    steps: dict[str, Callable[[], object]] = {
        "spaCy's tokenizer alone": lambda: tokenizer(text),
        "sentences and mentions": lambda: parse(document),
        "places": lambda: find_places(parsed.words),
        "actors": lambda: find_actors(parsed.words),
        "all, with commitment": lambda: analyse_language(document),
    }
    print(f"{words:,} words, {len(parsed.spans):,} mentions")
    for name, step in steps.items():
        print(f"{name:28} {words / best(step, repeats):12,.0f} words/s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
