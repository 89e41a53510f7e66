"""Letters that a person reads and a program does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read

ENGLISH = (
    "The county will grow its clean energy firms and help every town to train people for skilled "
    "work by the end of the decade, and a board of leaders meets each quarter to see to it."
)


@pytest.mark.parametrize("repair", [False, True])
def test_look_alikes_are_read_as_latin_and_said(tmp_path: Path, repair: bool) -> None:
    text = f"{ENGLISH} Our priority is biоtechnology and еnergy; μm, Δx and вода stay."
    for name in ("a.md", "a.txt"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        document = read(path, ReadOptions(repair=repair))
        as_in_file = name == "a.txt" and not repair
        assert ("biotechnology and energy" in document.body) is not as_in_file
        assert "μm, Δx and вода stay." in document.body
        assert len(document.text) >= len(text) - 1
        (warning,) = document.warnings
        assert warning.code == "look-alike"
        assert warning.message.startswith("2 words hold letters of another alphabet")
        assert warning.quote == "biotechnology"


def test_words_with_their_letters_apart_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{ENGLISH} We back t o u r i s m here, plans A B C D E and F.", "utf-8")
    (warning,) = read(path).warnings
    assert warning.code == "split-words"
    assert warning.quote == "t o u r i s m"


def test_another_alphabet_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "Область будет развивать чистую энергетику и помогать каждому городу учить людей. " * 8
    path.write_text(text, "utf-8")
    document = read(path)
    assert document.body == text.strip()
    assert [w.code for w in document.warnings] == ["other-language"]
