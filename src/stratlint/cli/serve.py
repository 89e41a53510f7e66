"""``stratlint serve``: a local page for people without a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import Command, Input, say
from stratlint.cli.options import load_flags, settings_options
from stratlint.errors import UsageError

EPILOG = """\b
Examples:
  stratlint serve --open
  stratlint serve --corpus corpora/english-regions --port 8080
  stratlint serve --corpus corpora/english-regions --behind https://drafts.example.org
  STRATLINT_TOKEN=… stratlint serve --host 192.168.1.20
"""


@click.command(cls=Command, epilog=EPILOG)
@click.option("--corpus", type=Input(exists=True), help="Documents to compare drafts with.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 = any free."
)
@click.option(
    "--behind",
    metavar="ADDRESS",
    help="A reverse proxy with sign-in stands in front, at this address (https://…).",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Listen at this address of the machine for others too; wants --token.",
)
@click.option(
    "--token",
    envvar="STRATLINT_TOKEN",
    help="The secret that lets others in, 20 characters or more (or STRATLINT_TOKEN).",
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option("--keep", is_flag=True, help="Keep the drafts when the page is closed.")
@click.option(
    "--max-upload-mb",
    type=click.IntRange(1, 2000),
    default=100,
    show_default=True,
    help="Largest file.",
)
@settings_options
def command(
    corpus: Path | None,
    port: int,
    behind: str | None,
    host: str,
    token: str | None,
    open_: bool,
    keep: bool,
    max_upload_mb: int,
    **flags: Any,
) -> int:
    """Open a local page: put a draft in, read the remarks beside its pages.

    The page is for this machine's own browser: it listens on 127.0.0.1, and the address that is
    printed holds a key that serves once. With --host and --token it listens on the network: the
    token opens it for whoever has it. Drafts stand in a folder of their own, which is removed
    at the end unless --keep.
    """
    from stratlint.run.check import must_be_corpus

    try:
        from stratlint.web.serving import serve
    except ImportError as error:
        raise UsageError(
            f"the page needs more packages ({error.name}): pip install 'stratlint[web]'"
        ) from None
    if corpus is not None:
        must_be_corpus(corpus, load_flags(flags, near=corpus).settings)
    serve(
        lambda: load_flags(flags, near=corpus),
        corpus,
        port=port,
        open_page=open_,
        keep=keep,
        most=max_upload_mb * 1_000_000,
        tell=say,
        behind=behind,
        host=host,
        token=token,
    )
    return 0
