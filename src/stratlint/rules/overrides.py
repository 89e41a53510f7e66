"""What settings, a manifest or a command line change about rules."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, Severity


class RuleOverride(Editable):
    """Another grade, other options, or off."""

    enabled: bool | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")


class RuleOverrides(Editable):
    """Changes by rule id, name or family; ``SB005: off`` and ``SB005: error`` are short forms.

    ``pack`` is the pack of rules that runs; ``preview`` also runs rules that have not been
    measured on unseen documents, or not well enough; ``select`` and ``ignore`` hold rule ids,
    names or families, and what is selected runs whatever its pack.
    """

    rules: dict[str, RuleOverride] = Field(
        default_factory=dict, description="rules off, re-graded or with other options, by id"
    )
    pack: Literal["core", "editorial", "all"] = Field(
        default="core", description="rules that run: core, editorial (wording, sources) or all"
    )
    preview: bool = Field(default=False, description="also rules not yet proven on unseen texts")
    select: tuple[str, ...] = Field(default=(), description="only these rules or families")
    ignore: tuple[str, ...] = Field(default=(), description="not these rules or families")

    @field_validator("select", "ignore", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        """Also 'SB004,SB005', as other linters take it: no rule or family has a comma."""
        found = listed(value)
        if not isinstance(found, list | tuple) or not all(isinstance(n, str) for n in found):
            return found
        parted = ([part.strip() for part in name.split(",") if part.strip()] for name in found)
        return tuple(
            part for name, parts in zip(found, parted, strict=True) for part in parts or [name]
        )

    @field_validator("rules", mode="before")
    @classmethod
    def _short_forms(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: _long_form(entry) for key, entry in value.items()}


def listed(value: object) -> object:
    """A plain string as a list of one: ``select: SB`` is what people write."""
    return (value,) if isinstance(value, str) else value


def _long_form(entry: object) -> object:
    # YAML 1.1 reads a bare `off` as false and `on` as true.
    if isinstance(entry, bool):
        return {"enabled": entry}
    if entry in ("off", "on"):
        return {"enabled": entry == "on"}
    if isinstance(entry, str):
        return {"severity": entry}
    return entry
