"""A rule that is ready to run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, RuleCard, Severity
from stratlint.rules.check import Check
from stratlint.rules.schema import FAMILIES, Case, OnlyIf, Rate, Scope, Unless


@dataclass(frozen=True)
class Rule:
    """A rule with its check, its options as a model, and what is known of its precision.

    ``precision`` is the share of ``judged`` findings that a reader found right on real
    documents; ``mended`` of the wrong ones have gone since, by a correction made with them in
    view; ``firing`` is the share of those documents on which the rule fired.
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
    unless: tuple[Unless, ...] = ()
    only_if: OnlyIf | None = None
    rate: Rate | None = None
    most: int | None = None
    known_false_alarms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    preview: bool = False
    cases: tuple[Case, ...] = ()
    path: Path | None = None
    judged: int = 0
    right: int = 0
    mended: int = 0
    firing: float | None = None
    extends: str | None = None
    given: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def family(self) -> str:
        """The two letters of the family."""
        return self.id[:2]

    @property
    def precision(self) -> float | None:
        """Share of judged findings that were right, or None before any was judged."""
        return self.right / self.judged if self.judged else None

    def card(self) -> RuleCard:
        """What reports print of the rule."""
        return RuleCard(
            id=self.id,
            name=self.name,
            family=FAMILIES.get(self.family, self.family),
            severity=self.severity,
            confidence=self.confidence,
            why=self.why,
            fix=self.fix,
            scope=self.scope.level,
            known_false_alarms=self.known_false_alarms,
            references=self.references,
            tags=self.tags,
            precision=self.precision,
            judged=self.judged,
            preview=self.preview,
        )
