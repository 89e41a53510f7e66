"""Actors by name and by kind."""

from __future__ import annotations

import pytest

from stratlint.language.actors import find_actors
from stratlint.language.pipeline import document_of, parse


def actors(text: str) -> list[tuple[str, str]]:
    found = find_actors(parse(document_of(text)).words)
    return [(text[a.start : a.end], a.kind) for a in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The University of Felpersham leads.", ("University of Felpersham", "university")),
        ("Felpersham University leads.", ("Felpersham University", "university")),
        ("Borsetshire County Council pays.", ("Borsetshire County Council", "local_authority")),
        ("Acme Widgets Ltd builds.", ("Acme Widgets Ltd", "business")),
        ("The Department for Transport decides.", ("Department for Transport", "government")),
        ("Small and medium-sized enterprises grow.", ("Small and medium-sized enterprises", "sme")),
        ("Most respondents agreed.", ("respondents", "consultee")),
        ("Further education colleges teach.", ("Further education colleges", "college")),
        ("A research council funds it.", ("research council", "research")),
        ("The voluntary sector helps.", ("voluntary sector", "voluntary")),
        ("Our regional development agency acts.", ("regional development agency", "agency")),
        ("The local enterprise partnership acts.", ("local enterprise partnership", "partnership")),
    ],
)
def test_every_kind_of_actor_is_named(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in actors(text)


@pytest.mark.parametrize(
    "text", ["A firm commitment was made.", "The business park is full.", "Council tax will rise."]
)
def test_phrases_that_only_look_like_actors_are_none(text: str) -> None:
    assert actors(text) == []
