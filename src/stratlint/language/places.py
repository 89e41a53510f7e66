"""Named places in a text, and the region that holds each."""

from __future__ import annotations

from functools import cache

from stratlint.knowledge.places import Gazetteer, Place, load_places
from stratlint.records import PlaceMention
from stratlint.text.trie import TokenTrie
from stratlint.text.words import Words


class PlaceFinder:
    """The gazetteer compiled for matching."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._company = gazetteer.company
        self._trie: TokenTrie[tuple[Place, str]] = TokenTrie(
            (name, (place, name))
            for place in gazetteer.places
            for name in (place.name, *place.aliases)
        )

    def find(self, words: Words) -> tuple[PlaceMention, ...]:
        """Named places, left to right; the longest name wins ('North Yorkshire')."""
        found = []
        for first, last, payloads in self._trie.longest(words):
            place, name = payloads[0]
            if not _as_written(words, first, last, name) or _goes_on(words, last, name):
                continue
            if not self._in_company(words, first, last, ambiguous=place.ambiguous):
                continue
            found.append(
                PlaceMention(
                    start=words.starts[first],
                    end=words.ends[last - 1],
                    name=place.name,
                    kind=place.kind,
                    region=place.region,
                )
            )
        return tuple(found)

    def _in_company(self, words: Words, first: int, last: int, *, ambiguous: bool) -> bool:
        """Whether the words around a name allow it to be a place."""
        before = words.forms[first - 1].lower() if first else ""
        if before in self._company.person:
            return False
        if not ambiguous:
            return True
        if self._is_end_of_a_name(words, first):
            return False
        after = words.forms[last].lower() if last < len(words) else ""
        if before in self._company.before and before not in (",", "and", ";"):
            return True
        # 'March, Wisbech' and 'Reading and Slough': a list of places has capitals.
        if after in (",", "and") or before in (",", "and", ";"):
            other = last + 1 if after in (",", "and") else first - 2
            listed = 0 <= other < len(words) and words.forms[other][:1].isupper()
            return listed and not words.forms[first].isupper()
        return bool(after) and after in self._company.after

    def _is_end_of_a_name(self, words: Words, first: int) -> bool:
        """Whether a common word only ends another name: 'City Deal', 'Growth Deal and Trust'."""
        lead = words.forms[first - 1] if first else ""
        begins = first < 2 or words.forms[first - 2] in (".", ":", ";", "!", "?", "•")
        if not lead[:1].isupper() or begins:
            return False
        return lead in ("City", "Town") or lead.lower() not in self._company.before


def _as_written(words: Words, first: int, last: int, name: str) -> bool:
    """Capitals, and the same words: keys unite singular and plural, 'Wells' and 'well'."""
    forms = words.forms[first:last]
    if not any(form[0].isupper() for form in forms):
        return False
    capitals = [form for form in forms if form[0].isalpha() and form.lower() not in _SMALL]
    if not all(form[0].isupper() for form in capitals):
        return False
    return _letters("".join(forms)) == _letters(name)


def _goes_on(words: Words, last: int, name: str) -> bool:
    """Whether a common word is only the beginning of a name: 'the Capital of Culture'."""
    common = name.startswith("the ") and name.count(" ") == 1
    return common and last < len(words) and words.forms[last] == "of"


_SMALL = frozenset({"the", "of", "and", "upon", "on", "in", "under", "le", "super", "by", "with"})


def _letters(text: str) -> str:
    return "".join(c for c in text.lower().replace("&", "and") if c.isalnum())


@cache
def place_finder(gazetteer: Gazetteer) -> PlaceFinder:
    """The finder of a gazetteer."""
    return PlaceFinder(gazetteer)


def find_places(words: Words) -> tuple[PlaceMention, ...]:
    """Named places of a text, with the region that holds each."""
    return place_finder(load_places()).find(words)
