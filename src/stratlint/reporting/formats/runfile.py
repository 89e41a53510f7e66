"""run.json: how a run was made, so that somebody else can make it again."""

from __future__ import annotations

from stratlint.records import AuditResult, Document
from stratlint.reporting.formats.jsonfile import dump


def render(result: AuditResult) -> str:
    """Versions, settings, inputs by hash and what they were taken for, and what failed."""
    run = result.run
    taken = {each.document.source: _taken_for(each.document) for each in result.analyses}
    return dump(
        {
            "stratlint": run.version,
            "knowledge": run.knowledge,
            "title": result.title,
            "settings": run.settings,
            "inputs": [
                {"source": source, "sha256": run.inputs[source], **taken.get(source, {})}
                for source in sorted(run.inputs)
            ],
            "packages": {name: run.packages[name] for name in sorted(run.packages)},
            "sources": result.sources,
            "not_read": result.not_read,
            "not_run": result.not_run,
            "warnings": result.warnings,
            "counts": {
                "documents": len(result.analyses),
                "findings": sum(f.suppressed is None for f in result.findings),
                "suppressed": sum(f.suppressed is not None for f in result.findings),
            },
        },
        indent=2,
    )


def _taken_for(document: Document) -> dict[str, object]:
    """What a strategy was judged as, whether somebody said so or it was recognised."""
    return {
        "region": document.region,
        "area": None if document.area is None else document.area.in_manifest,
        "year": document.year,
    }
