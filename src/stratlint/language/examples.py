"""Worked examples: made-up sentences with one class each, that people add to and argue with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.language.gold import GoldPassage
from stratlint.language.pipeline import document_of, parse
from stratlint.records import Commitment
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path

_CONTEXT = " || "


class ExampleFile(Editable):
    """Kind of document, then class, then sentences; text before ``||`` is context."""

    kinds: dict[str, dict[Commitment, tuple[str, ...]]]


def load_examples(path: Path | None = None) -> tuple[GoldPassage, ...]:
    """Load the worked examples as labelled passages, each a document of its own.

    Every sector that the matcher finds in a sentence has the class it stands under. Raises
    FileFault when the file does not fit.
    """
    file = load_yaml(path or data_dir("rules") / "language" / "examples.yaml", ExampleFile)
    found: list[GoldPassage] = []
    for kind, classes in file.kinds.items():
        for commitment, sentences in classes.items():
            for sentence in sentences:
                context, _, text = sentence.rpartition(_CONTEXT)
                name = f"example-{len(found) + 1:04}"
                spans = parse(document_of(text)).spans
                found.append(
                    GoldPassage(
                        id=name,
                        text=text,
                        context_before=context,
                        kind=kind,
                        document=name,
                        labels={span.sector: commitment for span in spans},
                    )
                )
    return tuple(found)
