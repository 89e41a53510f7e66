"""What documents have in common: alignments, passages, likeness, keywords, fit."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from stratlint.records.base import Record
from stratlint.records.evidence import Quotient
from stratlint.records.language import Quotation


class PassageKind(StrEnum):
    """How two holders of a passage differ."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PLACE_SWAPPED = "place-swapped"

    @property
    def phrase(self) -> str:
        """The kind as a sentence says it."""
        return {"verbatim": "word for word", "place-swapped": "with the places changed"}.get(
            self.value, self.value
        )


class Alignment(Record):
    """One passage in two documents (a and b are document source names), with character spans."""

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: PassageKind
    words: int
    substance: float


class Holding(Record):
    """One document's copy of a shared passage."""

    document: str
    region: str | None
    quotation: Quotation
    year: int | None = None
    attributed: bool = False
    role: str = "strategy"


class Passage(Record):
    """Text that two or more documents share: all holders, the likely source first.

    ``template`` marks text that most documents share; ``setting`` is ``body``, ``quotation``,
    ``contents``, ``references`` or ``imprint``; ``substance`` is the mean idf of the shared words.
    """

    id: str
    kind: PassageKind
    words: int
    substance: float
    holdings: tuple[Holding, ...]
    source: str | None = None
    template: bool = False
    joint: bool = False
    setting: str = "body"

    def words_in(self, holding: Holding) -> int:
        """Words of the passage as one holder has it: more or fewer where it was edited.

        One more or less is how a word such as 'region's' is parted, and no edit.
        """
        own = len(holding.quotation.text.split())
        return self.words if self.joint or abs(own - self.words) <= 1 else own or self.words

    @property
    def copied(self) -> int:
        """Words as those have it who wrote it later, the most of them: what findings say of it.

        Of lists such as contents, each has its own length: there it is the words in common.
        """
        if self.setting not in ("body", "quotation"):
            return self.words
        later = [h for h in self.holdings if h.role != "source" and h.document != self.source]
        return max((self.words_in(h) for h in later or self.holdings), default=self.words)

    def __repr__(self) -> str:
        """In a few words: the whole has every holder's text."""
        holders = ", ".join(holding.document for holding in self.holdings)
        return f"Passage({self.words} words, {self.kind.value}, in {holders})"


class Similarity(Record):
    """Two documents compared.

    ``shared`` is how many priorities both have, ``expected`` how many chance would give them;
    ``jaccard`` and ``overlap`` are of the priority sets; ``z`` and ``p`` say how unusual the
    overlap is against a permutation null with row and column sums fixed, ``p_adjusted`` the same
    for all pairs together (Benjamini and Hochberg); ``text`` is the cosine of TF-IDF vectors with
    places masked; ``jensen_shannon`` is in bits; ``structure`` is the distance of the two
    regions' economies (Krugman), None without figures.
    """

    a: str
    b: str
    shared: int
    expected: float
    jaccard: float
    overlap: float
    z: float
    p: float
    p_adjusted: float
    text: float
    jensen_shannon: float
    structure: float | None = None


class Keyword(Record):
    """A word that marks one document off from the rest, with the raw counts behind the score.

    ``p`` is that of ``g2`` with one degree of freedom, ``p_adjusted`` the same for all words of
    the document that were tested (Benjamini and Hochberg).
    """

    word: str
    document: str
    count: int
    reference_count: int
    z: float
    g2: float
    p: float
    p_adjusted: float


class Fit(Record):
    """How a document's priorities sit on its region's structure.

    ``shares`` maps a cut-off such as ``"1.25"`` to the share of priorities with an LQ above
    it; ``ignored`` are sectors with a strong, reliable LQ that are no priority.
    """

    document: str
    priorities: int
    measured: int
    shares: dict[str, float]
    ignored: tuple[str, ...]
    krugman: float | None = None
    distinctiveness: float | None = None
    interchangeability: float | None = None


class Comparison(Record):
    """All documents together. Rows of ``order`` are document names in seriated order."""

    order: tuple[str, ...]
    sector_order: tuple[str, ...]
    similarities: tuple[Similarity, ...]
    passages: tuple[Passage, ...]
    keywords: tuple[Keyword, ...]
    fits: tuple[Fit, ...]
    quotients: tuple[Quotient, ...]
    emphasis: dict[str, dict[str, float]]
    statistics: dict[str, float] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        """In a few words: the whole is megabytes."""
        return (
            f"Comparison({len(self.order)} documents, {len(self.similarities)} pairs, "
            f"{len(self.passages)} passages)"
        )
