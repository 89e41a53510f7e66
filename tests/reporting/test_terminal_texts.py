"""What commands print for a person: wrapped to a width, painted only where wanted, cut at words."""

from __future__ import annotations

import re

import pytest

from stratlint.records import AuditResult, Passage
from stratlint.reporting.terminal.comparison import render as render_comparison
from stratlint.reporting.terminal.passages import _clipped, _passage
from stratlint.reporting.terminal.pen import Pen, finding_line

_PAINT = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_finding_keeps_to_the_width_and_its_label_alone_is_painted(
    result: AuditResult, width: int
) -> None:
    plain, coloured = Pen(width=width), Pen(width=width, colour=True)
    for finding in result.findings:
        finding_line(plain, finding, " [a note]")
        finding_line(coloured, finding, " [a note]")
    assert max(map(len, plain.lines)) <= width
    assert [_PAINT.sub("", line) for line in coloured.lines] == plain.lines
    assert sum("\x1b" in line for line in coloured.lines) == len(result.findings)


def test_a_comparison_names_sectors_and_keeps_its_columns(result: AuditResult) -> None:
    assert result.comparison is not None
    names = {a.document.source: a.name for a in result.analyses}
    for width in (72, 100):
        text = render_comparison(result.comparison, names, width=width)
        assert max(map(len, text.splitlines())) <= width
        assert "Jaccard" in text
        assert not re.search(r"no priority: [a-z]+_[a-z]+", text)


def test_a_long_passage_is_cut_between_words() -> None:
    words = [f"word{n}" for n in range(200)]
    cut = _clipped("“" + " ".join(words) + "”")
    assert len(cut) < 330
    assert set(cut.split()) - {"…"} <= set(words)
    assert cut.startswith("word0 ")
    assert cut.endswith("word199")


def test_every_passage_fits_the_width(result: AuditResult) -> None:
    assert result.comparison is not None
    passages: tuple[Passage, ...] = result.comparison.passages
    pen = Pen(width=70)
    for number, passage in enumerate(passages, 1):
        _passage(pen, number, passage)
    assert passages
    assert max(map(len, pen.lines)) <= 70
