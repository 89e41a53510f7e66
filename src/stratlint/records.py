"""The records that flow through stratlint: frozen, typed, one way.

Every record is a :class:`msgspec.Struct`, so it goes to JSON, to the cache and to another
process without hand-written code. Spans are half-open character offsets into
``Document.text``; boxes are ``(x0, top, x1, bottom)`` in PDF points from the top left corner
of the page as it is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum, StrEnum
from typing import Any, TypeAlias, dataclass_transform

import msgspec

BBox: TypeAlias = tuple[float, float, float, float]
Span: TypeAlias = tuple[int, int]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class _RecordMeta(msgspec.StructMeta):
    """Tells type checkers that subclasses of :class:`Record` are frozen without saying so."""


class Record(msgspec.Struct, metaclass=_RecordMeta, frozen=True, kw_only=True):
    """A frozen record; fields are passed by name."""


class ExitCode(IntEnum):
    """What the process says when it ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


class Role(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    QUOTATION = "quotation"
    CONTENTS = "contents"
    RUNNING_HEAD = "running_head"

    @property
    def is_body(self) -> bool:
        """Whether a reader would read it aloud as part of the text."""
        return self not in (Role.FOOTNOTE, Role.RUNNING_HEAD)


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


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """Error 3, warning 2, info 1: for comparing and sorting."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Confidence(StrEnum):
    """How sure a finding is, kept apart from how much it matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


# --- documents ---------------------------------------------------------------------------


class ReadWarning(Record):
    """Something the reader saw and could not put right.

    ``code`` is one of ``scanned-page``, ``no-unicode``, ``glued-words``, ``split-words``,
    ``mended``, ``rotated``, ``truncated``, ``ocr``, ``encoding`` or ``region-guessed``;
    ``page`` is a zero-based index.
    """

    code: str
    message: str
    page: int | None = None


class Page(Record):
    """One page: zero-based ``index``, printed ``label``, size in points."""

    index: int
    label: str
    width: float = 0.0
    height: float = 0.0


class Line(Record):
    """One printed line of a block: its span in the text, its page and its box."""

    start: int
    end: int
    page: int
    bbox: BBox


class OutlineEntry(Record):
    """A bookmark of the document: level from 1, zero-based page."""

    level: int
    title: str
    page: int | None = None


class Block(Record):
    """A run of text with one role.

    ``level`` is the depth of a heading (1 = top) or of a list item. ``heading`` and
    ``lead_in`` are indexes into ``Document.blocks``: the nearest heading above, and the
    paragraph that introduces a list. A table row has its cells' spans in ``cells`` and, where
    the table has one, the index of its header row in ``header``; a header row names itself.
    """

    role: Role
    page: int
    start: int
    end: int
    level: int | None = None
    bbox: BBox | None = None
    heading: int | None = None
    lead_in: int | None = None
    header: int | None = None
    cells: tuple[Span, ...] = ()
    lines: tuple[Line, ...] = ()


class Document(Record):
    """One file as read.

    ``text`` holds the body in reading order first, up to ``body_end``; footnotes and running
    heads follow, so that no offset of the body depends on them. For plain text that was not
    repaired, ``text`` is the decoded file.
    """

    sha256: str
    source: str
    reader: str
    text: str
    body_end: int
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    region: str | None = None
    title: str | None = None
    year: int | None = None
    outline: tuple[OutlineEntry, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()

    @property
    def body(self) -> str:
        """The text a person would read, without notes and furniture."""
        return self.text[: self.body_end]

    def block_text(self, index: int) -> str:
        """The text of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def block_at(self, offset: int) -> int | None:
        """Index of the block that holds a character offset, or None between blocks."""
        starts = [block.start for block in self.blocks]
        index = bisect_right(starts, offset) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return index

    def page_at(self, offset: int) -> Page:
        """The page on which a character stands (a paragraph may run over two)."""
        index = self.block_at(offset)
        if index is None:
            starts = [block.start for block in self.blocks]
            index = max(0, bisect_right(starts, offset) - 1)
        if not self.blocks:
            return self.pages[0] if self.pages else Page(index=0, label="1")
        block = self.blocks[index]
        page = block.page
        for line in block.lines:
            if line.start <= offset:
                page = line.page
        return self.pages[page]

    def boxes(self, start: int, end: int) -> tuple[tuple[int, BBox], ...]:
        """(page index, box) of every printed line that a span touches; empty without layout."""
        found: list[tuple[int, BBox]] = []
        for block in self.blocks:
            if block.end <= start or block.start >= end:
                continue
            found += [(i.page, i.bbox) for i in block.lines if i.end > start and i.start < end]
        return tuple(found)


# --- language ----------------------------------------------------------------------------


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


class DocumentAnalysis(Record):
    """Everything that is known of one document on its own."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    priorities: tuple[Priority, ...]

    @property
    def name(self) -> str:
        """What reports call this document: its region, else its file name."""
        return self.document.region or self.document.source

    def sentence_text(self, index: int) -> str:
        """The text of one sentence."""
        sentence = self.sentences[index]
        return self.document.text[sentence.start : sentence.end]

    def priority(self, sector: str) -> Priority | None:
        """The document's priority on a sector, if it has one."""
        return next((p for p in self.priorities if p.sector == sector), None)


# --- evidence ----------------------------------------------------------------------------


class Figure(Record):
    """A number with its source and year: the other kind of evidence beside a quotation."""

    label: str
    value: float
    unit: str
    source: str
    year: int
    region: str | None = None
    sector: str | None = None
    detail: str = ""


class Quotient(Record):
    """A location quotient: (x_rs / x_r) / (x_ns / x_n), with everything needed to judge it.

    ``size`` is x_rs in ``unit``; ``years`` holds (year, value) of the years looked at, and
    ``reliable`` is False where the cell is small or the years disagree.
    """

    region: str
    sector: str
    value: float
    year: int
    measure: str
    source: str
    size: float
    unit: str
    codes: tuple[str, ...]
    years: tuple[tuple[int, float], ...] = ()
    reliable: bool = True
    caveat: str = ""


# --- comparison --------------------------------------------------------------------------


class PassageKind(StrEnum):
    """How two holders of a passage differ."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PLACE_SWAPPED = "place-swapped"


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
    ``contents`` or ``references``; ``substance`` is the mean idf of the shared words.
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


class Similarity(Record):
    """Two documents compared.

    ``jaccard`` and ``overlap`` are of the priority sets; ``z`` and ``p`` say how unusual the
    overlap is against a permutation null with row and column sums fixed; ``text`` is the
    cosine of TF-IDF vectors with places masked; ``jensen_shannon`` is in bits.
    """

    a: str
    b: str
    jaccard: float
    overlap: float
    z: float
    p: float
    text: float
    jensen_shannon: float


class Keyword(Record):
    """A word that marks one document off from the rest, with the raw counts behind the score."""

    word: str
    document: str
    count: int
    reference_count: int
    z: float
    g2: float


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


# --- rules -------------------------------------------------------------------------------


class Finding(Record):
    """What a rule has to say.

    ``document`` is the source name and ``region`` the region; both are None for a finding
    about the corpus. ``page`` is a zero-based index. ``fingerprint`` hashes rule, region and
    the normalised subject: no page, no offset, so it survives a new layout.
    """

    rule: str
    name: str
    family: str
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fix: str
    fingerprint: str
    document: str | None = None
    region: str | None = None
    sector: str | None = None
    page: int | None = None
    page_label: str | None = None
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    suppressed: str | None = None


class Profile(Record):
    """A description of one document on one question, with its evidence; never a grade.

    ``kind`` is ``journey``, ``leadership``, ``cities``, ``rural``, ``network`` or
    ``themes``; ``value`` is the answer in a word or two, ``facts`` its measured parts.
    """

    kind: str
    document: str
    value: str
    summary: str
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    quotations: tuple[Quotation, ...] = ()


class RuleNotRun(Record):
    """A rule that did not run, and why."""

    rule: str
    name: str
    reason: str


class CheckPassed(Record):
    """A rule that ran on a document (or the corpus: None) and found nothing to say."""

    rule: str
    name: str
    document: str | None = None


# --- whole runs --------------------------------------------------------------------------


class NotRead(Record):
    """An input that could not be read: its name, a code and a reason a person can act on."""

    source: str
    code: str
    reason: str


class Sector(Record):
    """An entry of the taxonomy, as reports need it."""

    id: str
    name: str
    sic2007: tuple[str, ...] = ()


class RuleCard(Record):
    """What a report needs of a rule that was in force."""

    id: str
    name: str
    family: str
    severity: Severity
    confidence: Confidence
    why: str
    fix: str
    scope: str
    known_false_alarms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    precision: float | None = None
    judged: int = 0
    preview: bool = False


class SourceNote(Record):
    """Where a table of official figures comes from."""

    name: str
    title: str
    publisher: str
    licence: str
    date: str
    url: str = ""


class RunInfo(Record):
    """How a run was made, so that somebody else can make it again."""

    version: str
    knowledge: str
    settings: dict[str, Any]
    inputs: dict[str, str]
    packages: dict[str, str] = msgspec.field(default_factory=dict)


class AuditResult(Record):
    """Everything an audit found: what every reporter reads, and nothing else."""

    title: str
    analyses: tuple[DocumentAnalysis, ...]
    comparison: Comparison | None
    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]
    passed: tuple[CheckPassed, ...]
    not_run: tuple[RuleNotRun, ...]
    not_read: tuple[NotRead, ...]
    rules: tuple[RuleCard, ...]
    sectors: tuple[Sector, ...]
    sources: tuple[SourceNote, ...]
    run: RunInfo
    warnings: tuple[str, ...] = ()
    files: dict[str, str] = msgspec.field(default_factory=dict)
    """Source name of a document to the path of its file, for links."""

    def sector_name(self, sector: str) -> str:
        """The taxonomy's name of a sector, or its id."""
        return next((s.name for s in self.sectors if s.id == sector), sector)

    def analysis(self, document: str) -> DocumentAnalysis:
        """The analysis of a document by its source name. Raises KeyError."""
        for analysis in self.analyses:
            if analysis.document.source == document:
                return analysis
        raise KeyError(document)

    def worst(self) -> Severity | None:
        """The most severe unsuppressed finding's severity, or None."""
        live = [f.severity for f in self.findings if f.suppressed is None]
        return max(live, key=lambda s: s.weight, default=None)
