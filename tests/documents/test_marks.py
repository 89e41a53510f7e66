"""Marks in a file: which blocks they are about, and what is said of faulty ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read
from stratlint.records import Document

PART = "<!-- stratlint ignore SB005: why not -->"


def _read(folder: Path, text: str, name: str = "a.md", **options: bool) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path, ReadOptions(**options))  # type: ignore[arg-type]


def _about(document: Document) -> list[str]:
    return [document.text[a:b] for mark in document.marks for a, b in mark.spans]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (f"First.\n\n{PART}\nSecond one.\n\nThird.\n", ["Second one."]),
        (f"First.\n\n{PART}\n\nSecond one.\n\nThird.\n", ["Second one."]),
        (f"First. {PART}\n\nSecond.\n", ["First."]),
        (f"First {PART} goes\non here.\n\nSecond.\n", ["First goes\non here."]),
        (f"{PART}\n# A heading\n\nText.\n", ["A heading"]),
        (f"First.\n\n{PART}\n- one\n- two\n\nText.\n", ["• one\n\n• two"]),
        (f"- one\n- two {PART}\n- three\n\nText.\n", ["• two"]),
        (f"{PART}\n\n| a | b |\n|---|---|\n| c | d |\n\nText.\n", ["a\tb\n\nc\td"]),
        (f"First.\n\n```\n{PART}\n```\n\nLast.\n", []),
        (f"Write `{PART}` to set it aside.\n\nLast.\n", []),
        ("First.\n\n<!-- Stratlint-Ignore SB005,\n EV001:  why\n not -->\nSecond.\n", ["Second."]),
    ],
)
def test_a_mark_is_about_the_block_it_stands_in_or_the_next(
    tmp_path: Path, text: str, about: list[str]
) -> None:
    found = [
        t.replace("\n• ", "\n\n• ").replace("\n\n\n", "\n\n") for t in _about(_read(tmp_path, text))
    ]
    assert [t.replace("• ", "") for t in found] == [t.replace("• ", "") for t in about]


def test_a_mark_in_a_page_and_in_plain_text(tmp_path: Path) -> None:
    page = _read(tmp_path, f"<p>One</p>\n{PART}<p>Two</p><p>Three</p>", "a.html")
    assert _about(page) == ["Two"]
    plain = _read(tmp_path, f"The first of all.\n{PART}\nThe second one.\n\nThe third.\n", "a.txt")
    assert _about(plain) == ["The second one."]
    assert plain.text.startswith("The first of all.\n<!--"), "the text is the file"
    blocks = [plain.block_text(i) for i in range(len(plain.blocks))]
    assert blocks == ["The first of all.", "The second one.", "The third."]


def test_a_stretch_holds_until_its_end(tmp_path: Path) -> None:
    text = (
        "One.\n\n<!-- stratlint ignore-start SB005 EV001: old -->\n\nTwo.\n\nThree.\n\n"
        "<!-- stratlint ignore-end EV001 -->\n\nFour.\n\n<!-- stratlint ignore-end -->\n\nFive.\n"
    )
    document = _read(tmp_path, text)
    about = {m.rules: [document.text[a:b] for a, b in m.spans] for m in document.marks}
    assert about == {("EV001",): ["Two.\n\nThree."], ("SB005",): ["Two.\n\nThree.\n\nFour."]}
    assert not any(mark.fault for mark in document.marks)


@pytest.mark.parametrize(
    ("mark", "fault", "rules"),
    [
        ("ignore SB005", "gives no reason", ()),
        ("ignore SB005:", "gives no reason", ()),
        ("ignore SB005: x", "the reason 'x' says too little", ()),
        ("ignore : because", "names no rule", ()),
        ("ignroe SB005: because", "'ignroe' is no mark of stratlint; did you mean 'ignore'?", ()),
        ("ignore-end", "ends nothing", ()),
        ("ignore-end SB005", "'ignore-end SB005' ends nothing", ()),
        ("ignore-start SB005: because", "never ends, so it holds to the last line", ("SB005",)),
    ],
)
def test_what_is_wrong_with_a_mark_is_told(
    tmp_path: Path, mark: str, fault: str, rules: tuple[str, ...]
) -> None:
    document = _read(tmp_path, f"One.\n\n<!-- stratlint {mark} -->\nTwo.\n")
    (found,) = document.marks
    assert fault in found.fault
    assert found.rules == rules
    assert found.line == 3


def test_the_whole_file_and_nothing_behind(tmp_path: Path) -> None:
    whole = _read(tmp_path, "<!-- stratlint ignore-file RU001: no rural areas -->\nOne.\n")
    assert whole.marks[0].covers(None)
    assert whole.marks[0].covers(2)
    last = _read(tmp_path, f"One.\n\n{PART}\n")
    assert last.marks[0].spans == ()
    assert "no text follows" in last.marks[0].fault


def test_marks_can_be_passed_over_and_are_bounded(tmp_path: Path) -> None:
    assert _read(tmp_path, f"{PART}\nOne.\n", marks=False).marks == ()
    many = _read(tmp_path, f"{PART}\n" * 1_200 + "One.\n")
    assert len(many.marks) == 1_001
    assert any("more than 1000 marks" in mark.fault for mark in many.marks)
    open_ended = "<!-- stratlint ignore " * 5_000
    assert _read(tmp_path, f"One.\n\n{open_ended}\n").marks == ()
