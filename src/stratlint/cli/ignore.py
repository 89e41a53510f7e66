"""``stratlint ignore``: set one finding aside, with a reason."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import say
from stratlint.errors import UsageError

if TYPE_CHECKING:
    from stratlint.suppression import Recent

EPILOG = """\b
Examples:
  stratlint ignore 0f3a9c1e5b7d2846 --reason "wool is heritage here"
  stratlint ignore 0f3a9c1e5b7d2846 --from out/findings.json --reason "agreed with the board" \\
      --by "A. Officer" --until 2027-03-31
  stratlint ignore --rule RU001 --document london.pdf --reason "the region has no rural areas"
"""


@click.command(epilog=EPILOG)
@click.argument("fingerprint", required=False)
@click.option("--reason", required=True, help="Why the finding is set aside.")
@click.option("--rule", help="The rule (id or name); known for findings of recent runs.")
@click.option("--document", help="Only in this document (file name or region).")
@click.option("--by", help="Who decided.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it counts.")
@click.option(
    "--from",
    "findings",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A findings.json to look the fingerprint up in, instead of giving --rule.",
)
@click.option(
    "--file",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The ignore file; by default that of the run, else stratlint-ignore.yaml here.",
)
def command(
    fingerprint: str | None,
    reason: str,
    rule: str | None,
    document: str | None,
    by: str | None,
    until: datetime | None,
    findings: Path | None,
    target: Path | None,
) -> None:
    """Set aside the finding with a FINGERPRINT, or a rule in one document.

    The fingerprint stands in findings.json, in SARIF and in the report. It survives a new
    layout, so the finding stays set aside when the document is set again.
    """
    from stratlint.rules.suppressions import Suppression
    from stratlint.settings import load_settings
    from stratlint.suppression import add_suppression, ignore_file, recall

    if fingerprint is not None and not re.fullmatch(r"[0-9a-f]{16}", fingerprint):
        raise UsageError(f"'{fingerprint}' is no fingerprint: 16 digits from 0-9a-f")
    if len(reason.strip()) < 3:
        raise UsageError(f"--reason '{reason}' says too little: give a reason in words")
    if fingerprint is None and not (rule and document):
        raise UsageError("give a fingerprint, or --rule and --document")
    recent = recall(fingerprint) if fingerprint else None
    rule = rule or _rule_of(fingerprint or "", findings, recent)
    path = target or (
        Path(recent.file) if recent else ignore_file(load_settings().settings, Path())
    )
    entry = Suppression(
        rule=rule,
        document=document,
        fingerprint=fingerprint,
        reason=reason,
        by=by,
        until=until.date() if until else None,
    )
    added = add_suppression(path, entry)
    said = "Set aside" if added else "Already set aside"
    say(f"{said}: {entry.describe()} ({reason}) in {path}")


def _rule_of(fingerprint: str, findings: Path | None, recent: Recent | None) -> str:
    """The rule of a fingerprint: from a file of findings, else from recent runs."""
    if findings is not None:
        from stratlint.difference import load_findings

        for finding in load_findings(findings).findings:
            if finding.fingerprint == fingerprint:
                return finding.rule
        raise UsageError(f"{findings}: no finding with the fingerprint {fingerprint}")
    if recent is None:
        raise UsageError(
            f"no recent run on this machine had a finding {fingerprint}; name the rule with "
            "--rule, or a findings.json with --from"
        )
    return recent.rule
