"""Documents made ready to be compared, few of them at a time: words take six times their text."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.alignments import Prepared, Weight, prepare, sentence_weight
from stratlint.comparison.passages.difference import Copy
from stratlint.comparison.passages.names import names_of
from stratlint.comparison.passages.tokens import NUMBER, Hashes, Ints, Words, mask, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Document, Span

HELD = 64
"""Documents whose words are held; any other is tokenised anew, in some milliseconds."""
_FEW = 5
"""Below this many documents there are no frequencies over documents to speak of."""


class Ready(NamedTuple):
    """A document to be aligned, names masked, and as it is indexed: numbers masked as well.

    ``names`` are the spans that were masked; ``stems`` are the document's, sorted, with their
    counts.
    """

    prepared: Prepared
    indexed: Words
    names: Ints
    stems: Hashes
    counts: Ints

    def counts_of(self, stems: Hashes) -> Ints:
        """How often some of the document's stems stand in it."""
        return self.counts[np.searchsorted(self.stems, stems)]

    def keys(self, start: int, end: int) -> Hashes:
        """The words between two character offsets, names and numbers masked, in no order."""
        words = self.prepared.masked
        low = int(np.searchsorted(words.end, start, side="right"))
        high = int(np.searchsorted(words.start, end, side="left"))
        part = words.slice(low, high)
        return np.where(part.number & ~part.masked, NUMBER, part.key)


def make_ready(document: Document, names: Ints, words: Words) -> Ready:
    """A document of some words with some spans masked, in rows of start and end."""
    prepared = prepare(document.source, document.body, map(tuple, names.tolist()), words)
    stems, counts = np.unique(prepared.masked.stem, return_counts=True)
    return Ready(prepared, mask(prepared.masked), names, stems, counts)


class Texts:
    """The documents of a corpus by number or by name."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._number = {document.source: n for n, document in enumerate(documents)}
        self._held: OrderedDict[int, Ready] = OrderedDict()
        self._masked: dict[int, Ints] = {}

    def __len__(self) -> int:
        return len(self.documents)

    def know(self, names: Sequence[Ints]) -> None:
        """The names of every document, found elsewhere."""
        self._masked = dict(enumerate(names))

    def copy(self, source: str, span: Span) -> Copy:
        """A stretch of a document as a text of its own, names and numbers masked."""
        number, (start, end) = self._number[source], span
        names = self._spans(number)
        names = np.clip(names[(names[:, 0] < end) & (names[:, 1] > start)], start, end) - start
        text = self.documents[number].text[start:end]
        return Copy(text, mask(tokenise(text), map(tuple, names.tolist())))

    def hash(self, number: int) -> str:
        """The hash of a document's file."""
        return self.documents[number].sha256

    def words(self, source: str) -> int:
        """How many words a document has, a name counted as one."""
        return len(self.ready(self._number[source]).prepared.masked)

    def _spans(self, number: int, words: Words | None = None) -> Ints:
        """The names of a document, in order."""
        if number not in self._masked:
            found = names_of(self.documents[number], words)
            self._masked[number] = np.array(found, dtype=np.int64).reshape(-1, 2)
        return self._masked[number]

    def ready(self, number: int) -> Ready:
        """A document by its number."""
        if number in self._held:
            self._held.move_to_end(number)
            return self._held[number]
        document = self.documents[number]
        words = tokenise(document.body)
        made = make_ready(document, self._spans(number, words), words)
        self._held[number] = made
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
