"""Features in words: every one of the shipped model, and a few exactly."""

from __future__ import annotations

import pytest

from stratlint.language.commitment.model import shipped_model
from stratlint.language.commitment.phrasing import CLASSES, phrase, plainness
from stratlint.records import Commitment

SAYS_NOTHING = {"always", "opens the sentence"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("declared by bullets", "it is a member of a declaration (a list)"),
        ("listed under key sectors", "it stands in a list of “key sectors”"),
        ("said to be emerging sectors", "it is said to be an emerging sector"),
        ("selected: focuses on", "“focuses on” governs it in the same clause"),
        (
            "key sectors in the heading, with a colon",
            "the heading over it speaks of “key sectors”",
        ),
        (
            "speaker: government, in a local plan",
            "the speaker is the government, not the document's own place",
        ),
        ("will be supported, after the name", "“will be supported” is said of it"),
        ("word 'growth' before the name", "“growth” stands before it"),
    ],
)
def test_what_features_say(name: str, said: str) -> None:
    assert phrase(name) == said


def test_every_feature_of_the_model_has_words_or_says_nothing_of_the_text() -> None:
    silent = {n for n in shipped_model().file.weights if phrase(n) is None}
    rest = {n for n in silent if not n.startswith(("list of ", "document: ", "sectors named"))}
    assert rest <= SAYS_NOTHING
    names = ("listed under key sectors", "hedge: in the sentence", "word 'x' before the name")
    assert [plainness(name) for name in names] == [0, 1, 2]


def test_every_class_has_words() -> None:
    assert set(CLASSES) == set(Commitment)
