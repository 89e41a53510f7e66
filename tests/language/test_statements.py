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


REFUSES_NOTHING = (
    # A range of what there is.
    "We back a wide range of sectors from aerospace to tourism.",
    "The plan will support industries from aerospace to tourism.",
    "Our priority technologies – from aerospace and textiles to tourism – need premises.",
    "There are firms of every kind here, from aerospace and textiles to tourism.",
    "The county has strengths ranging from aerospace to tourism.",
    # An industry that shrinks by itself.
    "Some aerospace firms have left, and aerospace has declined since 2008.",
    "Aerospace and textiles declined while other work grew.",
    "Tourism has dropped sharply.",
    "Training will equip people with skills to replace jobs lost in textiles.",
    "The town is fragile because of its heavy reliance on tourism.",
    # Something else is refused.
    "Existing frontages are not included, to allow for change in tourism.",
)
REFUSES = (
    "We will move from aerospace to tourism.",
    "Our focus will shift from aerospace to tourism.",
    "Money will be redirected from aerospace to tourism.",
    "Aerospace has been dropped.",
    "The council has declined to support aerospace.",
    "We have dropped aerospace.",
    "The town must end its reliance on aerospace.",
    "Room to grow in aerospace is limited, so the sector was not included in the strategy.",
    "The council does not consider the area suitable for aerospace.",
    "The estate is not regarded as appropriate for aerospace.",
)
CHOOSES_NOTHING = (
    # 'It' that stands for nothing, and subjects of their own.
    "Tourism does well here. It is important to ensure that the aim is adopted by all.",
    "Tourism did best in the study, which was also confirmed by interviews.",
    "A centre of tourism is one where old buildings are retained in use.",
    "Growth is helped by aerospace and tourism, and our target for 2035.",
    "The council will expect all aerospace proposals to contribute to local priorities.",
    "Tourism will be promoted and assisted.",
)


@pytest.mark.parametrize("text", REFUSES_NOTHING)
def test_ranges_and_decline_refuse_nothing(text: str) -> None:
    assert not said(text).get("refused")


@pytest.mark.parametrize("text", REFUSES)
def test_what_is_left_or_not_suitable_is_refused(text: str) -> None:
    assert said(text).get("refused") == {"aerospace"}


@pytest.mark.parametrize("text", CHOOSES_NOTHING)
def test_what_is_said_of_something_else_chooses_no_sector(text: str) -> None:
    assert not said(text).get("chosen")


def test_a_place_inside_a_noun_speaks_for_nobody() -> None:
    text = "Our own closeness to Heathrow's terminals lets us specialise in aerospace."
    assert "other" not in said(text)
