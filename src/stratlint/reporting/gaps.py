"""Claim against strength: how a priority and a location quotient sit together."""

from __future__ import annotations

from enum import StrEnum

from stratlint.evidence.marks import AVERAGE, NOTABLE, STRONG
from stratlint.records import Quotient


class Gap(StrEnum):
    """What claim and local evidence say together about one sector in one region."""

    SUPPORTED = "chosen, 1.25 or more"
    AVERAGE = "chosen, 1.0 to 1.24"
    UNSUPPORTED = "chosen, below 1.0"
    UNSURE = "chosen, figures unsure"
    UNMEASURED = "chosen, no figures"
    MISSED = "not chosen, 1.5 or more"
    NONE = ""

    @property
    def code(self) -> str:
        """A short name for style sheets."""
        return self.name.lower()


def gap(claimed: bool, quotient: Quotient | None) -> Gap:
    """Judge the quotient as it is printed (two decimals), so that page and bin agree."""
    if quotient is None:
        return Gap.UNMEASURED if claimed else Gap.NONE
    if not quotient.reliable:
        return Gap.UNSURE if claimed else Gap.NONE
    value = round(quotient.value, 2)
    if not claimed:
        return Gap.MISSED if value >= STRONG else Gap.NONE
    if value >= NOTABLE:
        return Gap.SUPPORTED
    return Gap.AVERAGE if value >= AVERAGE else Gap.UNSUPPORTED
