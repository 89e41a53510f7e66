from __future__ import annotations

import pytest

from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.text.lemmas import singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("sectors", "sector"),
        ("industries", "industry"),
        ("breweries", "brewery"),
        ("vehicles", "vehicle"),
        ("businesses", "business"),
        ("wind farms".split()[1], "farm"),
        ("boxes", "box"),
        ("churches", "church"),
        ("potatoes", "potato"),
        ("houses", "house"),
        ("buses", "bus"),
        ("gases", "gas"),
        ("shoes", "shoe"),
        ("pies", "pie"),
        ("lenses", "lens"),
    ],
)
def test_a_plural_meets_its_singular(plural: str, one: str) -> None:
    assert singular(plural) == one == singular(one)


@pytest.mark.parametrize(
    ("word", "other"),
    [("ceramics", "ceramic"), ("goods", "good"), ("arms", "arm"), ("optics", "optic")],
)
def test_words_of_different_meaning_stay_apart(word: str, other: str) -> None:
    assert singular(word) != singular(other)


@pytest.mark.parametrize("word", ["gas", "as", "glass", "campus", "analysis", "series"])
def test_a_singular_in_s_stays_whole(word: str) -> None:
    assert singular(word) == word


def test_the_singular_of_a_singular_is_itself() -> None:
    """Labels are reduced once and texts may be reduced again: both end at the same form."""
    for sector in load_taxonomy().sectors:
        for word in sector.name.lower().split():
            assert singular(singular(word)) == singular(word)
