"""``stratlint init``: a manifest and settings for a folder of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import Command, Input, running, say
from stratlint.cli.options import settings_from, settings_options
from stratlint.records import ExitCode

EPILOG = """\b
Examples:
  stratlint init strategies/
  stratlint init strategies/ --force
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("folder", type=Input())
@click.option("--force", is_flag=True, help="Replace a manifest and settings that are there.")
@settings_options
def command(folder: Path, force: bool, **flags: Any) -> int:
    """Make a manifest and settings for a FOLDER of documents.

    Titles, regions and years are guessed from the text and marked as guesses in the manifest.
    Nothing is replaced without --force. The exit code is 3 when a document could not be read.
    """
    from stratlint.run.begin import begin

    settings = settings_from(flags, near=folder)
    with running(settings) as run:
        made = begin(folder, run, force=force)
    for guess in made.guesses:
        entry = guess.entry
        known = [entry.region or "no region", str(entry.year or "no year"), entry.title or ""]
        say(f"{entry.source}: {', '.join(part for part in known if part)}")
    for source, reason in made.not_read:
        say(f"{source}: not read: {reason}")
    say(f"Written: {made.manifest}" + (f", {made.settings}" if made.settings else ""))
    say("Look at what is marked as guessed, then: stratlint audit " + str(folder))
    return ExitCode.UNREADABLE if made.not_read else ExitCode.CLEAN
