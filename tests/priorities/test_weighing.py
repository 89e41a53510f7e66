"""Points: what headings, chapters and tables of money add, and that the file has them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.errors import FileFault
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities, weigh_sectors
from stratlint.priorities.points import Added, Place, Sign, points
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path

    from stratlint.priorities.reasons import Weight

OFFERS = (
    "Sector invitations|Sector opportunities|Sector propositions|Key industry sectors"
    "|Growth sectors|Sector action plans|Sector plans|Sector deals|Our sector offers"
    "|Sector strategies|Sector programmes|Our offer by sector|Opportunities by sector"
    "|Growth industries|Industry clusters|Cluster development|Strategic sectors|Priority industries"
    "|Industries of opportunity|Growing our sectors|Target industries|Sector ambitions"
    "|Our sector commitments|The sectors|The clusters|Sector pledges|Sector growth plans"
    "|Industry action agendas|Developing our clusters"
).split("|")
"""Our own headings over headings of sectors that are what a document chooses."""
REPORTS = (
    "Sector profiles|Sector performance|Industry structure|Employment by sector|Sector analysis"
    "|Economic sectors|Sectors in decline|Impact by sector|Skills needs by sector|Other sectors"
    "|Sector overview|The economy by sector|Main employers|Consultation by sector"
    "|What sectors told us|Sectors hit by the pandemic|Previous sector plans|National sectors"
    "|Industrial heritage|Sector trends|Sector risks|Vacancies by industry|Land use by sector"
).split("|")
"""Headings over headings of sectors that report."""
FILLER = (
    "Buses run every half hour on the main roads. The station has two trains an hour. Most people"
    " work within ten miles of where they live. The board meets every quarter. Pay is below the"
    " national median. The library was rebuilt in 2011.\n\n"
)


def plan(*parts: str, filler: int = 8) -> str:
    """A plan of our own, long enough that one sentence does not speak for it."""
    before = f"# Corby Vale Economic Plan\n\n## Introduction\n\n{FILLER * filler}"
    return before + "\n\n".join(parts) + f"\n\n## Delivery\n\n{FILLER}"


def weights(folder: Path, text: str) -> dict[str, Weight]:
    """What speaks for each sector of a text."""
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    found = analyse_language(document)
    made = (document, found.sentences, found.mentions, found.declarations)
    weighed = weigh_sectors(*made)
    assert {p.sector for p in rank_priorities(*made)} == {
        sector for sector, weight in weighed.items() if weight.is_chosen
    }
    return weighed


def chosen(folder: Path, text: str) -> set[str]:
    """The sectors that a text chooses."""
    return {sector for sector, weight in weights(folder, text).items() if weight.is_chosen}


def under(heading: str) -> str:
    """A plan with three headings of sectors under one."""
    return plan(
        f"## {heading}",
        "### Life sciences\n\nThe laboratory park has room for a further forty firms.",
        "### Food and drink\n\nThree bakeries and a dairy employ a thousand people.",
        "### Logistics\n\nThe motorway junction was rebuilt in 2016.",
    )


@pytest.mark.parametrize("heading", OFFERS)
def test_headings_under_an_offer_by_sector_are_chosen(tmp_path: Path, heading: str) -> None:
    assert chosen(tmp_path, under(heading)) == {"life_sciences", "food_drink", "logistics"}


@pytest.mark.parametrize("heading", REPORTS)
def test_headings_under_a_report_by_sector_are_not(tmp_path: Path, heading: str) -> None:
    assert chosen(tmp_path, under(heading)) == set()


@pytest.mark.parametrize("heading", ["Our clusters", "Sector opportunities", "Priority sectors"])
def test_plain_text_has_no_levels_and_headings_govern_those_that_follow(
    tmp_path: Path, heading: str
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(under(heading).replace("#", "").replace("\n ", "\n"), encoding="utf-8")
    document = read(path)
    found = analyse_language(document)
    made = (document, found.sentences, found.mentions, found.declarations)
    got = {p.sector for p in rank_priorities(*made)}
    assert got == {"life_sciences", "food_drink", "logistics"}


def test_a_count_of_choices_may_follow_the_number_of_a_chapter(tmp_path: Path) -> None:
    counted = [
        "## 3. Choice one: more from what our farms already grow\n\nA packing hall is planned.",
        "## 4. Choice two: a bus that comes\n\nEvery village gets six a day.",
        "## 5. Choice three: aerospace apprentices\n\nThirty places a year are wanted.",
    ]
    assert chosen(tmp_path, plan(*counted)) == {"agri", "aerospace"}


MISSIONS = (
    "## Mission One: Offshore wind\n\nThe quay is to be made longer.",
    "## Mission Two: Machines that think\n\nSoftware firms here are small. Half of the software"
    " houses have fewer than five staff. We will launch a £10m seed fund for software start-ups.",
    "## Mission Three: Eyes in orbit\n\nThe satellite test hall stands empty.",
)


def test_what_leads_a_chapter_of_choices_counts_more(tmp_path: Path) -> None:
    inside = weights(tmp_path, plan(*MISSIONS))["digital_ict"]
    assert Sign.LEADS in {sign for reason in inside.reasons for sign in reason.signs}
    elsewhere = weights(tmp_path, plan(MISSIONS[1].replace("Mission Two: ", "")))["digital_ict"]
    assert inside.chosen > elsewhere.chosen
    assert inside.is_chosen
    assert not elsewhere.is_chosen


def test_a_row_of_a_table_of_measures_counts(tmp_path: Path) -> None:
    rows = "\n".join(["| {0} | £m |", "|---|---|", "| Ceramics | 2.4 |", "| Roads | 7.0 |"])
    asked = "We will back a supply chain programme for the ceramics industry."
    measured = plan(asked, f"## Budget\n\n{rows.format('Measure')}")
    reported = plan(asked, f"## Output\n\n{rows.format('Industry')}")
    more = weights(tmp_path, measured)["ceramics_glass"].chosen
    assert more > weights(tmp_path, reported)["ceramics_glass"].chosen


def test_items_of_one_sentence_are_counted_together(tmp_path: Path) -> None:
    ours = "## Our sectors\n\n- aerospace\n- marine\n- chemicals"
    many = plan(
        ours, "Our other sectors of priority are: rail; the visitor economy; food and drink."
    )
    one = plan(ours, "Our other sector of priority is the visitor economy.")
    assert weights(tmp_path, many)["tourism"].is_chosen
    assert weights(tmp_path, many)["tourism"].chosen > weights(tmp_path, one)["tourism"].chosen


def test_what_stands_in_brackets_alone_is_an_aside(tmp_path: Path) -> None:
    text = "We will fund a works at the old mill (twelve units, a {0}, a kitchen)."
    assert chosen(tmp_path, plan(text.format("cold store"))) == set()


def test_reasons_add_up_to_the_weight(tmp_path: Path) -> None:
    for weight in weights(tmp_path, plan(*MISSIONS)).values():
        assert sum(r.points * r.counted for r in weight.reasons) == pytest.approx(weight.chosen)
        assert all(reason.says for reason in weight.reasons)


def test_every_sign_has_points() -> None:
    assert set(points().places) == set(Place)
    assert set(points().adds) == set(Added)
    assert set(points().signs) == set(Sign)


def test_a_file_without_a_sign_is_refused(tmp_path: Path) -> None:
    shipped = (data_dir("rules") / "language" / "choosing.yaml").read_text(encoding="utf-8")
    path = tmp_path / "choosing.yaml"
    path.write_text(
        "\n".join(row for row in shipped.split("\n") if not row.startswith("  funded:")),
        encoding="utf-8",
    )
    with pytest.raises(FileFault, match="funded"):
        points(path)
