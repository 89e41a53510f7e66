"""Findings on the draft's own pages: highlights where the words are, comments at the sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pypdf
import pypdfium2
import pytest
from docx.oxml import parse_xml

import stratlint
from stratlint.errors import UsageError
from stratlint.records import AuditResult
from stratlint.reporting.notes.annotate import annotate_draft, notes_of
from stratlint.reporting.notes.docx import _paragraph
from stratlint.workers.execution import InlineExecutor
from tests.made import write_word_draft

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check(draft: Path, **options: Any) -> AuditResult:
    """The draft, checked in this process."""
    return stratlint.check(draft, executor=InlineExecutor(), cache=False, **options)


def notes_in(path: Path) -> list[tuple[int, Any]]:
    """(page index, annotation) of a PDF, links left out."""
    reader = pypdf.PdfReader(path)
    return [
        (index, item.get_object())
        for index, page in enumerate(reader.pages)
        for item in page.get("/Annots", [])
        if item.get_object()["/Subtype"] != "/Link"
    ]


def words_under(path: Path, index: int, annotation: Any) -> str:
    """The text of a page under the quads of a highlight, read by another library."""
    page = pypdfium2.PdfDocument(path)[index]
    textpage = page.get_textpage()
    values = [float(value) for value in annotation["/QuadPoints"]]
    parts = []
    for at in range(0, len(values), 8):
        xs, ys = values[at : at + 8 : 2], values[at + 1 : at + 8 : 2]
        parts.append(textpage.get_text_bounded(min(xs), min(ys), max(xs), max(ys)))
    return " ".join(" ".join(parts).split())


def _pieces(text: str) -> list[str]:
    """Runs of five letters: readers differ in where words part."""
    letters = "".join(c for c in text.casefold() if c.isalnum())
    return [letters[i : i + 5] for i in range(len(letters) - 4)]


@pytest.fixture(scope="module", params=[0, 90, 180, 270])
def turned(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path
) -> Path:
    """A modelled strategy whose pages are cropped and turned."""
    writer = pypdf.PdfWriter(clone_from=corpus_dir / "yorkshire-and-the-humber.pdf")
    for page in writer.pages:
        page.cropbox = pypdf.generic.RectangleObject(
            (20, 30, float(page.mediabox.right) - 10, float(page.mediabox.top) - 15)
        )
        page.rotate(request.param)
    path = tmp_path_factory.mktemp("turned") / f"draft-{request.param}.pdf"
    writer.write(path)
    return path


def test_highlights_lie_on_the_words_they_are_about(turned: Path, tmp_path: Path) -> None:
    result = check(turned, region="Yorkshire and the Humber", year=2007, pack="all")
    before = turned.read_bytes()
    target = tmp_path / "notes.pdf"
    count = annotate_draft(result, turned, target)
    assert turned.read_bytes() == before, "the original is untouched"
    found = notes_in(target)
    notes = notes_of(result, result.analyses[0])
    assert count == len(notes) == len(result.findings)
    fingerprints = {str(a["/NM"]).split("-")[1] for _, a in found}
    assert fingerprints == {note.finding.fingerprint for note in notes}
    seen = 0
    for index, annotation in found:
        if annotation["/Subtype"] != "/Highlight":
            continue
        fingerprint = str(annotation["/NM"]).split("-")[1]
        note = next(n for n in notes if n.finding.fingerprint == fingerprint)
        places = [
            p for p in note.places if index in {page for page, _ in p.boxes} or p.page == index
        ]
        quoted = {piece for p in places for piece in _pieces(p.text)}
        under = _pieces(words_under(target, index, annotation))
        assert under
        # Lines of a turned page are marked whole, so words beside the quoted ones are too.
        assert sum(piece in quoted for piece in under) / len(under) >= 0.5
        assert quoted & set(under)
        seen += 1
    assert seen >= 3


def test_what_is_missing_stands_in_the_margin_of_page_one(turned: Path, tmp_path: Path) -> None:
    result = check(turned, region="Yorkshire and the Humber", year=2007, pack="all")
    absent = [n for n in notes_of(result, result.analyses[0]) if not n.places]
    assert absent, "the draft should lack something"
    target = tmp_path / "notes.pdf"
    annotate_draft(result, turned, target)
    margin = [(i, a) for i, a in notes_in(target) if a["/Subtype"] == "/Text"]
    assert {i for i, _ in margin} == {0}
    assert len(margin) == len(absent)
    crop = pypdf.PdfReader(target).pages[0].cropbox
    for _, annotation in margin:
        x0, y0, x1, y1 = (float(value) for value in annotation["/Rect"])
        assert float(crop.left) <= x0 < x1 <= float(crop.right)
        assert float(crop.bottom) <= y0 < y1 <= float(crop.top)
    text = str(margin[0][1]["/Contents"])
    assert "Why: " in text
    assert "Fix: " in text
    assert "Answer this note with 'stratlint ignore " in text


def comments(path: Path) -> dict[str, str]:
    """First line of each comment, and the words that it is anchored to."""
    word = docx.Document(str(path))
    found = {}
    for comment in word.comments:
        inside = False
        words: list[str] = []
        for element in word.element.body.iter():
            if element.get(f"{WORD}id") == str(comment.comment_id):
                if element.tag == f"{WORD}commentRangeStart":
                    inside = True
                elif element.tag == f"{WORD}commentRangeEnd":
                    inside = False
            if inside and element.tag == f"{WORD}t":
                words.append(element.text or "")
        found[f"{comment.comment_id} {comment.paragraphs[0].text}"] = "".join(words)
    return found


def test_word_comments_stand_at_the_sentences(tmp_path: Path) -> None:
    draft = write_word_draft(tmp_path / "draft.docx")
    result = check(draft, region="North East", year=2008)
    target = tmp_path / "notes.docx"
    count = annotate_draft(result, draft, target)
    found = comments(target)
    assert count == len(result.findings)
    assert len(found) >= count, "a finding at several places is said at each"
    anchored = [words for head, words in found.items() if "SB005" in head]
    assert anchored == [
        "We will become the next Silicon Valley of the north within five years.",
        "We will become the next Golden Triangle of chemicals by 2010.",
    ]
    before = [p.text for p in docx.Document(str(draft)).paragraphs]
    assert [p.text for p in docx.Document(str(target)).paragraphs] == before
    bold = [run.text for p in docx.Document(str(target)).paragraphs for run in p.runs if run.bold]
    assert "".join(bold) == "We will become the next Silicon Valley"


def test_a_text_box_is_commented_on_at_the_paragraph_it_hangs_on(tmp_path: Path) -> None:
    draft = write_word_draft(tmp_path / "draft.docx")
    word = docx.Document(str(draft))
    host = word.add_paragraph("Beside the box.")
    content = (
        "<w:txbxContent><w:p><w:r><w:t>We will become the next Silicon Valley of the coast."
        "</w:t></w:r></w:p></w:txbxContent>"
    )
    drawn = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:AlternateContent><mc:Choice Requires="wps">{content}</mc:Choice>'
        f"<mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    host._p.insert(0, drawn)
    word.save(str(draft))
    result = check(draft, region="North East", year=2008)
    target = tmp_path / "notes.docx"
    annotate_draft(result, draft, target)
    anchored = [words for head, words in comments(target).items() if "SB005" in head]
    said = "We will become the next Silicon Valley of the coast."
    # Both copies of the box are within what is commented on, and no comment within them.
    assert f"{said}{said}Beside the box." in anchored
    marks = docx.Document(str(target)).element.body.iter(f"{WORD}commentRangeStart")
    assert not [m for m in marks if any(a.tag == f"{WORD}txbxContent" for a in m.iterancestors())]


def test_the_wrong_kind_of_copy_is_refused(tmp_path: Path) -> None:
    draft = write_word_draft(tmp_path / "draft.docx")
    result = check(draft, region="North East", year=2008)
    with pytest.raises(UsageError, match=r"the draft is \.docx"):
        annotate_draft(result, draft, tmp_path / "notes.pdf")
    with pytest.raises(UsageError, match=r"to \.pdf or \.docx"):
        annotate_draft(result, draft, tmp_path / "notes.odt")
    with pytest.raises(UsageError, match="the draft itself"):
        annotate_draft(result, draft, tmp_path / "." / "draft.docx")
    text = tmp_path / "draft.txt"
    text.write_text("Newcastle and Durham make things.", encoding="utf-8")
    with pytest.raises(UsageError, match=r"is \.pdf or \.docx too"):
        annotate_draft(check(text), text, tmp_path / "notes.docx")


def test_a_hyphen_that_does_not_break_is_found_again() -> None:
    word = docx.Document()
    word.add_paragraph("A low\u2011carbon and agri\u2010food plan")
    paragraph = _paragraph(word.element.body[0], 0)
    assert paragraph.text == "A low-carbon and agri-food plan"
