"""``stratlint ignore``: set one finding aside, with a reason."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from stratlint.cli.common import Command, Input, say
from stratlint.errors import UsageError, shown

if TYPE_CHECKING:
    from stratlint.reporting.formats.jsonfile import DocumentEntry, FindingsFile
    from stratlint.rules.suppressions import Suppression
    from stratlint.run.suppressions import Place

EPILOG = """\b
Examples:
  stratlint ignore 0f3a9c1e5b7d2846 --reason "wool is heritage here"
  stratlint ignore 0f3a9c1e5b7d2846 --from out/findings.json --reason "agreed with the board" \\
      --by "A. Officer" --until 2027-03-31
  stratlint ignore --rule RU001 --document london.pdf --reason "the region has no rural areas"
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("fingerprint", required=False)
@click.option("--reason", required=True, help="Why the finding is set aside.")
@click.option("--rule", help="The rule (id or name); known for findings of recent runs.")
@click.option("--document", help="Only in this document (file name or region).")
@click.option("--by", help="Who decided.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it counts.")
@click.option(
    "--from",
    "findings",
    type=Input(dir_okay=False, exists=True),
    help="The findings.json of the run: its rule and its ignore file are taken from there.",
)
@click.option(
    "--file",
    "target",
    type=Input(dir_okay=False),
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
    layout and a new file name, so the finding stays set aside when the document is set again.
    A finding of several places gets an entry for each: a place that is new later is told.
    """
    from pydantic import ValidationError

    from stratlint.rules.suppressions import DIGITS, Suppression
    from stratlint.run.settings import first_fault
    from stratlint.run.suppressions import set_aside

    if fingerprint is not None and not re.fullmatch(r"[0-9a-f]{16}", fingerprint):
        raise UsageError(f"'{fingerprint}' is no fingerprint: 16 digits from 0-9a-f")
    if len(reason.strip()) < 3:
        raise UsageError(f"--reason '{reason}' says too little: give a reason in words")
    if fingerprint is None and not (rule and document):
        raise UsageError("give a fingerprint, or --rule and --document")
    if findings is not None:
        known = _of_file(findings, fingerprint, rule, target)
    else:
        known = _of_recent_runs(fingerprint, rule, target)
    place = _place(fingerprint, document, known)
    try:
        entry = Suppression(
            rule=known.rule or "" if rule is None else rule,
            document=document,
            sha256=place.sha256[:DIGITS] or None if place is not None else None,
            fingerprint=fingerprint,
            reason=reason,
            by=by,
            until=until.date() if until else None,
        )
    except ValidationError as error:
        raise UsageError(f"--{first_fault(error)}") from None
    _refuse_what_covers_nothing(entry, known)
    asked = (place,) if place is not None else known.places
    places = tuple(dict.fromkeys(part for one in asked for part in one.parts))
    entered = set_aside(known.file, entry, places)
    said = "Set aside" if entered.new else "Already set aside"
    many = f", each of its {len(places)} places" if places else ""
    say(f"{said}: {entry.describe()}{many} ({shown(reason)}) in {shown(known.file)}")
    for before in dict.fromkeys(_decided(item) for item in entered.replaced):
        if before != _decided(entry):
            say(f"replaced: {before}")


def _decided(entry: Suppression) -> str:
    """The reason of an entry, who decided and until when."""
    said = f"'{shown(entry.reason)}'"
    if entry.by:
        said += f", by {shown(entry.by)}"
    return f"{said}, until {entry.until}" if entry.until else said


def _place(fingerprint: str | None, document: str | None, known: _Known) -> Place | None:
    """The document that --document names, where it has the finding.

    Raises UsageError where only others have it: the entry would cover nothing.
    """
    if fingerprint is None or document is None or not known.places:
        return None
    for place in known.places:
        if document in (place.source, place.region):
            return place
    names = dict.fromkeys(n for p in known.places for n in (p.source, p.region) if n)
    raise UsageError(
        f"the finding {fingerprint} is about {' or '.join(names)}, not '{document}'; "
        "leave --document out"
    )


class _Known(NamedTuple):
    """What is known of the finding that is set aside, and the ignore file to write into.

    ``rule`` is None where nobody knows the finding; ``places`` are the documents that have it.
    """

    rule: str | None
    places: tuple[Place, ...]
    file: Path


def _of_recent_runs(fingerprint: str | None, rule: str | None, target: Path | None) -> _Known:
    """The rule of a finding of a recent run, and the ignore file of that run."""
    from stratlint.run.settings import load_settings
    from stratlint.run.suppressions import ignore_file, recall

    recent = recall(fingerprint) if fingerprint else None
    if rule is None and recent is None:
        raise UsageError(
            f"no recent run on this machine had a finding {fingerprint}; name the rule with "
            "--rule, or a findings.json with --from"
        )
    known, places = (recent.rule, recent.places) if recent else (None, ())
    if target is not None:
        return _Known(known, places, target)
    if recent is None or not recent.files:
        return _Known(known, places, ignore_file(load_settings().settings, Path()))
    if len(recent.files) > 1:
        # Two corpora that hold one region's document hold its findings, fingerprints and all.
        raise UsageError(
            f"several recent runs had a finding {fingerprint}; say which is meant with --from "
            f"and its findings.json, or name the ignore file with --file: "
            f"{', '.join(recent.files)}"
        )
    return _Known(known, places, Path(recent.files[0]))


def _of_file(path: Path, fingerprint: str | None, rule: str | None, target: Path | None) -> _Known:
    """The rule of a finding in a findings.json, and the ignore file of the run that wrote it."""
    from stratlint.outputs import mixture
    from stratlint.run.suppressions import places_of
    from stratlint.versions import load_findings

    file = load_findings(path)
    word = mixture(path.parent)
    if word is not None:
        say(f"warning: {word}")
    found = [f for f in file.findings if fingerprint in (f.fingerprint, *f.parts)]
    if not found and (rule is None or fingerprint is not None):
        raise UsageError(f"{path}: no finding with the fingerprint {fingerprint}")
    hashes = {entry.source: entry.sha256 for entry in file.documents}
    places = tuple(p for f in found for p in places_of(f, fingerprint or "", hashes))
    target = target or _file_of_run(path, file, found[0].document if found else None)
    return _Known(found[0].rule if found else None, places, target)


def _file_of_run(path: Path, file: FindingsFile, document: str | None) -> Path:
    """The ignore file that the next such run will look into.

    Never that of a recent run: fingerprints are the same in every corpus with this document.
    """
    from stratlint.run.settings import load_settings
    from stratlint.run.suppressions import ignore_file

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


def _refuse_what_covers_nothing(entry: Suppression, known: _Known) -> None:
    """Refuse a rule that there is not, and a rule that the finding has not.

    Such an entry would be written, and the finding would be back in the next run.
    """
    if entry.rule != known.rule:
        _check_rule(entry.rule, known.rule, entry.fingerprint)


def _check_rule(given: str, right: str | None, fingerprint: str | None) -> None:
    """Refuse a name that is no rule's, or not that of the ``right`` rule's id."""
    from stratlint.knowledge.yamlfile import nearest
    from stratlint.rules import every_rule
    from stratlint.run.settings import load_settings

    folders = load_settings().settings.rules_dirs
    rules = every_rule(tuple(Path(folder) for folder in folders))
    ids = {name: rule.id for rule in rules for name in (rule.id, rule.name)}
    if given not in ids:
        lower = {name.lower(): name for name in ids}
        close = nearest(given.lower(), list(lower))
        hint = f"; did you mean '{lower[close]}'?" if close else ""
        raise UsageError(f"there is no rule '{given}'{hint}")
    if right is not None and ids[given] != right:
        raise UsageError(
            f"the finding {fingerprint} is of {right}, not of {given}; leave --rule out"
        )
