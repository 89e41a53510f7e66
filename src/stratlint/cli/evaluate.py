"""Measure the classifier on labelled passages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, OUTPUT, Command, emit
from stratlint.cli.labelled import DOCUMENTS, LABELS, labelled_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stratlint.training.evaluation import Evaluation, Score, Slice
    from stratlint.training.gold import GoldPassage

_EPILOG = """\b
Examples:
  stratlint evaluate gold/passages.jsonl
  stratlint evaluate gold/passages.jsonl --cross-validate --part tuning
  stratlint evaluate gold/passages.jsonl --json -o figures.json"""


@click.command("evaluate", cls=Command, epilog=_EPILOG)
@click.argument("gold", type=EXISTING)
@click.option("--model", type=EXISTING, help="A model file instead of the one that is shipped.")
@click.option(
    "--cross-validate",
    is_flag=True,
    help="Train anew, so that each document is labelled by a model that never saw it.",
)
@LABELS
@DOCUMENTS
@click.option(
    "--part",
    type=click.Choice(["all", "tuning", "held-out"]),
    default="all",
    show_default=True,
    help="Which documents of GOLD.",
)
@click.option(
    "--resamples",
    default=1000,
    type=click.IntRange(0, 100_000),
    show_default=True,
    help="Bootstrap resamples of documents behind the intervals.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable figures.")
@OUTPUT
def command(
    gold: Path,
    model: Path | None,
    cross_validate: bool,
    labels: Path | None,
    documents: Path | None,
    part: str,
    resamples: int,
    as_json: bool,
    output: Path | None,
) -> None:
    """Say how right the classifier is on GOLD: F1 with 95 % intervals, and what it confuses.

    The shipped model has learnt from the project's own gold data: figures on those flatter
    it, unless --cross-validate is given. With --labels, what is cross-validated learns from
    those passages too, and their own figures follow those of GOLD.
    """
    import msgspec

    from stratlint.training.evaluation import evaluate
    from stratlint.training.gold import load_gold

    everything = load_gold(gold)
    beside = _part(labelled_passages(labels, documents, everything), everything, part)
    passages = _part(everything, everything, part)
    said = _cross(passages, beside) if cross_validate else _labels([*passages, *beside], model)
    result = evaluate(passages, said, resamples=resamples)
    aside = evaluate(beside, said, resamples=resamples) if beside else None
    if as_json:
        both = result if aside is None else {"gold": result, "labelled": aside}
        emit(msgspec.json.format(msgspec.json.encode(both), indent=1) + b"\n", output)
    else:
        lines = [*_lines(result), *(_beside(aside) if aside else ())]
        emit("\n".join(lines) + "\n", output)


def _part(
    passages: Sequence[GoldPassage], gold: Sequence[GoldPassage], part: str
) -> Sequence[GoldPassage]:
    """The passages of one part; a document that GOLD does not have is for tuning."""
    from stratlint.training.gold import split_documents

    if part == "all":
        return passages
    held_out = set(split_documents(gold).held_out)
    return [p for p in passages if (p.document in held_out) is (part == "held-out")]


def _cross(
    passages: Sequence[GoldPassage], beside: Sequence[GoldPassage]
) -> dict[str, dict[str, str]]:
    from stratlint.training.fit import cross_validate
    from stratlint.training.instances import instances, labelled_instances, worked_instances

    result = cross_validate(
        passages,
        instances(passages),
        worked=worked_instances(),
        labelled=labelled_instances(beside, passages),
    )
    return {**{p.id: {} for p in beside}, **result.labels, **result.beside}


def _labels(passages: Sequence[GoldPassage], model: Path | None) -> dict[str, dict[str, str]]:
    from stratlint.language.commitment.decide import classify_passage
    from stratlint.language.commitment.model import read_model

    loaded = read_model(model) if model else None
    return {p.id: classify_passage(p, loaded).labels for p in passages}


def _lines(result: Evaluation) -> Iterator[str]:
    yield f"{result.passages} passages of {result.documents} documents"
    yield ""
    yield f"{'':22} {'cases':>6} {'precision':>9} {'recall':>6} {'F1':>6} {'95 %':>13} {'clean':>6}"
    yield from _rows(result.scores.values())
    yield f"class right, where both name the sector: {result.class_accuracy:.3f}"
    yield ""
    yield "by class"
    yield from _rows(result.classes.values())
    for title, slices in (("kind of document", result.kinds), ("stratum", result.strata)):
        yield ""
        yield f"by {title}"
        yield from _slices(slices)
    yield ""
    yield "by sector (found at all)"
    yield from _rows(
        sorted(result.sectors.values(), key=lambda s: (s.f1, s.target)), names=result.sectors
    )
    yield ""
    yield "confusions"
    for said, read, count in result.confusions[:12]:
        yield f"  {said} read as {read}: {count}"


def _beside(result: Evaluation) -> Iterator[str]:
    yield ""
    yield f"{result.passages} labelled passages of {result.documents} documents beside GOLD"
    yield from _rows(result.scores.values())
    yield from _slices(result.kinds)


def _rows(scores: Iterable[Score], names: dict[str, Score] | None = None) -> Iterator[str]:
    labels = {id(score): name for name, score in (names or {}).items()}
    for score in scores:
        interval = (
            "{:.3f}-{:.3f}".format(*score.f1_interval) if score.f1_interval is not None else ""
        )
        clean = "" if names else f"{score.clean:.3f}"
        yield (
            f"  {labels.get(id(score), score.target):20} {score.cases:6} {score.precision:9.3f}"
            f" {score.recall:6.3f} {score.f1:6.3f} {interval:>13} {clean:>6}"
        )


def _slices(slices: Sequence[Slice]) -> Iterator[str]:
    for part in slices:
        yield f"  {part.name} ({part.passages} passages)"
        for row in _rows(part.scores.values()):
            yield f"  {row}"
