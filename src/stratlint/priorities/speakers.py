"""Whose words a sentence is in that seems to choose: the document's own, or somebody else's.

Plans tell what consultees asked for, what a body next door has chosen, and what the plan before
them named, in the words of a choice.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.priorities.points import Added
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from stratlint.records import Declaration

RARE = 3
"""Times that a name stands in a text in which it is foreign."""


class Words(WordFile):
    """``rules/language/priorities/speakers.yaml``."""

    own: Wordings
    theirs: Wordings
    told: Wordings


_wordings = words_of("priorities/speakers", Words)
_QUOTED = re.compile(r"“[^”]{12,}”|(?<!\w)[‘'][^’']{12,}(?:[’']\w[^’']*)*[’'](?!\w)|\"[^\"]{12,}\"")
_NAME = re.compile(r"\b[A-Z][\w’]+")


class Speakers:
    """The names of a document, and whose words its sentences are in."""

    def __init__(self, text: str, *, is_short: bool) -> None:
        self._text, self._is_short = text, is_short
        self._names = Counter(_NAME.findall(text))

    def voice(self, declaration: Declaration, *, is_barren: bool) -> Added | None:
        """Whose words a declaration in a sentence is in, where they tell.

        'We' says nothing behind what is said of the sectors. In a document of a kind that chooses
        none (``is_barren``), a sentence must be in its own voice.
        """
        text, start, end = self._text, declaration.start, declaration.end
        last = next(reversed(declaration.phrase.split()), "")
        said = text.rfind(last, start, end) if last else start
        until = max(said, *(m.end for m in declaration.members if m.end <= end), start)
        if _is_quoted(text, declaration) or (
            not self._is_short and _wordings().told.search(text, start, end)
        ):
            return Added.FOREIGN
        if _wordings().own.search(text, start, until):
            return Added.OWN
        if not self._is_short and (is_barren or self._is_foreign(declaration)):
            return Added.FOREIGN
        return None

    def _is_foreign(self, declaration: Declaration) -> bool:
        """Whether the words that declare have a subject that the document hardly ever names."""
        sentence = self._text[declaration.start : declaration.end]
        if _wordings().theirs.match(sentence):
            return True
        said = frozenset(declaration.phrase.lower().replace("'", "’").split())
        found = (m.group() for m in _NAME.finditer(sentence) if m.start())
        return any(self._names[name] <= RARE for name in found if name.lower() in said)


def _is_quoted(text: str, declaration: Declaration) -> bool:
    """Whether the words that declare stand in quotation marks: somebody else's words."""
    said = text[declaration.start : declaration.end]
    words = [word for word in declaration.phrase.split() if word.isalpha() and word.islower()]
    return bool(words) and any(
        all(word in found[0].lower() for word in words) for found in _QUOTED.finditer(said)
    )
