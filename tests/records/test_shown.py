"""What a notebook shows of records: short, and safe whatever the text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from stratlint.records import AuditResult
from stratlint.records.base import card, plain
from tests.tables.conftest import hostile as hostile
from tests.tables.conftest import result as result


class _Tags(HTMLParser):
    """The elements of a card and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert {name for name, _ in attrs} <= {"style"}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("kind", ["result", "document", "analysis", "finding"])
def test_cards_hold_no_element_but_their_own(kind: str, hostile: AuditResult) -> None:
    several: dict[str, list[Any]] = {
        "result": [hostile],
        "document": [a.document for a in hostile.analyses],
        "analysis": list(hostile.analyses),
        "finding": list(hostile.findings),
    }
    shown = several[kind]
    for record in shown:
        html = record._repr_html_()
        assert set(_Tags(html).seen) <= {"table", "caption", "b", "tr", "th", "td"}
        assert all(c.isprintable() for c in html)
        assert len(html) < 6000


def test_a_card_says_what_matters(result: AuditResult) -> None:
    words = " ".join(_Tags(result._repr_html_()).words)
    assert result.title in words
    assert f"{len(result.analyses)}" in words
    finding = result.findings[0]
    words = " ".join(_Tags(finding._repr_html_()).words)
    assert f"{finding.rule} {finding.name}" in words
    assert finding.severity.value in words
    priority = result.analyses[0].priorities[0]
    assert priority.sector in result.analyses[0]._repr_html_()


def test_what_is_empty_has_no_row_and_what_is_long_is_cut() -> None:
    html = card("t", (("a", ""), ("b", "x" * 500)))
    assert _Tags(html).seen.count("tr") == 1
    assert "…" in html
    assert plain("a\u202eb\x1b[31m\nc") == "a\ufffdb\ufffd[31m c"


def test_reprs_are_a_line(result: AuditResult) -> None:
    assert result.comparison is not None
    passage = result.comparison.passages[0]
    for record in (result, result.comparison, passage, *result.analyses, *result.findings):
        assert len(repr(record)) < 320
        assert "\n" not in repr(record)
    finding = msgspec.structs.replace(result.findings[0], message="a\x1b[0mb" * 40)
    assert "\x1b" not in repr(finding)


def test_what_is_said_of_each_document_is_said_once_behind_the_rest(result: AuditResult) -> None:
    sources = [a.document.source for a in result.analyses]
    warned = (*(f"{s}: region guessed" for s in sources), "no figures for Wales")
    card = msgspec.structs.replace(result, warnings=warned)._repr_html_()
    assert f"no figures for Wales; {len(sources)} documents: region guessed" in card
