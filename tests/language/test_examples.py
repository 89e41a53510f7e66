"""Worked examples: several files, context, and sentences of several classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.errors import FileFault
from stratlint.records import Commitment
from stratlint.training.examples import load_examples

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sentence_can_say_different_things_of_its_sectors(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(
        "mixed:\n"
        "  local plan:\n"
        "    - text: Once more. || The tourism industry is large; we help the farming industry.\n"
        "      labels: {tourism: strength, agri: support}\n"
    )
    (example,) = load_examples(path)
    assert example.context_before == "Once more."
    assert example.labels == {"tourism": Commitment.STRENGTH, "agri": Commitment.SUPPORT}


def test_a_class_holds_for_every_sector_of_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(
        "kinds:\n"
        "  local plan:\n"
        "    priority:\n"
        "      - Our key sectors are the tourism industry and the aerospace industry.\n"
    )
    (example,) = load_examples(path)
    assert example.labels == {"tourism": Commitment.PRIORITY, "aerospace": Commitment.PRIORITY}


def test_a_label_for_a_sector_that_is_not_named_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(
        "mixed:\n"
        "  local plan:\n"
        "    - text: The tourism industry is large.\n"
        "      labels: {space: strength}\n"
    )
    with pytest.raises(FileFault, match="space"):
        load_examples(path)


def test_every_shipped_example_has_a_document_of_its_own() -> None:
    examples = load_examples()
    assert len({example.document for example in examples}) == len(examples)
    assert {example.kind for example in examples} == {
        "local plan",
        "national or fund document",
        "smart specialisation strategy",
    }
