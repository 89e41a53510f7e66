"""PDF to Document: order, roles, joins, furniture, notes, tables, boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read
from stratlint.documents.guesses import is_title
from stratlint.documents.render import as_json, as_text
from stratlint.errors import UnreadableInput
from stratlint.records import Document, Role

from .pdfs import FIRST, Sheet, to_unicode, write_pdf

LEFT = [
    "The harbour towns of our county have long",
    "lived from boats and from the people who",
    "build them, and their yards still employ a",
    "third of all those who work with their hands",
]
RIGHT = [
    "in the three parishes that lie by the water.",
    "A second paragraph speaks of the hills and",
    "of the small firms that make instruments for",
    "the hospitals of the whole northern coast.",
]


def _roles(document: Document, role: Role) -> list[str]:
    return [document.block_text(i) for i, b in enumerate(document.blocks) if b.role is role]


def _columns(sheet: Sheet, top: float = 700) -> None:
    """Two columns, drawn row by row as careless producers do."""
    for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.text(60, top - 12 * i, left)
        sheet.text(310, top - 12 * i, right)


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_columns_are_read_one_after_the_other(tmp_path: Path, reader: str) -> None:
    sheet = Sheet()
    sheet.text(60, 740, "A wide title over both columns of this page", size=20)
    _columns(sheet)
    document = read(
        write_pdf(tmp_path / "two.pdf", [sheet]),
        ReadOptions(reader=reader),  # type: ignore[arg-type]
    )
    expected = "work with their hands in the three parishes that lie by the water."
    assert expected in document.body
    assert _roles(document, Role.HEADING) == ["A wide title over both columns of this page"]


def test_every_span_leads_back_to_its_page_and_box(tmp_path: Path) -> None:
    sheet = Sheet()
    _columns(sheet)
    document = read(write_pdf(tmp_path / "two.pdf", [sheet]))
    start = document.text.index("in the three parishes")
    boxes = document.boxes(start, start + 10)
    assert [page for page, _ in boxes] == [0]
    x0, top, _x1, bottom = boxes[0][1]
    assert x0 == pytest.approx(310, abs=1)
    assert top < 842 - 700 < bottom
    for block in document.blocks:
        covered = "".join(document.text[x.start : x.end] for x in block.lines)
        assert covered == document.text[block.start : block.end]


def test_paragraph_runs_over_the_page_and_furniture_stays_out(tmp_path: Path) -> None:
    sheets = []
    for number in range(1, 4):
        sheet = Sheet()
        sheet.text(60, 810, "Strategy of the harbour towns")
        sheet.text(300, 30, str(number))
        sheet.lines(60, 700, LEFT)
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "pages.pdf", sheets))
    assert "Strategy of the harbour towns" not in document.body
    assert "with their hands The harbour" in document.body
    heads = _roles(document, Role.RUNNING_HEAD)
    assert heads.count("Strategy of the harbour towns") == 3
    assert {"1", "2", "3"} <= set(heads)
    joined = document.text.index("hands The") + len("hands ")
    assert document.page_at(joined).index == 1
    assert "Strategy of the harbour" in as_text(document, furniture=True)


def test_footnotes_and_their_markers_leave_the_body(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines(60, 700, LEFT)
    sheet.raised(60, 652, "and the yards grew by a tenth in one year.", "1", " They hired")
    sheet.lines(60, 640, RIGHT)
    sheet.raised(60, 560, "The new hall covers 400 m", "2", " of floor.")
    sheet.raised(60, 548, "It was the 21", "st", " hall of its kind.")
    sheet.rule(60, 110, 200, 110)
    sheet.text(60, 100, "1 County survey of the yards, second edition.", size=7)
    document = read(write_pdf(tmp_path / "notes.pdf", [sheet]))
    assert "in one year. They hired" in document.body
    assert "400 m² of floor" in document.body
    assert "the 21st hall" in document.body
    assert "County survey" not in document.body
    assert _roles(document, Role.FOOTNOTE) == ["1 County survey of the yards, second edition."]
    assert "County survey" in as_text(document, notes=True)


def test_list_items_know_the_sentence_that_introduces_them(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 740, "What we will do", size=16, font="F2")
    sheet.text(60, 700, "In the coming years we will support these trades:")
    for i, item in enumerate(("boat building in every town", "instruments for hospitals")):
        sheet.text(70, 680 - 14 * i, "\u2022")
        sheet.text(84, 680 - 14 * i, item)
    document = read(write_pdf(tmp_path / "list.pdf", [sheet]))
    found = [b for b in document.blocks if b.role is Role.LIST_ITEM]
    assert _roles(document, Role.LIST_ITEM) == [
        "• boat building in every town",
        "• instruments for hospitals",
    ]
    for block in found:
        assert block.lead_in is not None
        assert block.heading is not None
        assert document.block_text(block.lead_in).endswith("these trades:")
        assert document.block_text(block.heading) == "What we will do"


def test_ruled_table_becomes_rows_of_cells(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines(60, 760, LEFT)
    for y in (700, 670, 640, 610):
        sheet.rule(60, y, 360, y)
    for x in (60, 200, 360):
        sheet.rule(x, 610, x, 700)
    rows = [("Trade", "What we do"), ("Boats", "New yards are"), ("Glass", "Nothing yet")]
    for i, (left, right) in enumerate(rows):
        sheet.text(66, 684 - 30 * i, left, font="F2" if i == 0 else "F1")
        sheet.text(206, 684 - 30 * i, right, font="F2" if i == 0 else "F1")
    sheet.text(206, 644, "opened in the west")
    sheet.lines(60, 560, RIGHT)
    document = read(write_pdf(tmp_path / "table.pdf", [sheet]))
    assert _roles(document, Role.TABLE_ROW) == [
        "Trade\tWhat we do",
        "Boats\tNew yards are opened in the west",
        "Glass\tNothing yet",
    ]
    index, rows_found = next(
        (i, b) for i, b in enumerate(document.blocks) if "Boats" in document.block_text(i)
    )
    assert rows_found.header == index - 1
    cells = [document.text[a:b] for a, b in rows_found.cells]
    assert cells == ["Boats", "New yards are opened in the west"]


def test_tables_beside_each_other_and_beside_text_lose_no_word(tmp_path: Path) -> None:
    sheet = Sheet()
    for left, words in ((60, ("Trade", "Boats", "Glass")), (320, ("Town", "Wick", "Thurso"))):
        for y in (700, 670, 640, 610):
            sheet.rule(left, y, left + 160, y)
        for x in (left, left + 90, left + 160):
            sheet.rule(x, 610, x, 700)
        for i, word in enumerate(words):
            sheet.text(left + 6, 684 - 30 * i, word)
            sheet.text(left + 96, 684 - 30 * i, f"{i}4 jobs")
    for y in (400, 370, 340, 310):
        sheet.rule(60, y, 180, y)
    for x in (60, 130, 180):
        sheet.rule(x, 310, x, 400)
    for i, word in enumerate(("Crop", "Barley", "Kale")):
        sheet.text(66, 384 - 30 * i, word)
        sheet.text(136, 384 - 30 * i, f"{i}9 t")
    sheet.lines(186, 390, ["The farms of the coast sell", "what they grow, and little of"], step=12)
    document = read(write_pdf(tmp_path / "beside.pdf", [sheet]))
    for cells in ("Boats\t14 jobs", "Wick\t14 jobs", "Kale\t29 t"):
        assert cells in document.body
    assert "The farms of the coast sell what they grow" in document.body.replace("\n", " ")


def test_a_cell_that_spans_rows_leaves_its_place_empty_below(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines(60, 760, LEFT)
    for x0, y in ((60, 700), (60, 670), (160, 640), (60, 610)):
        sheet.rule(x0, y, 460, y)
    for x in (60, 160, 300, 460):
        sheet.rule(x, 610, x, 700)
    rows = [("Theme", "Priority", "Comment"), ("Growth", "Boats", "New yards are opened"),
            ("", "Glass", "Works stand beside boats")]  # fmt: skip
    for i, row in enumerate(rows):
        for x, cell in zip((66, 166, 306), row, strict=True):
            if cell:
                sheet.text(x, 684 - 30 * i, cell, font="F2" if i == 0 else "F1")
    sheet.lines(60, 560, RIGHT)
    document = read(write_pdf(tmp_path / "span.pdf", [sheet]))
    cells = [
        [document.text[a:b] for a, b in block.cells]
        for block in document.blocks
        if block.role is Role.TABLE_ROW
    ]
    assert cells == [[*rows[0]], [*rows[1]], [*rows[2]]]


def test_hyphens_of_the_printer_go_and_those_of_the_author_stay(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines(
        60,
        700,
        [
            "The towns want more employ-",
            "ment for small- and medium-",
            "sized yards and a long-term plan.",
        ],
    )
    document = read(write_pdf(tmp_path / "hyphens.pdf", [sheet]))
    assert "more employment for small- and medium-sized yards and a long-term" in document.body


def test_a_hyphen_hung_in_the_margin_is_one_of_its_line(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 700, "Firms in every valley look to the slow and steady develop")
    sheet.text(60, 688, "ment of trade, kept - they say - for those who come after.")
    # Drawn on its own, a hair's breadth from its word.
    sheet.text(313.4, 700, "-")
    document = read(write_pdf(tmp_path / "hung.pdf", [sheet]))
    assert "development of trade, kept - they say - for" in document.body


def test_a_label_beside_the_text_of_two_pages_is_furniture(tmp_path: Path) -> None:
    sheets = []
    for lines in (LEFT, RIGHT):
        sheet = Sheet()
        sheet.text(40, 676, "Harbours", size=14)
        sheet.lines(310, 700, lines)
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "tabs.pdf", sheets))
    assert "Harbours" not in document.body
    assert _roles(document, Role.RUNNING_HEAD).count("Harbours") == 2
    assert "work with their hands in the three parishes" in document.body


def test_rotated_page_and_turned_text_are_read(tmp_path: Path) -> None:
    shown = Sheet(extras="/Rotate 90")
    for i, line in enumerate(LEFT):
        shown.turned(100 + 12 * i, 200, line)
    document = read(write_pdf(tmp_path / "rotated.pdf", [shown]))
    assert document.body.startswith("The harbour towns of our county have long lived from")
    assert (document.pages[0].width, document.pages[0].height) == (842, 595)
    start = document.text.index("lived")
    x0, top, x1, bottom = document.boxes(start, start + 5)[0][1]
    assert x1 - x0 > bottom - top
    plain = Sheet()
    for i, line in enumerate(LEFT):
        plain.turned(100 + 12 * i, 200, line)
    turned = read(write_pdf(tmp_path / "turned.pdf", [plain]))
    assert turned.body == document.body
    assert [w.code for w in turned.warnings] == ["rotated"]


def test_actual_text_replaces_what_is_drawn(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.raw(
        "BT /F1 10 Tf 60 700 Td (Our yards ) Tj /Span <</ActualText(employ)>> BDC (emp1oy) Tj EMC "
        "( many.) Tj ET"
    )
    document = read(write_pdf(tmp_path / "actual.pdf", [sheet]))
    assert document.body == "Our yards employ many."


def test_labels_outline_and_title(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        sheet.lines(60, 700, LEFT)
    catalog = (
        "/PageLabels<</Nums[0<</S/r/St 3>>]>>"
        "/Outlines<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 0>>"
    )
    path = write_pdf(
        tmp_path / "l.pdf", sheets, catalog=catalog, info="/Title(Plan of the harbour towns)"
    )
    document = read(path)
    assert [p.label for p in document.pages] == ["iii", "iv"]
    assert document.title == "Plan of the harbour towns"


def test_contents_entries_are_not_prose(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 740, "Contents", size=18)
    for i, name in enumerate(("Boats", "Glass and instruments", "Hills", "Water")):
        sheet.text(60, 700 - 16 * i, f"{name} " + "." * (60 - len(name)) + f" {i + 3}")
    document = read(write_pdf(tmp_path / "contents.pdf", [sheet]))
    assert len(_roles(document, Role.CONTENTS)) == 4


def test_pull_quote_does_not_interrupt_the_text(tmp_path: Path) -> None:
    sheet = Sheet()
    y = sheet.lines(60, 700, LEFT)
    sheet.text(60, y - 16, "\u201cOur yards are the best in the north\u201d", size=15)
    sheet.lines(60, y - 44, RIGHT)
    document = read(write_pdf(tmp_path / "quote.pdf", [sheet]))
    assert "best in the north" not in document.body
    assert _roles(document, Role.QUOTATION) == ["“Our yards are the best in the north”"]


def test_json_has_the_promised_keys(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines(60, 700, LEFT)
    data = as_json(read(write_pdf(tmp_path / "x.pdf", [sheet])))
    assert set(data) == {"sha256", "source", "reader", "pages", "blocks", "text", "warnings"}
    assert set(data["pages"][0]) == {"index", "label", "width", "height"}
    block = data["blocks"][0]
    assert set(block) == {"role", "level", "page", "bbox", "text", "start", "end"}
    assert data["text"][block["start"] : block["end"]] == block["text"]


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "x.pdf", [Sheet(), Sheet(), Sheet()])
    with pytest.raises(UnreadableInput) as caught:
        read(path, ReadOptions(max_pages=2))
    assert caught.value.code == "too-many-pages"


@pytest.mark.parametrize(
    ("heading", "fit"),
    [
        ("Table of Contents", False),
        ("T Table of Contents", False),
        ("S Outstanding", False),
        ("BIJLAGE I: FACTSHEETS", False),
        ("Annex 2: Tables", False),
        ("Foreword", False),
        ("A Framework for Harbours", True),
        ("Content and craft: a plan", True),
        ("Headroom", True),
    ],
)
def test_a_list_of_contents_or_an_annex_is_no_title(heading: str, fit: bool) -> None:
    assert is_title(heading) is fit


def test_a_page_that_shows_two_facing_pages_is_called_by_both(tmp_path: Path) -> None:
    sheets = []
    for number in range(6):
        sheet = Sheet(extras="/MediaBox[0 0 1190 842]" if number else "")
        sheet.lines(60, 700, LEFT)
        sheet.lines(700 if number else 60, 500, RIGHT)
        if number:
            sheet.text(1100, 30, str(2 * number + 1))
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "spreads.pdf", sheets))
    assert [page.label for page in document.pages] == ["1", "2–3", "4–5", "6–7", "8–9", "10–11"]


def test_letters_beyond_the_basic_plane_are_read(tmp_path: Path) -> None:
    sheet = Sheet(fonts=f"/F9 {FIRST + 1} 0 R")
    sheet.text(60, 700, "We use x for the share of homes; ~xx~ and y are halves.", font="F9")
    sheet.text(60, 680, "Every line after it is read as it was.")
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding"
        f"/ToUnicode {FIRST} 0 R>>"
    )
    codes = {ord("x"): "\U0001d465", ord("~"): "\U0001f6b2"}
    more = [to_unicode(codes), font.encode()]
    path = write_pdf(tmp_path / "maths.pdf", [sheet], more=more)
    body = read(path).body
    assert "We use \U0001d465 for the share of homes; \U0001f6b2\U0001d465" in body
    assert "Every line after it is read as it was." in body
    # A font may claim to show half of a letter: nothing can write that down.
    path.write_bytes(path.read_bytes().replace(b"d83ddeb2", b"0020d83d"))
    assert "\ufffd" in read(path).text
    read(path).text.encode()
