"""Find text that documents share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import (
    EXISTING,
    OUTPUT,
    Command,
    emit,
    emit_json,
    is_watched,
    progress,
    running,
    say,
    width_of,
)
from stratlint.cli.options import settings_from
from stratlint.errors import UnreadableInput, UsageError, shown
from stratlint.records import ExitCode
from stratlint.resources import real

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stratlint.comparison.passages.find import Found
    from stratlint.records import Document, NotRead
    from stratlint.run.corpus import Entry
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings

_EPILOG = """\b
Examples:
  stratlint passages draft.pdf neighbour.pdf
  stratlint passages *.pdf --source national-strategy.pdf
  stratlint passages corpora/english-regions
  stratlint passages a.txt b.txt --format json
  stratlint passages --pairs pairs.txt --root texts -o found.jsonl"""


@click.command("passages", cls=Command, epilog=_EPILOG)
@click.argument("files", nargs=-1, type=EXISTING)
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=EXISTING,
    help="A document that text may come from (a national strategy), or a folder of such; "
    "matched, not compared.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    help="Text (the default) or JSON; always JSON with --pairs.",
)
@click.option(
    "--min-words",
    default=None,
    type=click.IntRange(5, 1_000_000),
    help="The least length of a passage.",
)
@click.option(
    "--thorough", is_flag=True, help="Align every pair in full (two documents always are)."
)
@click.option("--pairs", type=EXISTING, help="A file with two file names on each line.")
@click.option("--root", type=EXISTING, help="Where the names of --pairs begin.")
@click.option(
    "--jobs",
    default=1,
    type=click.IntRange(1, 1_024),
    show_default=True,
    help="Processes for --pairs; without it the setting 'jobs' counts.",
)
@OUTPUT
def command(
    files: tuple[Path, ...],
    sources: tuple[Path, ...],
    form: str | None,
    min_words: int | None,
    thorough: bool,
    pairs: Path | None,
    root: Path | None,
    jobs: int,
    output: Path | None,
) -> int:
    """Find text that documents share, and say where it may come from.

    FILES are documents, or a corpus: its folder or manifest, which says what is a source.
    Each passage is shown once with all of its holders and their pages. JSON is one object a
    line for each pair of documents; spans are characters of each document's text (for plain
    text: of the file). Reader and limits are those of the settings in force ('stratlint
    config').
    """
    from stratlint.knowledge.lists import lists_in_force

    if pairs is not None:
        if files or sources:
            raise UsageError("give either files or --pairs, not both")
        _refuse_with_pairs(form, min_words, thorough=thorough)
        _run_pairs(pairs, root or pairs.parent, jobs, output)
        return ExitCode.CLEAN
    if root is not None:
        raise UsageError(
            f"--root {shown(root)} is where the names of --pairs begin: give --pairs too"
        )
    settings = settings_from({}, near=files[0] if files else None)
    found = [*_entries(files, settings), *_sources(sources, settings)]
    entries = _told_apart(found)
    if len(entries) < 2 or all(entry.role == "source" for entry in entries):
        raise UsageError("two documents are needed: stratlint passages A B")
    with running(settings) as run:
        read, not_read = _read_entries(entries, run)
    with lists_in_force(run.lists):
        _run_files(read, form or "text", min_words, thorough, output)
    return ExitCode.UNREADABLE if not_read else ExitCode.CLEAN


def _refuse_with_pairs(form: str | None, min_words: int | None, *, thorough: bool) -> None:
    """Refuse what --pairs does not heed: its rows are JSON, each pair aligned in full."""
    given = {
        "--format text": form == "text",
        "--min-words": min_words is not None,
        "--thorough": thorough,
    }
    for flag, there in given.items():
        if there:
            raise UsageError(
                f"{flag} is not for --pairs, which aligns every pair in full and writes JSON lines"
            )


def _run_pairs(path: Path, root: Path, jobs: int, output: Path | None) -> None:
    from stratlint.comparison.passages.pairs import read_pairs, run_pairs
    from stratlint.run.read import read_texts

    pairs = read_pairs(path)
    with running(settings_from({}, near=path)) as run:
        read = read_texts((root / name for pair in pairs for name in pair), run)
    texts = {name: read[root / name] for name in _names(pairs)}
    lines: list[str] = []
    with progress("pairs", len(pairs)) as advance:
        for row in run_pairs(pairs, texts, jobs, run.lists):
            lines.append(json.dumps(row, ensure_ascii=False))
            advance(str(row["a"]))
    emit_json("".join(line + "\n" for line in lines), output)


def _names(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for pair in pairs for name in pair))


def _entries(paths: Sequence[Path], settings: Settings) -> list[Entry]:
    """Files as they are given; of a folder or a manifest, the documents that it names."""
    from stratlint.run.corpus import Entry, load_corpus

    found: list[Entry] = []
    for path in paths:
        if path.is_dir() or path.suffix in (".yaml", ".yml"):
            corpus = load_corpus(path, settings)
            for word in corpus.left_out:
                say(word)
            found += corpus.entries
        else:
            found.append(Entry(path=path, source=shown(path.name)))
    return found


def _sources(paths: Sequence[Path], settings: Settings) -> list[Entry]:
    """The same as sources, whatever a manifest or the lack of one makes of them."""
    import msgspec

    return [msgspec.structs.replace(entry, role="source") for entry in _entries(paths, settings)]


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Entries with names of their own: of one name in two folders, each is called by its path.

    Raises UsageError for a file that was given twice.
    """
    from collections import Counter

    import msgspec

    files = [real(entry.path) for entry in entries]
    if len(set(files)) < len(files):
        twice = next(e for e, file in zip(entries, files, strict=True) if files.count(file) > 1)
        raise UsageError(f"the same document was given twice: {twice.path}")
    while len(counts := Counter(entry.source for entry in entries)) < len(entries):
        entries = [
            msgspec.structs.replace(e, source=shown(e.path)) if counts[e.source] > 1 else e
            for e in entries
        ]
    return entries


def _run_files(
    read: dict[str, list[Document]],
    form: str,
    min_words: int | None,
    thorough: bool,
    output: Path | None,
) -> None:
    from stratlint.comparison.passages.find import find_passages, options_for

    documents = [*read["strategy"], *read["source"]]
    options = options_for(len(documents), min_words=min_words, thorough=thorough)
    with progress("pairs", None) as advance:
        found = find_passages(
            read["strategy"], sources=read["source"], options=options, progress=advance
        )
    if form == "json":
        emit_json(_json(found, documents), output)
    else:
        from stratlint.reporting.terminal.passages import render

        watched, width = is_watched(output), width_of(output)
        emit(render(found, len(documents), colour=watched, width=width), output)
    if not found.passages:
        say("no shared passages")


def _read_entries(
    entries: Sequence[Entry], run: Run
) -> tuple[dict[str, list[Document]], tuple[NotRead, ...]]:
    """The documents by role, and those that could not be read, which are said.

    Raises UnreadableInput when no pair is left.
    """
    from stratlint.run.read import read_documents
    from stratlint.run.regions import said

    done = read_documents(entries, run)
    for item in done.not_read:
        say(f"not read: {item.source}: {item.reason}")
    by_source = {entry.source: entry for entry in entries}
    read: dict[str, list[Document]] = {"strategy": [], "source": []}
    for document in done.documents:
        entry = by_source[document.source]
        read[entry.role].append(said(entry, document))
    if len(done.documents) < 2 or not read["strategy"]:
        message = "fewer than two documents could be read, or only sources"
        raise UnreadableInput(message, code=done.not_read[0].code)
    return read, done.not_read


def _json(found: Found, documents: Sequence[Document]) -> str:
    from itertools import combinations

    from stratlint.comparison.passages.pairs import row

    by_pair: dict[tuple[str, str], list[object]] = {}
    lines = []
    for item in found.alignments:
        by_pair.setdefault((item.a, item.b), []).append(item)
    pairs = [(a.source, b.source) for a, b in combinations(documents, 2)]
    for a, b in pairs:
        items = by_pair.get((a, b), [])
        if items or len(pairs) == 1:
            lines.append(json.dumps(row(a, b, items), ensure_ascii=False))  # type: ignore[arg-type]
    return "".join(line + "\n" for line in lines)
