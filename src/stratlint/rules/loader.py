"""Load rule files: shipped packs and an organisation's own, with inheritance and overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.resources import data_dir
from stratlint.rules.checks import CHECKS
from stratlint.rules.overrides import RuleOverride, RuleOverrides
from stratlint.rules.rule import Rule
from stratlint.rules.schema import FAMILIES, RuleFile, model_for, partial_model
from stratlint.rules.themes import load_lexicon

TRUSTED = 0.7
"""Rules whose measured precision is lower run only on request."""
_CHECK_LINE = re.compile(r"^check:\s*['\"]?([a-z-]+)", re.MULTILINE)
_EXTENDS_LINE = re.compile(r"^extends:\s*\S", re.MULTILINE)


class Judged(Editable):
    """How a rule did on real documents that a person read.

    ``mended`` of the wrong findings no longer appear on the same documents after a correction
    that was made with them in view.
    """

    judged: int = Field(ge=0)
    right: int = Field(ge=0)
    mended: int = Field(default=0, ge=0)
    fired: int = Field(default=0, ge=0)
    documents: int = Field(default=0, ge=0)


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
    by id. Rules below the trusted precision are left out unless ``include_preview`` or the
    overrides ask for them. Raises FileFault for a fault in a file and UsageError for an
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

    The shipped rules are read once; a folder of one's own is read anew each time, because
    people edit it while they watch.
    """
    return _read_all(directories) if directories else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> tuple[Rule, ...]:
    return _read_all(())


def _read_all(directories: tuple[Path, ...]) -> tuple[Rule, ...]:
    raw: dict[str, tuple[Path, dict[str, Any]]] = {}
    resolved: dict[str, Rule] = {}
    for folder in (packs_dir(), *directories):
        if not folder.is_dir():
            raise UsageError(f"there is no folder of rules '{folder}'")
        here: dict[str, Path] = {}
        for path in rule_files(folder):
            data = read_rule(path, directories)
            name = data["id"]
            if name in here:
                raise FileFault(f"{name} is also the id of {here[name]}", path=str(path))
            here[name] = path
            raw[name] = (path, data)
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
    """The rule files of a folder and its sub-folders, in order."""
    return sorted(
        path
        for path in folder.rglob("*.yaml")
        if path.name != "precision.yaml" and not path.name.startswith(("themes", "."))
    )


def read_rule(path: Path, directories: tuple[Path, ...] = ()) -> dict[str, Any]:
    """One rule file, checked, as the keys it gives. Raises FileFault with line and column.

    ``directories`` may hold further themes that the rule names.
    """
    # Bytes that are not UTF-8 are told, with their place, when the file is loaded below.
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    check = _CHECK_LINE.search(text)
    model: type[Editable] = RuleFile
    if _EXTENDS_LINE.search(text):
        model = partial_model()
    elif check and check.group(1) in CHECKS:
        model = model_for(check.group(1))
    loaded = load_yaml(path, model)
    data = {
        (loaded.__class__.model_fields[name].alias or name): getattr(loaded, name)
        for name in loaded.model_fields_set
    }
    _check_themes(data, path, directories)
    return data


def _check_themes(data: Mapping[str, Any], path: Path, directories: tuple[Path, ...]) -> None:
    lexicon = load_lexicon(directories)
    options = data.get("with")
    named: list[str] = []
    if isinstance(options, Editable):
        for name, value in options:
            if name == "theme" or name.endswith("_theme"):
                named += [value] if isinstance(value, str) else []
            elif name == "themes" or name.endswith("_themes"):
                named += list(value)
    only_if = data.get("only_if")
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


def _resolve(
    name: str, raw: Mapping[str, tuple[Path, dict[str, Any]]], chain: tuple[str, ...]
) -> Rule:
    path, data = raw[name]
    if name in chain:
        raise FileFault(f"{' extends '.join((*chain, name))}", path=str(path))
    parent = data.get("extends")
    if parent is None:
        return _rule(path, data)
    if parent not in raw:
        close = nearest(parent, sorted(raw))
        raise FileFault(
            f"extends '{parent}', which is no rule"
            + (f"; did you mean '{close}'?" if close else ""),
            path=str(path),
            line=_line_of(path, "extends"),
        )
    inherited = _resolve(parent, raw, (*chain, name)).given
    own = {key: value for key, value in data.items() if value is not None}
    merged = {**inherited, **own}
    # Cases belong to the rule that wrote them: other options make other findings.
    merged["tests"] = own.get("tests", ())
    merged["with"] = {**_plain(inherited.get("with")), **_plain(own.get("with"))}
    check = str(merged["check"])
    if check not in CHECKS:
        raise FileFault(
            f"there is no check '{check}'", path=str(path), line=_line_of(path, "check")
        )
    try:
        model = model_for(check).model_validate(_plain(merged))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FileFault(f"{where}: {first['msg']}", path=str(path), line=1) from None
    given = {
        (model.__class__.model_fields[key].alias or key): getattr(model, key)
        for key in model.model_fields_set
    }
    return _rule(path, given)


def _plain(value: object) -> Any:
    """Models back to plain data, with YAML key names, without what was not given."""
    if isinstance(value, Editable):
        return value.model_dump(mode="python", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return {} if value is None else value


def _rule(path: Path, data: Mapping[str, Any]) -> Rule:
    check = CHECKS[data["check"]]
    scope = data.get("scope") or RuleFile.model_fields["scope"].default
    if "scope" not in data or "level" not in scope.model_fields_set:
        scope = scope.model_copy(update={"level": check.level})
    elif scope.level != check.level:
        raise FileFault(
            f"the check '{check.name}' looks at a {check.level}, so scope.level cannot be "
            f"'{scope.level}'",
            path=str(path),
            line=_line_of(path, "level"),
        )
    if data["id"][:2] not in FAMILIES and packs_dir() in path.parents:
        raise FileFault(
            f"no family {data['id'][:2]}: {', '.join(FAMILIES)}", path=str(path), line=1
        )
    optional = (
        "confidence",
        "unless",
        "only_if",
        "rate",
        "most",
        "known_false_alarms",
        "references",
        "tags",
        "preview",
    )
    values: dict[str, Any] = {
        key: data.get(key, RuleFile.model_fields[key].default) for key in optional
    }
    options = data.get("with")
    return Rule(
        id=data["id"],
        name=data["name"],
        check=check,
        options=options if isinstance(options, check.options) else check.options(),
        scope=scope,
        severity=data["severity"],
        message=data["message"],
        why=data["why"],
        fix=data["fix"],
        cases=tuple(data.get("tests") or ()),
        path=path,
        extends=data.get("extends"),
        given=dict(data),
        **values,
    )


def _with_precision(rules: tuple[Rule, ...], directories: Iterable[Path]) -> tuple[Rule, ...]:
    counts: dict[str, Judged] = {}
    for folder in (packs_dir(), *directories):
        if (folder / "precision.yaml").is_file():
            counts.update(load_yaml(folder / "precision.yaml", PrecisionFile).rules)
    found = []
    for rule in rules:
        count = counts.get(rule.id)
        if count is not None:
            firing = count.fired / count.documents if count.documents else None
            rule = replace(
                rule,
                judged=count.judged,
                right=count.right,
                mended=count.mended,
                firing=firing,
            )
        left = rule.judged - rule.mended
        untrusted = left > 0 and rule.right / left < TRUSTED
        found.append(replace(rule, preview=rule.preview or untrusted))
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
        most=change.most or rule.most,
    )


def _in_force(
    rule: Rule, change: RuleOverride, overrides: RuleOverrides, include_preview: bool
) -> bool:
    if change.enabled is False or any(_matches(rule, name) for name in overrides.ignore):
        return False
    if overrides.select and not any(_matches(rule, name) for name in overrides.select):
        return False
    if rule.preview:
        named = rule.id in overrides.select or rule.name in overrides.select
        return include_preview or overrides.preview or change.enabled is True or named
    return True
