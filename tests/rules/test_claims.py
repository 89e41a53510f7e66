"""Claims with nothing behind them: what counts as support, and how many are reported."""

from __future__ import annotations

from stratlint.records import Finding
from stratlint.rules import Rule, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.schema import Case

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}
WISH = "Links between the workshops of the valley and its schools must be strengthened."


def said(rule: Rule, text: str, pipeline: Pipeline, region: str = "Ashland") -> tuple[Finding, ...]:
    case = Case(name="made", documents={region: text}, none=True)
    return run_rules([rule], pipeline.context(rule, case)).findings


def test_a_wish_without_owner_is_reported_with_its_words(pipeline: Pipeline) -> None:
    (finding,) = said(RULES["IJ006"], f"Wages are low here. {WISH}", pipeline)
    assert "must be strengthened" in finding.message
    assert finding.quotations[0].text == WISH
    marked = finding.quotations[0].marks[0]
    assert finding.quotations[0].text[marked[0] : marked[1]] == "must be strengthened"


def test_owner_date_money_or_name_answer_for_it(pipeline: Pipeline) -> None:
    for support in (
        "The treasurer is responsible for it.",
        "It is to be done by 2009.",
        "There is a budget of £2 million.",
        "The work is that of Selby College.",
    ):
        assert said(RULES["IJ006"], f"Wages are low here. {WISH} {support}", pipeline) == ()
    assert said(RULES["IJ006"], f"Wages are low here. {WISH} Trains are full.", pipeline)


def test_the_same_claim_twice_is_one(pipeline: Pipeline) -> None:
    again = WISH.replace("must be", "must also be")
    (finding,) = said(RULES["IJ006"], f"{WISH}\n\nWages are low here.\n\n{again}", pipeline)
    assert finding.places == 1


def test_many_claims_are_one_finding_with_its_places(pipeline: Pipeline) -> None:
    wishes = "\n\n".join(
        (
            "Grants for glass must be improved in all of the towns.",
            "It is essential to find new markets for fruit and cider.",
            "Evening lessons in grinding need to be expanded for apprentices.",
            "Care must be taken that barges stay afloat through the winter.",
            "Further effort is needed on the looms of the upper mills.",
            "There needs to be more thought about the empty chapels.",
        )
    )
    filler = "The furnace is shared by those who grind lenses beside the lock. " * 30
    (finding,) = said(RULES["IJ006"], f"{wishes}\n\n{filler}", pipeline)
    assert finding.places == len(finding.parts) == len(finding.quotations) == 6
    assert finding.message.startswith("6 actions")


def test_what_europe_must_do_is_not_what_the_region_must(pipeline: Pipeline) -> None:
    text = f"# The plan\n\nWages are low here.\n\n## European challenges\n\n{WISH}"
    assert said(RULES["IJ006"], text, pipeline) == ()


def test_the_region_acts_only_as_a_subject(pipeline: Pipeline) -> None:
    rule = RULES["LD004"]
    assert said(rule, "Ashland must invest in the skills of its people and firms.", pipeline)
    assert said(rule, "The firms of Ashland must invest in the skills of people.", pipeline) == ()
    assert said(rule, "In short, the region needs to do more for its people.", pipeline)


def test_a_passing_word_on_rural_areas_is_no_component(pipeline: Pipeline) -> None:
    filler = "The furnace is shared by those who grind lenses beside the lock. " * 450
    passing = f"Buses to the villages of Ashland are few. {filler}"
    (finding,) = said(RULES["RU001"], passing, pipeline)
    assert "villages" in finding.quotations[0].text
    assert said(RULES["RU001"], "Buses to the villages are few. Wages are low.", pipeline) == ()
    acted = f"A fund of £2 million pays for workshops in the villages of Ashland. {filler}"
    assert said(RULES["RU001"], acted, pipeline) == ()


def test_each_sentence_on_partners_is_quoted_once(pipeline: Pipeline) -> None:
    text = (
        "Newcastle, Sunderland and Durham will work together on a science park for the towns. "
        "The park will have a furnace and a lock of its own."
    )
    (finding,) = said(RULES["FR003"], text, pipeline, region="North East")
    assert len(finding.quotations) == 1
    assert len(finding.quotations[0].marks) == 3
