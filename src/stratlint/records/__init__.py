"""The records that flow through stratlint: frozen, typed, one way.

Every record is a :class:`msgspec.Struct`, so it goes to JSON, to the cache and to another
process without hand-written code. Spans are half-open character offsets into
``Document.text``; boxes are ``(x0, top, x1, bottom)`` in PDF points from the top left corner
of the page as it is shown.
"""

from __future__ import annotations

from stratlint.records.areas import (
    Area,
    AreaPart,
    AreaProfile,
    LabourMarket,
    Neighbour,
    SectorFigures,
)
from stratlint.records.base import BBox, Record, Span
from stratlint.records.comparison import (
    Alignment,
    Comparison,
    Fit,
    Holding,
    Keyword,
    Passage,
    PassageKind,
    Similarity,
)
from stratlint.records.documents import (
    Block,
    Document,
    Guess,
    Line,
    OutlineEntry,
    Page,
    ReadWarning,
    Role,
)
from stratlint.records.evidence import Figure, Quotient, quotients_of
from stratlint.records.language import (
    ActorMention,
    Basis,
    Commitment,
    Declaration,
    DocumentAnalysis,
    DocumentKind,
    Excerpt,
    Feature,
    Form,
    Kind,
    Member,
    Mention,
    PlaceMention,
    Polarity,
    Priority,
    Quotation,
    Sentence,
    Voice,
)
from stratlint.records.rules import (
    CheckPassed,
    Confidence,
    Finding,
    Profile,
    RuleNotRun,
    Severity,
)
from stratlint.records.runs import (
    AuditResult,
    ExitCode,
    NotRead,
    RuleCard,
    RunInfo,
    Sector,
    SourceNote,
)

__all__ = [
    "ActorMention",
    "Alignment",
    "Area",
    "AreaPart",
    "AreaProfile",
    "AuditResult",
    "BBox",
    "Basis",
    "Block",
    "CheckPassed",
    "Commitment",
    "Comparison",
    "Confidence",
    "Declaration",
    "Document",
    "DocumentAnalysis",
    "DocumentKind",
    "Excerpt",
    "ExitCode",
    "Feature",
    "Figure",
    "Finding",
    "Fit",
    "Form",
    "Guess",
    "Holding",
    "Keyword",
    "Kind",
    "LabourMarket",
    "Line",
    "Member",
    "Mention",
    "Neighbour",
    "NotRead",
    "OutlineEntry",
    "Page",
    "Passage",
    "PassageKind",
    "PlaceMention",
    "Polarity",
    "Priority",
    "Profile",
    "Quotation",
    "Quotient",
    "ReadWarning",
    "Record",
    "Role",
    "RuleCard",
    "RuleNotRun",
    "RunInfo",
    "Sector",
    "SectorFigures",
    "Sentence",
    "Severity",
    "Similarity",
    "SourceNote",
    "Span",
    "Voice",
    "quotients_of",
]
