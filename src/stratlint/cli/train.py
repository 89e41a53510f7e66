"""Train the classifier on labelled passages."""

from __future__ import annotations

from pathlib import Path

import click

from stratlint.cli.common import EXISTING, FORCE, Command, Target, emit, say
from stratlint.cli.labelled import DOCUMENTS, LABELS, labelled_passages
from stratlint.errors import UsageError

_EPILOG = """\b
Examples:
  stratlint train gold/passages.jsonl -o commitment-model.json
  stratlint train gold/passages.jsonl --labels corpora/labels/passages.jsonl \\
      --documents documents -o commitment-model.json
  stratlint train gold/passages.jsonl --tuning -o model.json   keep a fifth of the documents out"""


@click.command("train", cls=Command, epilog=_EPILOG)
@click.argument("gold", type=EXISTING)
@click.option(
    "-o",
    "--output",
    required=True,
    type=Target(),
    help="The model file to write (JSON, one feature a line).",
)
@click.option(
    "--senses",
    type=Target(folder=True),
    help="Also fit the sense filter and write it into this folder.",
)
@click.option(
    "--kinds",
    type=EXISTING,
    help="Also fit the kinds of document: a JSON table of file, kind and origin.",
)
@click.option("--kinds-model", type=Target(), help="The file to write the weights of kinds to.")
@click.option(
    "--short",
    type=EXISTING,
    multiple=True,
    help="Also fit the classifier of short texts: cases in JSON Lines (text, priorities, source), "
    "or a folder of such files, each of one author; may be repeated.",
)
@click.option("--short-model", type=Target(), help="The file to write its weights to.")
@click.option(
    "--choices",
    type=EXISTING,
    multiple=True,
    help="Also fit how documents treat what they choose: a table in JSON Lines of whole documents "
    "(file, priorities, optional, source); may be repeated.",
)
@click.option("--choices-model", type=Target(), help="The file to write its weights to.")
@FORCE
@LABELS
@DOCUMENTS
@click.option("--tuning", is_flag=True, help="Leave out the fifth of documents that is held out.")
@click.option("--folds", default=10, type=click.IntRange(2, 50), show_default=True)
def command(
    gold: Path,
    output: Path,
    senses: Path | None,
    kinds: Path | None,
    kinds_model: Path | None,
    short: tuple[Path, ...],
    short_model: Path | None,
    choices: tuple[Path, ...],
    choices_model: Path | None,
    labels: Path | None,
    documents: Path | None,
    tuning: bool,
    folds: int,
) -> None:
    """Fit the classifier on GOLD (JSON Lines) and write it as a reviewable text file.

    The file begins with its card: what it was made from, and what unseen documents would get
    (cross-validation by document). With --labels it also learns, at half weight, from passages
    whose texts are in --documents; figures and thresholds stay those of GOLD. The same data give
    the same bytes.
    """
    from stratlint.language.commitment.model import write_model
    from stratlint.training.fit import train
    from stratlint.training.gold import load_gold, split_documents

    for name, asked, target in (
        ("kinds", kinds, kinds_model),
        ("short", short, short_model),
        ("choices", choices, choices_model),
    ):
        if bool(asked) != (target is not None):
            raise UsageError(
                f"--{name} and --{name}-model belong together: what to fit, where to write it"
            )
    passages = load_gold(gold)
    labelled = labelled_passages(labels, documents, passages)
    if tuning:
        left_out = set(split_documents(passages).held_out)
        passages = tuple(p for p in passages if p.document not in left_out)
        labelled = tuple(p for p in labelled if p.document not in left_out)
    if senses is not None:
        from stratlint.training.senses import fit_senses, write_senses

        say(f"sense filter: {write_senses(fit_senses(passages), senses)}")
    if kinds is not None and kinds_model is not None:
        from stratlint.training.kinds import fit, listed, made_texts, write_kinds

        say(f"kinds: {write_kinds(fit(made_texts() + listed(kinds)), kinds_model)}")
    if short and short_model is not None:
        from stratlint.language.commitment.short import write_short
        from stratlint.training.short import fit_short, load_cases

        fitted = fit_short([case for path in short for case in load_cases(path)])
        emit(write_short(fitted), short_model)
        for source, figures in fitted.card["by source left out"].items():
            say(f"short texts, {source} left out: {figures}")
    if choices and choices_model is not None:
        from stratlint.priorities.treatment import write_treatment
        from stratlint.training.choices import fit_treatment, load_chosen

        chosen = [d for path in choices for d in load_chosen(path)]
        treatment = fit_treatment(chosen)
        say(f"choices: {len(chosen)} documents; short texts among them are left out")
        emit(write_treatment(treatment), choices_model)
        for source, figures in treatment.card["by source left out"].items():
            say(f"choices, {source} left out: {figures}")
    file = train(passages, labelled=labelled, count=folds)
    emit(write_model(file), output)
    for name, figures in file.card["cross-validated"].items():
        low, high = figures["f1 95%"] or ("?", "?")
        say(
            f"{name}: F1 {figures['f1']} ({low} to {high}), clean {figures['clean']},"
            f" {figures['cases']} cases, cross-validated over {file.card['documents']} documents"
        )
