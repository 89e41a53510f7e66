"""GitHub workflow commands: annotations on a run or a pull request."""

from __future__ import annotations

from stratlint.errors import shown
from stratlint.records import AuditResult, Severity
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import found_at
from stratlint.reporting.words import sentence

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: AuditResult) -> str:
    """One command a finding that stands, worst first (GitHub shows ten of each kind a step)."""
    index = Index(result)
    lines = []
    for finding in index.live:
        properties = []
        if finding.document is not None:
            path = result.files.get(finding.document)
            properties.append(f"file={_property(shown(path) if path else finding.document)}")
            at = found_at(index, finding)
            if at is not None:
                properties += [f"line={at.line}", f"endLine={at.end_line}"]
                if at.line == at.end_line:
                    # GitHub takes columns within one line only.
                    properties += [f"col={at.column}", f"endColumn={at.end_column - 1}"]
        where = f", {one_line(finding.where)}" if finding.where else ""
        title = f"{finding.rule} {finding.name}{where}"
        properties.append(f"title={_property(title)}")
        words = f"{sentence(one_line(finding.message))}. {one_line(finding.fix)}".strip()
        lines.append(f"::{_COMMAND[finding.severity]} {','.join(properties)}::{_data(words)}\n")
    for item in result.not_read:
        words = f"{one_line(item.source)} was not read: {one_line(item.reason)}"
        lines.append(f"::error title=not read::{_data(words)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    """Escape a message as actions/toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property, where commas and colons separate."""
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
