"""Settings: defaults, a file, the environment and flags, each overriding the one before.

The file is ``stratlint.yaml``, or the table ``[tool.stratlint]`` of ``pyproject.toml``, found
in the working folder or above it, else beside what is read or above that; it may extend another.
Environment variables are the field names in capitals after ``STRATLINT_`` (``STRATLINT_JOBS=4``).
A folder ``.stratlint`` beside what is read, or above it, holds rules and lists of one's own.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import Field, ValidationError, field_validator

from stratlint.errors import FileFault, UsageError, shown
from stratlint.knowledge.files import file_bytes, file_text
from stratlint.knowledge.yamlfile import MAX_BYTES, Editable, load_yaml, nearest
from stratlint.records import Kind, Severity
from stratlint.resources import real
from stratlint.rules.overrides import RuleOverrides, listed

FILE_NAME = "stratlint.yaml"
PREFIX = "STRATLINT_"
FailOn = Literal["error", "warning", "info", "never"]


Role = Literal["strategy", "source"]
_ROLES = get_args(Role)


class Limits(Editable):
    """What one document may cost before it is refused. The flag of the same name raises it."""

    # The upper bounds are far above any document; beyond them the system refuses the number.
    max_pages: int = Field(default=2_000, ge=1, le=10**6, description="pages")
    max_characters: int = Field(
        default=20_000_000, ge=1, le=10**9, description="characters of text"
    )
    max_bytes: int = Field(default=300_000_000, ge=1, le=10**12, description="bytes of the file")
    seconds: float = Field(
        default=120.0, gt=0, le=10**6, allow_inf_nan=False, description="wall-clock seconds"
    )
    memory_mb: int = Field(default=2_048, ge=256, le=10**7, description="megabytes of memory")


class Settings(RuleOverrides):
    """Everything a person can set. Rule settings are those of RuleOverrides."""

    extends: str | None = Field(
        default=None, description="another settings file, whose values hold where this has none"
    )
    exclude: tuple[str, ...] = Field(
        default=(),
        description="documents of a corpus to leave out: globs (`drafts/**`), or `role:source`",
    )
    roles: dict[str, Role] = Field(
        default_factory=dict,
        description="roles by glob where there is no manifest, such as `{national/*: source}`",
    )
    reader: Literal["pdfium", "pdfplumber"] = Field(
        default="pdfium", description="reader of PDF files; pdfplumber is the slow reference"
    )
    repair: bool | None = Field(
        default=None, description="mend ligatures, hyphens and note marks; None: in PDF files only"
    )
    kind: Kind | None = Field(
        default=None,
        description="kind of the documents where the manifest gives none; None: told by the text",
    )
    ocr: bool = Field(default=False, description="recognise scanned pages with tesseract")
    spacy_model: str | None = Field(
        default=None, min_length=1, description="an installed spaCy model to use"
    )
    jobs: int = Field(default=0, ge=0, le=1_024, description="processes; 0 means one for each core")
    cache: bool = Field(default=True, description="keep analyses between runs")
    fail_on: FailOn = Field(default="error", description="least severity that makes exit code 1")
    show: Severity = Field(default=Severity.INFO, description="least severity that a check prints")
    formats: tuple[str, ...] = Field(default=(), description="further outputs of an audit")
    rules_dirs: tuple[str, ...] = Field(
        default=(), description="folders with rules of one's own, beside those that come along"
    )
    suppressions: str | None = Field(
        default=None, description="the ignore file, if not beside the documents"
    )
    marks: bool = Field(
        default=True, description="heed marks in the documents that set findings aside"
    )
    sectors: str | None = Field(
        default=None,
        min_length=1,
        description="another list of sectors: a folder, or the name of a shipped one",
    )
    places: str | None = Field(
        default=None,
        min_length=1,
        description="a folder with regions, places and areas of one's own",
    )
    reference: Literal["England", "United Kingdom"] = Field(
        default="England", description="what areas are measured against"
    )
    limits: Limits = Field(default=Limits(), description="what one document may cost")

    @field_validator("formats", "rules_dirs", "exclude", mode="before")
    @classmethod
    def _one_of_them_is_a_list(cls, value: object) -> object:
        return listed(value)

    @field_validator("rules_dirs")
    @classmethod
    def _are_named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if "" in value:
            # To the system an empty name is the working folder.
            raise ValueError("the name of a folder is empty")
        for name in value:
            try:
                clean = b"\0" not in os.fsencode(name)
            except UnicodeEncodeError:
                clean = False
            if not clean:
                raise ValueError(f"'{shown(name)}' is no name of a folder")
        return value

    @field_validator("exclude")
    @classmethod
    def _roles_that_there_are(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            role = entry.removeprefix("role:").strip()
            if entry.startswith("role:") and role not in _ROLES:
                close = nearest(role, _ROLES)
                hint = f"; did you mean 'role:{close}'?" if close else ""
                raise ValueError(f"there is no role '{role}' (strategy, source){hint}")
            if not entry.strip("/ "):
                raise ValueError(f"'{entry}' is no glob")
        return value

    @property
    def effective_jobs(self) -> int:
        """Processes to use: ``jobs``, or one for each core that this process may use."""
        return self.jobs or len(os.sched_getaffinity(0)) if _HAS_AFFINITY else self.jobs or 1


_HAS_AFFINITY = hasattr(os, "sched_getaffinity")


class SettingsInForce(Editable):
    """The settings and, for each that is not a default, where it comes from.

    ``origins`` has the parts of ``rules`` and ``limits`` as well, such as ``limits.seconds``.
    ``words`` say what is in force although nobody who stands in the working folder sees it;
    ``file`` is the settings file that was read, before those that it extends.
    """

    settings: Settings
    origins: dict[str, str]
    words: tuple[str, ...] = ()
    file: str | None = None


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
    near: Path | None = None,
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> SettingsInForce:
    """Settings from all places. Flags that are None count as not given.

    ``near`` is what is read: a corpus or a draft. Raises FileFault for a fault in a file,
    UsageError for one in the environment or a flag.
    """
    folder = folder or Path.cwd()
    layers = []
    own = find_own(near, folder)
    if own is not None:
        layers.append((str(own), own_settings(own)))
    path = file or find_file(folder)
    beside = find_file(_folder_of(near)) if path is None and near is not None else None
    path = path or beside
    if path is not None:
        layers += [(str(each), _from_file(each, values)) for each, values in _chain(path)]
    for name, value in _from_environment(os.environ if environment is None else environment):
        layers.append((f"environment ({PREFIX}{name.upper()})", {name: value}))
    given = {n: v for n, v in (flags or {}).items() if v is not None and v != ()}
    layers.append(("command line", given))
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, values in layers:
        for name, value in values.items():
            _lay(merged, origins, name, value, origin)
    words = [f"in force: settings of {shown(beside)}"] if beside is not None else []
    if own is not None:
        words += _of_own(own, layers[0][1], origins)
    return SettingsInForce(
        settings=_validated(merged),
        origins=origins,
        words=tuple(words),
        file=str(path) if path is not None else None,
    )


def _of_own(own: Path, values: Mapping[str, Any], origins: Mapping[str, str]) -> list[str]:
    """What of a folder of one's own is in force, and what something else is in the place of."""
    kept = [name for name in values if origins[name] == str(own)]
    words = [f"in force: {', '.join(kept)} of {shown(own)}"] if kept else []
    return words + [
        f"not in force: {name} of {shown(own)}, for there are others ({origins[name]})"
        for name in values
        if name not in kept
    ]


_PARTED = ("rules", "limits", "roles")
"""Settings of named parts, of which a nearer place overrides those that it names."""


def _lay(
    merged: dict[str, Any], origins: dict[str, str], name: str, value: Any, origin: str
) -> None:
    """Lay a value over what is known of a setting."""
    before = merged.get(name)
    if name not in _PARTED or not isinstance(value, dict) or not isinstance(before, dict):
        merged[name] = value
        for part in [key for key in origins if key.startswith(f"{name}.")]:
            del origins[part]
        origins[name] = origin
    else:
        parts = {key: _over(before.get(key), inner) for key, inner in value.items()}
        # The nearer first: of the globs of 'roles' the first that fits decides.
        merged[name] = parts | {key: inner for key, inner in before.items() if key not in parts}
    if name in _PARTED and isinstance(value, dict):
        origins.update({f"{name}.{key}": origin for key in value})
        origins_of = [o for part, o in origins.items() if part.startswith(f"{name}.")]
        origins[name] = ", ".join(dict.fromkeys(origins_of)) or origin


def _over(before: Any, value: Any) -> Any:
    """One part over another: a rule that is graded anew runs, though it was off before."""
    if not isinstance(before, dict) or not isinstance(value, dict):
        return value
    return {**before, "enabled": True, **value} if "enabled" in before else {**before, **value}


def _folder_of(path: Path) -> Path:
    """The folder of a corpus or a draft; a draft need not be there."""
    return path if path.is_dir() else path.parent


def find_file(folder: Path) -> Path | None:
    """The nearest settings file in a folder or above it, or None."""
    for place in (real(folder), *real(folder).parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
        project = place / "pyproject.toml"
        if holds_settings(project):
            return project
    return None


def holds_settings(project: Path) -> bool:
    """Whether a ``pyproject.toml`` is there and has a word for stratlint."""
    return project.is_file() and "tool.stratlint" in project.read_text("utf-8", "replace")


OWN = ".stratlint"
_OWN_PARTS = ("rules", "themes", "sectors", "places")


def find_own(near: Path | None, folder: Path) -> Path | None:
    """The nearest ``.stratlint`` beside what is read or above it, else from the working folder."""
    starts = [_folder_of(near), folder] if near is not None else [folder]
    for start in starts:
        for place in (real(start), *real(start).parents):
            if (place / OWN).is_dir():
                return place / OWN
    return None


def own_settings(own: Path) -> dict[str, Any]:
    """What a ``.stratlint`` folder sets. Raises FileFault for what in it would not be read."""
    from stratlint.knowledge.places import FILES

    for name in ("sectors", "places"):
        # Rules and themes are read as deep as they lie, lists are not.
        for path in sorted((own / name).rglob("*.y*ml")):
            read = path.name in FILES if name == "places" else path.suffix == ".yaml"
            if path.parent != own / name or not read:
                close = nearest(path.name, FILES) if name == "places" else f"{path.stem}.yaml"
                hint = f"; did you mean {name}/{close}?" if close else ""
                raise FileFault(f"no run would read it{hint}", path=str(path))
    for path in sorted(own.iterdir()):
        if path.is_dir() and path.name in _OWN_PARTS:
            continue
        meant = path.stem in _OWN_PARTS or path.suffix.lower() in (".yaml", ".yml")
        if path.is_dir() or meant:
            close = nearest(path.stem, _OWN_PARTS)
            hint = f"; did you mean the folder '{close}'?" if close else ""
            raise FileFault(
                f"nothing here is read but the folders {', '.join(_OWN_PARTS)}{hint}",
                path=str(path),
            )
    found: dict[str, Any] = {}
    # Themes may stand beside rules; a folder of their own is read alike.
    dirs = tuple(str(own / name) for name in ("rules", "themes") if (own / name).is_dir())
    if dirs:
        found["rules_dirs"] = dirs
    return found | {n: str(own / n) for n in ("sectors", "places") if (own / n).is_dir()}


def _chain(path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """A settings file and those that it extends, the farthest first: nearer ones override.

    Raises FileFault for files that extend each other in a circle, and for one that is not there.
    """
    found: list[tuple[Path, dict[str, Any]]] = []
    seen: list[Path] = []
    while True:
        seen.append(real(path))
        values = _as_written(path)
        found.insert(0, (path, values))
        further = values.get("extends")
        if further is None:
            return found
        named = path.parent / further
        if named.is_dir() or not named.exists():
            beside = [p.name for p in named.parent.glob("*.y*ml")] if named.parent.is_dir() else []
            close = nearest(named.name, beside)
            hint = f"; did you mean '{close}'?" if close else ""
            raise _extends_fault(path, f"there is no file '{shown(named)}'{hint}")
        if real(named) in seen:
            way = " extends ".join(shown(file) for file in (*seen, real(named)))
            raise _extends_fault(path, f"a circle: {way}")
        if named.name == "pyproject.toml" and not holds_settings(named):
            raise _extends_fault(path, f"there is no [tool.stratlint] in '{shown(named)}'")
        path = named.resolve()


def _extends_fault(path: Path, said: str) -> FileFault:
    """A fault in what a settings file extends, at the line that says so."""
    lines = path.read_text("utf-8-sig", "replace").splitlines()
    number = next((i for i, line in enumerate(lines, 1) if _EXTENDS.match(line)), 0)
    return FileFault(f"extends: {said}", path=str(path), line=number, column=1 if number else 0)


_EXTENDS = re.compile(r"""["']?extends["']?\s*[:=]""")


def _from_file(path: Path, values: dict[str, Any]) -> dict[str, Any]:
    """What a file sets. Paths in it begin at its own folder, wherever a command is run."""
    folder = path.parent
    if real(folder) == Path.cwd():
        return values
    if values.get("suppressions") is not None:
        values["suppressions"] = str(folder / values["suppressions"])
    for name in ("sectors", "places"):
        # A list of sectors may be the name of a shipped one, which no folder goes by.
        if values.get(name) is not None and (folder / values[name]).is_dir():
            values[name] = str(folder / values[name])
    if "rules_dirs" in values:
        values["rules_dirs"] = tuple(str(folder / name) for name in values["rules_dirs"])
    return values


def _as_written(path: Path) -> dict[str, Any]:
    if path.name != "pyproject.toml":
        if _only_comments(path):
            return {}
        return load_yaml(path, Settings).model_dump(exclude_unset=True, by_alias=True)
    try:
        table = tomllib.loads(file_text(path)).get("tool", {}).get("stratlint", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileFault(f"not valid TOML: {error}", path=str(path)) from None
    try:
        return Settings.model_validate(table).model_dump(exclude_unset=True, by_alias=True)
    except ValidationError as error:
        raise FileFault(f"[tool.stratlint] {first_fault(error)}", path=str(path)) from None


def _only_comments(path: Path) -> bool:
    """Whether a file sets nothing, as the template that ``stratlint init`` writes."""
    lines = file_bytes(path, most=MAX_BYTES).decode("utf-8-sig", "replace").splitlines()
    return bool(lines) and all(not line.strip() or line.lstrip()[0] == "#" for line in lines)


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, Any]]:
    found = []
    for name in Settings.model_fields:
        raw = environment.get(PREFIX + name.upper())
        if raw is not None and name == "extends":
            raise UsageError(f"{PREFIX}EXTENDS: only a settings file extends another")
        if raw is not None:
            found.append((name, _from_variable(PREFIX + name.upper(), raw)))
    return found


def _from_variable(variable: str, raw: str) -> Any:
    """The value of a variable: YAML reads numbers, truth values and [lists] as people write them.

    Raises UsageError that names the variable when it is no YAML.
    """
    try:
        return yaml.safe_load(raw) if raw else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = getattr(error, "problem", None) or next(iter(str(error).splitlines()), "")
        raise UsageError(f"environment variable {variable}: not valid YAML: {said}") from None


def _validated(merged: dict[str, Any]) -> Settings:
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise UsageError(f"settings: {first_fault(error)}") from None


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong with settings: which, what was seen, what there is."""
    fault = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        close = nearest(name, list(Settings.model_fields))
        return f"unknown key '{name}'" + (f"; did you mean '{close}'?" if close else "")
    seen = fault.get("input")
    # A whole table says nothing that its name does not.
    given = f", not {seen!r}" if isinstance(seen, str | int | float) else ""
    return f"{name}: {fault['msg']}{given}"
