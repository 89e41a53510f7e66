"""Named places in a text, and whose text it is: own region or another."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from stratlint.knowledge.places import Gazetteer, Place, load_places
from stratlint.records import Document, PlaceMention
from stratlint.text.trie import TokenTrie
from stratlint.text.words import Words

_REGION_WEIGHT = 3
_CAPITAL = "London"
_TITLE_WEIGHT = 25
_OPENING = 2_000
_LEAST_SHARE = 0.4
_LEAST_LEAD = 1.5
# The nine modelled strategies name 100 to 220 places of their region in 10,000 words; a foreign
# strategy of 18,000 words that visits Cambridge names 3.
_LEAST_RATE = 20 / 10_000
_SURELY = 8
_LEAST_MENTIONS = 3
_SHORT_RATE = 1 / 100


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
            if not _as_written(words, first, last, name):
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
        after = words.forms[last].lower() if last < len(words) else ""
        if before in self._company.before and before not in (",", "and", ";"):
            return True
        # 'March, Wisbech' and 'Reading and Slough': a list of places has capitals.
        if after in (",", "and") or before in (",", "and", ";"):
            other = last + 1 if after in (",", "and") else first - 2
            listed = 0 <= other < len(words) and words.forms[other][:1].isupper()
            return listed and not words.forms[first].isupper()
        return bool(after) and after in self._company.after


def _as_written(words: Words, first: int, last: int, name: str) -> bool:
    """Capitals, and the same words: keys unite singular and plural, 'Wells' and 'well'."""
    forms = words.forms[first:last]
    if not any(form[0].isupper() for form in forms):
        return False
    capitals = [form for form in forms if form[0].isalpha() and form.lower() not in _SMALL]
    if not all(form[0].isupper() for form in capitals):
        return False
    return _letters("".join(forms)) == _letters(name)


_SMALL = frozenset({"the", "of", "and", "upon", "on", "in", "under", "le", "super", "by", "with"})


def _letters(text: str) -> str:
    return "".join(c for c in text.lower().replace("&", "and") if c.isalnum())


@cache
def place_finder() -> PlaceFinder:
    """The finder of the gazetteer that ships with stratlint."""
    return PlaceFinder(load_places())


def find_places(words: Words) -> tuple[PlaceMention, ...]:
    """Named places of a text, with the region that holds each."""
    return place_finder().find(words)


def guess_region(
    document: Document,
    places: tuple[PlaceMention, ...] | None = None,
    *,
    named: str | None = None,
) -> tuple[str | None, str]:
    """Whose document it is, and why one may think so.

    Every place speaks for its region, a region's own name as three places (but London, which
    every plan names), names in the title and at the opening more. None when no region has two
    fifths of all voices and half as many again as the next, or when the nation is named more
    often than its places: better no region than a wrong one. Nor when places are too few for the
    length of the text, unless its title or its opening names the region.

    ``named`` are the place words of the file's name: a region among them wins, and another place
    that the text names more often than places of the region leaves no region.
    """
    if named is not None and named in load_places().region_names():
        return named, "the file's name"
    if places is None:
        from stratlint.language.pipeline import parse

        places = find_places(parse(document).words)
    votes: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for place in places:
        if place.region is None:
            continue
        plain[place.region] += 1
        own_name = place.kind == "region" and place.region != _CAPITAL
        weight = _REGION_WEIGHT if own_name else 1
        votes[place.region] += weight * (2 if place.start < _OPENING else 1)
    titled = _title_region(document)
    if titled:
        votes[titled] += _TITLE_WEIGHT
    if not votes:
        return None, "no place of a known region is named"
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    region, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if most < _LEAST_SHARE * votes.total() or most < _LEAST_LEAD * second:
        names = " and ".join(f"{name} ({plain[name]})" for name, _ in ranked[:2])
        return None, f"places of {names} are named about as often"
    nations = sum(place.kind == "nation" for place in places)
    if titled is None and nations > most:
        return None, f"the nation is named {nations} times, places of {region} {plain[region]}"
    if titled != region and not _opens_with(region, places):
        words = len(document.body.split())
        if plain[region] < _least_mentions(words):
            return None, f"only {plain[region]} places of {region} are named in {words:,} words"
        if named is not None and _mentions_elsewhere(named, document) > plain[region]:
            return None, f"{named} is named more often than places of {region}"
    where = "its title, and " if titled == region else ""
    return region, f"{where}{plain[region]} of {plain.total()} named places are in {region}"


def _opens_with(region: str, places: tuple[PlaceMention, ...]) -> bool:
    """Whether the opening names the region itself; every plan names the capital."""
    return region != _CAPITAL and any(
        p.kind == "region" and p.region == region and p.start < _OPENING for p in places
    )


def _least_mentions(words: int) -> float:
    """Places of a region that a text of this length must name to be taken for its own."""
    return max(_LEAST_MENTIONS, min(_SURELY, words * _SHORT_RATE), words * _LEAST_RATE)


def _mentions_elsewhere(named: str, document: Document) -> int:
    """How often a text names the place of its file's name, where that is outside the gazetteer.

    0 where the words seem to be no place: an acronym, or words also written without capitals.
    """
    from stratlint.language.pipeline import document_of, parse

    if find_places(parse(document_of(named.title())).words):
        return 0
    pattern = r"\b" + r"\s+".join(re.escape(word) for word in named.split()) + r"\b"
    found = [m.group() for m in re.finditer(pattern, document.body, re.IGNORECASE)]
    written = [form for form in found if all(w[0].isupper() for w in form.split())]
    if len(written) < len(found) or any(form.isupper() for form in written):
        return 0
    return len(written)


def _title_region(document: Document) -> str | None:
    """The region that a title names, or that holds the place it names."""
    from stratlint.language.pipeline import document_of, parse

    if not document.title:
        return None
    found = find_places(parse(document_of(document.title)).words)
    regions = {place.region for place in found if place.region}
    return regions.pop() if len(regions) == 1 else None
