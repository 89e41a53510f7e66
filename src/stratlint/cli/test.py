"""``stratlint test``: run the cases that rules carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import Command
from stratlint.cli.rule import RULES, choose, own_rules
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from stratlint.rules.cases import Pipeline
    from stratlint.rules.rule import Rule


@click.command(cls=Command, name="test")
@click.argument("names", nargs=-1, metavar="[RULES]...")
@RULES
@click.option("-q", "--quiet", is_flag=True, help="Only what went wrong, and the totals.")
def command(names: tuple[str, ...], directories: tuple[Path, ...], quiet: bool) -> int:
    """Run the cases of all rules, or of some (ids, names or families).

    A rule fails when a case goes wrong, when no case makes it fire, or when none keeps it
    silent. '-' marks what was wanted and missing, '+' what was found and not wanted.
    """
    from stratlint.rules import load_rules
    from stratlint.rules.cases import Pipeline

    rules = load_rules(own_rules(directories), include_preview=True)
    chosen = choose(rules, names) if names else rules
    pipeline = Pipeline()
    failed = sum(not _run(rule, pipeline, quiet=quiet) for rule in chosen)
    cases = sum(len(rule.tests) for rule in chosen)
    click.echo(
        f"{len(chosen) - failed} of {len(chosen)} rules pass, {cases} cases; "
        f"a case fires {sum(any(c.want for c in r.tests) for r in chosen)} of {len(chosen)} rules"
    )
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _run(rule: Rule, pipeline: Pipeline, *, quiet: bool) -> bool:
    from stratlint.rules.cases import faults_of, run_cases

    results = run_cases(rule, pipeline)
    faults = faults_of(rule, results)
    good = not faults and all(result.passed for result in results)
    if good and quiet:
        return True
    click.echo(f"{'ok  ' if good else 'FAIL'} {rule.id} {rule.name} ({len(results)} cases)")
    for result in results:
        if not result.passed:
            click.echo(f"     case: {result.case}")
        for problem in result.problems:
            click.echo(f"       {problem}")
    for fault in faults:
        click.echo(f"     {fault}")
    return good
