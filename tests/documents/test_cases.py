"""The small inputs of the measurement data that once went wrong, each with its right answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.errors import UnreadableInput
from stratlint.records import Document, Role

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    return shared / "data" / "cases" / "reading"


def _texts(document: Document, role: Role) -> list[str]:
    return [document.block_text(i) for i, b in enumerate(document.blocks) if b.role is role]


PLACES = {
    "astral_surrogates.pdf": ["We use \U0001d465 for the share of homes with a boiler."],
    "dropcap.pdf": ["The county will grow its clean energy firms and help every town to train"],
    "negative_size.pdf": ["The county will grow its clean energy firms and help every town"],
    "form_values.pdf": [
        "Lead body: Northfield Growth Partnership",
        "Answer: We will back offshore wind first.",
    ],
    "no_space_glyphs.pdf": ["The county will grow its clean energy firms and help every town"],
    "actualtext_ligature.pdf": ["The shut off valve and the air filters stay in the plan"],
    "table_turned_heads.pdf": ["District\tHomes planned\tJobs expected\tMoney spent"],
    "hebrew.pdf": ["תוכנית אזורית לצמיחה", "הצפון יקבל רכבת חדשה ומפעלים"],
    "h_buttons.html": ["Four thousand homes by the river.", "Found by searching only."],
    "h_tags.html": ["Infrastructure and innovation come first."],
    "w_strict.docx": ["A strict plan", "Words of a strict file."],
    "w_numbers.docx": ["1.1 Adult learning", "Action 2: run night buses"],
    "w_hidden_math_sym.docx": ["The share is x=42 per cent.", "Budget ≤5m; infrastructure;"],
    "w_altchunk.docx": ["All the words of chapter two."],
}


@pytest.mark.parametrize("name", PLACES)
def test_words_are_read_where_they_stand(cases: Path, name: str) -> None:
    # A line break that a page sets is kept.
    body = read(cases / name).body.replace("\n", " ")
    for words in PLACES[name]:
        assert words in body


WARNED = {
    "outlines_mixed.pdf": ("outlined", [1, 2]),
    "layer_off.pdf": ("hidden-text", [0]),
    "outside_crop.pdf": ("hidden-text", [0]),
    "hidden_white.pdf": ("hidden-text", [0]),
    "portfolio.pdf": ("attachment", [None]),
    "xfa_placeholder.pdf": ("left-out", [None]),
    "w_hidden_math_sym.docx": ("hidden-text", [None]),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_is_hidden_or_left_out_is_said(cases: Path, name: str) -> None:
    document = read(cases / name)
    code, pages = WARNED[name]
    assert [w.page for w in document.warnings if w.code == code] == pages
    for words in ("casino", "White words", "Covered", "Invisible", "job 4471", "Hidden note"):
        assert words not in document.text


def test_one_paragraph_without_a_heading_follows_a_drop_capital(cases: Path) -> None:
    document = read(cases / "dropcap.pdf")
    assert [b.role for b in document.blocks] == [Role.PARAGRAPH]


def test_a_watermark_is_no_title_and_cuts_no_sentence(cases: Path) -> None:
    document = read(cases / "watermark_diagonal.pdf")
    assert document.title is None
    assert _texts(document, Role.HEADING) == []
    assert all(text.endswith((".", "DRAFT")) for text in map(document.block_text, range(15)))
    assert _texts(document, Role.RUNNING_HEAD) == ["CONSULTATION DRAFT"] * 3


def test_headings_stand_in_buttons_and_tables_in_headers(cases: Path) -> None:
    page = read(cases / "h_buttons.html")
    assert _texts(page, Role.HEADING) == ["Growth plan", "Our housing aims", "Skills"]
    word = read(cases / "w_header_table.docx")
    assert word.body == "Body words of the plan."
    assert "Header cell words Other header cell" in _texts(word, Role.RUNNING_HEAD)
    assert "First page header words" in _texts(word, Role.RUNNING_HEAD)


def test_a_broken_table_of_references_costs_nothing_or_is_told_with_a_remedy(
    cases: Path, tmp_path: Path
) -> None:
    whole = cases / "broken_xref.pdf"
    assert read(whole).body.endswith("reports to the assembly on what was done.")
    data = whole.read_bytes()
    path = tmp_path / "cut.pdf"
    for end in (len(data) * 8 // 10, data.rfind(b"xref\n0")):
        path.write_bytes(data[:end])
        with pytest.raises(UnreadableInput, match=r"breaks off before its end.*save or print it"):
            read(path)


def test_each_of_the_files_has_its_right_answer_here(cases: Path) -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    files = [f.name for f in cases.iterdir() if f.suffix in (".pdf", ".docx", ".html")]
    assert [name for name in sorted(files) if name not in here] == []


def test_a_password_is_named_and_a_remedy_given(cases: Path) -> None:
    with pytest.raises(UnreadableInput, match="remove the password") as told:
        read(cases / "w_password.docx")
    assert told.value.code == "encrypted"
