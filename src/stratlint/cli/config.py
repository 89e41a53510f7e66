"""``stratlint config``: the settings in force and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from stratlint.cli.common import OUTPUT, Command, Input, emit, emit_json
from stratlint.cli.options import load_flags, settings_options
from stratlint.errors import safe

EPILOG = """\b
Examples:
  stratlint config
  stratlint config --format json
  stratlint config --for strategies/draft.md
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
@click.option("--for", "near", type=Input(exists=True), help="Those for this draft or corpus.")
@OUTPUT
@settings_options
def command(
    format_: str, template: bool, near: Path | None, output: Path | None, **flags: Any
) -> None:
    """Show the settings in force and where each comes from.

    A flag overrides the environment (STRATLINT_JOBS=4), which overrides the file
    (stratlint.yaml, or [tool.stratlint] in pyproject.toml), which overrides those it extends,
    the folder .stratlint, and the default.
    """
    if template:
        from stratlint.run.begin import settings_template

        emit(settings_template(), output)
        return
    found = load_flags(flags, near)
    values = found.settings.model_dump(mode="json", by_alias=True)
    origins = {name: found.origins.get(name, "default") for name in values}
    parts = {name: origin for name, origin in found.origins.items() if "." in name}
    if format_ == "json":
        rows: dict[str, dict[str, Any]]
        rows = {name: {"value": values[name], "origin": origins[name]} for name in values}
        for name, origin in parts.items():
            setting, _, part = name.partition(".")
            rows[setting].setdefault("parts", {})[part] = origin
        emit_json(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", output)
        return
    shown = {}
    for name, value in values.items():
        shown[name] = _shown(value)
        # Where several places set parts of it, each part has a line and an origin of its own.
        own = [part for part in parts if part.startswith(f"{name}.")]
        if len({parts[part] for part in own}) > 1:
            shown |= {part: _shown(value[part.partition(".")[2]]) for part in own}
    width = max(map(len, shown))
    column = max(len(text) for text in shown.values() if len(text) <= _LONG)
    where = {**origins, **parts}
    lines = [f"{n:{width}}  {shown[n]:{column}}  {where[n]}".rstrip() for n in shown]
    emit(safe("\n".join(lines) + "\n"), output)


_LONG = 40


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
