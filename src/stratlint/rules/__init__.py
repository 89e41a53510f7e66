"""Rules that analysts edit as YAML, the closed list of checks they choose from, and profiles."""

from __future__ import annotations

from stratlint.rules.engine import (
    DocumentOutcome,
    RuleOutcome,
    judge_document,
    rule_cards,
    run_rules,
)
from stratlint.rules.hits import fingerprint
from stratlint.rules.loader import every_rule, load_rules
from stratlint.rules.overrides import RuleOverride, RuleOverrides
from stratlint.rules.rule import Rule
from stratlint.rules.suppressions import (
    Suppression,
    Suppressions,
    apply_suppressions,
    load_suppressions,
    write_baseline,
)
from stratlint.rules.world import RuleContext

__all__ = [
    "DocumentOutcome",
    "Rule",
    "RuleContext",
    "RuleOutcome",
    "RuleOverride",
    "RuleOverrides",
    "Suppression",
    "Suppressions",
    "apply_suppressions",
    "every_rule",
    "fingerprint",
    "judge_document",
    "load_rules",
    "load_suppressions",
    "rule_cards",
    "run_rules",
    "write_baseline",
]
