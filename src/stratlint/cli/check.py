"""``stratlint check``: one draft before publication."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import OUTPUT, emit, progress, say
from stratlint.cli.options import exit_code, settings_from, settings_options
from stratlint.records import Severity

EPILOG = """\b
Examples:
  stratlint check draft.pdf
  stratlint check draft.docx --region "North East" --against corpora/english-regions
  stratlint check draft.pdf --fail-on warning --format sarif -o draft.sarif
  stratlint check draft.pdf --annotate draft-with-notes.pdf
"""


@click.command(epilog=EPILOG)
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--region", help="The region the draft is for; recognised when not given.")
@click.option("--year", type=click.IntRange(1900, 2100), help="The year of the draft.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    help="A corpus to compare with, or a profile of one.",
)
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    help="text, html, json, sarif, markdown, … : one output, to standard output or -o.",
)
@click.option(
    "--show",
    type=click.Choice([s.value for s in Severity]),
    help="Least severity that is printed.",
)
@click.option("--statistics", is_flag=True, help="Print a count for each rule, not findings.")
@click.option(
    "--annotate",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a copy of the draft with the findings as notes (.pdf or .docx).",
)
@OUTPUT
@settings_options
def command(
    draft: Path,
    region: str | None,
    year: int | None,
    against: Path | None,
    format_: str,
    show: str | None,
    statistics: bool,
    annotate: tuple[Path, ...],
    output: Path | None,
    **flags: Any,
) -> int:
    """Check a DRAFT: what will an auditor say of it, and what to fix first?

    Without --against only rules that need no other document run; the others are listed as
    not run.
    """
    from stratlint.checking import check_draft
    from stratlint.reporting.draft import render_draft
    from stratlint.suppression import suppress

    settings = settings_from({**flags, "show": show})
    with progress("Reading", None) as tick:
        result = check_draft(draft, settings, region=region, year=year, against=against, tick=tick)
    result = suppress(result, settings, draft.parent)
    for warning in result.warnings:
        say(warning)
    colour = output is None and format_ == "text" and sys.stdout.isatty()
    emit(
        render_draft(result, format_, colour=colour, show=settings.show, statistics=statistics),
        output,
    )
    for target in annotate:
        from stratlint.reporting.annotate import annotate_draft

        annotate_draft(result, draft, target)
        say(f"Annotated: {target}")
    return exit_code(result, settings.fail_on)
