"""What is done with the things of a sector is no sector: 'food processing and manufacture'."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint


def named(folder: Path, words: str) -> set[str]:
    path = folder / "plan.md"
    path.write_text(f"# Plan\n\nOur priority sectors are {words}.\n", encoding="utf-8")
    return {mention.sector for mention in stratlint.analyse(path).mentions}


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("food processing and manufacture", "advanced_manufacturing"),
        ("food and drink manufacture and processing", "chemicals"),
        ("food manufacturing & processing", "chemicals"),
        ("seafood, and processing", "chemicals"),
        ("marine technology and manufacture", "advanced_manufacturing"),
        ("boatbuilding and manufacture", "advanced_manufacturing"),
        ("technical textiles and fibres", "advanced_materials"),
        ("food, drink and packaging", "advanced_materials"),
        ("paper, board and packaging", "advanced_materials"),
        ("dairy and processing", "chemicals"),
        ("medical technology and manufacture", "advanced_manufacturing"),
        ("aerospace design and manufacturing", "advanced_manufacturing"),
        ("food production and manufacturing", "advanced_manufacturing"),
        ("battery technology and manufacture", "advanced_manufacturing"),
        ("timber and processing", "chemicals"),
        ("agriculture and processing", "chemicals"),
        ("vehicle assembly and manufacture", "advanced_manufacturing"),
        ("film and production", "advanced_manufacturing"),
        ("ceramics and manufacture", "advanced_manufacturing"),
        ("furniture and manufacture", "advanced_manufacturing"),
        ("textiles, with our textile money going into manufacture", "advanced_manufacturing"),
        ("ceramics, for which ceramics money goes into processing", "chemicals"),
        ("the life sciences from research to manufacture", "advanced_manufacturing"),
    ],
)
def test_an_activity_beside_a_sector_is_none(tmp_path: Path, words: str, none: str) -> None:
    assert none not in named(tmp_path, words)


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("tourism and manufacturing", "advanced_manufacturing"),
        ("aerospace, tourism and manufacturing", "advanced_manufacturing"),
        ("logistics and advanced manufacturing", "advanced_manufacturing"),
        ("steel and packaging industries", "advanced_materials"),
        ("chemicals and processing", "chemicals"),
    ],
)
def test_a_sector_beside_another_stays(tmp_path: Path, words: str, sector: str) -> None:
    assert sector in named(tmp_path, words)
