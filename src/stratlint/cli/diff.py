"""``stratlint diff``: two versions of a document, or two saved runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stratlint.cli.common import (
    OUTPUT,
    Command,
    Input,
    emit,
    emit_json,
    is_watched,
    running,
    say,
    width_of,
)
from stratlint.cli.options import settings_from, settings_options
from stratlint.errors import UsageError
from stratlint.records import ExitCode, Severity

if TYPE_CHECKING:
    from stratlint.records import AuditResult, DocumentAnalysis
    from stratlint.reporting.formats.jsonfile import FindingsFile
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings
    from stratlint.versions import Difference

    _Side = tuple[FindingsFile, DocumentAnalysis | None]

EPILOG = """\b
Examples:
  stratlint diff draft-march.pdf draft-april.pdf --region "North East"
  stratlint diff old.docx new.docx --against corpora/english-regions --fail-on warning
  stratlint diff last-year/findings.json out/findings.json --format json -o changes.json
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("old", type=Input())
@click.argument("new", type=Input())
@click.option("--region", help="The region of both versions; recognised when not given.")
@click.option("--year", type=click.IntRange(1900, 2100), help="The year of both versions.")
@click.option(
    "--against",
    type=Input(exists=True),
    help="A corpus to compare both with, or a profile of one.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON.",
)
@OUTPUT
@settings_options
def command(
    old: Path,
    new: Path,
    region: str | None,
    year: int | None,
    against: Path | None,
    format_: str,
    output: Path | None,
    **flags: Any,
) -> int:
    """Compare the OLD and the NEW version of a document, or two saved findings.json.

    Priorities added, dropped and re-ranked; findings new, fixed and still there. The exit code
    is 1 when a finding at or above --fail-on is new.
    """
    from stratlint.versions import compare_versions

    settings = settings_from(flags, near=new)
    if _is_saved(old) and _is_saved(new):
        _refuse_for_saved_runs(region, year, against)
    with running(settings) as run:
        (before, old_text), (after, new_text) = _sides(old, new, run, region, year, against)
    texts = (old_text, new_text) if old_text is not None and new_text is not None else None
    found = compare_versions(before, after, names=(str(old), str(new)), texts=texts)
    if format_ == "json":
        from stratlint.reporting.formats.jsonfile import dump

        emit_json(dump(found), output)
    else:
        from stratlint.versions.text import render

        emit(render(found, colour=is_watched(output), width=width_of(output)), output)
    return _exit_code(found, settings.fail_on)


def _is_saved(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _refuse_for_saved_runs(region: str | None, year: int | None, against: Path | None) -> None:
    """Refuse what changes nothing in a run that is over."""
    given = {"--region": region, "--year": year, "--against": against}
    for flag, value in given.items():
        if value is not None:
            raise UsageError(f"{flag} is for documents; saved runs are compared as they are")


def _sides(
    old: Path,
    new: Path,
    run: Run,
    region: str | None,
    year: int | None,
    against: Path | None,
) -> tuple[_Side, _Side]:
    """Both versions, judged beside the same documents and, where none is given, in one region.

    The new version tells the region: fingerprints of both are made with it.
    """
    from stratlint.outputs import mixture
    from stratlint.run.check import (
        conclude_draft,
        gather_draft,
        must_be_there,
        open_against,
    )
    from stratlint.run.corpus import Said
    from stratlint.versions import load_findings

    drafts = [path for path in (old, new) if not _is_saved(path)]
    for path in drafts:
        must_be_there(path, run)
    opened = open_against(against, run, without=drafts) if drafts else None
    sides: dict[Path, _Side] = {}
    for path in (new, old):
        if opened is None or _is_saved(path):
            word = mixture(path.parent)
            if word is not None:
                say(f"warning: {word}")
            sides[path] = load_findings(path), None
            continue
        draft = gather_draft(path, opened, run, Said(region=region or "", year=year))
        for warning in draft.documents[0].warnings:
            if warning.code in ("region-guessed", "area-guessed"):
                say(warning.message)
        region = region or draft.corpus.entries[0].region
        sides[path] = _side(conclude_draft(draft, opened, run), run.settings, path)
    return sides[old], sides[new]


def _side(result: AuditResult, settings: Settings, path: Path) -> _Side:
    from stratlint.reporting.draft import draft_of
    from stratlint.run.suppressions import suppress
    from stratlint.versions import one_document

    # Not kept for `stratlint ignore`: an older version lies in a folder of its own, and an entry
    # written there would never be seen by the next check of the draft.
    result = suppress(result, settings, path.parent, keep=False)
    analysis = draft_of(result)
    return one_document(result, analysis.document.source), analysis


def _exit_code(found: Difference, fail_on: str) -> int:
    if fail_on == "never":
        return ExitCode.CLEAN
    least = Severity(fail_on).weight
    worse = any(c.finding.severity.weight >= least for c in found.new_findings)
    return ExitCode.FINDINGS if worse else ExitCode.CLEAN
