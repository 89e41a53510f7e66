"""A token trie: all terms of all lists found in one walk over the words, longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count
from typing import Any, Generic, TypeVar

from stratlint.text.words import Words, term_keys

PayloadT = TypeVar("PayloadT")
_END = ""


class TokenTrie(Generic[PayloadT]):
    """Terms compiled for matching over ``Words``; each term carries any number of payloads.

    A term is a text, or the keys of its words.
    """

    def __init__(self, terms: Iterable[tuple[str | Sequence[str], PayloadT]]) -> None:
        self._root: dict[str, Any] = {}
        self._cased: set[str] = set()
        self.vocabulary: set[str] = set()
        for term, payload in terms:
            self._add(term_keys(term) if isinstance(term, str) else term, payload)

    def _add(self, keys: Sequence[str], payload: PayloadT) -> None:
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
            if key.startswith("="):
                self._cased.add(key[1:])
            self.vocabulary.add(key)
        payloads = node.setdefault(_END, [])
        if payload not in payloads:
            payloads.append(payload)

    def exact(self, keys: Iterable[str]) -> list[PayloadT]:
        """The payloads of the term with just these keys."""
        node = self._root
        for key in keys:
            node = node.get(key, {})
        return list(node.get(_END, ()))

    def longest(self, words: Words) -> Iterator[tuple[int, int, list[PayloadT]]]:
        """Left to right, the longest term at each place: (first word, past last, payloads)."""
        keys, gaps, root = words.keys, words.gaps, self._root
        cased: set[int] = set()
        if self._cased:
            cased = set(compress(count(), map(self._cased.__contains__, words.forms)))
        size, done = len(keys), 0
        # Two words are looked at here: most places where a term may begin do not go on with one.
        begins = [
            i
            for i in compress(count(), map(root.__contains__, keys))
            if _END in (node := root[keys[i]]) or (i + 1 < size and keys[i + 1] in node)
        ]
        if cased:
            begins = sorted({*begins, *cased, *(i - 1 for i in cased if i and keys[i - 1] in root)})
        for i in begins:
            if i >= done:
                end, payloads = self._walk(words, i, size, cased, gaps)
                if payloads:
                    yield i, end, payloads
                    done = end

    def _walk(
        self, words: Words, start: int, size: int, cased: set[int], gaps: list[int]
    ) -> tuple[int, list[PayloadT]]:
        """The longest path from one word; a path with capitals beats one without."""
        best = start
        found: list[PayloadT] = []
        node, j, keys = self._root, start, words.keys
        while j < size and j not in cased and (j == start or gaps[j] < 2):
            # Without capitals to heed there is one path.
            after = node.get(keys[j])
            if after is None:
                return best, found
            node, j = after, j + 1
            if _END in node:
                best, found = j, node[_END]
        if j not in cased:
            return best, found
        best, found = start, []
        stack: list[tuple[dict[str, Any], int]] = [(self._root, start)]
        while stack:
            node, j = stack.pop()
            if j > best and _END in node:
                best, found = j, node[_END]
            if j < size and (j == start or gaps[j] < 2):
                after = node.get(words.keys[j])
                if after is not None:
                    stack.append((after, j + 1))
                if j in cased:
                    after = node.get("=" + words.forms[j])
                    if after is not None:
                        stack.append((after, j + 1))
        return best, found
