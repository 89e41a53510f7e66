"""In what words a document speaks of each sector, choosing words or none that anybody listed.

'The council will be a friend to cloth. It will buy the mills' chooses, and no frame knows it. The
words and pairs of words of the paragraphs about a sector, with its names blotted out, and the words
of the sentence after each naming, have weights learnt from whole documents by several authors; a
document's best paragraph for a sector counts, and others that speak for it a little.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from stratlint.records import Document, Mention, Sentence

MOSTLY = 0.6
"""Share of a paragraph's mentions from which all of its words are about one sector."""
LONGEST = 2500
"""Characters of a paragraph from which only the sentences that name a sector are about it."""
OTHERS, SPEAKS = 0.3, -1.0
"""How much paragraphs beside the best one count, from which log-odds. With the best alone, with the
sum or with the mean, authors left out are ranked worse."""
_NAME = "@"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[£€$]|\d+(?:[.,]\d+)*|@")
_MONEY = "£€$"


def tokens(text: str) -> list[str]:
    """The words of a text in small letters; every number is '0', every currency '£'."""
    return [
        word if "a" <= word < "{" or word == _NAME else "£" if word in _MONEY else "0"
        for word in _WORD.findall(text.lower().replace("’", "'"))
    ]


def phrases(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    known: Container[str] | None = None,
) -> dict[str, list[frozenset[str]]]:
    """The phrases of each paragraph that names a sector, by sector; with ``known`` only those."""
    return _Phrases(document, sentences, mentions, known).by_sector()


def speaking(
    paragraphs: Iterable[Iterable[str]], weights: Mapping[str, float], bias: float
) -> float:
    """How much the paragraphs of a sector speak for its choice, in log-odds."""
    odds = [bias + sum(weights.get(phrase, 0.0) for phrase in found) for found in paragraphs]
    odds.sort(reverse=True)
    return odds[0] + OTHERS * sum(max(0.0, more - SPEAKS) for more in odds[1:])


class _Phrases:
    """The phrases of a document by sentence."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        known: Container[str] | None,
    ) -> None:
        self._document, self._sentences, self._known = document, sentences, known
        self._starts = [sentence.start for sentence in sentences]
        self._names: dict[int, list[Mention]] = defaultdict(list)
        self._blocks: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._names[mention.sentence].append(mention)
            self._blocks[mention.block].append(mention)
        self._said: dict[int, frozenset[str]] = {}
        self._next: dict[int, frozenset[str]] = {}

    def by_sector(self) -> dict[str, list[frozenset[str]]]:
        """One set of phrases for each paragraph and sector that it names."""
        found: dict[str, list[frozenset[str]]] = defaultdict(list)
        for index, mentions in self._blocks.items():
            block = self._document.blocks[index]
            counts = Counter(mention.sector for mention in mentions)
            role = f"in {block.role.value}"
            marks = {role} if self._known is None or role in self._known else set()
            for sector, count in counts.items():
                naming = {m.sentence for m in mentions if m.sector == sector}
                about = naming
                if count >= MOSTLY * counts.total() and block.end - block.start < LONGEST:
                    first = bisect_right(self._starts, block.start) - 1
                    about = naming.union(range(first, bisect_left(self._starts, block.end)))
                    if first not in naming and self._sentences[first].end <= block.start:
                        about.discard(first)
                said = marks.union(*map(self._of, about))
                said.update(*(self._after(i + 1) for i in naming if i + 1 not in naming))
                found[sector].append(frozenset(said))
        return found

    def _of(self, index: int) -> frozenset[str]:
        """The phrases of a sentence."""
        found = self._said.get(index)
        if found is None:
            words = self._words(index)
            found = self._said[index] = self._wanted({*words, *map(" ".join, pairwise(words))})
        return found

    def _after(self, index: int) -> frozenset[str]:
        """The words of a sentence, as those of the one after a naming."""
        found = self._next.get(index)
        if found is None:
            found = self._next[index] = self._wanted({f"> {w}" for w in self._words(index)})
        return found

    def _wanted(self, said: set[str]) -> frozenset[str]:
        known = self._known
        return frozenset(said if known is None else (p for p in said if p in known))

    def _words(self, index: int) -> list[str]:
        """The words of a sentence, with the names of sectors blotted out."""
        if not 0 <= index < len(self._sentences):
            return []
        sentence, text = self._sentences[index], self._document.text
        parts, place = [], sentence.start
        for mention in sorted(self._names.get(index, ()), key=lambda m: (m.start, -m.end)):
            if mention.start >= place:
                parts.append(text[place : mention.start])
                place = mention.end
        parts.append(text[place : sentence.end])
        return tokens(f" {_NAME} ".join(part.replace(_NAME, " ") for part in parts))
