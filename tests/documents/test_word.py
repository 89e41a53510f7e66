"""What a Word file says in its markup: styles, grids, boxes and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from stratlint.documents import read
from stratlint.records import Document, Role

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def element(xml: str) -> Any:
    """An element of Word's, its prefixes declared."""
    from docx.oxml import parse_xml

    name = xml[1:].partition(">")[0].partition(" ")[0]
    return parse_xml(xml.replace(f"<{name}", f"<{name} {NAMESPACES}", 1))


def add(word: Any, *xml: str) -> None:
    """Elements at the end of the body, before the properties of its last section."""
    for part in xml:
        word.element.body.sectPr.addprevious(element(part))


def reread(word: Any, tmp_path: Path) -> Document:
    path = tmp_path / "plan.docx"
    word.save(str(path))
    return read(path)


def blocks(document: Document) -> list[tuple[str, int | None, str]]:
    return [(b.role.value, b.level, document.block_text(i)) for i, b in enumerate(document.blocks)]


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_contents_heading_is_no_title(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Contents", 1)
    word.add_paragraph("Boats 2")
    word.add_heading("Boats and glass", 1)
    assert reread(word, tmp_path).title == "Boats and glass"


@pytest.mark.parametrize("made_up", ["Microsoft Word - plan.docx", "Document1"])
def test_a_title_that_a_program_made_up_is_no_title(tmp_path: Path, made_up: str) -> None:
    word = docx.Document()
    word.core_properties.title = made_up
    word.add_heading("Boats and glass", 1)
    assert reread(word, tmp_path).title == "Boats and glass"


def test_list_styles_have_levels(tmp_path: Path) -> None:
    word = docx.Document()
    for style in ("List Bullet", "List Bullet 2", "List Number 3", "List 2", "List Paragraph"):
        word.add_paragraph(style, style=style)
    assert [b.level for b in reread(word, tmp_path).blocks] == [1, 2, 3, 2, 1]


def test_styles_based_on_headings_are_headings(tmp_path: Path) -> None:
    word = docx.Document()
    chapter = word.styles.add_style("Chapter", 1)
    chapter.base_style = word.styles["Heading 2"]
    part = word.styles.add_style("Part", 1)
    part.base_style = chapter
    numbered = word.styles.add_style("Numbered", 1)
    numbered.element.get_or_add_pPr().append(element('<w:outlineLvl w:val="2"/>'))
    body = word.styles.add_style("Unnumbered", 1)
    body.base_style = word.styles["Heading 1"]
    body.element.get_or_add_pPr().append(element('<w:outlineLvl w:val="9"/>'))
    for style in ("Chapter", "Part", "Numbered", "Unnumbered"):
        word.add_paragraph(style, style=style)
    add(word, paragraph("Direct", '<w:outlineLvl w:val="3"/>'))
    assert blocks(reread(word, tmp_path)) == [
        ("heading", 2, "Chapter"),
        ("heading", 2, "Part"),
        ("heading", 3, "Numbered"),
        ("paragraph", None, "Unnumbered"),
        ("heading", 4, "Direct"),
    ]


def test_styles_based_on_each_other_end(tmp_path: Path) -> None:
    word = docx.Document()
    one, other = word.styles.add_style("One", 1), word.styles.add_style("Other", 1)
    one.base_style, other.base_style = other, one
    word.add_paragraph("We build boats.", style="One")
    assert reread(word, tmp_path).blocks[0].role is Role.PARAGRAPH


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def rows(document: Document) -> list[list[str]]:
    return [[document.text[a:b] for a, b in block.cells] for block in document.blocks]


def test_cells_stand_at_their_columns(tmp_path: Path) -> None:
    word = docx.Document()
    wide, merged = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    add(
        word,
        "<w:tbl>"
        + row(cell("Trade"), cell("Jobs in 2006 and 2007", wide), cell("Place"))
        + row(cell("Boats", merged), cell("120"), cell("130"), cell("Hull"))
        + row(cell("", "<w:vMerge/>"), cell("50"), cell("60"), cell("York"))
        + row(cell("all", wide), cell("Goole"), properties='<w:gridBefore w:val="1"/>')
        + "</w:tbl>",
    )
    assert rows(reread(word, tmp_path)) == [
        ["Trade", "Jobs in 2006 and 2007", "", "Place"],
        ["Boats", "120", "130", "Hull"],
        ["", "50", "60", "York"],
        ["", "all", "", "Goole"],
    ]


@pytest.mark.parametrize("span", ["100000000", "9" * 5000, "-3", "0", "two", "²"])
def test_a_span_is_no_wider_than_a_table_of_words(tmp_path: Path, span: str) -> None:
    word = docx.Document()
    hostile = cell("Boats", f'<w:gridSpan w:val="{span}"/>')
    add(word, "<w:tbl>" + row(*[hostile] * 50, properties=f'<w:gridBefore w:val="{span}"/>')
        + "</w:tbl>")  # fmt: skip
    cells = rows(reread(word, tmp_path))[0]
    assert [text for text in cells if text] == ["Boats"] * 50
    assert len(cells) <= 63 + 50


def test_rows_and_cells_in_content_controls_are_read(tmp_path: Path) -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    word = docx.Document()
    add(
        word,
        "<w:tbl>"
        + row(control(cell("Trade")), cell("Jobs"))
        + control(control(row(cell("Boats"), control(cell("120")))) + row(cell("Glass")))
        + f"<w:tr><w:tc>{control(paragraph('Lenses'))}</w:tc></w:tr></w:tbl>",
    )
    found = rows(reread(word, tmp_path))
    assert found == [["Trade", "Jobs"], ["Boats", "120"], ["Glass"], ["Lenses"]]
