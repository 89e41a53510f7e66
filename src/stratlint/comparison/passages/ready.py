"""Documents made ready to be compared, few of them at a time: words take six times their text."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.alignments import Prepared, Weight, prepare, sentence_weight
from stratlint.comparison.passages.chains import near
from stratlint.comparison.passages.names import place_names
from stratlint.comparison.passages.tokens import Flags, Hashes, Words, mask, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stratlint.records import Document, Span

HELD = 64
"""Documents whose words are held; any other is tokenised anew, in some milliseconds."""
_FEW = 5
"""Below this many documents there are no frequencies over documents to speak of."""


class Ready(NamedTuple):
    """A document to be aligned, names masked, and as it is indexed: numbers masked as well."""

    prepared: Prepared
    indexed: Words

    def near(self, stretches: Sequence[tuple[int, int]], margin: int) -> Flags:
        """Which prepared words lie near stretches of the indexed ones."""
        first = np.array([start for start, _ in stretches], dtype=np.int64)
        last = np.array([end - 1 for _, end in stretches], dtype=np.int64)
        words = self.prepared.masked
        low = np.searchsorted(words.start, self.indexed.start[first])
        high = np.searchsorted(words.end, self.indexed.end[last]) + 1
        return near(zip(low.tolist(), high.tolist(), strict=True), len(words), margin)


class Texts:
    """The documents of a corpus by number or by name.

    ``names`` maps a document's source name to the character spans of its places and
    organisations; for a document without an entry the gazetteer is asked.
    """

    def __init__(
        self, documents: Sequence[Document], names: Mapping[str, Iterable[Span]] | None
    ) -> None:
        self._documents = documents
        self._names = names
        self._number = {document.source: n for n, document in enumerate(documents)}
        self._held: OrderedDict[int, Ready] = OrderedDict()

    def __len__(self) -> int:
        return len(self._documents)

    def named(self, source: str) -> Ready:
        """A document by its source name. Raises KeyError."""
        return self.ready(self._number[source])

    def ready(self, number: int) -> Ready:
        """A document by its number."""
        if number in self._held:
            self._held.move_to_end(number)
            return self._held[number]
        document = self._documents[number]
        given = self._names.get(document.source) if self._names is not None else None
        if given is None:
            given = place_names().spans(tokenise(document.body))
        prepared = prepare(document.source, document.body, given)
        made = self._held[number] = Ready(prepared, mask(prepared.masked))
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return made


class Weigher:
    """Counts in how many documents each word stands, one document after another."""

    def __init__(self, total: int) -> None:
        self._few: list[Words] | None = [] if total < _FEW else None
        self._seen: list[Hashes] = []
        self._total = 0
        self._keys: Hashes = np.zeros(0, dtype=np.uint64)
        self._counts = np.zeros(0, dtype=np.int64)

    def add(self, words: Words) -> None:
        """Take a document in."""
        self._total += 1
        if self._few is not None:
            self._few.append(words)
            return
        self._seen.append(np.unique(words.key))
        if len(self._seen) >= HELD:
            self._merge()

    def _merge(self) -> None:
        keys, counts = np.unique(np.concatenate(self._seen), return_counts=True)
        self._seen.clear()
        merged, place = np.unique(np.concatenate((self._keys, keys)), return_inverse=True)
        total = np.zeros(merged.size, dtype=np.int64)
        np.add.at(total, place, np.concatenate((self._counts, counts)))
        self._keys, self._counts = merged, total

    def weight(self) -> Weight:
        """Idf over documents: ln(N / df), Spärck Jones (1972).

        Over sentences where a corpus is too small to have frequencies.
        """
        if self._few is not None:
            return sentence_weight(self._few)
        if self._seen:
            self._merge()
        idf = np.log(self._total / self._counts)
        return Weight(self._keys, idf, float(np.log(max(1, self._total))))
