"""What rules say: findings, profiles, what passed and what could not run."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from stratlint.records.base import Record, card, plain
from stratlint.records.evidence import Figure
from stratlint.records.language import Quotation


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


class Finding(Record):
    """What a rule has to say.

    ``document`` is the source name and ``region`` the region; both are None for a finding
    about the corpus. ``page`` is a zero-based index. ``fingerprint`` hashes rule and
    normalised subject: no page, no offset, no file name, so it survives a new layout and a new
    name. Two documents may have findings of one fingerprint.

    A rule speaks once of a document: ``places`` says at how many places it holds, ``parts`` are
    the fingerprints of the single places in the order of ``quotations``, and ``sectors`` are
    all sectors that it is about. ``rank`` is 1 for what an author should read first of the
    document's findings; 0 where nothing was ranked. ``suppressed`` is the reason for which it is
    set aside, and ``marked`` the line of the mark in the document that gives it (its number among
    the marks of a Word or PDF file).
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
    marked: int | None = None
    sectors: tuple[str, ...] = ()
    places: int = 1
    parts: tuple[str, ...] = ()
    pack: str = "core"
    rank: int = 0
    place: str = ""

    def __repr__(self) -> str:
        """In a few words: the whole has every quotation."""
        about = f" {self.document}" if self.document else " the corpus"
        where = f", {self.where}" if self.where else ""
        return (
            f"Finding({self.rule} {self.severity.value},{about}{where}: {plain(self.message, 90)})"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        sure = f"{self.severity.value}, {self.confidence.value} confidence"
        figures = "; ".join(f"{f.label}: {f.value:g} ({f.source}, {f.year})" for f in self.figures)
        return card(
            f"{self.rule} {self.name}",
            (
                ("", sure),
                ("document", self.document or "all documents"),
                ("where", self.where),
                ("says", self.message),
                ("quotation", self.quotations[0].text if self.quotations else ""),
                ("figures", figures),
                ("to do", self.fix),
                ("set aside", self.suppressed or ""),
            ),
        )

    @property
    def own_quotations(self) -> tuple[Quotation, ...]:
        """What is quoted from its own document."""
        return tuple(q for q in self.quotations if q.document == self.document)

    @property
    def where(self) -> str:
        """Where a person finds it, such as 'page 12'; empty for what is about the whole."""
        return self.place or (f"page {self.page_label}" if self.page_label else "")


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
    """A rule that did not run, and why.

    ``documents`` are those it did not run on, empty for all; ``asked`` is False where the rule
    is not for that kind of document.
    """

    rule: str
    name: str
    reason: str
    documents: tuple[str, ...] = ()
    asked: bool = True


class CheckPassed(Record):
    """A rule that ran on a document (or the corpus: None) and found nothing to say."""

    rule: str
    name: str
    document: str | None = None
