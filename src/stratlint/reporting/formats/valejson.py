"""The JSON that vale prints, for editors whose plug-ins read that.

The shape is that of ``vale --output=JSON``, version 3: an object with a list of alerts for each
file; ``Line`` and both ends of ``Span`` count from 1, and the span ends on its last character.
"""

from __future__ import annotations

import json
from typing import Any

from stratlint.errors import shown
from stratlint.records import AuditResult, Finding, Quotation, Severity
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import found_at
from stratlint.reporting.words import sentence

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "suggestion"}
_WHOLE = "(the whole document)"
_REST_OF_LINE = 1_000
"""The last column of words that go on in the next line: editors cut it at the line's end."""


def render(result: AuditResult) -> str:
    """Findings that stand, in the order of their lines; a file without any has an empty list."""
    index = Index(result)
    alerts: dict[str, list[dict[str, Any]]] = {
        _file(result, a.document.source): []
        for a in result.analyses
        if result.subject in (None, a.document.source)
    }
    for finding in index.live:
        if finding.document is not None:
            alerts.setdefault(_file(result, finding.document), []).append(_alert(index, finding))
    for found in alerts.values():
        found.sort(key=lambda alert: (alert["Line"], alert["Span"]))
    return json.dumps(alerts, ensure_ascii=False, indent=2) + "\n"


def _file(result: AuditResult, document: str) -> str:
    return shown(result.files.get(document, document))


def _match(index: Index, words: Quotation) -> str:
    """The words of the span, which is that of the main words quoted."""
    analysis = index.analysis(words.document)
    start, end = words.main
    return one_line(analysis.document.text[start:end]) if analysis is not None else words.text


def _alert(index: Index, finding: Finding) -> dict[str, Any]:
    at = found_at(index, finding)
    words = next(iter(finding.own_quotations), None)
    message = f"{sentence(one_line(finding.message))}."
    if at is None and finding.where:
        # What has no line says its page.
        message = f"{message} ({one_line(finding.where)})"
    span = [1, 1]
    if at is not None:
        span = [at.column, at.end_column - 1 if at.line == at.end_line else _REST_OF_LINE]
    return {
        "Action": {"Name": "", "Params": None},
        "Span": span,
        "Check": f"stratlint.{finding.rule}",
        "Description": one_line(f"{finding.why} {finding.fix}"),
        "Link": "",
        "Message": message,
        "Severity": _LEVEL[finding.severity],
        # An editor takes an empty match for the readability of a file and may not list it.
        "Match": _match(index, words) if words is not None else _WHOLE,
        "Line": at.line if at is not None else 1,
    }
