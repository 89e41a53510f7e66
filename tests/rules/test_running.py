"""Scopes, conditions and themes, on made texts through the whole pipeline."""

from __future__ import annotations

import json

import msgspec

from stratlint.records import DocumentKind, Finding, Kind, Severity
from stratlint.rules import Rule, RuleContext, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.check import Hit
from stratlint.rules.themes import Score
from stratlint.rules.world import World

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}
PROFILES = ["journey", "leadership", "cities", "rural", "network", "themes", "questions"]


def context(pipeline: Pipeline, **texts: str) -> RuleContext:
    return RuleContext(
        analyses=tuple(pipeline.analysis(name, text) for name, text in texts.items()),
        taxonomy=pipeline.taxonomy,
        gazetteer=pipeline.gazetteer,
    )


def said(rule: Rule, given: RuleContext) -> list[str]:
    return [finding.message for finding in run_rules([rule], given).findings]


def test_corpus_rules_are_not_run_on_a_single_draft(pipeline: Pipeline) -> None:
    outcome = run_rules(
        [RULES["SB001"], RULES["TR001"]], context(pipeline, A="A plan of no great length.")
    )
    assert [entry.reason for entry in outcome.not_run] == ["needs a corpus"] * 2
    assert outcome.passed == ()


def test_rules_on_figures_name_the_region_without_any(pipeline: Pipeline) -> None:
    outcome = run_rules([RULES["SB002"]], context(pipeline, Ruritania="A plan."))
    assert [entry.reason for entry in outcome.not_run] == ["no figures for Ruritania"]


def test_only_the_draft_is_spoken_of(pipeline: Pipeline) -> None:
    text = "Our ambition is that the valley will become the Silicon Dale of the north."
    both = context(pipeline, A=text, B=text)
    assert len(run_rules([RULES["SB005"]], both).findings) == 2
    alone = run_rules([RULES["SB005"]], both, only_document="B.md")
    assert [finding.document for finding in alone.findings] == ["B.md"]
    assert {profile.document for profile in alone.profiles} == {"B.md"}


def test_quotations_are_not_the_documents_own_words(pipeline: Pipeline) -> None:
    quoted = "> The valley will become the Silicon Dale of the north.\n\nSo somebody wrote.\n"
    assert said(RULES["SB005"], context(pipeline, A=quoted)) == []


def test_a_heading_of_references_is_passed_over(pipeline: Pipeline) -> None:
    text = "# Plan\n\nFirms share a furnace.\n\n# References\n\nBecoming the Silicon Dale.\n"
    assert said(RULES["SB005"], context(pipeline, A=text)) == []


def test_passing_is_recorded(pipeline: Pipeline) -> None:
    outcome = run_rules([RULES["SB005"]], context(pipeline, A="Firms share a furnace."))
    assert [(entry.rule, entry.document) for entry in outcome.passed] == [("SB005", "A.md")]


def test_theme_scores_rise_with_evidence_and_action(pipeline: Pipeline) -> None:
    steps = {
        "A": "Firms share a furnace.",
        "B": "Rural areas matter to this plan.",
        "C": "Rural areas hold 30 per cent of our firms.",
        "D": "Rural areas will receive a fund of £2 million.",
        "E": "This plan says nothing of rural areas.",
    }
    world = World(context(pipeline, **steps))
    scores = [world.theme(view, "rural").score for view in world.views]
    assert scores == [
        Score.ABSENT,
        Score.CLAIMED,
        Score.EVIDENCED,
        Score.ACTED_ON,
        Score.ABSENT,
    ]


def test_profiles_describe_and_never_grade(pipeline: Pipeline) -> None:
    text = (
        "Two pilots began in 2005. A third trial with barges follows. Newcastle works with York "
        "and Carlisle. The board decides on grants. Rural businesses will have a fund."
    )
    outcome = run_rules([], context(pipeline, **{"North East": text}))
    assert [profile.kind for profile in outcome.profiles] == PROFILES
    by_kind = {profile.kind: profile for profile in outcome.profiles}
    assert by_kind["journey"].value == "C: piloting"
    assert by_kind["network"].facts["beyond"] == ["Carlisle", "York"]
    assert by_kind["network"].facts["inside"] == ["Newcastle"]
    for profile in outcome.profiles:
        assert json.loads(msgspec.json.encode(profile.facts)) == profile.facts
        assert not {"score", "grade", "rank"} & set(profile.facts)


def test_messages_hold_no_braces_from_the_text(pipeline: Pipeline) -> None:
    text = "Our ambition, {0.__class__}, is to become the Silicon Dale of the {north}."
    assert said(RULES["SB005"], context(pipeline, A=text)) == [
        "holds up another place as the model: 'become the Silicon Dale'"
    ]


def test_hits_are_records() -> None:
    assert Hit(holes={}).quotations == ()


def test_a_rule_speaks_once_of_a_document(pipeline: Pipeline) -> None:
    def found(*names: str) -> Finding:
        text = "\n\n".join(f"The {name} are world-class." for name in names)
        (finding,) = run_rules([RULES["SB006"]], context(pipeline, A=text)).findings
        return finding

    three = found("ropes", "bells", "looms")
    assert [q.text for q in three.quotations] == [
        "The ropes are world-class.",
        "The bells are world-class.",
        "The looms are world-class.",
    ]
    assert three.places == 3
    # The finding stays the same while its places come and go, and a place alone is itself.
    assert found("ropes", "bells").fingerprint == three.fingerprint
    assert found("ropes").fingerprint == three.parts[0]


def test_a_rule_is_not_asked_of_what_it_is_not_for(pipeline: Pipeline) -> None:
    text = "The plan covers the nine councils of the region. Each council will publish its own."
    for kind, whole, reason in (
        (Kind.PROSPECTUS, True, "not asked of a prospectus"),
        (Kind.STRATEGY, False, "not asked of an extract or a leaflet"),
    ):
        asked = context(pipeline, A=text)
        made = DocumentKind(kind=kind, confidence=0.9, reason="made", whole=whole)
        analyses = tuple(msgspec.structs.replace(a, kind=made) for a in asked.analyses)
        outcome = run_rules([RULES["FR001"]], msgspec.structs.replace(asked, analyses=analyses))
        assert (outcome.findings, outcome.passed) == ((), ())
        (unasked,) = outcome.not_run
        assert unasked.reason.startswith(reason)
        assert unasked.documents == ("A.md",)
        assert not unasked.asked


def test_what_would_change_most_comes_first(pipeline: Pipeline) -> None:
    text = (
        "The valley will be the next Silicon Valley. Its bells are world-class, as are its ropes."
    )
    rules = [RULES["EV006"], RULES["SB006"], RULES["SB005"], RULES["SK001"]]
    found = run_rules(
        rules, context(pipeline, A=f"{text} Each council will report in spring.")
    ).findings
    assert [f.rank for f in found] == list(range(1, len(found) + 1))
    assert found[0].rule == "SB005"
    assert found[-1].severity is Severity.INFO
