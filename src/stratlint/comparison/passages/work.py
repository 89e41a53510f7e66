"""Pairs of windows aligned: what is known from an earlier run, the rest by workers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.comparison.passages.windows import WindowPair, align_windows
from stratlint.knowledge.version import knowledge_version
from stratlint.workers.execution import InlineExecutor, run_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

    from stratlint.comparison.passages.spread import Spread
    from stratlint.workers.cache import Cache
    from stratlint.workers.store import Store

FEW = 64
"""Pairs that are aligned before any is given to workers: to start them costs as much."""
BATCH = 8
"""Pairs that a worker is given at once."""
_FLUSH = 2_000
"""Pairs after which what was found is kept, so that a run that ends early is taken up there."""
_MOST = 4_000
"""Pairs that are kept for one document."""
_ENTRY = msgspec.msgpack.Decoder(dict[bytes, bytes])


class Pair(NamedTuple):
    """Two documents by number, the hash of the first, and their windows."""

    a: int
    b: int
    owner: str
    windows: WindowPair


class Work:
    """Aligns pairs of windows.

    ``executor`` does it, this process where there is none; ``jobs`` is how many tasks it works
    on at once. What is found is kept in ``cache`` under the first document of a pair, and is
    the same whichever documents stand beside the two. ``check`` is called between pairs and may
    raise. ``reused`` and ``made`` count pairs. ``spread`` aligns a whole corpus by a cluster
    instead, where workers find all documents in a store.
    """

    def __init__(
        self,
        executor: Executor | None = None,
        *,
        jobs: int = 1,
        cache: Cache | Store | None = None,
        check: Callable[[], None] = lambda: None,
        spread: Spread | None = None,
    ) -> None:
        self.spread = spread
        self.reused = self.made = 0
        self._executor = executor
        self._jobs = jobs
        self._cache = cache
        self._check = check
        self._known: dict[str, dict[bytes, bytes]] = {}
        self._used: dict[str, dict[bytes, bytes]] = {}

    def align(self, pairs: Iterable[Pair], done: Callable[[Pair, bytes], None]) -> None:
        """Call ``done`` with each pair and its passages, see :func:`align_windows`."""
        unknown = self._unknown(pairs, done)
        for pair in islice(unknown, FEW):
            self._check()
            self._made(pair, align_windows(pair.windows), done)
        executor = self._executor or InlineExecutor()
        outcomes = run_all(
            _align, _batches(unknown), executor, workers=self._jobs, check=self._check
        )
        for outcome in outcomes:
            # What a worker cannot do within its limits this process does, as it would alone.
            found = outcome.result if outcome.error is None else _align(outcome.item)
            for pair, data in zip(outcome.item, found or (), strict=True):
                self._made(pair, data, done)
        self._flush()

    def _unknown(
        self, pairs: Iterable[Pair], done: Callable[[Pair, bytes], None]
    ) -> Iterator[Pair]:
        """The pairs that nobody has aligned before; the others are done at once."""
        for pair in pairs:
            key = pair.windows.key() if self._cache is not None else b""
            data = self._entry(pair.owner).get(key)
            if data is None:
                yield pair
                continue
            self.reused += 1
            self._used.setdefault(pair.owner, {})[key] = data
            done(pair, data)

    def _made(self, pair: Pair, data: bytes, done: Callable[[Pair, bytes], None]) -> None:
        self.made += 1
        if self._cache is not None:
            self._used.setdefault(pair.owner, {})[pair.windows.key()] = data
            if self.made % _FLUSH == 0:
                self._flush()
        done(pair, data)

    def _entry(self, owner: str) -> dict[bytes, bytes]:
        """What is known of a document's pairs."""
        if self._cache is None:
            return {}
        if owner not in self._known:
            data = self._cache.get(_name(owner))
            try:
                self._known[owner] = _ENTRY.decode(data) if data is not None else {}
            except msgspec.DecodeError:
                self._known[owner] = {}
        return self._known[owner]

    def _flush(self) -> None:
        """Keep what was found, with as much of what was known as there is room for."""
        if self._cache is None:
            return
        for owner, used in self._used.items():
            known = self._entry(owner)
            if used.keys() <= known.keys():
                continue
            rest = ((key, data) for key, data in known.items() if key not in used)
            kept = {**used, **dict(islice(rest, max(0, _MOST - len(used))))}
            self._cache.put(_name(owner), msgspec.msgpack.encode(kept))
            self._known[owner] = kept


def _name(owner: str) -> str:
    return f"passages {owner} {knowledge_version()}"


def _batches(pairs: Iterator[Pair]) -> Iterator[tuple[Pair, ...]]:
    while batch := tuple(islice(pairs, BATCH)):
        yield batch


def _align(batch: tuple[Pair, ...]) -> tuple[bytes, ...]:
    """What a worker does."""
    return tuple(align_windows(pair.windows) for pair in batch)
