"""What cannot be read is said, never passed over."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read
from stratlint.documents.limits import check_pdf
from stratlint.errors import UnreadableInput

from .pdfs import FIRST, Sheet, stream, write_pdf


def _code(path: Path, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(path, options or ReadOptions())
    assert path.name not in str(caught.value), "whoever reports a fault adds the name"
    return caught.value.code


def _pdf(path: Path) -> Path:
    sheet = Sheet()
    sheet.text(60, 700, "The yards of the harbour towns.")
    return write_pdf(path, [sheet])


def test_missing_empty_and_wrong_types(tmp_path: Path) -> None:
    assert _code(tmp_path / "no.pdf") == "missing"
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert _code(tmp_path / "empty.pdf") == "empty"
    (tmp_path / "fake.pdf").write_bytes(b"GIF89a not a pdf")
    assert _code(tmp_path / "fake.pdf") == "damaged"
    (tmp_path / "fake.docx").write_bytes(b"plain words")
    assert _code(tmp_path / "fake.docx") == "damaged"
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert _code(tmp_path / "picture.png") == "wrong-type"
    (tmp_path / "zip.docx").write_bytes(b"PK\x03\x04broken")
    assert _code(tmp_path / "zip.docx") == "damaged"


def test_damaged_pdf(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n")
    assert _code(path) == "damaged"


def test_encrypted_pdf_wants_its_password(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(_pdf(tmp_path / "open.pdf")))
    writer.encrypt("secret", algorithm="AES-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    assert _code(path) == "encrypted"
    assert _code(path, ReadOptions(password="wrong")) == "encrypted"
    document = read(path, ReadOptions(password="secret"))
    assert document.body == "The yards of the harbour towns."


def _reason(path: Path) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(path)
    return str(caught.value)


def test_a_broken_pdf_says_what_was_seen_and_what_to_do(tmp_path: Path) -> None:
    data = _pdf(tmp_path / "good.pdf").read_bytes()
    path = tmp_path / "bad.pdf"
    path.write_bytes(data[: int(0.8 * len(data))])
    assert "breaks off before its end" in _reason(path)
    path.write_bytes(data.replace(b"/Catalog", b"/Catalgo").replace(b"/Pages", b"/Pegas"))
    assert "save or print it as a new PDF" in _reason(path)


def test_one_damaged_page_does_not_lose_the_others(tmp_path: Path) -> None:
    good, bad = Sheet(), Sheet()
    good.text(60, 700, "The yards of the harbour towns.")
    bad.text(60, 700, "Lost words.")
    path = write_pdf(tmp_path / "two.pdf", [good, bad])
    data = path.read_bytes()
    at = data.rindex(b"/Type/Page/")
    path.write_bytes(data[:at] + b"/Type/Pegs/" + data[at + 11 :].replace(b"Parent", b"Parrot", 1))
    document = read(path)
    assert "The yards of the harbour towns." in document.body


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", "EncryptedPackage", "remove the password"),
        ("a.doc", "WordDocument", "old Word file (.doc), which is not read; open it in Word"),
        ("a.doc", "nothing known", "save it as .docx"),
        ("a.rtf", None, "Rich Text"),
        ("a.odt", b"content.xml", "OpenDocument file, which is not read; save it as .docx"),
        ("a.pptx", b"ppt/slides", "save it as a PDF"),
        ("a.zip", b"plan.pdf", "unpack it"),
        ("a.png", b"", "print it to a PDF"),
        ("a.pdf", b"<!doctype html><p>Not found", "a web page under that name"),
    ],
)
def test_other_kinds_say_what_they_are_and_what_to_do(
    tmp_path: Path, name: str, data: str | bytes | None, words: str
) -> None:
    path = tmp_path / name
    if isinstance(data, str):
        head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
        path.write_bytes(head + data.encode("utf-16-le") + b"\0" * 2000)
    elif data is None:
        path.write_text(r"{\rtf1\ansi The plan.\par}")
    else:
        start = b"" if name in ("a.pdf", "a.png") else b"PK\x03\x04" + b"\0" * 26
        path.write_bytes(start + data + b"x")
    assert words in _reason(path)


def _scan(sheet: Sheet) -> None:
    sheet.raw("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")


def test_scanned_page_is_reported(tmp_path: Path) -> None:
    scanned, good = Sheet(), Sheet()
    _scan(scanned)
    good.text(60, 700, "The yards of the harbour towns.")
    document = read(write_pdf(tmp_path / "half.pdf", [good, scanned]))
    assert [(w.code, w.page) for w in document.warnings] == [("scanned-page", 1)]
    assert _code(write_pdf(tmp_path / "scan.pdf", [scanned])) == "no-text"
    assert "1 scanned page without a text layer (try --ocr)" in _reason(tmp_path / "scan.pdf")


def test_a_scanned_page_with_a_typed_line_is_reported_and_a_photograph_is_not(
    tmp_path: Path,
) -> None:
    # Grey rows: print is dark marks on light paper, a photograph is dark all over.
    line = b"\xff" * 10 + bytes([40, 255] * 40) + b"\xff" * 10
    paper = (b"\xff" * 100 + line) * 50
    for name, pixels, codes in (
        ("paper", paper, ["scanned-page"]),
        ("photo", bytes(range(40, 140)) * 100, []),
    ):
        entries = (
            "/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8"
            "/ColorSpace/DeviceGray"
        )
        sheet, text = Sheet(resources=f"/XObject<</Im {FIRST} 0 R>>"), Sheet()
        sheet.raw("q 595 0 0 842 0 0 cm /Im Do Q 1 g")
        sheet.text(60, 810, "Received by the county on the third of May")
        text.text(60, 700, "The yards of the harbour towns.")
        path = write_pdf(tmp_path / f"{name}.pdf", [sheet, text], more=[stream(pixels, entries)])
        assert [w.code for w in read(path).warnings] == codes, name


def test_letters_drawn_as_shapes_are_reported_and_rows_of_dots_are_not(tmp_path: Path) -> None:
    outlined, dotted, text = Sheet(), Sheet(), Sheet()
    text.text(60, 700, "The yards of the harbour towns.")
    for row in range(10):
        for i in range(40):
            x, y, wide = 60 + 8 * i, 700 - 20 * row, 2 + (i * 7 + row) % 6
            outlined.raw(f"{x} {y} m {x + wide} {y} l {x + wide / 2} {y + 7} l f")
            dotted.raw(f"{x} {y} 4 4 re f")
    document = read(write_pdf(tmp_path / "a.pdf", [text, outlined, dotted]))
    assert [(w.code, w.page) for w in document.warnings] == [("outlined", 1)]
    assert "letters drawn as shapes" in _reason(write_pdf(tmp_path / "b.pdf", [outlined]))


def test_attached_files_and_xfa_forms_are_reported(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 700, "Please wait until the contents are shown.")
    names = "".join(f"({n})<</Type/Filespec/F({n})>>" for n in ("plan.pdf", "log.accreport.html"))
    catalog = f"/Names<</EmbeddedFiles<</Names[{names}]>>>>"
    document = read(write_pdf(tmp_path / "a.pdf", [sheet], catalog=catalog))
    assert [w.code for w in document.warnings] == ["attachment"]
    assert "(plan.pdf)" in document.warnings[0].message
    catalog = f"/NeedsRendering true/AcroForm<</Fields[]/XFA {FIRST} 0 R>>"
    xfa = stream(b"<xdp:xdp/>")
    document = read(write_pdf(tmp_path / "b.pdf", [sheet], catalog=catalog, more=[xfa]))
    assert [w.code for w in document.warnings] == ["left-out"]
    assert "print it to a PDF" in document.warnings[0].message


def test_a_stream_that_explodes_is_not_unpacked() -> None:
    bomb = zlib.compress(zlib.compress(b"\0" * 60_000_000, 9), 9)
    data = b"1 0 obj\n<</Filter[/FlateDecode/FlateDecode]>>stream\n" + bomb + b"\nendstream"
    with pytest.raises(UnreadableInput) as caught:
        check_pdf(data)
    assert caught.value.code == "decompression"


def test_an_ordinary_stream_passes() -> None:
    body = zlib.compress(bytes(range(256)) * 4000)
    check_pdf(b"1 0 obj\n<</Filter/FlateDecode>>stream\n" + body + b"\nendstream")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "code"), [("double-flate-bomb", "decompression"), ("circular-xref", "damaged")]
)
def test_hostile_files(shared: Path, name: str, code: str) -> None:
    assert _code(shared / "data" / "hostile" / f"{name}.pdf") == code
