"""Names of places found by their hashed words, for masking."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from stratlint.comparison.passages.tokens import Flags, Hashes, Words, grams, grams_at, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stratlint.knowledge.places import Gazetteer
    from stratlint.records import Document, Span

_LONGEST = 8


class NameIndex:
    """A set of names that can be looked up in a tokenised text in one pass."""

    def __init__(self, names: Iterable[str]) -> None:
        by_length: dict[int, set[int]] = {}
        for name in names:
            words = tokenise(name)
            if 0 < len(words) <= _LONGEST:
                by_length.setdefault(len(words), set()).add(int(grams(words.key, len(words))[0]))
        self._tables: dict[int, Hashes] = {
            length: np.array(sorted(hashes), dtype=np.uint64)
            for length, hashes in by_length.items()
        }

    def spans(self, words: Words) -> list[Span]:
        """Character spans of the names in a text, longest first where they overlap.

        A name must begin with a capital in the text, so 'reading' is not Reading.
        """
        taken: Flags = np.zeros(len(words), dtype=bool)
        found: list[Span] = []
        # One word in ten has a capital: only what begins with one is hashed and looked up.
        capitals = np.flatnonzero(words.capital)
        for length in sorted(self._tables, reverse=True):
            known = self._tables[length]
            begins = capitals[capitals <= len(words) - length]
            hashes = grams_at(words.key, length, begins)
            place = np.minimum(np.searchsorted(known, hashes), known.size - 1)
            for at in begins[known[place] == hashes].tolist():
                if not taken[at : at + length].any():
                    taken[at : at + length] = True
                    found.append((int(words.start[at]), int(words.end[at + length - 1])))
        return sorted(found)


def place_names() -> NameIndex:
    """The names of the gazetteer in force."""
    from stratlint.knowledge.places import load_places

    return _index_of(load_places())


def names_of(document: Document, words: Words | None = None) -> list[Span]:
    """Character spans of a document's names, to be masked wherever its passages are looked for.

    The gazetteer alone says what a name is, and no analysis: a passage has the same words and the
    same id whether its documents were analysed or only read. ``words`` are those of its body,
    where they are known.
    """
    return place_names().spans(tokenise(document.body) if words is None else words)


@cache
def _index_of(gazetteer: Gazetteer) -> NameIndex:
    return NameIndex(gazetteer.names())
