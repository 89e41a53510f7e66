"""Singulars by rule: what a plural's ending says, with the few words that it misleads on.

Labels and texts pass through the same function, so a wrong singular does no harm as long as it
stands for one word alone. What must hold is that a plural and its singular meet, and that two
words of different meaning ('ceramics' and 'ceramic', 'goods' and 'good') stay apart.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "buses": "bus",
    "campuses": "campus",
    "gases": "gas",
    "lenses": "lens",
    "viruses": "virus",
    "crises": "crisis",
    "analyses": "analysis",
    "taxis": "taxi",
    "shoes": "shoe",
    "canoes": "canoe",
    "movies": "movie",
    "cookies": "cookie",
    "pies": "pie",
    "dies": "die",
    "ties": "tie",
}
_ALONE = frozenset(
    "goods arms glasses means news overseas series species lens canvas atlas towards always".split()
)
"""Words in -s that are no plural, or whose singular is another word."""
_SINGULAR_ENDINGS = ("ss", "us", "is", "ics", "ves")
"""'glass', 'campus', 'analysis'; 'ceramics' is an industry and 'ceramic' a material; of 'leaves'
and 'wharves' no rule tells the singular."""
_LEAST = 4
"""Letters below which a word in -s is left alone: 'gas', 'bus', 'as', 'its'."""


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """The singular of a lower-case word, or the word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _LEAST or not word.endswith("s") or word.endswith(_SINGULAR_ENDINGS):
        return word
    if word in _ALONE:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "oes")):
        return word[:-2]
    return word[:-1]
