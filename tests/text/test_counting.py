from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stratlint.text.counting import plain_words, word_starts


@given(st.text(alphabet="ab9'’-_ .é中\U0001f600\U0001d400ß²\n\ud800", max_size=40))
def test_words_begin_where_the_pattern_finds_them(text: str) -> None:
    starts = word_starts(text).tolist()
    found = re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", text)
    assert starts == [match.start() for match in found]
    assert len(starts) == len(plain_words(text))
