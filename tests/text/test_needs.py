"""A pattern is looked for where its words stand, and nowhere else is it to be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stratlint.rules
from stratlint.records import Block, Document, DocumentAnalysis, Page, Role, Sentence
from stratlint.rules.view import View
from stratlint.text.needs import needs_of
from stratlint.text.wordings import READERS

SOURCES = Path(__file__).parents[2] / "corpora" / "english-regions" / "sources"


def view_of(texts: Sequence[str], *, apart: str = "\n") -> View:
    """Sentences one after another, with what stands between them."""
    text, sentences = "", []
    for one in texts:
        sentences.append(Sentence(start=len(text), end=len(text) + len(one), block=0))
        text += one + apart
    document = Document(
        sha256="",
        source="made-up.txt",
        reader="plain",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="1"),),
        blocks=(Block(role=Role.PARAGRAPH, page=0, start=0, end=len(text)),),
    )
    return View(
        DocumentAnalysis(
            document=document,
            sentences=tuple(sentences),
            mentions=(),
            places=(),
            actors=(),
            priorities=(),
        )
    )


def patterns_of_rules() -> dict[str, re.Pattern[str]]:
    """Every pattern that stands in a module of the rules, or in a file of words that one reads."""
    found = {}
    for entry in walk_packages(stratlint.rules.__path__, "stratlint.rules."):
        for name, value in vars(import_module(entry.name)).items():
            held = value if isinstance(value, tuple) else (value,)
            for number, one in enumerate(held):
                if isinstance(one, re.Pattern):
                    found[f"{entry.name}.{name}.{number}"] = one
    for file, read in READERS.items():
        for name, value in read():
            if isinstance(value, re.Pattern):
                found[f"{file}.{name}"] = value
    return found


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bfund(?:s|ed)?\b", [{"\bfund\b", "\bfunds\b", "\bfunded\b"}]),
        (r"\b(?:econom\w+|trade)\b", [{"\beconom", "\btrade\b"}]),
        (r"\bset up\b.{0,9}\bboards?\b", [{"\bset\b"}, {"\bboard\b", "\bboards\b"}]),
        (r"[£€$]\d", [{"£", "€", "$"}]),
        (r"start-?ups?", [{"startup", "startups", "\bup", "\bups"}]),
        (r"\b20\d\d\b", [{"0"}]),
        (r"\w+ly", []),
        (r"(?:board|\w+)", []),
        (r"(?!not )(?<!re)view", [{"view"}]),
    ],
)
def test_says_which_words_a_match_holds(pattern: str, needs: list[set[str]]) -> None:
    (way,) = needs_of(re.compile(pattern, re.IGNORECASE))
    assert [set(clause) for clause in way] == needs


def test_says_of_each_half_of_a_choice_what_it_needs() -> None:
    pattern = re.compile(r"\b(?:funds? .{0,9}\bboards?|banks? .{0,9}\b(?:lend|give)s?)\b")
    ways = [[set(clause) for clause in way] for way in needs_of(pattern)]
    assert ways == [
        [{"\bfund\b", "\bfunds\b"}, {"\bboard\b", "\bboards\b"}],
        [{"\bbank\b", "\bbanks\b"}, {"\blend\b", "\blends\b", "\bgive\b", "\bgives\b"}],
    ]


def test_what_halves_have_in_common_is_looked_up_once() -> None:
    pattern = re.compile(r"\b(?:we|boards? or \w+|councils? and \w+) will\b")
    assert len(needs_of(pattern)) < 3


HARD = (
    "The Board's funds",
    "THE BOARD, re-funded",
    "re fl ected and eff ect by 2020jobs",
    "snake_board and 5m or £5m, 20%",
    "the Kelvin sign: ban\u212a, the long s: fund\u017f, dotted: F\u0130ne and f\u0131ne",
    "café, naïve, straße, m² of floor",
    "R&D and D&R, o’clock",
    "no\u00a0break\tboard\x0bfund",
    "",
)
ASKED = (
    r"\bboards?\b",
    r"\bfund\w*",
    r"banks?",
    r"funds",
    r"\bfine\b",
    r"\beffect\b",
    r"\bect\b",
    r"\bcaf",
    r"\bd\b",
    r"\bm\b",
    r"\bclock\b",
    r"\b5m\b|%",
    r"\bjobs\b|jobs",
    r"\bbreak\s+board\s+fund\b",
    r"stra(?:ss|ß)e",
)


@pytest.mark.parametrize("pattern", ASKED)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII])
def test_finds_what_the_pattern_finds_in_hard_texts(pattern: str, flags: int) -> None:
    view, compiled = view_of(HARD), re.compile(pattern, flags)
    wanted = {n for n in range(len(HARD)) if compiled.search(view.text(n))}
    assert wanted <= set(view.holding(compiled))
    assert {n for n in range(len(HARD)) if view.search(compiled, n)} == wanted


@given(
    st.lists(
        st.lists(st.sampled_from(("fund", "s", "’", " ", "fi", "£", "5", "İ", "_", "é")))
        .map("".join)
        .filter(bool),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["\n", "", "x"]),
)
def test_sentences_that_part_words_are_searched_too(texts: list[str], apart: str) -> None:
    view = view_of(texts, apart=apart)
    for pattern in (r"\bfund\b", r"funds?\b", r"\bs\b", r"\bfi", r"£ ?\d", r"\d"):
        compiled = re.compile(pattern, re.IGNORECASE)
        for number in range(len(texts)):
            found = compiled.search(view.text(number))
            assert (view.search(compiled, number) is None) == (found is None)


def test_no_pattern_of_a_rule_misses_a_sentence() -> None:
    lines = [
        line
        for path in sorted(SOURCES.glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    view, spared = view_of(lines), 0
    for name, pattern in patterns_of_rules().items():
        held = set(view.holding(pattern))
        missed = [n for n in range(len(lines)) if n not in held and pattern.search(lines[n])]
        assert not missed, (name, lines[missed[0]])
        spared += len(lines) - len(held)
    assert spared > 0.5 * len(lines) * len(patterns_of_rules())


def test_several_patterns_are_looked_for_in_the_order_of_the_text() -> None:
    view = view_of(["two boards", "one fund", "none", "a board"])
    patterns = [re.compile(r"\bfund\b"), re.compile(r"\bboards?\b")]
    assert list(view.holding(*patterns)) == [0, 1, 3]
