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
