"""How people write the name of a region: every usual spelling leads to the one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

# Words that say 'this is a region' and not which: 'North East Region of England (UK)'.
_FILLERS = frozenset(
    "the of in a region regions regional english england eng uk gb united kingdom great britain "
    "government office for gor rgn eer itl itl1 nuts nuts1 level 1 development agency rda "
    "assembly and".split()
)

# One word, as the words of the key: 'Northeast', 'N. E. England', 'East Mids', 'Yorks & Humber'.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "n": ("north",),
    "s": ("south",),
    "e": ("east",),
    "w": ("west",),
    "ne": ("north", "east"),
    "nw": ("north", "west"),
    "se": ("south", "east"),
    "sw": ("south", "west"),
    "em": ("east", "midlands"),
    "wm": ("west", "midlands"),
    "ee": ("east",),
    "eoe": ("east",),
    "yh": ("yorkshire", "humber"),
    "yath": ("yorkshire", "humber"),
    "yandh": ("yorkshire", "humber"),
    "y": ("yorkshire",),
    "h": ("humber",),
    "northeast": ("north", "east"),
    "northwest": ("north", "west"),
    "southeast": ("south", "east"),
    "southwest": ("south", "west"),
    "northeastern": ("north", "east"),
    "northwestern": ("north", "west"),
    "southeastern": ("south", "east"),
    "southwestern": ("south", "west"),
    "eastern": ("east",),
    "eastmidlands": ("east", "midlands"),
    "westmidlands": ("west", "midlands"),
    "mids": ("midlands",),
    "emids": ("east", "midlands"),
    "wmids": ("west", "midlands"),
    "midland": ("midlands",),
    "yorks": ("yorkshire",),
    "humberside": ("humber",),
    "yorkshirehumber": ("yorkshire", "humber"),
    "yorkshireandthehumber": ("yorkshire", "humber"),
    "yorkshireandhumber": ("yorkshire", "humber"),
    "eastofengland": ("east",),
    "ldn": ("london",),
    "greaterlondon": ("london",),
    "gtr": ("greater",),
}

_CODE = re.compile(r"(?:e12\d{6}|(?:tl|uk)[a-z])", re.IGNORECASE)


def plain_words(text: str) -> list[str]:
    """The words of a name: small letters, '&' as 'and', no marks and no apostrophes."""
    text = (
        unicodedata.normalize("NFKC", text).casefold().replace("&", " and ").replace("+", " and ")
    ).replace("_", " ")
    # 'N.E.', 'S. W.' and 'L.E.P.' are one word, 'E. Midlands' two.
    text = re.sub(
        r"\b(?:[a-z]\.\s?){2,}", lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text
    )
    text = re.sub(r"['’`´]", "", text)
    return re.findall(r"[^\W_]+", text)


class RegionSpellings:
    """Names, codes and other spellings of regions, each leading to one region."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
        """Take (name, codes, other spellings) of each region."""
        self._by_code: dict[str, str] = {}
        self._by_key: dict[tuple[str, ...], str] = {}
        self._names: dict[tuple[str, ...], str] = {}
        for name, codes, others in entries:
            for code in codes:
                self._by_code[code.casefold()] = name
            self._names[_key(plain_words(name))] = name
            for other in (name, *others):
                self._by_key[_key(plain_words(other))] = name

    def find(self, text: str) -> str | None:
        """The region that a spelling means, None for anything else.

        A code may stand beside the name ('TLC North East') where both mean one region.
        """
        words = plain_words(text)
        codes = {self._by_code.get(word) for word in words if _CODE.fullmatch(word)}
        key = _key(word for word in words if not _CODE.fullmatch(word))
        found = codes | {self._by_key.get(key)} if key or not codes else codes
        return found.pop() if len(found) == 1 else None

    def keys(self) -> dict[str, str]:
        """The plain form of each region's name, for 'did you mean'."""
        return {" ".join(key): name for key, name in self._names.items()}


def plain_key(text: str) -> str:
    """A region's name without what says only that it is a region: 'north east'."""
    return " ".join(_key(plain_words(text)))


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        part for word in words if word not in _FILLERS for part in _WORDS.get(word, (word,))
    )
