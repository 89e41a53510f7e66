"""Scanned pages through an installed Tesseract: the same words with boxes, then the same layout."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from stratlint.documents.pdf.words import Font, RawPage, Word

_DPI = 300
_TIMEOUT = 180
_MIN_CONFIDENCE = 30.0
_WORD = "5"
"""The level of a line of Tesseract's table that holds a word."""


class OcrFailed(Exception):
    """Tesseract is missing or could not read a page; the message says which."""


def recognise(document: Any, raw: RawPage) -> None:
    """Fill a page that has no text layer with the words that Tesseract sees on it.

    ``document`` is the open pdfium document. Raises OcrFailed.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise OcrFailed("Tesseract is not installed")
    page = document[raw.index]
    try:
        scale = min(_DPI / 72, 10000 / max(raw.width, raw.height, 1))
        bitmap = page.render(scale=scale, grayscale=True)
        image = bitmap.to_numpy()
        pixels, height, width = image.tobytes(), image.shape[0], image.shape[1]
    finally:
        page.close()
    with tempfile.TemporaryDirectory(prefix="stratlint-ocr-") as folder:
        picture = Path(folder) / "page.pgm"
        picture.write_bytes(b"P5 %d %d 255\n" % (width, height) + pixels)
        table = _run([program, str(picture), "stdout", "--dpi", str(_DPI), "-l", "eng", "tsv"])
    _add_words(table, raw, scale)


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603  a fixed program on a file of our own
            command, capture_output=True, timeout=_TIMEOUT, check=True
        )
    except subprocess.TimeoutExpired:
        raise OcrFailed(f"Tesseract took longer than {_TIMEOUT} s") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise OcrFailed(f"Tesseract failed ({error})") from None
    return done.stdout.decode("utf-8", "replace")


def _add_words(table: str, raw: RawPage, scale: float) -> None:
    """Words of Tesseract's table; the type size is the height of its line."""
    font = Font("ocr", bold=False, italic=False)
    order = 0
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != _WORD or not fields[11].strip():
            continue
        if float(fields[10]) < _MIN_CONFIDENCE:
            continue
        x, y, w, h = (int(v) / scale for v in fields[6:10])
        text = fields[11].strip()
        word = Word(text, x, x + w, y, y + h, y + h, h, font, order, order + len(text))
        order += len(text) + 1
        lines.setdefault(tuple(fields[1:5]), []).append(word)
    heights = sorted(w.bottom - w.top for words in lines.values() for w in words)
    usual = heights[len(heights) // 2] / 0.75 if heights else 10.0
    for words in lines.values():
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        # A line's words differ in height by their ascenders; the line has one size and base.
        heights = sorted(w.bottom - w.top for w in words)
        size = heights[len(heights) // 2] / 0.75
        if abs(size - usual) < 0.3 * usual:
            size = usual
        bases = sorted(w.bottom for w in words)
        for word in words:
            word.size, word.base = size, bases[len(bases) // 2]
            word.top, word.bottom = top, bottom
        raw.words += words
    raw.characters = sum(len(w.text) for w in raw.words)
