"""Themes by wordings of our own: what is there is seen, what looks like it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from stratlint.records import DocumentAnalysis
from stratlint.rules import load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.loader import every_rule
from stratlint.rules.schema import Case
from stratlint.rules.themes import Score, load_lexicon
from stratlint.rules.view import View

WORDINGS = yaml.safe_load((Path(__file__).parent / "wordings" / "themes.yaml").read_text("utf-8"))
CASES = [
    pytest.param(theme, sentence, side == "there", id=f"{theme}-{side}-{number}")
    for theme, sides in WORDINGS.items()
    for side, sentences in sides.items()
    for number, sentence in enumerate(sentences)
]


def seen(analysis: DocumentAnalysis, theme: str) -> bool:
    return load_lexicon().score(View(analysis), theme).score is not Score.ABSENT


@pytest.mark.parametrize(("theme", "sentence", "there"), CASES)
def test_a_theme_is_seen_in_other_words(
    theme: str, sentence: str, there: bool, pipeline: Pipeline
) -> None:
    assert seen(pipeline.analysis("Ashland", sentence), theme) is there


EMULATION = yaml.safe_load(
    (Path(__file__).parent / "wordings" / "emulation.yaml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("sentence", "there"),
    [(s, side == "there") for side, sentences in EMULATION.items() for s in sentences],
)
def test_another_place_as_the_model(sentence: str, there: bool, pipeline: Pipeline) -> None:
    rule = next(rule for rule in load_rules() if rule.id == "SB005")
    case = Case(name="made", documents={"Ashland": sentence}, none=True)
    assert bool(run_rules([rule], pipeline.context(rule, case)).findings) is there


RULES = yaml.safe_load((Path(__file__).parent / "wordings" / "rules.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "sentence", "there"),
    [
        pytest.param(name, sentence, side == "there", id=f"{name}-{side}-{number}")
        for name, sides in RULES.items()
        for side, sentences in sides.items()
        for number, sentence in enumerate(sentences)
    ],
)
def test_a_rule_finds_other_words(
    name: str, sentence: str, there: bool, pipeline: Pipeline
) -> None:
    rule = next(rule for rule in every_rule() if rule.id == name)
    rule = replace(rule, rate=None)
    case = Case(name="made", documents={"Ashland": sentence}, none=True)
    assert bool(run_rules([rule], pipeline.context(rule, case)).findings) is there
