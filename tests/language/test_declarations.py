"""Declarations as records: phrase, form, extent, members, and why each ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.records import Form, Polarity, Voice

if TYPE_CHECKING:
    from pathlib import Path

    from stratlint.records import Declaration


def declared(folder: Path, text: str, suffix: str = "md") -> tuple[Declaration, ...]:
    """The declarations of a text."""
    path = folder / f"plan.{suffix}"
    path.write_text(text + "\n", encoding="utf-8")
    return analyse_language(read(path)).declarations


def test_a_list_has_its_phrase_extent_and_members(tmp_path: Path) -> None:
    text = (
        "Our three priority sectors are:\n\n1. Ceramics\n2. Aerospace\n3. Tourism\n\nHomes follow."
    )
    (declaration,) = declared(tmp_path, text, "txt")
    assert declaration.phrase == "Our three priority sectors are:"
    assert declaration.form is Form.NUMBERS
    assert (declaration.polarity, declaration.voice) == (Polarity.CHOSEN, Voice.OWN)
    assert [m.sectors for m in declaration.members] == [
        ("ceramics_glass",),
        ("aerospace",),
        ("tourism",),
    ]
    assert [m.count for m in declaration.members] == [1, 2, 3]
    start, end = declaration.extent
    assert text[start:end] == "Ceramics\n2. Aerospace\n3. Tourism"


def test_one_item_may_name_two_sectors(tmp_path: Path) -> None:
    text = "Our priority sectors are:\n\n- digital and creative industries\n- tourism"
    (declaration,) = declared(tmp_path, text)
    assert [set(m.sectors) for m in declaration.members] == [
        {"digital_ict", "creative"},
        {"tourism"},
    ]


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ("Jobs have been lost in:\n\n- shipbuilding\n- textiles", "another lead-in"),
        ("## Transport\n\nRoads are full.", "the heading"),
        ("Retail was left out of it.", "running text"),
        ("1. Buy a desk", "another kind of mark"),
        ("", "the end of the text"),
    ],
)
def test_a_list_says_why_it_ends(tmp_path: Path, after: str, why: str) -> None:
    text = f"Our priority sectors are:\n\n- chemicals\n- electronics\n\n{after}"
    suffix = "md" if after.startswith("#") else "txt"
    first = declared(tmp_path, text, suffix)[0]
    assert first.sectors == ("chemicals", "electronics")
    assert first.ended_by.startswith(why)


def test_items_without_the_tick_that_others_have_are_refused(tmp_path: Path) -> None:
    text = "Our priority sectors are:\n\n- chemicals ✓\n- textiles"
    said = {d.polarity: d.sectors for d in declared(tmp_path, text)}
    assert said == {Polarity.CHOSEN: ("chemicals",), Polarity.REFUSED: ("textiles",)}


def test_a_statement_behind_a_list_holds_for_it(tmp_path: Path) -> None:
    text = "On the table:\n\n- chemicals\n- textiles\n\nThese have been adopted as our priorities."
    assert declared(tmp_path, text)[0].sectors == ("chemicals", "textiles")


def test_headings_that_choose_end_with_their_section(tmp_path: Path) -> None:
    text = (
        "# 6 Our clusters\n\n## 6.1 Forestry\n\nMills are busy.\n\n## 6.2 Shipping\n\nBerths are"
        " full.\n\n# 7 Tourism\n\nIt is served by others."
    )
    (declaration,) = declared(tmp_path, text)
    assert declaration.form is Form.HEADINGS
    assert declaration.sectors == ("forestry_wood", "marine")
    assert declaration.ended_by == "the heading “Tourism”"


def test_titles_that_are_metaphors_are_read_from_their_text(tmp_path: Path) -> None:
    text = (
        "# Four platforms\n\nThe board has settled on four platforms.\n\n"
        "1. Bench to Bedside. Biotechnology firms cluster here.\n\n"
        "2. Talking Machines. By this we mean telecommunications and software.\n\n"
        "3. Land to Plate. It spans everything from farming onwards.\n\n"
        "4. Iron Will. Steel making is its heart.\n"
    )
    chosen = [d for d in declared(tmp_path, text, "txt") if len(d.members) > 2]
    assert set(chosen[0].sectors) == {"life_sciences", "digital_ict", "agri", "metals"}
    assert chosen[0].number == 4


def test_a_table_is_read_by_its_answers(tmp_path: Path) -> None:
    text = "| Sector | Priority sector? |\n|---|---|\n| Chemicals | Yes |\n| Textiles | No |"
    said = {d.polarity: d for d in declared(tmp_path, text)}
    assert said[Polarity.CHOSEN].form is Form.COLUMN
    assert said[Polarity.CHOSEN].phrase == "Priority sector?"
    assert said[Polarity.CHOSEN].sectors == ("chemicals",)
    assert said[Polarity.REFUSED].sectors == ("textiles",)


def test_a_list_in_the_section_of_others_is_theirs(tmp_path: Path) -> None:
    text = "# National policy\n\nThe priority sectors are:\n\n- chemicals\n- textiles"
    (declaration,) = declared(tmp_path, text)
    assert declaration.voice is Voice.OTHER
    assert not declaration.chooses


def test_members_point_to_their_declaration(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("Our priority sectors are:\n\n- chemicals\n- textiles\n", encoding="utf-8")
    language = analyse_language(read(path))
    assert [m.declared_by for m in language.mentions] == [0, 0]
