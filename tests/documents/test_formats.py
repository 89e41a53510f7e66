"""Word, HTML, Markdown and plain text come out as the same kind of Document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.documents import ReadOptions, read
from stratlint.documents.plain import plain_document
from stratlint.records import Document, Role


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.role.value, document.block_text(i)) for i, b in enumerate(document.blocks)]


def _with_comment_and_deletion(paragraph: Any) -> None:
    from docx.oxml import parse_xml

    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraph._p.append(
        parse_xml(f'<w:del xmlns:w="{namespace}"><w:r><w:delText>gone</w:delText></w:r></w:del>')
    )
    paragraph._p.append(
        parse_xml(f'<w:ins xmlns:w="{namespace}"><w:r><w:t> and added</w:t></w:r></w:ins>')
    )


def test_word(tmp_path: Path) -> None:
    import docx

    source = docx.Document()
    source.add_heading("Boats and glass", level=1)
    paragraph = source.add_paragraph("We will support two trades:")
    _with_comment_and_deletion(paragraph)
    source.add_paragraph("boat building", style="List Bullet")
    table = source.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Trade", "Jobs"), ("Boats", "120")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    source.sections[0].header.paragraphs[0].text = "Draft"
    path = tmp_path / "plan.docx"
    source.save(str(path))
    document = read(path)
    assert _blocks(document) == [
        ("heading", "Boats and glass"),
        ("paragraph", "We will support two trades: and added"),
        ("list_item", "• boat building"),
        ("table_row", "Trade\tJobs"),
        ("table_row", "Boats\t120"),
        ("running_head", "Draft"),
    ]
    assert document.blocks[2].lead_in == 1
    assert document.blocks[4].header == 3
    assert "Draft" not in document.body


def test_hyphens_of_a_word_file_are_one(tmp_path: Path) -> None:
    import docx

    source = docx.Document()
    source.add_paragraph("A low\u2011carbon and agri\u2010food plan")
    path = tmp_path / "plan.docx"
    source.save(str(path))
    assert read(path).text == "A low-carbon and agri-food plan"


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<!doctype html><title>Plan</title><nav>Home</nav><h2>Trades</h2>"
        "<p>We support <b>boats</b>.<script>x()</script></p><ul><li>glass<ul><li>lenses</ul></ul>"
        "<blockquote>They said no.</blockquote><table><tr><th>A<th>B<tr><td>1<td>2</table>",
        encoding="utf-8",
    )
    document = read(path)
    assert _blocks(document) == [
        ("heading", "Trades"),
        ("paragraph", "We support boats."),
        ("list_item", "glass"),
        ("list_item", "lenses"),
        ("quotation", "They said no."),
        ("table_row", "A\tB"),
        ("table_row", "1\t2"),
        ("running_head", "Home"),
    ]
    assert [b.level for b in document.blocks[2:4]] == [1, 2]
    assert document.title == "Plan"


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# Trades\n\nWe support:\n\n- boats\n- glass\n\n> No.\n", encoding="utf-8")
    assert _blocks(read(path)) == [
        ("heading", "Trades"),
        ("paragraph", "We support:"),
        ("list_item", "boats"),
        ("list_item", "glass"),
        ("quotation", "No."),
    ]


TEXT = (
    "Our trades\r\n\r\nThe county has long lived from boats and from those who build\r\n"
    "them, and its fi rms still employ a third of all people.1 \r\n\r\n"
    "• boats\r\n• glass\r\n\r\nMany work in yards.2 Others make lenses.3\r\n"
)


def test_plain_text_is_untouched_and_spans_are_file_offsets(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode())
    document = read(path)
    assert document.text == TEXT
    assert document.body_end == len(TEXT)
    roles = [b.role for b in document.blocks]
    assert roles == [
        Role.HEADING,
        Role.PARAGRAPH,
        Role.LIST_ITEM,
        Role.LIST_ITEM,
        Role.PARAGRAPH,
    ]
    assert document.block_text(2) == "• boats"


def test_plain_text_is_mended_on_request(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode())
    document = read(path, ReadOptions(repair=True))
    assert document.body == (
        "Our trades\n\nThe county has long lived from boats and from those who build them, and "
        "its firms still employ a third of all people.\n\n• boats\n\n• glass\n\n"
        "Many work in yards. Others make lenses."
    )


def test_encoding_is_detected_and_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(("Der Hafen über dem Fluß größer als früher. " * 20).encode("cp1252"))
    document = read(path)
    assert "über dem Fluß größer" in document.text
    assert [w.code for w in document.warnings] == ["encoding", "other-language"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB .\n\r\f\t•-1(“", max_size=200))
def test_blocks_of_any_text_are_ordered_and_lose_nothing(text: str) -> None:
    same, _, blocks, pages = plain_document(text, repair=False)
    assert same == text
    covered = "".join(text[b.start : b.end] for b in blocks)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(0 <= b.page < len(pages) for b in blocks)


CHAPTERS = (
    "The Plan of Corby Vale\n\nAdopted in 2019\n\n1. Where we are\n\nThe district is small.\n\n"
    "2. Our clusters\n\n2.1 Logistics\n\nThe junction is new.\n\n2.2 Ceramics\n\nKilns are old.\n\n"
    "3. Getting about\n\nBuses run.\n"
)


def test_numbered_lines_by_themselves_are_chapters_of_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(CHAPTERS, encoding="utf-8")
    document = read(path)
    levels = {
        document.text[b.start : b.end]: b.level or 0
        for b in document.blocks
        if b.role is Role.HEADING
    }
    assert levels["2. Our clusters"] == levels["3. Getting about"]
    assert levels["2.1 Logistics"] == levels["2.2 Ceramics"] == levels["2. Our clusters"] + 1


@pytest.mark.parametrize(
    "text",
    [
        "We chose:\n\n1. Logistics\n\nNew.\n\n2. Ceramics\n\nOld.\n\n3. Rail\n\nIt is slow.\n",
        "A list follows\n\n1. Logistics\n\n2. Ceramics\n\n3. Rail\n\nThat is all.\n",
    ],
)
def test_numbered_items_stay_items(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    roles = [b.role for b in read(path).blocks]
    assert roles.count(Role.LIST_ITEM) == 3
