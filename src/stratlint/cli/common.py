"""What every command shares: output, messages and progress."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from stratlint.atomic import write_atomically

EXISTING = click.Path(path_type=Path)
"""A path argument; whether it exists is checked by the reader, whose message says more."""

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here instead of to standard output.",
)


def emit(data: str | bytes, output: Path | None) -> None:
    """Write machine output to a file, atomically, or to standard output."""
    if output is not None:
        write_atomically(output, data)
    else:
        # Bytes, so that newlines and UTF-8 arrive as they are on every platform.
        payload = data.encode("utf-8") if isinstance(data, str) else data
        sys.stdout.buffer.write(payload)


def width_of(output: Path | None) -> int:
    """Columns of text: as many as the terminal has, within what reads well."""
    if output is not None or not sys.stdout.isatty():
        return _WIDTH
    return max(40, min(100, shutil.get_terminal_size((_WIDTH, 24)).columns - 1))


_WIDTH = 88


def is_watched(output: Path | None) -> bool:
    """Whether a person reads this on a terminal, so that colours help."""
    return output is None and sys.stdout.isatty()


def say(message: str) -> None:
    """A message for a person, on standard error."""
    click.echo(safe(message), err=True)


def safe(text: str) -> str:
    """Text without the control characters that drive a terminal (file names are untrusted)."""
    return "".join(c if c in "\n\t" or (c.isprintable() and c not in _BIDI) else "�" for c in text)


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error when it is a terminal; silent otherwise.

    Yields a function that is called once for each finished piece with its name.
    """
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    # Rich costs a tenth of a second to import: only where there is a terminal to draw on.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=safe(name))
