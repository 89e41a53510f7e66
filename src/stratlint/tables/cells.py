"""What stands in the cells of all tables alike: pages, who, text on one line, rounded figures."""

from __future__ import annotations

from collections.abc import Iterable

from stratlint.records import AuditResult, DocumentAnalysis, Quotation
from stratlint.reporting.hygiene import one_line
from stratlint.tables.schema import Cell


class Pages:
    """Pages as tables have them: none of a document whose file has no pages of its own."""

    def __init__(self, result: AuditResult) -> None:
        documents = (analysis.document for analysis in result.analyses)
        self._without = {d.source for d in documents if not d.paged}

    def of(self, source: str | None, page: int | None, label: str | None) -> tuple[Cell, Cell]:
        """Number, from 1, and printed label of a page."""
        if page is None or source in self._without:
            return None, None
        return page + 1, label

    def labels(self, source: str, quotations: Iterable[Quotation]) -> str | None:
        """Printed labels of the pages of quotations, once each."""
        if source in self._without:
            return None
        return ", ".join(dict.fromkeys(q.page_label for q in quotations)) or None


def who(analysis: DocumentAnalysis) -> tuple[str, str]:
    """Region and file of a document."""
    return one_line(analysis.name), one_line(analysis.document.source)


def folded(text: str | None) -> str | None:
    """Text on one line; None stays."""
    return None if text is None else one_line(text)


def rounded(value: float | None) -> float | None:
    """Four decimals; None stays."""
    return None if value is None else round(value, 4)
