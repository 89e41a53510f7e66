"""Shared passages of a corpus that no machine holds: the same search, as tasks over buckets.

Documents fall into buckets by the hash of their files, so that one document more changes its own
bucket. Five steps, each a pure function of parts in a store (see :mod:`stratlint.workers.store`):

1. **tokens**, a task a bucket: words of its documents, their runs cut by hash into partitions, and
   counts of its words.
2. **counts**, one task: counts of all buckets added up, for the information of a word and for its
   frequency over documents.
3. **runs**, a task a partition: the runs that stand in several places, a group-by over run hashes.
4. **pairs**, a task a partition: pairs of places with the same run, cut by bucket.
5. **tile**, a task for two buckets that share runs: chains, windows and alignments of their pairs.

The process that drives them holds a few numbers a document and the alignments. What each step
computes is computed by the functions that one process uses (:mod:`.index`, :mod:`.windows`), and
comes out the same.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import msgspec
import numpy as np

from stratlint.comparison.passages.alignments import Weight
from stratlint.comparison.passages.index import (
    Pairs,
    SharedRuns,
    add_counts,
    bits_of,
    candidates_in,
    held_of,
    ranked,
    recurring,
    runs_of,
    tables_of,
)
from stratlint.comparison.passages.names import names_of
from stratlint.comparison.passages.ready import HELD, Ready, make_ready
from stratlint.comparison.passages.tokens import tokenise
from stratlint.comparison.passages.windows import placed, window_pair
from stratlint.comparison.passages.work import Pair, Work
from stratlint.knowledge.lists import Lists, lists_in_force
from stratlint.records import Alignment, Document, Record
from stratlint.workers.store import Part, Store, fetched, received, store_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.comparison.passages.find import PassageOptions
    from stratlint.comparison.passages.tokens import Hashes, Ints

T = TypeVar("T")

RUNS = 4_000_000
"""Words of a corpus for each partition of its runs: 64 MB to sort in a worker."""
LEAST = 5
"""Documents below which nothing is spread: they are weighed by sentences, see :class:`Weigher`."""

_ALIGNMENTS = msgspec.msgpack.Decoder(tuple[Alignment, ...])
_encode = msgspec.msgpack.encode


class Each(Protocol):
    """Does a function on items by workers and keeps the answers; what a run's ``each`` does."""

    def __call__(
        self,
        step: str,
        function: Callable[[Any], bytes],
        items: Sequence[tuple[str, Any]],
        decode: Callable[[bytes], T],
    ) -> Iterator[tuple[int, T]]:
        """Answers as they come, with the number of the item, which is a key and a charge."""
        ...


class Told(Record):
    """What the driver hears of a bucket: words of each document, and the sum of their hashes."""

    sizes: tuple[int, ...]
    sums: tuple[int, ...]


class _Bucket(Record):
    key: str
    store: str
    documents: tuple[Part, ...]
    partitions: int
    run: int
    lists: Lists


class _Counts(Record):
    key: str
    store: str
    buckets: tuple[str, ...]


class _Partition(Record):
    """One partition; ``numbers`` are those of the documents of each bucket, ``starts`` of all."""

    key: str
    store: str
    number: int
    buckets: tuple[str, ...]
    numbers: tuple[tuple[int, ...], ...]
    starts: bytes
    rank: bytes = b""
    runs: str = ""


class _Tile(Record):
    """Two buckets, or one; ``documents`` by their numbers in the corpus, in order."""

    key: str
    store: str
    numbers: tuple[int, ...]
    documents: tuple[Part, ...]
    places: tuple[tuple[str, int], ...]
    """The bucket's key and the place in it of each document."""
    pairs: tuple[str, ...]
    starts: bytes
    counts: str
    total: int
    strategies: int
    name: str
    options: Any
    lists: Lists


class _Corpus(NamedTuple):
    """Documents cut into buckets: their numbers in each, and the bucket and place of each."""

    parts: tuple[Part, ...]
    buckets: tuple[_Bucket, ...]
    numbers: tuple[tuple[int, ...], ...]
    at: tuple[tuple[int, int], ...]


class Spread:
    """Finds the alignments of a corpus by the workers of a cluster.

    ``each`` does tasks, ``key`` makes the key of what depends on some values, and ``part`` says
    where a document is kept.
    """

    def __init__(
        self,
        each: Each,
        key: Callable[..., str],
        part: Callable[[Document], Part | None],
        store: Store,
        lists: Lists,
    ) -> None:
        self._each = each
        self._key = key
        self._part = part
        self._store = store
        self._lists = lists

    def reaches(self, documents: Sequence[Document]) -> bool:
        """Whether all of them are kept where workers find them, and are enough."""
        return len(documents) >= LEAST and all(self._part(d) is not None for d in documents)

    def alignments(
        self, documents: Sequence[Document], strategies: int, options: PassageOptions
    ) -> tuple[list[Alignment], list[Ints]]:
        """Alignments of all pairs of which one is a strategy, and the names of each document."""
        corpus = self._cut(documents, options.run)
        first = [bucket.key for bucket in corpus.buckets]
        told = self._do("tokens", make_tokens, corpus.buckets, msgspec.msgpack.Decoder(Told).decode)
        sizes = np.array([told[b].sizes[i] for b, i in corpus.at])
        starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        counts = self._key("counts", buckets=first)
        asked = _Counts(key=counts, store=self._store.url, buckets=tuple(first))
        self._do("counts", make_counts, [asked], bytes)
        sums = [told[b].sums[i] for b, i in corpus.at]
        pairs, shared = self._shared(corpus, starts, sums)
        tiles = []
        for x, y in sorted(set(chain.from_iterable(shared))):
            inside = tuple(sorted({*corpus.numbers[x], *corpus.numbers[y]}))
            both = tuple(
                f"{own} {x}-{y}" for own, its in zip(pairs, shared, strict=True) if (x, y) in its
            )
            own = self._key(
                "tile",
                pairs=both,
                counts=counts,
                documents=[documents[n].source for n in inside],
                strategies=strategies,
                options=options,
            )
            tiles.append(
                _Tile(
                    key=own,
                    store=self._store.url,
                    numbers=inside,
                    documents=tuple(corpus.parts[n] for n in inside),
                    places=tuple((first[b], i) for b, i in (corpus.at[n] for n in inside)),
                    pairs=both,
                    starts=starts.tobytes(),
                    counts=counts,
                    total=len(documents),
                    strategies=strategies,
                    name=f"{x}-{y}-{len(first)}",
                    options=options,
                    lists=self._lists,
                )
            )
        found = self._do("tile", make_tile, tiles, _ALIGNMENTS.decode)
        names: dict[int, Ints] = {}
        for bucket, numbers in zip(first, corpus.numbers, strict=True):
            spans = _got(self._store.url, f"{bucket} names")
            names |= {n: each.reshape(-1, 2) for n, each in zip(numbers, spans, strict=True)}
        return list(chain.from_iterable(found)), [names[n] for n in range(len(documents))]

    def _cut(self, documents: Sequence[Document], run: int) -> _Corpus:
        """A corpus in buckets."""
        parts = tuple(part for d in documents if (part := self._part(d)) is not None)
        numbers = _buckets(documents)
        words = sum(len(document.text) for document in documents) // 6
        partitions = 1 << max(1, (-(-words // RUNS) - 1).bit_length())
        buckets = []
        for bucket in numbers:
            own = [(parts[n].key, documents[n].body_end) for n in bucket]
            buckets.append(
                _Bucket(
                    key=self._key("tokens", documents=own, partitions=partitions, run=run),
                    store=self._store.url,
                    documents=tuple(parts[n] for n in bucket),
                    partitions=partitions,
                    run=run,
                    lists=self._lists,
                )
            )
        at = {n: (b, i) for b, bucket in enumerate(numbers) for i, n in enumerate(bucket)}
        return _Corpus(parts, tuple(buckets), numbers, tuple(at[n] for n in range(len(documents))))

    def _shared(
        self, corpus: _Corpus, starts: Ints, sums: Sequence[int]
    ) -> tuple[list[str], list[tuple[tuple[int, int], ...]]]:
        """The key of each partition's pairs of places, and the pairs of buckets that have some."""
        first = tuple(bucket.key for bucket in corpus.buckets)
        blank = _Partition(
            key="",
            store=self._store.url,
            number=0,
            buckets=first,
            numbers=corpus.numbers,
            starts=starts.tobytes(),
        )
        replace, partitions = msgspec.structs.replace, range(corpus.buckets[0].partitions)
        runs = [self._key("runs", buckets=first, of=corpus.numbers, part=p) for p in partitions]
        asked = [replace(blank, key=runs[p], number=p) for p in partitions]
        held = [
            np.frombuffer(each, dtype=np.int64)
            for each in self._do("runs", make_runs, asked, bytes)
        ]
        rank = ranked(np.sum(held, axis=0), sums)
        pairs = [self._key("pairs", runs=own, rank=rank.tolist()) for own in runs]
        asked = [
            replace(blank, key=pairs[p], number=p, rank=rank.tobytes(), runs=runs[p])
            for p in partitions
        ]
        tiles = msgspec.msgpack.Decoder(tuple[tuple[int, int], ...])
        return pairs, self._do("pairs", make_pairs, asked, tiles.decode)

    def _do(
        self,
        step: str,
        function: Callable[[Any], bytes],
        charges: Sequence[Any],
        decode: Callable[[bytes], T],
    ) -> list[T]:
        """The answers to some charges, in their order."""
        found = dict(self._each(step, function, [(c.key, c) for c in charges], decode))
        return [found[number] for number in range(len(charges))]


def _buckets(documents: Sequence[Document]) -> tuple[tuple[int, ...], ...]:
    """Numbers of documents by the hash of their files: about as many buckets as in each.

    Their number is a power of two, so that it changes when a corpus has grown to four times.
    """
    size = 1 << ((len(documents).bit_length() - 1) // 2)
    found: list[list[int]] = [[] for _ in range(size)]
    for number, document in enumerate(documents):
        found[int(document.sha256[:8] or "0", 16) % size].append(number)
    return tuple(tuple(bucket) for bucket in found if bucket)


def make_tokens(charge: _Bucket) -> bytes:
    """Words, runs and counts of the documents of a bucket."""
    store = store_at(charge.store)
    words: list[Hashes] = []
    distinct: list[Hashes] = []
    names: list[Ints] = []
    runs: list[Hashes] = []
    places: list[NDArray[np.uint64]] = []
    with lists_in_force(charge.lists):
        for number, part in enumerate(charge.documents):
            document = received(part)
            tokens = tokenise(document.body)
            spans = np.array(names_of(document, tokens), dtype=np.int64).reshape(-1, 2)
            ready = make_ready(document, spans, tokens)
            words.append(ready.indexed.key)
            distinct.append(np.unique(ready.prepared.masked.key))
            names.append(spans.ravel())
            own, at = runs_of(ready.indexed.key, charge.run)
            runs.append(own)
            places.append((np.uint64(number) << np.uint64(32)) | at.astype(np.uint64))
    every, where = np.concatenate(runs), np.concatenate(places)
    part_of = every % np.uint64(charge.partitions)
    for number in range(charge.partitions):
        mine = part_of == number
        _put(store, f"{charge.key} runs-{number}", every[mine], where[mine])
    _put(store, f"{charge.key} words", *words)
    _put(store, f"{charge.key} names", *names)
    counted = np.unique(np.concatenate(words), return_counts=True)
    over = np.unique(np.concatenate(distinct), return_counts=True)
    _put(store, f"{charge.key} counts", *counted, *over)
    return _encode(
        Told(
            sizes=tuple(part.size for part in words),
            sums=tuple(int(part.sum()) for part in words),
        )
    )


def make_counts(charge: _Counts) -> bytes:
    """Bits of each word, and its frequency over documents, for the whole corpus."""
    empty = (np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
    counted = over = empty
    for bucket in charge.buckets:
        own, count, distinct, documents = _got(charge.store, f"{bucket} counts")
        counted = add_counts([counted, (own, count)])
        over = add_counts([over, (distinct, documents)])
    bits = bits_of(counted[1])
    _put(store_at(charge.store), f"{charge.key} sums", counted[0], bits, *over)
    return b"\x01"


def make_runs(charge: _Partition) -> bytes:
    """The runs of a partition that recur; answers how many of the common ones each document has."""
    starts = np.frombuffer(charge.starts, dtype=np.int64)
    found: list[tuple[Hashes, Ints]] = []
    for bucket, numbers in zip(charge.buckets, charge.numbers, strict=True):
        runs, where = _got(charge.store, f"{bucket} runs-{charge.number}")
        document = np.array(numbers, dtype=np.int64)[(where >> np.uint64(32)).astype(np.int64)]
        at = (where & np.uint64(0xFFFFFFFF)).astype(np.int64)
        found.append((runs, starts[document] + at))
    tables = tables_of([recurring(found, int(starts[-1]))])
    flat = chain.from_iterable((np.array(table.shape), table.ravel()) for table in tables)
    _put(store_at(charge.store), f"{charge.key} tables", *flat)
    return held_of(tables, starts).tobytes()


def make_pairs(charge: _Partition) -> bytes:
    """Pairs of places with a run of the partition, by two buckets; answers which there are."""
    starts = np.frombuffer(charge.starts, dtype=np.int64)
    flat = _got(charge.store, f"{charge.runs} tables")
    tables = [table.reshape(shape) for shape, table in zip(flat[::2], flat[1::2], strict=True)]
    rank = np.frombuffer(charge.rank, dtype=np.int64)
    left, right = Pairs(tables, starts, rank).between(0, int(starts[-1]))
    bucket = np.zeros(starts.size - 1, dtype=np.int64)
    for number, members in enumerate(charge.numbers):
        bucket[list(members)] = number
    a = bucket[np.searchsorted(starts, left, side="right") - 1]
    b = bucket[np.searchsorted(starts, right, side="right") - 1]
    tile = np.minimum(a, b) * len(charge.numbers) + np.maximum(a, b)
    order = np.argsort(tile, kind="stable")
    cut, first = np.unique(tile[order], return_index=True)
    shared = []
    for number, rows in zip(cut.tolist(), np.split(order, first[1:]), strict=True):
        x, y = divmod(number, len(charge.numbers))
        _put(store_at(charge.store), f"{charge.key} {x}-{y}", left[rows], right[rows])
        shared.append((x, y))
    return _encode(shared)


def make_tile(charge: _Tile) -> bytes:
    """The alignments of the documents of two buckets."""
    opened = _Opened(charge)
    found: list[Alignment] = []
    options: PassageOptions = charge.options

    def pairs() -> Iterator[Pair]:
        for candidate in candidates_in(opened.shared(), options.run):
            if charge.numbers[candidate.a] < charge.strategies:
                a, b = opened.ready(candidate.a), opened.ready(candidate.b)
                windows = window_pair(
                    a,
                    b,
                    candidate.chains,
                    words=options.words,
                    run=options.run,
                    options=options.align,
                )
                owner = f"{opened.document(candidate.a).sha256}-{charge.name}"
                yield Pair(candidate.a, candidate.b, owner, windows)

    def done(pair: Pair, data: bytes) -> None:
        a, b = opened.ready(pair.a), opened.ready(pair.b)
        found.extend(placed(pair.windows, data, a, b, opened.weight))

    with lists_in_force(charge.lists):
        Work(cache=store_at(charge.store)).align(pairs(), done)
    return _encode(tuple(found))


_READY: OrderedDict[tuple[str, int], tuple[Document, Ready]] = OrderedDict()
"""Documents that this process aligned last: each stands in as many tiles as there are buckets."""


class _Opened:
    """The documents of a tile: their words, and of few of them all that aligning takes."""

    def __init__(self, charge: _Tile) -> None:
        self._charge = charge
        keys, self._bits, over, documents = _got(charge.store, f"{charge.counts} sums")
        self._keys = keys
        idf = np.log(charge.total / documents)
        self.weight = Weight(over, idf, float(np.log(max(1, charge.total))))

    def shared(self) -> SharedRuns:
        """Places of the same runs, documents by their numbers in the tile."""
        charge = self._charge
        every = np.frombuffer(charge.starts, dtype=np.int64)
        buckets = {key: _got(charge.store, f"{key} words") for key, _ in charge.places}
        words = [buckets[key][at] for key, at in charge.places]
        found = [_got(charge.store, key) for key in charge.pairs]
        left, right = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
        inside = np.array(charge.numbers, dtype=np.int64)
        whose = [np.searchsorted(every, side, side="right") - 1 for side in (left, right)]
        apart = whose[0] != whose[1]
        (a, b), left, right = (side[apart] for side in whose), left[apart], right[apart]
        starts = np.concatenate(([0], np.cumsum([part.size for part in words], dtype=np.int64)))
        stream = np.concatenate(words)
        running = np.zeros(stream.size + 1)
        np.cumsum(self._bits[np.searchsorted(self._keys, stream)], out=running[1:])
        return SharedRuns(
            np.searchsorted(inside, a),
            left - every[a],
            np.searchsorted(inside, b),
            right - every[b],
            stream,
            starts,
            running,
            0,
        )

    def document(self, number: int) -> Document:
        """A document by its number in the tile."""
        return self._opened(number)[0]

    def ready(self, number: int) -> Ready:
        """The same, ready to be aligned."""
        return self._opened(number)[1]

    def _opened(self, number: int) -> tuple[Document, Ready]:
        part, place = self._charge.documents[number], self._charge.places[number]
        held = _READY.get(place)
        if held is None:
            document = received(part)
            names = _got(self._charge.store, f"{place[0]} names")[place[1]].reshape(-1, 2)
            held = _READY[place] = document, make_ready(document, names, tokenise(document.body))
        _READY.move_to_end(place)
        if len(_READY) > HELD:
            _READY.popitem(last=False)
        return held


_KINDS: Mapping[str, str] = {"u": "<u8", "i": "<i8", "f": "<f8"}


def _put(store: Store, key: str, *arrays: NDArray[Any]) -> None:
    """Keep arrays of eight-byte numbers."""
    rows = [(a.dtype.kind, np.ascontiguousarray(a, _KINDS[a.dtype.kind]).tobytes()) for a in arrays]
    store.put(key, _encode(rows))


_ROWS = msgspec.msgpack.Decoder(list[tuple[str, bytes]])


def _got(url: str, key: str) -> list[NDArray[Any]]:
    """Arrays that were kept."""
    return [
        np.frombuffer(data, dtype=_KINDS[kind]) for kind, data in _ROWS.decode(fetched(url, key))
    ]
