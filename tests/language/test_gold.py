"""Reading labelled passages, splitting by document, and the measures."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stratlint.errors import FileFault
from stratlint.records import Commitment
from stratlint.training.evaluation import evaluate
from stratlint.training.examples import load_examples
from stratlint.training.gold import (
    GoldPassage,
    data_hash,
    folds,
    load_gold,
    load_passages,
    split_documents,
)

if TYPE_CHECKING:
    from types import ModuleType


def gold(name: str, document: str, **labels: str) -> GoldPassage:
    return GoldPassage(
        id=name,
        text="made up",
        document=document,
        kind="plan",
        labels={s: Commitment(c) for s, c in labels.items()},
    )


def test_hostile_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "a", "text": "one"}\n\nnot json\n{"id": 5, "text": "x"}\n'
        b'{"id": "a", "text": "again"}\n{"id": "b", "text": "\xff"}\n{"id": "c", "text": "two"}\n'
        + b"["
        * 100_000
    )
    passages, faults = load_passages(path)
    assert [p.id for p in passages] == ["a", "c"]
    assert [f.line for f in faults] == [3, 4, 5, 6, 8]
    with pytest.raises(FileFault, match=r"p\.jsonl:3"):
        load_gold(path)


def test_split_and_folds_keep_documents_whole_and_never_move() -> None:
    passages = [gold(f"{d}-{i}", f"doc{d}") for d in range(20) for i in range(3)]
    split = split_documents(passages)
    assert len(split.held_out) == 4
    assert not set(split.held_out) & set(split.tuning)
    assert split == split_documents(list(reversed(passages)))
    assigned = folds(passages, 5)
    assert all(len({assigned[d * 3 + i] for i in range(3)}) == 1 for d in range(20))
    assert data_hash(passages) == data_hash(list(reversed(passages)))


def test_measures_of_a_worked_case() -> None:
    passages = [
        gold("a", "d1", tourism="priority", retail="fact"),
        gold("b", "d1", tourism="support"),
        gold("c", "d2"),
    ]
    said = {"a": {"tourism": "priority", "steel": "fact"}, "b": {"tourism": "priority"}, "c": {}}
    result = evaluate(passages, said, resamples=50)
    priority = result.scores["priority"]
    assert (priority.precision, priority.recall) == (0.5, 1.0)
    assert priority.clean == 0.5
    assert result.scores["mention"].recall == pytest.approx(2 / 3)
    assert result.confusions == (("support", "priority", 1),)


def test_a_disputed_sector_is_neither_right_nor_wrong() -> None:
    passage = GoldPassage(id="a", text="x", document="d", disputed={"steel": ["fact", None]})
    assert (
        evaluate([passage], {"a": {"steel": "priority"}}, resamples=0).scores["priority"].clean
        == 1.0
    )


def test_worked_examples_name_sectors_of_one_class_unless_they_are_mixed() -> None:
    examples = load_examples()
    assert len(examples) > 300
    mixed = [e for e in examples if len(set(e.labels.values())) > 1]
    assert 0 < len(mixed) < 0.05 * len(examples)
    assert sum(not e.labels for e in examples) < 0.1 * len(examples)


@pytest.mark.shared
def test_measures_agree_with_the_scorer_of_the_data(shared: Path, tmp_path: Path) -> None:
    """Predictions made from the gold by a fixed rule get the same figures from both."""
    path = shared / "data" / "gold" / "passages.jsonl"
    passages = load_gold(path)
    said = {
        p.id: {s: "priority" if len(s) % 3 else c.value for s, c in p.labels.items() if len(s) % 5}
        for p in passages
    }
    predictions = tmp_path / "said.jsonl"
    predictions.write_text(
        "".join(json.dumps({"id": i, "labels": v}) + "\n" for i, v in said.items())
    )
    scorer = _scorer(shared / "score" / "labels.py")
    theirs: dict[str, Any] = scorer.main(str(path), str(predictions))
    ours = evaluate(passages, said, resamples=0)
    for target in ("mention", "committed", "priority"):
        for name in ("precision", "recall", "f1", "clean"):
            assert round(getattr(ours.scores[target], name), 3) == theirs[target][name]
    assert round(ours.class_accuracy, 3) == theirs["class_accuracy"]


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("labels_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
