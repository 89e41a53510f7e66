"""What a document says of sectors, places and players, and the priorities that follow."""

from __future__ import annotations

from enum import StrEnum

from stratlint.records.base import BBox, Record, Span, card
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

    @property
    def weight(self) -> float:
        """What one mention adds to the weight of its sector in a document, times its probability.

        Support counts two fifths of a choice and praise a tenth: set on the order in which the
        RIS3 strategies' own lists come, where more of either moves much-praised sectors past
        chosen ones. The other classes add nothing.
        """
        return {Commitment.PRIORITY: 1.0, Commitment.SUPPORT: 0.4, Commitment.STRENGTH: 0.1}.get(
            self, 0.0
        )


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


class Polarity(StrEnum):
    """What a declaration says of its members."""

    CHOSEN = "chosen"
    REFUSED = "refused"
    DEMOTED = "demoted"
    SUPPORT = "support"
    HEDGED = "hedged"
    STRENGTH = "strength"
    PAST = "past"
    OTHER = "other"
    FACT = "fact"


class Voice(StrEnum):
    """Who declares: the document, the document taking up another's words, another, nobody yet."""

    OWN = "own"
    ADOPTED = "adopted"
    OTHER = "other"
    ASKED = "asked"


class Form(StrEnum):
    """How a declaration is set."""

    SENTENCE = "sentence"
    PARENTHESIS = "parenthesis"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    LETTERS = "letters"
    RUN_IN_HEADINGS = "run-in headings"
    HEADINGS = "headings"
    ROWS = "rows"
    COLUMN = "column"
    OBJECTIVES = "objectives"
    MEASURES = "funded measures"


class Member(Record):
    """An item of a declaration: its span, the sectors that it names, and its number if it has one.

    'Digital and creative industries' is one member that names two sectors.
    """

    start: int
    end: int
    sectors: tuple[str, ...]
    count: int | None = None


class Declaration(Record):
    """A sentence, list, table, group of headings or objective that says one thing of sectors.

    ``start`` and ``end`` are the span of the words that declare, quoted in ``phrase``; ``extent``
    is the span that they govern, and ``ended_by`` why it goes no further. ``number`` is how many
    members the phrase says there are; ``tier`` 1 to 3 where it ranks its members among others.
    ``sure`` is false where the words are weaker than a choice in so many words. ``signs`` say, with
    their points, what makes parallel entries a choice, where no words alone do.
    """

    start: int
    end: int
    phrase: str
    polarity: Polarity
    voice: Voice
    form: Form
    extent: Span
    ended_by: str
    members: tuple[Member, ...]
    tier: int | None = None
    number: int | None = None
    sure: bool = True
    signs: tuple[str, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether the document itself chooses the members, or takes up another's choice of them."""
        return self.polarity is Polarity.CHOSEN and self.voice in (Voice.OWN, Voice.ADOPTED)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors that the members name, each once, in their order."""
        return tuple(dict.fromkeys(s for member in self.members for s in member.sectors))


class Mention(Record):
    """A span that names a sector as an industry, and what the document says of it there.

    ``term`` is the label of the taxonomy that matched; ``sentence`` and ``block`` are indexes.
    ``probability`` is calibrated: of mentions with .8, about four in five have this class.
    ``declared_by`` is the index of the declaration whose member it is, if any.
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
    declared_by: int | None = None


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

    ``marks`` are spans within ``text`` that carry the evidence, the main one first; ``page`` is a
    zero-based index and ``page_label`` the printed one.
    """

    document: str
    page: int
    page_label: str
    text: str
    start: int
    end: int
    marks: tuple[Span, ...] = ()
    boxes: tuple[tuple[int, BBox], ...] = ()
    place: str = ""
    """The line and the heading, in a text without pages."""
    line: int | None = None
    """Where it begins in the file, from 1; told in files of findings, for text formats alone."""
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    """The column behind its last character."""

    @property
    def where(self) -> str:
        """Where a person finds it: 'page 12', or 'line 120, under "Our sectors"'."""
        return self.place or f"page {self.page_label}"

    @property
    def main(self) -> Span:
        """The words of the document that carry the evidence: the main ones, or all."""
        first, last = self.marks[0] if self.marks else (0, self.end - self.start)
        return self.start + first, self.start + last


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


class Excerpt(Record, frozen=True):
    """A text to classify, as people label it; ``context_before`` is the text just before it."""

    id: str
    text: str
    context_before: str = ""
    place: str = ""
    kind: str = ""


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
    declarations: tuple[Declaration, ...] = ()

    def __repr__(self) -> str:
        """In a few words."""
        return (
            f"DocumentAnalysis({self.document.source!r}: {len(self.mentions)} mentions, "
            f"{len(self.priorities)} priorities)"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        kind = self.kind.kind.value if self.kind else ""
        rows = [
            (f"{p.rank}. {p.sector}", f"{p.basis.value}{_first_page(p)}") for p in self.priorities
        ]
        found = f"{len(self.mentions)} mentions of sectors, {len(self.declarations)} declarations"
        return card(self.name, (("kind", kind), ("found", found), *rows))

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


def _first_page(priority: Priority) -> str:
    return f", {priority.evidence[0].where}" if priority.evidence else ""
