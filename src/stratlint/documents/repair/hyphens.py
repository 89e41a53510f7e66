"""Hyphens at line ends: which ones the printer put there, and which the author wrote."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.documents.repair.lexicon import frequency, is_common, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable

SOFT = "\u00ad"
_HYPHENS = ("-", "‐", SOFT)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[-‐][^\W_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐\u00ad]$")
_HEAD = re.compile(r"([^\W\d_]+)(?:['’][^\W_]+)*((?:[-‐][^\W_]+)*)")
_SUSPENDED = frozenset({"and", "or", "to", "nor", "und", "as", "versus"})


class Vocabulary:
    """The words that a document itself writes, other than at line ends."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.hyphenated: Counter[str] = Counter()
        self.printers_hyphen = False

    @classmethod
    def of(cls, lines: Iterable[str]) -> Vocabulary:
        """Count the words of printed lines; a word that a line end cuts is no evidence."""
        vocabulary = cls()
        text = []
        cut = False
        for line in lines:
            stripped = line.rstrip()
            start = stripped.find(" ") if cut else 0
            cut = stripped.endswith(("-", "‐", SOFT))
            if cut and stripped.endswith(("‐", SOFT)):
                vocabulary.printers_hyphen = True
            end = stripped.rfind(" ") if cut else len(stripped)
            if 0 <= start < end:
                text.append(stripped[start:end])
        for word, times in Counter(_WORD.findall("\n".join(text).lower())).items():
            if "-" in word or "‐" in word:
                vocabulary.hyphenated[word.replace("‐", "-")] += times
            else:
                vocabulary.words[word] = times
        return vocabulary


def join_lines(first: str, second: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """How two lines of one paragraph join.

    Returns the first line as it should end (its hyphen kept or dropped) and what stands
    between it and the second: a space or nothing.
    """
    tail = _TAIL.search(first) if first[-1:] in _HYPHENS else None
    head = _HEAD.match(second)
    if tail is None or head is None:
        return first, "" if _glues(first, second) else " "
    hyphen = first[-1]
    if not second[0].islower():
        return (first if hyphen != SOFT else first[:-1]), ""
    before, after = tail.group(1), head.group(1)
    if after in _SUSPENDED and not head.group(2) and second[len(after) : len(after) + 1] == " ":
        last = re.split("[-‐]", before)[-1]
        if not is_word(last + after) or is_common(last):
            return first[:-1] + "-", " "
    if hyphen == SOFT or _is_printers(before, after, head.group(2), hyphen, vocabulary):
        return first[:-1], ""
    return first[:-1] + "-", ""


def _glues(first: str, second: str) -> bool:
    """Dashes, slashes and numbers with a hyphen run on without a space."""
    if not first or not second:
        return True
    if first[-1] in "/—" and not first.endswith((" /", " —")):
        return True
    return first[-1] in "-–" and len(first) > 1 and first[-2].isalnum() and second[0].isalnum()


def _is_printers(before: str, after: str, rest: str, hyphen: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen was put in to break the word."""
    parts = re.split("[-‐]", before.lower())
    last, after = parts[-1], after.lower()
    joined, apart = last + after, f"{last}-{after}"
    whole = f"{before}-{after}{rest}".lower().replace("‐", "-")
    as_one = vocabulary.words[joined]
    as_two = vocabulary.hyphenated[whole] + (vocabulary.hyphenated[apart] if apart != whole else 0)
    if as_one != as_two:
        return as_one > as_two
    if len(last) == 1 or before.isupper():
        # 'e-science': no printer leaves one letter behind at a line end.
        return False
    if last in _CLOSED_PREFIXES and is_word(after) and hyphen != "-":
        return True
    if vocabulary.printers_hyphen:
        # A file that marks its own breaks with U+2010 or U+00AD writes '-' for real hyphens.
        return hyphen == "‐" or (is_word(joined) and not (is_common(last) and is_common(after)))
    if is_word(joined):
        real = is_common(last) and is_common(after) and len(last) > 2 and len(after) > 2
        return not real or frequency(joined) > 200
    return not (is_common(last) and is_common(after)) and not (
        len(parts) == 1 and last in _JOINING_PREFIXES and is_word(after)
    )


_CLOSED_PREFIXES = frozenset("over under counter inter trans super sub fore hyper".split())
_JOINING_PREFIXES = frozenset(
    "co non pre post sub self semi anti multi inter intra cross ex pan re quasi mid".split()
)
