"""What a document says of sectors, places and players, and the priorities that follow."""

from __future__ import annotations

from enum import StrEnum

from stratlint.records.base import BBox, Record, Span
from stratlint.records.documents import Document


class Commitment(StrEnum):
    """What the document says of a sector at one mention."""

    PRIORITY = "priority"
    SUPPORT = "support"
    STRENGTH = "strength"
    HEDGED = "hedged"
    NEGATED = "negated"
    PAST = "past"
    OTHER_ACTOR = "other_actor"
    FACT = "fact"

    @property
    def is_committed(self) -> bool:
        """Whether the document undertakes to do something for the sector."""
        return self in (Commitment.PRIORITY, Commitment.SUPPORT)


class Basis(StrEnum):
    """How a priority was established."""

    DECLARED_LIST = "declared list"
    INFERRED = "inferred"


class Sentence(Record):
    """A sentence of one block."""

    start: int
    end: int
    block: int


class Feature(Record):
    """One thing that helped to decide a class: its name and its pull (log-odds, signed)."""

    name: str
    weight: float


class Mention(Record):
    """A span that names a sector as an industry, and what the document says of it there.

    ``term`` is the label of the taxonomy that matched; ``sentence`` and ``block`` are indexes.
    ``probability`` is calibrated: of mentions with .8, about four in five have this class.
    """

    sector: str
    start: int
    end: int
    term: str
    block: int
    sentence: int
    commitment: Commitment
    probability: float
    features: tuple[Feature, ...] = ()


class PlaceMention(Record):
    """A named place. ``region`` is the region that contains it, where the gazetteer knows."""

    start: int
    end: int
    name: str
    kind: str
    region: str | None = None


class ActorMention(Record):
    """A named organisation or kind of actor.

    ``kind`` is one of ``business``, ``sme``, ``university``, ``college``, ``local_authority``,
    ``agency``, ``government``, ``voluntary``, ``research``, ``partnership``, ``consultee``.
    """

    start: int
    end: int
    name: str
    kind: str


class Quotation(Record):
    """Words of a document, with where they stand.

    ``marks`` are spans within ``text`` that carry the evidence; ``page`` is a zero-based
    index and ``page_label`` the printed one.
    """

    document: str
    page: int
    page_label: str
    text: str
    start: int
    end: int
    marks: tuple[Span, ...] = ()
    boxes: tuple[tuple[int, BBox], ...] = ()


class Priority(Record):
    """A document's conclusion on one sector, with rank from 1 and evidence, best first.

    ``score`` is the summed commitment weight; ``salience`` the TF-IDF weight against the
    corpus, None outside a corpus.
    """

    sector: str
    rank: int
    basis: Basis
    score: float
    mentions: int
    evidence: tuple[Quotation, ...]
    salience: float | None = None


class Kind(StrEnum):
    """What a document is for; rules say which kinds they are asked of."""

    STRATEGY = "strategy"
    INNOVATION_STRATEGY = "innovation strategy"
    LAND_USE_PLAN = "land-use plan"
    PROSPECTUS = "prospectus"
    FUND_REPORT = "fund report"
    SKILLS_PLAN = "skills plan"
    NATIONAL = "national document"
    CONSULTATION = "consultation"
    BOARD_PAPER = "board paper"
    OTHER = "not a plan"

    @property
    def phrase(self) -> str:
        """The kind with its article: 'a prospectus', 'an innovation strategy'."""
        if self is Kind.OTHER:
            return "a text that is no plan"
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.value}"


class DocumentKind(Record):
    """What kind of document this is, how sure that is (0 to 1) and why in a few words.

    ``whole`` is False for an extract or a leaflet, which cannot answer what only a whole
    strategy can; ``given`` is True where a person said the kind.
    """

    kind: Kind
    confidence: float
    reason: str
    whole: bool = True
    given: bool = False


class DocumentAnalysis(Record):
    """Everything that is known of one document on its own. ``kind`` is None where unasked."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    priorities: tuple[Priority, ...]
    kind: DocumentKind | None = None

    @property
    def name(self) -> str:
        """What reports call this document: its area or region, else its file name."""
        return self.document.place or self.document.source

    def sentence_text(self, index: int) -> str:
        """The text of one sentence."""
        sentence = self.sentences[index]
        return self.document.text[sentence.start : sentence.end]

    def priority(self, sector: str) -> Priority | None:
        """The document's priority on a sector, if it has one."""
        return next((p for p in self.priorities if p.sector == sector), None)
