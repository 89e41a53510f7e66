"""Where words stand in the lines of a text file, as editors and code scanning count them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from stratlint.records import Document, Finding, Quotation
from stratlint.reporting.index import Index


class Stretch(NamedTuple):
    """Words of a file: lines and columns from 1, ``end_column`` behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def stretch_of(document: Document, start: int, end: int) -> Stretch | None:
    """Where characters of a document's text stand in its file; None where it has no lines."""
    first = document.position_at(start)
    if first is None:
        return None
    # The character behind the last may already follow a mark of the file that the text lacks.
    last = document.position_at(max(start, end - 1)) or first
    if last < first:
        last = first
    return Stretch(*first, last[0], last[1] + 1)


def quoted(index: Index, quotation: Quotation, *, marked: bool = False) -> Stretch | None:
    """Where a quotation stands, or with ``marked`` its main words."""
    analysis = index.analysis(quotation.document)
    if analysis is None:
        return None
    start, end = quotation.main if marked else (quotation.start, quotation.end)
    return stretch_of(analysis.document, start, end)


def found_at(index: Index, finding: Finding) -> Stretch | None:
    """Where an editor shows a finding: at the main words of its first own quotation."""
    own = finding.own_quotations
    return quoted(index, own[0], marked=True) if own else None


def placed(index: Index, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Quotations that say where in their files they stand."""
    told = []
    for quotation in quotations:
        at = quoted(index, quotation)
        told.append(msgspec.structs.replace(quotation, **at._asdict()) if at else quotation)
    return tuple(told)


def placed_finding(index: Index, finding: Finding) -> Finding:
    """A finding whose quotations say where in their files they stand."""
    return msgspec.structs.replace(finding, quotations=placed(index, finding.quotations))
