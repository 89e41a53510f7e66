"""Stretches of a text that stand in a document of which only the fingerprint is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stratlint.comparison.passages.clusters import JOINT
from stratlint.comparison.passages.difference import SWAPPED, VERBATIM
from stratlint.comparison.passages.fingerprints import RUN, Fingerprint, Runs, as_written, unpack
from stratlint.records import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags

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
