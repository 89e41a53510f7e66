"""Labels without texts: resolved by hash and span, found again, or reported."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from stratlint.cli import main
from stratlint.errors import FileFault
from stratlint.records import Commitment
from stratlint.training.gold import GoldPassage
from stratlint.training.labels import (
    Label,
    fingerprint,
    letters_of,
    load_labels,
    resolve,
    without_overlap,
    write_labels,
)

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """The plan of a made-up borough.

Tourism is one of our key sectors. Farming is not mentioned again.

Proposals for the creative industries will be supported.
"""
SAID = "Tourism is one of our key sectors."


def label(name: str = "a", *, text: str = SAID, start: int | None = None) -> Label:
    at = PLAN.index(text) if start is None else start
    return Label(
        id=name,
        document="plans/made-up",
        sha256=hashlib.sha256(PLAN.encode()).hexdigest(),
        start=at,
        end=at + len(text),
        letters=len(letters_of(text)),
        hash=fingerprint(text),
        kind="local plan",
        labels={"tourism": Commitment.PRIORITY},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the one document, under another name than the label's."""
    (tmp_path / "documents" / "deep").mkdir(parents=True)
    (tmp_path / "documents" / "deep" / "renamed.txt").write_text(PLAN)
    return tmp_path / "documents"


def test_a_span_gets_its_text_and_the_context_before_it(folder: Path) -> None:
    resolved = resolve([label()], folder)
    (passage,) = resolved.passages
    assert passage.text == SAID
    assert passage.context_before == "The plan of a made-up borough."
    assert passage.document == "plans/made-up"
    assert passage.labels == {"tourism": Commitment.PRIORITY}
    assert (resolved.moved, resolved.lost) == (0, ())


@pytest.mark.parametrize("start", [0, 3, len(PLAN) - 10, 10_000])
def test_a_span_that_no_longer_fits_is_found_by_its_hash(folder: Path, start: int) -> None:
    resolved = resolve([label(start=start)], folder)
    assert resolved.passages[0].text == SAID
    assert resolved.moved == 1


def test_what_is_not_found_is_reported_and_the_rest_is_kept(folder: Path) -> None:
    gone = msgspec.structs.replace(label("b"), hash="0" * 12)
    elsewhere = msgspec.structs.replace(label("c"), sha256="0" * 64)
    resolved = resolve([label(), gone, elsewhere], folder)
    assert [p.id for p in resolved.passages] == ["a"]
    assert {lost.id: lost.reason.split(" ")[0] for lost in resolved.lost} == {
        "b": "not",
        "c": "plans/made-up",
    }


def test_the_hash_survives_another_reader(folder: Path) -> None:
    del folder
    assert fingerprint("Tourism is one of our key  sectors") == fingerprint(SAID)
    assert fingerprint("Tour-\nism is one of our key sectors.") == fingerprint(SAID)
    assert fingerprint("Tourism was one of our key sectors.") != fingerprint(SAID)


def test_a_folder_without_the_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="none of the labelled documents"):
        resolve([label()], tmp_path)


def test_files_of_labels_are_the_same_bytes_and_name_bad_lines(tmp_path: Path) -> None:
    labels = [label("b"), label("a")]
    path = tmp_path / "labels.jsonl"
    path.write_bytes(write_labels(labels))
    assert path.read_bytes() == write_labels(reversed(labels))
    assert {i.id for i in load_labels(path)} == {"a", "b"}
    assert SAID not in path.read_text()
    for broken in (b"{}\n", write_labels([label(), label()])):
        path.write_bytes(broken)
        with pytest.raises(FileFault):
            load_labels(path)


def test_what_the_gold_holds_already_is_left_out() -> None:
    gold = [GoldPassage(id="g", text=f"Before it. {SAID} After it.", document="plans/made-up")]
    same = GoldPassage(id="s", text=SAID, document="plans/made-up")
    other = GoldPassage(id="o", text=SAID, document="plans/another")
    assert without_overlap([same, other], gold) == (other,)


def test_labels_and_documents_belong_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, labels = tmp_path / "gold.jsonl", tmp_path / "labels.jsonl"
    gold.write_bytes(msgspec.json.encode(GoldPassage(id="g", text="x", document="d")) + b"\n")
    labels.write_bytes(write_labels([label()]))
    assert main(["evaluate", str(gold), "--labels", str(labels)]) == 2
    assert "belong together" in capsys.readouterr().err


def test_evaluate_gives_the_labelled_passages_figures_of_their_own(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, labels, out = (tmp_path / name for name in ("gold.jsonl", "labels.jsonl", "out.txt"))
    passage = GoldPassage(
        id="g",
        text="We will focus on tourism.",
        document="d",
        labels={"tourism": Commitment.PRIORITY},
    )
    gold.write_bytes(msgspec.json.encode(passage) + b"\n")
    labels.write_bytes(write_labels([label(), label("lost", text="Farming is", start=0)]))
    command = ["evaluate", str(gold), "--labels", str(labels), "--documents", str(folder)]
    assert main([*command, "--resamples", "0", "-o", str(out)]) == 0
    assert "2 labelled passages of 1 documents beside GOLD" in out.read_text()
    assert "1 of them found elsewhere" in capsys.readouterr().err


def test_the_shipped_labels_hold_no_text(corpus_dir: Path) -> None:
    labels = load_labels(corpus_dir.parent / "labels" / "passages.jsonl")
    assert len(labels) > 800
    assert all(label.coders == 2 for label in labels)
    assert {type(i.start) for i in labels} == {int}
    assert len({label.sha256 for label in labels}) == 14


@pytest.mark.shared
def test_every_shipped_label_is_found_in_its_document(shared: Path, corpus_dir: Path) -> None:
    labels = load_labels(corpus_dir.parent / "labels" / "passages.jsonl")
    national = [label for label in labels if label.document.startswith("national/BBB")]
    resolved = resolve(national, shared / "data" / "documents" / "national")
    assert not resolved.lost
    assert len(resolved.passages) == len(national)
