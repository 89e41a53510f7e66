"""What cannot be read is said, never passed over."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from stratlint.documents import ReadOptions, read
from stratlint.documents.limits import check_pdf
from stratlint.errors import UnreadableInput

from .pdfs import Sheet, write_pdf


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


def _scan(sheet: Sheet) -> None:
    sheet.raw("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")


def test_scanned_page_is_reported(tmp_path: Path) -> None:
    scanned, good = Sheet(), Sheet()
    _scan(scanned)
    good.text(60, 700, "The yards of the harbour towns.")
    document = read(write_pdf(tmp_path / "half.pdf", [good, scanned]))
    assert [(w.code, w.page) for w in document.warnings] == [("scanned-page", 1)]
    assert _code(write_pdf(tmp_path / "scan.pdf", [scanned])) == "no-text"


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
