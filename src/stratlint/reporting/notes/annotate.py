"""Findings on the draft itself: a copy with notes, for the program the officer works in."""

from __future__ import annotations

from pathlib import Path

from stratlint.errors import UsageError
from stratlint.outputs import write_output
from stratlint.records import (
    AuditResult,
    BBox,
    Document,
    DocumentAnalysis,
    Finding,
    Quotation,
    Record,
    Severity,
)
from stratlint.reporting.draft import draft_of
from stratlint.reporting.hygiene import one_line, printable
from stratlint.reporting.index import Index
from stratlint.reporting.words import figure_value, rule_words
from stratlint.resources import real

AUTHOR = "stratlint"
_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = (".pdf", ".docx")


class Note(Record):
    """A finding as a note: what it says, and the words of the draft it is about.

    ``places`` are the draft's own quotations; empty for what is missing from the whole.
    """

    finding: Finding
    lines: tuple[str, ...]
    places: tuple[Quotation, ...]


def annotate_draft(result: AuditResult, draft: Path, target: Path, *, force: bool = False) -> int:
    """Write a copy of the draft with a note for each finding; returns how many notes.

    The draft itself is never written to. Raises UsageError as :func:`check_target` does,
    and for a target that stratlint did not write unless ``force``.
    """
    kind = check_target(draft, target)
    analysis = draft_of(result)
    notes = notes_of(result, analysis)
    if kind == ".pdf":
        from stratlint.reporting.notes.pdf import annotated_pdf

        data = annotated_pdf(draft.read_bytes(), notes, analysis.document)
    else:
        from stratlint.reporting.notes.docx import annotated_docx

        data = annotated_docx(draft.read_bytes(), notes, analysis.document)
    write_output(target, data, force=force)
    return len(notes)


def check_target(draft: Path, target: Path) -> str:
    """The kind of copy, ``.pdf`` or ``.docx``, that will be written; reads nothing.

    Raises UsageError when the target is the draft, is neither ``.pdf`` nor ``.docx``, or is of
    another kind than the draft.
    """
    kind, own = target.suffix.lower(), draft.suffix.lower()
    if kind not in KINDS:
        raise UsageError(f"{target}: notes are written to .pdf or .docx, not '{kind}'")
    if kind != own:
        raise UsageError(
            f"{target}: the draft is {own or 'a file without suffix'}, and notes are written into "
            f"a copy of it, so the copy is {own if own in KINDS else '.pdf or .docx'} too"
        )
    if target.exists() and real(target) == real(draft):
        raise UsageError(f"{target}: is the draft itself; give the copy another name")
    return kind


def notes_of(result: AuditResult, analysis: DocumentAnalysis) -> tuple[Note, ...]:
    """A note for each live finding on a document, in the order of the text, absences first."""
    source = analysis.document.source
    notes = [
        Note(
            finding=finding,
            lines=_lines(finding, source),
            places=tuple(q for q in finding.quotations if q.document == source and q.end > q.start),
        )
        for finding in Index(result).findings(analysis)
    ]
    return tuple(sorted(notes, key=lambda n: n.places[0].start if n.places else -1))


def _lines(finding: Finding, source: str) -> tuple[str, ...]:
    lines = [
        f"{_NAMES[finding.severity].capitalize()} {finding.rule} {rule_words(finding.name)}",
        finding.message,
    ]
    for quotation in finding.quotations:
        if quotation.document != source:
            where = f"Also in {quotation.document}, {quotation.where}"
            lines.append(f"{where}: “{quotation.text[:300]}”" if quotation.text else f"{where}.")
    for figure in finding.figures[:3]:
        value = figure_value(figure.value, figure.unit)
        lines.append(f"{figure.label}: {value} ({figure.source}, {figure.year})")
    lines += [
        f"Why: {finding.why}",
        f"Fix: {finding.fix}",
        f"Wrong? Answer this note with 'stratlint ignore {finding.rule}: your reason', and it is "
        "set aside at the next check.",
    ]
    return tuple(one_line(printable(line)) for line in lines)


def line_boxes(document: Document, start: int, end: int) -> tuple[tuple[int, BBox], ...]:
    """(page index, box) of each printed line of a span, cut to the span's share of the line.

    Letters differ in width, so the cut is off by a letter or two; it falls outwards. On a page
    whose text is turned lines are marked whole: their boxes do not tell where they begin.
    """
    turned = {w.page for w in document.warnings if w.code == "rotated"}
    found: list[tuple[int, BBox]] = []
    for block in document.blocks:
        if block.end <= start or block.start >= end:
            continue
        for line in block.lines:
            if line.end <= start or line.start >= end:
                continue
            x0, top, x1, bottom = line.bbox
            width = (x1 - x0) / max(1, line.end - line.start)
            left, right = x0, x1
            if start > line.start and line.page not in turned:
                left = max(x0, x0 + (start - line.start - 1) * width)
            if end < line.end and line.page not in turned:
                right = min(x1, x0 + (end - line.start + 1) * width)
            found.append((line.page, (left, top, right, bottom)))
    return tuple(found)
