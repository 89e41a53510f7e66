"""A term in its surroundings (keyword in context), and how evenly a document uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from stratlint.records import Document


class ContextLine(NamedTuple):
    """One occurrence: the text to its left and right, its span, the label of its page if any."""

    document: str
    left: str
    keyword: str
    right: str
    start: int
    end: int
    page: str | None


class Dispersion(NamedTuple):
    """How evenly a term is spread: ``dp`` from 0 (even) towards 1 (all in one part)."""

    term: str
    occurrences: int
    dp: float
    dp_normalised: float
    parts: tuple[int, ...]


_MOST = 100_000
"""Characters of context and parts of a document: far more than either is of use with."""


def _pattern(term: str) -> re.Pattern[str]:
    if not isinstance(term, str):
        raise TypeError(f"a term is text, not {type(term).__name__}")
    if not term.strip():
        raise ValueError("the term is empty")
    # Words of the term may be parted by any white space, line ends among them.
    words = r"\s+".join(re.escape(word) for word in term.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def concordance(document: Document, term: str, *, width: int = 60) -> tuple[ContextLine, ...]:
    """Every occurrence of a term (whole words, any case), ``width`` characters each side.

    White space in the context is folded to single blanks; the span is the document's own.
    Raises ValueError for an empty term.
    """
    pattern = _pattern(term)
    if not isinstance(width, int) or not 0 <= width <= _MOST:
        raise ValueError(f"width: {width!r:.60} is no number of characters from 0 to {_MOST:,}")
    lines = []
    for match in pattern.finditer(document.body):
        start, end = match.span()
        left = " ".join(document.text[max(0, start - 2 * width) : start].split())
        right = " ".join(document.text[end : end + 2 * width].split())
        keyword = " ".join(match.group().split())
        lines.append(
            ContextLine(
                document.source,
                left[-width:],
                keyword,
                right[:width],
                start,
                end,
                document.page_at(start).label if document.paged else None,
            )
        )
    return tuple(lines)


def dispersion(document: Document, term: str, *, parts: int = 10) -> Dispersion:
    """Deviation of proportions of a term over equal parts of a document.

    DP = ½ Σ |v_i − s_i|, v_i the share of the occurrences in part i and s_i the part's share
    of the text: Gries (2008), 'Dispersions and adjusted frequencies in corpora', International
    Journal of Corpus Linguistics 13(4); normalised by 1 − min s (Lijffijt and Gries 2012).
    A term that does not occur has a dispersion of 0.
    """
    if not isinstance(parts, int) or not 1 <= parts <= _MOST:
        raise ValueError(f"parts: {parts!r:.60} is no number of parts from 1 to {_MOST:,}")
    edges = np.linspace(0, len(document.body), parts + 1)
    at = [match.start() for match in _pattern(term).finditer(document.body)]
    counts = np.histogram(at, bins=edges)[0] if document.body else np.zeros(parts, dtype=int)
    dp = deviation_of_proportions(counts.tolist(), [1.0] * parts)
    least = 1.0 / parts
    normal = dp / (1.0 - least) if parts > 1 else 0.0
    return Dispersion(term, len(at), dp, normal, tuple(int(c) for c in counts))


def deviation_of_proportions(counts: list[float], sizes: list[float]) -> float:
    """Gries's DP from the occurrences in each part and the parts' sizes."""
    total, size = sum(counts), sum(sizes)
    if not total or not size:
        return 0.0
    return 0.5 * sum(abs(c / total - s / size) for c, s in zip(counts, sizes, strict=True))
