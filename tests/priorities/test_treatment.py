"""How a document treats a sector speaks for its choice or against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.errors import FileFault
from stratlint.priorities import weigh_sectors
from stratlint.priorities.points import Sign
from stratlint.priorities.ranking import own_mentions
from stratlint.priorities.treatment import (
    COMPARED,
    TreatmentModel,
    read_treatment,
    shipped_treatment,
    treatments,
    words,
    write_treatment,
)
from stratlint.records import Kind
from stratlint.run.analyse import analyse_document

if TYPE_CHECKING:
    from pathlib import Path

    from stratlint.priorities.reasons import Weight
    from stratlint.records import DocumentAnalysis

PROFILE = (
    "## The economy in 2015\n\nIn 2015 the farms of the vale employed 900 people, banking 400 and"
    " retail 2,100. The car plant, the chemical works and the paper mill had closed by then, and"
    " tourism brought 30,000 visitors a year. Logistics employed 800.\n\n"
)
BUSES = (
    "Buses run every half hour on the main roads. The station has two trains an hour. Most people"
    " work within ten miles of where they live. The board meets every quarter. Pay is below the"
    " national median. The library was rebuilt in 2011.\n\n"
)
SPENT = (
    "## Ceramics, first\n\nCeramics has a hall of its own at Mill Lane. We will spend £2m on"
    " kilns for it. The ceramics school will open in May.\n\n## Ceramics in the budget\n\nThe first"
    " million is for ceramics. A second million for ceramics will follow.\n\n"
)


def analysed(folder: Path, *parts: str) -> DocumentAnalysis:
    path = folder / "plan.md"
    path.write_text("# Corby Vale plan\n\n" + "".join(parts), encoding="utf-8")
    return analyse_document(read(path))


def weights(analysis: DocumentAnalysis, kind: Kind | None = None) -> dict[str, Weight]:
    made = (analysis.document, analysis.sentences, analysis.mentions, analysis.declarations)
    return weigh_sectors(*made, kind=kind)


def signs(weight: Weight) -> set[object]:
    return {sign for reason in weight.reasons for sign in reason.signs}


def test_what_gets_money_and_sections_is_treated_unlike_what_a_profile_names(
    tmp_path: Path,
) -> None:
    analysis = analysed(tmp_path, PROFILE, BUSES * 8, SPENT)
    own = own_mentions(analysis.document, analysis.mentions)
    found = treatments(analysis.document, analysis.sentences, own)
    model = shipped_treatment()
    odds = {sector: model.log_odds(features) for sector, features in found.items()}
    assert max(odds, key=odds.__getitem__) == "ceramics_glass"
    assert (
        found["ceramics_glass"]["sentences with money"] > found["tourism"]["sentences with money"]
    )
    assert set(model.weights) == set(found["tourism"])
    weighed = weights(analysis)
    assert Sign.TREATED in signs(weighed["ceramics_glass"])
    assert Sign.TREATED not in signs(weighed["tourism"])


@pytest.mark.parametrize("kind", [Kind.LAND_USE_PLAN, Kind.CONSULTATION, Kind.FUND_REPORT])
def test_plans_of_land_dwell_on_sectors_that_they_do_not_choose(tmp_path: Path, kind: Kind) -> None:
    analysis = analysed(tmp_path, PROFILE, BUSES * 8, SPENT)
    assert Sign.TREATED not in signs(weights(analysis, kind)["ceramics_glass"])


def test_who_says_that_no_sector_is_chosen_is_not_contradicted(tmp_path: Path) -> None:
    none = "## Whom we serve\n\nThis plan does not select any priority sectors.\n\n"
    analysis = analysed(tmp_path, PROFILE, BUSES * 8, none, SPENT)
    assert Sign.TREATED not in signs(weights(analysis)["ceramics_glass"])


def test_schools_on_every_page_are_means(tmp_path: Path) -> None:
    schools = "the education sector"
    spent = SPENT.replace("ceramics", schools).replace("Ceramics", schools.capitalize())
    weighed = weights(analysed(tmp_path, PROFILE, BUSES * 8, spent))
    assert "education" in words().means
    assert Sign.TREATED not in signs(weighed["education"])


def test_few_sectors_cannot_be_compared(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, BUSES * 8, SPENT)
    assert len({m.sector for m in analysis.mentions}) < COMPARED
    assert treatments(analysis.document, analysis.sentences, analysis.mentions) == {}


def test_the_shipped_model_says_what_it_was_made_from(tmp_path: Path) -> None:
    model = shipped_treatment()
    assert model.card["documents"] >= 100
    assert len(model.card["by source left out"]) >= 8
    path = tmp_path / "model.json"
    path.write_text(write_treatment(model), encoding="utf-8")
    assert read_treatment(path) == model
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(FileFault, match="not a model of treatment"):
        read_treatment(path)
    with pytest.raises(FileFault, match="there is no such file"):
        read_treatment(tmp_path / "none.json")


def test_words_are_single_and_small() -> None:
    for kind in type(words()).model_fields:
        assert all(word == word.lower() and " " not in word for word in getattr(words(), kind))


def test_a_model_without_weights_has_no_opinion() -> None:
    assert TreatmentModel(bias=-1.0, card={}, weights={}).log_odds({"mentions": 3.0}) == -1.0
