from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.comparison.passages.names import NameIndex
from stratlint.comparison.passages.tokens import grams, mask, tokenise


def spelled(text: str) -> list[str]:
    words = tokenise(text)
    return [text[a:b] for a, b in zip(words.start.tolist(), words.end.tolist(), strict=True)]


def test_words_are_runs_of_letters_and_digits_with_their_offsets() -> None:
    text = "The 3rd café — “re-opened”, £1,250 (so to speak)."
    assert spelled(text) == re.findall(r"[^\W_]+", text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abcXYZ019 \n.,'é-Ωß—😀"), max_size=60))
def test_words_agree_with_a_regular_expression(text: str) -> None:
    # An emoji lies beyond the table of characters and counts as a word character.
    assert spelled(text) == re.findall(r"[^\W_😀]*😀[\w😀]*|[^\W_]+", text)


def test_case_and_place_do_not_change_a_word() -> None:
    words = tokenise("Harbour filler words harbour HARBOUR harbours")
    assert words.key[0] == words.key[3] == words.key[4]
    assert words.key[0] != words.key[5]
    assert words.stem[0] == words.stem[5]


def test_no_two_words_of_a_large_vocabulary_share_a_hash() -> None:
    text = " ".join(f"w{number:x}" for number in range(50_000))
    assert np.unique(tokenise(text).key).size == 50_000


def test_a_long_text_is_tokenised_as_its_pieces_are() -> None:
    line = "A harbour, a mill and 12 ferries. "
    text = line * 40_000
    words = tokenise(text)
    assert len(words) == 7 * 40_000
    assert np.array_equal(words.key[:7], words.key[-7:])
    assert text[int(words.start[-1]) : int(words.end[-1])] == "ferries"


def test_sentences_begin_after_stops_and_blank_lines_but_not_after_initials() -> None:
    text = "See Dr J. Smith (e.g. the note). Next one\nwraps here\n\nnew block"
    words = tokenise(text)
    opened = [text[int(s) :].split()[0] for s in words.start[words.first]]
    assert opened == ["See", "Next", "new"]
    assert int(words.border.sum()) == 4


def test_empty_text_has_no_words() -> None:
    assert len(tokenise("")) == 0
    assert len(tokenise(" .\n")) == 0
    assert grams(tokenise("one two").key, 3).size == 0


def test_masking_makes_one_token_of_each_name_and_number() -> None:
    first = "Yorkshire and the Humber spent 1,250.5 on mills"
    second = "London spent 7 on mills"
    a = mask(tokenise(first), [(0, 24)])
    b = mask(tokenise(second), [(0, 6)])
    assert a.key.tolist() == b.key.tolist()
    assert first[int(a.start[0]) : int(a.end[0])] == "Yorkshire and the Humber"
    assert a.masked.tolist() == [True, False, False, False, False]
    assert mask(tokenise(second), [(0, 6)], numbers=False).key[2] != b.key[2]


def test_names_are_found_longest_first_and_only_with_a_capital() -> None:
    names = NameIndex(["North East", "North East Lincolnshire", "Reading"])
    text = "reading about North East Lincolnshire in Reading"
    found = [text[a:b] for a, b in names.spans(tokenise(text))]
    assert found == ["North East Lincolnshire", "Reading"]
