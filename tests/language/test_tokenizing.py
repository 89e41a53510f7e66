"""Names of sectors that something is fused to: they are found, and ordinary words stay whole."""

from __future__ import annotations

import pytest

from stratlint.language.commitment.clauses import words
from stratlint.language.pipeline import document_of, load_pipeline, parse


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
    assert [word.form for word in words(text, 0, len(text))] == ["world-class", "low-carbon"]
