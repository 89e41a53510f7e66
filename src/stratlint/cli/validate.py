"""``stratlint validate``: look for faults in the files that people edit."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import Command, Input, say
from stratlint.errors import FileFault, UsageError, shown
from stratlint.records import ExitCode
from stratlint.resources import real

if TYPE_CHECKING:
    from stratlint.knowledge.yamlfile import Editable
    from stratlint.run.settings import Settings

_RULE = re.compile(r"^(?:check:|extends:\s+[\w-]+\s*$|id:\s*[A-Z]{2}\d{3})", re.MULTILINE)
_SETTINGS = re.compile(r"^(?:extends|exclude|fail_on|limits|pack|rules_dirs|select):", re.MULTILINE)
"""Keys of settings, which have any name where another file extends them."""
_MANIFEST = re.compile(r"^documents:", re.MULTILINE)
_IGNORE = re.compile(r"^ignore:", re.MULTILINE)
_SECTOR = re.compile(r"^(?:sic2007|takes|labels):", re.MULTILINE)
_NAMED = re.compile(r"^id:", re.MULTILINE)
_ENTRY = re.compile(r"\b(?:rule|reason|fingerprint):")
"""A settings file has a list under 'ignore' as well, but of names alone."""


@click.command(cls=Command, name="validate")
@click.argument("paths", nargs=-1, type=Input(), metavar="[PATHS]...")
@click.option("-q", "--quiet", is_flag=True, help="Only what is wrong.")
def command(paths: tuple[Path, ...], quiet: bool) -> int:
    """Check rules, themes, sectors, words, tables, manifests, settings, ignore files for faults.

    Without PATHS everything that ships with stratlint is checked, and the settings in force.
    A table of evidence (CSV) says what was mended in it and what quotients it gives.
    A fault names file, line and column, and the nearest right key. What an audit would refuse
    is a fault here: a rule, a document or a table of evidence that there is not. A folder is
    searched for YAML files and for pyproject.toml.
    """
    files = [file for path in paths for file in _files_in(path)] if paths else _shipped()
    folders = _rules_folders(paths)
    readers = [(file, _strict_reader(file, folders) or _reader_of(file)) for file in files]
    known = [(file, reader) for file, reader in readers if reader is not None]
    if not known:
        named = ", ".join(shown(path) for path in paths[:5])
        raise click.UsageError(
            f"{named}: there is no file here that stratlint reads: rules, themes, sectors, tables, "
            "manifests, settings or an ignore file"
        )
    faults = sum(not _right(file, reader, quiet=quiet) for file, reader in known)
    for together in dict.fromkeys(folders.values()) if not faults else ():
        faults += not _whole_catalogue(together, quiet=quiet)
    for own in _own_folders(paths) if not faults else ():
        faults += not _whole_folder(own, quiet=quiet)
    faults += not paths and not _whole_catalogue(quiet=quiet)
    # With a fault in their file the settings in force have none of their own to tell.
    faults += not paths and not faults and not _settings_in_force(quiet=quiet)
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
        found = [p for p in path.rglob("*.y*ml") if not p.name.startswith(".")]
        projects = [p for p in path.rglob("pyproject.toml") if _is_settings(p)]
        tables = [p for p in path.rglob("*.csv*") if _is_table(p)]
        return sorted([*found, *projects, *tables])
    return [path]


def _is_table(path: Path) -> bool:
    """Whether a file is a table of evidence: it has a card beside it."""
    from stratlint.evidence import card_path

    ending = path.name.lower().endswith((".csv", ".tsv", ".csv.gz", ".tsv.gz"))
    return ending and card_path(path).is_file()


def _is_settings(path: Path) -> bool:
    from stratlint.run.settings import FILE_NAME, holds_settings

    return path.name == FILE_NAME or (path.name == "pyproject.toml" and holds_settings(path))


def _shipped() -> list[Path]:
    from stratlint.resources import data_dir
    from stratlint.run.settings import find_file

    found = [file for name in ("rules", "corpora") for file in _files_in(data_dir(name))]
    settings = find_file(Path.cwd())
    return [*found, *([settings] if settings is not None else [])]


def _right(path: Path, reader: Callable[[Path], object], *, quiet: bool) -> bool:
    try:
        told = reader(path)
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        click.echo(f"ok   {path}")
        for word in told if isinstance(told, Words) else ():
            click.echo(f"     {word}")
    return True


class Words(tuple[str, ...]):
    """What a person should know of a file that has no fault."""

    __slots__ = ()


def _rules_folders(paths: Sequence[Path]) -> dict[Path, tuple[Path, ...]]:
    """Folders each of whose files a run reads as a rule, with those that it reads together.

    They are what the settings name or a ``.stratlint`` holds; in a folder that is given, else
    the topmost ones with rules in them that are no corpus and no project.
    """
    from stratlint.rules.loader import packs_dir

    found: dict[Path, tuple[Path, ...]] = {}
    for path in paths:
        named = _named_folders(path)
        found |= {folder: named for folder in named if _touch(folder, path)}
        if not path.is_dir():
            continue
        holders = {file.parent for file in path.rglob("*.yaml") if _is_rule(file)}
        holders = {h for h in holders if not any((h / name).exists() for name in _CORPUS)}
        topmost = [h for h in holders if holders.isdisjoint(h.parents)]
        found |= {h: (h,) for h in topmost if not any(_touch(h, folder) for folder in found)}
    # Those that ship are validated as a whole, beside what else is in their folder.
    shipped = packs_dir().parent
    return {folder: found[folder] for folder in sorted(found) if not _touch(shipped, folder)}


_CORPUS = ("manifest.yaml", "stratlint.yaml", "pyproject.toml", "stratlint-ignore.yaml")


def _named_folders(path: Path) -> tuple[Path, ...]:
    """The folders of rules that the settings for a path name; none where these have a fault."""
    from stratlint.run.settings import load_settings

    try:
        return tuple(Path(name) for name in load_settings(near=path).settings.rules_dirs)
    except UsageError:
        return ()


def _touch(one: Path, other: Path) -> bool:
    """Whether one of two paths is in the other."""
    a, b = real(one), real(other)
    return a.is_relative_to(b) or b.is_relative_to(a)


def _is_rule(path: Path) -> bool:
    try:
        return path.is_file() and _RULE.search(path.read_text("utf-8", "replace")) is not None
    except OSError:
        return False


def _strict_reader(
    file: Path, folders: Mapping[Path, tuple[Path, ...]]
) -> Callable[[Path], object] | None:
    """Reads a file of a folder of rules as a run does: as a rule, whatever is in it."""
    from stratlint.rules.loader import read_rule, rule_files
    from stratlint.rules.themes import load_lexicon

    for folder, together in folders.items():
        if not real(file).is_relative_to(real(folder)):
            continue
        if file.suffix == ".yml":
            return lambda path: rule_files(path.parent)
        if file.name != "precision.yaml" and not file.name.startswith("themes"):
            return lambda path: read_rule(path, load_lexicon(together))
    return None


def _whole_catalogue(folders: tuple[Path, ...] = (), *, quiet: bool) -> bool:
    """What no file shows alone: ids and names that two rules share, broken inheritance."""
    from stratlint.rules import load_rules

    try:
        rules = load_rules(folders, include_preview=True)
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        beside = f", those of {', '.join(map(str, folders))} among them" if folders else ""
        click.echo(f"ok   {len(rules)} rules together{beside}")
    return True


def _own_folders(paths: Sequence[Path]) -> list[Path]:
    """The ``.stratlint`` folders of what is validated; without paths, the one in force here."""
    from stratlint.run.settings import OWN, find_own

    if not paths:
        own = find_own(None, Path.cwd())
        return [own] if own is not None else []
    found = [path for path in paths if path.name == OWN and path.is_dir()]
    return found + [p for path in paths if path.is_dir() for p in path.rglob(OWN) if p.is_dir()]


def _whole_folder(own: Path, *, quiet: bool) -> bool:
    """A ``.stratlint`` folder as a run would use it."""
    from stratlint.run.settings import Settings, own_settings

    try:
        _would_run(Settings.model_validate(own_settings(own)))
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        click.echo(f"ok   {own}")
    return True


def _settings_in_force(*, quiet: bool) -> bool:
    """What the environment sets, and the settings together."""
    from stratlint.run.settings import load_settings

    try:
        _would_run(load_settings().settings)
    except UsageError as error:
        say(f"stratlint: {error.message}")
        return False
    if not quiet:
        click.echo("ok   the settings in force")
    return True


def _would_run(settings: Settings) -> None:
    """Raise UsageError for settings with which an audit would not begin."""
    from stratlint.knowledge.lists import find_lists, load_lists
    from stratlint.run.judge import rules_in_force

    rules_in_force(settings)
    load_lists(find_lists(settings.sectors, settings.places))
    if settings.suppressions is not None and not Path(settings.suppressions).is_file():
        raise UsageError(f"suppressions: there is no file {settings.suppressions}")


def _read_settings(path: Path) -> None:
    from stratlint.run.settings import load_settings

    settings = load_settings(file=path, environment={}).settings
    try:
        _would_run(settings)
    except UsageError as error:
        raise _in_file(path, error) from None


def _read_manifest(path: Path) -> None:
    """Read a manifest as an audit does, its tables of evidence too, but none of its documents."""
    from stratlint.run.corpus import load_corpus, official_evidence
    from stratlint.run.figures import evidence_of
    from stratlint.run.judge import rules_in_force
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings, load_settings

    try:
        settings = load_settings().settings
        run = Run(Settings(**settings.model_dump(include={"rules_dirs", "sectors", "places"})))
    except UsageError:
        # A fault in the settings is not the manifest's.
        run = Run(Settings())
    with run:
        corpus = load_corpus(path)
        try:
            rules_in_force(run.settings, corpus.rules)
            _must_be_there("table of evidence", corpus.evidence)
            if corpus.evidence != official_evidence():
                evidence_of(corpus.evidence, run)
            _must_be_there("document", [entry.path for entry in corpus.entries])
        except UsageError as error:
            raise _in_file(path, error) from None


def _read_table(path: Path) -> Words:
    """Read a table of evidence as an audit does, and tell what it made of it."""
    from stratlint.run.figures import evidence_of
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings

    with Run(Settings()) as run:
        (table,) = evidence_of([path], run).tables
    years = sorted({year for region in table.regions for year in table.years_of(region)})
    measured = [region for region in table.regions if table.years_of(region)]
    made = (
        f"quotients for {len(measured)} of {len(table.regions)} regions, "
        f"{years[0]} to {years[-1]}, against {table.reference or 'the sum of them'}"
        if years
        else "no quotients"
    )
    return Words((*table.remarks, made))


def _must_be_there(what: str, files: Sequence[Path]) -> None:
    missing = [file for file in files if not file.is_file()]
    if missing:
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise UsageError(f"there is no {what} {missing[0]}{more}")


def _in_file(path: Path, error: UsageError) -> UsageError:
    """The fault with the file that it is in, where it names none."""
    return error if isinstance(error, FileFault) else FileFault(error.message, path=str(path))


def _reader_of(path: Path) -> Callable[[Path], object] | None:
    """What reads a file, judged by its name, its folder and its keys; None for other files."""
    from stratlint.knowledge.places import FILES
    from stratlint.knowledge.yamlfile import load_yaml
    from stratlint.rules.loader import read_rule

    if _is_settings(path):
        return _read_settings
    if path.name == "manifest.yaml":
        return _read_manifest
    if path.name.lower().endswith((".csv", ".tsv", ".csv.gz", ".tsv.gz")):
        return _read_table
    if _card_of_a_table(path):
        return _read_card
    model = _model_of(path)
    if model is not None and path.name in FILES:
        return lambda file: _read_places(file, model)
    if model is not None:
        return lambda file: load_yaml(file, model)
    if words := _words_reader(path):
        return words
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    if _SECTOR.search(text) and _NAMED.search(text):
        return _read_sectors
    if _RULE.search(text):
        return read_rule
    if _MANIFEST.search(text):
        return _read_manifest
    if _IGNORE.search(text):
        return _read_ignore_file if _ENTRY.search(text) else _read_settings
    return _read_settings if _SETTINGS.search(text) else None


def _words_reader(path: Path) -> Callable[[Path], object] | None:
    """Reads a list of words of ours as the module does whose list it is."""
    from stratlint.resources import data_dir

    folder = real(data_dir("rules") / "language")
    if path.suffix != ".yaml" or not real(path).is_relative_to(folder):
        return None
    read = _word_readers().get(real(path).relative_to(folder).with_suffix("").as_posix())
    return None if read is None else lambda _: read()


@cache
def _word_readers() -> Mapping[str, Callable[[], object]]:
    """What reads each list of words: a module says so when it is imported."""
    from stratlint.text.wordings import READERS

    for room in ("comparison", "language", "priorities", "rules"):
        package = importlib.import_module(f"stratlint.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return READERS


def _read_sectors(path: Path) -> object:
    """A sector as an audit would read it: with the whole list that it is in."""
    from stratlint.knowledge.taxonomy import SectorEntry, load_taxonomy
    from stratlint.knowledge.yamlfile import load_yaml

    load_yaml(path, SectorEntry)
    return load_taxonomy(path.parent)


def _read_places(path: Path, model: type[Editable]) -> None:
    """A file of places as an audit would read it: with the whole folder that it is in."""
    from stratlint.knowledge.lists import Lists, load_lists
    from stratlint.knowledge.yamlfile import load_yaml

    load_yaml(path, model)
    load_lists(Lists(places=path.parent))


def _card_of_a_table(path: Path) -> bool:
    return any(path.with_suffix(end).is_file() for end in (".csv", ".tsv", ".csv.gz", ".tsv.gz"))


def _read_card(path: Path) -> object:
    from stratlint.evidence import load_card

    return load_card(path.with_suffix(".csv"))


def _read_ignore_file(path: Path) -> object:
    from stratlint.rules.suppressions import load_suppressions

    return load_suppressions(path)


def _model_of(path: Path) -> type[Editable] | None:
    from stratlint.knowledge.areas import AreasFile
    from stratlint.knowledge.places import AbroadFile, DistrictsFile, RegionsFile, SettlementsFile
    from stratlint.knowledge.taxonomy import SectorEntry
    from stratlint.language.actors import ActorFile
    from stratlint.language.commitment.cues import CueFile
    from stratlint.language.sectors.senses import SenseCues
    from stratlint.resources import data_dir
    from stratlint.rules.loader import PrecisionFile
    from stratlint.rules.suppressions import Suppressions
    from stratlint.rules.themes import ThemeFile

    by_name: dict[str, type[Editable]] = {
        "stratlint-ignore.yaml": Suppressions,
        "precision.yaml": PrecisionFile,
        "areas.yaml": AreasFile,
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
    if path.parent == data_dir("rules") / "sectors":
        return SectorEntry
    return by_name.get(path.name)
