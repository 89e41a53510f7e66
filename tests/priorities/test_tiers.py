"""Tiers: primary and secondary, core and emerging; between stated order and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities
from stratlint.priorities.tiers import runs_on, tier_in
from stratlint.records import Block, Document, Page, Role

if TYPE_CHECKING:
    from pathlib import Path


def ranked(tmp_path: Path, text: str) -> list[str]:
    plan = tmp_path / "plan.md"
    plan.write_text(text)
    document = read(plan)
    language = analyse_language(document)
    return [
        p.sector
        for p in rank_priorities(
            document, language.sentences, language.mentions, language.declarations
        )
    ]


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


def test_stated_order_outranks_a_tier() -> None:
    """As a PDF gives it: the numbers stand in the items."""
    lines = (
        (Role.HEADING, "Our emerging priority sectors"),
        (Role.LIST_ITEM, "1. the tourism industry"),
        (Role.LIST_ITEM, "2. the rail industry"),
        (Role.HEADING, "Our core priority sectors"),
        (Role.LIST_ITEM, "{} the aerospace industry"),
        (Role.LIST_ITEM, "{} the ceramics industry"),
    )
    for numbers, expected in (
        (("3.", "4."), ["tourism", "rail", "aerospace", "ceramics_glass"]),
        (("1.", "2."), ["aerospace", "ceramics_glass", "tourism", "rail"]),
    ):
        count = iter(numbers)
        written = [(r, t.format(next(count)) if "{}" in t else t) for r, t in lines]
        document = made(written)
        language = analyse_language(document)
        found = rank_priorities(
            document, language.sentences, language.mentions, language.declarations
        )
        assert [p.sector for p in found] == expected


def made(lines: list[tuple[Role, str]]) -> Document:
    """A document of one page with a block a line, under the last heading."""
    text = ""
    blocks: list[Block] = []
    heading: int | None = None
    for index, (role, line) in enumerate(lines):
        start = len(text)
        text += f"{line}\n\n"
        over = None if role is Role.HEADING else heading
        blocks.append(Block(role=role, page=0, start=start, end=len(text) - 2, heading=over))
        heading = index if role is Role.HEADING else heading
    return Document(
        sha256="",
        source="made-up.txt",
        reader="text",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="1"),),
        blocks=tuple(blocks),
    )


def test_a_count_that_starts_again_is_no_order_of_the_lists() -> None:
    assert runs_on([1, 2, 3], [5, 6, 7])
    assert runs_on([1, 1, 2], [5, 5, 6])
    assert not runs_on([1, 2, 1, 2], [5, 6, 9, 10])
    assert not runs_on([1, None], [5, 6])
