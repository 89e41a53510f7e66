"""Everything of an audit in one zip to pass on: the report, its tables and the quoted pages.

The pages that are quoted are copied out of their PDFs with the quoted words highlighted, so that
the links of the report lead somewhere wherever the zip is unpacked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stratlint.records import AuditResult, BBox, Quotation
from stratlint.reporting.index import Index

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PAGES = "pages"
_MADE = (1980, 1, 1, 0, 0, 0)
"""One moment for every file: the same audit gives the same bytes."""
_READ_ME = """Open report/index.html in a browser.

report/   the report; it needs no network
{pages}*.csv, findings.json, run.json
          the same results as tables, and how the run was made

Made by stratlint {version}. A screening aid: it points to places worth reading and decides
nothing.
"""


def render(result: AuditResult) -> bytes:
    """The zip. A PDF that cannot be copied has no pages in it; its quotations are in the report."""
    from stratlint.reporting import FORMATS
    from stratlint.reporting import render as render_format
    from stratlint.reporting.charts import chart_files
    from stratlint.reporting.html.report import pages

    copies, links = quoted_pages(result)
    files: dict[str, str | bytes] = dict(pages(result, None, excerpts=links))
    files |= {f"report/charts/{name}": data for name, data in chart_files(Index(result)).items()}
    for name, entry in FORMATS.items():
        if entry.always and name != "html":
            files[entry.filename] = render_format(result, name)
    files |= copies
    said = f"{_PAGES}/    the quoted pages, with the quoted words highlighted\n" if copies else ""
    files["READ ME.txt"] = _READ_ME.format(pages=said, version=result.run.version)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in sorted(files.items()):
            made.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def quoted_pages(
    result: AuditResult,
) -> tuple[dict[str, bytes], dict[tuple[str, int], str]]:
    """Files of quoted pages by their path in the zip, and links to them by document and page."""
    index = Index(result)
    wanted: dict[str, dict[int, list[BBox]]] = {}
    for quotation in _quotations(result):
        found = wanted.setdefault(quotation.document, {})
        found.setdefault(quotation.page, [])
        for page, box in quotation.boxes:
            found.setdefault(page, []).append(box)
    copies: dict[str, bytes] = {}
    links: dict[tuple[str, int], str] = {}
    for document, found in sorted(wanted.items()):
        path = result.files.get(document, "")
        if not path.casefold().endswith(".pdf"):
            continue
        copy = _copied(Path(path), found)
        if copy is None:
            continue
        name = f"{_PAGES}/{index.slug(document)}.pdf"
        copies[name] = copy
        for number, page in enumerate(sorted(found), 1):
            links[document, page] = f"../{name}#page={number}"
    return copies, links


def _quotations(result: AuditResult) -> Iterable[Quotation]:
    for analysis in result.analyses:
        for priority in analysis.priorities:
            yield from priority.evidence
    for finding in result.findings:
        yield from finding.quotations
    for profile in result.profiles:
        yield from profile.quotations
    for passage in result.comparison.passages if result.comparison else ():
        yield from (holding.quotation for holding in passage.holdings)


def _copied(path: Path, wanted: Mapping[int, Sequence[BBox]]) -> bytes | None:
    """The wanted pages of a PDF in their order, highlighted; None where they cannot be copied."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            reader.decrypt("")
        writer = PdfWriter()
        for number, page in enumerate(sorted(wanted)):
            writer.add_page(reader.pages[page])
            _highlight(writer, number, wanted[page])
        buffer = io.BytesIO()
        writer.write(buffer)
    except (PyPdfError, OSError, ValueError, KeyError, IndexError, NotImplementedError):
        return None
    return buffer.getvalue()


def _highlight(writer: PdfWriter, number: int, boxes: Sequence[BBox]) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

    from stratlint.reporting.notes.pdf import Frame

    frame = Frame(writer.pages[number])
    for box in dict.fromkeys(boxes):
        quad = ArrayObject(FloatObject(value) for value in frame.quad(box))
        writer.add_annotation(
            number,
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Highlight"),
                    NameObject("/F"): NumberObject(4),
                    NameObject("/C"): ArrayObject(FloatObject(v) for v in (1.0, 0.85, 0.35)),
                    NameObject("/QuadPoints"): quad,
                    NameObject("/Rect"): ArrayObject(
                        FloatObject(value) for value in frame.rect([box])
                    ),
                }
            ),
        )
