"""What of two documents is aligned: windows around the chains that they share, and no more.

A pair of windows holds all that aligning them takes, so it may be aligned in any process, and
what was found may be kept under the hash of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from stratlint.comparison.passages.alignments import Prepared, Weight, aligned, substance
from stratlint.comparison.passages.difference import kind_of
from stratlint.comparison.passages.fragments import AlignOptions, Opened
from stratlint.comparison.passages.index import holds_shared_run, near
from stratlint.comparison.passages.tokens import mask, tokenise
from stratlint.records import Alignment, PassageKind, Record, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.comparison.passages.index import Chain
    from stratlint.comparison.passages.ready import Ready
    from stratlint.comparison.passages.tokens import Ints, Words

MARGIN = 120
"""Words before and after a chain that are aligned with it."""
_SEAM = "\n\n"
_CLOSING_MARKS = 2


class Window(Record):
    """Stretches of a document as a text of its own.

    ``origin`` says where they come from: offsets in the window and in the document, in order.
    ``names`` are spans of the window to be masked. ``counts`` says how often each stem of the
    window, in the order of their hashes, stands in the whole document of ``words`` words and
    ``sentences`` sentences: a word is as telling as the document makes it.
    """

    text: str
    origin: tuple[Span, ...]
    names: tuple[Span, ...]
    counts: bytes
    words: int
    sentences: int

    def place(self, offset: int) -> int:
        """An offset of the window in its document."""
        here, there = self.origin[bisect_right(self.origin, offset, key=lambda o: o[0]) - 1]
        return there + offset - here


class WindowPair(Record):
    """Windows of two documents, and where the chains stand in them: ``(a, a_end, b, b_end)``."""

    a: Window
    b: Window
    chains: tuple[tuple[int, int, int, int], ...]
    words: int
    run: int
    options: AlignOptions

    def key(self) -> bytes:
        """A hash of everything that the result depends on."""
        # Where the parts stand in the window tells on the result, where in the document does not.
        bare = [
            msgspec.structs.replace(window, origin=tuple((here, 0) for here, _ in window.origin))
            for window in (self.a, self.b)
        ]
        own = (bare, self.chains, self.words, self.run, self.options)
        return hashlib.blake2b(msgspec.msgpack.encode(own), digest_size=16).digest()


class Shared(Record):
    """A passage of two windows, in the windows' own offsets."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: PassageKind
    words: int


def window_pair(
    a: Ready, b: Ready, chains: Sequence[Chain], *, words: int, run: int, options: AlignOptions
) -> WindowPair:
    """Open two documents around the chains that they share."""
    at = np.array([(c.a_start, c.a_end, c.b_start, c.b_end) for c in chains], dtype=np.int64)
    first, a_spans = _window(a, at[:, 0], at[:, 1])
    second, b_spans = _window(b, at[:, 2], at[:, 3])
    placed = tuple((*one, *other) for one, other in zip(a_spans, b_spans, strict=True))
    return WindowPair(a=first, b=second, chains=placed, words=words, run=run, options=options)


def _window(ready: Ready, start: Ints, end: Ints) -> tuple[Window, list[Span]]:
    """The words near stretches of the indexed words, and the stretches' spans in the window."""
    words, text = ready.prepared.masked, ready.prepared.text
    low = np.searchsorted(words.start, ready.indexed.start[start])
    high = np.searchsorted(words.end, ready.indexed.end[end - 1]) + 1
    opened = near(zip(low.tolist(), high.tolist(), strict=True), len(words), MARGIN)
    step = np.diff(np.concatenate(([0], opened, [0])))
    parts: list[str] = []
    origin: list[Span] = []
    names: list[Span] = []
    size = 0
    for first, last in zip(
        np.flatnonzero(step == 1).tolist(), np.flatnonzero(step == -1).tolist(), strict=True
    ):
        begin, stop = int(words.start[first]), int(words.end[last - 1])
        limit = int(words.start[last]) if last < len(words) else len(text)
        # What closes a sentence belongs to its last word.
        stop = min(stop + _CLOSING_MARKS, limit)
        origin.append((size, begin))
        inside = ready.names[(ready.names[:, 0] < stop) & (ready.names[:, 1] > begin)]
        names += [
            (max(a, begin) - begin + size, min(b, stop) - begin + size) for a, b in inside.tolist()
        ]
        parts.append(text[begin:stop])
        size += stop - begin + len(_SEAM)
    window = Window(
        text=_SEAM.join(parts),
        origin=tuple(origin),
        names=tuple(names),
        counts=ready.counts_of(np.unique(words.stem[opened])).astype("<u4").tobytes(),
        words=len(words),
        sentences=int(words.first.sum()),
    )
    there = [there for _, there in origin]

    def placed(offset: int) -> int:
        part = bisect_right(there, offset) - 1
        return origin[part][0] + offset - origin[part][1]

    spans = [
        (placed(int(words.start[a])), placed(int(words.end[b - 1])))
        for a, b in zip(low.tolist(), high.tolist(), strict=True)
    ]
    return window, spans


def align_windows(pair: WindowPair) -> bytes:
    """Passages of a pair of windows, as MessagePack: what a worker does.

    A fragment is kept that is long enough and holds a run of equal words.
    """
    a, b = (
        Prepared("", w.text, mask(tokenise(w.text), w.names, numbers=False))
        for w in (pair.a, pair.b)
    )
    found = []
    for item in aligned(a, b, pair.options, _opened(pair, a.masked, b.masked)):
        if item.words < pair.words:
            continue
        if not holds_shared_run(item.copies[0].words, item.copies[1].words, length=pair.run):
            continue
        found.append(
            Shared(
                a_start=item.a[0],
                a_end=item.a[1],
                b_start=item.b[0],
                b_end=item.b[1],
                kind=kind_of(*item.copies),
                words=item.words,
            )
        )
    return msgspec.msgpack.encode(found)


def placed(
    pair: WindowPair, data: bytes, a: Ready, b: Ready, weight: Weight
) -> Iterator[Alignment]:
    """What was found in two windows, as alignments of their documents."""
    for item in msgspec.msgpack.decode(data, type=tuple[Shared, ...]):
        found = Alignment(
            a=a.prepared.name,
            b=b.prepared.name,
            a_start=pair.a.place(item.a_start),
            a_end=pair.a.place(item.a_end - 1) + 1,
            b_start=pair.b.place(item.b_start),
            b_end=pair.b.place(item.b_end - 1) + 1,
            kind=item.kind,
            words=item.words,
            substance=0.0,
        )
        yield weighed(found, a, b, weight)


def weighed(item: Alignment, a: Ready, b: Ready, weight: Weight) -> Alignment:
    """An alignment with its substance, by the words of the whole corpus."""
    first, second = a.keys(item.a_start, item.a_end), b.keys(item.b_start, item.b_end)
    return msgspec.structs.replace(item, substance=substance(first, second, weight))


def _opened(pair: WindowPair, a: Words, b: Words) -> Opened | None:
    stems = [np.unique(words.stem) for words in (a, b)]
    counts = [np.frombuffer(window.counts, dtype="<u4") for window in (pair.a, pair.b)]
    if any(own.size != count.size for own, count in zip(stems, counts, strict=True)):
        return None  # a word of a million letters, which is cut in a whole document
    every = np.union1d(*stems)
    total = np.zeros(every.size)
    for own, count in zip(stems, counts, strict=True):
        total[np.searchsorted(every, own)] += count
    chains = np.array(pair.chains, dtype=np.int64).reshape(-1, 4)
    near = (
        np.searchsorted(a.start, chains[:, 0]),
        np.searchsorted(a.end, chains[:, 1]) + 1,
        np.searchsorted(b.start, chains[:, 2]),
        np.searchsorted(b.end, chains[:, 3]) + 1,
    )
    return Opened(
        a_parts=np.searchsorted(a.start, [here for here, _ in pair.a.origin]),
        b_parts=np.searchsorted(b.start, [here for here, _ in pair.b.origin]),
        near=np.stack(near, axis=1),
        counts=total,
        words=pair.a.words + pair.b.words,
        sentences=pair.a.sentences + pair.b.sentences,
    )
