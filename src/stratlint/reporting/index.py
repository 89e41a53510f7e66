"""Find things in an audit result by the names that its parts use for them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from stratlint.records import (
    AuditResult,
    CheckPassed,
    DocumentAnalysis,
    Figure,
    Finding,
    Fit,
    Keyword,
    Profile,
    Quotient,
    Similarity,
    quotients_of,
)
from stratlint.reporting.hygiene import one_line
from stratlint.resources import real

LIKELY = 0.05
"""Corrected p below which a likeness is called unusual: of those called so, one in twenty may be
chance."""


class Index:
    """Look-ups over one audit result, made once and shared by the views of it.

    A document answers to its source name and, where no other document bears it, to its
    region: parts of a comparison may use either.
    """

    def __init__(
        self,
        result: AuditResult,
        directory: Path | None = None,
        excerpts: Mapping[tuple[str, int], str] | None = None,
    ) -> None:
        """``excerpts`` are links to copies of single pages, which stand in for the files."""
        self.result = result
        self.directory = directory
        self._excerpts = excerpts
        self._figure_sectors: dict[str, frozenset[str]] = {}
        self._quotients: dict[tuple[str, int | None], dict[str, list[Quotient]]] = {}

    @cached_property
    def ordered(self) -> tuple[DocumentAnalysis, ...]:
        """The documents in the order of the comparison (like beside like), else as read."""
        comparison = self.result.comparison
        named = (self.analysis(name) for name in (comparison.order if comparison else ()))
        found = [*(a for a in named if a is not None), *self.result.analyses]
        return tuple({id(a): a for a in found}.values())

    @cached_property
    def _by_name(self) -> dict[str, DocumentAnalysis]:
        found = {a.name: a for a in reversed(self.result.analyses)}
        return found | {a.document.source: a for a in self.result.analyses}

    @cached_property
    def passed(self) -> dict[str, tuple[CheckPassed, ...]]:
        """The rules that found nothing to say of a document, by its source name."""
        found: dict[str, list[CheckPassed]] = {}
        for item in self.result.passed:
            analysis = self.analysis(item.document)
            if analysis is not None:
                found.setdefault(analysis.document.source, []).append(item)
        return {source: tuple(items) for source, items in found.items()}

    @cached_property
    def keywords(self) -> dict[str, tuple[Keyword, ...]]:
        """The keywords of each document, by its source name."""
        found: dict[str, list[Keyword]] = {}
        comparison = self.result.comparison
        for word in comparison.keywords if comparison else ():
            analysis = self.analysis(word.document)
            if analysis is not None:
                found.setdefault(analysis.document.source, []).append(word)
        return {source: tuple(words) for source, words in found.items()}

    def analysis(self, name: str | None) -> DocumentAnalysis | None:
        """The document that goes by a name, or None."""
        return self._by_name.get(name) if name is not None else None

    @cached_property
    def _labels(self) -> dict[str, str]:
        seen: dict[str, int] = {}
        for a in self.result.analyses:
            seen[a.name] = seen.get(a.name, 0) + 1
        return {
            a.document.source: a.name if seen[a.name] == 1 else f"{a.name} ({a.document.source})"
            for a in self.result.analyses
        }

    def label(self, name: str | None) -> str:
        """What the report calls a document: its region, with the file where two share one."""
        analysis = self.analysis(name)
        if analysis is None:
            return one_line(name) if name else "All documents"
        return one_line(self._labels[analysis.document.source])

    @cached_property
    def _slugs(self) -> dict[str, str]:
        taken: dict[str, str] = {}
        for number, a in enumerate(self.result.analyses, 1):
            slug = slugify(a.name) or f"document-{number}"
            taken[a.document.source] = f"{slug}-{number}" if slug in taken.values() else slug
        return taken

    def slug(self, name: str) -> str:
        """A short name for ids and file names: a–z, 0–9 and hyphens."""
        analysis = self.analysis(name)
        return self._slugs[analysis.document.source] if analysis else slugify(name)

    def _local(self, region: str, year: int | None) -> dict[str, list[Quotient]]:
        """A region's quotients for documents of a year, by sector."""
        if (region, year) not in self._quotients:
            comparison = self.result.comparison
            found: dict[str, list[Quotient]] = {}
            for q in quotients_of(comparison.quotients if comparison else (), region, year):
                found.setdefault(q.sector, []).append(q)
            self._quotients[region, year] = found
        return self._quotients[region, year]

    def quotients(self, analysis: DocumentAnalysis, sector: str) -> tuple[Quotient, ...]:
        """Every location quotient of a document's region and time on a sector, the best first.

        Reliable before unreliable, then the year nearest to the document's, then GVA.
        """
        year = analysis.document.year
        found = self._local(analysis.document.place or analysis.name, year).get(sector, ())
        return tuple(
            sorted(
                found,
                key=lambda q: (
                    not q.reliable,
                    abs(q.year - year) if year else 0,
                    not q.measure.casefold().startswith("gva"),
                    q.measure,
                ),
            )
        )

    def quotient(self, analysis: DocumentAnalysis, sector: str) -> Quotient | None:
        """The location quotient that the report shows, or None where there is none."""
        return next(iter(self.quotients(analysis, sector)), None)

    def emphasis(self, analysis: DocumentAnalysis, sector: str) -> float | None:
        """The emphasis quotient of a sector in a document, or None."""
        comparison = self.result.comparison
        if comparison is None:
            return None
        for name in (analysis.document.source, analysis.name):
            if name in comparison.emphasis:
                return comparison.emphasis[name].get(sector)
        return None

    def fit(self, analysis: DocumentAnalysis) -> Fit | None:
        """How the document's priorities sit on its region's structure, where it was worked out."""
        comparison = self.result.comparison
        for fit in comparison.fits if comparison else ():
            if self.analysis(fit.document) is analysis:
                return fit
        return None

    def ignored(self, analysis: DocumentAnalysis) -> tuple[str, ...]:
        """Sectors with a strong, reliable quotient that are no priority of the document."""
        fit = self.fit(analysis)
        return fit.ignored if fit else ()

    def unusual(self, pair: Similarity) -> bool:
        """Whether two documents share more choices than chance would give, corrected for all."""
        return pair.z > 0 and pair.p_adjusted < LIKELY

    @cached_property
    def live(self) -> tuple[Finding, ...]:
        """Findings that are not suppressed, worst first."""
        return tuple(sorted((f for f in self.result.findings if not f.suppressed), key=gravity))

    @cached_property
    def suppressed(self) -> tuple[Finding, ...]:
        """Findings that somebody suppressed, with a reason."""
        return tuple(sorted((f for f in self.result.findings if f.suppressed), key=gravity))

    @cached_property
    def _findings(self) -> dict[str | None, tuple[Finding, ...]]:
        found: dict[str | None, list[Finding]] = {}
        for finding in self.live:
            analysis = self.analysis(finding.document)
            found.setdefault(analysis.document.source if analysis else None, []).append(finding)
        # What an author should read first comes first; what is not ranked keeps its gravity.
        return {
            key: tuple(sorted(values, key=lambda f: f.rank or len(values)))
            for key, values in found.items()
        }

    def findings(self, analysis: DocumentAnalysis | None) -> tuple[Finding, ...]:
        """Live findings on a document, or (None) those about no one document, as ranked."""
        return self._findings.get(analysis.document.source if analysis else None, ())

    def asked(self, analysis: DocumentAnalysis) -> str:
        """What a careful reader looks for, and what of it a document does not have, in words."""
        return next((p.summary for p in self.profiles(analysis) if p.kind == "questions"), "")

    def profiles(self, analysis: DocumentAnalysis) -> tuple[Profile, ...]:
        """The profiles of a document."""
        return tuple(p for p in self.result.profiles if self.analysis(p.document) is analysis)

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """Sectors that any document has as a priority, in the comparison's order."""
        chosen = {p.sector for a in self.result.analyses for p in a.priorities}
        comparison = self.result.comparison
        ordered = [s for s in (comparison.sector_order if comparison else ()) if s in chosen]
        return tuple(dict.fromkeys((*ordered, *sorted(chosen - set(ordered)))))

    @cached_property
    def matrix_sectors(self) -> tuple[str, ...]:
        """Sectors of the matrix: claimed by some document, or a strength that one leaves out."""
        extra = {s for a in self.result.analyses for s in self.ignored(a)} - set(self.sectors)
        return (*self.sectors, *sorted(extra))

    def figure_sectors(self, analysis: DocumentAnalysis) -> frozenset[str]:
        """Sectors whose figures the document's section prints in full.

        Those that it claims, those that it leaves out though they are strong, and those that a
        finding on it rests on; the others are in matrix.csv.
        """
        source = analysis.document.source
        if source not in self._figure_sectors:
            cited = {f.sector for f in self.findings(analysis) if f.figures and f.sector}
            claimed = {p.sector for p in analysis.priorities}
            self._figure_sectors[source] = frozenset({*claimed, *self.ignored(analysis), *cited})
        return self._figure_sectors[source]

    def figure_anchor(self, analysis: DocumentAnalysis, figure: Figure) -> str | None:
        """The row of the region's table that holds a figure with all its details, if one does."""
        sector = figure.sector
        if sector is None or sector not in self.figure_sectors(analysis):
            return None
        same = (q.value for q in self.quotients(analysis, sector) if q.year == figure.year)
        if not any(abs(value - figure.value) < 0.005 for value in same):
            return None
        return quotient_anchor(self.slug(analysis.document.source), sector)

    @cached_property
    def _source_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for note in self.result.sources:
            for words in (note.title, f"{note.publisher}, {note.title}", note.name):
                found[words] = note.name
        return found

    def source_name(self, source: str) -> str | None:
        """The short name of a table of figures, as listed under sources; None if unlisted."""
        return self._source_names.get(source)

    def briefly(self, finding: Finding) -> str:
        """A finding's message without the long names of sources that its figures name again."""
        text = finding.message
        for source in sorted({f.source for f in finding.figures if self.source_name(f.source)}):
            text = text.replace(f"{source}, ", "")
        return text

    @cached_property
    def _anchors(self) -> dict[int, str]:
        """An id for each finding, unique though two findings may share a fingerprint."""
        seen: dict[str, int] = {}
        found: dict[int, str] = {}
        for finding in (*self.live, *self.suppressed):
            base = "f-" + (slugify(finding.fingerprint) or "none")
            seen[base] = seen.get(base, 0) + 1
            found[id(finding)] = base if seen[base] == 1 else f"{base}-{seen[base]}"
        return found

    def anchor(self, finding: Finding) -> str:
        """The id of a finding on its page, from its fingerprint."""
        return self._anchors[id(finding)]

    def link(self, document: str, page: int | None = None) -> str | None:
        """A link to a page of a document's file, relative to the report; None without a file."""
        if self._excerpts is not None:
            return self._excerpts.get((document, page)) if page is not None else None
        path = self.result.files.get(document)
        if path is None:
            return None
        if self.directory is not None:
            try:
                path = os.path.relpath(path, self.directory)
            except ValueError:  # another drive: no relative path leads there
                return real(Path(path)).as_uri() + _fragment(path, page)
        path = path.replace(os.sep, "/")
        url = quote(os.fsencode(path), safe="/~!$&'()*+,;=@")
        if ":" in path.split("/")[0]:
            url = f"./{url}"
        return url + _fragment(path, page)


def _fragment(path: str, page: int | None) -> str:
    is_pdf = path.casefold().endswith(".pdf")
    return f"#page={page + 1}" if page is not None and is_pdf else ""


def quotient_anchor(slug: str, sector: str) -> str:
    """The id of a sector's row in a region's table of quotients."""
    return f"q-{slug}-{slugify(sector)}"


def slugify(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def gravity(finding: Finding) -> tuple[object, ...]:
    """Sort key: worst and surest first, then rule, place and fingerprint."""
    certainty = {"high": 0, "medium": 1, "low": 2}[finding.confidence.value]
    return (
        -finding.severity.weight,
        certainty,
        finding.rule,
        finding.document or "",
        finding.page if finding.page is not None else -1,
        finding.fingerprint,
        finding.message,
    )
