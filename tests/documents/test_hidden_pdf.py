"""What a reader of a PDF cannot see is no text of it, and is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.errors import UnreadableInput
from stratlint.records import Document

from .pdfs import FIRST, Sheet, stream, to_unicode, write_pdf

TEXT = [
    "The harbour towns of our county have long lived",
    "from boats and from the people who build them.",
]
SECRET = "biotechnology is our first priority"


def _read(tmp_path: Path, *commands: str) -> Document:
    sheet = Sheet(resources=STATES)
    for command in commands:
        sheet.raw(command)
    sheet.lines(60, 700, TEXT)
    return read(write_pdf(tmp_path / "a.pdf", [sheet]))


def _line(before: str = "", *, size: float = 10, x: float = 60, y: float = 600) -> str:
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({SECRET}) Tj ET Q"


HIDDEN = {
    "render mode": [_line("3 Tr")],
    "white on paper": [_line("1 g")],
    "nearly white": [_line("0.97 0.98 0.97 rg")],
    "white on a white box": ["1 g 50 590 300 30 re f 0 g", _line("1 g")],
    "blue on a blue box": ["0 0 .5 rg 50 590 300 30 re f", _line("0 0 .5 rg")],
    "small type": [_line(size=1.5)],
    "left of the page": [_line(x=-400)],
    "under the page": [_line(y=-30)],
    "under a bar": [_line(), "q 50 590 300 30 re f Q"],
    "under a white bar": [_line(), "q 1 g 50 590 300 30 re f Q"],
    "clear": [f"/G9 gs {_line()} /G0 gs"],
}
SHOWN = {
    "plain": [_line()],
    "white on a dark box": ["0 0 .5 rg 50 590 300 30 re f 0 g", _line("1 g")],
    "white on a round shape": ["0 .4 .2 rg 50 560 m 90 700 300 700 400 560 c f 0 g", _line("1 g")],
    "white on a wide line": ["30 w 50 603 m 400 603 l S", _line("1 g")],
    "beside a bar": [_line(), "q 50 630 300 30 re f Q"],
    "over a bar": ["q .8 g 50 590 300 30 re f Q", _line()],
    "under a clear bar": [_line(), "/G9 gs q 50 590 300 30 re f Q /G0 gs"],
    "under a bar that is cut off": [_line(), "q 50 500 300 30 re W n 50 480 300 140 re f Q"],
    "pale but visible": [_line("0.75 g")],
    "in a pattern": [_line("/Pattern cs /P1 scn")],
    "letters cut out of a bar": [
        f"q BT /F2 30 Tf 60 600 Td 7 Tr ({SECRET}) Tj ET 0 .3 .6 rg 50 580 540 60 re f Q"
    ],
}
STATES = (
    "/ExtGState<</G9<</ca 0>>/G0<</ca 1>>>>"
    "/Pattern<</P1<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB"
    "/Coords[0 0 595 0]/Extend[true true]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[.8 0 0]/C1[0 0 .8]/N 1>>>>>>>>"
)


@pytest.mark.parametrize("case", HIDDEN)
def test_words_that_cannot_be_seen_are_said(tmp_path: Path, case: str) -> None:
    document = _read(tmp_path, *HIDDEN[case])
    assert SECRET not in document.text
    assert " ".join(TEXT) in document.body
    (warning,) = document.warnings
    assert warning.code == "hidden-text"
    assert (warning.page, warning.quote) == (0, SECRET)
    assert "Page 1 holds 5 words that cannot be seen" in warning.message


@pytest.mark.parametrize("case", SHOWN)
def test_words_that_can_be_seen_are_read(tmp_path: Path, case: str) -> None:
    document = _read(tmp_path, *SHOWN[case])
    assert SECRET in document.body
    assert document.warnings == ()


def test_the_text_layer_of_a_scanned_page_is_read(tmp_path: Path) -> None:
    picture = stream(
        b"\xff" * 100,
        "/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray",
    )
    sheet = Sheet(resources=f"/XObject<</Im {FIRST} 0 R>>")
    sheet.raw("q 595 0 0 842 0 0 cm /Im Do Q 3 Tr")
    sheet.lines(60, 700, TEXT)
    document = read(write_pdf(tmp_path / "scan.pdf", [sheet], more=[picture]))
    assert document.body == " ".join(TEXT)
    assert document.warnings == ()


def test_words_in_a_form_are_seen_on_the_ground_that_the_form_draws(tmp_path: Path) -> None:
    form = stream(
        f"0 0 .5 rg 0 0 400 40 re f 1 g BT /F1 10 Tf 10 10 Td ({SECRET}) Tj ET".encode(),
        "/Type/XObject/Subtype/Form/BBox[0 0 400 40]/Resources<</Font<</F1 3 0 R>>>>",
    )
    sheet = Sheet(resources=f"/XObject<</Fm {FIRST} 0 R>>")
    sheet.raw("q 1 0 0 1 60 600 cm /Fm Do Q")
    sheet.lines(60, 700, TEXT)
    document = read(write_pdf(tmp_path / "form.pdf", [sheet], more=[form]))
    assert SECRET in document.body
    assert document.warnings == ()


@pytest.mark.parametrize("state", ["/OFF[{n} 0 R]", "/BaseState/OFF"])
def test_layers_that_are_off_are_left_out_and_said(tmp_path: Path, state: str) -> None:
    layer = b"<</Type/OCG/Name(Old draft)>>"
    sheet = Sheet(resources=f"/Properties<</MC0 {FIRST} 0 R>>")
    sheet.lines(60, 700, TEXT)
    sheet.raw(f"/OC /MC0 BDC {_line()} EMC")
    settings = state.format(n=FIRST)
    catalog = f"/OCProperties<</OCGs[{FIRST} 0 R]/D<<{settings}>>>>"
    path = write_pdf(tmp_path / "layers.pdf", [sheet], more=[layer], catalog=catalog)
    document = read(path)
    assert document.body == " ".join(TEXT)
    assert document.warnings[0].quote == SECRET
    shown = catalog.replace(settings, "/Order[]")
    assert SECRET in read(write_pdf(path, [sheet], more=[layer], catalog=shown)).body


def test_what_every_page_hides_is_said_once(tmp_path: Path) -> None:
    sheets = []
    for number in range(5):
        sheet = Sheet()
        sheet.lines(60, 700, [*TEXT, f"Chapter {number} begins on this page of the plan."])
        sheet.text(60, -20, f"job 4471 spread {number}")
        sheets.append(sheet)
    document = read(write_pdf(tmp_path / "slug.pdf", sheets))
    assert "4471" not in document.text
    (warning,) = document.warnings
    assert "Page 1 (as 4 further pages) holds 4 words" in warning.message


def test_a_page_of_nothing_but_hidden_words_is_refused_with_the_reason(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.raw(_line("1 g"))
    with pytest.raises(UnreadableInput, match="words that cannot be seen on 1 page") as told:
        read(write_pdf(tmp_path / "white.pdf", [sheet]))
    assert told.value.code == "no-text"


def test_what_stands_outside_the_trimmed_page_is_furniture(tmp_path: Path) -> None:
    sheet = Sheet(extras="/TrimBox[30 30 565 812]")
    sheet.lines(60, 700, TEXT)
    sheet.text(60, 12, "plan_final_v7.indd spread 2")
    document = read(write_pdf(tmp_path / "slug.pdf", [sheet]))
    assert document.body == " ".join(TEXT)
    assert "plan_final_v7.indd" in document.text


def test_type_drawn_by_commands_is_as_large_as_its_letters(tmp_path: Path) -> None:
    # A Type 3 font of its own scale: a size of 0.02 is twenty points of letters.
    glyph = stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[1 0 0 1 0 0]"
        f"/CharProcs<</a {FIRST} 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97"
        f"/Widths[600]/ToUnicode {FIRST + 1} 0 R>>"
    )
    sheet = Sheet(fonts=f"/F9 {FIRST + 2} 0 R")
    sheet.raw("BT /F9 0.02 Tf 60 600 Td (aaaaaaaa) Tj ET")
    sheet.lines(60, 700, TEXT)
    more = [glyph, to_unicode({}), font.encode()]
    document = read(write_pdf(tmp_path / "type3.pdf", [sheet], more=more))
    assert "aaaaaaaa" in document.body
    assert document.warnings == ()
