"""``stratlint config``: the settings in force and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import OUTPUT, Command, emit
from stratlint.cli.options import load_flags, settings_options

EPILOG = """\b
Examples:
  stratlint config
  stratlint config --format json
  stratlint config --template -o stratlint.yaml
"""


@click.command(cls=Command, epilog=EPILOG)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table for people, or JSON.",
)
@click.option("--template", is_flag=True, help="Print a commented settings file instead.")
@OUTPUT
@settings_options
def command(format_: str, template: bool, output: Path | None, **flags: Any) -> None:
    """Show the settings in force and where each comes from.

    A flag overrides the environment (STRATLINT_JOBS=4), which overrides the file
    (stratlint.yaml, or [tool.stratlint] in pyproject.toml), which overrides the default.
    """
    if template:
        from stratlint.run.begin import settings_template

        emit(settings_template(), output)
        return
    found = load_flags(flags)
    values = found.settings.model_dump(mode="json", by_alias=True)
    origins = {name: found.origins.get(name, "default") for name in values}
    if format_ == "json":
        rows = {name: {"value": values[name], "origin": origins[name]} for name in values}
        emit(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", output)
        return
    width = max(map(len, values))
    shown = {name: _shown(value) for name, value in values.items()}
    column = max(len(text) for text in shown.values() if len(text) <= _LONG)
    lines = [f"{n:{width}}  {shown[n]:{column}}  {origins[n]}".rstrip() for n in values]
    emit("\n".join(lines) + "\n", output)


_LONG = 40


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
