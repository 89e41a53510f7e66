"""The compiled part of the reader gives what pure Python gives, value for value."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from stratlint.documents import read
from stratlint.documents.pdf import questions
from stratlint.documents.pdf.questions import Asker, Child
from tests.documents.pdfs import FIRST, Sheet, stream, write_pdf


@pytest.fixture(scope="module")
def compiled() -> Asker:
    found = questions.compiled()
    if found is None:
        pytest.skip("built without the compiled part: no C compiler was at hand, or STRATLINT_PURE")
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages on which every question has more than one answer."""
    words = Sheet(extras="/Rotate 90")
    words.lines(60, 780, ["The  valley makes\xa0valves,", "and sells them abroad."])
    words.raised(60, 700, "A claim", "12", " goes on")
    words.turned(500, 300, "Beside the page")
    words.text(60, 660, "tiny", size=0.5)
    words.raw("BT /F1 12 Tf -1 0 0 1 300 620 Tm (seen in a mirror) Tj ET")
    words.raw("BT /F1 12 Tf 3 Tr 60 600 Td (drawn by nobody) Tj ET")
    words.raw("BT /F1 12 Tf 0 Tr .8 .6 -.6 .8 200 400 Tm (slan) Tj /F2 12 Tf (ted) Tj ET")
    words.raw("/Span <</ActualText (fi)>> BDC BT /F1 12 Tf 60 560 Td ( ) Tj ET EMC")
    shapes = Sheet(resources=f"/XObject<</Inner {FIRST} 0 R>>/ExtGState<</Half<</ca .5>>>>")
    shapes.rule(60, 700, 500, 700)
    shapes.raw("1 1 1 rg 60 500 200 100 re f 1 0 0 rg 60 300 m 260 300 l 200 400 l h f")
    shapes.raw("q /Half gs 0 .5 .25 rg 300 300 100 100 re f Q 60 200 m 70 200 90 220 99 200 c f*")
    shapes.raw("6 w 60 250 m 500 250 l S 60 100 m 61 100 l 62 101 l 63 102 l 64 103 l 65 104 l")
    shapes.raw("66 105 l 67 106 l f q 20 0 0 20 300 300 cm /Inner Do Q 9 9 9 9 re n")
    shapes.text(70, 550, "white upon white")
    inner = stream(
        b"0 0 5 5 re f BT /F1 3 Tf (within) Tj ET",
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>",
    )
    folder = tmp_path_factory.mktemp("asked")
    return write_pdf(folder / "asked.pdf", [words, shapes, Sheet()], more=[inner])


@pytest.fixture(scope="module")
def pages(path: Path) -> Iterator[list[tuple[int, int, str]]]:
    """Of each page its address, that of its text, and the text between signs of all kinds."""
    found = []
    with ExitStack() as held:
        document = pypdfium2.PdfDocument(path)
        held.callback(document.close)
        for page in document:
            held.callback(page.close)
            textpage = page.get_textpage()
            held.callback(textpage.close)
            text = textpage.get_text_range()
            found.append((questions.address(page.raw), questions.address(textpage.raw), text))
        yield found


def _objects(asker: Asker, holder: int, is_form: bool) -> list[Child]:
    found = []
    for child in asker.children(holder, is_form, 100):
        found.append(child)
        if child[1] == 5:
            found += _objects(asker, child[0], True)
    return found


def test_objects_are_the_same(compiled: Asker, pages: list[tuple[int, int, str]]) -> None:
    kinds = set()
    for page, _, _ in pages:
        objects = _objects(questions, page, False)
        assert objects == _objects(compiled, page, False)
        assert questions.children(page, False, 2) == compiled.children(page, False, 2)
        for obj, kind, _ in objects:
            kinds.add(kind)
            assert questions.path_of(obj) == compiled.path_of(obj)
            assert questions.ink_of(obj) == compiled.ink_of(obj)
    assert kinds == {1, 2, 5}


def test_words_are_the_same(compiled: Asker, pages: list[tuple[int, int, str]]) -> None:
    counted = 0
    for _, textpage, text in pages:
        pieces, characters = questions.pieces(textpage, text)
        assert (pieces, characters) == compiled.pieces(textpage, text)
        counted += len(pieces)
        for piece in pieces:
            look = questions.look_of(textpage, piece[6], piece[5])
            assert look == compiled.look_of(textpage, piece[6], piece[5])
        for step in (1, 3):
            errors = questions.errors_of(textpage, len(text), step)
            assert errors == compiled.errors_of(textpage, len(text), step)
    assert counted > 20


def test_every_sign_parts_words_in_both_or_in_neither(
    compiled: Asker, pages: list[tuple[int, int, str]]
) -> None:
    textpage = pages[0][1]
    for begin in range(0, 0x30000, 0x400):
        # A letter after each sign: a sign that parts words counts for nothing.
        text = "".join(f"{chr(c)}a" for c in range(begin, begin + 0x400))
        assert questions.pieces(textpage, text) == compiled.pieces(textpage, text)
    gaps = "one\ntwo\r\nthree\u2009four\u200afive\u2009 six  seven\teight\x02nine"
    assert questions.pieces(textpage, gaps) == compiled.pieces(textpage, gaps)


def test_documents_are_the_same_without_the_compiled_part(compiled: Asker, path: Path) -> None:
    program = (
        "import sys, msgspec; from stratlint.documents import read; "
        "from stratlint.documents.pdf import questions; assert questions.ask is questions; "
        "sys.stdout.buffer.write(msgspec.json.encode(read(sys.argv[1])))"
    )
    pure = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        check=True,
        env=os.environ | {"STRATLINT_PURE": "1"},
    )
    assert b"abroad" in pure.stdout
    if questions.ask is not questions:
        assert pure.stdout == msgspec.json.encode(read(path))


def test_wrong_questions_are_refused(compiled: Asker) -> None:
    with pytest.raises(TypeError, match="2 arguments, not 1"):
        compiled.pieces(0)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        compiled.ink_of("no address")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="step"):
        compiled.errors_of(0, 10, 0)
