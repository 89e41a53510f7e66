"""What a Word file says in its markup: styles, grids, boxes and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK

from stratlint.documents import read
from stratlint.documents.render import as_text
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


BREAK = "<w:lastRenderedPageBreak/>"


def pages(document: Document) -> dict[str, int]:
    return {document.block_text(i): b.page for i, b in enumerate(document.blocks)}


def run(text: str, before: str = "") -> str:
    return f"<w:r>{before}<w:t>{text}</w:t></w:r>"


def test_a_page_begins_with_the_paragraph_that_holds_its_break(tmp_path: Path) -> None:
    word = docx.Document()
    add(
        word,
        f"<w:p>{run('Boats')}</w:p>",
        # The break that the author asked for, as Word lays it out: counted once.
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        f"<w:p>{run('Glass', BREAK)}</w:p>",
        f"<w:p>{run('Lenses')}{run(' and more', BREAK)}</w:p>",
        f"<w:p><w:del><w:r>{BREAK}<w:delText>gone</w:delText></w:r></w:del>{run('Ropes')}</w:p>",
    )
    document = reread(word, tmp_path)
    assert pages(document) == {"Boats": 0, "Glass": 1, "Lenses and more": 1, "Ropes": 3}
    assert [p.label for p in document.pages] == ["1", "2", "3", "4"]
    assert not document.warnings


def test_a_row_is_on_the_page_of_its_first_words(tmp_path: Path) -> None:
    word = docx.Document()
    broken = f"<w:tc><w:p>{run('Glass', BREAK)}</w:p></w:tc>"
    long = f"<w:tc><w:p>{run('Ropes')}{run(' and sails', BREAK)}</w:p></w:tc>"
    add(
        word,
        "<w:tbl>" + row(cell("Boats"), cell("120")) + row(cell(""), broken) + row(long, long)
        + row(cell("Lenses")) + "</w:tbl>",
    )  # fmt: skip
    assert [b.page for b in reread(word, tmp_path).blocks] == [0, 1, 1, 2]


def add_footnotes(word: Any, **notes: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    written = "".join(
        f'<w:footnote w:id="{key[1:]}"><w:p>{run(text, BREAK)}</w:p></w:footnote>'
        for key, text in notes.items()
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {NAMESPACES}>{written}</w:footnotes>".encode(),
        word.part.package,
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    word.part.relate_to(part, kind)


def referring(text: str, number: int, before: str = "") -> str:
    return f'<w:p>{run(text, before)}<w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'


def test_notes_are_on_the_page_of_their_reference(tmp_path: Path) -> None:
    word = docx.Document()
    inside = f"<w:tbl><w:tr><w:tc>{referring('Glass', 3)}</w:tc></w:tr></w:tbl>"
    add(word, referring("Boats", 2), referring("Ropes", 1, BREAK), inside)
    add_footnotes(word, n1="of ropes", n2="of boats", n3="of glass")
    document = reread(word, tmp_path)
    notes = {text: page for text, page in pages(document).items() if text.startswith("of")}
    assert notes == {"of ropes": 1, "of boats": 0, "of glass": 1}
    assert len(document.pages) == 2


def test_notes_are_printed_at_the_end_of_their_page_and_heads_at_the_end(tmp_path: Path) -> None:
    word = docx.Document()
    add(word, referring("Boats", 2), paragraph("Sails"), referring("Ropes", 1, BREAK))
    add(word, f"<w:p>{run('Glass', BREAK)}</w:p>")
    add_footnotes(word, n1="of ropes", n2="of boats")
    word.sections[0].header.paragraphs[0].text = "Draft"
    text = as_text(reread(word, tmp_path), notes=True, furniture=True)
    assert text.split() == "Boats Sails of boats Ropes of ropes Glass Draft".split()


def test_breaks_that_the_author_asked_for_count_where_word_laid_out_nothing(
    tmp_path: Path,
) -> None:
    word = docx.Document()
    add(word, paragraph("Cover", "<w:pageBreakBefore/>"))
    word.add_paragraph("Boats").add_run().add_break(WD_BREAK.PAGE)
    word.styles["Heading 1"].paragraph_format.page_break_before = True
    word.add_heading("Glass", 1)
    add(word, paragraph("Lenses", '<w:pageBreakBefore w:val="0"/>'))
    word.add_section(WD_SECTION.NEW_PAGE)
    word.add_heading("Ropes", 1)
    word.add_section(WD_SECTION.CONTINUOUS)
    word.add_paragraph("Sails")
    document = reread(word, tmp_path)
    expected = {"Cover": 0, "Boats": 0, "Glass": 1, "Lenses": 1, "Ropes": 2, "Sails": 2}
    assert pages(document) == expected
    assert not document.warnings


def test_pages_that_nothing_tells_of_are_said_to_be_unknown(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("We build boats.")
    document = reread(word, tmp_path)
    assert [(w.code, w.page) for w in document.warnings] == [("no-pages", None)]
    assert [p.label for p in document.pages] == ["1"]


def box(*inner: str) -> str:
    """A run that draws a text box, as Word writes it: once for itself, once for older programs."""
    content = f"<w:txbxContent>{''.join(inner)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_paragraphs_after_their_host(tmp_path: Path) -> None:
    word = docx.Document()
    table = "<w:tbl>" + row(cell("Trade"), cell("Jobs")) + "</w:tbl>"
    inner = box(paragraph("Aims", '<w:pStyle w:val="Heading2"/>'), paragraph("More boats."), table)
    add(
        word,
        f"<w:p>{run('We build ')}{inner}{run('boats.')}</w:p>",
        f"<w:p>{box(paragraph('And glass.'))}</w:p>",
    )
    assert blocks(reread(word, tmp_path)) == [
        ("paragraph", None, "We build boats."),
        ("heading", 2, "Aims"),
        ("paragraph", None, "More boats."),
        ("table_row", None, "Trade\tJobs"),
        ("paragraph", None, "And glass."),
    ]


def test_a_text_box_in_a_cell_is_read_once(tmp_path: Path) -> None:
    word = docx.Document()
    inner = f"<w:p>{run('We build ')}{box(paragraph('In 2006'))}{run('boats.')}</w:p>"
    nested = "<w:tbl>" + row(cell("Hull"), cell("York")) + "</w:tbl>"
    add(word, f"<w:tbl><w:tr><w:tc>{inner}{nested}</w:tc></w:tr></w:tbl>")
    assert rows(reread(word, tmp_path)) == [["We build boats. In 2006 Hull York"]]


def test_what_older_programs_show_instead_is_not_read(tmp_path: Path) -> None:
    word = docx.Document()
    choice = f'<mc:Choice Requires="wps">{paragraph("We build boats.")}</mc:Choice>'
    fallback = f"<mc:Fallback>{paragraph('A boat')}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    add(word, both, f"<w:tbl><w:tr><w:tc>{both}</w:tc></w:tr></w:tbl>")
    document = reread(word, tmp_path)
    assert [text for _, _, text in blocks(document)] == ["We build boats.", "We build boats."]


def test_a_text_box_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    word = docx.Document()
    inner = box(f"<w:p>{run('Glass', BREAK)}</w:p>")
    add(word, f"<w:p>{run('Boats')}{inner}{run('Ropes', BREAK)}</w:p>", paragraph("Sails"))
    document = reread(word, tmp_path)
    assert pages(document)["Sails"] == 1
    assert len(document.pages) == 2
