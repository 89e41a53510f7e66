"""What a document's page says of its own area: figures beside the region's, and the boundary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stratlint
from stratlint.records import AuditResult
from stratlint.reporting.html.area import area_view
from stratlint.reporting.html.report import pages
from stratlint.reporting.index import Index
from stratlint.workers.execution import InlineExecutor

PLAN = """# An economic plan for Oxfordshire

Adopted March 2019

Bicester, Banbury, Didcot, Witney, Abingdon, Thame and Oxford work together on skills.

## Our priorities

Our priority sectors are:

- digital industries
- life sciences
- education

Harwell and Culham hold laboratories; Bicester and Banbury hold works. Wages rose in Oxford.
{}
"""


def audited(folder: Path, plan: str, area: str = "Oxfordshire") -> AuditResult:
    (folder / "plan.md").write_text(plan, encoding="utf-8")
    manifest = f'documents:\n  - {{file: plan.md, area: "{area}", kind: strategy}}\n'
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return stratlint.audit(folder, executor=InlineExecutor(), cache=False)


def section(result: AuditResult, title: str) -> str:
    """A section of the document's page, from its heading to the next, as words."""
    page = next(text for name, text in pages(result, None).items() if "/region-" in name)
    found = re.search(rf"<h2>{title}</h2>(.*?)<h2>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else ""


@pytest.fixture(scope="module")
def oxfordshire(tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    return audited(tmp_path_factory.mktemp("plan"), PLAN.format(""))


def test_own_figures_stand_beside_the_regions_where_they_disagree(oxfordshire: AuditResult) -> None:
    index = Index(oxfordshire)
    view = area_view(index, oxfordshire.analyses[0])
    assert view is not None
    rows = {row.name: row for row in view.rows}
    life = rows["Life sciences"]
    assert life.claimed
    assert life.own is None, "pharmaceuticals and research lie in wider industries at this size"
    assert life.wider is not None
    assert life.wider.level == "ITL2"
    # Education is strong in the county and about average in the region.
    education = rows["Education as a sector"]
    assert education.own is not None
    assert education.regional is not None
    assert education.own.value > 1.5 > 1.25 > education.regional.value
    words = section(oxfordshire, "The place’s own figures")
    assert "Measured as Oxfordshire (county), by ITL3 areas, against England." in words
    assert "Not to be told apart at this size." in words
    assert f"{education.own.value:.2f} strong ( GVA, 2019 )" in words
    assert f"{education.regional.value:.2f} above average ( GVA, 2019 )" in words


def test_the_boundary_names_who_is_beyond_and_whether_as_a_partner(
    oxfordshire: AuditResult, tmp_path: Path
) -> None:
    words = section(oxfordshire, "What the boundary cuts")
    assert "shares labour markets with Northamptonshire, and the document never names it" in words
    assert "Banbury Oxfordshire (inside) 67% – Northamptonshire 31% never" in words
    named = audited(tmp_path, PLAN.format("Wages in Northamptonshire are lower."))
    assert "Northamptonshire 31% in passing" in section(named, "What the boundary cuts")
    partner = PLAN.format("We will work together with Northampton on a science park.")
    words = section(audited(tmp_path, partner), "What the boundary cuts")
    assert "Northamptonshire 31% as partner" in words
    assert "never names" not in words


def test_a_district_has_the_figures_of_what_holds_it_and_no_boundary(tmp_path: Path) -> None:
    plan = PLAN.format("").replace("Oxfordshire", "Cherwell")
    result = audited(tmp_path, plan, "Cherwell (district)")
    words = section(result, "The place’s own figures")
    assert "The figures are those of Oxfordshire, which holds it" in words
    assert "No figures tell what the boundary of Cherwell cuts" in words
    assert not section(result, "What the boundary cuts")


def test_a_region_has_its_labour_markets_folded_and_no_second_figures(tmp_path: Path) -> None:
    plan = PLAN.format("").replace("Oxfordshire", "the South East")
    result = audited(tmp_path, plan, "South East")
    assert not section(result, "The place’s own figures")
    page = next(text for name, text in pages(result, None).items() if "/region-" in name)
    assert "Labour markets that its boundary cuts" in page
