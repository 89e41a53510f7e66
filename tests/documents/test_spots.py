"""Words of a text are found at their line and column in its file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.documents import ReadOptions, read
from stratlint.records import Document

MARKDOWN = """---
title: A plan
---

# Our *plan* for the   North

The region will **back**
  [marine energy](https://example.org/marine-energy) and wool.
<!-- a word for colleagues: wool wool wool -->
- Fisheries &amp; café culture
- Wool

| sector | aim |
|---|---|
| Wool | two new mills |

Last[^1] words.

[^1]: The note here.
"""
PAGE = """<html><head><meta charset="utf-8"><style>p.wool {margin: 0}</style></head><body>
<p>The region will <b>back</b>
   <a href="wool energy">marine energy</a> &amp; wool.<br>Next line</p><p>Second <i>para</i></p>
<div hidden>wool nobody sees</div><div>Wool again</div>
</body></html>
"""
PLAIN = "A plan for wool\n\nThe region will back\nmarine energy. We will.\n\n- wool\n- energy\n"


def _misplaced(document: Document, source: str) -> list[str]:
    """Words of the text that do not stand where the document says."""
    lines = source.split("\n")
    wrong = []
    for match in re.finditer(r"[^\W_]+", document.text):
        at = document.position_at(match.start())
        there = lines[at[0] - 1][at[1] - 1 :] if at else ""
        if not there.startswith(match.group()):
            wrong.append(match.group())
    return wrong


@pytest.mark.parametrize(
    ("name", "source", "repair"),
    [
        ("a.md", MARKDOWN, None),
        ("a.html", PAGE, None),
        ("a.txt", PLAIN, None),
        ("a.txt", PLAIN, True),
        ("crlf.md", MARKDOWN.replace("\n", "\r\n"), None),
    ],
)
def test_every_word_stands_where_it_is_said(
    tmp_path: Path, name: str, source: str, repair: bool | None
) -> None:
    path = tmp_path / name
    path.write_bytes(source.encode())
    document = read(path, ReadOptions(repair=repair))
    assert document.text.count(" ") > 5
    assert _misplaced(document, source) == []


def test_a_page_in_another_encoding_counts_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = "<meta charset=iso-8859-1><p>Café société, and wool here</p>"
    path.write_bytes(page.encode("latin-1"))
    document = read(path)
    assert document.position_at(document.text.index("wool")) == (1, page.index("wool") + 1)


def test_pages_of_a_pdf_have_no_lines(corpus_dir: Path) -> None:
    pdf = next(iter(sorted(corpus_dir.rglob("*.pdf"))), None)
    if pdf is None:
        pytest.skip("no PDF in the modelled corpus")
    assert read(pdf).position_at(10) is None


words = st.text("abc éß*_[]()<>&#-\n", min_size=1, max_size=120)


@given(words)
def test_any_markdown_is_read_and_places_lie_in_the_file(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        path.write_text(f"Wool {text}", encoding="utf-8")
        document = read(path)
    lines = f"Wool {text}".split("\n")
    for offset in range(len(document.text)):
        at = document.position_at(offset)
        assert at is None or (1 <= at[0] <= len(lines) and at[1] >= 1)
