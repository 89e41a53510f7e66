"""The ways in which one name is written: with a hyphen, a space or neither, '&' or '/'.

Spelling, number, capitals and accidents inside a word are the business of ``text.words``; here
stands what changes how many words a name has.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stratlint.text.words import term_keys, term_words, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST_GLUED = 6
_LONGEST_GLUED = 3
_SHORTEST_PART = 3
_WORDS = 16_384
"""Words whose halves are kept: the 19,000 terms of the lists are made of some 5,000."""
_PREFIXES = frozenset(
    "aero agri agro aqua auto bio cyber eco electro fin geo hydro med micro nano neuro opto petro"
    " photo prop semi super sub tele thermo ultra".split()
)
"""First parts that are written apart as well: 'bio technology', 'micro-electronics'."""
_SMALL = frozenset("a an and as at by for from in of on or the to with".split())


def variants(term: str, known: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Key sequences that mean a term, itself first; ``known`` are the single words of all terms."""
    keys = tuple(term_keys(term))
    written = term_words(term)
    yield keys
    plain = [word.isalpha() and not word.isupper() for word in written]
    for index in range(len(keys) - 1):
        pair = written[index], written[index + 1]
        if not (plain[index] and plain[index + 1]) or _SMALL & {pair[0].lower(), pair[1].lower()}:
            continue
        if len(pair[0]) + len(pair[1]) >= _SHORTEST_GLUED:
            yield (*keys[:index], word_key("".join(pair)), *keys[index + 2 :])
    if 2 < len(keys) <= _LONGEST_GLUED and all(plain) and not _SMALL & {w.lower() for w in written}:
        yield (word_key("".join(written)),)
    for index, word in enumerate(written):
        if plain[index]:
            for first, second in _split(word, known):
                yield (*keys[:index], first, second, *keys[index + 1 :])
    if "and" in keys[1:-1]:
        yield tuple("/" if key == "and" else key for key in keys)


@lru_cache(maxsize=_WORDS)
def _split(word: str, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The two words that a compound is written as: 'ship building'."""
    return tuple(_halves(word.lower(), known))


def _halves(low: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for cut in range(_SHORTEST_PART, len(low) - _SHORTEST_PART + 1):
        first, second = low[:cut], low[cut:]
        if first in _PREFIXES and len(second) > _SHORTEST_PART:
            yield first, word_key(second)
        elif word_key(first) in known and word_key(second) in known and first not in _SMALL:
            yield word_key(first), word_key(second)


def single_words(terms: Iterable[str]) -> frozenset[str]:
    """The keys of all words of all terms, which say where a compound can be parted."""
    return frozenset(key for term in terms for key in term_keys(term) if key.isalpha())
