"""Mending printed lines: what the printer did to the author's text is undone.

Works line by line, so that every character keeps the way back to its page and box.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.documents.pdf.blocks import BULLET
from stratlint.documents.repair import ligatures
from stratlint.documents.repair.glue import glued_words
from stratlint.documents.repair.hyphens import SOFT, Vocabulary, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.documents.pdf.segments import Segment
    from stratlint.records import Span

_SPACES = re.compile(r"[ \u00a0\u2000-\u2008\u202f\u205f\u3000]+")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u2008\u202f\u205f\u3000]")
_THIN = re.compile(r"[\u2009\u200a]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_MARK = re.compile(
    r"(?:\d{1,3}|[*†‡§¶]{1,3}|\[\d{1,3}\]|[ivx]{1,4}|[a-z])(?:\s*[,–-]\s*\d{1,3})*[,.]?"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM|SM|o|er|e|®|™)$", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcmd]?m|ft|in|sq\s?[kcm]?m|mile|miles)$")
NOTE_MARK = "\ue0f1"
"""Stands in a line where a note marker was, until the text is put together (private use)."""
_POWERS = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_RAISED_DIGITS = re.compile(r"(?<=[^\W\d_][^\W\d_])[⁰¹²³⁴-⁹]+|(?<=[.,;:”’)\]])[⁰¹²³⁴-⁹]+")
_ODD = re.compile("[\u00ad²³¹⁰-⁹\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufb00-\ufb06\ufeff]")
"""What has to be looked at in a line: soft hyphens, raised digits, ligatures, signs without ink."""
_SUBSCRIPT = re.compile(r"\b(CO|SO|NO|N|CH|H|NH|PM) ?\u2009?([2-4x]|2\.5|10)\b(?!\s?[%.]\d)")


class Mender:
    """Mends the lines of one document.

    ``mended`` counts the words put together again.
    """

    def __init__(self, lines: Sequence[str], *, repair: bool) -> None:
        self.repair = repair
        self.mended = 0
        self.glyphs: dict[int, str] = {}
        self.glued: dict[str, str] = {}
        self.doubtful: list[str] = []
        self._glued: re.Pattern[str] | None = None
        if repair:
            # What a document has nowhere need not be looked for in each of its lines.
            self._subscripts = _SUBSCRIPT.search("\n".join(lines)) is not None
            found = ligatures.wrong_glyphs(lines)
            self.glyphs = str.maketrans(found) if found else {}
            self.vocabulary = Vocabulary.of(lines)
            self.glued, self.doubtful = glued_words(self.vocabulary)
            lost = ligatures.lost_letters(self.vocabulary.words)
            self.glued |= lost | {w.capitalize(): p.capitalize() for w, p in lost.items()}
            if self.glued:
                # Names and web addresses run together by right: small letters in prose only.
                text = "\n".join(lines)
                self.glued = {w: p for w, p in self.glued.items() if w in text}
                seen = set(_standing(self.glued).findall(text)) if self.glued else set()
                self.glued = {w: p for w, p in self.glued.items() if w in seen}
                self._glued = _standing(self.glued) if self.glued else None
        else:
            self.vocabulary = Vocabulary()

    def block(self, lines: Sequence[Segment], *, bullet: bool) -> list[str]:
        """The text of each line, ending in what joins it to the next."""
        return self._finish([self._clean(line.text, line.marks) for line in lines], bullet)

    def texts(self, lines: Sequence[str], *, bullet: bool) -> list[str]:
        """The same for lines that are plain text."""
        return self._finish([self._clean(line, ()) for line in lines], bullet)

    def _finish(self, texts: list[str], bullet: bool) -> list[str]:
        if bullet and texts:
            texts[0] = self._bullet(texts[0])
        return self.join(texts)

    def join(self, texts: list[str]) -> list[str]:
        """Lines of one paragraph with their joints: a space, nothing, or a mended hyphen."""
        result: list[str] = []
        for i, text in enumerate(texts):
            if i + 1 == len(texts) or not text:
                result.append(text.rstrip("\u2009\u200a "))
                continue
            following = texts[i + 1]
            if not self.repair:
                result.append(text + " ")
            elif ligatures.torn_across(text, following):
                self.mended += 1
                result.append(text.rstrip("\u2009\u200a "))
            else:
                text, joint = join_lines(text.rstrip("\u2009\u200a "), following, self.vocabulary)
                result.append(text + joint)
        return [t if t.isascii() else _THIN.sub(" ", t).replace("‐", "-") for t in result]

    def line(self, text: str) -> str:
        """One piece of text that stands alone: a cell, a title."""
        return _THIN.sub(" ", self._clean(text, ())).replace("‐", "-").strip()

    def _clean(self, text: str, marks: Sequence[Span]) -> str:
        if self.repair:
            if marks or NOTE_MARK in text:
                text = drop_marks(text.replace(NOTE_MARK, ""), marks, left=NOTE_MARK)
            if self.glyphs:
                text = text.translate(self.glyphs)
            plain = text.isascii()
            if not plain and _ODD.search(text):
                text = text.translate(ligatures.SINGLE)
                text = _RAISED_DIGITS.sub(NOTE_MARK, _INVISIBLE.sub("", text))
                text = text.replace(SOFT, "") if SOFT in text[:-1] and text[-1] != SOFT else text
            if ("fi" in text or "ff" in text or "fl" in text or not plain) and (
                ligatures.HINT.search(text)
            ):
                text, count = ligatures.mend_torn(text)
                self.mended += count
            if self._subscripts:
                text = _SUBSCRIPT.sub(r"\1\2", text)
            if self._glued is not None and any(map(text.__contains__, self.glued)):
                text = self._glued.sub(lambda m: self.glued.get(m.group(), m.group()), text)
        if "  " not in text and (text.isascii() or not _ODD_SPACE.search(text)):
            return text.strip(" ")
        return _SPACES.sub(" ", text).strip(" ")

    def _bullet(self, text: str) -> str:
        if not self.repair:
            return text
        match = BULLET.match(text)
        return f"• {text[match.end() :].lstrip()}" if match else text


def _standing(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for words that stand alone."""
    return re.compile(rf"(?<![\w\-/.@])(?:{'|'.join(sorted(words))})(?![\w\-/@]|\.\w)")


def drop_marks(text: str, marks: Iterable[Span], *, left: str = "") -> str:
    """Text without raised note markers; powers, ordinals and the like stay.

    ``m`` with a raised 2 becomes ``m²``; a raised ``th`` stays where it is. ``left`` is put
    where a marker was.
    """
    for start, end in sorted(marks, reverse=True):
        raised, before = text[start:end], text[:start].rstrip()
        if _ORDINAL.match(raised) and before[-1:].isdigit():
            continue
        if (raised in ("2", "3") and _UNIT.search(before)) or (
            before.endswith("10") and re.fullmatch(r"[-+]?\d{1,2}", raised)
        ):
            text = before + raised.translate(_POWERS) + text[end:]
        elif _MARK.fullmatch(raised):
            after = text[end:]
            if not after[:1].isalnum():
                text = text[:start].rstrip(" \u2009") + left + after
            else:
                text = text[:start].rstrip(" \u2009") + left + " " + after
    return text
