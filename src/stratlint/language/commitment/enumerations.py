"""The enumeration in which a sector is named: from its first name to its last.

'Sectors such as aerospace, food and tourism' says one thing of three. What stands before the
first of them and after the last says it, not what happens to stand beside each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.clauses import wordings as clauses_wordings
from stratlint.language.commitment.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 6
"""Most words between two neighbouring names."""
_ENDS = frozenset({".", ":", "?"})


class Enumeration(NamedTuple):
    """Indexes of the first and the last name among the words of a run."""

    first: int
    last: int


def enumerations(words: Sequence[str], sectors: Sequence[int]) -> dict[int, Enumeration]:
    """The enumeration of each name; ``sectors`` are the indexes of the names in ``words``."""
    chains: list[list[int]] = []
    for index in sorted(sectors):
        if chains and _linked(words[chains[-1][-1] + 1 : index]):
            chains[-1].append(index)
        else:
            chains.append([index])
    return {index: Enumeration(chain[0], chain[-1]) for chain in chains for index in chain}


def _linked(gap: Sequence[str]) -> bool:
    """Whether two names with these words between them belong to one enumeration."""
    words = grammar()
    if len(gap) > WIDEST:
        return False
    if any(w in words.verbs or w in clauses_wordings().clause_words or w in _ENDS for w in gap):
        return False
    return not gap or any(w in words.joins for w in gap) or tuple(gap) == ("related",)
