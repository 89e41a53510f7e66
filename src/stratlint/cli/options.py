"""Options that several commands share, and how they become settings."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stratlint.cli.common import Input, say
from stratlint.records import Kind, Severity

if TYPE_CHECKING:
    from stratlint.records import AuditResult
    from stratlint.run.settings import Settings, SettingsInForce

F = TypeVar("F", bound=Callable[..., Any])

FAIL_ON = click.Choice([*(s.value for s in Severity), "never"])

_READING_OPTIONS = (
    click.option("--reader", type=click.Choice(["pdfium", "pdfplumber"]), help="PDF reader."),
    click.option("--repair/--no-repair", default=None, help="Mend ligatures, hyphens, notes."),
    click.option("--ocr", is_flag=True, default=None, help="Recognise scanned pages."),
    click.option("--cache/--no-cache", default=None, help="Keep results between runs."),
)

_CONFIG = click.option("--config", type=Input(exists=True), help="Settings file to use.")

_SETTINGS_OPTIONS = (
    *_READING_OPTIONS,
    click.option("--spacy-model", metavar="NAME", help="Use an installed spaCy model."),
    click.option("-j", "--jobs", type=click.IntRange(0), help="Processes; 0 = one a core."),
    click.option(
        "--kind",
        type=click.Choice([kind.value for kind in Kind]),
        help="Kind of the documents, where their text tells it wrongly.",
    ),
    click.option("--fail-on", type=FAIL_ON, help="Least severity that makes exit code 1."),
    click.option("--select", multiple=True, metavar="RULE,…", help="Only these rules or families."),
    click.option("--ignore", multiple=True, metavar="RULE,…", help="Not these rules or families."),
    click.option(
        "--pack",
        type=click.Choice(["core", "editorial", "all"]),
        help="Rules to run: core, editorial or all.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Leave these documents of a corpus out (may be repeated).",
    ),
    click.option(
        "--marks/--no-marks", default=None, help="Heed marks in documents that set findings aside."
    ),
    click.option("--preview", is_flag=True, default=None, help="Also rules not yet proven."),
    click.option(
        "--rules",
        "rules_dirs",
        multiple=True,
        metavar="DIR",
        help="Also the rules of this folder (may be repeated).",
    ),
    click.option(
        "--sectors", metavar="DIR", help="Another list of sectors: a folder, or a shipped one."
    ),
    click.option(
        "--places", metavar="DIR", help="Regions, places and areas of your own, in a folder."
    ),
    click.option(
        "--reference",
        type=click.Choice(["England", "United Kingdom"]),
        help="What areas and regions are measured against.",
    ),
    _CONFIG,
)


class _Seconds(click.FloatRange):
    """A number that is one: 'nan' and 'inf' are floats to Python."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"'{value}' is not a finite number", param, ctx)
        return found


_LIMIT_OPTIONS = (
    click.option("--max-pages", type=click.IntRange(1), help="Most pages of a document."),
    click.option("--max-characters", type=click.IntRange(1), help="Most characters of one."),
    click.option("--max-bytes", type=click.IntRange(1), help="Largest file."),
    click.option("--max-seconds", type=_Seconds(0.1), help="Longest time for one."),
    click.option("--max-memory-mb", type=click.IntRange(256), help="Most memory for one."),
)

_LIMIT_FIELDS = {
    "max_pages": "max_pages",
    "max_characters": "max_characters",
    "max_bytes": "max_bytes",
    "max_seconds": "seconds",
    "max_memory_mb": "memory_mb",
}


def reading_options(function: F) -> F:
    """Add the options that become settings of reading one document."""
    for option in reversed((*_READING_OPTIONS, *_LIMIT_OPTIONS, _CONFIG)):
        function = option(function)
    return function


def settings_options(function: F) -> F:
    """Add the options that become settings; they arrive as keyword arguments."""
    for option in reversed(_SETTINGS_OPTIONS + _LIMIT_OPTIONS):
        function = option(function)
    return function


def settings_from(flags: dict[str, Any], near: Path | None = None) -> Settings:
    """Settings in force, from the flags that :func:`settings_options` collected.

    ``near`` is what is read: settings, rules and lists beside it are told, for they change what
    is found.
    """
    found = load_flags(flags, near)
    for word in found.words:
        say(word)
    return found.settings


def load_flags(flags: dict[str, Any], near: Path | None = None) -> SettingsInForce:
    """The same with the origin of every value."""
    from stratlint.run.settings import load_settings

    flags = dict(flags)
    limits = {
        field: flags.pop(flag)
        for flag, field in _LIMIT_FIELDS.items()
        if flags.get(flag) is not None
    }
    for flag in _LIMIT_FIELDS:
        flags.pop(flag, None)
    file = flags.pop("config", None)
    return load_settings({**flags, "limits": limits or None}, near=near, file=file)


def exit_code(result: AuditResult, fail_on: str) -> int:
    """3 when an input was not read, 1 for a finding at or above ``fail_on``, else 0."""
    from stratlint.records import ExitCode

    if result.not_read:
        return ExitCode.UNREADABLE
    worst = result.worst()
    if fail_on != "never" and worst is not None and worst.weight >= Severity(fail_on).weight:
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
