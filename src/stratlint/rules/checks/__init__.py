"""The closed list of checks: one module each, its options are the YAML keys under ``with``."""

from __future__ import annotations

from collections.abc import Mapping

from stratlint.rules.check import Check
from stratlint.rules.checks import (
    actors,
    balance,
    breadth,
    claims,
    crowded,
    evidence,
    grounds,
    journey,
    leadership,
    likeness,
    national,
    neighbours,
    ownfigures,
    partners,
    passages,
    phrase,
    similar,
    statistics,
    strength,
    themes,
    undefined,
    unseen,
)

CHECKS: Mapping[str, Check] = {
    module.CHECK.name: module.CHECK
    for module in (
        actors,
        balance,
        breadth,
        claims,
        crowded,
        evidence,
        grounds,
        journey,
        leadership,
        likeness,
        national,
        ownfigures,
        neighbours,
        partners,
        passages,
        phrase,
        similar,
        statistics,
        strength,
        themes,
        undefined,
        unseen,
    )
}
"""Every check by the name that rule files use."""

__all__ = ["CHECKS"]
