"""Crops of real pages with the quoted sentence highlighted (``--page-images``)."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from stratlint.records import AuditResult, BBox, Quotation, Record

SCALE = 1.6
MARGIN = 36.0
_LEAST = 260.0  # a bullet of one word is read among its neighbours
MOST = 120
"""Pictures in one report at most: beyond, it would be too large to mail."""


class PageImage(Record):
    """A crop as a data: URI with its size in CSS pixels."""

    uri: str
    width: int
    height: int


class PageImages:
    """Renders crops when asked to; a quotation without boxes or without a PDF has none."""

    def __init__(self, result: AuditResult, *, on: bool) -> None:
        self._result = result
        self._on = on
        self._made: dict[tuple[object, ...], PageImage | None] = {}
        self._pages: dict[tuple[str, int], Any] = {}
        self.left_out = 0

    def of(self, quotation: Quotation) -> PageImage | None:
        """The crop for a quotation, or None."""
        if not self._on:
            return None
        boxes = tuple(box for page, box in quotation.boxes if page == quotation.page)
        path = self._result.files.get(quotation.document, "")
        if not boxes or not path.casefold().endswith(".pdf"):
            return None
        key = (quotation.document, quotation.page, boxes)
        if key not in self._made:
            if sum(image is not None for image in self._made.values()) >= MOST:
                self.left_out += 1
                return None
            self._made[key] = self._crop(path, quotation.page, boxes)
        return self._made[key]

    def _crop(self, path: str, page: int, boxes: tuple[BBox, ...]) -> PageImage | None:
        picture = self._page(path, page)
        if picture is None:
            return None
        from PIL import Image, ImageChops, ImageDraw

        marked = Image.new("RGB", picture.size, "white")
        pen = ImageDraw.Draw(marked)
        for x0, top, x1, bottom in boxes:
            pen.rectangle(
                [x0 * SCALE - 2, top * SCALE - 1, x1 * SCALE + 2, bottom * SCALE + 1],
                fill=(255, 236, 120),
            )
        # Multiply: the highlighter's colour under the ink, as on paper.
        whole = ImageChops.multiply(picture, marked)
        left = max(0.0, min(b[0] for b in boxes) - MARGIN) * SCALE
        upper = max(0.0, min(b[1] for b in boxes) - MARGIN) * SCALE
        width = max(_LEAST, max(b[2] for b in boxes) + MARGIN - left / SCALE)
        right = min(float(whole.width), left + width * SCALE)
        lower = min(float(whole.height), (max(b[3] for b in boxes) + MARGIN) * SCALE)
        if right - left < 8 or lower - upper < 8:
            return None
        crop = whole.crop((int(left), int(upper), int(right), int(lower)))
        buffer = io.BytesIO()
        crop.convert("L" if _is_grey(crop) else "RGB").save(
            buffer, "WEBP", quality=55, method=4, exact=True
        )
        data = base64.b64encode(buffer.getvalue()).decode("ascii")
        return PageImage(uri=f"data:image/webp;base64,{data}", width=crop.width, height=crop.height)

    def _page(self, path: str, page: int) -> Any:
        """The whole page as a picture; None when the file has changed, gone or broken."""
        key = (path, page)
        if key not in self._pages:
            self._pages.clear()  # one page at a time: quotations come in page order
            self._pages[key] = _draw(path, page)
        return self._pages[key]


def page_picture(path: str, page: int) -> bytes | None:
    """A whole page as WebP, or None where the file has no such page; for a limited worker."""
    picture = _draw(path, page)
    if picture is None:
        return None
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=70, method=2)
    return buffer.getvalue()


def _draw(path: str, page: int) -> Any:
    import pypdfium2

    if not Path(path).is_file():
        return None
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        if page >= len(document):
            return None
        return document[page].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def _is_grey(picture: Any) -> bool:
    return picture.getcolors(1) is not None
