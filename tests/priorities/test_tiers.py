"""Tiers: primary and secondary, core and emerging; between stated order and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities
from stratlint.priorities.tiers import runs_on, tier_in

if TYPE_CHECKING:
    from pathlib import Path


def ranked(tmp_path: Path, text: str) -> list[str]:
    plan = tmp_path / "plan.md"
    plan.write_text(text)
    document = read(plan)
    language = analyse_language(document)
    return [p.sector for p in rank_priorities(document, language.sentences, language.mentions)]


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("Our primary sectors are:", 1),
        ("Core growth sectors", 1),
        ("Tier 1", 1),
        ("Secondary priority sectors:", 2),
        ("Emerging clusters", 2),
        ("Tier two sectors", 2),
        ("Supporting sectors", 2),
        ("Our priority sectors", None),
        ("Core and emerging sectors", None),
        ("Supporting our priority sectors", None),
    ],
)
def test_words_that_name_a_tier(words: str, tier: int | None) -> None:
    assert tier_in(words) == tier


def test_a_tier_outranks_place_and_count(tmp_path: Path) -> None:
    text = """# A plan

## Our emerging priority sectors

- tourism
- the rail industry

Tourism is praised. Tourism is praised again.

## Our core priority sectors

- aerospace
- life sciences
"""
    assert ranked(tmp_path, text) == ["aerospace", "life_sciences", "tourism", "rail"]


def test_stated_order_outranks_a_tier(tmp_path: Path) -> None:
    text = """# A plan

## Our emerging priority sectors

1. tourism
2. the rail industry

## Our core priority sectors

3. aerospace
4. life sciences
"""
    assert ranked(tmp_path, text) == ["tourism", "rail", "aerospace", "life_sciences"]


def test_a_count_that_starts_again_is_no_order_of_the_lists() -> None:
    assert runs_on([1, 2, 3], [5, 6, 7])
    assert runs_on([1, 1, 2], [5, 5, 6])
    assert not runs_on([1, 2, 1, 2], [5, 6, 9, 10])
    assert not runs_on([1, None], [5, 6])
