"""Names that share a word: 'agri- and aqua-tech', 'aerospace, automotive and rail engineering'.

Each member of such a chain is read with the word that it shares: 'rail' in the second example
is as much as 'rail engineering'. A name that a member gets so is only tried against the terms;
nothing is made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.sectors.senses import Candidate, Term
from stratlint.text.words import word_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.text.trie import TokenTrie
    from stratlint.text.words import Words

_LINKS = frozenset({"and", "or", ",", "/"})
_DETERMINERS = frozenset("a an its my our the their this these those".split())
_MEMBERS = 6
"""Members that a head may be shared by."""
_LONGEST = 3
"""Words of a member before the head: 'food and drink' counts as two members."""
_FORWARD = 9
"""Words from a stub to its head: 'micro-, nano- and opto-electronics'."""
_SHARED_FIRST = frozenset({"advanced", "clean", "precision", "smart"})
"""First words that a second member often leaves out: 'advanced metals and materials'."""
_HEADS = frozenset(
    word_key(word)
    for word in (
        "brewing building chemicals components construction design devices electronics energy"
        " engineering equipment fabrication farming fishing growing industries machinery making"
        " manufacture manufacturing materials medicine metals mining power processing production"
        " products sciences services software systems tech technologies technology textiles"
        " therapies tourism trades transport vehicles"
    ).split()
)
"""Words that the members of a chain are known to share. 'innovation', 'activities' or 'growth' end
as many terms, but in running text they seldom belong to the member before the last."""
_NO_MODIFIER = frozenset("to for of in on at by with from as is are was will that which".split())
_PLAIN_HEADS = frozenset({"sector", "industry", "cluster", "economy", "trade", "business"})
"""Heads of any chain, which the sense filter heeds; 'creative industries' shares nothing more."""


class Compounds:
    """What chains of names share, looked up in the terms of the taxonomy."""

    def __init__(self, trie: TokenTrie[Term], heads: frozenset[str]) -> None:
        self._trie = trie
        self._heads = (heads & _HEADS) - _PLAIN_HEADS

    def found(self, words: Words, plain: Sequence[Candidate]) -> Iterator[Candidate]:
        """Members of chains, each with the term that it is short for.

        ``plain`` are the names that stand there as they are: what follows one of them without
        a link is the rest of that member ('automotive engineering and its supply chain').
        """
        taken = {i for c in plain for i in range(c.first, c.last)}
        sharing = self._heads | _SHARED_FIRST
        for index in [i for i, key in enumerate(words.keys) if key in sharing]:
            key = words.keys[index]
            # 'health, high-tech' shares nothing, and 'energy and propagation materials' neither: a
            # head that many share makes a name with its own member too.
            if key in self._heads and index in taken and words.keys[index - 1] != "high":
                yield from self._before(words, index, taken)
            if key in _SHARED_FIRST:
                yield from self._after(words, index)
        for index in sorted(words.stubs):
            yield from self._stub(words, index)

    def _before(self, words: Words, head: int, taken: set[int]) -> Iterator[Candidate]:
        """The members before a head: 'food and drink and textiles | manufacturing'."""
        keys = words.keys
        if head + 1 < len(keys) and keys[head + 1] in _PLAIN_HEADS:
            # In 'the office, retail and service sectors' the chain shares 'sectors', not 'service'.
            return
        link = next((i for i in range(head - 2, head - 2 - _LONGEST, -1) if _links(words, i)), None)
        if link is None or _broken(words, link, head) or keys[link + 1] in _DETERMINERS:
            return
        if not _NO_MODIFIER.isdisjoint(keys[link + 1 : head]):
            return
        shared = [keys[head : head + size] for size in (1, 2)]
        for _ in range(_MEMBERS):
            start = link
            while start > 0 and link - start < _LONGEST and _is_word(words, start - 1):
                start -= 1
            if start == link:
                return
            for first in range(start, link):
                if first - 1 in taken and not _links(words, first - 1):
                    continue
                terms = [
                    term
                    for tail in shared
                    for term in self._trie.exact([*keys[first:link], *tail])
                    if term.level != "negative" and _as_written(words, first, link, term)
                ]
                if terms:
                    yield from (Candidate(term, first, link) for term in terms)
                    break
            link = start - 1
            if not _links(words, link) or words.gaps[link + 1] == 2:
                return
            if _links(words, link - 1):
                link -= 1

    def _after(self, words: Words, index: int) -> Iterator[Candidate]:
        """The second member of 'advanced | metals and materials'."""
        keys = words.keys
        for link in (index + 2, index + 3):
            if link + 1 < len(keys) and _links(words, link) and not _broken(words, index, link + 1):
                for term in self._trie.exact([keys[index], keys[link + 1]]):
                    if term.level != "negative":
                        yield Candidate(term, link + 1, link + 2)
                return

    def _stub(self, words: Words, index: int) -> Iterator[Candidate]:
        """'agri-' before '… and aqua-tech': with the words that it may share, one by one."""
        keys, forms = words.keys, words.forms
        if not _links(words, index + 1):
            return
        for later in range(index + 2, min(len(words), index + _FORWARD)):
            if words.gaps[later] == 2 or keys[later] in ".;:":
                return
            if later in words.stubs or _links(words, later):
                continue
            terms = [
                *self._trie.exact([keys[index], keys[later]]),
                *self._trie.exact([word_key(forms[index] + forms[later])]),
            ]
            # 'micro- and nanoelectronics' shares a part of one word.
            for cut in range(3, len(forms[later]) - 4) if not terms else ():
                joint = word_key(forms[index] + forms[later][cut:])
                terms += self._trie.exact([joint])
            if terms:
                yield from (Candidate(t, index, index + 1) for t in terms if t.level != "negative")
                return


def _as_written(words: Words, first: int, last: int, term: Term) -> bool:
    """Whether a member is no plural that the term lacks: no 'space activities' in 'work spaces'."""
    forms = [form.lower() for form in words.forms[first:last]]
    plural = forms[-1].endswith("s") and words.keys[last - 1] != forms[-1]
    return not plural or forms[-1] in term.name.lower()


def _links(words: Words, index: int) -> bool:
    return 0 <= index < len(words) and words.keys[index] in _LINKS


def _is_word(words: Words, index: int) -> bool:
    return words.forms[index].isalpha() and not _links(words, index) and words.gaps[index + 1] < 2


def _broken(words: Words, first: int, last: int) -> bool:
    return any(words.gaps[i] == 2 for i in range(first + 1, last + 1))
