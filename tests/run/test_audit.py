"""The whole audit of the modelled corpus against its gold labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from stratlint.records import AuditResult, Basis, PassageKind, Severity
from stratlint.run.audit import audit
from stratlint.run.corpus import load_corpus
from stratlint.run.run import Run
from stratlint.run.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "corpora" / "english-regions"
GOLD: dict[str, Any] = yaml.safe_load((FOLDER / "gold.yaml").read_text(encoding="utf-8"))
SLUGS = sorted(GOLD["priorities"])

pytestmark = pytest.mark.xdist_group("english-regions")


@pytest.fixture(scope="module")
def result() -> AuditResult:
    with Run(Settings(cache=False, jobs=2, pack="all", preview=True)) as run:
        return audit(load_corpus(FOLDER), run)


def test_every_document_is_read(result: AuditResult) -> None:
    assert result.not_read == ()
    assert len(result.analyses) == 9


@pytest.mark.parametrize("slug", SLUGS)
def test_priorities_and_their_basis(result: AuditResult, slug: str) -> None:
    gold = GOLD["priorities"][slug]
    found = {p.sector for p in result.analysis(f"{slug}.pdf").priorities}
    optional = set(gold.get("optional", ()))
    assert found - optional == set(gold["sectors"]) - optional
    assert not found & set(gold.get("not", ()))
    if gold["basis"] == Basis.DECLARED_LIST:
        wanted = set(gold["sectors"])
        declared = {
            p.sector
            for p in result.analysis(f"{slug}.pdf").priorities
            if p.basis is Basis.DECLARED_LIST
        }
        assert len(declared & wanted) >= len(wanted) / 2


@pytest.mark.parametrize("slug", SLUGS)
def test_priorities_lead_to_a_page_that_declares_them(result: AuditResult, slug: str) -> None:
    analysis = result.analysis(f"{slug}.pdf")
    for sector, labels in GOLD["priorities"][slug]["sectors"].items():
        priority = analysis.priority(sector)
        assert priority is not None, sector
        pages = {quotation.page_label for quotation in priority.evidence}
        assert pages & {str(label) for label in labels}, (sector, pages)
        for quotation in priority.evidence:
            span = analysis.document.text[quotation.start : quotation.end]
            assert span.split()[:3] == quotation.text.split()[:3]
            assert analysis.document.page_at(quotation.start).label == quotation.page_label


@pytest.mark.parametrize("passage", GOLD["shared_passages"], ids=lambda p: str(p["id"]))
def test_shared_passages(result: AuditResult, passage: dict[str, Any]) -> None:
    assert result.comparison is not None
    wanted = {f"{slug}.pdf" for slug in passage["holders"]}
    best = max(
        result.comparison.passages, key=lambda p: len(wanted & {h.document for h in p.holdings})
    )
    candidates = [
        p for p in result.comparison.passages if wanted <= {h.document for h in p.holdings}
    ]
    assert candidates, [h.document for h in best.holdings]
    right = [p for p in candidates if p.kind is PassageKind(passage["kind"])]
    assert right, [p.kind for p in candidates]
    assert any(p.template == passage.get("template", False) for p in right)
    pages = {(h.document, h.quotation.page_label) for p in right for h in p.holdings}
    assert pages >= {(f"{slug}.pdf", str(label)) for slug, label in passage["holders"].items()}


@pytest.mark.parametrize("slug", sorted(GOLD["rules"]))
def test_rule_families_fire_and_stay_silent(result: AuditResult, slug: str) -> None:
    families = {
        f.family
        for f in result.findings
        if f.document == f"{slug}.pdf" and f.severity is not Severity.INFO
    }
    gold = GOLD["rules"][slug]
    assert set(gold["fires"]) <= families
    assert not set(gold["silent"]) & families


def test_the_good_example_has_nothing_to_mend(result: AuditResult) -> None:
    found = [
        (f.rule, f.message)
        for f in result.findings
        if f.document == "east-of-england.pdf" and f.severity is not Severity.INFO
    ]
    assert found == []


def test_eight_of_nine_prioritise_life_sciences(result: AuditResult) -> None:
    holders = {a.document.source for a in result.analyses if a.priority("life_sciences")}
    assert len(holders) == 8
    assert "london.pdf" not in holders


def test_copying_without_local_evidence_is_named(result: AuditResult) -> None:
    named = {
        f.document for f in result.findings if f.sector == "life_sciences" and f.rule == "SB003"
    }
    assert named == {f"{slug}.pdf" for slug in GOLD["life_sciences_without_evidence"]}
