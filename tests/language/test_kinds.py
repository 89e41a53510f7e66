"""Kinds of document, on made texts that are not among those it was learned from."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from stratlint.documents import read
from stratlint.language.kinds import kind_of
from stratlint.records import DocumentKind, Kind
from stratlint.run.corpus import load_corpus

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "english-regions"
FRESH = {
    Kind.STRATEGY: (
        "# Fenshire: an economic plan to 2025\n\n## Where we stand\n\nPay is a tenth below the "
        "county's. Productivity has not grown since 2001.\n\n## What we choose\n\nOur priorities "
        "are glass, herbs and repair. Partners will publish a delivery plan and review it."
    ),
    Kind.LAND_USE_PLAN: (
        "# Fenshire Local Plan: publication draft\n\n## Policy H4 Dwellings in the countryside\n\n"
        "New dwellings outside settlement boundaries will be refused unless they replace one. "
        "Proposals for development in the conservation area should keep its walls.\n\n"
        "## Policy E2\n\nPlanning permission for offices will be granted on the allocated site."
    ),
    Kind.PROSPECTUS: (
        "# Fenshire: your next move\n\n## Why Fenshire?\n\nYour business can move into 12,000 sq "
        "ft next month. Two airports are within 40 minutes.\n\n## Talk to our team\n\nContact us "
        "today and we will show you three sites to let."
    ),
    Kind.CONSULTATION: (
        "# Fenshire tomorrow: have your say\n\nQuestion 1. Do you agree that glass should come "
        "first? If not, why not?\n\nQuestion 2. What have we left out?\n\nPlease send your views "
        "by the closing date of 3 May. Responses will be published."
    ),
    Kind.BOARD_PAPER: (
        "# Item 5: glass fund\n\n## Recommendations\n\nThe board is asked to note the report and "
        "to approve £40,000.\n\n## Financial implications\n\nWithin budget.\n\n## Background "
        "papers\n\nMinutes of the March meeting."
    ),
    Kind.FUND_REPORT: (
        "# Fenshire Loan Fund: annual report 2012\n\n## Investments made\n\n31 loans were made and "
        "£1.9 million was invested; nine applications were rejected.\n\n## Case study\n\nA kiln "
        "was bought.\n\n## Spend to date\n\nThe fund has paid 62 per cent of its commitments."
    ),
    Kind.SKILLS_PLAN: (
        "# Skills for Fenshire\n\n## What employers need\n\nVacancies for glaziers stay open for "
        "months.\n\n## Provision\n\nThe college will open an apprenticeship and two courses; "
        "learners travel free. Training providers meet employers each term."
    ),
    Kind.OTHER: (
        "# The glass dog\n\n## Chapter 1\n\nOnce upon a time, he said, my aunt kept a dog of "
        "glass. I never saw it, and I doubt the story. Thank you for the tickets."
    ),
}


def told(folder: Path, text: str) -> DocumentKind:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    return kind_of(read(path))


@pytest.mark.parametrize("kind", FRESH, ids=lambda kind: kind.value)
def test_fresh_texts_are_told_with_a_reason(kind: Kind, tmp_path: Path) -> None:
    found = told(tmp_path, FRESH[kind])
    assert found.kind is kind
    assert "'" in found.reason
    assert 0 < found.confidence <= 1
    assert not found.whole


TALE = (
    "The harbour master said that the boats would come again. Pay on this coast is low, and the "
    "college trains too few. Glass and cables are what the coast can do, I think. {}"
)
"""A tale in which somebody says 'I': a letter, a memoir, or a plan in such a dress."""


def test_a_plan_in_the_dress_of_a_tale_is_a_plan_where_bodies_spend(tmp_path: Path) -> None:
    spends = "The council sets aside £2 million and the board lends £400,000 to glaziers."
    assert told(tmp_path, "\n\n".join([TALE.format(spends)] * 25)).kind is Kind.STRATEGY
    idle = "The cat slept upon the stove while the rain came down the hill and in."
    assert told(tmp_path, "\n\n".join([TALE.format(idle)] * 25)).kind is Kind.OTHER


def test_the_modelled_strategies_are_whole_strategies() -> None:
    for entry in load_corpus(CORPUS).entries:
        found = kind_of(read(entry.path))
        strategies = (Kind.STRATEGY, Kind.INNOVATION_STRATEGY)
        wanted = strategies if entry.role == "strategy" else (Kind.NATIONAL,)
        assert found.kind in wanted, entry.source
        assert found.whole, entry.source


def test_an_extract_is_not_whole_however_long(tmp_path: Path) -> None:
    text = FRESH[Kind.STRATEGY] + "\n\nThe kilns are shared by those who grind lenses." * 200
    assert told(tmp_path, text).whole
    assert not told(tmp_path, text.replace("to 2025", "to 2025, executive summary")).whole


def test_a_plan_that_opens_with_its_summary_is_whole(tmp_path: Path) -> None:
    opening = "# Fenshire: an economic plan to 2025\n\n## Executive summary\n\nGlass comes first."
    rest = "\n\nThe kilns are shared by those who grind lenses."
    assert told(tmp_path, opening + rest * 200).whole
    assert not told(tmp_path, opening + rest * 130).whole


def test_a_title_page_names_the_kind(tmp_path: Path) -> None:
    body = "# First in glass\n\nThe government has a fund. The UK and its ministers will act.\n\n"
    front = "---\ntitle: 'First in glass: the innovation strategy of Fenshire'\n---\n\n"
    assert told(tmp_path, body).kind is not Kind.INNOVATION_STRATEGY
    assert told(tmp_path, front + body).kind is Kind.INNOVATION_STRATEGY


def test_a_manifest_says_the_kind(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FRESH[Kind.PROSPECTUS], "utf-8")
    manifest = {"documents": [{"file": "a.md", "kind": "board paper"}]}
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(manifest), "utf-8")
    (entry,) = load_corpus(tmp_path).entries
    assert entry.kind is Kind.BOARD_PAPER
