"""Marks in Word and PDF files: comments and bookmarks on the text that they are about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from stratlint import check
from stratlint.cli import main
from stratlint.documents import ReadOptions, read
from stratlint.records import Document
from tests.documents.pdfs import Sheet, write_pdf
from tests.documents.test_word import add, add_footnotes, referring, reread

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARK = "stratlint ignore SB005: words of the old plan"


def _about(document: Document) -> list[tuple[tuple[str, ...], list[str], str]]:
    return [(m.rules, [document.text[a:b] for a, b in m.spans], m.fault) for m in document.marks]


def _commented(*paragraphs: tuple[str, str]) -> Any:
    """A Word file of paragraphs, each with a comment or none."""
    word = docx.Document()
    for text, comment in paragraphs:
        paragraph = word.add_paragraph(text)
        if comment:
            word.add_comment(paragraph.runs, text=comment, author="A. Officer", initials="AO")
    return word


def test_a_comment_is_about_its_paragraph(tmp_path: Path) -> None:
    document = reread(_commented(("One.", ""), ("Two.", MARK), ("Three.", "Say more")), tmp_path)
    assert _about(document) == [(("SB005",), ["Two."], "")]
    (mark,) = document.marks
    assert mark.reason == "words of the old plan"
    assert mark.where == 'comment on "Two."'
    assert "stratlint" not in document.text


def test_a_comment_may_run_over_paragraphs_and_hold_several_marks(tmp_path: Path) -> None:
    word = _commented(("One.", ""), ("Two.", ""), ("Three.", ""), ("Four.", ""))
    runs = [word.paragraphs[1].runs[0], word.paragraphs[2].runs[0]]
    text = f"Leave these, they are quoted.\n{MARK}\nStratlint: ignore EV001 EV002: so are\nfigures"
    word.add_comment(runs, text=text, author="A", initials="A")
    about = ["Two.\n\nThree."]
    assert _about(reread(word, tmp_path)) == [
        (("SB005",), about, ""),
        (("EV001", "EV002"), about, ""),
    ]


def test_a_comment_in_a_table_is_about_its_row(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.paragraphs[0].add_run(f"cell {number}")
    word.add_comment(table.cell(1, 0).paragraphs[0].runs, text=MARK, author="A", initials="A")
    assert _about(reread(word, tmp_path)) == [(("SB005",), ["cell 2\tcell 3"], "")]


def test_comments_open_and_end_a_stretch(tmp_path: Path) -> None:
    start, end = "stratlint ignore-start SB005: old words", "stratlint ignore-end"
    word = _commented(("One.", ""), ("Two.", start), ("Three.", ""), ("Four.", end), ("Five.", ""))
    assert _about(reread(word, tmp_path)) == [(("SB005",), ["Two.\n\nThree.\n\nFour."], "")]


@pytest.mark.parametrize(
    ("name", "rules", "reason", "fault"),
    [
        ("stratlint_ignore_SB005_quoted_from_2003", ("SB005",), "quoted from 2003", ""),
        ("stratlint_ignore_SB005_ev001_old_words", ("SB005", "EV001"), "old words", ""),
        ("stratlint_ignore_SB005", (), "", "gives no reason"),
        ("stratlint_ignore_quoted", (), "", "names no rule"),
    ],
)
def test_a_bookmark_says_the_same_by_its_name(
    tmp_path: Path, name: str, rules: tuple[str, ...], reason: str, fault: str
) -> None:
    word = docx.Document()
    add(
        word,
        "<w:p><w:r><w:t>One.</w:t></w:r></w:p>",
        f'<w:bookmarkStart w:id="7" w:name="{name}"/>',
        "<w:p><w:r><w:t>Two.</w:t></w:r></w:p>",
        '<w:bookmarkEnd w:id="7"/>',
        "<w:p><w:r><w:t>Three.</w:t></w:r></w:p>",
    )
    (mark,) = reread(word, tmp_path).marks
    assert (mark.rules, mark.where) == (rules, 'bookmark on "Two."')
    assert (mark.reason == reason) if rules else (fault in mark.fault)


@pytest.mark.parametrize(
    ("comment", "fault"),
    [
        ("stratlint ignore SB005", "gives no reason, so it sets nothing aside: write 'stratlint"),
        ("stratlint ignroe SB005: because", "did you mean 'ignore'?"),
        ("stratlint ignore-start SB005: because", "close it with 'stratlint ignore-end'"),
    ],
)
def test_what_is_wrong_with_a_comment_is_told(tmp_path: Path, comment: str, fault: str) -> None:
    (mark,) = reread(_commented(("One.", comment)), tmp_path).marks
    assert fault in mark.fault


def test_who_writes_about_stratlint_marks_nothing(tmp_path: Path) -> None:
    word = _commented(("One.", "Stratlint says that this is copied"), ("Two.", f"See: {MARK}"))
    assert reread(word, tmp_path).marks == ()


def test_a_comment_on_nothing_that_is_read_is_told(tmp_path: Path) -> None:
    word = _commented(("One.", MARK), ("Two.", ""))
    paragraph = word.paragraphs[0]._p
    for element in [e for e in paragraph.iter() if e.tag.endswith(("}t",))]:
        element.getparent().remove(element)
    (mark,) = reread(word, tmp_path).marks
    assert (mark.where, mark.rules) == ("comment", ())
    assert "no text of the document that is read is tied to it" in mark.fault


def test_a_comment_in_a_footnote_is_about_the_note(tmp_path: Path) -> None:
    word = docx.Document()
    add(word, referring("Boats", 1))
    comment = word.add_comment(word.paragraphs[0].runs, text=MARK, author="A", initials="A")
    ends = [e for e in word.element.body.iter() if "commentRange" in e.tag]
    for element in [*ends, *word.element.body.iter(f"{{{W}}}commentReference")]:
        element.getparent().remove(element)
    add_footnotes(word, n1="of boats")
    (part,) = (p for p in word.part.package.iter_parts() if p.partname == "/word/footnotes.xml")
    opened, closed = (f'<w:commentRange{e} w:id="{comment.comment_id}"/>' for e in ("Start", "End"))
    part._blob = part.blob.replace(b"<w:p>", b"<w:p>" + opened.encode())
    part._blob = part.blob.replace(b"</w:p>", closed.encode() + b"</w:p>")
    assert _about(reread(word, tmp_path)) == [(("SB005",), ["of boats"], "")]


def test_many_comments_are_bounded(tmp_path: Path) -> None:
    word = docx.Document()
    ends = [(f'<w:bookmarkStart w:id="{n}" w:name="stratlint_ignore_SB005_reason_{n}"/>',
             f'<w:bookmarkEnd w:id="{n}"/>') for n in range(1_500)]  # fmt: skip
    opened, closed = "".join(a for a, _ in ends), "".join(b for _, b in ends)
    text = "<w:p><w:r><w:t>One.</w:t></w:r></w:p>" * 50
    add(word, f"<w:sdt><w:sdtContent>{opened}{text}{closed}</w:sdtContent></w:sdt>")
    marks = reread(word, tmp_path).marks
    assert len(marks) == 1_001
    assert "more than 1000 marks" in marks[-1].fault


def _page(*annotations: str) -> Sheet:
    """Three paragraphs at heights 700, 600 and 500, beside annotations."""
    sheet = Sheet(extras=f"/Annots[{''.join(f'<</Type/Annot{a}>>' for a in annotations)}]")
    for y, word in ((700, "first"), (600, "second"), (500, "third")):
        sheet.lines(
            72, y, [f"This is the {word} paragraph of all,", f"and here it ends, the {word}."]
        )
    return sheet


def _highlight(y: float, text: str) -> str:
    x0, x1, low, high = 80, 200, y - 3, y + 10
    quads = f"{x0} {high} {x1} {high} {x0} {low} {x1} {low}"
    return f"/Subtype/Highlight/Rect[{x0} {low} {x1} {high}]/QuadPoints[{quads}]/Contents({text})"


@pytest.mark.parametrize(
    ("annotation", "about"),
    [
        (_highlight(588, MARK), "second"),
        (f"/Subtype/Text/Rect[560 598 580 618]/Contents({MARK})", "second"),
        (f"/Subtype/Text/Rect[300 480 320 500]/Contents({MARK})", "third"),
        (f"/Subtype/Square/Rect[60 680 400 720]/Contents({MARK})", "first"),
    ],
)
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_a_note_on_a_page_is_about_what_it_stands_on(
    tmp_path: Path, annotation: str, about: str, reader: Any
) -> None:
    path = write_pdf(tmp_path / "plan.pdf", [_page(annotation)])
    document = read(path, ReadOptions(reader=reader))
    ((rules, (text,), fault),) = _about(document)
    assert (rules, fault) == (("SB005",), "")
    assert f"the {about} paragraph" in text
    assert text.endswith(f"{about}.")
    assert document.marks[0].where == "comment on page 1"
    assert "stratlint" not in document.text
    assert read(path, ReadOptions(marks=False)).marks == ()


def test_an_answer_is_about_what_its_question_is_about(tmp_path: Path) -> None:
    sheet = Sheet(extras="/Annots[6 0 R 7 0 R]")
    sheet.lines(72, 700, ["This is the first paragraph."])
    sheet.lines(72, 600, ["This is the second paragraph."])
    answer = f"<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/IRT 6 0 R/Contents({MARK})>>"
    more = [f"<</Type/Annot{_highlight(700, 'Why?')}>>".encode(), answer.encode()]
    document = read(write_pdf(tmp_path / "plan.pdf", [sheet], more=more))
    assert _about(document) == [(("SB005",), ["This is the first paragraph."], "")]


def test_typed_text_and_empty_pages_are_told(tmp_path: Path) -> None:
    typed = f"/Subtype/FreeText/Rect[72 300 500 320]/DA(/F1 9 Tf)/Contents({MARK})"
    whole = "stratlint ignore-file RU001: a city"
    empty = Sheet(extras=f"/Annots[<</Type/Annot{_highlight(588, MARK)}>>"
                  f"<</Type/Annot{_highlight(600, whole)}>>]")  # fmt: skip
    document = read(write_pdf(tmp_path / "plan.pdf", [_page(typed), empty]))
    faults = {mark.where: mark.fault for mark in document.marks if not mark.whole}
    assert "make it a note or a highlight" in faults["comment on page 1"]
    assert "no text is on its page" in faults["comment on page 2"]
    assert [mark.rules for mark in document.marks if mark.whole] == [("RU001",)]


def test_a_comment_sets_a_finding_aside_and_an_unused_one_is_said(tmp_path: Path) -> None:
    word = _commented(("Wool is spun here.", MARK), ("We will be the next Silicon Valley.", MARK))
    path = tmp_path / "draft.docx"
    word.save(str(path))
    out = tmp_path / "out.json"
    assert main(["check", str(path), "--select", "SB005", "--format", "json", "-o", str(out)]) == 0
    held = json.loads(out.read_bytes())
    (finding,) = held["findings"]
    assert (finding["suppressed"], finding["marked"]) == ("words of the old plan", 2)
    assert finding["quotations"][0]["text"] == "We will be the next Silicon Valley."
    unused = (
        'draft.docx, comment on "Wool is spun here.": unused mark: SB005 (words of the old plan)'
    )
    assert unused in held["warnings"]
    (finding,) = check(path, select=["SB005"], marks=False, cache=False).findings
    assert finding.suppressed is None
