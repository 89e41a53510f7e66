"""Shared passages with documents whose text is not held: the draft's words, others' pages."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.clusters import JOINT, Cluster, cluster
from stratlint.comparison.passages.difference import SWAPPED, VERBATIM
from stratlint.comparison.passages.find import DEFAULTS, PassageOptions
from stratlint.comparison.passages.fingerprints import (
    RUN,
    WORD,
    Fingerprint,
    Runs,
    as_written,
    runs_of,
    unpack,
)
from stratlint.comparison.passages.holders import opening
from stratlint.comparison.passages.setting import footnotes_of, is_attributed, setting_of
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
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags


class Shadow(Record):
    """A document without its text, as a holder of passages."""

    document: Document
    fingerprint: Fingerprint
    is_source: bool = False


def match_shadows(
    document: Document,
    shadows: Sequence[Shadow],
    idf: Mapping[str, float],
    options: PassageOptions = DEFAULTS,
) -> tuple[Passage, ...]:
    """Passages that a document shares with shadows, longest first.

    Only the document's own words are quoted; of a shadow there are the region and the page.
    ``idf`` weighs words for :attr:`Passage.substance`; a word that is not in it weighs nought.
    """
    text = runs_of(document)
    alignments: list[Alignment] = []
    places: dict[tuple[str, int], int] = {}
    joint: list[Shadow] = []
    for shadow in shadows:
        stretches = find_stretches(text, shadow.fingerprint)
        if is_joint(text, stretches, shadow.fingerprint):
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


def _alignment(
    document: Document,
    text: Runs,
    shadow: Shadow,
    stretch: Stretch,
    number: int,
    idf: Mapping[str, float],
) -> Alignment:
    start = int(text.words.start[stretch.low])
    end = int(text.words.end[stretch.high - 1])
    words = sorted(set(WORD.findall(text.text[start:end].casefold())))
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
            notes = footnotes_of(self.document)
            holders = [
                _attributed(h)
                if h.document == self.document.source
                and is_attributed(self.document, span, original, notes)
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
        span = opening(self.document)
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


_GAP = 28
_LEAST_RUNS = 3
_LEAST_COVERED = 12
_LEAST_SHARE = 0.4
_SNAP = 20


class Stretch(NamedTuple):
    """Words of the draft, from and to, that stand in a shadow on a page."""

    low: int
    high: int
    page: int
    kind: PassageKind


def find_stretches(text: Runs, shadow: Fingerprint) -> list[Stretch]:
    """Every stretch of a text that stands in a document, in order."""
    hits = np.zeros(text.runs.size, dtype=bool)
    pages: dict[int, Flags] = {}
    for page, packed in shadow.runs.items():
        on_page = np.isin(text.runs, unpack(packed))
        if on_page.any():
            pages[page] = on_page
            hits |= on_page
    at = np.flatnonzero(hits)
    if at.size < _LEAST_RUNS:
        return []
    named = set(unpack(shadow.named).tolist())
    found = []
    for group in np.split(at, np.flatnonzero(np.diff(at) > _GAP) + 1):
        stretch = _stretch(text, group, pages, named)
        if stretch is not None:
            found.append(stretch)
    return found


def _stretch(
    text: Runs, at: NDArray[np.int64], pages: Mapping[int, Flags], named: set[int]
) -> Stretch | None:
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
    return Stretch(low, high, page, _kind(text, at, share, named))


def _snapped(text: Runs, low: int, high: int) -> Span:
    """Borders moved out to a sentence's, where one is near: copies seldom begin mid-sentence."""
    before = text.opens[text.opens <= low]
    after = np.append(text.opens[text.opens >= high], len(text.words))
    if before.size and low - int(before[-1]) <= _SNAP:
        low = int(before[-1])
    if int(after[0]) - high <= _SNAP:
        high = int(after[0])
    return low, high


def _kind(text: Runs, at: NDArray[np.int64], share: float, named: set[int]) -> PassageKind:
    swapped = any(as_written(text, i) not in named for i in at.tolist() if text.named[i])
    if swapped and share >= SWAPPED:
        return PassageKind.PLACE_SWAPPED
    return PassageKind.VERBATIM if share >= VERBATIM and not swapped else PassageKind.EDITED


def is_joint(text: Runs, stretches: Sequence[Stretch], shadow: Fingerprint) -> bool:
    """Whether draft and shadow are, for the most part, one text."""
    shared = sum(stretch.high - stretch.low for stretch in stretches)
    return shared >= JOINT * max(1, len(text.words)) and shared >= JOINT * shadow.total
