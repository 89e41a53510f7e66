"""Symbols and formulas of a Word file as text."""

from __future__ import annotations

from typing import Any

from stratlint.documents.word.styles import W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL = {
    **{0x41 + i: letter for i, letter in enumerate(_GREEK)},
    **{0x61 + i: letter for i, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{0xA1 + i: sign for i, sign in enumerate("ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…")},
    **{0xC4 + i: sign for i, sign in enumerate("⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓")},
    0x2D: "−", 0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x40: "≅", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
"""The Symbol font's own places of the signs that it shows; others are where ASCII has them."""
_WINGDINGS = {
    0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xFD: "☒", 0xE0: "→", 0xE8: "→",
    0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0x4A: "☺", 0x4C: "☹", 0x29: "✆", 0x2A: "✉",
    0x28: "☎", 0xAB: "★", 0xB6: "★",
}  # fmt: skip


def sign_text(element: Any) -> str | None:
    """A symbol or a formula as text, None where an element is neither."""
    if element.tag in (f"{_M}oMath", f"{_M}oMathPara"):
        return _formula(element)
    if element.tag == f"{W}sym":
        return _symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
    return None


def _symbol(font: str, code: str) -> str:
    """The sign that a font shows for a code; a bullet where it is not known which."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= value <= 0xF0FF:
        return chr(value) if 0x20 <= value < 0xD800 else ""
    place, name = value - 0xF000, font.lower()
    if name.startswith("symbol"):
        known = _SYMBOL.get(place)
        return known or (chr(place) if 0x20 <= place < 0x7F else "•")
    if name.startswith(("wingdings", "webdings")):
        return _WINGDINGS.get(place, "•")
    return chr(place) if place >= 0x20 else ""


def _formula(element: Any, depth: int = 0) -> str:
    """A formula on one line: fractions with a stroke, powers with a raised sign before them."""
    if depth > 60:
        return "".join(element.itertext())
    if element.tag == f"{_M}t":
        return element.text or ""
    parts: dict[str, str] = {}
    text = ""
    for child in element:
        if not isinstance(child.tag, str) or child.tag.endswith("Pr"):
            continue
        inner = _formula(child, depth + 1)
        parts[child.tag.removeprefix(_M)] = inner
        text += inner
    kind = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    if kind == "f":
        return f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
    if kind in ("sSup", "sSub", "sSubSup", "sPre"):
        low, high = parts.get("sub", ""), parts.get("sup", "")
        return parts.get("e", "") + (f"_{low}" if low else "") + (f"^{high}" if high else "")
    if kind == "rad":
        return f"√{_grouped(parts.get('e', ''))}"
    if kind == "d":
        return f"({text})"
    if kind == "oMathPara":
        return f" {text} "
    return text


def _grouped(text: str) -> str:
    return f"({text})" if len(text) > 1 and not text.replace(".", "").isalnum() else text
