"""Markdown: a summary to put in a merge request, an issue or a wiki."""

from __future__ import annotations

import re

from stratlint.records import AuditResult, DocumentAnalysis, Finding
from stratlint.reporting.hygiene import excerpt, terminal
from stratlint.reporting.index import Index
from stratlint.reporting.summary import summarise

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$@-])")
PER_DOCUMENT = 40


def render(result: AuditResult) -> str:
    """Summary, a table of documents, then findings by document (the worst forty of each)."""
    index = Index(result)
    parts = [f"# {escape(result.title)}\n"]
    parts.append("\n".join(f"- {escape(line.text)}" for line in summarise(index)) + "\n")
    parts.append(_documents(index))
    subjects: list[DocumentAnalysis | None] = [None, *index.ordered]
    for subject in subjects:
        found = index.findings(subject)
        if found:
            label = index.label(subject.document.source if subject else None)
            parts.append(f"## {escape(label)}\n")
            parts.append("\n".join(_finding(f) for f in found[:PER_DOCUMENT]) + "\n")
            if len(found) > PER_DOCUMENT:
                # A check writes one output, so there may be no findings.csv beside this one.
                parts.append(f"and {len(found) - PER_DOCUMENT} more, all in the format csv\n")
    return "\n".join(parts)


def _documents(index: Index) -> str:
    lines = ["| Document | Year | Pages | Priorities | Findings |", "|---|---:|---:|---:|---:|"]
    for analysis in index.ordered:
        document = analysis.document
        lines.append(
            f"| {escape(index.label(document.source))} | {document.year or ''} "
            f"| {len(document.pages)} | {len(analysis.priorities)} "
            f"| {len(index.findings(analysis))} |"
        )
    return "\n".join(lines) + "\n"


def _finding(finding: Finding) -> str:
    page = f", {escape(finding.where)}" if finding.where else ""
    head = f"- **{finding.severity.value}** {finding.rule}{page}: {escape(finding.message)}"
    quotes = [f"  > {escape(excerpt(q)[0])}" for q in finding.quotations[:1]]
    return "\n".join((head, *quotes, f"  {escape(finding.fix)}"))


def escape(text: str) -> str:
    """One line in which nothing is markup: hostile text stays text."""
    return _SPECIAL.sub(r"\\\1", terminal(text)).replace("://", ":\u200b//")
