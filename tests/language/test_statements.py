"""Statements: what one sentence, and its neighbours, say of the sectors that they name."""

from __future__ import annotations

import pytest

from stratlint.language.commitment.statements import Statements
from stratlint.language.pipeline import document_of, parse
from stratlint.text.sentences import sentence_spans


def said(text: str) -> dict[str, set[str]]:
    """The names of a text by what is said of them."""
    hits = parse(document_of(text)).spans
    found: dict[str, set[str]] = {}
    for statement in Statements(text, hits).of(list(sentence_spans(text))):
        for member in statement.members:
            name = text[hits[member].start : hits[member].end].lower()
            found.setdefault(statement.polarity, set()).add(name)
    return found


@pytest.mark.parametrize(
    ("text", "polarity", "names"),
    [
        (
            "Our priority sectors are aerospace, textiles and tourism.",
            "chosen",
            "aerospace textiles tourism",
        ),
        ("We have opted for aerospace and tourism.", "chosen", "aerospace tourism"),
        ("Aerospace and tourism will be our main concern.", "chosen", "aerospace tourism"),
        ("We will not prioritise textiles.", "refused", "textiles"),
        ("The county will look first to aerospace rather than textiles.", "refused", "textiles"),
        ("The county will look first to aerospace rather than textiles.", "chosen", "aerospace"),
        ("Neighbouring councils have opted for aerospace.", "other", "aerospace"),
        (
            "Our growth clusters (aerospace and textiles) will each have a plan.",
            "chosen",
            "aerospace textiles",
        ),
        ("There is no doubt that we will champion aerospace.", "chosen", "aerospace"),
    ],
)
def test_a_sentence_says_of_all_its_names(text: str, polarity: str, names: str) -> None:
    assert said(text).get(polarity) == set(names.split())


def test_a_lead_in_is_open() -> None:
    text = "Our three priority sectors are:"
    (statement,) = Statements(text, ()).of([(0, len(text))])
    assert (statement.open, statement.polarity, statement.number) == (True, "chosen", 3)
