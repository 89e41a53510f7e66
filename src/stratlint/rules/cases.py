"""The cases a rule carries: made texts through the real pipeline, and what the rule must say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from stratlint.evidence.boundaries import boundary_profile
from stratlint.knowledge.areas import load_areas
from stratlint.records import (
    AreaProfile,
    Comparison,
    Document,
    DocumentAnalysis,
    DocumentKind,
    Finding,
    Quotient,
    Record,
)
from stratlint.rules.engine import run_rules
from stratlint.rules.rule import Rule
from stratlint.rules.schema import Case, CaseFigure, Want
from stratlint.rules.world import RuleContext


class CaseResult(Record, frozen=True):
    """How one case went: ``problems`` is empty when it passed."""

    rule: str
    case: str
    fired: bool
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule said what the case wants."""
        return not self.problems


class Pipeline:
    """The rooms below the rules, with every made text analysed once."""

    def __init__(self) -> None:
        from stratlint.knowledge.places import load_places
        from stratlint.knowledge.taxonomy import load_taxonomy

        self.taxonomy = load_taxonomy()
        self.gazetteer = load_places()
        self._analyses: dict[tuple[str, str], DocumentAnalysis] = {}

    def document(self, name: str, text: str, *, region: str | None, year: int | None) -> Document:
        """A made text as read: Markdown, so a case can have headings and lists, or a web page."""
        from stratlint.documents import read

        with tempfile.TemporaryDirectory() as folder:
            page = text.lstrip().startswith("<html")
            path = Path(folder) / ("case.html" if page else "case.md")
            path.write_text(text, encoding="utf-8")
            document = read(path)
        # A source is attributed by its title, which is its name in the case.
        title = document.title if region else name
        return msgspec.structs.replace(
            document, source=f"{name}.md", region=region, title=title, year=year
        )

    def analysis(self, name: str, text: str) -> DocumentAnalysis:
        """A made text with mentions, commitments and priorities."""
        key = (name, text)
        if key not in self._analyses:
            from stratlint.language import analyse_language
            from stratlint.priorities import rank_priorities

            document = self.document(name, text, region=name, year=2007)
            language = analyse_language(document)
            self._analyses[key] = DocumentAnalysis(
                document=document,
                sentences=language.sentences,
                mentions=language.mentions,
                places=language.places,
                actors=language.actors,
                priorities=rank_priorities(
                    document, language.sentences, language.mentions, language.declarations
                ),
                declarations=language.declarations,
            )
        return self._analyses[key]

    def context(self, rule: Rule, case: Case) -> RuleContext:
        """Everything the rule looks at in one case."""
        asked = DocumentKind(kind=case.kind, confidence=0.5, reason="as the case says")
        analyses = tuple(
            msgspec.structs.replace(self.analysis(name, text), kind=asked)
            for name, text in case.documents.items()
        )
        sources = tuple(
            self.document(name, text, region=None, year=2005) for name, text in case.sources.items()
        )
        quotients = _quotients(case)
        comparison = None
        if "comparison" in rule.check.needs and len(analyses) > 1:
            comparison = self._compare(analyses, sources, quotients)
        return RuleContext(
            analyses=analyses,
            taxonomy=self.taxonomy,
            gazetteer=self.gazetteer,
            comparison=comparison,
            quotients=quotients,
            sources=sources,
            areas=_areas(case),
        )

    def _compare(
        self,
        analyses: tuple[DocumentAnalysis, ...],
        sources: tuple[Document, ...],
        quotients: tuple[Quotient, ...],
    ) -> Comparison:
        from stratlint.comparison import compare

        return compare(analyses, sources=sources, quotients=quotients)


def _areas(case: Case) -> tuple[AreaProfile, ...]:
    """The areas after which documents of a case are named, with what their boundaries cut."""
    areas = load_areas()
    found = ((name, areas.candidates(name)) for name in case.documents)
    return tuple(boundary_profile(f"{name}.md", area[0]) for name, area in found if len(area) == 1)


def _quotients(case: Case) -> tuple[Quotient, ...]:
    return tuple(
        _quotient(
            region, sector, figure if isinstance(figure, CaseFigure) else CaseFigure(lq=figure)
        )
        for region, sectors in case.evidence.items()
        for sector, figure in sectors.items()
    )


def _quotient(region: str, sector: str, figure: CaseFigure) -> Quotient:
    years = tuple((year, figure.lq) for year in range(figure.year - 2, figure.year + 1))
    return Quotient(
        region=region,
        sector=sector,
        value=figure.lq,
        year=figure.year,
        measure="GVA",
        source="made figures",
        size=figure.size,
        unit="£m",
        codes=("00",),
        years=years,
        reliable=figure.reliable,
    )


def run_cases(rule: Rule, pipeline: Pipeline) -> tuple[CaseResult, ...]:
    """Every case of one rule."""
    return tuple(run_case(rule, case, pipeline) for case in rule.tests)


def run_case(rule: Rule, case: Case, pipeline: Pipeline) -> CaseResult:
    """One case: whether what is wanted is there, and nothing else."""
    outcome = run_rules([rule], pipeline.context(rule, case))
    problems = list(_compare_with(case, outcome.findings))
    if case.not_run and not outcome.not_run:
        problems.append("should not have been run, but was")
    if not case.not_run and outcome.not_run:
        problems += [f"was not run: {entry.reason}" for entry in outcome.not_run]
    return CaseResult(
        rule=rule.id, case=case.name, fired=bool(outcome.findings), problems=tuple(problems)
    )


def _compare_with(case: Case, findings: Sequence[Finding]) -> Iterable[str]:
    left = [place for finding in findings for place in _places(finding)]
    for want in case.want:
        found = next((place for place in left if _fits(want, place)), None)
        if found is None:
            yield f"- wanted, not found: {_describe(want)}"
        else:
            left.remove(found)
    for place in left:
        where = place.document or "the corpus"
        quoted = f" «{place.quotations[0].text}»" if place.quotations else ""
        yield f"+ found, not wanted: {where}: {place.message}{quoted}"


def _places(finding: Finding) -> Iterable[Finding]:
    """A finding of several places as one for each: a case says what it wants of every place."""
    if finding.places == 1:
        yield finding
        return
    for number, quotation in enumerate(finding.quotations):
        sectors = finding.sectors[number : number + 1]
        yield msgspec.structs.replace(
            finding, quotations=(quotation,), sector=sectors[0] if sectors else None
        )


def _fits(want: Want, finding: Finding) -> bool:
    document = (finding.document or "").removesuffix(".md")
    quoted = " ".join(quotation.text for quotation in finding.quotations).casefold()
    return (
        want.document in (None, document)
        and want.sector in (None, finding.sector)
        and (want.contains is None or want.contains.casefold() in quoted)
        and (want.message is None or want.message.casefold() in finding.message.casefold())
    )


def _describe(want: Want) -> str:
    parts = [f"{key} {value!r}" for key, value in want if value is not None]
    return "a finding" + (" with " + ", ".join(parts) if parts else "")


def faults_of(rule: Rule, results: Sequence[CaseResult]) -> tuple[str, ...]:
    """What the cases of a rule leave open: no case that fires, or none that stays silent."""
    by_name = {result.case: result for result in results}
    faults = []
    if not any(case.want and by_name[case.name].fired for case in rule.tests):
        faults.append("no case makes it fire")
    if not any(case.none for case in rule.tests):
        faults.append("no case keeps it silent")
    if not any(case.near_miss for case in rule.tests):
        faults.append("no case is a near miss")
    return tuple(faults)
