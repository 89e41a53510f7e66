"""Tutorials show what the commands beside them print, and the report as it is."""

from __future__ import annotations

import inspect
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import stratlint
from stratlint import comparison
from stratlint.cli import label
from stratlint.records import AuditResult
from stratlint.reporting import render
from stratlint.tables import frames
from stratlint.training.evaluation import evaluate
from tests.tables.conftest import result as result

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
TUTORIALS = ("tutorials/analyst", "how-to/check-in-the-terminal", "tutorials/researcher")


@pytest.mark.parametrize("name", TUTORIALS)
def test_an_output_stands_below_the_command_that_makes_it(name: str) -> None:
    """That it is what the command prints, build.py --check says."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    found = list(re.finditer(r"<!-- made by: (.+?) -->\n```text\n(.*?)```", text, re.DOTALL))
    assert found
    assert text.count("```text") == len(found), "an output that nothing makes"
    for match in found:
        assert match[2].strip(), "not made yet: python docs/build.py --pages"
        command = match[1].partition(" | ")[0]
        above = text[: match.start()]
        if command == "the Python above":
            assert "print(" in above.rpartition("```python")[2]
        else:
            assert f"    {command}\n" in above


@pytest.mark.parametrize("name", TUTORIALS)
def test_no_table_is_typed_by_hand(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert not re.search(r"^\|.*\|$", text, re.MULTILINE)


def test_names_of_frames_and_functions_on_pages_exist(result: AuditResult) -> None:
    pages = [p for p in DOCS.rglob("*.md") if not {"rules", "sample"} & set(p.parts)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"(?<![\w./])frames\.(\w+)\(", text):
            assert name in frames.__all__, f"{page.name}: frames.{name}"
        for name in re.findall(r"(?<![\w./])stratlint\.(\w+)\(", text):
            assert name in stratlint.__all__, f"{page.name}: stratlint.{name}"


class _Matrix(HTMLParser):
    """The heads of columns and of rows of the report's matrix."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.across: list[str] = []
        self.down: list[str] = []
        self._inside = False
        self._into: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("td", "tr", "th"):
            # The page leaves out end tags that HTML does not need.
            self._into = None
        if tag == "table":
            self._inside = given.get("class") == "matrix"
        if tag == "th" and self._inside:
            self._into = self.across if given.get("scope") == "col" else self.down
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._into = None
        if tag == "table":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data.strip()


def test_the_matrix_is_the_way_round_that_the_tutorial_says(result: AuditResult) -> None:
    text = (DOCS / "tutorials" / "analyst.md").read_text(encoding="utf-8")
    said = " ".join(text.split())
    assert "a matrix with a row for each sector and a column for each document" in said
    matrix = _Matrix(str(render(result, "html")))
    assert {a.name for a in result.analyses} <= set(matrix.across)
    chosen = {result.sector_name(p.sector) for a in result.analyses for p in a.priorities}
    assert chosen <= set(matrix.down)


def test_seeds_are_those_that_the_pages_say() -> None:
    said = " ".join((DOCS / "explanation" / "comparison.md").read_text("utf-8").split())
    assert "Both begin from `seed`, which is 0" in said
    assert "`mean_excess` draws from its own `seed` (0)" in said
    for function in (comparison.compare, comparison.mantel, comparison.mean_excess):
        assert inspect.signature(function).parameters["seed"].default == 0
    assert "`stratlint evaluate` its intervals from seed 1" in said
    assert inspect.signature(evaluate).parameters["seed"].default == 1
    assert "`stratlint label` its extracts from `--seed` (1)" in said
    (option,) = (p for p in label.command.params if p.name == "seed")
    assert option.default == 1
