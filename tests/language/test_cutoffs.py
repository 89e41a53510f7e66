"""Limits that decide which of several names are chosen, and echoes of what was decided before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import stratlint

if TYPE_CHECKING:
    from pathlib import Path


def chosen(folder: Path, text: str) -> set[str]:
    path = folder / "note.md"
    path.write_text(text + "\n", encoding="utf-8")
    return {priority.sector for priority in stratlint.analyse(path).priorities}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "The quotients are: fishing 6.1; tourism 2.4; retail trade 0.9; banking 0.3. Industries"
            " above 2 are taken forward.",
            {"agri", "tourism"},
        ),
        (
            "Shipbuilding scored 81, textiles 77 and tourism 42. The threshold was set at 75.",
            {"marine", "textiles"},
        ),
        (
            "Sectors scoring 3.5 or more were adopted: aerospace (4.2), chemicals (3.9), textiles"
            " (2.0).",
            {"aerospace", "chemicals"},
        ),
        (
            "Pottery 4.1, fishing 3.0, tourism 0.7: of these quotients only those over 2 count as"
            " specialisms of the county.",
            {"ceramics_glass", "agri"},
        ),
        (
            "Only trades with at least 1,200 jobs qualify. Papermaking has 1,450, fishing 300.",
            {"forestry_wood"},
        ),
    ],
)
def test_a_limit_chooses_the_names_whose_figures_reach_it(
    tmp_path: Path, text: str, want: set[str]
) -> None:
    assert chosen(tmp_path, text) == want


@pytest.mark.parametrize(
    "text",
    [
        "The quotients are: fishing 6.1; tourism 2.4; banking 0.3. A quotient above 1 makes no"
        " priority.",
        "Fishing employs 6,100, tourism 2,400 and banking 300. Wages above 500 a week are rare.",
        "Only sectors with more than 5,000 jobs and an LQ of at least 1.5 qualify. Textiles (3,000;"
        " 4.0) and tourism (9,000; 0.8) do not.",
    ],
)
def test_a_figure_that_decides_nothing_chooses_nothing(tmp_path: Path, text: str) -> None:
    assert chosen(tmp_path, text) == set()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Fishing is not among the priorities. Aerospace is.", {"aerospace"}),
        (
            "Aerospace, fishing, textiles and tourism were ranked. The first two go into the plan.",
            {"aerospace", "agri"},
        ),
        (
            "Aerospace and textiles were proposed by the stakeholders; the latter was retained.",
            {"textiles"},
        ),
        (
            "Our growth sectors (fishing) are set out here, and the trades of old (textiles) are"
            " not.",
            {"agri"},
        ),
    ],
)
def test_a_short_sentence_takes_up_what_was_said_before(
    tmp_path: Path, text: str, want: set[str]
) -> None:
    assert chosen(tmp_path, text) == want
