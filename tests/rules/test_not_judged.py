"""What a rule had nothing to judge by is never among what is in order."""

from __future__ import annotations

import msgspec
import pytest

from stratlint.rules import RuleContext, RuleOutcome, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.schema import Case

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}
CHOICE = "Our priority sectors are:\n\n- biotechnology\n- aerospace\n"


def outcome(pipeline: Pipeline, rule: str, figures: dict[str, int], **years: int) -> RuleOutcome:
    """A rule on regions that choose alike: years of their figures, years of their documents."""
    evidence = {
        region: {"life_sciences": {"lq": 0.4, "year": year}} for region, year in figures.items()
    }
    case = Case.model_validate(
        {
            "name": "made",
            "documents": dict.fromkeys(years, CHOICE),
            "evidence": evidence,
            "none": True,
        }
    )
    context = pipeline.context(RULES[rule], case)
    dated = tuple(
        msgspec.structs.replace(
            a, document=msgspec.structs.replace(a.document, year=years[a.document.region or ""])
        )
        for a in context.analyses
    )
    return run_rules([RULES[rule]], with_analyses(context, dated))


def with_analyses(context: RuleContext, analyses: tuple[object, ...]) -> RuleContext:
    return msgspec.structs.replace(context, analyses=analyses)


@pytest.mark.parametrize("rule", ["SB002", "SB004"])
def test_figures_of_another_time_judge_no_document(pipeline: Pipeline, rule: str) -> None:
    found = outcome(pipeline, rule, {"Ashland": 2021}, Ashland=2027)
    assert [entry.reason for entry in found.not_run] == [
        "the nearest figures (2021) are more than 5 years from the document (2027)"
    ]
    assert found.passed == ()
    near = outcome(pipeline, rule, {"Ashland": 2021}, Ashland=2026)
    assert near.not_run == ()


def test_a_rule_on_a_crowd_names_the_documents_it_could_not_judge(pipeline: Pipeline) -> None:
    figures = {"Ashland": 2021, "Birch": 2021}
    found = outcome(pipeline, "SB003", figures, Ashland=2019, Birch=2030, Cedar=2019, Dale=2019)
    assert [finding.document for finding in found.findings] == ["Ashland.md"]
    assert found.passed == ()
    assert [entry.reason for entry in found.not_run] == [
        "no figures for Cedar (Cedar.md)",
        "no figures for Dale (Dale.md)",
        "the nearest figures (2021) are more than 5 years from the document (2030) (Birch.md)",
    ]


def test_a_text_too_short_to_judge_is_not_found_to_lack_nothing(pipeline: Pipeline) -> None:
    wanting = {
        rule.id: rule
        for rule in RULES.values()
        if "absence" in rule.tags or rule.check.name == "theme-balance"
    }
    assert {"BU003", "FR001", "FR003", "IJ001", "RU001", "SB010"} <= wanting.keys()
    context = RuleContext(
        analyses=(pipeline.analysis("London", "Plan."),),
        taxonomy=pipeline.taxonomy,
        gazetteer=pipeline.gazetteer,
    )
    found = run_rules(list(wanting.values()), context)
    assert found.passed == ()
    assert found.findings == ()
    reasons = {entry.rule: entry.reason for entry in found.not_run}
    assert reasons["FR001"] == "too short to judge: 1 word, 20 needed"
    assert reasons["FR003"] == reasons["IJ001"] == reasons["FR001"]
    assert reasons["SB010"] == "too short to judge: 1 word, 15 needed"
