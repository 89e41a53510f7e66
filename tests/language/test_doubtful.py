"""Short names that are industries only where the text chooses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import stratlint

if TYPE_CHECKING:
    from pathlib import Path


def chosen(tmp_path: Path, text: str) -> set[str]:
    path = tmp_path / "note.md"
    path.write_text(text, encoding="utf-8")
    return {priority.sector for priority in stratlint.analyse(path).priorities}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Our two priority sectors are space and rail.", {"space", "rail"}),
        ("This plan backs construction, and it backs nothing else.", {"construction"}),
        ("We have chosen glass, and we shall keep to it.", {"ceramics_glass"}),
        (
            "We will prioritise:\n\n1. Aerospace\n2. Space\n3. Digital\n",
            {"aerospace", "space", "digital_ict"},
        ),
    ],
)
def test_a_short_name_that_is_chosen_is_an_industry(
    tmp_path: Path, text: str, want: set[str]
) -> None:
    assert chosen(tmp_path, text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("What gets an officer:\n\n(a) film;\n(b) freight and ports.\n", {"creative", "logistics"}),
        ("Where will we play?\n\n- space\n- chemicals\n", {"space", "chemicals"}),
        ("We target:\n\n- Ceramics\n- Hydrogen\n", {"ceramics_glass", "low_carbon"}),
        ("We back:\n- software\n\nFirms in the year:\n- a brewery\n", {"digital_ict"}),
        ("Outturn 2004 by sector: aerospace £4m, textiles £2m. None is proposed.", set()),
        ("Our money goes to rail, and to textiles.", {"rail", "textiles"}),
    ],
)  # fmt: skip
def test_rows_of_names_are_read_together(tmp_path: Path, text: str, want: set[str]) -> None:
    assert chosen(tmp_path, text) == want


def test_headings_side_by_side_share_what_is_made_of_them(tmp_path: Path) -> None:
    text = "## Frontier sectors on which we concentrate\n\n"
    text += "".join(f"### {n}\nA line of text.\n\n" for n in ("Composites", "Digital", "Farming"))
    assert chosen(tmp_path, text) == {"advanced_materials", "digital_ict", "agri"}


@pytest.mark.parametrize(
    "text",
    [
        "We will prioritise the space in front of the station.",
        "Construction of the bypass will be given priority.",
        "The glass in the market hall was replaced, and rail passengers were asked to wait.",
    ],
)
def test_a_short_name_that_is_something_else_is_not(tmp_path: Path, text: str) -> None:
    assert chosen(tmp_path, text) == set()


def test_a_text_that_chooses_nothing_names_no_more_than_before(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("Space for parking is short. Retail units stand empty.", encoding="utf-8")
    assert {m.sector for m in stratlint.analyse(path).mentions} <= {"retail"}
