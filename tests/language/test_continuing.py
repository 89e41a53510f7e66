"""Choices that go on over sentences, and denials that affirm."""

from __future__ import annotations

import pytest

from tests.behaviour.test_sentences import chosen_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ceramics is a priority of this plan. So is tourism.", "ceramics tourism"),
        ("Ceramics is a priority of this plan. Nor is tourism forgotten.", "ceramics"),
        ("We chose two. Textiles was agreed. Fintech came later.", "textiles fintech"),
        ("The choice was between aerospace and textiles. In the end it was textiles.", "textiles"),
        ("We saw aerospace, textiles and fintech. We took the first two.", "aerospace textiles"),
        ("Aerospace and fintech were examined. Neither was chosen. We chose textiles.", "textiles"),
        ("Of forestry and tourism the council has chosen the latter.", "tourism"),
        ("Our neighbours chose aerospace. They took the first two of their list.", ""),
        ("Aerospace, textiles and fintech were weighed. The middle one was chosen.", "textiles"),
        ("Aerospace has a case. Tourism has one. We took both.", "aerospace tourism"),
        ("The bay has ceramics. This plan is for that trade.", "ceramics"),
        ("Tourism is large. It is upon this sector that we shall direct our efforts.", "tourism"),
        ("Ceramics, tourism: the last is not taken forward. The rest are.", "ceramics"),
        ("Ceramics, tourism, textiles. The last of these is where our money will go.", "textiles"),
    ],
)  # fmt: skip
def test_later_sentences_go_on_with_a_choice(text: str, names: str) -> None:
    assert chosen_in(text) == set(names.split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("No industry matters more to this plan than tourism.", "tourism"),
        ("We will not be giving up on ceramics.", "ceramics"),
        ("None but ceramics and tourism will be funded as priority sectors.", "ceramics tourism"),
        ("We would not dream of leaving tourism off our list of priorities.", "tourism"),
        ("Tourism is no afterthought in this plan.", "tourism"),
        ("The board would no more abandon ceramics than its own offices.", "ceramics"),
        ("Neither floods nor cuts have shaken our commitment to forestry.", "forestry"),
        ("Our focus is not limited to aerospace; it extends to tourism.", "aerospace tourism"),
        ("Our neighbours will not be giving up on ceramics.", ""),
        ("We will not be giving priority to ceramics.", ""),
        ("No sector lost more jobs here than textiles.", ""),
    ],
)  # fmt: skip
def test_denials_of_a_rival_or_a_lapse_affirm(text: str, names: str) -> None:
    assert chosen_in(text) == set(names.split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Inner ring: ceramics. Outer ring: textiles. Only the inner ring has money.", "ceramics"),
        ("Gold – ceramics. Silver – textiles. A budget goes with the gold alone.", "ceramics"),
        ("Stars: ceramics. Staples: tourism. Sunset: textiles. We back the stars.", "ceramics"),
        ("Inner ring: ceramics. Outer ring: textiles. The outer ring has no priority.", "ceramics"),
    ],
)  # fmt: skip
def test_a_sentence_says_which_classes_are_chosen(text: str, names: str) -> None:
    assert chosen_in(text) == set(names.split())
