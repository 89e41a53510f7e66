"""One suite over every rule: what each must be, say and show."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from stratlint.records import Finding
from stratlint.rules import Rule, RuleOverrides, load_rules, run_rules
from stratlint.rules.cases import Pipeline, faults_of, run_cases
from stratlint.rules.check import COMMON_HOLES, MANY_HOLES
from stratlint.rules.checks import CHECKS
from stratlint.rules.loader import ENOUGH, TRUSTED
from stratlint.rules.pages import as_data, as_page, as_text
from stratlint.rules.schema import FAMILIES, Case, check_message, json_schema

RULES = load_rules(include_preview=True)
SCHEMA = Path(__file__).parents[2] / "rules" / "schema" / "rule.json"
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def firing(rule: Rule, pipeline: Pipeline) -> tuple[Finding, ...]:
    case = next(case for case in rule.tests if case.want)
    return run_rules([rule], pipeline.context(rule, case)).findings


@each_rule
def test_cases_pass_and_cover_the_rule(rule: Rule, pipeline: Pipeline) -> None:
    results = run_cases(rule, pipeline)
    assert [result for result in results if not result.passed] == []
    assert faults_of(rule, results) == ()


@each_rule
def test_says_why_and_what_to_do(rule: Rule) -> None:
    assert rule.family in FAMILIES
    assert rule.path is not None
    assert rule.path.name == f"{rule.id}-{rule.name}.yaml"
    assert rule.path.parent.name == rule.family
    assert rule.known_false_alarms
    assert rule.references
    assert rule.tags
    for message in (rule.message, rule.message_many or ""):
        check_message(message, {**COMMON_HOLES, **MANY_HOLES, **rule.check.holes})


@each_rule
def test_findings_carry_their_evidence(rule: Rule, pipeline: Pipeline) -> None:
    findings = firing(rule, pipeline)
    assert findings
    for finding in findings:
        assert finding.rule == rule.id
        assert finding.severity is rule.severity
        assert "{" not in finding.message
        absence = "absence" in rule.tags or rule.id == "SB011"
        assert finding.quotations or finding.figures or absence
        for quotation in finding.quotations:
            assert len(quotation.text) <= 320
            assert all(0 <= a < b <= len(quotation.text) for a, b in quotation.marks)
        for figure in finding.figures:
            assert figure.source
            assert figure.year


@each_rule
def test_fingerprints_survive_a_new_layout(rule: Rule, pipeline: Pipeline) -> None:
    case = next(case for case in rule.tests if case.want)
    before, after = (
        {f.fingerprint for f in run_rules([rule], pipeline.context(rule, moved)).findings}
        for moved in (_headed(case, "# A title"), _headed(case, "# A title\n\n## New chapter"))
    )
    assert before == after


def _headed(case: Case, heading: str) -> Case:
    texts = {name: f"{heading}\n\n{text}" for name, text in case.documents.items()}
    return case.model_copy(update={"documents": texts})


@each_rule
def test_runs_the_same_twice(rule: Rule, pipeline: Pipeline) -> None:
    assert firing(rule, pipeline) == firing(rule, pipeline)


@each_rule
def test_fits_the_published_schema(rule: Rule) -> None:
    assert rule.path is not None
    given = yaml.safe_load(rule.path.read_text("utf-8"))
    _published().validate(given)


@functools.cache
def _published() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


@each_rule
def test_is_explained_in_every_form(rule: Rule) -> None:
    assert rule.fix.strip() in as_text(rule)
    assert json.loads(json.dumps(as_data(rule)))["id"] == rule.id
    page = as_page(rule)
    assert page.startswith(f"# {rule.id}")
    assert "How far to trust it" in page


@each_rule
def test_untrusted_rules_are_off(rule: Rule) -> None:
    if rule.judged >= ENOUGH:
        assert rule.preview is (rule.right / rule.judged < TRUSTED)
    on = rule.id in {r.id for r in load_rules(None, RuleOverrides(pack="all"))}
    assert on is not rule.preview


@each_rule
def test_says_whom_it_asks_and_what_would_change(rule: Rule) -> None:
    assert rule.scope.kinds
    assert "changes" in rule.given
    assert "pack" in rule.given


def test_published_schema_is_up_to_date() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == json_schema()


def test_every_family_has_its_rules() -> None:
    assert {rule.family for rule in RULES} == set(FAMILIES)


def test_every_check_is_used() -> None:
    assert {rule.check.name for rule in RULES} == set(CHECKS)
