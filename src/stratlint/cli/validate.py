"""``stratlint validate``: look for faults in the files that people edit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import say
from stratlint.errors import UsageError
from stratlint.records import ExitCode

if TYPE_CHECKING:
    from stratlint.knowledge.yamlfile import Editable

_RULE = re.compile(r"^(?:check|extends):\s", re.MULTILINE)


@click.command(name="validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option("-q", "--quiet", is_flag=True, help="Only what is wrong.")
def command(paths: tuple[Path, ...], quiet: bool) -> int:
    """Check rule files, themes, manifests, settings and ignore files for faults.

    Without PATHS everything that ships with stratlint is checked, and the settings in force.
    A fault names file, line and column, and the nearest right key. A folder is searched for
    YAML files.
    """
    files = [file for path in paths for file in _files_in(path)] if paths else _shipped()
    readers = [(file, _reader_of(file)) for file in files]
    known = [(file, reader) for file, reader in readers if reader is not None]
    if not known:
        raise click.UsageError("there is no file here that stratlint reads")
    faults = sum(not _right(file, reader, quiet=quiet) for file, reader in known)
    faults += not paths and not _whole_catalogue(quiet=quiet)
    if not quiet or faults:
        others = len(readers) - len(known)
        more = f"; {others} other YAML files were not looked at" if others else ""
        files_word = "file" if len(known) == 1 else "files"
        click.echo(
            f"{len(known)} {files_word}, {faults or 'no'} fault{'' if faults == 1 else 's'}{more}"
        )
    return ExitCode.USAGE if faults else ExitCode.CLEAN


def _files_in(path: Path) -> list[Path]:
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    if path.is_dir():
        return sorted(p for p in path.rglob("*.y*ml") if not p.name.startswith("."))
    return [path]


def _shipped() -> list[Path]:
    from stratlint.resources import data_dir
    from stratlint.settings import find_file

    found = [file for name in ("rules", "corpora") for file in _files_in(data_dir(name))]
    settings = find_file(Path.cwd())
    return [*found, *([settings] if settings is not None and settings.suffix == ".yaml" else [])]


def _right(path: Path, reader: Callable[[Path], object], *, quiet: bool) -> bool:
    try:
        reader(path)
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        click.echo(f"ok   {path}")
    return True


def _whole_catalogue(*, quiet: bool) -> bool:
    """What no file shows alone: ids and names that two rules share, broken inheritance."""
    from stratlint.rules import load_rules

    try:
        rules = load_rules(include_preview=True)
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        click.echo(f"ok   {len(rules)} rules together")
    return True


def _reader_of(path: Path) -> Callable[[Path], object] | None:
    """What reads a file, judged by its name, its folder and its keys; None for other files."""
    from stratlint.knowledge.yamlfile import load_yaml
    from stratlint.rules.loader import read_rule

    model = _model_of(path)
    if model is not None:
        return lambda file: load_yaml(file, model)
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return read_rule if _RULE.search(text) else None


def _model_of(path: Path) -> type[Editable] | None:
    from stratlint.corpus import Manifest
    from stratlint.knowledge.places import (
        AbroadFile,
        DistrictsFile,
        RegionsFile,
        SettlementsFile,
    )
    from stratlint.knowledge.taxonomy import SectorEntry
    from stratlint.language.actors import ActorFile
    from stratlint.language.cues import CueFile
    from stratlint.language.senses import SenseCues
    from stratlint.rules.loader import PrecisionFile
    from stratlint.rules.suppressions import Suppressions
    from stratlint.rules.themes import ThemeFile
    from stratlint.settings import Settings

    by_name: dict[str, type[Editable]] = {
        "manifest.yaml": Manifest,
        "stratlint.yaml": Settings,
        "stratlint-ignore.yaml": Suppressions,
        "precision.yaml": PrecisionFile,
        "regions.yaml": RegionsFile,
        "districts.yaml": DistrictsFile,
        "settlements.yaml": SettlementsFile,
        "abroad.yaml": AbroadFile,
        "actors.yaml": ActorFile,
        "cues.yaml": CueFile,
        "senses.yaml": SenseCues,
    }
    if path.name.startswith("themes"):
        return ThemeFile
    if path.parent.name == "sectors":
        return SectorEntry
    return by_name.get(path.name)
