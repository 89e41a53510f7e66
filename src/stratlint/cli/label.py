"""Write candidate passages of a document for people to code."""

from __future__ import annotations

from pathlib import Path

import click

from stratlint.cli.common import EXISTING, OUTPUT, Command, emit_json, running, say
from stratlint.cli.options import settings_from
from stratlint.errors import shown

_EPILOG = """\b
Example:
  stratlint label plan.pdf --count 40 --seed 7 -o to-code.jsonl

Fill in "labels" ({"sector": "class"}) by the coding guide; `stratlint train` reads the result."""


@click.command("label", cls=Command, epilog=_EPILOG)
@click.argument("document", type=EXISTING)
@click.option("--count", default=30, type=click.IntRange(1, 10_000), show_default=True)
@click.option(
    "--seed",
    default=1,
    type=click.IntRange(0, 2**63 - 1),
    show_default=True,
    help="The same seed draws the same passages.",
)
@click.option("--place", default="", help="Whose document it is.")
@click.option("--kind", default="", help="Kind of document, such as 'local plan'.")
@OUTPUT
def command(
    document: Path, count: int, seed: int, place: str, kind: str, output: Path | None
) -> None:
    """Draw passages of DOCUMENT for people to code, as JSON Lines without labels.

    Three in four name a sector, the rest are drawn from all sentences, so that coders also
    see what the matcher misses. Reader and limits are those of the settings in force.
    """
    import msgspec

    from stratlint.run.read import read_document
    from stratlint.training.labelling import draw

    with running(settings_from({}, near=document)) as run:
        read = read_document(document, run)
    found = draw(read, count=count, seed=seed, place=shown(place), kind=shown(kind))
    encoder = msgspec.json.Encoder()
    emit_json(b"".join(encoder.encode(passage) + b"\n" for passage in found), output)
    say(f"{len(found)} passages of {document.name} to code")
