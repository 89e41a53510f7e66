"""Whether a document says that it chooses no sectors: 'The plan does not select priority sectors.'

Such a document often names many: those of the plan before it, those that it considered, those that
others wanted. What seems to choose them then counts for less. One that says more than once that its
help is open to all trades says so less plainly.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPEN = 2
"""Sentences that open help to all trades from which a document may choose none: of 157 documents
nine had two or more, six of those chose none."""
ASIDE = 160
"""Characters beside a word for sectors in which the rest of a wording stands."""
_KIND = re.compile(r"sector|industr|cluster|trade|lines? of", re.IGNORECASE)
_ALL_OR_NONE = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|any|every|all|whatever|irrespective|regardless"
    r"|blind|neutral|agnostic)\b|n['’]t\b",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{(\w+)\}")


class ListlessWords(Editable):
    """``rules/language/listless.yaml``: lists of words, and the wordings that are made of them."""

    words: dict[str, tuple[str, ...]] = Field(min_length=1)
    says: tuple[str, ...] = Field(min_length=1)
    open: tuple[str, ...] = Field(min_length=1)


def says_none(text: str) -> re.Match[str] | None:
    """The words in which a document says that it chooses no sectors, or None."""
    says, _ = _patterns()
    return next((found for a, b in _near(text) if (found := says.search(text, a, b))), None)


def is_open(text: str) -> bool:
    """Whether a document says again and again that its help is open to all trades alike."""
    _, opens = _patterns()
    return len(list(islice(opens.finditer(text), OPEN))) == OPEN


def _near(text: str) -> Iterator[tuple[int, int]]:
    """The stretches around words for sectors in which something is denied or said of all.

    The wordings are long: to look for them everywhere takes three times as long.
    """
    start = end = 0
    for found in chain(_KIND.finditer(text), [None]):
        if found is not None and found.start() - ASIDE <= end:
            end = found.end() + ASIDE
            continue
        if end and _ALL_OR_NONE.search(text, start, end):
            yield start, end
        if found is not None:
            start, end = max(0, found.start() - ASIDE), found.end() + ASIDE


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    file = load_yaml(data_dir("rules") / "language" / "listless.yaml", ListlessWords)
    made: dict[str, str] = {}

    def filled(wording: str) -> str:
        """A wording with spaces of any width, and its lists of words in their places."""
        spaced = wording.replace(" ", r"\s+").replace("'", "['’]")
        return _SLOT.sub(lambda found: made[found[1]], spaced)

    def pattern(wordings: Sequence[str]) -> re.Pattern[str]:
        every = list(map(filled, wordings))
        if all(wording.startswith(r"\b") for wording in every):
            # Said once for all, it spares trying each of them within words.
            return re.compile(rf"\b(?:{'|'.join(w[2:] for w in every)})", re.IGNORECASE)
        return re.compile("|".join(every), re.IGNORECASE)

    for name, words in file.words.items():
        made[name] = f"(?:{'|'.join(map(filled, words))})"
    return pattern(file.says), pattern(file.open)
