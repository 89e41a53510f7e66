from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.text.phrases import PhraseSet, WordIndex, compile_phrase, tokenise


def found(phrase: str, text: str) -> list[str]:
    tokens = tokenise(text)
    index = WordIndex(tokens, [0] * len(tokens))
    return [
        text[tokens[first].start : tokens[last].end]
        for first, last, _ in index.find(PhraseSet([phrase]))
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        (
            "multi-area agreement*",
            "Two Multi Area Agreements were signed",
            ["Multi Area Agreements"],
        ),
        ("MAA", "the maa and the MAA", ["MAA"]),
        ("silicon <name>", "Silicon Fen, silicon wafers", ["Silicon Fen"]),
        ("<number> per cent", "12.5 per cent in 2005 per cent", ["12.5 per cent"]),
        ("by <year>", "by 2009, by 4000", ["by 2009"]),
        ("joint .. board", "a joint new and open board", ["joint new and open board"]),
        ("joint .. board", "a joint one two three four five six board", []),
        ("north|south west", "South-West and north east", ["South-West"]),
        ("reflect*", "it refl ects badly", ["refl ects"]),
    ],
)
def test_finds_what_the_phrase_says(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("(a|b)+", "cannot hold"),
        ("..", "begins and ends"),
        ("a ..", "begins and ends"),
        ("x*", "two letters"),
        ("<digit> jobs", "unknown word class"),
        ("<any>", "plain word"),
        ("a .. b .. c .. d", "at most 2 gaps"),
        ("a b c d e f g h i j k l m n o", "at most 14"),
    ],
)
def test_faulty_phrases_say_what_is_wrong(phrase: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compile_phrase(phrase)


def test_matches_never_cross_a_sentence() -> None:
    tokens = tokenise("joint board")
    assert WordIndex(tokens, [0, 1]).find(PhraseSet(["joint board"])) == []


def test_repetitive_text_is_no_trap() -> None:
    # With a backtracking pattern this text would take longer than the universe has.
    assert found("an* .. an* .. bb", "ana " * 20_000) == []


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for token in tokenise(text):
        assert 0 <= token.start < token.end <= len(text)
