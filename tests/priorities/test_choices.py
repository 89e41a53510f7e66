"""What whole texts choose: declarations, where they end, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities

if TYPE_CHECKING:
    from pathlib import Path


def chosen(folder: Path, text: str, suffix: str = "md") -> set[str]:
    """The sectors that a text chooses."""
    path = folder / f"plan.{suffix}"
    path.write_text(text + "\n", encoding="utf-8")
    document = read(path)
    language = analyse_language(document)
    return {
        p.sector
        for p in rank_priorities(
            document, language.sentences, language.mentions, language.declarations
        )
    }


OWN = "Our priority sectors are:\n\n- chemicals\n- electronics\n\n"


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        (
            "Our priority sectors are life sciences, construction, creative industries and"
            " tourism.",
            {"life_sciences", "construction", "creative", "tourism"},
        ),
        ("Our priority sectors are ceramics and aerospace.", {"ceramics_glass", "aerospace"}),
    ],
)
def test_a_declaring_sentence_declares_all_its_sectors(
    tmp_path: Path, text: str, sectors: set[str]
) -> None:
    assert chosen(tmp_path, text) == sectors


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize(
    "after",
    [
        "Jobs have been lost since 1990 in:\n\n- shipbuilding\n- textiles",
        "These sectors were considered and not chosen:\n\n- shipbuilding\n- textiles",
        "Retail was left out.",
        "Jobs have been lost since 1990.\n\n- shipbuilding\n- textiles",
    ],
)
def test_a_declared_list_ends_where_something_else_begins(
    tmp_path: Path, after: str, suffix: str
) -> None:
    assert chosen(tmp_path, OWN + after, suffix) == {"chemicals", "electronics"}


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        (
            "Our priorities are aerospace and offshore wind, not tourism.",
            {"aerospace", "low_carbon"},
        ),
        ("We will not prioritise tourism but will prioritise aerospace.", {"aerospace"}),
        ("We will prioritise chemicals rather than tourism.", {"chemicals"}),
        ("Tourism is a low priority.", set()),
        ("Tourism should never be a priority.", set()),
    ],
)
def test_a_refusal_chooses_nothing(tmp_path: Path, text: str, sectors: set[str]) -> None:
    assert chosen(tmp_path, text) == sectors
