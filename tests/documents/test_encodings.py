"""Bytes to text: what Windows wrote, what carries a mark, and what has to be guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.documents.plain import decode

POUNDS = "The port earns £12m a year. We will support tourism.\r\n"


@pytest.mark.parametrize("repeated", [1, 30])
def test_pounds_of_a_windows_file_stay_pounds(repeated: int) -> None:
    text = POUNDS * repeated
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(mark + POUNDS.encode(encoding))
    document = read(path)
    assert document.text == POUNDS
    assert document.warnings == ()
    assert document.block_text(0) == POUNDS.strip()


def test_what_is_no_western_text_is_left_to_the_detector() -> None:
    for text, encoding in (("Туризм и промышленность. ", "cp1251"), ("日本の観光産業。", "cp932")):
        decoded, guessed = decode(text.encode(encoding) * 30)
        assert decoded == text * 30
        assert guessed == encoding


def test_spans_of_a_windows_file_are_offsets_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    text = f"Our £ trades\r\n\r\n{POUNDS}"
    path.write_bytes(text.encode("cp1252"))
    document = read(path)
    assert document.text == text
    assert document.block_text(1) == POUNDS.strip()
    assert [w.code for w in document.warnings] == ["encoding"]


def test_a_page_that_names_no_encoding_is_read_like_plain_text(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.write_bytes(f"<html><p>{POUNDS}</p></html>".encode("cp1252"))
    document = read(page)
    assert document.text == POUNDS.strip()
    assert [w.code for w in document.warnings] == ["encoding"]
    page.write_bytes(f"<html><meta charset=cp850><p>{POUNDS}</p></html>".encode("cp850"))
    document = read(page)
    assert document.text == POUNDS.strip()
    assert document.warnings == ()
