"""Worked examples: made-up sentences with one class each, that people add to and argue with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.language.pipeline import document_of, parse
from stratlint.records import Commitment
from stratlint.resources import data_dir
from stratlint.training.gold import GoldPassage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLE = "example-"
"""How the id of a worked example begins."""
_CONTEXT = " || "


class MixedExample(Editable):
    """A sentence whose sectors differ in class: those that ``labels`` leaves out are unnamed."""

    text: str
    labels: dict[str, Commitment]


class ExampleFile(Editable):
    """Kind of document, then class, then sentences; text before ``||`` is context.

    ``mixed`` holds, by kind of document, sentences that say different things of their sectors.
    """

    kinds: dict[str, dict[Commitment, tuple[str, ...]]] = Field(default_factory=dict)
    mixed: dict[str, tuple[MixedExample, ...]] = Field(default_factory=dict)


def load_examples(path: Path | None = None) -> tuple[GoldPassage, ...]:
    """Load the worked examples as labelled passages, each a document of its own.

    Without ``path``, every ``examples*.yaml`` in the language rules, by name. Every sector that
    the matcher finds in a sentence has the class it stands under. Raises FileFault when a file
    does not fit, or labels a sector that the matcher does not find in the sentence.
    """
    folder = data_dir("rules") / "language"
    paths = (path,) if path else tuple(sorted(folder.glob("examples*.yaml")))
    rows = (row for one in paths for row in _rows(one))
    return tuple(
        GoldPassage(
            id=f"{EXAMPLE}{number:04}",
            text=text,
            context_before=context,
            kind=kind,
            document=f"{EXAMPLE}{number:04}",
            labels=labels,
        )
        for number, (kind, context, text, labels) in enumerate(rows, start=1)
    )


def _rows(path: Path) -> Iterator[tuple[str, str, str, dict[str, Commitment]]]:
    """Kind, context, text and labels of each example of one file."""
    file = load_yaml(path, ExampleFile)
    for kind, classes in file.kinds.items():
        for commitment, sentences in classes.items():
            for sentence in sentences:
                context, _, text = sentence.rpartition(_CONTEXT)
                yield kind, context, text, dict.fromkeys(_named(text), commitment)
    for kind, examples in file.mixed.items():
        for example in examples:
            context, _, text = example.text.rpartition(_CONTEXT)
            missing = sorted(example.labels.keys() - set(_named(text)))
            if missing:
                raise FileFault(
                    f"no mention of {', '.join(missing)} found in the example: {text}",
                    path=str(path),
                )
            yield kind, context, text, dict(example.labels)


def _named(text: str) -> tuple[str, ...]:
    return tuple(span.sector for span in parse(document_of(text)).spans)
