"""Generate the pages that follow from the code: commands, settings, rules, sample report.

usage: build.py [--check | --pages]

Run before ``mkdocs build``. ``--pages`` writes only the pages that are committed, quickly:
in ``reference``: ``commands.md``, ``python.md``, ``settings.md`` and ``tables.md``, and the outputs
that tutorials show. With ``--check`` nothing is written; the exit code says whether they are what
would be written. Rule pages, sample report and notebook pages are not committed.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click

import stratlint
from stratlint.cli import COMMANDS, cli
from stratlint.cli import main as main_of_commands
from stratlint.run.settings import Limits, Settings
from stratlint.tables.schema import SCHEMA

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
GENERATED = "<!-- Made by docs/build.py from the code; edit that instead. -->\n\n"


def commands_page() -> str:
    """Every command with the help that it prints."""
    parts = [GENERATED, "# Commands\n\n", _fence(_help(cli, "stratlint"))]
    for name, summary in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        parts.append(f"\n## stratlint {name}\n\n{summary}\n\n")
        parts.append(_fence(_help(command, f"stratlint {name}")))
    return "".join(parts)


def _help(command: click.Command, name: str) -> str:
    settings: dict[str, Any] = {"terminal_width": 88, "max_content_width": 88}
    with click.Context(command, info_name=name, **settings) as context:
        text = command.get_help(context)
        subcommands = getattr(command, "commands", {})
        for sub, inner in sorted(subcommands.items()):
            text += f"\n\n$ {name} {sub} --help\n" + _help(inner, f"{name} {sub}")
        return text


def _fence(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


def settings_page() -> str:
    """Every setting with type, default and the places where it can be given."""
    lines = [
        GENERATED,
        "# Settings\n\n",
        "Settings come from, each overriding the one before: defaults; a folder `.stratlint`; a\n"
        "settings file that is extended; `stratlint.yaml`, or the table `[tool.stratlint]` of\n"
        "`pyproject.toml`, in the working folder or above it, else beside what is read or above\n"
        "that; the environment (`STRATLINT_` and the name in capitals); flags. `stratlint config`\n"
        "shows what is in force and from where. Relative paths in a file begin at the file's own\n"
        "folder, others where one stands. See [Configure](../how-to/configure.md).\n\n",
        "| setting | meaning | kind | default |\n|---|---|---|---|\n",
    ]
    for prefix, model in (("", Settings), ("limits.", Limits)):
        for name, field in model.model_fields.items():
            default = field.get_default(call_default_factory=True)
            shown = "" if isinstance(default, Limits) else f"`{_plain(default)}`"
            kind = _kind(field.annotation)
            lines.append(f"| `{prefix}{name}` | {field.description} | {kind} | {shown} |\n")
    return "".join(lines)


def _plain(value: object) -> object:
    return getattr(value, "value", value)


def _kind(annotation: Any) -> str:
    arguments = get_args(annotation)
    if arguments and all(isinstance(a, str) for a in arguments):
        return " or ".join(f"`{a}`" for a in arguments)
    name = annotation if arguments else getattr(annotation, "__name__", annotation)
    return "`" + re.sub(r"[a-z]+\.(?:\w+\.)*", "", str(name)).replace("|", "or") + "`"


def python_page() -> str:
    """The public functions and the columns of every frame, from their docstrings."""
    parts = [
        GENERATED,
        "# Python\n\n`import stratlint` is cheap: what is below is loaded when it is first used.\n"
        "Everything that comes back is a frozen record of `stratlint.records` or a pandas frame.\n",
    ]
    functions = [n for n in stratlint.__all__ if inspect.isfunction(getattr(stratlint, n))]
    for title, module, names in (
        ("Functions", stratlint, functions),
        ("Frames", stratlint.tables.frames, stratlint.tables.frames.__all__),
    ):
        parts.append(f"\n## {title}\n")
        prefix = "stratlint." if module is stratlint else "stratlint.tables.frames."
        for name in names:
            function = getattr(module, name)
            signature = str(inspect.signature(function)).replace("'", "")
            parts.append(f"\n### {prefix}{name}\n\n```python\n{prefix}{name}{signature}\n```\n")
            text = inspect.getdoc(function) or ""
            parts.append("\n" + text.replace("``", "`") + "\n")
    parts.append(
        "\n## Commands from Python\n\nWhat each command finds, Python finds too. Names outside "
        "`stratlint` and `stratlint.frames`\nare those of the rooms of the code: they may move.\n\n"
        "| command | from Python |\n|---|---|\n"
    )
    parts += [f"| `{command}` | {IN_PYTHON[command]} |\n" for command in COMMANDS]
    return "".join(parts)


IN_PYTHON = {
    "audit": "`stratlint.audit`, `stratlint.write_reports`",
    "check": "`stratlint.check`",
    "lsp": "an editor; what it shows is what `stratlint.check` finds",
    "serve": "a page; what it shows is what `stratlint.check` finds",
    "extract": "`stratlint.read(path).body`, `.blocks`",
    "explain": "`stratlint.analyse`, `frames.mentions`, `frames.declarations`",
    "passages": "`stratlint.shared_passages`, `frames.passages`",
    "compare": "`stratlint.audit(corpus).comparison`, `stratlint.compare(analyses)`; "
    "`--term`: `frames.concordance`, `frames.dispersion`",
    "diff": "`stratlint.versions.compare_versions`, `one_document`",
    "profile": "`stratlint.run.digesting.digest_of`; `stratlint.check(against=…)` takes the file",
    "init": "`stratlint.run.begin.begin`",
    "ignore": "`stratlint.run.suppressions.add_suppression`, `suppress`",
    "config": "`stratlint.run.settings.Settings`",
    "rule": "`stratlint.rules.load_rules`, `frames.rules`",
    "test": "`stratlint.rules.cases.run_cases`",
    "validate": "the reader of the file: what it refuses raises FileFault with file and line",
    "classify": "`stratlint.language.commitment.decide.classify_passage`",
    "evaluate": "`stratlint.training.evaluation.evaluate`",
    "train": "`stratlint.training.fit.train`",
    "label": "`stratlint.training.labelling.draw`",
    "cache": "`stratlint.workers.cache.Cache`",
}
"""Held to by tests/cli/test_parity.py, command by command."""


def tables_page() -> str:
    """Every table with what a row of it is, and its columns with type and meaning."""
    parts = [
        GENERATED,
        "# Data dictionary\n\n"
        "The tables of a result: files of `stratlint audit --format`, sheets of the workbook and\n"
        "frames of `stratlint.frames` have them by the same names. A missing value is an empty\n"
        "field. `region` and `document` are the keys that tables of documents share, `sector` the\n"
        "one of those of sectors; `start` and `end` are characters of `Document.text`.\n",
    ]
    for name, kind in SCHEMA.items():
        rows = "".join(f"| `{c.name}` | {c.type.__name__} | {c.meaning} |\n" for c in kind.columns)
        parts.append(f"\n## {name}\n\n{kind.title}. A row is {kind.row}.\n\n")
        parts.append(f"| column | type | meaning |\n|---|---|---|\n{rows}")
    return "".join(parts)


_MADE = re.compile(r"<!-- made by: (?P<by>.+?) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)


def with_outputs(page: str) -> str:
    """A written page with each output that it shows made anew by the command before it.

    ``<!-- made by: stratlint … | head -9 -->`` stands before a fence of text that holds the first
    lines of what the command prints; ``<!-- made by: the Python above -->`` before what the
    Python blocks above print together.
    """
    text = (DOCS / page).read_text(encoding="utf-8")

    def made(match: re.Match[str]) -> str:
        command, _, most = match["by"].partition(" | head -")
        if command == "the Python above":
            blocks = re.findall(r"```python\n(.*?)```", text[: match.start()], re.DOTALL)
            said = subprocess.run(
                [sys.executable, "-c", "\n".join(blocks)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        else:
            said = _said(shlex.split(command)[1:])
        lines = said.splitlines()[: int(most) if most else None]
        shown = "".join(line.rstrip() + "\n" for line in lines)
        return f"<!-- made by: {match['by']} -->\n```text\n{shown}```\n"

    return _MADE.sub(made, text)


def _said(words: list[str]) -> str:
    """What a command prints at the top of the checkout; this process has begun already."""
    os.environ["COLUMNS"] = "80"  # as where the output is no terminal
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
        code = main_of_commands(words)
    out.seek(0)
    said = out.read()
    if code:
        raise subprocess.CalledProcessError(code, ["stratlint", *words], said)
    return said


def notebook_pages() -> None:
    """Run the notebooks and write them as pages; a cell that fails fails the build."""
    import nbconvert
    import nbformat
    from nbclient import NotebookClient

    for path in sorted((DOCS / "tutorials").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        where = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=600, resources=where).execute()
        body, resources = nbconvert.MarkdownExporter().from_notebook_node(
            notebook, {"output_files_dir": f"{path.stem}_files", "unique_key": path.stem}
        )
        path.with_suffix(".md").write_text(body, encoding="utf-8")
        for name, data in resources["outputs"].items():
            picture = path.parent / name
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(data)


def sample_report() -> None:
    """Audit the modelled corpus and put the report where the site links to it."""
    target = DOCS / "reference" / "sample"
    _run(
        "audit",
        str(ROOT / "corpora" / "english-regions"),
        "-o",
        str(target),
        "--fail-on",
        "never",
        "--force",
    )


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "stratlint", *arguments], check=True, cwd=ROOT)


WITH_OUTPUTS = (
    "tutorials/analyst.md",
    "how-to/check-in-the-terminal.md",
    "tutorials/researcher.md",
)
"""Pages that people write and that show what commands print."""

PAGES = {
    "reference/commands.md": commands_page,
    "reference/python.md": python_page,
    "reference/settings.md": settings_page,
    "reference/tables.md": tables_page,
    **{page: partial(with_outputs, page) for page in WITH_OUTPUTS},
}


def main() -> int:
    """Write or check the pages."""
    if "--check" in sys.argv:
        stale = [n for n, make in PAGES.items() if (DOCS / n).read_text("utf-8") != make()]
        for name in stale:
            print(
                f"docs/{name} is not what the code says: run 'python docs/build.py --pages'",
                file=sys.stderr,
            )
        return bool(stale)
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
    if "--pages" in sys.argv:
        return 0
    _run("rule", "--all", "-o", str(DOCS / "reference" / "rules"), "--force")
    notebook_pages()
    sample_report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
