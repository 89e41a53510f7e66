"""Words that the printer has run together: found by a word list, parted where it is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.documents.repair.lexicon import count, is_word

if TYPE_CHECKING:
    from stratlint.documents.repair.hyphens import Vocabulary

_SMALL = frozenset(
    "of the and in to for with by on at from is are that our we this these which".split()
)
_COMMON = 5000
_LONGEST = 40
"""Letters of a string that might be two words; a longer one is noise, and slow to look at."""
_ONCE = 3
"""A string that a document writes more often than this is a name or a term, not an accident."""


def glued_words(vocabulary: Vocabulary) -> tuple[dict[str, str], list[str]]:
    """Strings that are two words: those to part, and those only to report.

    A string is parted when one of its halves is a small word ('ofthe', 'withpartners') and
    the other a common one; two common long words might be a compound and are reported.
    """
    certain: dict[str, str] = {}
    doubtful: list[str] = []
    for word, times in vocabulary.words.items():
        if (
            not 5 <= len(word) <= _LONGEST
            or times > _ONCE
            or not word.isascii()
            or not word.isalpha()
        ):
            continue
        if count(word) or is_word(word):
            continue
        parted = _certain(word)
        if parted:
            certain[word] = parted
        elif len(word) >= 14 and _two_words(word):
            doubtful.append(word)
    return certain, doubtful


def _certain(word: str) -> str | None:
    best, best_score = None, 0
    for i in range(2, len(word) - 1):
        a, b = word[:i], word[i:]
        if not _parts(a, b):
            continue
        score = min(count(a), count(b))
        if score > best_score:
            best, best_score = f"{a} {b}", score
    return best


def _parts(a: str, b: str) -> bool:
    if a in _SMALL and b in _SMALL:
        return True
    other = b if a in _SMALL else a if b in _SMALL else ""
    return len(other) >= 5 and count(other) >= _COMMON


def _two_words(word: str) -> bool:
    return any(
        count(word[:i]) >= _COMMON and count(word[i:]) >= _COMMON for i in range(5, len(word) - 4)
    )
