"""Real local plans, where nearly every pair shares policy wording: what each part costs.

    python -m benchmarks.passages.plans SHARED [--sizes 10 30] [--rooms]

SHARED holds the plans (data/plans). Prints seconds of processor time on one core: shared passages
of so many plans, the same for the first of them alone (as ``check`` does), and once more from what
was kept; with ``--rooms`` what reading, language and judging take, in words a second. Made
documents, of which one pair in a hundred shares text, hide what these show.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from stratlint.comparison import find_passages
from stratlint.comparison.passages.names import place_names
from stratlint.comparison.passages.work import Work
from stratlint.documents import read
from stratlint.errors import UnreadableInput
from stratlint.records import Document
from stratlint.workers.cache import Cache

T = TypeVar("T")
JUDGED = 4
"""Plans of which the rooms are measured."""


def timed(make: Callable[[], T]) -> tuple[T, float]:
    """What a function returns, and the processor time that it took."""
    start = time.process_time()
    made = make()
    return made, time.process_time() - start


def plans(folder: Path) -> list[Document]:
    """The plans that can be read, spread evenly where fewer are taken."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        try:
            found.append(read(path))
        except UnreadableInput as fault:
            sys.stdout.write(f"not read: {path.name}: {fault.message}\n")
    return found


def passages(documents: list[Document]) -> None:
    """Passages of all, of the first alone, and of all from what was kept."""
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder) / "kept.sqlite3") as cache:
        work = Work(cache=cache)
        found, whole = timed(lambda: find_passages(documents, work=work))
        _, alone = timed(lambda: find_passages(documents, about=documents[0].source))
        again = Work(cache=cache)
        _, kept = timed(lambda: find_passages(documents, work=again))
    words = sum(len(document.text.split()) for document in documents)
    kinds = Counter(passage.kind.value for passage in found.passages)
    longest = max(len(h.quotation.text) for p in found.passages for h in p.holdings)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{len(documents):3d} plans, {words / 1e6:.2f} million words, {work.made} pairs: "
        f"passages {whole:.2f} s, of the first alone {alone:.2f} s, again {kept:.2f} s "
        f"({again.made} pairs anew); {len(found.alignments)} alignments, {len(found.passages)} "
        f"passages ({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))}), the longest "
        f"quotation {longest:,} characters; peak so far {peak:.0f} MB\n"
    )


def rooms(documents: list[Document]) -> None:
    """Words a second of language and of judging, for plans spread over all."""
    from stratlint.rules import judge_document, load_rules
    from stratlint.run.analyse import analyse_document

    rules = load_rules()
    chosen = documents[:: max(1, len(documents) // JUDGED)][:JUDGED]
    language = judging = 0.0
    words = 0
    for number, document in enumerate([chosen[0], *chosen]):
        analysis, one = timed(partial(analyse_document, document))
        _, other = timed(partial(judge_document, rules, analysis, ()))
        # The first is a warm-up: lists and models are read once a process.
        if number:
            language, judging = language + one, judging + other
            words += len(document.text.split())
    for room, seconds in (("language", language), ("judging", judging)):
        speed = words / seconds
        sys.stdout.write(f"{room:9s} {speed:9,.0f} words/s of one core, {words:,} words\n")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 30])
    parser.add_argument("--rooms", action="store_true")
    options = parser.parse_args()
    folder = options.shared / "data" / "plans"
    if not folder.is_dir():
        sys.exit(f"{folder}: there are no plans here")
    documents = plans(folder)
    place_names()
    find_passages(documents[:2])
    for size in options.sizes:
        step = max(1, len(documents) // size)
        passages(documents[::step][:size])
    if options.rooms:
        rooms(documents)


if __name__ == "__main__":
    main()
