"""What a check found, at the places of an editor: lines and characters from 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stratlint.records import AuditResult, Document, Finding, Severity
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import Stretch, quoted
from stratlint.reporting.words import sentence
from stratlint.run.suppressions import MarkWord

Place = tuple[int, int]


class Remark(NamedTuple):
    """One remark: its place, what it says, and what is needed to set it aside.

    ``offset`` is the place in the document's text of the main words quoted, None for what is
    about the whole of it; ``finding`` is None for a word on a mark.
    """

    start: Place
    end: Place
    severity: Severity
    code: str
    message: str
    offset: int | None = None
    finding: Finding | None = None
    fingerprint: str = ""


def remarks_of(result: AuditResult, marks: Iterable[MarkWord]) -> tuple[Remark, ...]:
    """The remarks on the draft of a check and on its marks, in the order of its lines."""
    document = result.analysis(str(result.subject)).document
    index = Index(result)
    found = [
        remark
        for finding in index.live
        if finding.document == document.source
        for remark in _places(index, finding)
    ]
    for word in marks:
        line = word.line - 1
        found.append(Remark((line, 0), (line, 10**4), Severity.WARNING, "mark", word.text))
    return tuple(sorted(found, key=lambda r: (r.start, r.code)))


def _places(index: Index, finding: Finding) -> Iterator[Remark]:
    """One remark for each place of a finding, or one at the top for what the draft lacks."""
    message = f"{sentence(one_line(finding.message))}.\nWhat to do: {one_line(finding.fix)}"
    own = finding.own_quotations
    shown = own if finding.parts else own[:1]
    if not shown:
        yield Remark(
            (0, 0), (0, 10**4), finding.severity, finding.rule, message, None, finding,
            finding.fingerprint,
        )  # fmt: skip
    for number, quotation in enumerate(shown):
        at = quoted(index, quotation, marked=True) or Stretch(1, 1, 1, 1)
        yield Remark(
            (at.line - 1, at.column - 1),
            (at.end_line - 1, at.end_column - 1),
            finding.severity,
            finding.rule,
            message,
            quotation.main[0],
            finding,
            finding.parts[number] if len(finding.parts) == len(own) else finding.fingerprint,
        )


def place_for_a_mark(
    document: Document, lines: list[str], offset: int | None
) -> tuple[Place, bool]:
    """Where a mark is written that is about a place, and whether it takes a line of its own.

    In plain text that is the line before the block; in Markdown the end of the block's last
    line, before the bar that ends a row; in HTML the end of its text. What is about the whole
    draft is marked at the top.
    """
    if offset is None:
        return (_top(document, lines), 0), True
    index = document.block_at(offset)
    block = document.blocks[index if index is not None else 0]
    first = document.position_at(block.start) or (1, 1)
    last = document.position_at(max(block.start, block.end - 1)) or first
    if document.reader == "text":
        return (first[0] - 1, 0), True
    number = last[0] - 1
    line = lines[number].rstrip() if number < len(lines) else ""
    if document.reader == "md":
        return (number, len(line) - 1 if line.endswith("|") else len(line)), False
    tag = lines[number].find("<", last[1]) if number < len(lines) else -1
    return (number, tag if tag >= 0 else len(line)), False


def _top(document: Document, lines: list[str]) -> int:
    """The first line on which a mark may stand: behind front matter, or in the body of a page."""
    if document.reader == "md" and lines and lines[0].rstrip() == "---":
        ends = (i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
        return next(ends, -1) + 1
    if document.reader == "html":
        return next((i + 1 for i, line in enumerate(lines) if "<body" in line.lower()), 0)
    return 0
