"""Classify passages: what do they say of each sector?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, OUTPUT, Command, emit_json, say
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from stratlint.language.commitment.decide import PassageResult

_EPILOG = """\b
Example:
  stratlint classify passages.jsonl -o labels.jsonl

Each line of PASSAGES is {"id", "text"} and may have "place", "kind" and "context_before".
Lines that cannot be used are named with their number; the others are classified, exit code 3."""


@click.command("classify", cls=Command, epilog=_EPILOG)
@click.argument("passages", type=EXISTING)
@click.option("--model", type=EXISTING, help="A model file instead of the one that is shipped.")
@OUTPUT
def command(passages: Path, model: Path | None, output: Path | None) -> int:
    """Write what each of PASSAGES (JSON Lines) says of the sectors that it names.

    Sectors and places are those of the settings in force ('stratlint config').
    """
    import msgspec

    from stratlint.knowledge.lists import find_lists, lists_in_force
    from stratlint.language.commitment.decide import classify_passage
    from stratlint.language.commitment.model import read_model
    from stratlint.run.settings import load_settings
    from stratlint.training.gold import load_passages

    settings = load_settings().settings
    found, faults = load_passages(passages)
    loaded = read_model(model) if model else None
    encoder = msgspec.json.Encoder()
    with lists_in_force(find_lists(settings.sectors, settings.places)):
        lines = [encoder.encode(_row(p.id, classify_passage(p, loaded))) for p in found]
    emit_json(b"".join(line + b"\n" for line in lines), output)
    for fault in faults:
        say(f"stratlint: {passages}:{fault.line}: not classified: {fault.reason}")
    return ExitCode.UNREADABLE if faults else ExitCode.CLEAN


def _row(name: str, result: PassageResult) -> dict[str, object]:
    return {
        "id": name,
        "labels": result.labels,
        "mentions": [
            {
                "sector": m.sector,
                "start": m.start,
                "end": m.end,
                "class": m.commitment.value,
                "probability": m.probability,
                "features": [{"name": f.name, "weight": f.weight} for f in m.features],
            }
            for m in result.mentions
        ],
    }
