"""What every command shares: output, messages and progress."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stratlint.errors import UsageError, safe

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from stratlint.run.run import Progress, Run
    from stratlint.run.settings import Settings
    from stratlint.workers.store import Store

F = TypeVar("F", bound=Callable[..., Any])


class Input(click.Path):
    """A path that is read. Whether it is there the reader checks, whose message says more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Refuse an empty name: to the system it is the working folder."""
        if value in ("", b""):
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


EXISTING = Input()


class Target(Input):
    """A file or folder that is written. Every other path of a command is read."""

    def __init__(self, *, folder: bool = False, either: bool = False) -> None:
        super().__init__(dir_okay=folder or either, file_okay=not folder)
        self.folder = folder


class Command(click.Command):
    """A command that does not begin where it would write onto what it reads.

    Its outputs are the parameters of the type Target, its inputs all other paths.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Check where output may go, then run."""
        from stratlint.outputs import refuse_folder, refuse_foreign, refuse_inputs

        read: list[Path] = []
        written: list[tuple[Target, Path]] = []
        for param in self.params:
            value = ctx.params.get(param.name or "")
            for path in value if isinstance(value, tuple) else (value,):
                if isinstance(path, Path) and isinstance(param.type, Target):
                    written.append((param.type, path))
                elif isinstance(path, Path):
                    read.append(path)
        for kind, path in written:
            if kind.folder:
                refuse_folder(path, read, force=is_forced())
                continue
            refuse_inputs(path, read)
            if not is_forced():
                refuse_foreign(path)
        return super().invoke(ctx)


_FORCED = "stratlint.force"


def _keep_force(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[_FORCED] = value


def is_forced() -> bool:
    """Whether --force is given to the command that runs."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_FORCED))


FORCE = click.option(
    "--force",
    is_flag=True,
    expose_value=False,
    callback=_keep_force,
    help="Replace a file that stratlint did not write.",
)


def OUTPUT(function: F) -> F:  # noqa: N802 - a decorator like the constants beside it
    """Add -o, and --force for what is there already."""
    output = click.option(
        "-o", "--output", type=Target(), help="Write here instead of to standard output."
    )
    return output(FORCE(function))


def emit(data: str | bytes, output: Path | None) -> None:
    """Write machine output to a file, atomically, or to standard output."""
    if output is not None:
        from stratlint.outputs import write_output

        write_output(output, data, force=is_forced())
    else:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with -o")
        # Bytes, so that newlines and UTF-8 arrive as they are on every platform.
        payload = data.encode("utf-8", "replace") if isinstance(data, str) else data
        sys.stdout.buffer.write(payload)
        # Here, where a full disk or a reader that went away can still be told.
        sys.stdout.flush()


def emit_json(data: str | bytes, output: Path | None) -> None:
    """Write JSON in which no character drives a terminal: such characters stand as escapes."""
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    emit(_DRIVING.sub(lambda m: f"\\u{ord(m.group()):04x}", text), output)


_DRIVING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON allows in a string and a terminal obeys; below U+0020 JSON allows nothing."""


def plain_text(text: str, output: Path | None) -> str:
    """Text of a document as it may be written: without control characters, which no text has.

    On a terminal marks that turn the direction of what follows are escaped as well.
    """
    if is_watched(output):
        return safe(text)
    return _CONTROLS.sub("\ufffd", text)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def width_of(output: Path | None) -> int:
    """Columns of text: as many as the terminal has, within what reads well."""
    if output is not None or not _is_terminal():
        return _WIDTH
    return max(40, min(100, shutil.get_terminal_size((_WIDTH, 24)).columns - 1))


_WIDTH = 88


def is_watched(output: Path | None) -> bool:
    """Whether a person reads this on a terminal, so that colours help."""
    return output is None and _is_terminal()


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def say(message: str) -> None:
    """A message for a person, on standard error."""
    click.echo(safe(message), err=True)


@contextmanager
def running(
    settings: Settings, executor: Executor | None = None, store: Store | None = None
) -> Iterator[Run]:
    """A run with a progress bar on a terminal; what it has to say of itself is said at its end."""
    from stratlint.run.run import Run

    with _bar() as tell, Run(settings, executor=executor, store=store, tell=tell) as run:
        yield run
    for word in run.words():
        say(word)


_STEPS = {
    "table": "Reading tables",
    "read": "Reading",
    "recognise": "Recognising regions",
    "analyse": "Analysing",
    "judge": "Judging",
    "tokens": "Indexing",
    "tile": "Aligning",
}


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """Draw each step's progress."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _progress: None
        return
    with progress("", None) as draw:
        yield lambda p: draw(p.item, _STEPS.get(p.step, p.step), p.done, p.total)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A progress bar on standard error when it is a terminal; silent otherwise.

    Yields a function that is called for each finished piece with its name, and perhaps with
    another label, how many are done and of how many.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    # Rich costs a tenth of a second to import: only where there is a terminal to draw on.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, name="")

        def draw(
            name: str, step: str = label, done: int | None = None, of: int | None = total
        ) -> None:
            if done is None:
                bar.update(task, advance=1, name=safe(name))
            else:
                bar.update(task, description=step, completed=done, total=of, name=safe(name))

        yield draw
