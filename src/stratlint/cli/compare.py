"""``stratlint compare``: overlap, likeness, keywords and fit of several documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, OUTPUT, emit, is_watched, progress, safe, say, width_of
from stratlint.errors import UsageError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from stratlint.records import Comparison, Document, DocumentAnalysis

_EPILOG = """\b
Examples:
  stratlint compare corpora/english-regions
  stratlint compare a.pdf b.pdf c.pdf --format json -o comparison.json
  stratlint compare corpora/english-regions --term biotechnology
  stratlint compare a.pdf b.pdf --reference national.pdf"""


@click.command("compare", epilog=_EPILOG)
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
) -> None:
    """Compare documents: a corpus (folder or manifest) or several files.

    Every score stands beside what it was computed from; shared passages have a command of
    their own, 'stratlint passages'.
    """
    if len(paths) == 1 and (paths[0].is_dir() or paths[0].suffix in (".yaml", ".yml")):
        analyses, comparison = _corpus(paths[0], reference)
    else:
        analyses, comparison = _files(paths, reference)
    if term is not None:
        emit(_term([a.document for a in analyses], term), output)
    elif form == "json":
        import msgspec

        emit(msgspec.json.format(msgspec.json.encode(comparison)) + b"\n", output)
    else:
        names = {a.document.source: a.name for a in analyses}
        from stratlint.reporting.comparetext import render

        watched, width = is_watched(output), width_of(output)
        text = render(comparison, names, keywords=keywords, colour=watched, width=width)
        emit(text, output)


def _corpus(
    path: Path, reference: Sequence[Path]
) -> tuple[tuple[DocumentAnalysis, ...], Comparison]:
    from stratlint.auditing import audit_corpus
    from stratlint.corpus import load_corpus
    from stratlint.settings import Settings

    corpus = load_corpus(path)
    with progress("reading", len(corpus.entries)) as tick:
        result = audit_corpus(corpus, Settings(), tick=tick)
    for item in result.not_read:
        say(f"not read: {item.source}: {item.reason}")
    if result.comparison is None:
        raise UsageError(f"{path}: no document could be read")
    if not reference:
        return result.analyses, result.comparison
    import msgspec

    from stratlint.comparison.together import find_keywords

    keywords = find_keywords(result.analyses, _counts(reference))
    return result.analyses, msgspec.structs.replace(result.comparison, keywords=keywords)


def _files(
    paths: Sequence[Path], reference: Sequence[Path]
) -> tuple[tuple[DocumentAnalysis, ...], Comparison]:
    from stratlint.api import analyse, compare
    from stratlint.reading import Reading, read_each

    if len(paths) < 2:
        raise UsageError("two documents are needed: stratlint compare A B")
    analyses = []
    with progress("reading", len(paths)) as tick:
        readings = [Reading(path=str(path)) for path in paths]
        for path, document in zip(paths, read_each(readings), strict=True):
            analyses.append(analyse(document))
            tick(path.name)
    if len({a.document.source for a in analyses}) < len(analyses):
        raise UsageError("two files have the same name; put them into a corpus with a manifest")
    counts = _counts(reference) if reference else None
    return tuple(analyses), compare(analyses, reference=counts)


def _counts(paths: Sequence[Path]) -> Counter[str]:
    from collections import Counter

    from stratlint.comparison.texts import words_of
    from stratlint.reading import Reading, read_each

    total: Counter[str] = Counter()
    for document in read_each([Reading(path=str(path)) for path in paths]):
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
        lines += [
            f"  p. {line.page:>4}  {line.left:>60} [{line.keyword}] {line.right}"
            for line in concordance(document, term)
        ]
    return safe("\n".join(lines) + "\n")
