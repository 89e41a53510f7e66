"""Every repair keeps the way back: each word of the mended text lies where it was drawn."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stratlint.documents import ReadOptions, read
from tests.documents.pdfs import A4, Sheet, write_pdf

WORDS = (
    "region growth support skills firms enterprise innovation strategy development partners "
    "industry regional investment technology"
).split()
BREAKS = ("inno-|vation", "strat-|egy", "enter-|prise", "small-|scale", "invest-|ment")
TOP, STEP = 720.0, 14.0


def _draw(lines: list[list[str]], breaks: list[str]) -> list[str]:
    """Lines of words; every other one ends in the first part of a broken word."""
    drawn = [" ".join(words) for words in lines]
    for number, broken in enumerate(breaks):
        at = 2 * number
        if at + 1 >= len(drawn):
            break
        first, second = broken.split("|")
        drawn[at] = f"{drawn[at]} {first}"
        drawn[at + 1] = f"{second} {drawn[at + 1]}"
    return drawn


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=6, max_size=9), min_size=2, max_size=12),
    st.lists(st.sampled_from(BREAKS), max_size=4),
)
def test_each_line_of_mended_text_lies_where_it_was_drawn(
    lines: list[list[str]], breaks: list[str]
) -> None:
    drawn = _draw(lines, breaks)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet()
        for number, shown in enumerate(drawn):
            sheet.text(72, TOP - STEP * number, shown, size=11)
        path = write_pdf(Path(folder) / "plan.pdf", [sheet])
        document = read(path, ReadOptions(repair=True))
    found = [line for block in document.blocks for line in block.lines]
    assert len(found) == len(drawn)
    for number, line in enumerate(found):
        baseline = A4[1] - (TOP - STEP * number)
        assert line.bbox[1] < baseline < line.bbox[3] + STEP / 2
        text = document.text[line.start : line.end]
        # A joined word belongs to the line on which it begins or to the next, never elsewhere.
        whole = drawn[number].split()[1:-1]
        assert text.split()[1:-1] == whole or set(whole) <= set(text.split())
    letters = "".join(c for c in "".join(drawn) if c.isalpha())
    assert "".join(c for c in document.text if c.isalpha()) == letters
