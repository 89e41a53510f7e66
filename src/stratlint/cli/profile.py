"""``stratlint profile``: what corpus rules need of a corpus, without its texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stratlint.cli.common import FORCE, Command, Target, emit, progress, say
from stratlint.cli.options import settings_from, settings_options
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from stratlint.digest import ProfileFile

EPILOG = """\b
Examples:
  stratlint profile corpora/english-regions -o regions.json
  stratlint check draft.pdf --against regions.json
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=Target(),
    required=True,
    help="The profile to write (JSON).",
)
@FORCE
@settings_options
def command(corpus: Path, output: Path, **flags: Any) -> int:
    """Save what corpus rules need of a CORPUS, without its texts.

    With a profile a draft is checked against documents that its author does not hold. The file
    has no sentence in it: priorities, word counts with places masked, and hashes of word runs
    with their pages.
    """
    from stratlint.digest import encode_profile, make_profile
    from stratlint.run.corpus import load_corpus

    settings = settings_from(flags)
    found = load_corpus(corpus)
    with progress("Reading", len(found.entries)) as tick:
        profile, done, warnings = make_profile(found, settings, tick=tick)
    emit(encode_profile(profile), output)
    for message in warnings:
        say(message)
    for item in done.not_read:
        say(f"{item.source}: not read: {item.reason}")
    say(f"Written: {output} ({_counted(profile)})")
    return ExitCode.UNREADABLE if done.not_read else ExitCode.CLEAN


def _counted(profile: ProfileFile) -> str:
    """'9 strategies, 1 source'."""
    sources = sum(entry.role == "source" for entry in profile.documents)
    strategies = len(profile.documents) - sources
    said = f"{strategies} {'strategy' if strategies == 1 else 'strategies'}"
    return said + (f", {sources} source{'' if sources == 1 else 's'}" if sources else "")
