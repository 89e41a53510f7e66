"""What is passed on: two pages for a briefing, and a zip whose links lead somewhere."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import msgspec
import pypdf
import pytest

from stratlint.records import AuditResult, Quotation
from stratlint.reporting import render
from stratlint.reporting.brief import FINDINGS, brief_of
from stratlint.reporting.bundle import quoted_pages
from tests.reporting.made import HOSTILE, made_result


def test_the_brief_names_a_rule_once_and_few_of_them(result: AuditResult) -> None:
    rules = [finding.rule for _, finding, _ in brief_of(result).findings]
    assert 0 < len(rules) <= FINDINGS
    assert len(set(rules)) == len(rules)


def test_word_and_page_say_the_same(result: AuditResult) -> None:
    page, word = render(result, "brief"), render(result, "brief-docx")
    assert isinstance(page, str)
    assert isinstance(word, bytes)
    made = docx.Document(io.BytesIO(word))
    text = " ".join(
        [p.text for p in made.paragraphs]
        + [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    )
    brief = brief_of(result)
    for strip in brief.overview.strips:
        assert strip.name in text
        assert strip.name in page
    for words in brief.method:
        assert words in text
    assert brief.overview.corpus in text


def test_hostile_words_do_no_harm_in_either(hostile: AuditResult) -> None:
    page, word = render(hostile, "brief"), render(hostile, "brief-docx")
    assert isinstance(page, str)
    assert page.count("<script>") == 1
    assert HOSTILE[0] not in page
    assert isinstance(word, bytes)
    docx.Document(io.BytesIO(word))


@pytest.fixture
def filed(tmp_path: Path) -> AuditResult:
    """A result whose first document is a real file of five pages, quoted on two of them."""
    result = made_result(regions=("North East", "London"))
    source = result.analyses[0].document.source
    writer = pypdf.PdfWriter()
    for _ in range(5):
        writer.add_blank_page(width=300, height=200)
    path = tmp_path / source
    writer.write(path)
    finding = next(f for f in result.findings if f.document == source)
    quotations = tuple(
        Quotation(
            document=source,
            page=page,
            page_label=str(page + 1),
            text="words",
            start=0,
            end=5,
            boxes=((page, (10.0, 10.0, 60.0, 22.0)),),
        )
        for page in (1, 3)
    )
    finding = msgspec.structs.replace(finding, quotations=quotations)
    analyses = tuple(msgspec.structs.replace(a, priorities=()) for a in result.analyses)
    return msgspec.structs.replace(
        result,
        analyses=analyses,
        findings=(finding,),
        profiles=(),
        comparison=None,
        files={source: str(path)},
    )


def test_quoted_pages_are_copied_with_a_highlight(filed: AuditResult) -> None:
    copies, links = quoted_pages(filed)
    ((name, data),) = copies.items()
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert len(pages) == 2
    for page in pages:
        kinds = [note.get_object()["/Subtype"] for note in page.annotations or ()]
        assert kinds == ["/Highlight"]
    source = filed.analyses[0].document.source
    assert links == {(source, 1): f"../{name}#page=1", (source, 3): f"../{name}#page=2"}


def test_every_link_of_the_bundle_leads_into_it(filed: AuditResult) -> None:
    data = render(filed, "bundle")
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = set(made.namelist())
        assert {"READ ME.txt", "report/index.html", "findings.json", "priorities.csv"} <= names
        found = 0
        for name in names:
            if name.endswith(".html"):
                for href in re.findall(r'href="?([^" >]+)', made.read(name).decode()):
                    target = href.partition("#")[0]
                    if target.startswith("../"):
                        assert target[3:] in names, (name, href)
                        found += target.endswith(".pdf")
                    elif target and not target.startswith("https:"):
                        assert f"report/{target}" in names, (name, href)
        assert found >= 2


def test_the_same_audit_makes_the_same_bundle(result: AuditResult) -> None:
    assert render(result, "bundle") == render(result, "bundle")


def test_a_file_that_cannot_be_copied_leaves_its_words(tmp_path: Path) -> None:
    result = made_result(regions=("North East",))
    source = result.analyses[0].document.source
    (tmp_path / source).write_bytes(b"%PDF-1.4 nothing else")
    given = msgspec.structs.replace(result, files={source: str(tmp_path / source)})
    assert quoted_pages(given) == ({}, {})
    assert isinstance(render(given, "bundle"), bytes)
