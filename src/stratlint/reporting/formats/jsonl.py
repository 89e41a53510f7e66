"""JSON Lines: one finding a line, as in findings.json."""

from __future__ import annotations

from stratlint.records import AuditResult
from stratlint.reporting.formats.jsonfile import dump
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import placed_finding


def render(result: AuditResult) -> str:
    """Every finding on its own line, worst first; empty when there is none."""
    index = Index(result)
    found = (placed_finding(index, f) for f in (*index.live, *index.suppressed))
    return "".join(dump(finding, indent=None) for finding in found)
