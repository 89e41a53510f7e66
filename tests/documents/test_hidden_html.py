"""What a page of HTML holds and does not show, and what a reader can open."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.records import Document, Role

SECRET = "biotechnology is our first priority"


def _read(tmp_path: Path, body: str, *, head: str = "", name: str = "plan.html") -> Document:
    path = tmp_path / name
    path.write_text(f"<!doctype html><title>Plan</title>{head}<h1>A plan</h1>{body}", "utf-8")
    return read(path)


HIDDEN = {
    "attribute": ("", "<p hidden>{}</p>"),
    "inline display": ("", '<div style="DISPLAY : none"><p>{}</p></div>'),
    "inline visibility": ("", '<p style="color:red; visibility: hidden">{}</p>'),
    "no opacity": ("", '<p style="opacity:0">{}</p>'),
    "tiny": ("", '<p style="font-size: 1px">{}</p>'),
    "far away": ("", '<p style="position:absolute; left:-9999px">{}</p>'),
    "white on white": ("", '<p style="color:#fff;background:#FFFFFF">{}</p>'),
    "clear ink": ("", '<span style="color: transparent">{}</span>'),
    "class": ("<style>.x{display:none}</style>", '<p class="a x">{}</p>'),
    "identifier": ("<style>a{b:c} #y { visibility : hidden }</style>", '<p id="y">{}</p>'),
    "element": ("<style>/* no */ aside{display:none!important}</style>", "<aside>{}</aside>"),
    "descendant": ("<style>.a .b, i{opacity:0}</style>", "<div class=a><b class=b>{}</b></div>"),
    "on screens": ("<style>@media screen{.x{display:none}}</style>", "<p class=x>{}</p>"),
    "nearer rule": ("<style>p.x{display:none} p{display:block}</style>", "<p class=x>{}</p>"),
    "deleted": ("", "<p><del>{}</del></p>"),
    "struck": ("", "<p><s>{}</s></p>"),
    "struck by style": ("", '<p style="text-decoration: line-through">{}</p>'),
}
SHOWN = {
    "plain": ("", "<p>{}</p>"),
    "overruled": ("<style>.x{display:none} .x{display:block}</style>", "<p class=x>{}</p>"),
    "overruled inline": (
        "<style>.x{display:none}</style>",
        '<p class=x style="display:block">{}</p>',
    ),
    "in print": ("<style>@media print{.x{display:none}}</style>", "<p class=x>{}</p>"),
    "sheet for print": ("<style media=print>.x{display:none}</style>", "<p class=x>{}</p>"),
    "white on green": ("", '<p style="color:#fff;background:#060">{}</p>'),
    "white somewhere": ("", '<p style="color:#fff">{}</p>'),
    "found by searching": ("", '<div hidden="until-found"><p>{}</p></div>'),
    "not read aloud": ("", '<div aria-hidden="true"><p>{}</p></div>'),
    "panel of a heading": ("", "<h2><button>More</button></h2><div hidden><p>{}</p></div>"),
    "panel by name": (
        "",
        '<p><a href="#p">More</a></p><hr><div id=p style="display:none"><p>{}</p></div>',
    ),
    "details": ("", "<details><summary>More</summary><p>{}</p></details>"),
    "pseudo class": ("<style>.x:hover,.x::before{display:none}</style>", "<p class=x>{}</p>"),
    "broken sheet": ("<style>.x{{display:none} }} @media {</style>", "<p>{}</p>"),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_words_that_cannot_be_seen_are_said(tmp_path: Path, case: str) -> None:
    head, body = HIDDEN[case]
    document = _read(tmp_path, body.format(SECRET) + "<p>Boats and glass.</p>", head=head)
    assert document.body == "A plan\n\nBoats and glass."
    (warning,) = document.warnings
    assert (warning.code, warning.quote) == ("hidden-text", SECRET)
    assert "5 words" in warning.message


@pytest.mark.parametrize("case", SHOWN)
def test_words_that_can_be_seen_are_read(tmp_path: Path, case: str) -> None:
    head, body = SHOWN[case]
    document = _read(tmp_path, body.format(SECRET) + "<p>Boats and glass.</p>", head=head)
    assert SECRET in document.body
    assert document.warnings == ()


def test_menus_that_are_closed_are_no_news(tmp_path: Path) -> None:
    document = _read(tmp_path, "<nav><ul hidden><li>Home</ul></nav><p>Boats and glass.</p>")
    assert document.warnings == ()


def test_headings_in_buttons_are_headings_and_controls_are_not_read(tmp_path: Path) -> None:
    body = (
        "<h2><button aria-expanded=false>Our housing aims</button></h2><p>Homes.</p>"
        "<button aria-expanded=true aria-controls=p>Skills</button><div id=p><p>Colleges.</p></div>"
        "<button aria-expanded=true>Roads</button><div hidden><p>Buses.</p></div>"
        "<form><button>Send</button></form><button>Share</button>"
        "<nav><button aria-expanded=false>Menu</button></nav>"
    )
    document = _read(tmp_path, body)
    headings = [
        (document.block_text(i), b.level)
        for i, b in enumerate(document.blocks)
        if b.role is Role.HEADING
    ]
    assert headings == [("A plan", 1), ("Our housing aims", 2), ("Skills", 3), ("Roads", 3)]
    assert document.body.endswith("Buses.")
    assert not any(word in document.text for word in ("Send", "Share", "Menu"))


def test_soft_hyphens_leave_words_whole(tmp_path: Path) -> None:
    body = "<p>Inno&shy;vation, infra<wbr>struc\u200bture</p><h2>Skills&#173; now</h2>"
    assert _read(tmp_path, body).body == "A plan\n\nInnovation, infrastructure\n\nSkills now"


def test_hidden_words_of_markdown_are_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(f"# A plan\n\n<div hidden>\n\n{SECRET}\n\n</div>\n\nBoats.\n", "utf-8")
    document = read(path)
    assert document.body == "A plan\n\nBoats."
    assert document.warnings[0].quote == SECRET


@pytest.mark.parametrize("depth", [9, 12, 25, 400])
def test_nothing_is_lost_however_deep_it_stands(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.md"
    items = "".join(f"{'  ' * i}- item {i} here\n" for i in range(depth))
    text = f"{items}\n{'> ' * depth}quoted words\n\n{'- ' * depth}one line\n\nThe end.\n"
    path.write_text(text, "utf-8")
    document = read(path)
    for i in range(depth):
        assert f"item {i} here" in document.body
    assert all(words in document.body for words in ("quoted words", "one line", "The end."))
    if depth <= 25:
        levels = [b.level for b in document.blocks if b.role is Role.LIST_ITEM]
        assert levels[: min(depth, 12)] == list(range(1, min(depth, 12) + 1))
