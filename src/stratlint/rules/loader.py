"""Load rule files: shipped packs and an organisation's own, with inheritance and overrides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import Field, ValidationError

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.version import folder_hash
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.resources import data_dir
from stratlint.rules.check import Check
from stratlint.rules.checks import CHECKS
from stratlint.rules.overrides import RuleOverride, RuleOverrides
from stratlint.rules.rule import Rule
from stratlint.rules.schema import (
    FAMILIES,
    RuleExtension,
    RuleFile,
    given_keys,
    model_for,
    partial_model,
)
from stratlint.rules.themes import Lexicon, load_lexicon

TRUSTED = 0.75
"""Share of findings right and useful, on documents that nobody tuned on, below which a rule is a
preview: of four statements at most one may cost a reader time."""
ENOUGH = 10
"""Judged findings that it takes to measure a rule."""


_Raw: TypeAlias = "tuple[Path, RuleFile | RuleExtension]"


class Counts(Editable):
    """Findings that readers judged: ``right`` and useful, and ``true`` though of no use."""

    judged: int = Field(ge=0)
    right: int = Field(ge=0)
    true: int = Field(default=0, ge=0)


class Judged(Editable):
    """How a rule did on documents read while it was worded, and on ones nobody tuned on."""

    tuning: Counts = Counts(judged=0, right=0)
    unseen: Counts = Counts(judged=0, right=0)


class PrecisionFile(Editable):
    """``rules/packs/precision.yaml``: counts only."""

    note: str = ""
    rules: dict[str, Judged] = Field(default_factory=dict)


def packs_dir() -> Path:
    """The folder of the shipped rules."""
    return data_dir("rules") / "packs"


def load_rules(
    directories: Sequence[Path] | None = None,
    overrides: RuleOverrides | None = None,
    *,
    include_preview: bool = False,
) -> tuple[Rule, ...]:
    """The rules in force, sorted by id: the shipped ones and those of further folders.

    A rule of a further folder replaces a shipped one of the same id and may extend any other
    by id. Rules of another pack than the overrides name and rules not yet proven on unseen
    documents are left out, unless the overrides ask for them; ``include_preview`` gives every
    rule of every pack. Raises FileFault for a fault in a file and UsageError for an
    override that names no rule.
    """
    rules = every_rule(tuple(directories or ()))
    overrides = overrides or RuleOverrides()
    _check_names(overrides, rules)
    kept = []
    for rule in rules:
        change = _override_of(rule, overrides)
        changed = _apply(rule, change)
        if _in_force(changed, change, overrides, include_preview):
            kept.append(changed)
    return tuple(kept)


def every_rule(directories: tuple[Path, ...] = ()) -> tuple[Rule, ...]:
    """Every rule, preview ones too, without overrides.

    The shipped rules are read once; a folder of one's own is read anew when a file in it has
    changed, because people edit it while they watch.
    """
    return _read_all(directories, tuple(map(folder_hash, directories)))


@lru_cache(maxsize=4)
def _read_all(directories: tuple[Path, ...], _contents: tuple[str, ...]) -> tuple[Rule, ...]:
    lexicon = load_lexicon(directories)
    raw: dict[str, _Raw] = {}
    resolved: dict[str, Rule] = {}
    for folder in (packs_dir(), *directories):
        if not folder.is_dir():
            raise UsageError(f"there is no folder of rules '{folder}'")
        here: dict[str, Path] = {}
        for path in rule_files(folder):
            file = read_rule(path, lexicon)
            name = file.id
            if name in here:
                raise FileFault(f"{name} is also the id of {here[name]}", path=str(path))
            here[name] = path
            raw[name] = (path, file)
    for name in sorted(raw):
        resolved[name] = _resolve(name, raw, ())
    names: dict[str, str] = {}
    for rule in resolved.values():
        if rule.name in names:
            raise FileFault(
                f"'{rule.name}' is also the name of {names[rule.name]}", path=str(rule.path)
            )
        names[rule.name] = rule.id
    return _with_precision(tuple(resolved[name] for name in sorted(resolved)), directories)


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder and its sub-folders, in order.

    Raises FileFault for a file whose ending would keep it from being read.
    """
    for path in sorted(folder.rglob("*.yml")):
        if not path.name.startswith("."):
            raise FileFault(f"rules end in .yaml: name it {path.stem}.yaml", path=str(path))
    return sorted(
        path
        for path in folder.rglob("*.yaml")
        if path.name != "precision.yaml" and not path.name.startswith(("themes", "."))
    )


def read_rule(path: Path, lexicon: Lexicon | None = None) -> RuleFile | RuleExtension:
    """One rule file, checked. Raises FileFault with line and column.

    ``lexicon`` holds the themes that a rule may name; None for the shipped ones.
    """
    file = load_yaml(path, _model_of)
    _check_themes(file, path, lexicon or load_lexicon())
    return file


def _model_of(keys: Mapping[str, Any]) -> type[RuleFile | RuleExtension]:
    """The model for what a file gives: that of its check, or of a rule that extends another."""
    if keys.get("extends"):
        return partial_model()
    check = keys.get("check")
    return model_for(check) if isinstance(check, str) and check in CHECKS else RuleFile


def _check_themes(file: RuleFile | RuleExtension, path: Path, lexicon: Lexicon) -> None:
    options = getattr(file, "with_", None)
    named: list[str] = []
    if isinstance(options, Editable):
        for name, value in options:
            if name == "theme" or name.endswith("_theme"):
                named += [value] if isinstance(value, str) else []
            elif name == "themes" or name.endswith("_themes"):
                named += list(value)
    only_if = getattr(file, "only_if", None)
    if only_if is not None:
        named.append(only_if.theme)
    for theme in named:
        if theme not in lexicon.themes:
            close = nearest(theme, sorted(lexicon.themes))
            raise FileFault(
                f"there is no theme '{theme}'" + (f"; did you mean '{close}'?" if close else ""),
                path=str(path),
                line=_line_of(path, theme),
            )


def _line_of(path: Path, word: str) -> int:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((i for i, line in enumerate(lines, 1) if word in line), 1)


def _resolve(name: str, raw: Mapping[str, _Raw], chain: tuple[str, ...]) -> Rule:
    path, file = raw[name]
    if name in chain:
        raise FileFault(f"{' extends '.join((*chain, name))}", path=str(path))
    parent = file.extends
    if parent is None and isinstance(file, RuleFile):
        return _rule(path, file, CHECKS[file.check])
    if parent is None or parent not in raw:
        close = nearest(str(parent), sorted(raw))
        raise FileFault(
            f"extends '{parent}', which is no rule"
            + (f"; did you mean '{close}'?" if close else ""),
            path=str(path),
            line=_line_of(path, "extends"),
        )
    inherited = _resolve(parent, raw, (*chain, name)).given
    own = {k: v for k, v in given_keys(file).items() if v is not None}
    # Cases belong to the rule that wrote them: other options make other findings.
    merged = {**inherited, **own, "tests": own.get("tests", ())}
    for key in ("with", "scope"):
        merged[key] = {**_plain(inherited.get(key)), **_plain(own.get(key))}
    check = CHECKS.get(str(merged["check"]))
    if check is None:
        raise FileFault(
            f"there is no check '{merged['check']}'", path=str(path), line=_line_of(path, "check")
        )
    try:
        whole = model_for(check.name).model_validate(_plain(merged))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FileFault(f"{where}: {first['msg']}", path=str(path), line=1) from None
    return _rule(path, whole, check)


def _plain(value: object) -> Any:
    """Models back to plain data, with YAML key names, without what was not given."""
    if isinstance(value, Editable):
        return value.model_dump(mode="python", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return {} if value is None else value


def _rule(path: Path, file: RuleFile, check: Check) -> Rule:
    scope = file.scope
    if "scope" not in file.model_fields_set or "level" not in scope.model_fields_set:
        scope = scope.model_copy(update={"level": check.level})
    elif scope.level != check.level:
        raise FileFault(
            f"the check '{check.name}' looks at a {check.level}, so scope.level cannot be "
            f"'{scope.level}'",
            path=str(path),
            line=_line_of(path, "level"),
        )
    if file.id[:2] not in FAMILIES and packs_dir() in path.parents:
        raise FileFault(f"no family {file.id[:2]}: {', '.join(FAMILIES)}", path=str(path), line=1)
    return Rule.from_file(file, check, scope, path)


def _with_precision(rules: tuple[Rule, ...], directories: Iterable[Path]) -> tuple[Rule, ...]:
    """The rules with what readers found; where enough was judged it decides what is a preview."""
    counts: dict[str, Judged] = {}
    folders = tuple(directories)
    for folder in (packs_dir(), *folders):
        if (folder / "precision.yaml").is_file():
            counts.update(load_yaml(folder / "precision.yaml", PrecisionFile).rules)
    found = []
    for rule in rules:
        count = counts.get(rule.id, Judged())
        unseen, tuned = count.unseen, (count.tuning.right, count.tuning.judged)
        rule = replace(rule, judged=unseen.judged, right=unseen.right, tuned=tuned, folders=folders)
        if rule.judged >= ENOUGH:
            rule = replace(rule, preview=rule.right / rule.judged < TRUSTED)
        found.append(rule)
    return tuple(found)


def _matches(rule: Rule, name: str) -> bool:
    return name in (rule.id, rule.name, rule.family)


def _check_names(overrides: RuleOverrides, rules: Sequence[Rule]) -> None:
    known = sorted({n for r in rules for n in (r.id, r.name, r.family)})
    for name in (*overrides.rules, *overrides.select, *overrides.ignore):
        if name not in known:
            close = nearest(name, known)
            raise UsageError(
                f"there is no rule '{name}'" + (f"; did you mean '{close}'?" if close else "")
            )


def _override_of(rule: Rule, overrides: RuleOverrides) -> RuleOverride:
    """Family, then name, then id: the more exact one wins key by key."""
    merged: dict[str, Any] = {}
    options: dict[str, Any] = {}
    for key in (rule.family, rule.name, rule.id):
        change = overrides.rules.get(key)
        if change is not None:
            merged.update(change.model_dump(exclude_unset=True, exclude={"with_"}))
            options.update(change.with_)
    return RuleOverride(**merged, with_=options)


def _apply(rule: Rule, change: RuleOverride) -> Rule:
    options = rule.options
    if change.with_:
        try:
            options = rule.check.options.model_validate({**_plain(options), **change.with_})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0]) if first["loc"] else ""
            close = nearest(name, sorted(rule.check.options.model_fields))
            hint = f"; did you mean '{close}'?" if close and close != name else ""
            raise UsageError(f"settings for {rule.id}: {name}: {first['msg']}{hint}") from None
    return replace(
        rule,
        options=options,
        severity=change.severity or rule.severity,
        confidence=change.confidence or rule.confidence,
    )


def _in_force(
    rule: Rule, change: RuleOverride, overrides: RuleOverrides, include_preview: bool
) -> bool:
    """Whether a rule runs: what a person names runs whatever its pack or its precision."""
    if change.enabled is False or any(_matches(rule, name) for name in overrides.ignore):
        return False
    if overrides.select and not any(_matches(rule, name) for name in overrides.select):
        return False
    named = change.enabled is True or {rule.id, rule.name} & set(overrides.select)
    if rule.preview and not (include_preview or overrides.preview or named):
        return False
    return bool(include_preview or named or overrides.select) or overrides.pack in (
        rule.pack,
        "all",
    )
