"""Crops of real pages with the sentence highlighted."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import msgspec
import pytest

from stratlint.records import Quotation
from stratlint.reporting.html.pageimages import PageImages
from stratlint.reporting.html.report import pages
from tests.reporting.made import made_result

_SIZE = (300, 200)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """One page with a line of text where the box says."""
    content = b"BT /F1 12 Tf 40 150 Td (A sentence of evidence.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    path = tmp_path / "north-east.pdf"
    path.write_bytes(out)
    return path


def _quotation() -> Quotation:
    return Quotation(
        document="north-east.pdf",
        page=0,
        page_label="1",
        text="A sentence of evidence.",
        start=0,
        end=23,
        boxes=((0, (40.0, 38.0, 170.0, 54.0)),),
    )


def test_the_crop_shows_the_sentence_under_a_highlighter(pdf: Path) -> None:
    from PIL import Image

    result = msgspec.structs.replace(made_result(), files={"north-east.pdf": str(pdf)})
    image = PageImages(result, on=True).of(_quotation())
    assert image is not None
    data = base64.b64decode(image.uri.removeprefix("data:image/webp;base64,"))
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    assert picture.size == (image.width, image.height)
    pixels = [
        picture.getpixel((x, y))
        for x in range(0, image.width, 3)
        for y in range(0, image.height, 3)
    ]
    yellow = [p for p in pixels if isinstance(p, tuple) and p[0] > 220 and p[2] < 170]
    dark = [p for p in pixels if isinstance(p, tuple) and max(p) < 110]
    white = [p for p in pixels if isinstance(p, tuple) and min(p) > 245]
    assert len(yellow) > 50
    assert dark
    assert white


def test_pictures_are_off_unless_asked_for(pdf: Path) -> None:
    result = msgspec.structs.replace(made_result(), files={"north-east.pdf": str(pdf)})
    assert PageImages(result, on=False).of(_quotation()) is None
    assert "<img" not in "".join(pages(result, None).values())


def test_the_report_carries_them_when_asked_for(pdf: Path) -> None:
    result = made_result(findings=10)
    finding = next(f for f in result.findings if f.document is not None)
    finding = msgspec.structs.replace(
        finding, document="north-east.pdf", quotations=(_quotation(),)
    )
    given = msgspec.structs.replace(result, findings=(finding,), files={"north-east.pdf": str(pdf)})
    page = pages(given, None, one_file=True, page_images=True)["report.html"]
    assert re.search(
        r'<img src="data:image/webp;base64,[^"]+" width=\d+ height=\d+ alt="[^"]+"', page
    )
    assert page == pages(given, None, one_file=True, page_images=True)["report.html"]


def test_a_file_that_went_away_or_broke_has_no_picture(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing else")
    for path in (tmp_path / "gone.pdf", broken):
        result = msgspec.structs.replace(made_result(), files={"north-east.pdf": str(path)})
        assert PageImages(result, on=True).of(_quotation()) is None
