"""``stratlint profile``: what corpus rules need of a corpus, without its texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stratlint.cli.common import FORCE, Command, Input, Target, emit, running, say
from stratlint.cli.options import settings_from, settings_options
from stratlint.errors import shown
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from stratlint.digest import Digest

EPILOG = """\b
Examples:
  stratlint profile corpora/english-regions -o regions.json
  stratlint check draft.pdf --against regions.json
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("corpus", type=Input())
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
    from stratlint.digest import encode_digest
    from stratlint.run.corpus import load_corpus
    from stratlint.run.digesting import digest_of

    settings = settings_from(flags, near=corpus)
    with running(settings) as run:
        made = digest_of(load_corpus(corpus, settings), run)
    emit(encode_digest(made.digest), output)
    for message in made.warnings:
        say(message)
    for item in made.not_read:
        say(f"{item.source}: not read: {item.reason}")
    say(f"Written: {shown(output)} ({_counted(made.digest)})")
    return ExitCode.UNREADABLE if made.not_read else ExitCode.CLEAN


def _counted(digest: Digest) -> str:
    """'9 strategies, 1 source'."""
    sources = sum(entry.role == "source" for entry in digest.documents)
    strategies = len(digest.documents) - sources
    said = f"{strategies} {'strategy' if strategies == 1 else 'strategies'}"
    return said + (f", {sources} source{'' if sources == 1 else 's'}" if sources else "")
