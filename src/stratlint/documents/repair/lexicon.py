"""Which strings are English words: the list of pyspellchecker, with British spellings."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

_BRITISH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"is(ations?|ational|ed|es|e|ing|er|ers|able)$"), r"iz\1"),
    (re.compile(r"ys(ed|es|e|ing|er|ers)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|able|al|ful|hood|hoods|ite|ites|less|ally)?$"), r"or\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"(?<=[bcgt])re(s|d)?$"), r"er\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"ence(s)?$"), r"ense\1"),
    (re.compile(r"mme(s|d)?$"), r"m\1"),
    (re.compile(r"lment(s)?$"), r"llment\1"),
    (re.compile(r"lful$"), r"llful"),
    (re.compile(r"lfil(s|ment)?$"), r"lfill\1"),
)
_PREFIXES = ("re", "un", "non", "inter", "sub", "over", "under", "pre", "bio", "multi", "micro")
_ENDINGS = ("s", "'s", "’s", "es", "ed", "ly", "ness", "ing")
_RARE = 51
"""Counts up to this one are the list's own floor: a word, but one nobody has counted."""
_SHORT = frozenset(
    "a i an as at be by do go he if in is it me my no of on or so to up us we am oh".split()
)


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    # 0.07 s to load, only when a document holds something doubtful; a third of what it takes the
    # package itself, which counts letters, too.
    found = find_spec("spellchecker")
    for folder in (found and found.submodule_search_locations) or ():
        path = Path(folder) / "resources" / "en.json.gz"
        if path.is_file():
            return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=dict[str, int])
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en", distance=1).word_frequency.dictionary)


def count(word: str) -> int:
    """The list's own count of a word in small letters, without looking for other forms."""
    return _counts().get(word, 0)


@lru_cache(maxsize=65536)
def frequency(word: str) -> int:
    """How often the list counts a word (any case); 0 for what is no word.

    Inflections and British spellings that the list lacks are judged by the form it has, at
    a tenth of its count.
    """
    counts = _counts()
    lower = word.lower().replace("’", "'")
    if len(lower) <= 2:
        return counts.get(lower, 0) if lower in _SHORT else 0
    if lower in counts:
        return counts[lower]
    for pattern, american in _BRITISH:
        if pattern.search(lower):
            form = pattern.sub(american, lower)
            if form != lower and form in counts:
                return max(1, counts[form] // 10)
    for ending in _ENDINGS:
        stem = lower[: -len(ending)]
        if lower.endswith(ending) and len(stem) >= 4 and frequency(stem) > _RARE:
            return max(1, frequency(stem) // 10)
    for prefix in _PREFIXES:
        stem = lower[len(prefix) :]
        if lower.startswith(prefix) and len(stem) >= 5 and counts.get(stem, 0) > 500:
            return max(1, counts[stem] // 100)
    return 0


def is_word(word: str) -> bool:
    """Whether the list, or a regular form of what it holds, has the word."""
    return frequency(word) > 0


def is_common(word: str) -> bool:
    """Whether a word is common enough that a fragment is unlikely to look like it."""
    return frequency(word) > (5000 if len(word) <= 3 else _RARE)
