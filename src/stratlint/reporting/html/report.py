"""The report: a folder of small pages behind one that answers, or all of it in one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from stratlint.records import AuditResult, Finding, RuleCard
from stratlint.reporting.html.matrix import matrix, panels
from stratlint.reporting.html.overview import overview
from stratlint.reporting.html.page import fill
from stratlint.reporting.html.pageimages import PageImages
from stratlint.reporting.html.passages import Shared, anchors, shared
from stratlint.reporting.html.profiles import themes
from stratlint.reporting.html.region import grouped, region
from stratlint.reporting.html.scatter import scatter
from stratlint.reporting.html.similar import similar
from stratlint.reporting.html.tiles import tallies, tiles
from stratlint.reporting.index import Index

FOLDER = "report"
INDEX = "index.html"
ONE_FILE = "report.html"
MOST_LINKS = 60
"""Links to other documents on a document's page: a thousand pages with a thousand links each
would be half of the report."""
PAGES: Mapping[str, tuple[str, str]] = {
    INDEX: ("Overview", "index.html.jinja"),
    "sectors.html": ("Sectors", "sectors.html.jinja"),
    "passages.html": ("Copied text", "passages.html.jinja"),
    "likeness.html": ("Likeness", "likeness.html.jinja"),
    "findings.html": ("Findings", "findings.html.jinja"),
    "method.html": ("Rules", "method.html.jinja"),
}
"""The pages of a folder, in the order of its navigation: title and template."""
_HOMES: Mapping[str, str] = {
    "overview": INDEX,
    "documents": INDEX,
    "popularity": "sectors.html",
    "matrix": "sectors.html",
    "strength": "sectors.html",
    "passages": "passages.html",
    "passage": "passages.html",
    "similarity": "likeness.html",
    "themes": "likeness.html",
    "findings": "findings.html",
    "corpus": "findings.html",
    "method": "method.html",
    "codes": "method.html",
    "glossary": "method.html",
    "source": "method.html",
    "rule": "method.html",
    "downloads": "method.html",
}
"""Which page has a section, by the first word of the section's id."""


class Links:
    """Where things are: on this page, or on another of the report.

    ``root`` is where the pages lie for one that does not lie among them.
    """

    def __init__(self, index: Index, *, one_file: bool, here: str, root: str = "") -> None:
        self._index = index
        self._root = root
        self._one_file = one_file
        self._here = here

    def page(self, source: str | None) -> str:
        """File of the page that holds a document's section; of all findings for None."""
        if self._one_file:
            return ONE_FILE
        if self._index.analysis(source) is None:
            return _HOMES["corpus"]
        return region_file(self._index, str(source))

    def to(self, source: str | None, anchor: str) -> str:
        """A link to an id in a document's section."""
        return self.within(self.page(source), anchor)

    def within(self, page: str, anchor: str) -> str:
        """A link to an id on a page of the report."""
        return f"#{anchor}" if page == self._here else f"{self._root}{page}#{anchor}"

    def home(self) -> str:
        """A link to the first page."""
        return ONE_FILE if self._one_file else INDEX

    def region(self, source: str) -> str:
        """A link to a document's section."""
        return self.to(source, f"region-{self._index.slug(source)}")

    def finding(self, finding: Finding) -> str:
        """A link to a finding by its fingerprint."""
        anchor = self._index.anchor(finding)
        if finding.suppressed is not None:
            return self.within(ONE_FILE if self._one_file else _HOMES["findings"], anchor)
        return self.to(finding.document, anchor)

    def rule(self, rule: str) -> str:
        """A link to a rule's entry."""
        return self.section(rule_anchor(rule))

    def section(self, name: str) -> str:
        """A link to a section of the report by its id."""
        page = _HOMES.get(name) or _HOMES[name.partition("-")[0]]
        return self.within(ONE_FILE if self._one_file else page, name)

    def chart(self, name: str, kind: str) -> str:
        """A link to a chart's own file; nothing in one file, which has none beside it."""
        return "" if self._one_file else f"charts/{name}.{kind}"

    def download(self, name: str) -> str:
        """A link to a file that an audit writes beside the report."""
        return name if self._one_file else f"../{name}"


def rule_anchor(rule: str) -> str:
    """The id of a rule's entry."""
    return "rule-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in rule)


def region_file(index: Index, source: str) -> str:
    """The file of a document's page."""
    return f"region-{index.slug(source)}.html"


def render(result: AuditResult) -> str:
    """The whole report in one file; links as in ``AuditResult.files``."""
    return pages(result, None, one_file=True)[ONE_FILE]


def pages(
    result: AuditResult,
    directory: Path | None,
    *,
    one_file: bool = False,
    page_images: bool = False,
    excerpts: Mapping[tuple[str, int], str] | None = None,
) -> Mapping[str, str]:
    """Pages of the report by their path in ``directory``, to which links are relative.

    A folder ``report`` with an index, or with ``one_file`` one page that goes by mail.
    ``excerpts`` are links by document and page that stand in for the files.
    """
    inside = directory / FOLDER if directory is not None and not one_file else directory
    index = Index(result, inside, excerpts)
    images = PageImages(result, on=page_images)
    found = shared(index)
    views = _views(index, found)
    at = anchors(found)
    if one_file:
        common = common_values(index, images, one_file=True, here=ONE_FILE, passages=at)
        common["views"] = [region(index, a) for a in index.ordered]
        return {ONE_FILE: fill("report.html.jinja", **views, **common)}
    made = {}
    for name, (_, template) in PAGES.items():
        common = common_values(index, images, one_file=False, here=name, passages=at)
        made[f"{FOLDER}/{name}"] = fill(template, **views, **common)
    nav = documents_of(index)
    for analysis in index.ordered:
        name = region_file(index, analysis.document.source)
        common = common_values(index, images, one_file=False, here=name, passages=at)
        near = _near(nav, analysis.document.source)
        view = region(index, analysis)
        made[f"{FOLDER}/{name}"] = fill("region.html.jinja", view=view, near=near, **common)
    return made


def first_screen(result: AuditResult, root: str) -> dict[str, object]:
    """What the sections of the first page show, for a page that does not lie among the others."""
    index = Index(result)
    counts = tallies(index)
    return {
        "result": result,
        "index": index,
        "links": Links(index, one_file=False, here="", root=root),
        "overview": overview(index, shared(index)),
        "tiles": tiles(index),
        "tallies": counts,
        "with_figures": any(t.measured for t in counts.values()),
    }


def documents_of(index: Index) -> list[tuple[str, str]]:
    """Label and source of every document, in the order of the report."""
    return [(index.label(a.document.source), a.document.source) for a in index.ordered]


def common_values(
    index: Index,
    images: PageImages,
    *,
    one_file: bool,
    here: str,
    passages: Mapping[tuple[str, int, int], str],
) -> dict[str, object]:
    """What every page needs; ``passages`` are the ids of shared passages by document and span."""
    return {
        "result": index.result,
        "index": index,
        "links": Links(index, one_file=one_file, here=here),
        "images": images,
        "one_file": one_file,
        "here": here,
        "menu": [] if one_file else [(name, title) for name, (title, _) in PAGES.items()],
        "nav": documents_of(index),
        "rule_anchor": rule_anchor,
        "figures_here": True,
        "rules_here": True,
        "passage_anchors": passages,
    }


def _near(nav: list[tuple[str, str]], source: str) -> list[tuple[str, str]]:
    """Links of a document's page: all documents, or where they are many its neighbours."""
    if len(nav) <= MOST_LINKS:
        return nav
    at = next(number for number, (_, name) in enumerate(nav) if name == source)
    first = max(0, min(at - MOST_LINKS // 2, len(nav) - MOST_LINKS))
    return nav[first : first + MOST_LINKS]


def _views(index: Index, found: Shared) -> dict[str, object]:
    """What the sections show that are about all documents; ``found`` are the shared passages."""
    result = index.result
    counts = tallies(index)
    return {
        "overview": overview(index, found),
        "by_rule": _by_rule(index),
        "tiles": tiles(index),
        "tallies": counts,
        "with_figures": any(t.measured for t in counts.values()),
        "matrix": matrix(index),
        "panels": panels(index),
        "scatter": scatter(index),
        "similar": similar(index),
        "shared": found,
        "themes": themes(index),
        "corpus": grouped(index.findings(None)),
        "corpus_passed": [p for p in result.passed if index.analysis(p.document) is None],
        "rules": _rules(index),
        "sector_codes": _sector_codes(index),
        "references": _references(index),
        "quotient_sources": _quotient_sources(index),
        "downloads": _downloads(),
    }


def _rules(index: Index) -> list[tuple[RuleCard, int]]:
    """Rules in force with the number of findings that stand, the busiest first."""
    counts = Counter(f.rule for f in index.live)
    return sorted(((r, counts[r.id]) for r in index.result.rules), key=lambda one: -one[1])


def _by_rule(index: Index) -> list[tuple[str, str, list[int]]]:
    """Rules that found something: id, name, findings on each document, and on all together.

    Nothing where the documents are more than a table can show.
    """
    if not 1 < len(index.ordered) <= MOST_LINKS:
        return []
    counts = Counter((f.rule, index.label(f.document)) for f in index.live)
    names = {f.rule: f.name for f in index.live}
    labels = [label for label, _ in documents_of(index)]
    rows = [
        (rule, name, [*(counts[rule, label] for label in labels)]) for rule, name in names.items()
    ]
    totals = Counter(f.rule for f in index.live)
    rows.sort(key=lambda row: (-totals[row[0]], row[0]))
    return [(rule, name, [*found, totals[rule]]) for rule, name, found in rows]


def _sector_codes(index: Index) -> list[tuple[str, str]]:
    """Sectors with the codes that were counted for them."""
    found: dict[str, set[str]] = {}
    comparison = index.result.comparison
    for quotient in comparison.quotients if comparison else ():
        found.setdefault(quotient.sector, set()).update(quotient.codes)
    named = ((index.result.sector_name(s), ", ".join(sorted(c))) for s, c in found.items())
    return sorted(named)


def _references(index: Index) -> list[str]:
    """What quotients were set against: England, or the United Kingdom."""
    comparison = index.result.comparison
    return sorted({q.reference for q in (comparison.quotients if comparison else ())} - {""})


def _quotient_sources(index: Index) -> list[str]:
    """The tables that quotients were worked out from."""
    comparison = index.result.comparison
    quotients = comparison.quotients if comparison else ()
    return sorted({f"{q.source} ({q.measure})" for q in quotients})


def _downloads() -> list[tuple[str, str]]:
    """Files that every audit writes beside the report."""
    from stratlint.reporting import FORMATS

    return [(f.filename, f.summary) for name, f in FORMATS.items() if f.always and name != "html"]
