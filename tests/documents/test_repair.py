"""Repair: ligatures, hyphens, note markers, and what must not be touched."""

from __future__ import annotations

import pytest

from stratlint.documents.plain import drop_fused_marks
from stratlint.documents.repair.hyphens import Vocabulary, join_lines
from stratlint.documents.repair.ligatures import lost_letters, mend_torn, torn_across, wrong_glyphs
from stratlint.documents.repair.mend import Mender, drop_marks


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("local fi rms grow", "local firms grow"),
        ("they refl ect this", "they reflect this"),
        ("with diffi culties", "with difficulties"),
        ("a confl ict of aims", "a conflict of aims"),
        ("fi rst and fi nally", "first and finally"),
        ("Off\u2009shore and fi\u2009ntech", "Offshore and fintech"),
    ],
)
def test_torn_ligatures_are_joined(torn: str, whole: str) -> None:
    assert mend_torn(torn)[0] == whole


@pytest.mark.parametrize(
    "text",
    ["our staff members", "set off early", "the tariff is low", "a stiff breeze", "off set prices"],
)
def test_words_that_end_in_a_ligature_stay_apart(text: str) -> None:
    assert mend_torn(text) == (text, 0)


def test_narrow_gap_decides_where_both_halves_are_words() -> None:
    assert mend_torn("off\u200aset by growth")[0] == "offset by growth"


def test_a_word_torn_over_a_line_end() -> None:
    assert torn_across("the outfl", "ows of talent")
    assert not torn_across("our staff", "members agree")


def test_a_wrongly_mapped_glyph_is_found_by_the_words_it_spoils() -> None:
    lines = ["suppor\u019fng the na\u019fonal ac\u019fon", "of educa\u019fon"]
    assert wrong_glyphs(lines) == {"\u019f": "ti"}
    assert wrong_glyphs(["\u019f is a letter"]) == {}


def test_ligatures_of_which_only_the_first_letter_is_left_are_made_whole() -> None:
    lines = ["Frms fnd diferent finance first", "the beneft of fexible fnance"]
    assert Mender(lines, repair=True).texts(lines[:1], bullet=False) == [
        "Firms find different finance first"
    ]


def test_a_slip_of_the_pen_is_no_lost_ligature() -> None:
    assert lost_letters(["frms", "grow", "fast", "of", "staf"]) == {}


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the employ-", "ment of all", "the employment of all"),
        ("small- and medium-", "sized firms", "small- and medium-sized firms"),
        ("short-", "and long-term plans", "short- and long-term plans"),
        ("an office-to-", "residential scheme", "an office-to-residential scheme"),
        ("the thous-", "and towns", "the thousand towns"),
        ("in 2018-", "19 we grew", "in 2018-19 we grew"),
        ("the rise of e-", "science", "the rise of e-science"),
        ("an NHS-", "approved test", "an NHS-approved test"),
        ("soft\u00ad", "ware is sold", "software is sold"),
        ("plain words", "go on", "plain words go on"),
    ],
)
def test_line_ends(first: str, second: str, joined: str) -> None:
    head, between = join_lines(first, second, Vocabulary())
    assert head + between + second == joined


def test_the_document_itself_says_which_hyphens_are_its_own() -> None:
    apart = Vocabulary.of(["we re-form it", "they re-form"])
    assert join_lines("to re-", "form it", apart) == ("to re-", "")
    together = Vocabulary.of(["we reform it"])
    assert join_lines("to re-", "form it", together) == ("to re", "")


def test_raised_markers_go_and_powers_and_ordinals_stay() -> None:
    assert drop_marks("one year1. They", [(8, 9)]) == "one year. They"
    assert drop_marks("400 m2 of", [(5, 6)]) == "400 m² of"
    assert drop_marks("the 21st hall", [(6, 8)]) == "the 21st hall"
    assert drop_marks("about 106 of them", [(8, 9)]) == "about 10⁶ of them"


def test_fused_markers_need_a_rising_sequence() -> None:
    blocks = [["the yards grew.1 They hired"], ["in the west,2 and north"], ["ended it’3 all"]]
    assert drop_fused_marks(blocks) == [
        ["the yards grew. They hired"],
        ["in the west, and north"],
        ["ended it’ all"],
    ]
    alone = [["the Horizon2020 programme"], ["Area51 is far"]]
    assert drop_fused_marks(alone) == alone


def test_words_that_run_together_are_parted_where_it_is_certain() -> None:
    lines = ["We work withpartners in all partsof ofthe county.", "A bioregion is no accident."]
    mender = Mender(lines, repair=True)
    assert mender.line(lines[0]) == "We work with partners in all parts of of the county."
    assert mender.line(lines[1]) == lines[1]


def test_subscripts_and_bullets() -> None:
    mender = Mender(["CO 2 falls"], repair=True)
    assert mender.line("CO 2 falls and m² stays") == "CO2 falls and m² stays"
    assert mender.texts(["\uf0b7 first thing"], bullet=True) == ["• first thing"]


def test_without_repair_nothing_is_mended() -> None:
    mender = Mender(["fi rms employ-", "ment"], repair=False)
    assert mender.texts(["fi rms employ-", "ment"], bullet=False) == ["fi rms employ- ", "ment"]
