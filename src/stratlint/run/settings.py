"""Settings: defaults, a file, the environment and flags, each overriding the one before.

The file is ``stratlint.yaml``, or the table ``[tool.stratlint]`` of ``pyproject.toml``, found
in the working folder or above it. Environment variables are the field names in capitals after
``STRATLINT_`` (``STRATLINT_JOBS=4``).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.records import Kind, Severity
from stratlint.rules.overrides import RuleOverrides, listed

FILE_NAME = "stratlint.yaml"
PREFIX = "STRATLINT_"
FailOn = Literal["error", "warning", "info", "never"]


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
    spacy_model: str | None = Field(default=None, description="an installed spaCy model to use")
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
        default=None, description="another list of sectors: a folder, or the name of a shipped one"
    )
    places: str | None = Field(
        default=None, description="a folder with regions, places and areas of one's own"
    )
    reference: Literal["England", "United Kingdom"] = Field(
        default="England", description="what areas are measured against"
    )
    limits: Limits = Field(default=Limits(), description="what one document may cost")

    @field_validator("formats", "rules_dirs", mode="before")
    @classmethod
    def _one_of_them_is_a_list(cls, value: object) -> object:
        return listed(value)

    @property
    def effective_jobs(self) -> int:
        """Processes to use: ``jobs``, or one for each core that this process may use."""
        return self.jobs or len(os.sched_getaffinity(0)) if _HAS_AFFINITY else self.jobs or 1


_HAS_AFFINITY = hasattr(os, "sched_getaffinity")


class SettingsInForce(Editable):
    """The settings and, for each that is not a default, where it comes from."""

    settings: Settings
    origins: dict[str, str]


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> SettingsInForce:
    """Settings from all places. Flags that are None count as not given.

    Raises FileFault for a fault in the file, UsageError for one in the environment or a flag.
    """
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    path = file or find_file(folder or Path.cwd())
    if path is not None:
        loaded = _from_file(path)
        merged |= loaded
        origins |= dict.fromkeys(loaded, str(path))
    for name, value in _from_environment(os.environ if environment is None else environment):
        merged[name] = value
        origins[name] = f"environment ({PREFIX}{name.upper()})"
    for name, value in (flags or {}).items():
        if value is not None and value != ():
            merged[name] = _merged_limits(merged.get(name), value)
            origins[name] = "command line"
    return SettingsInForce(settings=_validated(merged), origins=origins)


def find_file(folder: Path) -> Path | None:
    """The nearest settings file in a folder or above it, or None."""
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
        project = place / "pyproject.toml"
        if holds_settings(project):
            return project
    return None


def holds_settings(project: Path) -> bool:
    """Whether a ``pyproject.toml`` is there and has a word for stratlint."""
    return project.is_file() and "tool.stratlint" in project.read_text("utf-8", "replace")


def _from_file(path: Path) -> dict[str, Any]:
    """What a file sets. Paths in it begin at its own folder, wherever a command is run."""
    values = _as_written(path)
    folder = path.parent
    if folder.resolve() == Path.cwd():
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
        table = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("stratlint", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"not valid TOML: {error}", path=str(path)) from None
    try:
        return Settings.model_validate(table).model_dump(exclude_unset=True, by_alias=True)
    except ValidationError as error:
        raise FileFault(f"[tool.stratlint] {_first(error)}", path=str(path)) from None


def _only_comments(path: Path) -> bool:
    """Whether a file sets nothing, as the template that ``stratlint init`` writes."""
    lines = path.read_text("utf-8-sig", "replace").splitlines()
    return bool(lines) and all(not line.strip() or line.lstrip()[0] == "#" for line in lines)


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, Any]]:
    found = []
    for name in Settings.model_fields:
        raw = environment.get(PREFIX + name.upper())
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


def _merged_limits(known: object, value: object) -> object:
    if isinstance(known, dict) and isinstance(value, dict):
        return {**known, **value}
    return value


def _validated(merged: dict[str, Any]) -> Settings:
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise UsageError(f"settings: {_first(error)}") from None


def _first(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        close = nearest(name, list(Settings.model_fields))
        return f"unknown key '{name}'" + (f"; did you mean '{close}'?" if close else "")
    return f"{name}: {fault['msg']}"
