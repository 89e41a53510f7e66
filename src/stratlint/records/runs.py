"""A whole run: what was read, what was not, the cards of its rules, and all of its results."""

from __future__ import annotations

from enum import IntEnum
from importlib import import_module
from typing import Any

import msgspec

from stratlint.records.areas import AreaProfile
from stratlint.records.base import Record, card
from stratlint.records.comparison import Comparison
from stratlint.records.language import DocumentAnalysis
from stratlint.records.rules import (
    CheckPassed,
    Confidence,
    Finding,
    Profile,
    RuleNotRun,
    Severity,
)


class ExitCode(IntEnum):
    """What the process says when it ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


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
    """What a report needs of a rule that was in force.

    ``precision`` is the share of ``judged`` findings that were right and useful on documents
    that nobody had tuned the rule on; ``kinds`` are those it is asked of, empty for all.
    """

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
    pack: str = "core"
    kinds: tuple[str, ...] = ()

    @property
    def right(self) -> int | None:
        """How many of the judged findings were right and useful; None where none was judged."""
        if not self.judged or self.precision is None:
            return None
        return round(self.precision * self.judged)


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
    """Everything an audit found: what every reporter reads, and nothing else.

    ``subject`` is the source name of the draft in question, None where all documents are.
    """

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
    areas: tuple[AreaProfile, ...] = ()
    """What each strategy is about, with figures at that size and what its boundary cuts."""
    files: dict[str, str] = msgspec.field(default_factory=dict)
    """Source name of a document to the path of its file, for links."""
    subject: str | None = None

    def __repr__(self) -> str:
        """In a few words: the whole is megabytes."""
        about = f", about {self.subject}" if self.subject else ""
        return (
            f"AuditResult({self.title!r}{about}: {len(self.analyses)} documents, "
            f"{len(self.findings)} findings, {len(self.not_read)} not read)"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        live = [f for f in self.findings if f.suppressed is None]
        counts = ", ".join(
            f"{n} {severity.value}"
            for severity in Severity
            if (n := sum(f.severity is severity for f in live))
        )
        aside = len(self.findings) - len(live)
        return card(
            self.title,
            (
                ("draft", self.subject or ""),
                ("documents", str(len(self.analyses))),
                ("priorities", str(sum(len(a.priorities) for a in self.analyses))),
                ("findings", (counts or "none") + (f"; {aside} set aside" if aside else "")),
                ("not read", "; ".join(f"{n.source}: {n.reason}" for n in self.not_read)),
                ("warnings", "; ".join(self._warned())),
                ("see", "stratlint.frames, result.plot, stratlint.write_reports"),
            ),
        )

    def _warned(self) -> list[str]:
        """The warnings; what is said of several documents is said once, behind the others."""
        sources = {a.document.source for a in self.analyses}
        alone, shared = [], dict[str, list[str]]()
        for warning in self.warnings:
            source, _, words = warning.partition(": ")
            if words and source in sources:
                shared.setdefault(words, []).append(source)
            else:
                alone.append(warning)
        found = [*alone]
        for words, names in sorted(shared.items(), key=lambda item: len(item[1])):
            found.append(f"{names[0] if len(names) == 1 else f'{len(names)} documents'}: {words}")
        return found

    @property
    def plot(self) -> Any:
        """The pictures of the result as matplotlib axes: ``result.plot.matrix()`` and others.

        Raises UsageError where matplotlib is not installed.
        """
        # Records know no room above them: the one that draws is looked up by its name, late.
        return import_module("stratlint.tables.plots").Plots(self)

    def sector_name(self, sector: str) -> str:
        """The taxonomy's name of a sector, or its id."""
        return next((s.name for s in self.sectors if s.id == sector), sector)

    def analysis(self, document: str) -> DocumentAnalysis:
        """The analysis of a document by its source name. Raises KeyError."""
        for analysis in self.analyses:
            if analysis.document.source == document:
                return analysis
        raise KeyError(document)

    def area(self, document: str) -> AreaProfile | None:
        """The area of a document by its source name, None where it is not known."""
        return next((a for a in self.areas if a.document == document), None)

    def worst(self) -> Severity | None:
        """The most severe unsuppressed finding's severity, or None."""
        live = [f.severity for f in self.findings if f.suppressed is None]
        return max(live, key=lambda s: s.weight, default=None)
