"""JUnit XML, for build servers: one suite a document, one case a rule."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from stratlint.records import AuditResult, DocumentAnalysis, Finding, Severity
from stratlint.reporting.hygiene import excerpt, one_line
from stratlint.reporting.index import Index


def render(result: AuditResult) -> str:
    """One suite a document.

    Errors and warnings fail their case; notes are written to its output; a rule that did not
    run is skipped with its reason, and an input that could not be read is an error.
    """
    index = Index(result)
    root = ET.Element("testsuites", name=one_line(result.title) or "stratlint")
    subjects: list[DocumentAnalysis | None] = [*result.analyses, None]
    for subject in subjects:
        _suite(root, index, subject)
    _not_run(root, result)
    _not_read(root, result)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, index: Index, subject: DocumentAnalysis | None) -> None:
    findings = index.findings(subject)
    source = subject.document.source if subject else None
    passed = [p for p in index.result.passed if index.analysis(p.document) is subject]
    if subject is None and not findings and not passed:
        return
    suite = ET.SubElement(root, "testsuite", name=index.label(source))
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, found in sorted(by_rule.items()):
        case = ET.SubElement(
            suite, "testcase", classname=index.label(source), name=f"{rule} {found[0].name}"
        )
        failing = [f for f in found if f.severity is not Severity.INFO]
        if failing:
            failure = ET.SubElement(
                case,
                "failure",
                type=failing[0].severity.value,
                message=one_line(failing[0].message),
            )
            failure.text = "\n".join(_words(f) for f in failing)
        notes = [f for f in found if f.severity is Severity.INFO]
        if notes:
            ET.SubElement(case, "system-out").text = "\n".join(_words(f) for f in notes)
    for check in sorted(passed, key=lambda p: p.rule):
        ET.SubElement(
            suite, "testcase", classname=index.label(source), name=f"{check.rule} {check.name}"
        )
    _count(suite)


def _words(finding: Finding) -> str:
    where = f" ({one_line(finding.where)})" if finding.where else ""
    lines = [f"{finding.severity.value}: {one_line(finding.message)}{where}"]
    lines += [f"  “{one_line(excerpt(q)[0])}”" for q in finding.quotations[:1]]
    lines.append(f"  {one_line(finding.fix)}")
    return "\n".join(lines)


def _not_run(root: ET.Element, result: AuditResult) -> None:
    if result.not_run:
        suite = ET.SubElement(root, "testsuite", name="Not run")
        for rule in result.not_run:
            case = ET.SubElement(
                suite, "testcase", classname="not run", name=f"{rule.rule} {rule.name}"
            )
            ET.SubElement(case, "skipped", message=one_line(rule.reason))
        _count(suite)


def _not_read(root: ET.Element, result: AuditResult) -> None:
    if result.not_read:
        suite = ET.SubElement(root, "testsuite", name="Not read")
        for item in result.not_read:
            case = ET.SubElement(
                suite, "testcase", classname="not read", name=one_line(item.source)
            )
            ET.SubElement(case, "error", type=item.code, message=one_line(item.reason))
        _count(suite)


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(tag) is not None for case in suite)))
