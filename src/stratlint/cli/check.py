"""``stratlint check``: one draft before publication."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from stratlint.cli.common import (
    OUTPUT,
    Command,
    Input,
    Target,
    emit,
    is_forced,
    is_watched,
    running,
    say,
    width_of,
)
from stratlint.cli.options import exit_code, load_flags, settings_options
from stratlint.errors import StratlintError, UnreadableInput, UsageError, shown
from stratlint.records import ExitCode, Severity
from stratlint.resources import real

if TYPE_CHECKING:
    from stratlint.records import AuditResult
    from stratlint.run.check import Against
    from stratlint.run.corpus import Said
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings

EPILOG = """\b
Examples:
  stratlint check draft.pdf
  stratlint check draft.docx --region "North East" --against corpora/english-regions
  stratlint check draft.pdf --against regions.json --annotate draft-with-notes.pdf
  stratlint check draft.pdf --fail-on warning --format sarif -o draft.sarif
  stratlint check draft.docx --watch
  stratlint check - --as strategies/draft.md --format vale-json < unsaved.md
"""

STDIN = Path("-")


@dataclass(frozen=True)
class _Request:
    """What is asked of a draft."""

    draft: Path
    settings: Settings
    said: Said
    format: str
    statistics: bool
    annotate: tuple[Path, ...]
    output: Path | None
    baseline: Path | None = None
    unsaved: bool = False
    """Whether the draft comes on standard input, under the name of a file."""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("drafts", metavar="DRAFT...", nargs=-1, required=True, type=Input())
@click.option(
    "--as",
    "as_",
    type=Input(),
    metavar="FILE",
    help="With - for standard input: the file it stands for; its ending tells the kind.",
)
@click.option("--region", help="The region the draft is for; recognised when not given.")
@click.option(
    "--area",
    multiple=True,
    metavar="NAME",
    help="The county, district, partnership or other area it is for (may be repeated).",
)
@click.option("--year", type=click.IntRange(1900, 2100), help="The year of the draft.")
@click.option(
    "--against",
    type=Input(exists=True),
    help="A corpus to compare with, or a profile of one.",
)
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    help="text, html, json, sarif, markdown, … : one output, to standard output or -o.",
)
@click.option(
    "--show",
    type=click.Choice([s.value for s in Severity]),
    help="Least severity that is printed.",
)
@click.option("--statistics", is_flag=True, help="Print a count for each rule, not findings.")
@click.option(
    "--annotate",
    multiple=True,
    type=Target(),
    help="Write a copy of the draft with the findings as notes (.pdf or .docx).",
)
@click.option(
    "--write-baseline",
    type=Input(dir_okay=False),
    help="Write today's findings as suppressions, to see only new ones from now on.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a draft is saved.")
@OUTPUT
@settings_options
def command(
    drafts: tuple[Path, ...],
    as_: Path | None,
    region: str | None,
    area: tuple[str, ...],
    year: int | None,
    against: Path | None,
    format_: str,
    show: str | None,
    statistics: bool,
    annotate: tuple[Path, ...],
    write_baseline: Path | None,
    watch: bool,
    output: Path | None,
    **flags: Any,
) -> int:
    """Check a DRAFT: what will an auditor say of it, and what to fix first?

    Without --against only rules that need no other document run; the others are listed as
    not run. Several drafts are checked one after another; one that cannot be read is said,
    and the exit code is 3. With - the draft comes on standard input, as an editor sends what is
    not saved yet; --as names its file.
    """
    drafts = _named(drafts, as_, watch=watch, annotate=annotate)
    if len(drafts) > 1:
        _refuse_for_several(format_, output, annotate)
    if statistics and format_ != "text":
        raise UsageError(f"--statistics prints text; leave --format {format_} out")
    from stratlint.reporting import check_formats
    from stratlint.reporting.notes.annotate import check_target
    from stratlint.run.corpus import Said

    if write_baseline is not None and watch:
        raise UsageError("--write-baseline sets aside what is there now: leave --watch out")
    check_formats([format_])
    for target in annotate:
        check_target(drafts[0], target)
    requests = [
        _Request(
            draft,
            settings,
            Said(region=region or "", area=area, year=year),
            format_,
            statistics,
            annotate,
            output,
            write_baseline,
            as_ is not None,
        )
        for draft, settings in _own_settings(drafts, {**flags, "show": show})
    ]
    if watch:
        _watch(requests, against)
    code = 0
    for settings, group in groupby(requests, key=lambda request: request.settings):
        with running(settings) as run:
            code = max(code, _check_group(list(group), against, run, alone=len(requests) == 1))
    return code


def _own_settings(drafts: tuple[Path, ...], flags: dict[str, Any]) -> list[tuple[Path, Settings]]:
    """Each draft has the settings of its own folder; what is in force is said once."""
    found = [load_flags(flags, near=draft) for draft in drafts]
    for word in dict.fromkeys(word for held in found for word in held.words):
        say(word)
    return [(draft, held.settings) for draft, held in zip(drafts, found, strict=True)]


def _check_group(requests: list[_Request], against: Path | None, run: Run, *, alone: bool) -> int:
    """Check drafts that share settings, one after another, or one that is all that is asked."""
    if not alone:
        opened = _open((), against, run)
        return max(_check_or_say(request, opened, run) for request in requests)
    (request,) = requests
    if not request.unsaved:
        return _check(request, _open((request.draft,), against, run), run)
    from stratlint.run.check import open_against
    from stratlint.run.unsaved import unsaved

    data = _from_standard_input(run.settings.limits.max_bytes)
    opened = open_against(against, run, without=[request.draft])
    with unsaved(data, request.draft) as held:
        return _check(request, opened, run, held=held)


def _named(
    drafts: tuple[Path, ...], as_: Path | None, *, watch: bool, annotate: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The drafts, standard input by its file's name. Raises UsageError where it has none."""
    from stratlint.run.unsaved import must_have_an_ending

    if STDIN not in drafts:
        if as_ is not None:
            raise UsageError(
                f"--as {shown(as_)} names what comes on standard input: give - as the draft"
            )
        return drafts
    if as_ is None:
        raise UsageError(
            "nothing says what kind of file comes on standard input: name it with --as, such as "
            "'stratlint check - --as draft.md' (the file itself need not be there)"
        )
    if len(drafts) > 1:
        raise UsageError("- is one draft: check the others in a command of their own")
    if watch or annotate:
        raise UsageError("--watch and --annotate need a file, not standard input")
    must_have_an_ending(as_)
    return (as_,)


def _from_standard_input(most: int) -> bytes:
    """What comes on standard input. Raises UnreadableInput for nothing, or for too much."""
    if sys.stdin is None:
        raise UnreadableInput("standard input is closed", code="missing")
    data = sys.stdin.buffer.read(most + 1)
    if not data.strip():
        raise UnreadableInput("standard input: nothing came", code="empty")
    if len(data) > most:
        raise UnreadableInput(
            f"standard input: over the limit of {most:,} bytes (raise with --max-bytes)",
            code="too-much-text",
        )
    return data


def _open(drafts: tuple[Path, ...], against: Path | None, run: Run) -> Against:
    """What drafts are checked against; a lone draft that is not there is told before."""
    from stratlint.run.check import must_be_there, open_against

    for draft in drafts:
        must_be_there(draft, run)
    return open_against(against, run, without=drafts)


_ONE_AFTER_ANOTHER = ("text", "jsonl", "markdown", "github")
"""Formats that are still what they say when one output follows the other."""


def _refuse_for_several(form: str, output: Path | None, annotate: tuple[Path, ...]) -> None:
    from stratlint.reporting import FORMATS

    if output or annotate:
        raise UsageError("-o and --annotate are for one draft; check them one by one")
    if form in FORMATS and form not in _ONE_AFTER_ANOTHER:
        raise UsageError(
            f"several drafts, one after another, are no valid {form}: check them one by one, "
            f"or use --format {' or '.join(_ONE_AFTER_ANOTHER[:2])}"
        )


def _check_or_say(request: _Request, against: Against, run: Run) -> int:
    """Check one of several: what cannot be read is said, and keeps nobody from the others."""
    try:
        return _check(request, against, run)
    except UnreadableInput as error:
        say(f"not read: {error.message}")
        return ExitCode.UNREADABLE


def _check(request: _Request, against: Against, run: Run, *, held: Path | None = None) -> int:
    """Check one draft and write what is asked; ``held`` is its unsaved text."""
    from stratlint.reporting.draft import render_draft
    from stratlint.run.check import check_beside
    from stratlint.run.suppressions import suppress

    draft, settings = request.draft, request.settings
    result = check_beside(
        held or draft,
        against,
        run,
        request.said,
        stands_for=draft if held is not None else None,
    )
    result = suppress(result, settings, draft.parent, baseline=request.baseline)
    if request.said.region:
        _say_if_mistyped(request.said.region, against)
    _say_what_to_know(result, request)
    colour = request.format == "text" and is_watched(request.output)
    data = render_draft(
        _as_vale_says(result, draft) if held and request.format == "vale-json" else result,
        request.format,
        colour=colour,
        width=width_of(request.output),
        show=settings.show,
        statistics=request.statistics,
    )
    emit(data, request.output)
    for target in request.annotate:
        from stratlint.reporting.notes.annotate import annotate_draft

        count = annotate_draft(result, draft, target, force=is_forced())
        say(f"Annotated: {target} ({count} {'note' if count == 1 else 'notes'})")
    return exit_code(result, settings.fail_on)


def _as_vale_says(result: AuditResult, draft: Path) -> AuditResult:
    """The result with the name under which vale's plug-ins look for what they sent."""
    return msgspec.structs.replace(
        result, files={**result.files, str(result.subject): f"stdin{draft.suffix}"}
    )


def _say_if_mistyped(region: str, against: Against) -> None:
    """A word on a region without figures that is nearly one of those with places and figures."""
    from stratlint.run.regions import without_figures_word

    word = without_figures_word(region, against.ground.evidence.regions)
    if word is not None:
        say(f"warning: {word}")


def _say_what_to_know(result: AuditResult, request: _Request) -> None:
    """Warnings and the region, unless the text on standard output says them itself."""
    if request.format == "text" and request.output is None and not request.statistics:
        return
    for analysis in result.analyses:
        if analysis.document.source == result.subject:
            for warning in analysis.document.warnings:
                if warning.code in ("region-guessed", "area-guessed"):
                    say(warning.message)
    for message in result.warnings:
        say(message)


def _watch(requests: list[_Request], against: Path | None) -> None:
    """Check now and after each change, until interrupted."""
    by_draft = {request.draft: request for request in requests}
    for changed in _changes(tuple(by_draft)):
        for draft in changed:
            request = by_draft[draft]
            try:
                with running(request.settings) as run:
                    code = _check(request, _open((draft,), against, run), run)
            except UnreadableInput as error:
                # Half-saved, perhaps: the next change tells.
                say(f"stratlint: {error.message}")
            except StratlintError as error:
                say(f"stratlint: error: {error.message}")
            else:
                some = "findings" if code == ExitCode.FINDINGS else "no finding"
                said = f"{some} at or above '{request.settings.fail_on}'"
                say(f"{draft}: {said}. Waiting for it to be saved; Ctrl-C ends.")


def _changes(drafts: tuple[Path, ...]) -> Iterator[list[Path]]:
    """All drafts at first, then those that were saved.

    Folders are watched, not files: word processors replace a file when they save. Raises
    UsageError where the library for it is missing.
    """
    try:
        from watchfiles import Change, watch
    except ImportError:
        raise UsageError("--watch needs watchfiles: pip install watchfiles") from None
    by_path = {real(draft): draft for draft in drafts}

    def wanted(change: Change, path: str) -> bool:
        return change != Change.deleted and real(Path(path)) in by_path

    yield list(drafts)
    folders = sorted({path.parent for path in by_path})
    for changes in watch(*folders, watch_filter=wanted, recursive=False):
        saved = {real(Path(path)) for _, path in changes}
        yield [draft for path, draft in by_path.items() if path in saved and path.exists()]
