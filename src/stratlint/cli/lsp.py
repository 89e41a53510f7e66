"""``stratlint lsp``: remarks in an editor, over the language server protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import Command, Input
from stratlint.cli.options import load_flags, settings_options
from stratlint.errors import UsageError
from stratlint.records import Severity

EPILOG = """\b
Examples:
  stratlint lsp
  stratlint lsp --against corpora/english-regions --region "North East"
"""


@click.command(cls=Command, epilog=EPILOG)
@click.option("--region", help="The region of the drafts; recognised when not given.")
@click.option(
    "--area", multiple=True, metavar="NAME", help="The area they are for (may be repeated)."
)
@click.option("--year", type=click.IntRange(1900, 2100), help="The year of the drafts.")
@click.option(
    "--against", type=Input(exists=True), help="A corpus to compare with, or a profile of one."
)
@click.option(
    "--show",
    type=click.Choice([s.value for s in Severity]),
    help="Least severity that is shown.",
)
@settings_options
def command(
    region: str | None,
    area: tuple[str, ...],
    year: int | None,
    against: Path | None,
    show: str | None,
    **flags: Any,
) -> int:
    """Serve an editor: remarks in open drafts, and actions that set them aside.

    An editor starts this; it speaks the language server protocol on standard input and output.
    Text, Markdown and HTML are checked when they are opened, saved, and after a pause in
    typing. Needs stratlint[lsp].
    """
    from stratlint.run.check import must_be_corpus

    try:
        from stratlint.editor.server import make_server, serve
    except ImportError as error:
        raise UsageError(
            f"the language server needs more packages ({error.name}): pip install 'stratlint[lsp]'"
        ) from None
    from stratlint.run.corpus import Said

    given = {**flags, "show": show}
    # A faulty command line or settings file is told at once, to whoever starts the server.
    settings = load_flags(given, near=against).settings
    if against is not None:
        must_be_corpus(against, settings)
    least = settings.show
    said = Said(region=region or "", area=area, year=year)
    serve(make_server(lambda file: load_flags(given, near=file).settings, against, said, least))
    return 0
