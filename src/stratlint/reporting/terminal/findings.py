"""Findings for a terminal: grouped, concise, and coloured only when a person is watching."""

from __future__ import annotations

from collections.abc import Iterator

from stratlint.records import AuditResult, DocumentAnalysis, Finding, Severity
from stratlint.reporting.hygiene import excerpt, terminal
from stratlint.reporting.index import Index
from stratlint.reporting.summary import summarise
from stratlint.reporting.terminal.pen import SEVERITY_WORDS, Pen
from stratlint.reporting.words import Hidden, count, figure_value, listed, sentence


def render(result: AuditResult, *, colour: bool = False, width: int = 100) -> str:
    """Summary sentences, then one line a finding under its document, worst first."""
    index, pen = Index(result), Pen(colour=colour, width=width)
    pen.line(terminal(result.title), "bold")
    for statement in summarise(index):
        pen.line(terminal(statement.text), indent=2)
    subjects: list[DocumentAnalysis | None] = [None, *index.ordered]
    for subject in subjects:
        found = index.findings(subject)
        if found:
            label = terminal(index.label(subject.document.source if subject else None))
            pen.line()
            pen.line(f"{label}: {count(len(found), 'finding')}", "bold")
            for finding in found:
                pen.lines.append(_concise(pen, finding))
    _not_done(pen, result)
    return pen.text()


def _concise(pen: Pen, finding: Finding) -> str:
    """One line however long: these are searched and filtered line by line."""
    page = f" {terminal(finding.where)}" if finding.where else ""
    word = pen.paint(f"{SEVERITY_WORDS[finding.severity]:7}", finding.severity.value)
    return f"  {word} {finding.rule}{page}: " + sentence(terminal(finding.message))


def _not_done(pen: Pen, result: AuditResult) -> None:
    if result.not_read or result.not_run or result.warnings:
        pen.line()
        pen.line("Not done", "bold")
    for item in result.not_read:
        pen.line(f"not read: {terminal(item.source)}: {terminal(item.reason)}", indent=2)
    reasons: dict[str, list[str]] = {}
    for rule in result.not_run:
        reasons.setdefault(rule.reason, []).append(rule.rule)
    for reason, rules in reasons.items():
        pen.line(f"not run: {', '.join(rules)}: {terminal(reason)}", indent=2)
    for warning in result.warnings:
        pen.line(f"warning: {terminal(warning)}", indent=2)


def render_check(
    result: AuditResult,
    document: str | None = None,
    *,
    colour: bool = False,
    width: int = 88,
    hidden: Hidden | None = None,
) -> str:
    """What an auditor will say of one draft: by section and page, with quotations and fixes.

    ``document`` is the draft's source name; None takes the first document. ``hidden`` are
    findings that were taken out of the result before: the verdict counts them.
    """
    index, pen = Index(result), Pen(colour=colour, width=width)
    analysis = index.analysis(document) if document else next(iter(result.analyses), None)
    if analysis is None:
        _not_done(pen, result)
        return pen.text()
    found = index.findings(analysis)
    name = terminal(analysis.document.title or index.label(analysis.document.source))
    pen.line(name, "bold")
    for warning in analysis.document.warnings:
        if warning.code in ("region-guessed", "area-guessed"):
            pen.line(terminal(warning.message))
    pen.line(terminal(_verdict(index, analysis, found, hidden)))
    if index.asked(analysis):
        pen.line(terminal(index.asked(analysis)))
    seen: set[str] = set()
    for heading, findings in by_section(analysis, found):
        pen.line()
        pen.line(terminal(heading), "bold")
        for finding in findings:
            _full(pen, finding, explained=finding.rule in seen)
            seen.add(finding.rule)
    passed = [p for p in result.passed if index.analysis(p.document) is analysis]
    if passed:
        pen.line()
        pen.line(f"In order ({len(passed)})", "bold")
        pen.line(", ".join(f"{p.rule} {p.name}" for p in passed), indent=2)
    _not_done(pen, result)
    if found:
        pen.line()
        first = found[0]
        pen.line(f"To learn more of a rule: stratlint rule {first.rule}", "dim")
        ignore = f"stratlint ignore {first.fingerprint} --rule {first.rule} --reason …"
        pen.line(f"To set a finding aside: {ignore}", "dim")
    return pen.text()


def _verdict(
    index: Index, analysis: DocumentAnalysis, found: tuple[Finding, ...], hidden: Hidden | None
) -> str:
    names = [index.result.sector_name(p.sector) for p in analysis.priorities]
    first = f"Priorities found: {listed(names)}." if names else "No priority sectors found."
    grave = sum(f.severity is Severity.ERROR for f in found)
    second = f"{count(len(found), 'finding').capitalize()}"
    second += f" {hidden.scope}" if hidden else ""
    second += f", {count(grave, 'error')}" if grave else ""
    second += f"; {hidden.words}" if hidden else ""
    source = analysis.document.source
    aside = sum(f.suppressed is not None and f.document == source for f in index.result.findings)
    second += f"; {aside} set aside" if aside else ""
    return f"{first} {second}."


def by_section(
    analysis: DocumentAnalysis, found: tuple[Finding, ...]
) -> Iterator[tuple[str, list[Finding]]]:
    """Findings under the heading that stands above them; the whole document comes first."""
    document = analysis.document
    groups: dict[int, list[Finding]] = {}
    for finding in found:
        own = [q for q in finding.quotations if q.document == document.source]
        block = document.block_at(own[0].start) if own and document.blocks else None
        heading = document.blocks[block].heading if block is not None else None
        key = -2 if not own else -1 if heading is None else heading
        groups.setdefault(key, []).append(finding)
    for key in sorted(groups):
        title = {-2: "The document as a whole", -1: "Before the first heading"}.get(key)
        findings = groups[key]
        if key == -2:
            yield title or "", findings
        else:
            findings.sort(key=lambda f: f.page if f.page is not None else -1)
            yield title or document.block_text(key), findings


def _full(pen: Pen, finding: Finding, *, explained: bool) -> None:
    page = f" · {terminal(finding.where)}" if finding.where else ""
    head = f"{SEVERITY_WORDS[finding.severity]} {finding.rule} {finding.name}{page}"
    head += f" · {finding.fingerprint}"
    pen.line()
    pen.line(head, finding.severity.value, indent=2)
    pen.line(sentence(terminal(finding.message)), indent=4)
    for quotation in finding.quotations[:3]:
        words = terminal(excerpt(quotation)[0])
        source = ""
        if not words:  # a profile holds no text: where it stands is all there is to say
            at = f"{terminal(quotation.document)}, {terminal(quotation.where)}"
            pen.line(f"also in {at}", "dim", indent=4)
            continue
        if quotation.document != finding.document:
            source = f" ({terminal(quotation.document)}, {terminal(quotation.where)})"
        pen.line(f"“{words}”{source}", "dim", indent=4)
    for figure in finding.figures[:3]:
        value = figure_value(figure.value, figure.unit)
        words = f"{figure.label}: {value} ({figure.source}, {figure.year})"
        pen.line(terminal(words), "dim", indent=4)
    if explained:
        pen.line(f"Why, and how to mend it: as said above for {finding.rule}.", indent=4)
        return
    pen.line(f"Why: {terminal(finding.why)}", indent=4)
    pen.line(f"Fix: {terminal(finding.fix)}", indent=4)
