"""``stratlint rule``: explain one rule, or write the pages of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import FORCE, Command, Input, Target, emit, is_forced
from stratlint.cli.options import settings_from
from stratlint.errors import UsageError

if TYPE_CHECKING:
    from stratlint.rules.rule import Rule

EPILOG = """\b
Examples:
  stratlint rule SB003
  stratlint rule crowded-priority --format json
  stratlint rule --all -o docs/reference/rules
"""

RULES = click.option(
    "--rules",
    "directories",
    type=Input(),
    multiple=True,
    help="A folder with rules of your own; may be given more than once.",
)


@click.command(cls=Command, name="rule", epilog=EPILOG)
@click.argument("names", nargs=-1, metavar="[RULE]...")
@click.option("--all", "every", is_flag=True, help="All rules; with -o DIR one page for each.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "schema"]),
    default="text",
    show_default=True,
    help="'schema' prints the JSON Schema of rule files for editors.",
)
@RULES
@click.option("-o", "--output", type=Target(either=True), help="A file, or a folder with --all.")
@FORCE
def command(
    names: tuple[str, ...],
    every: bool,
    form: str,
    directories: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Explain a rule: what it says, why, how to put it right, and how far to trust it."""
    pages = every and output is not None and form in ("text", "markdown")
    if output is not None and output.is_dir() and not pages:
        raise UsageError(f"{output} is a folder: only --all, as text or markdown, writes into one")
    if form == "schema":
        _emit_schema(output)
        return
    from stratlint.rules import load_rules

    rules = load_rules(own_rules(directories), include_preview=True)
    if output is not None and pages:
        _write_pages(rules, output)
        return
    chosen = rules if every else choose(rules, names)
    if not chosen:
        raise click.UsageError("name a rule, a family, or --all")
    emit(_shown(chosen, form), output)


def own_rules(directories: tuple[Path, ...]) -> tuple[Path, ...]:
    """Folders of rules of one's own: those that are given, else those in force here."""
    return directories or tuple(Path(name) for name in settings_from({}).rules_dirs)


def choose(rules: tuple[Rule, ...], names: tuple[str, ...]) -> tuple[Rule, ...]:
    """Rules by id, name or family, in the order of the catalogue.

    Raises click.UsageError with the nearest name for one that is none.
    """
    from stratlint.knowledge.yamlfile import nearest

    wanted = {name.lower() for name in names}
    known = sorted({key for rule in rules for key in (rule.id, rule.name, rule.family)})
    lower = {key.lower(): key for key in known}
    for name in names:
        if name.lower() not in lower:
            close = nearest(name.lower(), sorted(lower))
            hint = f" Did you mean '{lower[close]}'?" if close else ""
            raise click.UsageError(f"there is no rule '{name}'.{hint}")
    return tuple(
        rule for rule in rules if wanted & {rule.id.lower(), rule.name.lower(), rule.family.lower()}
    )


def _shown(rules: tuple[Rule, ...], form: str) -> str:
    import json

    from stratlint.rules.pages import as_data, as_page, as_text

    if form == "json":
        data = [as_data(rule) for rule in rules]
        return json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False) + "\n"
    show = as_page if form == "markdown" else as_text
    return "\n".join(show(rule) for rule in rules)


def _write_pages(rules: tuple[Rule, ...], folder: Path) -> None:
    from stratlint.outputs import write_outputs
    from stratlint.rules.pages import as_page, index_page

    pages: dict[Path, str | bytes] = {folder / f"{rule.id}.md": as_page(rule) for rule in rules}
    write_outputs({**pages, folder / "index.md": index_page(rules)}, force=is_forced())


def _emit_schema(output: Path | None) -> None:
    import json

    from stratlint.rules.schema import json_schema

    emit(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", output)
