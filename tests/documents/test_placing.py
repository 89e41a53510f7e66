"""Words whose place on the page is not their place in the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.records import Document, Role

from .pdfs import FIRST, Sheet, stream, to_unicode, write_pdf

PROSE = (
    "he county will grow its clean energy firms and help every town to train people for skilled "
    "work by the end of the decade. A board of local leaders meets each quarter and reports to "
    "the assembly on what was done. Harbours on the west coast need new quays before larger "
    "vessels can call there. Money for the first stage comes from the ports themselves and from "
    "a loan that the region repays over twenty years. The hills keep their farms and forests."
)


def _wrap(text: str, widths: list[int]) -> list[str]:
    """Lines of so many characters each, the last width for all that follow."""
    lines, words = [""], text.split()
    for word in words:
        width = widths[min(len(lines), len(widths)) - 1]
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _roles(document: Document, role: Role) -> list[str]:
    return [document.block_text(i) for i, b in enumerate(document.blocks) if b.role is role]


@pytest.mark.parametrize("height", [2, 3, 4])
@pytest.mark.parametrize("first", [True, False], ids=["drawn first", "drawn last"])
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("initial", ["T", "“T"])
def test_drop_capitals_begin_their_paragraph(
    tmp_path: Path, height: int, first: bool, columns: int, initial: str
) -> None:
    sheet = Sheet()
    width = 88 if columns == 1 else 44
    size = (12 * (height - 1) + 7.2) / 0.72
    for column in range(columns):
        x = 60 + 260 * column
        indent = size * (0.611 + 0.333 * (len(initial) - 1)) + 4
        low = 700 - 12 * (height - 1)
        if first:
            sheet.text(x, low, initial, size=size)
        lines = _wrap(PROSE, [width - int(indent / 4.6)] * height + [width])
        for i, line in enumerate(lines):
            sheet.text(x + indent if i < height else x, 700 - 12 * i, line)
        if not first:
            sheet.text(x, low, initial, size=size)
    document = read(write_pdf(tmp_path / "drop.pdf", [sheet]))
    assert document.body == "\n\n".join([initial + PROSE] * columns)
    assert {b.role for b in document.blocks} == {Role.PARAGRAPH}


def test_a_drop_capital_that_is_a_word_stays_one(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 676, "A", size=43)
    lines = _wrap("board of leaders meets. " + PROSE[4:], [80, 80, 80, 88])
    for i, line in enumerate(lines):
        sheet.text(92 if i < 3 else 60, 700 - 12 * i, line)
    document = read(write_pdf(tmp_path / "drop.pdf", [sheet]))
    assert document.body.startswith("A board of leaders meets. ")


def test_a_large_first_letter_on_the_line_joins_its_word(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.raw("BT /F1 20 Tf 60 700 Td (T) Tj /F1 10 Tf (he county will grow its firms.) Tj ET")
    sheet.lines(60, 688, _wrap(PROSE[4:], [88]))
    assert read(write_pdf(tmp_path / "r.pdf", [sheet])).body.startswith("The county will grow")


def test_large_numbers_and_titles_are_no_drop_capitals(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 740, "A plan for the hills", size=24)
    sheet.text(60, 676, "7", size=43)
    for i, line in enumerate(_wrap("firms make boats. " + PROSE[4:], [76])):
        sheet.text(120, 700 - 12 * i, line)
    document = read(write_pdf(tmp_path / "n.pdf", [sheet]))
    assert _roles(document, Role.HEADING)[0] == "A plan for the hills"
    assert "7firms" not in document.text


def test_type_of_a_size_below_nought_is_upright(tmp_path: Path) -> None:
    sheet = Sheet()
    for i, line in enumerate(_wrap("T" + PROSE, [88])):
        sheet.raw(f"BT /F1 -10 Tf -1 0 0 -1 60 {700 - 12 * i} Tm ({line}) Tj ET")
    document = read(write_pdf(tmp_path / "minus.pdf", [sheet]))
    assert document.body == "T" + PROSE
    assert document.warnings == ()


def test_words_set_one_by_one_are_parted(tmp_path: Path) -> None:
    sheet = Sheet()
    # Helvetica's widths in thousandths, for the letters that are used.
    narrow = {**dict.fromkeys("ijl", 222), **dict.fromkeys("ft.", 278), "r": 333}
    wide = {
        **dict.fromkeys("cksvxyz", 500),
        "w": 722,
        "m": 833,
        "T": 611,
        "A": 667,
        "H": 722,
        "M": 833,
    }
    for i, line in enumerate(_wrap("T" + PROSE, [88])):
        x = 60.0
        for word in line.split():
            sheet.text(round(x, 2), 700 - 12 * i, word)
            x += sum({**narrow, **wide}.get(c, 556) for c in word) / 100 + 1.7
    assert read(write_pdf(tmp_path / "tight.pdf", [sheet])).body == "T" + PROSE


@pytest.mark.parametrize("one_object", [True, False])
def test_letters_of_a_spaced_heading_stay_together(tmp_path: Path, one_object: bool) -> None:
    sheet = Sheet()
    if one_object:
        sheet.raw("BT /F2 10 Tf 4 Tc 60 740 Td (CREATIVE STRATEGY) Tj 0 Tc ET")
    else:
        x = 60.0
        for letter in "CREATIVE STRATEGY":
            sheet.text(x, 740, letter, size=10, font="F2")
            x += {"E": 667, "I": 278, " ": 278, "T": 611, "G": 778}.get(letter, 722) / 100 + 4
    sheet.lines(60, 700, _wrap("T" + PROSE, [88]))
    document = read(write_pdf(tmp_path / "spaced.pdf", [sheet]))
    assert document.block_text(0) == "CREATIVE STRATEGY"
    assert document.body.endswith("T" + PROSE)


def test_letters_over_columns_are_no_word(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 740, "A B C D E F")
    sheet.lines(60, 700, _wrap("T" + PROSE, [88]))
    assert read(write_pdf(tmp_path / "a.pdf", [sheet])).block_text(0) == "A B C D E F"


@pytest.mark.parametrize(
    "mark",
    [
        ".7 .7 -.7 .7 150 520 Tm",
        "1 0 0 1 60 640 Tm",
        "0 1 -1 0 330 520 Tm",
        ".87 .5 -.5 .87 60 560 Tm",
    ],
    ids=["diagonal", "level", "upright", "slanted"],
)
@pytest.mark.parametrize("pages", [1, 3])
def test_watermarks_are_furniture(tmp_path: Path, mark: str, pages: int) -> None:
    sheets = []
    for number in range(pages):
        sheet = Sheet()
        sheet.raw(f".85 g BT /F2 56 Tf {mark} (BOARD DRAFT) Tj ET 0 g")
        text = _wrap(f"Part {number + 1} of the plan says that t{PROSE} {PROSE[4:]}", [88])
        sheet.lines(60, 700, text)
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "mark.pdf", sheets))
    assert "DRAFT" not in document.body
    assert "BOARD DRAFT" in document.text
    assert document.title is None
    assert len(document.blocks) == 2 * pages
    for number in range(pages):
        assert f"Part {number + 1} of the plan says that t{PROSE} {PROSE[4:]}" in document.body


def test_heads_that_stand_upright_are_over_their_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    xs, ys = [60, 180, 260, 340], [720, 620, 600, 580, 560]
    for x in xs:
        sheet.rule(x, ys[0], x, ys[-1])
    for y in ys:
        sheet.rule(xs[0], y, xs[-1], y)
    sheet.text(65, 630, "District", size=9)
    sheet.turned(225, 630, "Homes planned")
    sheet.turned(305, 630, "Jobs expected")
    for r, row in enumerate([("Aldmoor", "410", "220"), ("Brackwell", "275", "140")]):
        for x, value in zip(xs, row, strict=False):
            sheet.text(x + 5, ys[r + 1] - 14, value, size=9)
    sheet.lines(60, 500, _wrap("T" + PROSE, [88]))
    document = read(write_pdf(tmp_path / "heads.pdf", [sheet]))
    assert _roles(document, Role.TABLE_ROW) == [
        "District\tHomes planned\tJobs expected",
        "Aldmoor\t410\t220",
        "Brackwell\t275\t140",
    ]
    assert document.blocks[1].header == 0


def test_lines_from_right_to_left_are_in_reading_order(tmp_path: Path) -> None:
    words = ["תוכנית", "אזורית", "לצמיחה"]
    letters = sorted(set("".join(words)))
    codes = {0x80 + i: letter for i, letter in enumerate(letters)}
    code = {letter: chr(value) for value, letter in codes.items()}
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {FIRST} 0 R"
        f"/FirstChar 0/LastChar 255/Widths[{' '.join(['500'] * 256)}]>>"
    )
    sheet = Sheet(fonts=f"/F9 {FIRST + 1} 0 R")
    shown = " ".join(words)[::-1]
    octal = "".join(f"\\{ord(code[c]):o}" if c in code else c for c in shown)
    sheet.raw(f"BT /F9 12 Tf 300 700 Td ({octal}) Tj ET")
    sheet.lines(60, 660, _wrap("T" + PROSE, [88]))
    more = [to_unicode(codes), font.encode()]
    document = read(write_pdf(tmp_path / "rtl.pdf", [sheet], more=more))
    assert document.block_text(0) == " ".join(words)
    x0, _, x1, _ = document.blocks[0].bbox or (0, 0, 0, 0)
    assert 299 <= x0 < 310 < x1 < 430


FIELD = (
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(lead)/V(Northfield Growth Partnership)/F 4"
    "/Rect[130 634 430 654]{appearance}>>"
)


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "left to the viewer"])
def test_values_of_form_fields_stand_behind_their_labels(tmp_path: Path, drawn: bool) -> None:
    look = stream(
        b"/Tx BMC BT /F1 10 Tf 2 6 Td (Northfield Growth Partnership) Tj ET EMC",
        "/Type/XObject/Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F1 3 0 R>>>>",
    )
    field = FIELD.format(appearance=f"/AP<</N {FIRST} 0 R>>" if drawn else "")
    typed = (
        "<</Type/Annot/Subtype/FreeText/Contents(Agreed by all on the board)/F 4"
        "/Rect[130 560 430 580]/DA(/F1 10 Tf)>>"
    )
    sheet = Sheet(extras=f"/Annots[{FIRST + 1} 0 R {FIRST + 2} 0 R]")
    sheet.lines(60, 700, _wrap("T" + PROSE, [88])[:3])
    sheet.text(60, 640, "Lead body:")
    sheet.text(60, 600, "Who signs for the county, and when?")
    catalog = f"/AcroForm<</Fields[{FIRST + 1} 0 R]>>"
    more = [look, field.encode(), typed.encode()]
    document = read(write_pdf(tmp_path / "form.pdf", [sheet], more=more, catalog=catalog))
    assert "Lead body: Northfield Growth Partnership" in document.body
    assert document.body.count("Northfield") == 1
    assert "Agreed by all on the board" in document.body


def test_actual_text_stands_where_its_glyph_does(tmp_path: Path) -> None:
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {FIRST} 0 R"
        "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/g1]>>>>"
    )
    sheet = Sheet(fonts=f"/F9 {FIRST + 1} 0 R")
    glyph = "/Span<</ActualText({})>>BDC (\\001) Tj EMC"
    sheet.raw(
        f"BT /F9 12 Tf 60 700 Td (The shut o) Tj {glyph.format('ff')} ( valve and the air ) Tj "
        f"{glyph.format('fi')} (lters stay in the plan.) Tj {glyph.format(chr(9))} ET"
    )
    sheet.lines(60, 660, _wrap("T" + PROSE, [88]))
    more = [to_unicode({1: "\0"}), font.encode()]
    document = read(write_pdf(tmp_path / "actual.pdf", [sheet], more=more))
    assert document.block_text(0) == "The shut off valve and the air filters stay in the plan."


def test_a_paragraph_that_comes_twice_is_no_running_head(tmp_path: Path) -> None:
    sheets = []
    for number in (1, 2, 3):
        sheet = Sheet()
        sheet.text(300, 20, str(number))
        sheet.text(60, 815, "The plan of the county")
        sheet.lines(60, 770, _wrap("T" + PROSE, [88]))
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "twice.pdf", sheets))
    assert document.body == "\n\n".join(["T" + PROSE] * 3)
    assert re.findall("The plan of the county", document.text) == ["The plan of the county"] * 3
