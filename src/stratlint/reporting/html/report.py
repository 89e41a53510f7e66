"""The report: one self-contained page, or an index with a page for each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from stratlint.records import AuditResult, Finding, RuleCard
from stratlint.reporting.html.matrix import matrix, panels
from stratlint.reporting.html.page import fill
from stratlint.reporting.html.pageimages import PageImages
from stratlint.reporting.html.passages import anchors, shared
from stratlint.reporting.html.profiles import themes
from stratlint.reporting.html.region import RegionView, grouped, region
from stratlint.reporting.html.similar import similar
from stratlint.reporting.html.tiles import tiles
from stratlint.reporting.index import Index
from stratlint.reporting.summary import summarise
from stratlint.tables.schema import Table, documents_table

SPLIT_ABOVE = 1000
MOST_LINKS = 60
INDEX = "report.html"
FINDINGS = "report-findings.html"


class Links:
    """Where things are: on this page, or on another of a split report."""

    def __init__(self, index: Index, *, split: bool, here: str) -> None:
        self._index = index
        self._split = split
        self._here = here

    def page(self, source: str | None) -> str:
        """File of the page that holds a document's section; of the index for None."""
        if not self._split or self._index.analysis(source) is None:
            return INDEX
        return f"report-{self._index.slug(str(source))}.html"

    def to(self, source: str | None, anchor: str) -> str:
        """A link to an id in a document's section."""
        return self.within(self.page(source), anchor)

    def within(self, page: str, anchor: str) -> str:
        """A link to an id on a page of the report."""
        return f"#{anchor}" if page == self._here else f"{page}#{anchor}"

    def region(self, source: str) -> str:
        """A link to a document's section."""
        return self.to(source, f"region-{self._index.slug(source)}")

    def finding(self, finding: Finding) -> str:
        """A link to a finding by its fingerprint."""
        anchor = self._index.anchor(finding)
        if finding.suppressed is not None:
            return self.within(FINDINGS if self._split else INDEX, anchor)
        return self.to(finding.document, anchor)

    def rule(self, rule: str) -> str:
        """A link to a rule's entry on the index."""
        return self.within(INDEX, rule_anchor(rule))

    def section(self, name: str) -> str:
        """A link to a section of the index."""
        if self._split and name == "findings":
            return self.within(FINDINGS, name)
        return self.within(INDEX, name)


def rule_anchor(rule: str) -> str:
    """The id of a rule's entry."""
    return "rule-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in rule)


def render(result: AuditResult) -> str:
    """The whole report on one page, whatever its length; links as in ``AuditResult.files``."""
    return pages(result, None, split=False)[INDEX]


def pages(
    result: AuditResult,
    directory: Path | None,
    *,
    split: bool | None = None,
    page_images: bool = False,
) -> Mapping[str, str]:
    """Pages of the report by file name; links to documents are relative to ``directory``."""
    index = Index(result, directory)
    if split is None:
        split = len(result.findings) > SPLIT_ABOVE and len(result.analyses) > 1
    images = PageImages(result, on=page_images)
    made = {INDEX: _index_page(index, images, split=split)}
    if split:
        found, nav = anchors(shared(index)), documents_of(index)
        made[FINDINGS] = fill(
            "findings.html.jinja",
            **common_values(index, images, split=True, here=FINDINGS, passages=found),
        )
        for analysis in index.ordered:
            name = f"report-{index.slug(analysis.document.source)}.html"
            common = common_values(index, images, split=True, here=name, passages=found)
            common["near"] = _near(nav, analysis.document.source)
            made[name] = fill("region.html.jinja", view=region(index, analysis), **common)
    return made


def documents_of(index: Index) -> list[tuple[str, str]]:
    """Label and source of every document, in the order of the report."""
    return [(index.label(a.document.source), a.document.source) for a in index.ordered]


def common_values(
    index: Index,
    images: PageImages,
    *,
    split: bool,
    here: str,
    passages: Mapping[tuple[str, int, int], str] | None = None,
) -> dict[str, object]:
    """What every page needs; ``passages`` are the ids of shared passages, where they are known."""
    result = index.result
    return {
        "result": result,
        "index": index,
        "links": Links(index, split=split, here=here),
        "images": images,
        "split": split,
        "here": here,
        "nav": documents_of(index),
        "rule_anchor": rule_anchor,
        "figures_here": True,
        "passage_anchors": anchors(shared(index)) if passages is None else passages,
    }


def _near(nav: list[tuple[str, str]], source: str) -> list[tuple[str, str]]:
    """Links of a document's page: all documents, or where they are many its neighbours.

    A thousand pages with a thousand links each would be half of the report.
    """
    if len(nav) <= MOST_LINKS:
        return nav
    at = next(number for number, (_, name) in enumerate(nav) if name == source)
    first = max(0, min(at - MOST_LINKS // 2, len(nav) - MOST_LINKS))
    return nav[first : first + MOST_LINKS]


def _index_page(index: Index, images: PageImages, *, split: bool) -> str:
    result = index.result
    views: list[RegionView] = [] if split else [region(index, a) for a in index.ordered]
    return fill(
        "report.html.jinja",
        **common_values(index, images, split=split, here=INDEX),
        statements=summarise(index),
        tiles=tiles(index),
        documents=documents_table(result),
        document_rows=_document_rows(index, documents_table(result)),
        matrix=matrix(index),
        panels=panels(index),
        similar=similar(index),
        shared=shared(index),
        views=views,
        themes=themes(index),
        corpus=grouped(index.findings(None)),
        corpus_passed=[p for p in result.passed if index.analysis(p.document) is None],
        rules=_rules(index),
        sector_codes=_sector_codes(index),
        quotient_sources=_quotient_sources(index),
        downloads=_downloads(),
    )


def _document_rows(index: Index, table: Table) -> list[tuple[str, dict[str, object]]]:
    """Rows of the documents' table by column name, each with its source."""
    names = [column.name for column in table.columns]
    return [
        (analysis.document.source, dict(zip(names, row, strict=True)))
        for analysis, row in zip(index.ordered, table.rows, strict=True)
    ]


def _rules(index: Index) -> list[tuple[RuleCard, int]]:
    """Rules in force with the number of findings that stand."""
    counts = Counter(f.rule for f in index.live)
    return [(rule, counts[rule.id]) for rule in index.result.rules]


def _sector_codes(index: Index) -> list[tuple[str, str]]:
    """Sectors with the codes that were counted for them."""
    found: dict[str, set[str]] = {}
    comparison = index.result.comparison
    for quotient in comparison.quotients if comparison else ():
        found.setdefault(quotient.sector, set()).update(quotient.codes)
    named = ((index.result.sector_name(s), ", ".join(sorted(c))) for s, c in found.items())
    return sorted(named)


def _quotient_sources(index: Index) -> list[str]:
    """The tables that quotients were worked out from."""
    comparison = index.result.comparison
    quotients = comparison.quotients if comparison else ()
    return sorted({f"{q.source} ({q.measure})" for q in quotients})


def _downloads() -> list[tuple[str, str]]:
    """Files that every audit writes beside the report."""
    from stratlint.reporting import FORMATS

    return [(f.filename, f.summary) for name, f in FORMATS.items() if f.always and name != "html"]
