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
        ("Our neighbours will not be giving up on ceramics.", ""),
        ("We will not be giving priority to ceramics.", ""),
        ("No sector lost more jobs here than textiles.", ""),
    ],
)
def test_denials_of_a_rival_or_a_lapse_affirm(text: str, names: str) -> None:
    assert chosen_in(text) == set(names.split())
