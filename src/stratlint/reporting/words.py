"""Numbers and lists as a sentence says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stratlint.records import Severity

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: int) -> str:
    """Words up to nine, figures with thousands separated from 10."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """'no findings', 'one finding', 'twelve' as '12 findings'."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


@dataclass(frozen=True)
class Hidden:
    """How many findings are below what is shown: none shown is not none at all."""

    number: int
    least: Severity

    @property
    def scope(self) -> str:
        """'at or above error': what a count of the shown findings is of."""
        return f"at or above {self.least.value}"

    @property
    def words(self) -> str:
        """'1 below is not shown'."""
        return f"{self.number:,} below {'is' if self.number == 1 else 'are'} not shown"


def sentence(text: str) -> str:
    """The text as a sentence: a capital letter, and small counts of things in words.

    ``2 choices are argued …`` becomes ``Two choices are argued …``; what a document says in
    quotation marks, and a share such as ``7 of 9 regions``, stay as they are.
    """
    if counted := re.match(r"[1-9](?= [a-z])", text):
        text = number(int(counted[0])) + text[1:]
    own = re.match(r"[^'‘“\"]*", text)
    end = own.end() if own else 0
    text = _COUNTED.sub(lambda at: number(int(at[0])), text[:end]) + text[end:]
    return text[:1].upper() + text[1:]


_COUNTED = re.compile(r"(?<!of )(?<=[a-z,] )[2-9](?= [a-z]+s\b)")
"""A small count before its plural: 'in 2 sentences'."""


def listed(items: Sequence[str], limit: int | None = None) -> str:
    """'a', 'a and b', 'a, b and c'; beyond ``limit``, 'a, b and 3 others'."""
    shown = list(items)
    if limit is not None and len(shown) > limit + 1:
        rest = len(shown) - limit
        shown = [*shown[:limit], f"{number(rest)} others"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th."""
    teen = value % 100 in (11, 12, 13)
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def quotient(value: float | None) -> str:
    """Two decimals; an en dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def rule_words(name: str) -> str:
    """A rule's name in words, abbreviations as they are written."""
    return name.replace("-", " ").replace("smes", "SMEs")


def percent(value: float | None) -> str:
    """A share as a whole per cent; an en dash where there is none."""
    return "–" if value is None else f"{value * 100:.0f}%"


def figure_value(value: float, unit: str = "") -> str:
    """A figure as a person writes it: '£1,234m', '0.71', '12,300 jobs'.

    A ratio needs no unit, because its label says what it compares.
    """
    number = f"{value:,.2f}" if abs(value) < 100 and value != int(value) else f"{value:,.0f}"
    number = number.replace("-", "−")
    if unit.startswith("ratio"):
        return f"{value:,.2f}"
    if unit.startswith("£"):
        return f"£{number}{unit[1:]}"
    if unit == "%":
        return f"{number}%"
    return f"{number} {unit}".strip()
