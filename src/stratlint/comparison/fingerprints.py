"""Find shared passages against documents whose text is not held: short hashes of word runs.

Every run of six words (names masked) is kept as three bytes, with its page and in
no order. Whoever holds a text can ask whether most of its runs stand in the document; nobody
can read the document off, and at three bytes guesses of a next word have many false answers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.clusters import JOINT, Cluster, cluster
from stratlint.comparison.difference import SWAPPED, VERBATIM
from stratlint.comparison.passages import DEFAULTS, PassageOptions
from stratlint.comparison.setting import is_attributed, setting_of
from stratlint.comparison.tokens import grams, mask, tokenise
from stratlint.records import (
    Alignment,
    Document,
    Holding,
    Passage,
    PassageKind,
    Quotation,
    Record,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.comparison.tokens import Flags, Hashes, Words

RUN = 6
_BITS = 24
_BYTES = 3
_GAP = 28
_LEAST_RUNS = 3
_LEAST_COVERED = 12
_LEAST_SHARE = 0.4
_SNAP = 20
_WORD = re.compile(r"\w+")


class Fingerprint(Record):
    """A document's runs: by page index, and once more as written where names are masked."""

    runs: dict[int, str]
    named: str
    total: int


class Shadow(Record):
    """A document without its text, as a holder of passages."""

    document: Document
    fingerprint: Fingerprint
    is_source: bool = False


class _Stretch(NamedTuple):
    """Words of the draft, from and to, that stand in a shadow on a page."""

    low: int
    high: int
    page: int
    kind: PassageKind


class _Text(NamedTuple):
    """A text made ready: masked words, their runs, and which of the runs hold a name.

    ``opens`` are the words that open a sentence or a block.
    """

    text: str
    words: Words
    runs: NDArray[np.uint32]
    named: Flags
    opens: NDArray[np.int64]


def fingerprint(document: Document, names: Iterable[Span]) -> Fingerprint:
    """The fingerprint of a document's body, ``names`` (character spans) masked."""
    text = _prepare(document, names)
    starts, pages = _page_starts(document)
    by_page: dict[int, set[int]] = {}
    for run, at in zip(text.runs.tolist(), text.words.start.tolist(), strict=False):
        page = pages[max(0, bisect_right(starts, at) - 1)] if pages else 0
        by_page.setdefault(page, set()).add(run)
    marked = np.flatnonzero(text.named)
    return Fingerprint(
        runs={page: _pack(runs) for page, runs in sorted(by_page.items())},
        named=_pack({_as_written(text, at) for at in marked.tolist()}),
        total=int(text.runs.size),
    )


def match_shadows(
    document: Document,
    names: Iterable[Span],
    shadows: Sequence[Shadow],
    idf: Mapping[str, float],
    options: PassageOptions = DEFAULTS,
) -> tuple[Passage, ...]:
    """Passages that a document shares with shadows, longest first.

    Only the document's own words are quoted; of a shadow there are the region and the page.
    ``idf`` weighs words for :attr:`Passage.substance`; a word that is not in it weighs nought.
    """
    text = _prepare(document, names)
    alignments: list[Alignment] = []
    places: dict[tuple[str, int], int] = {}
    joint: list[Shadow] = []
    for shadow in shadows:
        stretches = _stretches(text, shadow.fingerprint)
        if _is_joint(text, stretches, shadow.fingerprint):
            joint.append(shadow)
            continue
        for number, stretch in enumerate(stretches):
            found = _alignment(document, text, shadow, stretch, number, idf)
            if found.words >= options.words:
                places[shadow.document.source, found.b_start] = stretch.page
                alignments.append(found)
    by_name = {shadow.document.source: shadow for shadow in shadows}
    writer = _Writer(document, by_name, places, options)
    written = [writer.joint(shadow) for shadow in joint]
    written += [writer.passage(group) for group in cluster(alignments)]
    return tuple(sorted(written, key=lambda p: (not p.joint, p.template, -p.words, p.id)))


# --- runs --------------------------------------------------------------------------------


def _prepare(document: Document, names: Iterable[Span]) -> _Text:
    words = mask(tokenise(document.body), names, numbers=False)
    runs = _short(grams(words.key, RUN))
    return _Text(
        text=document.body,
        words=words,
        runs=runs,
        named=_any_in_run(words.masked, runs.size),
        opens=_opens(document, words),
    )


def _short(hashes: Hashes) -> NDArray[np.uint32]:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.uint32)


def _opens(document: Document, words: Words) -> NDArray[np.int64]:
    """The words that open a sentence or a block."""
    blocks = np.searchsorted(words.start, [block.start for block in document.blocks])
    found: NDArray[np.int64] = np.union1d(np.flatnonzero(words.first), blocks)
    return found


def _any_in_run(flags: Flags, size: int) -> Flags:
    found: Flags = np.zeros(size, dtype=bool)
    for offset in range(RUN if size else 0):
        found |= flags[offset : offset + size]
    return found


def _as_written(text: _Text, at: int) -> int:
    """The hash of a run with its names, as three bytes."""
    low, high = int(text.words.start[at]), int(text.words.end[at + RUN - 1])
    folded = " ".join(_WORD.findall(text.text[low:high].casefold()))
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=_BYTES).digest(), "big")


def _pack(runs: set[int]) -> str:
    data = b"".join(run.to_bytes(_BYTES, "big") for run in sorted(runs))
    return base64.b64encode(data).decode("ascii")


def _unpack(packed: str) -> NDArray[np.uint32]:
    """The sorted runs. Raises ValueError for what is no fingerprint."""
    data = np.frombuffer(base64.b64decode(packed, validate=True), dtype=np.uint8)
    parts = data.reshape(-1, _BYTES).astype(np.uint32)
    runs: NDArray[np.uint32] = np.zeros(parts.shape[0], dtype=np.uint32)
    for column in range(_BYTES):
        runs = (runs << np.uint32(8)) | parts[:, column]
    return runs


def _page_starts(document: Document) -> tuple[list[int], list[int]]:
    """Where pages begin in the body: offsets in order, and the page of each."""
    found: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.start < document.body_end:
            found.append((block.start, block.page))
            found += [(line.start, line.page) for line in block.lines]
    found.sort()
    return [start for start, _ in found], [page for _, page in found]


# --- stretches ---------------------------------------------------------------------------


def _stretches(text: _Text, shadow: Fingerprint) -> list[_Stretch]:
    hits = np.zeros(text.runs.size, dtype=bool)
    pages: dict[int, Flags] = {}
    for page, packed in shadow.runs.items():
        on_page = np.isin(text.runs, _unpack(packed))
        if on_page.any():
            pages[page] = on_page
            hits |= on_page
    at = np.flatnonzero(hits)
    if at.size < _LEAST_RUNS:
        return []
    named = set(_unpack(shadow.named).tolist())
    found = []
    for group in np.split(at, np.flatnonzero(np.diff(at) > _GAP) + 1):
        stretch = _stretch(text, group, pages, named)
        if stretch is not None:
            found.append(stretch)
    return found


def _stretch(
    text: _Text, at: NDArray[np.int64], pages: Mapping[int, Flags], named: set[int]
) -> _Stretch | None:
    """A group of shared runs as a passage, or None where it is a phrase or a chance."""
    covered = np.zeros(len(text.words), dtype=bool)
    for offset in range(RUN):
        covered[at + offset] = True
    if at.size < _LEAST_RUNS or int(covered.sum()) < _LEAST_COVERED:
        return None
    low, high = _snapped(text, int(at[0]), int(at[-1]) + RUN)
    share = float(covered[low:high].mean())
    if share < _LEAST_SHARE:
        return None
    counts = Counter({page: int(on_page[at].sum()) for page, on_page in pages.items()})
    page = min(counts, key=lambda p: (-counts[p], p))
    return _Stretch(low, high, page, _kind(text, at, share, named))


def _snapped(text: _Text, low: int, high: int) -> Span:
    """Borders moved out to a sentence's, where one is near: copies seldom begin mid-sentence."""
    before = text.opens[text.opens <= low]
    after = np.append(text.opens[text.opens >= high], len(text.words))
    if before.size and low - int(before[-1]) <= _SNAP:
        low = int(before[-1])
    if int(after[0]) - high <= _SNAP:
        high = int(after[0])
    return low, high


def _kind(text: _Text, at: NDArray[np.int64], share: float, named: set[int]) -> PassageKind:
    swapped = any(_as_written(text, i) not in named for i in at.tolist() if text.named[i])
    if swapped and share >= SWAPPED:
        return PassageKind.PLACE_SWAPPED
    return PassageKind.VERBATIM if share >= VERBATIM and not swapped else PassageKind.EDITED


def _is_joint(text: _Text, stretches: Sequence[_Stretch], shadow: Fingerprint) -> bool:
    """Whether draft and shadow are, for the most part, one text."""
    shared = sum(stretch.high - stretch.low for stretch in stretches)
    return shared >= JOINT * max(1, len(text.words)) and shared >= JOINT * shadow.total


def _alignment(
    document: Document,
    text: _Text,
    shadow: Shadow,
    stretch: _Stretch,
    number: int,
    idf: Mapping[str, float],
) -> Alignment:
    start = int(text.words.start[stretch.low])
    end = int(text.words.end[stretch.high - 1])
    words = sorted(set(_WORD.findall(text.text[start:end].casefold())))
    weights = [idf.get(word, 0.0) for word in words]
    return Alignment(
        a=document.source,
        b=shadow.document.source,
        a_start=start,
        a_end=end,
        # Where it stands there is not known: spans that never touch keep passages apart.
        b_start=2 * number,
        b_end=2 * number + 1,
        kind=stretch.kind,
        words=stretch.high - stretch.low,
        substance=round(sum(weights) / max(1, len(weights)), 4),
    )


# --- passages ----------------------------------------------------------------------------


class _Writer:
    """Writes passages: the draft's words, and of the others region and page."""

    def __init__(
        self,
        document: Document,
        shadows: Mapping[str, Shadow],
        places: Mapping[tuple[str, int], int],
        options: PassageOptions,
    ) -> None:
        self.document = document
        self.shadows = shadows
        self.places = places
        self.options = options

    def passage(self, group: Cluster) -> Passage:
        """One cluster as a passage."""
        span = group.spans[self.document.source]
        pages = {item.b: self.places[item.b, item.b_start] for item in reversed(group.alignments)}
        holders = [self._own(span)]
        holders += [self._other(self.shadows[name], page) for name, page in pages.items()]
        holders.sort(key=_age)
        origin = _origin(holders)
        if origin is not None and origin != self.document.source:
            original = self.shadows[origin].document
            holders = [
                _attributed(h)
                if h.document == self.document.source
                and is_attributed(self.document, span, original)
                else h
                for h in holders
            ]
        strategies = 1 + sum(not shadow.is_source for shadow in self.shadows.values())
        copies = sum(holder.role == "strategy" for holder in holders)
        kinds = (PassageKind.VERBATIM, PassageKind.PLACE_SWAPPED, PassageKind.EDITED)
        return Passage(
            id=self._identity(span),
            kind=min((item.kind for item in group.alignments), key=kinds.index),
            words=max(item.words for item in group.alignments),
            substance=max(item.substance for item in group.alignments),
            holdings=tuple(holders),
            source=origin,
            template=copies >= max(3, self.options.template_share * strategies),
            setting=setting_of(self.document, *span),
        )

    def joint(self, shadow: Shadow) -> Passage:
        """The draft and a shadow that are one text."""
        span = (0, min(600, self.document.body_end))
        holders = sorted([self._own(span), self._other(shadow, 0)], key=_age)
        return Passage(
            id=self._identity(span),
            kind=PassageKind.EDITED,
            words=shadow.fingerprint.total,
            substance=0.0,
            holdings=tuple(holders),
            joint=True,
        )

    def _identity(self, span: Span) -> str:
        words = " ".join(self.document.text[span[0] : span[1]].casefold().split())
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    def _own(self, span: Span) -> Holding:
        start, end = span
        page = self.document.page_at(start)
        return Holding(
            document=self.document.source,
            region=self.document.region,
            quotation=Quotation(
                document=self.document.source,
                page=page.index,
                page_label=page.label,
                text=self.document.text[start:end],
                start=start,
                end=end,
                marks=((0, end - start),),
                boxes=self.document.boxes(start, end),
            ),
            year=self.document.year,
        )

    def _other(self, shadow: Shadow, page: int) -> Holding:
        document = shadow.document
        label = document.pages[page].label if page < len(document.pages) else str(page + 1)
        return Holding(
            document=document.source,
            region=document.region,
            quotation=Quotation(
                document=document.source, page=page, page_label=label, text="", start=0, end=0
            ),
            year=document.year,
            role="source" if shadow.is_source else "strategy",
        )


def _age(holding: Holding) -> tuple[int, bool, str]:
    """Earliest first; of one year a source first; undated sources before everything."""
    is_source = holding.role == "source"
    return (holding.year or (0 if is_source else 9999), not is_source, holding.document)


def _origin(holders: Sequence[Holding]) -> str | None:
    first, second = holders[0], holders[1]
    if first.role == "source":
        return first.document
    if first.year is None or first.year == second.year:
        return None
    return first.document


def _attributed(holding: Holding) -> Holding:
    return Holding(
        document=holding.document,
        region=holding.region,
        quotation=holding.quotation,
        year=holding.year,
        attributed=True,
        role=holding.role,
    )
