"""Names of sectors that something is fused to: they are found, and ordinary words stay whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stratlint.language.commitment.clauses import words
from stratlint.language.pipeline import add_words, document_of, load_pipeline, parse, words_in


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("life sciences[1]", ["life sciences"]),
        ("life sciences[1][12],", ["life sciences"]),
        ("aerospace[^2]", ["aerospace"]),
        ("(life sciences)[1]", ["life sciences"]),
        ("advanced[1] manufacturing", ["advanced[1] manufacturing"]),
        ("aerospace;tourism", ["aerospace", "tourism"]),
        ("aerospace|tourism|life sciences", ["aerospace", "tourism", "life sciences"]),
        ("aerospace+tourism", ["aerospace", "tourism"]),
        ("aerospace†", ["aerospace"]),
        ("life sciences¹", ["life sciences"]),
        ("ICT² and life sciences¹.", ["ICT", "life sciences"]),
        ("agri‑tech", ["agri‑tech"]),
        ("agri‐tech", ["agri‐tech"]),
        ("low‑carbon energy", ["low‑carbon energy"]),
    ],
)
def test_a_name_keeps_its_mention(written: str, wanted: list[str]) -> None:
    text = f"We will support {written} as our priority sectors."
    assert [text[s.start : s.end] for s in parse(document_of(text)).spans] == wanted


@pytest.mark.parametrize("mark", ["1", "23", "¹", "[4]", "†"])
def test_a_name_before_a_full_stop_and_a_marker(mark: str) -> None:
    text = f"Our priority sectors are tourism and life sciences.{mark}"
    found = [text[s.start : s.end] for s in parse(document_of(text)).spans]
    assert found == ["tourism", "life sciences"]


@pytest.mark.parametrize(
    "word",
    ["R+D", "Erasmus+", "www.tourism.co.uk", "v.1", "No.1", "km²", "CO2", "Horizon2020", "A|B"],
)
def test_ordinary_words_stay_whole(word: str) -> None:
    doc = load_pipeline().make_doc(f"The {word} is here")
    assert doc[1].text == word


def test_hyphens_that_do_not_break_are_hyphens_to_the_cues() -> None:
    text = "world‑class low‐carbon"
    assert [form for _, _, form in words(text, 0, len(text))] == ["world-class", "low-carbon"]


_WORDS = (
    "tourism b usiness agri- food agri-food don't cannot gonna dont Im e.g. (i.e. a.m., 8) :) "
    "cannot. £3m 10km U.S. ofthe aerospace;tourism sciences[1] life\u200bsciences SMEs' 'we're' "
    "co-op— http://a.b/c?d=e \u00ad – industr y \ufeff"
).split(" ")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(_WORDS) | st.text(max_size=6),
            st.sampled_from([" ", "  ", "\n", " \n ", "\n\n", "\t", "\u00a0", ""]),
        ),
        max_size=12,
    ),
    st.booleans(),
)
@example([("", " "), ("tourism", " \n"), ("b", " "), ("usiness", "  ")], False)
def test_words_are_the_same_with_and_without_a_doc(
    pieces: list[tuple[str, str]], blocks: bool
) -> None:
    text = "".join(word + space for word, space in pieces)
    begin = len(pieces[0][0] + pieces[0][1]) if pieces else 0
    document = document_of(text, (0, begin), (begin, len(text))) if blocks else document_of(text)
    doc = load_pipeline().make_doc(text)
    doc.user_data["stratlint"] = {"document": document}
    assert words_in(document) == add_words(doc).user_data["stratlint"]["words"]


def test_a_long_word_is_parted_as_short_ones_are() -> None:
    text = f"{'aerospace;' * 8}tourism is a sector"
    for _ in range(2):
        assert [text[s.start : s.end] for s in parse(document_of(text)).spans][-1] == "tourism"
