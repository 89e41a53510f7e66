"""stratlint extract: the text of one document as a person would read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import (
    EXISTING,
    OUTPUT,
    Command,
    emit,
    emit_json,
    plain_text,
    running,
    say,
)
from stratlint.cli.options import reading_options, settings_from

_EXTRAS = ("notes", "furniture")


def _extras(_ctx: click.Context, _param: click.Parameter, value: str) -> frozenset[str]:
    wanted = frozenset(part.strip() for part in value.split(",") if part.strip())
    unknown = sorted(wanted - set(_EXTRAS))
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(_EXTRAS)}")
    return wanted


@click.command("extract", cls=Command)
@click.argument("file", type=EXISTING)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text in reading order, or JSON with roles, pages and boxes.",
)
@click.option(
    "--with",
    "extras",
    default="",
    callback=_extras,
    metavar="notes,furniture",
    help="Also write footnotes, or running heads and page numbers, where they are printed.",
)
@click.option("--password", help="Password of an encrypted PDF.")
@reading_options
@OUTPUT
def command(
    file: Path,
    form: str,
    extras: frozenset[str],
    password: str | None,
    output: Path | None,
    **flags: Any,
) -> None:
    """Extract the text of one document in reading order.

    Reads PDF, Word, HTML, Markdown and plain text. Warnings go to standard error.
    """
    from stratlint.documents.render import as_json, as_text
    from stratlint.run.read import read_document

    with running(settings_from(flags, near=file)) as run:
        document = read_document(file, run, password=password)
    for warning in document.warnings:
        where = "" if warning.page is None else f" p. {document.pages[warning.page].label}"
        say(f"stratlint: {document.source}{where}: {warning.message} [{warning.code}]")
    if form == "json":
        emit_json(json.dumps(as_json(document), ensure_ascii=False, indent=1) + "\n", output)
    else:
        text = as_text(document, notes="notes" in extras, furniture="furniture" in extras)
        emit(plain_text(text, output), output)
