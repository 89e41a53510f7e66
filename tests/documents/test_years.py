"""The year that a document's first pages print."""

from __future__ import annotations

import pytest

from stratlint.documents.years import guess_year
from stratlint.records import Block, Document, Page, Role


def _document(*lines: str) -> Document:
    blocks: list[Block] = []
    at = 0
    for line in lines:
        blocks.append(Block(role=Role.PARAGRAPH, page=0, start=at, end=at + len(line)))
        at += len(line) + 1
    text = "\n".join(lines)
    return Document(
        sha256="0",
        source="a.txt",
        reader="text",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="1"),),
        blocks=tuple(blocks),
    )


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("A plan for the yards", "2006"), 2006),
        (("A plan", "The council met between October 2004 and June 2005 to hear them all."), 2004),
        (("The panel met from October 2004 on and wrote to each of the yards.", "2006"), 2006),
        (("Plan 2010 to 2015", "March 2009"), 2009),
        (("A plan, 2006–2016",), 2006),
        (("A plan for 12345 yards",), None),
    ],
)
def test_a_year_by_itself_goes_before_one_in_a_sentence(
    lines: tuple[str, ...], year: int | None
) -> None:
    assert guess_year(_document(*lines)) == year
