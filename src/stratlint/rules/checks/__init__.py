"""The closed list of checks: one module each, its options are the YAML keys under ``with``."""

from __future__ import annotations

from collections.abc import Mapping

from stratlint.rules.check import Check
from stratlint.rules.checks import (
    crowded,
    evidence,
    phrase,
    strength,
)

CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        crowded.CHECK,
        evidence.CHECK,
        phrase.CHECK,
        strength.CHECK,
    )
}
"""Every check by the name that rule files use."""

__all__ = ["CHECKS"]
