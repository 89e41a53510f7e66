"""run.json: how a run was made, so that somebody else can make it again."""

from __future__ import annotations

from stratlint.records import AuditResult
from stratlint.reporting.formats.jsonfile import dump


def render(result: AuditResult) -> str:
    """Versions, settings, hashes of inputs, sources, what was not read and what was not run."""
    run = result.run
    return dump(
        {
            "stratlint": run.version,
            "knowledge": run.knowledge,
            "title": result.title,
            "settings": run.settings,
            "inputs": [
                {"source": source, "sha256": run.inputs[source]} for source in sorted(run.inputs)
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
