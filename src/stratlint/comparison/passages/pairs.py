"""Many pairs of files, one after another or on several cores."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stratlint.comparison.passages.alignments import Prepared, align_prepared, prepare_lightly
from stratlint.comparison.passages.fragments import DEFAULTS
from stratlint.comparison.passages.names import place_names
from stratlint.errors import FileFault
from stratlint.knowledge.files import file_text
from stratlint.knowledge.lists import SHIPPED, Lists, lists_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from stratlint.records import Alignment

Pair = tuple[str, str]
_CHUNK = 16
_KEPT = 128


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a file with ``a b`` on each line; blank lines and ``#`` comments are skipped.

    Raises FileFault for a line that does not hold two names.
    """
    pairs: list[Pair] = []
    for number, line in enumerate(file_text(path).splitlines(), start=1):
        parts = line.split("\t") if "\t" in line else line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if len(parts) != 2:
            raise FileFault(
                f"expected two file names, found {len(parts)} (part names with spaces by a tab)",
                path=str(path),
                line=number,
            )
        pairs.append((parts[0], parts[1]))
    return pairs


def run_pairs(
    pairs: Sequence[Pair],
    texts: Mapping[str, str],
    jobs: int = 1,
    lists: Lists = SHIPPED,
) -> Iterator[dict[str, Any]]:
    """One row for each pair, in order, see :func:`row`; ``texts`` are those of the files named.

    ``lists`` name the places that count as such.
    """
    if jobs <= 1:
        _take(texts, lists)
        yield from map(_run, pairs)
        return
    with ProcessPoolExecutor(jobs, initializer=_take, initargs=(texts, lists)) as pool:
        yield from pool.map(_run, pairs, chunksize=_CHUNK)


def row(a: str, b: str, alignments: Sequence[Alignment]) -> dict[str, Any]:
    """A pair as it is written: names, spans ``[a0, a1, b0, b1]``, kinds, words in common."""
    return {
        "a": a,
        "b": b,
        "alignments": [[i.a_start, i.a_end, i.b_start, i.b_end] for i in alignments],
        "kinds": [item.kind.value for item in alignments],
        "words": sum(item.words for item in alignments),
    }


_texts: Mapping[str, str] = {}
"""The texts of a run, in the process that aligns them."""
_lists = SHIPPED
"""The lists in force there."""


def _take(texts: Mapping[str, str], lists: Lists) -> None:
    global _texts, _lists
    _texts, _lists = texts, lists
    _load.cache_clear()


def _run(pair: Pair) -> dict[str, Any]:
    a, b = pair
    with lists_in_force(_lists):
        return row(a, b, align_prepared(_load(a), _load(b), DEFAULTS))


@lru_cache(maxsize=_KEPT)
def _load(name: str) -> Prepared:
    return prepare_lightly(name, _texts[name], place_names().spans)
