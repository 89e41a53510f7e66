"""A rule that is ready to run."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import msgspec

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, RuleCard, Severity
from stratlint.rules.check import Check
from stratlint.rules.schema import (
    FAMILIES,
    Case,
    Changes,
    OnlyIf,
    Pack,
    Rate,
    RuleFile,
    Scope,
    Unless,
    given_keys,
)


@dataclass(frozen=True)
class Rule:
    """A rule with its check, its options as a model, and what is known of its precision.

    ``right`` of ``judged`` findings were right and useful by readers of documents that nobody
    had tuned the rule on; ``tuned`` are the same two counts on documents that were read while
    it was worded, which are no measure of anything. The other fields are keys of the rule's
    file, see :class:`stratlint.rules.schema.RuleFile`.
    """

    id: str
    name: str
    check: Check
    options: Editable
    scope: Scope
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fix: str
    pack: Pack = "core"
    changes: Changes = "wording"
    message_many: str | None = None
    unless: tuple[Unless, ...] = ()
    only_if: OnlyIf | None = None
    instead_of: tuple[str, ...] = ()
    rate: Rate | None = None
    known_false_alarms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    preview: bool = False
    tests: tuple[Case, ...] = ()
    extends: str | None = None
    path: Path | None = None
    folders: tuple[Path, ...] = ()
    """Folders of an organisation's own, whose themes are in force where the rule runs."""
    judged: int = 0
    right: int = 0
    tuned: tuple[int, int] = (0, 0)
    given: dict[str, object] = field(default_factory=dict, repr=False)

    @classmethod
    def from_file(cls, file: RuleFile, check: Check, scope: Scope, path: Path) -> Rule:
        """A rule with the keys of its file; a new key needs no word here."""
        own: dict[str, Any] = {"check": check, "scope": scope, "path": path, "options": file.with_}
        names = {f.name for f in fields(cls)} & set(RuleFile.model_fields) - set(own)
        keys: dict[str, Any] = {name: getattr(file, name) for name in names}
        return cls(**keys, **own, given=given_keys(file))

    @property
    def family(self) -> str:
        """The two letters of the family."""
        return self.id[:2]

    @property
    def precision(self) -> float | None:
        """Share of judged findings that were right, or None before any was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def sees(self) -> tuple[object, ...]:
        """What decides which places it finds: two rules of one id may differ in it."""
        return (self.check.name, self.options, self.scope, self.unless, self.only_if, self.rate)

    def card(self) -> RuleCard:
        """What reports print of the rule."""
        own = {
            "family": FAMILIES.get(self.family, self.family),
            "scope": self.scope.level,
            "kinds": tuple(kind.value for kind in self.scope.kinds),
        }
        names = set(RuleCard.__struct_fields__) - set(own)
        return msgspec.convert({**{name: getattr(self, name) for name in names}, **own}, RuleCard)
