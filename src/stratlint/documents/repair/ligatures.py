"""Ligatures: single glyphs, halves torn apart, and glyphs mapped to the wrong letter."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.documents.repair.lexicon import frequency, is_common, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable

_SINGLE = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
}  # fmt: skip
SINGLE = str.maketrans(_SINGLE)
_TORN = re.compile(r"(?P<a>[^\W\d_]*(?:ffi|ffl|ff|fi|fl))(?P<s>[ \u2009\u200a])(?P<b>[a-z]+)")
HINT = re.compile(r"f[fil][ \u2009\u200a][a-z]|[ \u2009\u200a](?:ff|fi|fl)|[\u2009\u200a][a-z]")
"""What a torn word looks like at a glance; most lines have none of it."""
_TORN_LEFT = re.compile(r"(?P<a>[^\W\d_]+)(?P<s>[ \u2009\u200a])(?P<b>(?:ffi|ffl|ff|fi|fl)[a-z]*)")
_THIN = re.compile(r"(?<=[^\W\d_])[\u2009\u200a](?=[a-z])")
_STRANGER = re.compile("[ƟƩƞƫŌƜƐƋƃŦŧƀ]")
_STRANGE = re.compile(r"[^\W\d_]*[ƟƩƞƫŌƜƐƋƃŦŧƀ]+[^\W\d_]*")
_CANDIDATES = ("ti", "tt", "ft", "fi", "ff", "tf", "fl", "tti", "ffi", "fft", "st", "ct", "th")

_LOST = 5


def mend_torn(text: str) -> tuple[str, int]:
    """Join the halves of words that a ligature has torn; how many were joined.

    Only an English word list judges: a document's own fragments repeat and look like words.
    Where both halves are words ('off set') a normal space stands; a space so narrow that it
    is no word space (a hair space, put in by the reader from the gap's width) is joined when
    that makes a word, and a thin space that the file itself sets after a ligature always is.
    """
    count = 0

    def join(match: re.Match[str]) -> str:
        nonlocal count
        a, space, b = match.group("a"), match.group("s"), match.group("b")
        written_thin = space == "\u2009" and a.endswith(("ff", "fi", "fl", "ffi", "ffl"))
        if not written_thin and not _belong(a, b, thin=space != " "):
            return match.group(0)
        count += 1
        return a + b

    for _ in range(3):
        before = count
        if HINT.search(text):
            text = _TORN.sub(join, text)
            text = _TORN_LEFT.sub(join, text)
        if count == before:
            break
    return text, count


def _belong(a: str, b: str, *, thin: bool) -> bool:
    common = is_common(a)
    if not thin and common and is_word(b):
        return False
    joined = frequency(a + b)
    if not joined:
        return False
    if thin:
        return not (common and is_common(b)) or joined > 51
    return not (a[:1].isupper() and not a.islower() and len(a) <= 2 and a != "Th")


def torn_across(first: str, second: str) -> bool:
    """Whether a line end stands where a ligature has torn a word ('outfl' / 'ows')."""
    if not first.rstrip("\u2009\u200a").endswith(("ff", "fi", "fl")):
        return False
    a = re.search(r"([^\W\d_]*(?:ffi|ffl|ff|fi|fl))[\u2009\u200a]?$", first)
    b = re.match(r"[a-z]+", second)
    if a is None or b is None:
        return False
    return first[-1] == "\u2009" or _belong(a.group(1), b.group(0), thin=first[-1] == "\u200a")


def lost_letters(words: Iterable[str]) -> dict[str, str]:
    """Words in small letters that lack the rest of a ligature ('fnance', 'diferent'), mended.

    Some fonts give a ligature's first letter only. A word is mended where one and only one
    ligature makes a common word of it, and only in a document that has five such words: one
    or two are slips of the pen, and not ours to put right.
    """
    found = {}
    for word in sorted(w for w in words if "f" in w and len(w) >= 3 and not is_word(w)):
        whole = {
            word[: match.end()] + rest + word[match.end() :]
            for match in re.finditer("f", word)
            for rest in ("i", "l", "f", "fi", "fl")
        }
        common = sorted(form for form in whole if is_common(form))
        if len(common) == 1:
            found[word] = common[0]
    return found if len(found) >= _LOST else {}


def wrong_glyphs(texts: Iterable[str]) -> dict[str, str]:
    """Letters that this document shows in place of a ligature, and the ligature.

    A letter counts when most of its words are no words as written and become words with one
    and the same ligature ('suppor\u019fng', 'func\u019fon').
    """
    words: Counter[str] = Counter()
    for text in texts:
        if not text.isascii() and _STRANGER.search(text):
            words.update(_STRANGE.findall(text))
    found: dict[str, str] = {}
    for letter in sorted({c for word in words for c in word if _STRANGE.fullmatch(c)}):
        holders = {w: n for w, n in words.items() if w.count(letter) and len(w) > 2}
        total = sum(holders.values())
        scores = {
            candidate: sum(n for w, n in holders.items() if is_word(w.replace(letter, candidate)))
            for candidate in _CANDIDATES
        }
        best = max(_CANDIDATES, key=lambda c: scores[c])
        if total and scores[best] >= 0.5 * total:
            found[letter] = best
    return found
