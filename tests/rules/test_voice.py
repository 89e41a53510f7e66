"""Whose words a sentence has, and whether a text is the strategy of a place at all."""

from __future__ import annotations

from stratlint.records import DocumentAnalysis
from stratlint.rules import Rule, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.claims.voice import is_of_a_city, is_of_a_place, reported_sentences
from stratlint.rules.schema import Case
from stratlint.rules.view import View

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}
FILLER = "The furnace is shared by those who grind lenses beside the lock. " * 60


def analysed(text: str, pipeline: Pipeline, region: str = "Ashland") -> DocumentAnalysis:
    case = Case(name="made", documents={region: text}, none=True)
    return pipeline.context(RULES["SB006"], case).analyses[0]


def reported(text: str, pipeline: Pipeline) -> list[str]:
    view = View(analysed(text, pipeline))
    return [view.text(sentence) for sentence in sorted(reported_sentences(view))]


def test_items_under_what_consultees_said_are_theirs(pipeline: Pipeline) -> None:
    text = "Opinions shared by the firms interviewed:\n\n- Buses are late.\n\nWages are low."
    assert reported(text, pipeline) == ["Buses are late."]


def test_items_under_a_plain_lead_in_are_the_documents_own(pipeline: Pipeline) -> None:
    assert reported("Our priorities are these:\n\n- Buses that run.\n", pipeline) == []


def test_what_a_government_aims_at_is_not_what_the_region_aims_at(pipeline: Pipeline) -> None:
    above = "The ministry set up two teams with these ambitions:\n\n- To cut tolls.\n"
    assert reported(above, pipeline) == ["To cut tolls."]
    ours = "With the ministry the region has set itself these ambitions:\n\n- To cut tolls.\n"
    assert reported(ours, pipeline) == []


def test_a_chapter_on_europe_reports_unless_it_speaks_of_the_region(pipeline: Pipeline) -> None:
    text = (
        "## European policy context\n\nCoal is to be left in the ground. "
        "In Ashland we burn none.\n\n## What is planned\n\nWages are to rise."
    )
    assert reported(text, pipeline) == ["Coal is to be left in the ground."]


def test_a_text_that_names_no_place_is_no_strategy_of_one(pipeline: Pipeline) -> None:
    assert not is_of_a_place(View(analysed(FILLER, pipeline)))
    assert is_of_a_place(View(analysed(f"{FILLER} So it is in Ashland.", pipeline)))
    assert is_of_a_place(View(analysed(f"{FILLER} Our region is wide.", pipeline)))
    assert is_of_a_place(View(analysed("Lenses are ground here.", pipeline)))


def test_absences_are_not_reported_of_a_text_that_is_no_strategy(pipeline: Pipeline) -> None:
    for text, fires in ((FILLER, False), (f"{FILLER} So it is in Ashland.", True)):
        case = Case(name="made", documents={"Ashland": text}, none=True)
        outcome = run_rules([RULES["SK001"]], pipeline.context(RULES["SK001"], case))
        assert bool(outcome.findings) is fires
        assert bool(outcome.not_run) is not fires
    assert (
        "strategy of a place"
        in run_rules(
            [RULES["RU001"]],
            pipeline.context(
                RULES["RU001"], Case(name="made", documents={"Ashland": FILLER}, none=True)
            ),
        )
        .not_run[0]
        .reason
    )


def crowd(texts: dict[str, str], pipeline: Pipeline) -> list[str]:
    rule: Rule = RULES["SB001"]
    case = Case(name="made", documents=texts, none=True)
    return [f.message for f in run_rules([rule], pipeline.context(rule, case)).findings]


def test_a_text_that_is_no_strategy_is_none_of_the_regions(pipeline: Pipeline) -> None:
    plan = "Our priority sectors are:\n\n- aerospace\n- tourism\n"
    found = crowd({"A": plan, "B": plan, "C": plan, "Essay": FILLER}, pipeline)
    assert found
    assert all("3 of 3 regions" in message for message in found)


def test_a_name_that_holds_two_sectors_is_told_once(pipeline: Pipeline) -> None:
    plan = "Our priority sectors are:\n\n- life sciences and health\n"
    (message,) = crowd(dict.fromkeys("ABC", plan), pipeline)
    assert "is a priority in 3 of 3" in message


def test_boroughs_trams_and_tower_blocks_make_a_city(pipeline: Pipeline) -> None:
    boroughs = (
        "The boroughs share one board. The boroughs' firms will find space beside the metro line, "
        "and two metro stations will open by 2012. The inner boroughs pay for the tramway. Tower "
        "blocks at the tram stops get workshops, and the boroughs pay half."
    )
    assert is_of_a_city(View(analysed(boroughs, pipeline)))
    county = boroughs + " The county council will help its villages and rural districts." * 3
    assert not is_of_a_city(View(analysed(county, pipeline)))
