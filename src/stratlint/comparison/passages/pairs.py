"""Many pairs of files, one after another or on several cores."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from stratlint.comparison.passages.alignments import Prepared, align_prepared, prepare_lightly
from stratlint.comparison.passages.fragments import DEFAULTS
from stratlint.comparison.passages.names import place_names
from stratlint.errors import FileFault, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
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
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
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
    root: Path,
    *,
    jobs: int = 1,
    read: Callable[[Path], str] | None = None,
) -> Iterator[dict[str, Any]]:
    """One row for each pair, in order, see :func:`row`. Names are relative to ``root``.

    ``read`` gives the text of a file that is no plain UTF-8 text; it must be importable by
    name where ``jobs`` is above 1. Raises UnreadableInput for a file that is not there.
    """
    work = partial(_run, root, read)
    if jobs <= 1:
        for pair in pairs:
            yield work(pair)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(work, pairs, chunksize=_CHUNK)


def row(a: str, b: str, alignments: Sequence[Alignment]) -> dict[str, Any]:
    """A pair as it is written: names, spans ``[a0, a1, b0, b1]``, kinds, words in common."""
    return {
        "a": a,
        "b": b,
        "alignments": [[i.a_start, i.a_end, i.b_start, i.b_end] for i in alignments],
        "kinds": [item.kind.value for item in alignments],
        "words": sum(item.words for item in alignments),
    }


def _run(root: Path, read: Callable[[Path], str] | None, pair: Pair) -> dict[str, Any]:
    a, b = pair
    found = align_prepared(_load(root / a, read), _load(root / b, read), DEFAULTS)
    return row(a, b, found)


@lru_cache(maxsize=_KEPT)
def _load(path: Path, read: Callable[[Path], str] | None) -> Prepared:
    return prepare_lightly(str(path), _text(path, read), place_names().spans)


def _text(path: Path, read: Callable[[Path], str] | None) -> str:
    """Plain text as it is, so that spans are file offsets; other files through ``read``."""
    if path.suffix.lower() == ".txt" or read is None:
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise UnreadableInput(f"{path}: there is no such file", code="missing") from None
        except UnicodeDecodeError:
            if read is None:
                raise UnreadableInput(f"{path}: not UTF-8 text", code="wrong-type") from None
    return read(path)
