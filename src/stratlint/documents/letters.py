"""Letters that a person reads and a program does not: look-alikes, and letters set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.documents.repair.lexicon import is_word
from stratlint.records import ReadWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALIKE = dict(
    zip(
        "аеорсхуіѕјһԁԛԝАВЕКМНОРСТХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧν",
        "aeopcxyisjhdqwABEKMHOPCTXISJoABEZHIKMNOPTYXv",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look like Latin ones in print."""
_LATIN = str.maketrans(_ALIKE)
_SIGNS = "".join(_ALIKE)
_MIXED = re.compile(rf"(?=\w*[A-Za-z])(?=\w*[{_SIGNS}])[A-Za-z{_SIGNS}]+(?!\w)")
_FOREIGN = re.compile(f"[{_SIGNS}]")
_APART = re.compile(r"(?<![\w'’])(?:[^\W\d_][ \u00a0]){4,40}[^\W\d_](?![\w'’])")
_TWO = re.compile(r" [^\W\d_] [^\W\d_] ")
_NAMED = 5
"""Words that a warning quotes."""


def as_latin(text: str) -> tuple[str, list[ReadWarning]]:
    """A text whose mixed words are all Latin, letter for letter, and a warning that names them.

    Only words that hold Latin letters too are changed: others are words of their own language.
    """
    if text.isascii() or not _FOREIGN.search(text):
        return text, []
    words = [m.group().translate(_LATIN) for m in _MIXED.finditer(text) if _starts(text, m)]
    if not words:
        return text, []
    mended = _MIXED.sub(
        lambda m: m.group().translate(_LATIN) if _starts(text, m) else m.group(), text
    )
    message = (
        f"{_count(words)} letters of another alphabet that look like Latin ones and were read "
        f"as these: {_quoted(words)}."
    )
    return mended, [ReadWarning(code="look-alike", message=message, quote=words[0])]


def _starts(text: str, match: re.Match[str]) -> bool:
    """Whether a match begins with its word."""
    return match.start() == 0 or not text[match.start() - 1].isalnum()


def letters_apart(text: str) -> list[ReadWarning]:
    """A warning of words that are written with a space after each letter."""
    # Looked for by what such words end in first: two letters with spaces around.
    if not _TWO.search(text):
        return []
    found = [m.group() for m in _APART.finditer(text)]
    words = [run for run in found if is_word("".join(run.split()))]
    if not words:
        return []
    message = (
        f"{'A word is' if len(words) == 1 else f'{len(words)} words are'} written with letters "
        f"apart and could not be read as words: {_quoted(words)}."
    )
    return [ReadWarning(code="split-words", message=message, quote=words[0])]


def _count(words: Sequence[str]) -> str:
    return "One word holds" if len(words) == 1 else f"{len(words):,} words hold"


def _quoted(words: Sequence[str]) -> str:
    listed = list(dict.fromkeys(words))
    return "“" + "”, “".join(listed[:_NAMED]) + "”" + (" …" if len(listed) > _NAMED else "")
