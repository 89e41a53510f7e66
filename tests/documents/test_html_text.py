"""The text of HTML pages: words stay apart, nothing shown is lost, nothing hidden is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.documents.html.file import html_pieces
from stratlint.documents.pieces import write_pieces
from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.language.pipeline import parse
from stratlint.records import Role


def _texts(body: str) -> list[str]:
    pieces, _, _ = html_pieces(f"<body>{body}</body>")
    return ["|".join(p.cells) if p.cells else p.text for p in pieces]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h2>Our priority<br>trades</h2>", ["Our priority trades"]),
        ("<h2><div>Our priority</div><div>trades</div></h2>", ["Our priority trades"]),
        ("<p>Our <b>priority<br/></b>trades</p>", ["Our priority\ntrades"]),
        ("<table><tr><td>Glass<br>Boats<td><p>Steel<p>Salt</table>", ["Glass Boats|Steel Salt"]),
        ("<table><tr><td><ul><li>Glass<li>Boats</ul></table>", ["Glass Boats"]),
        ("<table><tr><td><table><tr><td>Glass<td>Boats</table></table>", ["Glass Boats"]),
        ("<p>boat<b>yards</b> and glass<wbr>works</p>", ["boatyards and glassworks"]),
    ],
)
def test_words_part_where_lines_part_and_nowhere_else(body: str, wanted: list[str]) -> None:
    assert _texts(body) == wanted


def test_sectors_on_the_lines_of_a_cell_are_found(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<!doctype html><table><tr><th>Priority sectors<tr>"
        "<td>Aerospace<br>Biotechnology<br>Tourism</table>",
        encoding="utf-8",
    )
    document = read(path)
    found = [document.text[s.start : s.end] for s in parse(document).spans]
    assert found == ["Aerospace", "Biotechnology", "Tourism"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<ul><ul><li>boats</ul></ul>", [("boats", 2)]),
        ("<ul><div><li>boats<li>glass</div></ul>", [("boats", 1), ("glass", 1)]),
        ("<ol><li>a<ol><li>b</ol><ol><li>c</ol></ol>", [("a", 1), ("b", 2), ("c", 2)]),
        ("<ul>glass<li>boats</ul>", [("glass", 1), ("boats", 1)]),
    ],
)
def test_items_are_found_wherever_a_list_holds_them(
    body: str, wanted: list[tuple[str, int]]
) -> None:
    pieces, _, _ = html_pieces(f"<body>{body}</body>")
    assert [(p.text, p.level) for p in pieces] == wanted
    assert {p.role for p in pieces} == {Role.LIST_ITEM}


def test_a_page_within_a_form_is_read_without_its_controls() -> None:
    form = (
        "<form id=aspnetForm><input type=hidden value=x><h1>Plan</h1><p>We support glass.</p>"
        "<select><option>Choose</select><button>Send</button><textarea>Write</textarea></form>"
    )
    assert _texts(form) == ["Plan", "We support glass."]


def test_what_is_not_shown_is_not_read() -> None:
    hidden = (
        "<div style='color:red; display : NONE'>a</div><p>We <span style='display:none'>b</span>"
        "support <i hidden>c</i>glass.</p><ul><li hidden>d<li>boats</ul>"
        "<table><tr hidden><td>e<tr><td style='display:none'>f<td>steel<td><b hidden>g</b>salt"
        "</table>"
    )
    assert _texts(hidden) == ["We support glass.", "boats", "steel|salt"]
    assert _texts("<p style='font-display:none-such; display:block'>glass</p>") == ["glass"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Glass<sup>1</sup> and boats<sup>[2]</sup>, salt<sup>*</sup>", "Glass^ and boats^, salt^"),
        ("Glass <sup><a href='#n1'>1</a></sup><sup>(b)</sup>. Boats", "Glass^^. Boats"),
        ("Glass\n" + " " * 40 + "<sup>7</sup>\n and boats", "Glass^ and boats"),
        ("Glass<sup>3,4</sup>and boats<sup>[note 5]</sup>", "Glass^ and boats^"),
        ("Glass<sup><span hidden>Note </span>6</sup>", "Glass^"),
        ("90 m<sup>2</sup>, 10<sup>6</sup> t of CO<sub>2</sub>", "90 m², 10⁶ t of CO2"),
        ("the 1<sup>st</sup> and a Brand<sup>TM</sup>", "the 1st and a BrandTM"),
        ("Glass<sup> and more than a marker</sup>", "Glass and more than a marker"),
        ("<sup>1</sup>Port survey", "1 Port survey"),
        (f"Glass{NOTE_MARK}works", "Glassworks"),
    ],
)
def test_raised_markers_of_notes_are_no_part_of_a_word(body: str, wanted: str) -> None:
    (piece,), _, _ = html_pieces(f"<body><p>{body}</p></body>")
    assert piece.text.replace(NOTE_MARK, "^") == wanted


def test_a_sector_with_a_raised_marker_is_found(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<!doctype html><h2>Our sectors<sup>1</sup></h2><p>We will support the aerospace<sup>2"
        "</sup> and life sciences<sup>[3]</sup> sectors.</p><div class='footnotes'><ol><li>ONS."
        "</ol></div>",
        encoding="utf-8",
    )
    document = read(path)
    assert [document.text[s.start : s.end] for s in parse(document).spans] == [
        "aerospace",
        "life sciences",
    ]
    assert [document.text[n - 7 : n] for n in document.notes] == ["sectors", "rospace", "ciences"]
    assert [
        document.block_text(i) for i, b in enumerate(document.blocks) if b.role is Role.FOOTNOTE
    ] == ["ONS."]


def test_hyphens_of_any_kind_are_one() -> None:
    pieces, _, _ = html_pieces("<p>A low\u2011carbon and agri\u2010food plan</p>")
    assert write_pieces(pieces)[0] == "A low-carbon and agri-food plan"


@pytest.mark.filterwarnings("error")
def test_a_page_that_looks_like_something_else_is_read_without_a_word(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.write_text('<?xml version="1.0"?><html><body><p>Boats and glass.</p></body></html>')
    assert read(page).body == "Boats and glass."
    page.write_text("plan/growth.html")
    assert read(page).body == "plan/growth.html"
