"""What the rules say of the briefing from which they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities
from stratlint.records import DocumentAnalysis
from stratlint.rules import RuleContext, load_rules, run_rules
from stratlint.rules.cases import Pipeline


@pytest.mark.shared
def test_the_briefing_answers_its_own_complaints(shared: Path, pipeline: Pipeline) -> None:
    document = read(shared / "data" / "brief" / "making-innovative-places.txt")
    language = analyse_language(document)
    analysis = DocumentAnalysis(
        document=document,
        sentences=language.sentences,
        mentions=language.mentions,
        places=language.places,
        actors=language.actors,
        priorities=rank_priorities(
            document, language.sentences, language.mentions, language.declarations
        ),
    )
    outcome = run_rules(
        load_rules(),
        RuleContext(analyses=(analysis,), taxonomy=pipeline.taxonomy, gazetteer=pipeline.gazetteer),
    )
    # It names nobody who does the analysis, and the need for such people is nobody's task; in
    # all else it speaks of what it asks for. A lone trend without a figure is a matter of style.
    assert {finding.rule for finding in outcome.findings} <= {"SK001", "IJ006", "EV006"}
    themes = next(p for p in outcome.profiles if p.kind == "themes")
    absent = {name for name, fact in themes.facts.items() if fact["score"] == "absent"}
    assert absent <= {"analysts"}
