"""Documents as word counts with place names masked: similarity, distinctiveness, whose text.

A region's name is the easiest thing to tell regions apart by, and says nothing of its
strategy: names are taken out before anything is counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from scipy import sparse

from stratlint.records import Document, Record, Role, Span
from stratlint.text.counting import plain_words, word_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_CHAPTER_WORDS = 400
_BLOCK = 2000
_TIE = 1e-9
"""Cosines nearer to each other than this are equal: sums of floats differ by some 1e-15."""
"""Chapters that are compared with all documents at a time."""

Floats: TypeAlias = "NDArray[np.float64]"
STOP_WORDS = frozenset(
    """a about above across after again against all almost also although always am among an and
    any are around as at be because been before being below between both but by can cannot could
    did do does doing done down during each either else even ever every few for from further had
    has have having he her here hers him his how however i if in into is it its itself just
    least less many may me might mine more most much must my neither no nor not now of off often
    on once only onto or other others our ours out over own per perhaps quite rather same she
    should since so some still such than that the their theirs them themselves then there
    therefore these they this those though through thus to together too toward towards under
    until up upon us very via was we were what when where whether which while who whom whose why
    will with within without would yet you your yours""".split()
)
"""Words that carry grammar and no subject."""


class Interchangeability(NamedTuple):
    """How far a document's chapters could be anyone's.

    ``right`` of ``chapters`` were traced to their own document; ``share`` is the rest;
    ``chance`` is the share that guessing by the documents' numbers of chapters would trace.
    """

    document: str
    chapters: int
    right: int
    share: float
    chance: float


class Counted(NamedTuple):
    """A corpus as word counts: all that is kept of its texts.

    ``words`` is the sorted vocabulary; ``chapters`` has one row of counts a chapter, whose
    document's number is in ``owner``; ``documents`` one row a document.
    """

    words: list[str]
    chapters: sparse.csr_array
    owner: NDArray[np.int64]
    documents: sparse.csr_array

    def members(self) -> sparse.csr_array:
        """A row a document with a one for each of its chapters."""
        size = self.owner.size
        shape = (self.documents.shape[0], size)
        return sparse.csr_array((np.ones(size), (self.owner, np.arange(size))), shape=shape)

    def counts(self, number: int) -> Counter[str]:
        """The words of one document."""
        row = self.documents[[number]]
        return Counter(
            {
                self.words[column]: int(count)
                for column, count in zip(row.indices.tolist(), row.data.tolist(), strict=True)
            }
        )


class ChapterCounts(Record):
    """The words of one document's chapters, counted, as a run may keep them.

    ``words`` are distinct; ``sizes`` says how many of them each chapter has, and ``columns`` and
    ``counts`` which and how often, one chapter after another. All three are of 32-bit numbers.
    """

    words: tuple[str, ...]
    sizes: bytes
    columns: bytes
    counts: bytes


def count_chapters(chapters: Iterable[str]) -> ChapterCounts:
    """Count the words of a document's chapters."""
    column: dict[str, int] = {}
    sizes: list[int] = []
    columns: list[int] = []
    counts: list[int] = []
    for counted in count_words(chapters):
        sizes.append(len(counted))
        columns += [column.setdefault(word, len(column)) for word in counted]
        counts += counted.values()
    return ChapterCounts(
        words=tuple(column),
        sizes=np.array(sizes, dtype="<i4").tobytes(),
        columns=np.array(columns, dtype="<i4").tobytes(),
        counts=np.array(counts, dtype="<i4").tobytes(),
    )


def count_corpus(documents: Iterable[ChapterCounts]) -> Counted:
    """Put the counted chapters of documents together, one document after another."""
    column: dict[str, int] = {}
    columns: list[NDArray[np.int32]] = []
    values: list[NDArray[np.int32]] = []
    sizes: list[NDArray[np.int32]] = []
    owner: list[int] = []
    number = -1
    for number, document in enumerate(documents):
        at = [column.setdefault(word, len(column)) for word in document.words]
        own = np.frombuffer(document.columns, dtype="<i4")
        columns.append(np.array(at, dtype=np.int32)[own] if at else own)
        values.append(np.frombuffer(document.counts, dtype="<i4"))
        sizes.append(np.frombuffer(document.sizes, dtype="<i4"))
        owner += [number] * sizes[-1].size
    words = sorted(column)
    place = np.empty(len(words), dtype=np.int32)
    place[[column[word] for word in words]] = np.arange(len(words), dtype=np.int32)
    entries = np.concatenate(sizes) if sizes else np.zeros(0, dtype=np.int32)
    starts = np.concatenate(([0], np.cumsum(entries, dtype=np.int64)))
    chapters_matrix = sparse.csr_array(
        (
            np.concatenate(values).astype(np.float64) if values else np.zeros(0),
            place[np.concatenate(columns)] if columns else np.zeros(0, dtype=np.int32),
            starts,
        ),
        shape=(len(owner), len(words)),
    )
    chapters_matrix.sort_indices()
    owners = np.array(owner, dtype=np.int64)
    counted = Counted(
        words, chapters_matrix, owners, sparse.csr_array((number + 1, len(words)), dtype=float)
    )
    return counted._replace(documents=sparse.csr_array(counted.members() @ chapters_matrix))


def masked_body(document: Document, names: Iterable[Span]) -> str:
    """The body with names blanked out (offsets kept), contents lists left out."""
    body = document.body
    blanks = [*names]
    blanks += [(b.start, b.end) for b in document.blocks if b.role is Role.CONTENTS]
    parts: list[str] = []
    at = 0
    for start, end in sorted(blanks):
        start, end = max(start, at), min(end, len(body))
        if start < end:
            parts += (body[at:start], " " * (end - start))
            at = end
    return "".join((*parts, body[at:]))


def words_of(text: str) -> list[str]:
    """Words of two letters or more, in small letters, stop words left out."""
    return [word for word in plain_words(text.casefold()) if _is_counted(word)]


def _is_counted(word: str) -> bool:
    return (
        word not in STOP_WORDS
        and len(word) > 1
        # Nearly all words are letters alone, which takes no loop to see.
        and (word.isalpha() or not any(c.isdigit() for c in word))
    )


def count_words(texts: Iterable[str]) -> list[Counter[str]]:
    """Word counts of each text, as of :func:`words_of`; each distinct word is looked at once."""
    counted = (Counter(plain_words(text.casefold())) for text in texts)
    return [
        Counter({word: count for word, count in counts.items() if _is_counted(word)})
        for counts in counted
    ]


def count_matrix(counts: Sequence[Counter[str]]) -> tuple[sparse.csr_array, list[str]]:
    """Rows of word counts over one sorted vocabulary."""
    vocabulary = sorted(set().union(*counts)) if counts else []
    column = {word: number for number, word in enumerate(vocabulary)}
    rows = [number for number, count in enumerate(counts) for _ in count]
    columns = [column[word] for count in counts for word in count]
    values = [float(n) for count in counts for n in count.values()]
    shape = (len(counts), len(vocabulary))
    return sparse.csr_array((values, (rows, columns)), shape=shape), vocabulary


def tfidf(matrix: sparse.csr_array) -> sparse.csr_array:
    """Weigh counts by sublinear tf and smoothed idf, rows of unit length.

    (1 + ln tf) (1 + ln((1 + N) / (1 + df))): what scikit-learn's TfidfTransformer computes, and
    a test holds it to that; importing scikit-learn would cost two seconds of every audit.
    """
    rows = matrix.copy()
    df = np.bincount(rows.indices, minlength=rows.shape[1])
    idf = np.log((1.0 + rows.shape[0]) / (1.0 + df)) + 1.0
    rows.data = (1.0 + np.log(rows.data)) * idf[rows.indices]
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(norms, 1e-12), np.diff(rows.indptr))
    return rows


def cosine_table(rows: sparse.csr_array, first: int = 0, last: int | None = None) -> Floats:
    """Cosine of unit rows from ``first`` up to ``last`` with every unit row."""
    table: Floats = np.clip((rows[first:last] @ rows.T).toarray(), 0.0, 1.0)
    return table


def distinctiveness(rows: sparse.csr_array) -> list[float]:
    """For each document 1 − cosine to the centroid of all the others (leave one out).

    From 0 (the text is the average text) towards 1 (nothing in common with the others). A
    document alone has nothing to differ from: 0.
    """
    if rows.shape[0] < 2:
        return [0.0] * rows.shape[0]
    total = np.asarray(rows.sum(axis=0)).ravel()
    own = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    with_all = np.asarray(rows @ total).ravel()
    # Of the others' sum only length and product with the row are needed: no table of them.
    others = np.maximum(total @ total - 2.0 * with_all + own, 0.0)
    norms = np.sqrt(others) * np.maximum(np.sqrt(own), 1e-12)
    cosine = (with_all - own) / np.maximum(norms, 1e-12)
    return [float(value) for value in np.clip(1.0 - cosine, 0.0, 1.0)]


def chapters_of(document: Document, masked: str, *, words: int = _CHAPTER_WORDS) -> list[str]:
    """Stretches of at least ``words`` words of a masked body that begin at a block."""
    starts = [block.start for block in document.blocks if block.end <= document.body_end]
    chapters: list[str] = []
    opened = 0
    # Words are counted once, and not anew for each block that a chapter may end with.
    places = word_starts(masked)
    before = np.searchsorted(places, starts).tolist()
    counted = 0
    for start, count in zip(starts[1:], before[1:], strict=True):
        if count - counted >= words:
            chapters.append(masked[opened:start])
            opened, counted = start, count
    rest = masked[opened:]
    if chapters and places.size - counted < words / 2:
        chapters[-1] += rest
    elif rest.split():
        chapters.append(rest)
    return chapters


def interchangeability(names: Sequence[str], counted: Counted) -> list[Interchangeability]:
    """Test whether a classifier that saw all other chapters can tell whose a chapter is.

    A nearest-centroid (Rocchio) classifier on TF-IDF, leave one chapter out: the chapter's own
    document is represented by its other chapters only (Manning, Raghavan and Schütze 2008,
    *Introduction to Information Retrieval*, ch. 14). Near chance means text that could be
    anyone's. So does a chapter as near to another document as to its own: of equal texts none is
    traced. A document of one chapter cannot be traced and is left out of nothing: it has
    ``share`` 1 and ``chapters`` 1, to be read with its number.
    """
    owner = counted.owner
    if len(names) < 2 or not owner.size:
        return [Interchangeability(name, 0, 0, 0.0, 0.0) for name in names]
    rows = tfidf(counted.chapters)
    sums = counted.members() @ rows
    lengths = np.asarray(sums.multiply(sums).sum(axis=1)).ravel()
    guess = np.concatenate(
        [
            _guesses(rows[first : first + _BLOCK], owner[first : first + _BLOCK], sums, lengths)
            for first in range(0, owner.size, _BLOCK)
        ]
    )
    sizes = np.bincount(owner, minlength=len(names))
    right = np.bincount(owner[guess == owner], minlength=len(names))
    return [
        Interchangeability(
            name,
            int(sizes[i]),
            int(right[i]),
            float(1.0 - right[i] / sizes[i]) if sizes[i] else 0.0,
            float(sizes[i] / owner.size),
        )
        for i, name in enumerate(names)
    ]


def _guesses(
    rows: sparse.csr_array, owner: NDArray[np.int64], sums: sparse.csr_array, lengths: Floats
) -> NDArray[np.int64]:
    """The document nearest to each of some chapters, its own without the chapter; -1 for a tie."""
    dots = (rows @ sums.T).toarray()
    norms = np.broadcast_to(np.sqrt(lengths), dots.shape).copy()
    at = np.arange(owner.size)
    with_own = dots[at, owner]
    itself = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    dots[at, owner] = with_own - itself
    norms[at, owner] = np.sqrt(np.maximum(lengths[owner] - 2.0 * with_own + itself, 0.0))
    near = dots / np.maximum(norms, 1e-12)
    nearest: NDArray[np.int64] = np.argmax(near, axis=1)
    # The order of documents decides nothing: what is as near to two is neither's.
    second = np.partition(near, -2, axis=1)[:, -2]
    nearest[near[at, nearest] - second < _TIE] = -1
    return nearest
