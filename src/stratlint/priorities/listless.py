"""Whether a document says that it chooses no sectors: 'The plan does not select priority sectors.'

Such a document often names many: those of the plan before it, those that it considered, those that
others wanted. What seems to choose them then counts for less. One that says more than once that its
help is open to all trades says so less plainly.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from stratlint.text.wordings import RunningWordings, WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = 2
"""Sentences that open help to all trades from which a document may choose none: of 157 documents
nine had two or more, six of those chose none."""
ASIDE = 160
"""Characters beside a word for sectors in which the rest of a wording stands."""


class ListlessWords(WordFile):
    """``rules/language/listless.yaml``: lists of words, and the wordings that are made of them."""

    kind: Wordings
    all_or_none: Wordings
    says: RunningWordings
    open: RunningWordings


_wordings = words_of("listless", ListlessWords)


def says_none(text: str) -> re.Match[str] | None:
    """The words in which a document says that it chooses no sectors, or None."""
    says = _wordings().says
    return next((found for a, b in _near(text) if (found := says.search(text, a, b))), None)


def is_open(text: str) -> bool:
    """Whether a document says again and again that its help is open to all trades alike."""
    opens = _wordings().open
    return len(list(islice(opens.finditer(text), OPEN))) == OPEN


def _near(text: str) -> Iterator[tuple[int, int]]:
    """The stretches around words for sectors in which something is denied or said of all.

    The wordings are long: to look for them everywhere takes three times as long.
    """
    start = end = 0
    for found in chain(_wordings().kind.finditer(text), [None]):
        if found is not None and found.start() - ASIDE <= end:
            end = found.end() + ASIDE
            continue
        if end and _wordings().all_or_none.search(text, start, end):
            yield start, end
        if found is not None:
            start, end = max(0, found.start() - ASIDE), found.end() + ASIDE
