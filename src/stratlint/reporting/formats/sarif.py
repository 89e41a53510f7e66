"""SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from stratlint.records import AuditResult, Finding, Quotation, RuleCard, Severity
from stratlint.reporting.formats.jsonfile import dump
from stratlint.reporting.hygiene import excerpt, one_line
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import quoted

SCHEMA_URI = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: AuditResult) -> str:
    """One run. A page is a logical location, because a PDF has no lines to point at."""
    return dump(log(result), indent=2)


def log(result: AuditResult) -> dict[str, Any]:
    """The SARIF log as plain values."""
    index = Index(result)
    rules = _rules(result)
    order = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "stratlint",
                "version": result.run.version,
                "informationUri": "https://stratlint.readthedocs.io",
                "rules": rules,
            }
        },
        "automationDetails": {"description": {"text": one_line(result.title) or "stratlint"}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {
                "location": {"uri": _uri(index, a.document.source)},
                "hashes": _hash(a.document.sha256),
            }
            for a in result.analyses
        ],
        "invocations": [_invocation(index)],
        "results": [_result(index, f, order) for f in (*index.live, *index.suppressed)],
    }
    return {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}


def _rules(result: AuditResult) -> list[dict[str, Any]]:
    cards = [_descriptor(card) for card in result.rules]
    known = {card.id for card in result.rules}
    extra = {f.rule: f for f in result.findings if f.rule not in known}
    for rule, finding in sorted(extra.items()):
        cards.append(
            {
                "id": rule,
                "name": finding.name,
                "shortDescription": {"text": finding.name},
                "help": {"text": one_line(f"{finding.why} {finding.fix}")},
                "defaultConfiguration": {"level": _LEVEL[finding.severity]},
            }
        )
    return cards


def _descriptor(card: RuleCard) -> dict[str, Any]:
    why, fix = one_line(card.why), one_line(card.fix)
    return {
        "id": card.id,
        "name": card.name,
        "shortDescription": {"text": card.name.replace("-", " ").capitalize()},
        "fullDescription": {"text": why or card.name},
        "help": {
            "text": f"{why}\n\nWhat to do: {fix}",
            "markdown": f"{why}\n\n**What to do:** {fix}",
        },
        "defaultConfiguration": {"level": _LEVEL[card.severity]},
        "properties": {
            "tags": list(dict.fromkeys((card.family, *card.tags))),
            "precision": {"high": "high", "medium": "medium", "low": "low"}[card.confidence.value],
        },
    }


def _result(index: Index, finding: Finding, order: dict[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": _LEVEL[finding.severity],
        "message": {"text": one_line(finding.message) or finding.name},
        "partialFingerprints": {"stratlint/v1": finding.fingerprint},
        "properties": {
            "confidence": finding.confidence.value,
            "region": finding.region,
            "sector": finding.sector,
            "figures": [
                {
                    "label": f.label,
                    "value": f.value,
                    "unit": f.unit,
                    "source": f.source,
                    "year": f.year,
                }
                for f in finding.figures
            ],
        },
    }
    made |= _places(index, finding)
    if finding.suppressed is not None:
        made["suppressions"] = [
            {
                "kind": "external" if finding.marked is None else "inSource",
                "status": "accepted",
                "justification": one_line(finding.suppressed),
            }
        ]
    return made


def _places(index: Index, finding: Finding) -> dict[str, Any]:
    """Where a finding stands, and what else carries it."""
    own = finding.own_quotations
    elsewhere = [q for q in finding.quotations if q.document != finding.document]
    made: dict[str, Any] = {}
    if finding.document is not None:
        shown = own[0] if own else None
        made["locations"] = [_location(index, finding.document, shown, finding)]
        elsewhere = [*own[1:], *elsewhere]
    elif elsewhere:
        # A finding on all documents stands where its first evidence does: GitHub refuses a whole
        # file for one result without a place.
        made["locations"] = [_location(index, elsewhere[0].document, elsewhere[0], finding)]
        elsewhere = elsewhere[1:]
    elif index.result.analyses:
        first = index.result.analyses[0].document.source
        made["locations"] = [_location(index, first, None, None)]
    made["relatedLocations"] = [
        {"id": number, **_location(index, q.document, q, None)}
        for number, q in enumerate(elsewhere, 1)
    ]
    return made


def _location(
    index: Index, document: str, quotation: Quotation | None, finding: Finding | None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(index, document)},
            "region": _region(index, document, quotation),
        }
    }
    page = quotation.page if quotation else (finding.page if finding else None)
    at = quotation or finding
    if page is not None:
        made["logicalLocations"] = [
            {
                "name": one_line(at.where if at and at.where else f"page {page + 1}"),
                "fullyQualifiedName": f"{one_line(document)}#page={page + 1}",
                "kind": "page",
            }
        ]
    if quotation is not None:
        words = one_line(excerpt(quotation)[0])
        made["message"] = {"text": words or "(no words)"}
    return made


def _region(index: Index, document: str, quotation: Quotation | None) -> dict[str, int]:
    """Lines and columns in text, Markdown and HTML, the first line of any other file.

    A PDF has no lines, but GitHub shows only results that name one; its page is the logical
    location.
    """
    at = quoted(index, quotation) if quotation is not None else None
    if quotation is None or at is None:
        return {"startLine": 1}
    made = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    analysis = index.analysis(document)
    if analysis is not None and analysis.document.reader == "text":
        made["charOffset"] = quotation.start
        made["charLength"] = max(0, quotation.end - quotation.start)
    return made


def _uri(index: Index, document: str) -> str:
    path = index.result.files.get(document, document).replace(os.sep, "/")
    return quote(os.fsencode(path), safe="/~!$&'()*+,;=@") or "unnamed"


def _hash(sha256: str) -> dict[str, str]:
    return {"sha-256": sha256}


def _invocation(index: Index) -> dict[str, Any]:
    result = index.result
    notes = [
        {
            "level": "error",
            "descriptor": {"id": n.code},
            "message": {"text": f"not read: {one_line(n.source)}: {one_line(n.reason)}"},
        }
        for n in result.not_read
    ]
    notes += [
        {
            "level": "note",
            "descriptor": {"id": n.rule},
            "message": {"text": f"not run: {n.name}: {one_line(n.reason)}"},
        }
        for n in result.not_run
    ]
    notes += [{"level": "warning", "message": {"text": one_line(w)}} for w in result.warnings]
    return {"executionSuccessful": not result.not_read, "toolExecutionNotifications": notes}
