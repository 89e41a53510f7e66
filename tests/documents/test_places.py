"""Where a person finds a passage: a page, or a line and the heading above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read

from .pdfs import Sheet, write_pdf

MARKDOWN = """---
title: Plan
---
# A plan for the county

Words that open it
and go on.

## Our sectors

We back:

- tourism
- boats, and
  the makers of boats[^1]

[^1]: As of last year.

| Sector | Jobs |
|---|---|
| Film | 2 |
| Games | 3 |

### Energy

```
wind: 12
```
"""

HTML = """<!doctype html>
<title>Plan</title>
<!-- <p>not
this</p> -->
<h1>A plan</h1>
<div>
Loose words
<P class="x">First
paragraph</P>
<ul><li>one
<li>two</ul>
<table>
<tr><th>Sector</th><th>Jobs</th></tr>
<tr><td>Film</td><td>2</td></tr>
</table>
</div>
"""


@pytest.mark.parametrize(
    ("name", "text"), [("plan.md", MARKDOWN), ("plan.html", HTML)], ids=["md", "html"]
)
def test_each_block_knows_its_line(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    document = read(path)
    lines = text.splitlines()
    assert not document.paged
    assert len(document.blocks) > 6
    for i, block in enumerate(document.blocks):
        words = document.block_text(i).replace("\t", " ").split()
        assert block.line is not None
        # A loose line of an element stands below its tag.
        near = " ".join(lines[block.line - 1 : block.line + 1])
        assert words[0] in near, (document.block_text(i), near)
        assert words[0] in lines[block.line - 1] or words[0] in ("Loose", "wind:")


def test_a_place_names_line_and_heading(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    document = read(path)
    at = document.text.index("Film")
    assert document.place_of(at) == 'line 21, under "Our sectors"'
    at = document.text.index("wind")
    assert document.headings_at(at) == ("A plan for the county", "Our sectors", "Energy")
    assert document.headings_at(0) == ("A plan for the county",)


@pytest.mark.parametrize("repair", [False, True])
def test_plain_text_counts_the_files_own_lines(tmp_path: Path, repair: bool) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(
        b"A plan\r\n\r\nWe back boats\r\nand wind.\r\n\r\nSkills come next, and last.\r\n"
    )
    document = read(path, ReadOptions(repair=repair))
    assert document.line_at(document.text.index("Skills")) == 6
    assert document.line_at(document.text.index("boats")) == 3
    if not repair:
        assert document.line_at(document.text.index("wind")) == 4
    assert document.place_of(document.text.index("boats")) == 'line 3, under "A plan"'


def test_pages_are_places_where_there_are_pages(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 700, "We back boats and those who build them.")
    document = read(write_pdf(tmp_path / "a.pdf", [sheet]))
    assert document.place_of(3) == "page 1"
    assert document.line_at(3) is None
