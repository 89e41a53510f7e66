"""Where sentences end in text that came out of a PDF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.language.pipeline import document_of
from stratlint.text.sentences import sentence_spans, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("Firms, e.g. Acme Ltd. of Leeds, grow.", ["Firms, e.g. Acme Ltd. of Leeds, grow."]),
        ("Dr. Smith came. He left.", ["Dr. Smith came.", "He left."]),
        ("It rose 3.5 per cent. That helped!", ["It rose 3.5 per cent.", "That helped!"]),
        ("4.2 Jobs grew.\nThey grew fast.", ["4.2 Jobs grew.", "They grew fast."]),
        ("A line\nthat goes on.", ["A line\nthat goes on."]),
        ("A heading\n\nA paragraph.", ["A heading", "A paragraph."]),
        ("We back:\n• ports\n• farms", ["We back:", "• ports", "• farms"]),
        ("Growth was noted.12 It went on.", ["Growth was noted.12", "It went on."]),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_sentences_stay_inside_their_block() -> None:
    text = "First block without a stop Second block. Two."
    document = document_of(text, (0, 26), (27, len(text)))
    found = split_sentences(document)
    assert [(s.block, text[s.start : s.end]) for s in found] == [
        (0, "First block without a stop"),
        (1, "Second block."),
        (1, "Two."),
    ]


@given(st.text(alphabet="abc .!?\n•AZ1e.g", max_size=120))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    covered: set[int] = set()
    for start, end in sentence_spans(text):
        assert not covered & set(range(start, end))
        covered |= set(range(start, end))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered
