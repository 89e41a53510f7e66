"""The command line. Commands are imported when they are called, so that help is quick."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence

import click

from stratlint._version import __version__
from stratlint.errors import StratlintError, UnreadableInput, shortened
from stratlint.records import ExitCode

COMMANDS = {
    "audit": "Audit a corpus of strategies and write a report.",
    "check": "Check one draft before publication.",
    "serve": "Open a local page to check drafts in the browser.",
    "lsp": "Serve an editor: remarks in open drafts.",
    "extract": "Extract the text of one document in reading order.",
    "explain": "Show why a document was read the way it was.",
    "passages": "Find text that documents share.",
    "compare": "Compare the documents of a corpus.",
    "diff": "Compare two versions of a document, or two runs.",
    "profile": "Save what corpus rules need, without the texts.",
    "init": "Make a manifest and settings for a folder of documents.",
    "ignore": "Suppress one finding, with a reason.",
    "config": "Show the settings in force and where each comes from.",
    "rule": "Explain a rule.",
    "test": "Run the cases that every rule carries.",
    "validate": "Check rule files, manifests and settings for faults.",
    "classify": "Classify passages: what do they say of each sector?",
    "evaluate": "Measure the classifier on labelled passages.",
    "train": "Train the classifier on labelled passages.",
    "label": "Write candidate passages of a document for people to code.",
    "cache": "Show or clear the cache of analyses.",
}
"""Every command, most used first, with its one-line help."""

EXAMPLES = """\b
Examples:
  stratlint audit corpora/english-regions -o out
  stratlint check draft.pdf --region "North East" --against corpora/english-regions
  stratlint extract strategy.pdf
  stratlint rule SB003

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or rule fault,
3 unreadable input."""


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own name."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every command, most used first."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import the one command that is asked for."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"stratlint.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a mistyped one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            if close:
                message = f"{error.message} Did you mean '{close[0]}'?"
                raise click.UsageError(message, ctx=ctx) from None
            raise

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="stratlint")
def cli() -> None:
    """Does this regional strategy fit its place, or does it copy everybody else's?

    stratlint reads regional strategies, finds the sectors that each commits to, compares
    them with each other and with official statistics, and says where the text supports it.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result = cli.main(arguments, prog_name="stratlint", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return ExitCode.USAGE
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        _say(shown.getvalue().removesuffix("\n"))
        return ExitCode.USAGE
    except StratlintError as error:
        return _explain(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stratlint: stopped; nothing was left half-written", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (| head): that is its right, and no error.
        _let_go_of_output()
        return ExitCode.CLEAN
    except OSError as error:
        # What stands unwritten before a full disk would be tried again when Python ends.
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        _say(f"stratlint: error: {where}{error.strerror or error}")
        return ExitCode.USAGE
    return int(result) if isinstance(result, int) else ExitCode.CLEAN


def _let_go_of_output() -> None:
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    from stratlint.cli.common import say

    say(shortened(message))


def _explain(error: StratlintError) -> int:
    _say(f"stratlint: error: {error.message}")
    return ExitCode.UNREADABLE if isinstance(error, UnreadableInput) else ExitCode.USAGE


def run() -> None:
    """Entry point of the ``stratlint`` command."""
    # Loading makes hundreds of thousands of things that stay, and records are in no cycle: looked
    # for after 10,000 instead of 700, cycles take next to no time of a command.
    gc.set_threshold(10_000, 10, 10)
    sys.exit(main())
