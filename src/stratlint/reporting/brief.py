"""Two pages for a briefing: the crowd, the map, five findings, what was copied, the method."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from stratlint.records import AuditResult, Finding, Record
from stratlint.reporting.html.overview import Overview, Standing, overview
from stratlint.reporting.html.page import fill
from stratlint.reporting.html.passages import shared
from stratlint.reporting.html.report import ONE_FILE, Links
from stratlint.reporting.html.tiles import Tile, tiles
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.words import count, sentence

FINDINGS = 5
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's properties have no time zones
_MARKS = {
    Standing.STRONG: ("●", "11706A"),
    Standing.WEAK: ("◆", "B5541C"),
    Standing.UNMEASURED: ("○", "0B0C0C"),
    Standing.NOT_CHOSEN: ("·", "484949"),
}
_SHADES = {"t0": "FBFBFA", "t1": "E3EDF4", "t2": "C7DCEA", "t3": "A5C7DE", "none": "FFFFFF"}
_METHOD = (
    "Choices are read from the text: declared lists, or what a document undertakes in several "
    "places. A refusal, another's choice or a thing of the past is none.",
    "A location quotient is a sector's share of the place's economy over its share of the "
    "nation's; 1.0 is average. A low one is a question and no verdict.",
    "Shared text is found word by word, with place names masked and without what most share.",
)
_AID = (
    "This is a screening aid and may be wrong: the full report leads from each statement to its "
    "page."
)


class Brief(Record):
    """What the two pages show."""

    title: str
    overview: Overview
    tiles: tuple[Tile, ...] | None
    findings: tuple[tuple[str, Finding, str], ...]
    """The document's label, the finding, and where it stands with how often its rule was right."""
    method: tuple[str, ...]


def brief_of(result: AuditResult) -> Brief:
    """The brief's view: one finding of a rule, the gravest first, of different documents."""
    index = Index(result)
    chosen: list[Finding] = []
    for finding in sorted(index.live, key=lambda f: (-f.severity.weight, f.rank or 99)):
        if len(chosen) < FINDINGS and finding.rule not in {f.rule for f in chosen}:
            chosen.append(finding)
    seen = overview(index, shared(index))
    return Brief(
        title=one_line(result.title),
        overview=seen,
        tiles=tiles(index),
        findings=tuple((index.label(f.document), f, _known(result, f)) for f in chosen),
        method=(*_METHOD, f"{seen.trust} {_AID}".strip()),
    )


def _known(result: AuditResult, finding: Finding) -> str:
    """'page 3, TR002, right in 4 of 4 judged'."""
    rule = next((r for r in result.rules if r.id == finding.rule), None)
    rate = "not judged yet"
    if rule is not None and rule.right is not None:
        rate = f"right in {rule.right} of {rule.judged} judged"
    return ", ".join(filter(None, (one_line(finding.where), finding.rule, rate)))


def render(result: AuditResult) -> str:
    """The brief as a page that prints on two sheets."""
    index = Index(result)
    return fill(
        "brief.html.jinja",
        result=result,
        index=index,
        brief=brief_of(result),
        links=Links(index, one_file=True, here=ONE_FILE),
        here="brief.html",
        menu=[],
    )


def render_docx(result: AuditResult) -> bytes:
    """The brief as a Word file."""
    import docx
    from docx.shared import Pt

    brief = brief_of(result)
    made = docx.Document()
    made.styles["Normal"].font.size = Pt(10)
    made.core_properties.title = brief.title
    made.core_properties.author = "stratlint"
    made.core_properties.created = made.core_properties.modified = _MADE
    made.add_heading(brief.title, 0)
    made.add_paragraph(one_line(brief.overview.corpus))
    for words in brief.overview.limits:
        made.add_paragraph(one_line(words), style="List Bullet")
    if brief.overview.strips:
        made.add_heading("Who follows the crowd", 1)
        _strips(made, brief)
    if brief.tiles:
        made.add_heading("How much stands behind it", 1)
        _map(made, brief.tiles)
    made.add_heading("Who copied from whom", 1)
    for copy in brief.overview.copies:
        text = f"{copy.before} {count(copy.words, 'word')} {copy.after}."
        made.add_paragraph(one_line(text), style="List Bullet")
    if not brief.overview.copies:
        made.add_paragraph("No passage is shared but what most of them share.")
    made.add_heading("Findings that matter", 1)
    for label, finding, known in brief.findings:
        line = made.add_paragraph(style="List Number")
        line.add_run(f"{one_line(label)}. ").bold = True
        line.add_run(f"{one_line(sentence(finding.message))} ({known})")
    made.add_heading("How far to trust it", 1)
    for words in brief.method:
        made.add_paragraph(words, style="List Bullet")
    buffer = io.BytesIO()
    made.save(buffer)
    return _steady(buffer)


def _steady(packed: io.BytesIO) -> bytes:
    """The Word file with one moment for all its parts: the same audit gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            moment = zipfile.ZipInfo(part.filename, _MADE.timetuple()[:6])
            made.writestr(moment, given.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _strips(made: Any, brief: Brief) -> None:
    from docx.shared import RGBColor

    table = made.add_table(rows=0, cols=3)
    for strip in brief.overview.strips:
        cells = table.add_row().cells
        cells[0].text = one_line(strip.name)
        for mark in strip.marks:
            sign, colour = _MARKS[mark]
            run = cells[1].paragraphs[0].add_run(sign)
            run.font.color.rgb = RGBColor.from_string(colour)
        below = f", {strip.below} below 1.0" if strip.below else ""
        cells[2].text = f"{strip.chosen} of {brief.overview.documents} choose it{below}"
    made.add_paragraph(
        "● chosen, location quotient 1.0 or more   ◆ chosen, below 1.0   ○ chosen, no figures   "
        "· not chosen"
    )


def _map(made: Any, found: tuple[Tile, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    rows, columns = max(t.row for t in found), max(t.column for t in found)
    table = made.add_table(rows=rows, cols=columns)
    for tile in found:
        cell = table.cell(tile.row - 1, tile.column - 1)
        measured = f"{tile.weak} of {tile.measured} below 1.0" if tile.measured else "not measured"
        cell.paragraphs[0].add_run(one_line(tile.label)).bold = True
        cell.add_paragraph(measured)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADES[tile.bin])
        cell._tc.get_or_add_tcPr().append(shade)
