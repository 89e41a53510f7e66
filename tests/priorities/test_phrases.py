"""The phrases of what a document says of a sector, and what they weigh together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.priorities import weigh_sectors
from stratlint.priorities.phrases import OTHERS, SPEAKS, phrases, speaking, tokens
from stratlint.priorities.points import Sign
from stratlint.run.analyse import analyse_document

if TYPE_CHECKING:
    from pathlib import Path

    from stratlint.records import DocumentAnalysis

NAMED = (
    "## What there is\n\nIn 2015 the farms of the vale employed 900 people, banking 400 and"
    " retail 2,100. The car plant had closed by then, logistics employed 800 and aerospace 70."
    " Tourism brought 30,000 visitors. Life sciences have three firms here.\n\n"
    + "Buses run every half hour. Pay is below the median. The board meets in May.\n\n"
    * 14
)
FRIEND = (
    "## Clay\n\nThe council will be a friend to ceramics. It will buy the old kilns in Mill Lane"
    " for £2m and let them to potteries at cost. A ceramics school will be built with £1.1m of our"
    " own fund, and we will pay half the wages of forty apprentices.\n\n"
)


def analysed(folder: Path, text: str) -> DocumentAnalysis:
    path = folder / "plan.md"
    path.write_text(f"# A plan for Corby Vale\n\n{text}", encoding="utf-8")
    return analyse_document(read(path))


def found(
    analysis: DocumentAnalysis, known: set[str] | None = None
) -> dict[str, list[frozenset[str]]]:
    return phrases(analysis.document, analysis.sentences, analysis.mentions, known)


def test_numbers_money_and_apostrophes_are_alike() -> None:
    assert tokens("We’ll spend £2.5m or $3m, not 1,200.") == (
        ["we'll", "spend", "£", "0", "m", "or", "£", "0", "m", "not", "0"]
    )


def test_names_are_blotted_out_and_pairs_do_not_leave_their_sentence(tmp_path: Path) -> None:
    (said,) = found(analysed(tmp_path, "We back tourism. Buses run."))["tourism"]
    assert {"we back", "back @", "@", "> buses", "in paragraph"} <= said
    assert "tourism" not in said
    assert "@ buses" not in said


def test_a_paragraph_about_one_sector_speaks_with_all_its_sentences(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, "We met. Tourism came up. Rain fell. We agreed on a pier.\n")
    assert "a pier" in found(analysis)["tourism"][0]
    both = analysed(tmp_path, "We met. Tourism came up. Aerospace did too. We agreed on a pier.\n")
    assert "a pier" not in found(both)["tourism"][0]
    assert "> aerospace" not in found(both)["tourism"][0]


def test_only_known_phrases_are_kept(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, "We back tourism. Buses run.")
    (said,) = found(analysis, {"we back", "> buses"})["tourism"]
    assert said == {"we back", "> buses"}


def test_the_best_paragraph_counts_and_others_that_speak_a_little() -> None:
    weights = {"a": 2.0, "b": 1.0, "c": -5.0}
    assert speaking([["a"], ["c"]], weights, 0.0) == 2.0
    assert speaking([["b"], ["a"]], weights, 0.0) == pytest.approx(2.0 + OTHERS * (1.0 - SPEAKS))
    assert speaking([["c", "unknown"]], weights, 0.5) == -4.5


def test_a_sector_is_chosen_in_words_that_no_frame_knows(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, NAMED + FRIEND)
    made = (analysis.document, analysis.sentences, analysis.mentions, analysis.declarations)
    weights = weigh_sectors(*made)
    assert {s for s, weight in weights.items() if weight.is_chosen} == {"ceramics_glass"}
    shown = {sign for reason in weights["ceramics_glass"].reasons for sign in reason.signs}
    assert {Sign.TREATED, Sign.AMONG} <= shown


def test_what_is_only_named_is_chosen_by_no_phrase(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, NAMED)
    assert analysis.priorities == ()
