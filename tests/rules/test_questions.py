"""The questions of a careful reader: asked of every text, answered with a place or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from stratlint.records import DocumentKind, Kind
from stratlint.rules import RuleContext
from stratlint.rules.cases import Pipeline
from stratlint.rules.engine import judge_document
from stratlint.rules.loader import every_rule
from stratlint.rules.profiles import cities, rural
from stratlint.rules.profiles.questions import CANNOT_TELL, profile, questions
from stratlint.rules.world import World

TEXT = """# Ashland: a plan

We will be the next Rotterdam. Two in five residents work outside the county.

The board approves each grant, and a panel of three firms leads the fund with £2 million.

Productivity is low. Small firms can have a voucher. Oxford Economics made the forecast.
"""


def answers(pipeline: Pipeline, text: str, kind: Kind = Kind.STRATEGY, **given: Any) -> Any:
    made = DocumentKind(kind=kind, confidence=1.0, reason="made", **given)
    analysis = msgspec.structs.replace(pipeline.analysis("Ashland", text), kind=made)
    world = World(
        RuleContext(analyses=(analysis,), taxonomy=pipeline.taxonomy, gazetteer=pipeline.gazetteer)
    )
    return profile(world.views[0], world)


def test_every_question_is_answered_with_its_place(pipeline: Pipeline) -> None:
    found = answers(pipeline, TEXT)
    assert list(found.facts) == [question.id for question in questions()]
    values = {name: fact["value"] for name, fact in found.facts.items()}
    assert values["emulation"] == "yes"
    assert values["functional_region"] == "said"
    assert values["lead_business"] == "acted"
    assert values["policy_skills"] == "absent"
    assert values["neighbours_named"] == CANNOT_TELL  # nobody knows the places of Ashland
    for name, fact in found.facts.items():
        if fact["quotation"] is None:
            continue
        assert found.quotations[fact["quotation"]].page_label == fact["where"], name
    place = found.quotations[found.facts["emulation"]["quotation"]]
    assert "Rotterdam" in place.text


@pytest.mark.parametrize(
    ("kind", "given"), [(Kind.PROSPECTUS, {}), (Kind.STRATEGY, {"whole": False})]
)
def test_what_is_not_in_a_leaflet_may_stand_elsewhere(
    pipeline: Pipeline, kind: Kind, given: dict[str, bool]
) -> None:
    found = answers(pipeline, TEXT, kind, **given)
    values = {str(fact["value"]) for fact in found.facts.values()}
    assert CANNOT_TELL in values
    assert not values & {"absent", "no"}
    assert "may stand elsewhere" in found.summary


def test_a_city_is_not_asked_for_its_villages(pipeline: Pipeline) -> None:
    text = "The city will build a bridge. " * 8
    values = answers(pipeline, text).facts
    assert values["rural_networks"]["value"] == "none"


def test_joint_work_with_a_name_is_seen_where_nobody_knows_the_region(pipeline: Pipeline) -> None:
    text = "# Ashland: a plan\n\nThe ferry is run jointly with South Marland under an agreement."
    found = answers(pipeline, text).facts["neighbours_named"]
    assert found["value"] in ("said", "acted")
    lone = answers(pipeline, "# Ashland: a plan\n\nThe ferry is run jointly with Ashland Council.")
    assert lone.facts["neighbours_named"]["value"] == CANNOT_TELL


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("By 2030 one in two firms will have raised exports by 20 per cent.", "1-2"),
        ("By 2030 exports will rise from 12 to 20 per cent.", "0"),
        ("The council will spend £4 million by 2030.", "0"),
        ("In 2010 exports rose by 20 per cent.", "0"),
    ],
)
def test_targets_without_a_level_are_counted(sentence: str, value: str, pipeline: Pipeline) -> None:
    found = answers(pipeline, f"# Ashland economic plan 2020\n\n{sentence}")
    assert found.facts["targets_without_baseline"]["value"] == value


def test_what_is_nowhere_is_said_without_a_number(pipeline: Pipeline) -> None:
    analysis = pipeline.analysis("Ashland", "Rural areas matter. The board met in May.")
    world = World(
        RuleContext(analyses=(analysis,), taxonomy=pipeline.taxonomy, gazetteer=pipeline.gazetteer)
    )
    said = [made.profile(world.views[0], world).summary for made in (cities, rural)]
    assert said == [
        "A city's scale and choice of suppliers, markets and labour: given as a reason nowhere. "
        "Specialised local links: given as a reason nowhere.",
        "Rural areas are spoken of in 1 sentence, their businesses nowhere.",
    ]


def test_what_was_not_found_is_said_in_plain_words(pipeline: Pipeline) -> None:
    found = answers(pipeline, TEXT)
    assert "Looked for and not found: " in found.summary
    lists = dict(part.split(": ", 1) for part in found.summary.split(". ") if ": " in part)
    assert "skills of those who make the policy" in lists["Looked for and not found"]
    # Reasoning by a labour market is said, and there is nothing to be done about it.
    assert "labour market" not in found.summary


def test_what_a_rule_under_trial_finds_is_told_as_such(pipeline: Pipeline) -> None:
    text = TEXT + "\n\nThe operator of the quay has yet to be found."
    found = answers(pipeline, text)
    assert found.facts["somebody_named"]["value"] == "not each"
    assert "readers have yet to judge: " in found.summary
    assert found.facts["text_as_tables"]["value"] == "nothing found against it"


def test_the_profile_asks_no_rule_twice(pipeline: Pipeline) -> None:
    shipped = next(rule for rule in every_rule() if rule.id == "SB005")
    runs: list[str] = []

    def counted(*args: Any) -> Any:
        runs.append("run")
        return shipped.check.run(*args)

    rule = replace(shipped, check=replace(shipped.check, run=counted))
    assert judge_document([rule], pipeline.analysis("Ashland", TEXT), ()).findings["SB005"]
    assert runs == ["run"]


def test_a_rule_of_ones_own_with_a_shipped_id_answers_no_question(pipeline: Pipeline) -> None:
    shipped = next(rule for rule in every_rule() if rule.id == "SB005")
    other = next(rule for rule in every_rule() if rule.id == "IJ019")
    own = replace(other, id="SB005")
    outcome = judge_document([own], pipeline.analysis("Ashland", TEXT), ())
    assert not outcome.findings["SB005"]
    (asked,) = [p for p in outcome.profiles if p.kind == "questions"]
    facts: Any = asked.facts
    assert facts["emulation"]["value"] == "yes"
    assert shipped.sees != own.sees
