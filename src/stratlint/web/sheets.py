"""A draft's own pages with the places of its findings, for pictures and for laid-out text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from stratlint.records import BBox, Block, Document, Finding, Record, Role
from stratlint.reporting.index import Index
from stratlint.reporting.notes.annotate import line_boxes

_PLAIN_PAGE = 40
"""Blocks of a text without pages that are shown together."""
_ROLES = {Role.HEADING: "heading", Role.LIST_ITEM: "item", Role.TABLE_ROW: "row"}


class Mark(Record):
    """A place of a finding on a page: its box in points, and which finding it leads to."""

    anchor: str
    severity: str
    name: str
    box: BBox


class Piece(Record):
    """A run of a block's text, and the finding that it belongs to, if one."""

    text: str
    anchor: str = ""
    severity: str = ""


class Paragraph(Record):
    """A block of a text without page pictures."""

    role: str
    pieces: tuple[Piece, ...]


class Sheet(Record):
    """One page: a picture with marks, or paragraphs; and the findings that begin on it.

    ``name`` is what it is called: 'page iv', or 'part 2' of a text without pages.
    """

    index: int
    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The remarks that have a mark here."""
        pieces = (piece.anchor for p in self.paragraphs for piece in p.pieces if piece.anchor)
        return frozenset((*(mark.anchor for mark in self.marks), *pieces))


def sheets(index: Index, document: Document, findings: Sequence[Finding]) -> tuple[Sheet, ...]:
    """The pages that hold something, in order; of a text without pages its runs of blocks."""
    spans = _spans(index, document, findings)
    if document.reader in ("pdfium", "pdfplumber"):
        return _pictures(document, findings, spans)
    return _texts(document, findings, spans)


Span = tuple[int, int, Finding, str]


def _spans(index: Index, document: Document, findings: Sequence[Finding]) -> list[Span]:
    """Where each finding stands in the text, with the id of its remark."""
    return [
        (q.start, q.end, finding, index.anchor(finding))
        for finding in findings
        for q in finding.quotations
        if q.document == document.source and q.end > q.start
    ]


def _pictures(
    document: Document, findings: Sequence[Finding], spans: Sequence[Span]
) -> tuple[Sheet, ...]:
    marks: dict[int, list[Mark]] = {}
    homes: dict[int, list[Finding]] = {}
    for start, end, finding, anchor in spans:
        if finding.suppressed is not None:
            continue  # it stands in its place for once, and nothing leads to it
        for page, box in line_boxes(document, start, end):
            mark = Mark(anchor=anchor, severity=finding.severity.value, name=finding.name, box=box)
            marks.setdefault(page, []).append(mark)
    for finding in findings:
        if finding.page is not None:
            homes.setdefault(finding.page, []).append(finding)
    return tuple(
        Sheet(
            index=page.index,
            name=f"page {page.label}",
            width=page.width or 595,
            height=page.height or 842,
            marks=tuple(marks.get(page.index, ())),
            paragraphs=(),
            findings=tuple(homes.get(page.index, ())),
        )
        for page in document.pages
        if page.index in marks or page.index in homes
    )


def _texts(
    document: Document, findings: Sequence[Finding], spans: Sequence[Span]
) -> tuple[Sheet, ...]:
    made: list[Sheet] = []
    placed: set[int] = set()
    worded = {id(s[2]) for s in spans}
    for index, name, run in _runs(document):
        start, end = run[0].start, run[-1].end
        own = [s for s in spans if s[0] < end and s[1] > start]
        live = [s for s in own if s[2].suppressed is None]
        begun = {id(s[2]) for s in own}
        here = [
            f
            for f in findings
            if id(f) not in placed
            and (id(f) in begun or (id(f) not in worded and f.page == run[0].page))
        ]
        placed |= {id(f) for f in here}
        made.append(
            Sheet(
                index=index,
                name=name,
                width=0,
                height=0,
                marks=(),
                paragraphs=tuple(
                    Paragraph(
                        role=_ROLES.get(block.role, "plain"),
                        pieces=_pieces(document.text, block.start, block.end, live),
                    )
                    for block in run
                ),
                findings=tuple(here),
            )
        )
    return tuple(made)


def _runs(document: Document) -> Iterator[tuple[int, str, list[Block]]]:
    """The blocks of each page, or of each part of a text without pages, with its name."""
    blocks = [b for b in document.blocks if b.end <= document.body_end]
    if document.paged:
        for page, on_page in groupby(blocks, key=lambda b: b.page):
            yield page, f"page {document.pages[page].label}", list(on_page)
        return
    for number, first in enumerate(range(0, len(blocks), _PLAIN_PAGE)):
        yield number, f"part {number + 1}", blocks[first : first + _PLAIN_PAGE]


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """A block's text cut at its marks; where marks overlap the first stands."""
    made: list[Piece] = []
    reached = start
    for low, high, finding, anchor in sorted(spans, key=lambda s: (s[0], s[1])):
        low, high = max(low, reached), min(high, end)
        if low >= high:
            continue
        if low > reached:
            made.append(Piece(text=text[reached:low]))
        made.append(Piece(text=text[low:high], anchor=anchor, severity=finding.severity.value))
        reached = high
    if reached < end:
        made.append(Piece(text=text[reached:end]))
    return tuple(made)
