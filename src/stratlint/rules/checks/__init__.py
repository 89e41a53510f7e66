"""The closed list of checks: one module each, its options are the YAML keys under ``with``."""

from __future__ import annotations

from collections.abc import Mapping

from stratlint.rules.check import Check
from stratlint.rules.checks import (
    actors,
    balance,
    borrowed,
    breadth,
    claims,
    contradicted,
    crowded,
    delivery,
    evidence,
    grounds,
    journey,
    leadership,
    likeness,
    measures,
    national,
    neighbours,
    outputs,
    ownagainst,
    ownfigures,
    partners,
    passages,
    phrase,
    promises,
    risks,
    seats,
    similar,
    spending,
    statistics,
    strength,
    sums,
    targets,
    themes,
    undefined,
    unsecured,
    unseen,
    unserved,
)

CHECKS: Mapping[str, Check] = {
    module.CHECK.name: module.CHECK
    for module in (
        actors,
        balance,
        borrowed,
        breadth,
        claims,
        contradicted,
        crowded,
        delivery,
        evidence,
        grounds,
        journey,
        leadership,
        likeness,
        measures,
        national,
        neighbours,
        outputs,
        ownagainst,
        ownfigures,
        partners,
        passages,
        phrase,
        promises,
        risks,
        seats,
        similar,
        spending,
        sums,
        statistics,
        strength,
        targets,
        themes,
        undefined,
        unsecured,
        unserved,
        unseen,
    )
}
"""Every check by the name that rule files use."""

__all__ = ["CHECKS"]
