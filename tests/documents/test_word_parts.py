"""What a Word file numbers, hides, embeds and draws, and files that others made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Inches

from stratlint.documents import read
from stratlint.errors import UnreadableInput
from stratlint.records import Role

from .test_word import add, blocks, element, paragraph, reread

SECRET = "biotechnology is our first priority"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _levels(*levels: tuple[str, str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (start, form, text) in enumerate(levels)
    )


def _numbered(word: Any, *lists: str, same: bool = False) -> None:
    """Define lists with numbers from 90 on; ``same`` adds a second list of each definition."""
    root = word.part.numbering_part.element
    for i, levels in enumerate(lists):
        root.insert(
            0, element(f'<w:abstractNum w:abstractNumId="{90 + i}">{levels}</w:abstractNum>')
        )
        for number in (90 + i, 190 + i)[: 2 if same else 1]:
            start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            root.append(
                element(
                    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{90 + i}"/>'
                    f"{start if number > 100 else ''}</w:num>"
                )
            )


def _place(number: int, level: int = 0, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_headings_and_items_have_the_numbers_that_word_makes(tmp_path: Path) -> None:
    word = docx.Document()
    headings = _levels(("1", "decimal", "%1"), ("1", "decimal", "%1.%2"))
    actions = _levels(("1", "decimal", "Action %1:"), ("1", "lowerLetter", "(%2)"))
    _numbered(word, headings, actions)
    add(
        word,
        paragraph("Skills", _place(90, 0, "Heading1")),
        paragraph("Adult learning", _place(90, 1, "Heading2")),
        paragraph("open two colleges", _place(91)),
        paragraph("one by the sea", _place(91, 1)),
        paragraph("one in the hills", _place(91, 1)),
        paragraph("run night buses", _place(91)),
        paragraph("in all towns", _place(91, 1)),
        paragraph("Transport", _place(90, 0, "Heading1")),
        paragraph("Buses", _place(90, 1, "Heading2")),
        paragraph("without a number", _place(0)),
    )
    assert [text for _, _, text in blocks(reread(word, tmp_path))] == [
        "1 Skills",
        "1.1 Adult learning",
        "Action 1: open two colleges",
        "(a) one by the sea",
        "(b) one in the hills",
        "Action 2: run night buses",
        "(a) in all towns",
        "2 Transport",
        "2.1 Buses",
        "• without a number",
    ]


@pytest.mark.parametrize(
    ("form", "start", "wanted"),
    [
        ("upperRoman", "4", "IV."),
        ("lowerRoman", "9", "ix."),
        ("upperLetter", "28", "BB."),
        ("ordinal", "22", "22nd."),
        ("decimalZero", "7", "07."),
        ("chicago", "3", "3."),
        ("decimal", "99999999999", "1."),
    ],
)
def test_forms_of_numbers(tmp_path: Path, form: str, start: str, wanted: str) -> None:
    word = docx.Document()
    _numbered(word, _levels((start, form, "%1.")))
    add(word, paragraph("boats", _place(90)))
    assert reread(word, tmp_path).body == f"{wanted} boats"


def test_a_list_that_says_so_starts_again_and_another_goes_on(tmp_path: Path) -> None:
    word = docx.Document()
    _numbered(word, _levels(("1", "decimal", "%1.")), same=True)
    add(word, paragraph("a", _place(90)), paragraph("Then:"), paragraph("b", _place(90)))
    add(word, paragraph("c", _place(190)))
    assert reread(word, tmp_path).body.split("\n\n") == ["1. a", "Then:", "2. b", "1. c"]


def test_a_style_may_number_its_paragraphs(tmp_path: Path) -> None:
    word = docx.Document()
    _numbered(word, _levels(("1", "decimal", "Part %1 –")))
    word.styles["Heading 1"].element.get_or_add_pPr().append(element(_place(90)))
    word.add_heading("Skills", 1)
    word.add_heading("Roads", 1)
    assert reread(word, tmp_path).body.split("\n\n") == ["Part 1 – Skills", "Part 2 – Roads"]


def _run(properties: str) -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{SECRET}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="true"/>',
        "<w:strike/>",
        "<w:dstrike/>",
        '<w:sz w:val="2"/>',
        '<w:color w:val="FFFFFF"/>',
    ],
)
def test_words_that_cannot_be_seen_are_said(tmp_path: Path, properties: str) -> None:
    word = docx.Document()
    add(word, _run(properties), paragraph("Boats and glass."))
    document = reread(word, tmp_path)
    assert document.body == "Boats and glass."
    (warning,) = (w for w in document.warnings if w.code == "hidden-text")
    assert warning.quote == SECRET
    assert "5 words" in warning.message


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:strike w:val="false"/>',
        '<w:sz w:val="9"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
    ],
)
def test_words_that_can_be_seen_are_read(tmp_path: Path, properties: str) -> None:
    word = docx.Document()
    add(word, _run(properties))
    document = reread(word, tmp_path)
    assert document.body == SECRET
    assert all(w.code != "hidden-text" for w in document.warnings)


def test_styles_hide_their_runs_and_tables_may_be_white(tmp_path: Path) -> None:
    word = docx.Document()
    style = word.styles.add_style("Note to editor", 2)
    style.element.append(element("<w:rPr><w:vanish/></w:rPr>"))
    shown = word.add_paragraph("Boats and glass. ")
    shown.add_run(SECRET, style=style)
    table = word.add_table(1, 1)
    run = table.cell(0, 0).paragraphs[0].add_run("Sector")
    run._r.get_or_add_rPr().append(element('<w:color w:val="FFFFFF"/>'))
    document = reread(word, tmp_path)
    assert document.body == "Boats and glass.\n\nSector"
    assert [w.quote for w in document.warnings if w.code == "hidden-text"] == [SECRET]


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_symbols_and_formulas_are_read(tmp_path: Path) -> None:
    word = docx.Document()
    fraction = (
        f"<m:oMath {M}><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    add(
        word,
        '<w:p><w:r><w:t xml:space="preserve">Up to </w:t></w:r><w:r>'
        '<w:sym w:font="Symbol" w:char="F0A3"/></w:r><w:r><w:t>5m; </w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Arial" w:char="20AC"/>'
        '<w:sym w:font="x" w:char="zz"/><w:sym w:font="Wingdings 3" w:char="F099"/></w:r></w:p>',
        f"<w:p><w:r><w:t>It is </w:t></w:r>{fraction}</w:p>",
    )
    assert reread(word, tmp_path).body == "Up to ≤5m; ✓€•\n\nIt is x=(a+b)/2m^2"


def _embed(word: Any, name: str, kind: str, data: bytes, relation: str) -> str:
    part = Part(PackURI(f"/word/{name}"), kind, data, word.part.package)
    return str(word.part.relate_to(part, f"{REL}/{relation}"))


def _inner() -> bytes:
    inner = docx.Document()
    inner.add_paragraph("All the words of chapter three.")
    out = io.BytesIO()
    inner.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.html", lambda: b"<p>All the words of chapter two.</p>", "of chapter two."),
        ("a.docx", _inner, "of chapter three."),
        ("a.txt", lambda: b"All the words\nof chapter four.", "of chapter four."),
        ("a.rtf", lambda: rb"{\rtf1 The words.}", None),
    ],
)
def test_embedded_parts_are_read_or_said(
    tmp_path: Path, name: str, make: Callable[[], bytes], words: str | None
) -> None:
    word = docx.Document()
    word.add_paragraph("Before.")
    key = _embed(word, name, "application/octet-stream", make(), "aFChunk")
    add(word, f'<w:altChunk xmlns:r="{REL}" r:id="{key}"/>')
    word.add_paragraph("After.")
    document = reread(word, tmp_path)
    assert document.body.startswith("Before.")
    assert document.body.endswith("After.")
    said = [w.message for w in document.warnings if w.code == "left-out"]
    if words is None:
        assert len(said) == 1
        assert name in said[0]
    else:
        assert words in document.body
        assert not said


def test_diagrams_are_read_and_embedded_sheets_are_said(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Our aims:")
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    points = "".join(
        f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>"
        for text in ("Clean power", "Skilled work")
    )
    data = f'<d:dataModel xmlns:d="{dgm}" xmlns:a="{a}"><d:ptLst>{points}</d:ptLst></d:dataModel>'
    key = _embed(word, "diagrams/data1.xml", "application/xml", data.encode(), "diagramData")
    add(
        word,
        f'<w:p><w:r><w:drawing><d:relIds xmlns:d="{dgm}" xmlns:r="{REL}" r:dm="{key}"/>'
        "</w:drawing></w:r></w:p>",
    )
    _embed(word, "embeddings/budget.xlsx", "application/xml", b"PK", "package")
    document = reread(word, tmp_path)
    assert document.body == "Our aims:\n\n• Clean power\n\n• Skilled work"
    assert "budget.xlsx" in " ".join(w.message for w in document.warnings if w.code == "left-out")


def test_tables_in_headers_and_first_pages_are_furniture(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Body words of the plan.")
    section = word.sections[0]
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    table = section.header.add_table(1, 2, Inches(5))
    table.cell(0, 0).text, table.cell(0, 1).text = "Header cell", "Other cell"
    section.first_page_header.paragraphs[0].text = "First page only"
    document = reread(word, tmp_path)
    furniture = [text for role, _, text in blocks(document) if role == Role.RUNNING_HEAD]
    assert document.body == "Body words of the plan."
    assert furniture == ["Header cell Other cell", "First page only"]


def _rezip(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = [(name, change(name, old.read(name))) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            if data is not None:
                new.writestr(name, data)
    return path


def _plan(tmp_path: Path) -> Path:
    word = docx.Document()
    word.add_heading("A plan", 1)
    word.add_paragraph("Boats and glass.")
    path = tmp_path / "plan.docx"
    word.save(str(path))
    return path


WORDS = "A plan\n\nBoats and glass."


def test_strict_files_are_read(tmp_path: Path) -> None:
    old = b"http://schemas.openxmlformats.org/"
    names = [
        (old + b"wordprocessingml/2006/main", b"wordprocessingml/main"),
        (old + b"officeDocument/2006/relationships", b"officeDocument/relationships"),
        (old + b"drawingml/2006/main", b"drawingml/main"),
    ]

    def strict(_: str, data: bytes) -> bytes:
        for usual, name in names:
            data = data.replace(usual, b"http://purl.oclc.org/ooxml/" + name)
        return data

    assert read(_rezip(_plan(tmp_path), strict)).body == WORDS


@pytest.mark.parametrize("suffix", [".dotx", ".docm", ".dotm"])
@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_files_with_macros_are_read(tmp_path: Path, kind: bytes, suffix: str) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    path = _rezip(_plan(tmp_path), lambda _, data: data.replace(usual, kind))
    assert read(path.rename(path.with_suffix(suffix))).body == WORDS


@pytest.mark.parametrize(
    "missing",
    ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels",
     "docProps/core.xml", "[Content_Types].xml", "word/settings.xml"],
)  # fmt: skip
def test_a_missing_part_loses_nothing_else(tmp_path: Path, missing: str) -> None:
    path = _rezip(_plan(tmp_path), lambda name, data: None if name == missing else data)
    assert read(path).body == WORDS


def test_broken_markup_is_read_as_far_as_it_goes_and_said(tmp_path: Path) -> None:
    def cut(name: str, data: bytes) -> bytes:
        return data[: data.index(b"Boats") + 9] if name == "word/document.xml" else data

    document = read(_rezip(_plan(tmp_path), cut))
    assert document.body == "A plan\n\nBoats and"
    assert "save it again" in next(w.message for w in document.warnings if w.code == "left-out")


def test_a_file_without_its_text_says_what_to_do(tmp_path: Path) -> None:
    path = _rezip(_plan(tmp_path), lambda name, data: None if name == "word/document.xml" else data)
    with pytest.raises(UnreadableInput, match="is missing; open it in Word") as told:
        read(path)
    assert told.value.code == "damaged"
