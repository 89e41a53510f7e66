"""Two documents of one region: each is spoken of, and the region counts once."""

from __future__ import annotations

import msgspec

from stratlint.records import DocumentAnalysis
from stratlint.rules import RuleContext, RuleOutcome, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.schema import Case
from stratlint.rules.timely import LARGER

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}
CHOICE = "Our priority sectors are:\n\n- biotechnology\n- aerospace\n- tourism\n"


def analyses(pipeline: Pipeline, texts: dict[str, str]) -> tuple[DocumentAnalysis, ...]:
    """Made texts; the region of 'Ashland 2' is Ashland."""
    return tuple(
        msgspec.structs.replace(
            a, document=msgspec.structs.replace(a.document, region=name.split(" ")[0])
        )
        for name, text in texts.items()
        for a in (pipeline.analysis(name, text),)
    )


def outcome(pipeline: Pipeline, rule: str, texts: dict[str, str]) -> RuleOutcome:
    made = analyses(pipeline, texts)
    figures = {name.split(" ")[0]: {"life_sciences": 0.4} for name in texts}
    case = Case.model_validate(
        {"name": "made", "documents": {"x": "x"}, "evidence": figures, "none": True}
    )
    context = msgspec.structs.replace(pipeline.context(RULES[rule], case), analyses=made)
    return run_rules([RULES[rule]], compared(context, rule))


def compared(context: RuleContext, rule: str) -> RuleContext:
    from stratlint.comparison import compare

    if "comparison" not in RULES[rule].check.needs:
        return context
    return msgspec.structs.replace(context, comparison=compare(context.analyses))


def test_each_document_of_a_region_has_its_own_finding(pipeline: Pipeline) -> None:
    texts = {"Ashland 1": CHOICE, "Ashland 2": CHOICE, "Birch": CHOICE}
    found = outcome(pipeline, "SB003", texts)
    assert sorted(f.document or "" for f in found.findings) == [
        "Ashland 1.md",
        "Ashland 2.md",
        "Birch.md",
    ]
    assert found.passed == ()


def test_a_region_with_two_documents_counts_once(pipeline: Pipeline) -> None:
    lists = "Our priority sectors are:\n\n- {}\n- {}\n"
    texts = {
        "Ashland 1": lists.format("biotechnology", "aerospace"),
        "Ashland 2": lists.format("biotechnology", "logistics"),
        "Birch": lists.format("biotechnology", "tourism"),
        "Cedar": lists.format("ceramics", "chemicals"),
    }
    (about,) = outcome(pipeline, "SB001", texts).findings
    assert about.message.endswith("is a priority in 2 of 3 regions: Ashland, Birch")
    (here, *_) = outcome(pipeline, "SB003", texts).findings
    assert "is a priority here, as in 2 of 3 regions, but" in here.message


def test_two_documents_of_one_region_are_no_crowd(pipeline: Pipeline) -> None:
    alone = {"Ashland 1": CHOICE, "Ashland 2": CHOICE, "Ashland 3": CHOICE}
    assert outcome(pipeline, "SB001", alone).findings == ()


def test_a_region_is_not_held_against_itself(pipeline: Pipeline) -> None:
    lists = {
        case.name: case.documents for case in RULES["SB008"].tests if case.name.startswith("fires")
    }
    (texts,) = lists.values()
    assert len(outcome(pipeline, "SB008", dict(texts)).findings) == 2
    renamed = {{"A": "Ashland 1", "B": "Ashland 2"}.get(k, k): v for k, v in texts.items()}
    assert outcome(pipeline, "SB008", renamed).findings == ()


def test_figures_of_a_whole_region_judge_no_district_of_it(pipeline: Pipeline) -> None:
    texts = {
        "London": f"# Wealdmere District Strategy\n\nThe district council decides.\n\n{CHOICE}",
        "Birch": f"# Birch Strategy\n\n{CHOICE}",
        "Cedar": CHOICE,
    }
    found = outcome(pipeline, "SB003", texts)
    assert sorted(f.document or "" for f in found.findings) == ["Birch.md", "Cedar.md"]
    assert [entry.reason for entry in found.not_run] == [f"{LARGER} (London.md)"]


def test_who_wrote_a_passage_first_has_it_from_nobody(pipeline: Pipeline) -> None:
    (texts,) = (c.documents for c in RULES["TR001"].tests if c.name == "fires on a copied passage")
    pair = analyses(pipeline, {"Ashland": texts["A"], "Birch": texts["B"]})
    case = Case.model_validate({"name": "made", "documents": dict(texts), "none": True})
    context = pipeline.context(RULES["TR001"], case)

    def told(*years: int | None) -> list[str]:
        dated = tuple(
            msgspec.structs.replace(a, document=msgspec.structs.replace(a.document, year=year))
            for a, year in zip(pair, years, strict=True)
        )
        made = compared(msgspec.structs.replace(context, analyses=dated), "TR001")
        return sorted(f.region or "" for f in run_rules([RULES["TR001"]], made).findings)

    assert told(2006, 2009) == ["Birch"]
    assert told(2009, 2006) == ["Ashland"]
    assert told(2006, 2006) == ["Ashland", "Birch"]
    assert told(2006, None) == ["Ashland", "Birch"]
