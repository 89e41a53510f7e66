"""``stratlint ignore``: set one finding aside, with a reason."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import say
from stratlint.errors import UsageError

if TYPE_CHECKING:
    from stratlint.reporting.jsonfile import DocumentEntry, FindingsFile

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
    help="The findings.json of the run: its rule and its ignore file are taken from there.",
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
    from stratlint.suppression import add_suppression

    if fingerprint is not None and not re.fullmatch(r"[0-9a-f]{16}", fingerprint):
        raise UsageError(f"'{fingerprint}' is no fingerprint: 16 digits from 0-9a-f")
    if len(reason.strip()) < 3:
        raise UsageError(f"--reason '{reason}' says too little: give a reason in words")
    if fingerprint is None and not (rule and document):
        raise UsageError("give a fingerprint, or --rule and --document")
    if findings is not None:
        known, path = _of_file(findings, fingerprint, rule, target)
    else:
        known, path = _of_recent_runs(fingerprint, rule, target)
    entry = Suppression(
        rule=known,
        document=document,
        fingerprint=fingerprint,
        reason=reason,
        by=by,
        until=until.date() if until else None,
    )
    added = add_suppression(path, entry)
    said = "Set aside" if added else "Already set aside"
    say(f"{said}: {entry.describe()} ({reason}) in {path}")


def _of_recent_runs(
    fingerprint: str | None, rule: str | None, target: Path | None
) -> tuple[str, Path]:
    """The rule of a finding of a recent run, and the ignore file of that run."""
    from stratlint.settings import load_settings
    from stratlint.suppression import ignore_file, recall

    recent = recall(fingerprint) if fingerprint else None
    known = rule or (recent.rule if recent else None)
    if known is None:
        raise UsageError(
            f"no recent run on this machine had a finding {fingerprint}; name the rule with "
            "--rule, or a findings.json with --from"
        )
    if target is not None:
        return known, target
    if recent is None or not recent.files:
        return known, ignore_file(load_settings().settings, Path())
    if len(recent.files) > 1:
        # Two corpora that hold one region's document hold its findings, fingerprints and all.
        raise UsageError(
            f"several recent runs had a finding {fingerprint}; say which is meant with --from "
            f"and its findings.json, or name the ignore file with --file: "
            f"{', '.join(recent.files)}"
        )
    return known, Path(recent.files[0])


def _of_file(
    path: Path, fingerprint: str | None, rule: str | None, target: Path | None
) -> tuple[str, Path]:
    """The rule of a finding in a findings.json, and the ignore file of the run that wrote it."""
    from stratlint.difference import load_findings

    file = load_findings(path)
    finding = next((f for f in file.findings if f.fingerprint == fingerprint), None)
    known = rule or (finding.rule if finding else None)
    if known is None:
        raise UsageError(f"{path}: no finding with the fingerprint {fingerprint}")
    document = finding.document if finding else None
    return known, target or _file_of_run(path, file, document)


def _file_of_run(path: Path, file: FindingsFile, document: str | None) -> Path:
    """The ignore file that the next such run will look into.

    Never that of a recent run: fingerprints are the same in every corpus with this document.
    """
    from stratlint.settings import load_settings
    from stratlint.suppression import ignore_file

    settings = load_settings().settings
    named = _named_in_run(path)
    if named is not None:
        return ignore_file(settings.model_copy(update={"suppressions": named}), Path())
    folders = [
        folder
        for entry in file.documents
        if (document is None or entry.source == document) and (folder := _folder(entry))
    ]
    folder = folders[0] if folders else Path()
    if settings.suppressions is None and not folder.is_dir():
        raise UsageError(
            f"{path}: its documents lay in {folder}, which is not there, seen from here; "
            "name the ignore file with --file"
        )
    return ignore_file(settings, folder)


def _named_in_run(path: Path) -> str | None:
    """The ignore file that the settings of an audit named, as the run.json beside it tells."""
    beside = path.with_name("run.json")
    if path.name != "findings.json" or not beside.is_file():
        return None
    try:
        settings = json.loads(beside.read_bytes())["settings"]
        named = settings["suppressions"]
    except (ValueError, KeyError, TypeError):
        return None
    return named if isinstance(named, str) else None


def _folder(entry: DocumentEntry) -> Path | None:
    """The folder of the run: what is left of a document's path without its name in the corpus."""
    if entry.file is None:
        return None
    path, name = Path(entry.file), Path(entry.source)
    inside = path.parts[-len(name.parts) :] == name.parts
    return path.parents[len(name.parts) - 1] if inside else path.parent
