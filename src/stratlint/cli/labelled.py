"""Options for labels without texts: a file of them, and the folder of their documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, Input, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.training.gold import GoldPassage

LABELS = click.option(
    "--labels",
    type=EXISTING,
    help="Labels without texts (JSON Lines: document hash, span, classes) to learn from too.",
)
DOCUMENTS = click.option(
    "--documents",
    type=Input(exists=True, file_okay=False),
    help="The folder with the documents of --labels, known by their hash.",
)
_SHOWN = 10


def labelled_passages(
    labels: Path | None, documents: Path | None, gold: Sequence[GoldPassage]
) -> tuple[GoldPassage, ...]:
    """Read labels and find their texts; what overlaps ``gold`` is left out, what is lost is said.

    Raises UsageError when only one of the two options is given, FileFault for a file of labels
    that does not fit or a folder without its documents.
    """
    from stratlint.errors import UsageError
    from stratlint.training.labels import load_labels, resolve, without_overlap

    if labels is None and documents is None:
        return ()
    if labels is None or documents is None:
        raise UsageError("--labels and --documents belong together")
    resolved = resolve(load_labels(labels), documents)
    kept = without_overlap(resolved.passages, gold)
    say(
        f"{len(resolved.passages)} labelled passages, {resolved.moved} of them found elsewhere than"
        f" where they stood; {len(resolved.passages) - len(kept)} overlap GOLD and are left out"
    )
    for lost in resolved.lost[:_SHOWN]:
        say(f"stratlint: {labels}: {lost.id}: {lost.reason}")
    if len(resolved.lost) > _SHOWN:
        say(f"stratlint: {labels}: and {len(resolved.lost) - _SHOWN} more are lost")
    return kept
