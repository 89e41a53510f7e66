"""``stratlint compare``: overlap, likeness, keywords and fit of several documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import (
    EXISTING,
    OUTPUT,
    Command,
    emit,
    emit_json,
    is_watched,
    running,
    say,
    width_of,
)
from stratlint.cli.options import settings_from
from stratlint.errors import UnreadableInput, UsageError, safe, shown
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from stratlint.records import Comparison, Document, DocumentAnalysis, NotRead
    from stratlint.run.run import Run

    Read = tuple[tuple[DocumentAnalysis, ...], Comparison, tuple[NotRead, ...]]

_EPILOG = """\b
Examples:
  stratlint compare corpora/english-regions
  stratlint compare a.pdf b.pdf c.pdf --format json -o comparison.json
  stratlint compare corpora/english-regions --term biotechnology
  stratlint compare a.pdf b.pdf --reference national.pdf"""


@click.command("compare", cls=Command, epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=EXISTING, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--keywords", default=8, show_default=True, type=click.IntRange(0, 25))
@click.option(
    "--reference",
    multiple=True,
    type=EXISTING,
    help="Find keywords against these documents instead of against the others.",
)
@click.option("--term", help="Show a term in its surroundings, and how evenly it is used.")
@OUTPUT
def command(
    paths: tuple[Path, ...],
    form: str,
    keywords: int,
    reference: tuple[Path, ...],
    term: str | None,
    output: Path | None,
) -> int:
    """Compare documents: a corpus (folder or manifest) or several files.

    Every score stands beside what it was computed from; shared passages have a command of
    their own, 'stratlint passages'. Reader and limits are those of the settings in force
    ('stratlint config').
    """
    is_corpus = len(paths) == 1 and (paths[0].is_dir() or paths[0].suffix in (".yaml", ".yml"))
    with running(settings_from({}, near=paths[0])) as run:
        if is_corpus:
            analyses, comparison, not_read = _corpus(paths[0], reference, run)
        else:
            analyses, comparison, not_read = _files(paths, reference, run)
        if term is not None:
            emit(_term([a.document for a in analyses], term), output)
        elif form == "json":
            import msgspec

            emit_json(msgspec.json.format(msgspec.json.encode(comparison)) + b"\n", output)
        else:
            names = _names(analyses)
            from stratlint.reporting.terminal.comparison import render

            watched, width = is_watched(output), width_of(output)
            text = render(comparison, names, keywords=keywords, colour=watched, width=width)
            emit(text, output)
    return ExitCode.UNREADABLE if not_read else ExitCode.CLEAN


def _names(analyses: Sequence[DocumentAnalysis]) -> dict[str, str]:
    """What each document is called: its region or title, with the file where that repeats."""
    from collections import Counter

    counts = Counter(a.name for a in analyses)
    return {
        a.document.source: a.name if counts[a.name] == 1 else f"{a.name} ({a.document.source})"
        for a in analyses
    }


def _corpus(path: Path, reference: Sequence[Path], run: Run) -> Read:
    from stratlint.run.audit import audit
    from stratlint.run.corpus import load_corpus

    corpus = load_corpus(path, run.settings)
    for word in corpus.left_out:
        say(word)
    if all(entry.role == "source" for entry in corpus.entries):
        raise UsageError(f"{shown(path)}: there are only sources here, and no strategy to compare")
    result = audit(corpus, run)
    _say_not_read(result.not_read)
    if result.comparison is None:
        code = result.not_read[0].code
        raise UnreadableInput(f"{shown(path)}: no strategy could be read", code=code)
    if not reference:
        return result.analyses, result.comparison, result.not_read
    import msgspec

    from stratlint.comparison.together import find_keywords

    keywords = find_keywords(result.analyses, _counts(reference, run))
    comparison = msgspec.structs.replace(result.comparison, keywords=keywords)
    return result.analyses, comparison, result.not_read


def _files(paths: Sequence[Path], reference: Sequence[Path], run: Run) -> Read:
    from stratlint.comparison import compare
    from stratlint.run.analyse import analyse
    from stratlint.run.corpus import Entry
    from stratlint.run.read import read_documents

    if len(paths) < 2:
        raise UsageError("two documents are needed: stratlint compare A B")
    if len({path.name for path in paths}) < len(paths):
        raise UsageError("two files have the same name; put them into a corpus with a manifest")
    read = read_documents([Entry(path=path, source=shown(path.name)) for path in paths], run)
    analysed = analyse(read.documents, run)
    not_read = (*read.not_read, *analysed.not_read)
    _say_not_read(not_read)
    if len(analysed.analyses) < 2:
        raise UnreadableInput("fewer than two documents could be read", code=not_read[0].code)
    counts = _counts(reference, run) if reference else None
    return analysed.analyses, compare(analysed.analyses, reference=counts), not_read


def _say_not_read(not_read: Sequence[NotRead]) -> None:
    for item in not_read:
        say(f"not read: {item.source}: {item.reason}")


def _counts(paths: Sequence[Path], run: Run) -> Counter[str]:
    """Words of the reference. Raises UnreadableInput: with a part of it keywords are others."""
    from collections import Counter

    from stratlint.comparison.statistics.texts import words_of
    from stratlint.run.corpus import Entry
    from stratlint.run.read import read_documents

    names = dict.fromkeys(paths)
    read = read_documents([Entry(path=path, source=shown(path)) for path in names], run)
    for item in read.not_read:
        raise UnreadableInput(f"{item.source}: {item.reason}", code=item.code)
    total: Counter[str] = Counter()
    for document in read.documents:
        total.update(words_of(document.body))
    return total


def _term(documents: Sequence[Document], term: str) -> str:
    from stratlint.comparison import concordance, dispersion

    if not term.strip():
        raise UsageError("the term is empty")
    lines = []
    for document in documents:
        spread = dispersion(document, term)
        lines.append(
            f"{document.source}: {spread.occurrences} times, dispersion DP {spread.dp:.2f} "
            f"(0 even, towards 1 crowded), by tenths of the text {list(spread.parts)}"
        )
        for line in concordance(document, term):
            place = f"l. {document.line_at(line.start) or '–':>4}"
            if line.page is not None:
                place = f"p. {line.page:>4}"
            lines.append(f"  {place}  {line.left:>60} [{line.keyword}] {line.right}")
    return safe("\n".join(lines) + "\n")
