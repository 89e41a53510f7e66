"""Two versions of a document, or two saved runs: what changed in priorities and findings."""

from __future__ import annotations

from stratlint.versions.changes import Difference, FindingChange, PriorityChange, TextChange
from stratlint.versions.compare import compare_versions, load_findings, one_document

__all__ = [
    "Difference",
    "FindingChange",
    "PriorityChange",
    "TextChange",
    "compare_versions",
    "load_findings",
    "one_document",
]
