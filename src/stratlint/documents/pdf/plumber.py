"""Words of a PDF page through plain pdfplumber: slow, and the reference for the fast reader."""

from __future__ import annotations

import io
from typing import Any

from stratlint.documents.pdf.words import FULL, Font, RawPage, Rule, Word

_KEYS = ["fontname", "size", "upright"]
_BASELINE = 0.79
"""pdfplumber gives no baseline: the height of the ascender's share of a glyph's box."""


class PlumberPages:
    """The pages of one document through pdfplumber, closed one by one."""

    name = "pdfplumber"

    def __init__(self, data: bytes, password: str | None) -> None:
        import pdfplumber

        self._pdf = pdfplumber.open(io.BytesIO(data), password=password or "", unicode_norm=None)
        self._fonts: dict[str, Font] = {}

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def page(self, index: int, label: str) -> RawPage:
        """Words, rules and counts of one page."""
        page = self._pdf.pages[index]
        x0, top, x1, bottom = page.bbox
        result = RawPage(index, label, float(x1 - x0), float(bottom - top))
        if len(page.chars) > FULL:
            result.characters, result.overfull = len(page.chars), True
            page.close()
            return result
        words = page.extract_words(
            x_tolerance_ratio=0.15, extra_attrs=_KEYS, use_text_flow=True, expand_ligatures=True
        )
        order = 0
        for word in words:
            order += 1
            item = self._word(word, order, float(x0), float(top))
            order += len(item.text)
            result.words.append(item)
            result.characters += len(item.text)
            result.unmapped += item.text.count("(cid:") * 6
        result.rules = [_rule(r, float(x0), float(top)) for r in (*page.lines, *page.rects)][:4000]
        area = (result.width * result.height) or 1.0
        result.images = sum(float(i["width"] * i["height"]) for i in page.images) / area
        page.close()
        return result

    def _word(self, word: dict[str, Any], order: int, left: float, top: float) -> Word:
        name = str(word["fontname"])
        font = self._fonts.get(name)
        if font is None:
            lower = name.lower()
            font = self._fonts[name] = Font(
                name,
                any(w in lower for w in ("bold", "black", "heavy", "semi", "demi")),
                any(w in lower for w in ("ital", "obli")),
            )
        size = float(word["size"])
        x0, x1 = float(word["x0"]) - left, float(word["x1"]) - left
        y0, y1 = float(word["top"]) - top, float(word["bottom"]) - top
        upright = bool(word["upright"])
        turn = 0 if upright else (1 if word.get("direction") == "ttb" else 3)
        base = y0 + _BASELINE * (y1 - y0) if upright else (x1 if turn == 3 else x0)
        text = str(word["text"])
        end = order + len(text)
        return Word(text, x0, x1, y0, y1, base, size, font, order, end, turn=turn)


def _rule(item: dict[str, Any], left: float, top: float) -> Rule:
    return Rule(
        float(item["x0"]) - left,
        float(item["x1"]) - left,
        float(item["top"]) - top,
        float(item["bottom"]) - top,
    )
