"""Regions that nobody has written down, recognised in the texts, and what follows from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.knowledge.places import load_places
from stratlint.knowledge.spellings import plain_key
from stratlint.language.pipeline import document_of, parse
from stratlint.language.places import find_places
from stratlint.records import Document, PlaceMention
from stratlint.run.analyse import ReadResult, read_entries

if TYPE_CHECKING:
    from stratlint.run.corpus import Corpus, Entry
    from stratlint.run.settings import Settings

# How the places of a text vote for its region. Tuned on the nine modelled strategies, the four
# foreign ones and thirty local plans, to name no wrong region rather than to name one always.
_REGION_WEIGHT = 3
"""A region's own name speaks for it as three places do; London's as one: every plan names it."""
_CAPITAL = "London"
_TITLE_WEIGHT = 25
_OPENING = 2_000
_LEAST_SHARE = 0.4
_LEAST_LEAD = 1.5
_LEAST_RATE = 20 / 10_000
"""The modelled strategies name 100 to 220 places of their region in 10,000 words; a foreign
strategy of 18,000 words that visits Cambridge names 3."""
_SURELY = 8
_LEAST_MENTIONS = 3
_SHORT_RATE = 1 / 100


class RegionGuess(NamedTuple):
    """Whose document a text seems to be, None where it does not tell, and why."""

    region: str | None
    reason: str
    confidence: str = "medium"


def guess_region(
    document: Document,
    places: tuple[PlaceMention, ...] | None = None,
    *,
    named: str | None = None,
) -> RegionGuess:
    """Whose document it is, and why one may think so.

    Every place speaks for its region, a region's own name as three places (but London, which
    every plan names), names in the title and at the opening more. None when no region has two
    fifths of all voices and half as many again as the next, or when the nation is named more
    often than its places: better no region than a wrong one. Nor when places are too few for the
    length of the text, unless its title or its opening names the region.

    ``named`` are the place words of the file's name. Alone they decide nothing: a region among
    them is taken where the text names more places of it than of any other, and another place
    that the text names more often than places of the region leaves no region.
    """
    if places is None:
        places = find_places(parse(document).words)
    plain = Counter(place.region for place in places if place.region)
    votes, titled = _votes(document, places)
    own = named is not None and named in load_places().region_names()
    if not votes:
        why = "no place of a known region is named"
        return RegionGuess(None, f"{why}; the file's name alone says {named}" if own else why)
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    region = ranked[0][0]
    against = _against(document, places, ranked, titled)
    another = named if against is None and not own and titled != region else None
    if another is not None and _mentions_elsewhere(another, document) > plain[region]:
        against = f"{another} is named more often than places of {region}"
    count = f"{plain[region]} of {plain.total()} named places are in {region}"
    if against is not None:
        if own and named == region:
            return RegionGuess(region, f"the file's name, and {count}", "low")
        more = f"; the file's name alone says {named}" if own else ""
        return RegionGuess(None, against + more)
    if own and named != region:
        return RegionGuess(region, f"{count}; the file's name says {named}", "low")
    where = "its title, and " if titled == region else ""
    sure = "high" if titled == region or own else "medium"
    return RegionGuess(region, where + count, sure)


def _votes(document: Document, places: Iterable[PlaceMention]) -> tuple[Counter[str], str | None]:
    """The voices of each region, and the region of the title."""
    votes: Counter[str] = Counter()
    for place in places:
        if place.region is not None:
            own_name = place.kind == "region" and place.region != _CAPITAL
            weight = _REGION_WEIGHT if own_name else 1
            votes[place.region] += weight * (2 if place.start < _OPENING else 1)
    titled = _title_region(document)
    if titled:
        votes[titled] += _TITLE_WEIGHT
    return votes, titled


def _against(
    document: Document,
    places: Sequence[PlaceMention],
    ranked: Sequence[tuple[str, int]],
    titled: str | None,
) -> str | None:
    """What speaks against the region with the most voices, or None."""
    plain = Counter(place.region for place in places if place.region)
    region, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    total = sum(votes for _, votes in ranked)
    if most < _LEAST_SHARE * total or most < _LEAST_LEAD * second:
        names = " and ".join(f"{name} ({plain[name]})" for name, _ in ranked[:2])
        return f"places of {names} are named about as often"
    nations = sum(place.kind == "nation" for place in places)
    if titled is None and nations > most:
        return f"the nation is named {nations} times, places of {region} {plain[region]}"
    if titled != region and not _opens_with(region, places):
        words = len(document.body.split())
        if plain[region] < _least_mentions(words):
            return f"only {plain[region]} places of {region} are named in {words:,} words"
    return None


def _opens_with(region: str, places: Iterable[PlaceMention]) -> bool:
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
    if not document.title:
        return None
    found = find_places(parse(document_of(document.title)).words)
    regions = {place.region for place in found if place.region}
    return regions.pop() if len(regions) == 1 else None


def recognise_regions(
    corpus: Corpus, done: ReadResult, settings: Settings, executor: Executor | None
) -> tuple[Corpus, ReadResult]:
    """Where only a file name tells of a region, ask the text.

    A text whose region is recognised is analysed again: whose places are its own depends on it.
    A name of no known region stays what the document is called by.
    """
    known = set(load_places().region_names())
    unsure = {e.source: e for e in corpus.entries if e.region_guessed}
    changed: dict[str, Entry] = {}
    warnings: list[str] = []
    for document in (a.document for a in done.analyses if a.document.source in unsure):
        entry = unsure[document.source]
        region, why, _ = guess_region(document, named=entry.region)
        if region == entry.region:
            continue
        if region or entry.region in known:
            changed[entry.source] = msgspec.structs.replace(entry, region=region)
        if region:
            warnings.append(f"{entry.source}: region recognised as {region} ({why})")
        elif entry.source in changed:
            warnings.append(
                f"{entry.source}: no region recognised ({why}); name it with 'region:' in a "
                "manifest or with --region, else no official figures are looked up"
            )
        else:
            warnings.append(
                f"{entry.source}: no known region recognised ({why}); called '{entry.region}' "
                "after its file, so there may be no official figures"
            )
    again = read_entries(tuple(changed.values()), settings, executor=executor)
    anew = {a.document.source: a for a in again.analyses}
    for item in again.not_read:
        # It was read once: it keeps its first analysis and its name, and the fault is said.
        del changed[item.source]
        warnings.append(f"{item.source}: could not be read again for its region ({item.reason})")
    analyses = tuple(anew.get(a.document.source, a) for a in done.analyses)
    entries = tuple(changed.get(e.source, e) for e in corpus.entries)
    return (
        msgspec.structs.replace(corpus, entries=entries, warnings=(*corpus.warnings, *warnings)),
        msgspec.structs.replace(done, analyses=analyses),
    )


def same_region(one: str | None, other: str | None) -> bool:
    """Whether two names are those of one region, whatever their capitals."""
    return bool(one and other) and str(one).casefold() == str(other).casefold()


def spelt_as_measured(corpus: Corpus, measured: Iterable[str]) -> Corpus:
    """A corpus whose regions are spelt as those that have figures, so that they find them."""
    exact = frozenset(measured)
    known = {name.casefold(): name for name in exact}
    entries = tuple(
        e
        if e.region is None or e.region in exact
        else msgspec.structs.replace(e, region=known.get(e.region.casefold(), e.region))
        for e in corpus.entries
    )
    return msgspec.structs.replace(corpus, entries=entries)


def nearest_region(region: str, measured: Iterable[str] = ()) -> str | None:
    """The region of the gazetteer or of the tables that a name may be a misspelling of."""
    places = load_places()
    exact = places.spellings.find(region)
    if exact:
        return exact
    names = {plain_key(name): name for name in measured} | places.spellings.keys()
    near = get_close_matches(plain_key(region), names, n=1, cutoff=0.8)
    return names[near[0]] if near else None


def mistyped(region: str, near: str | None) -> str:
    """What to say of a region without figures that is nearly one that has them."""
    return f"no figures for the region '{region}'; did you mean '{near}'?"


def without_figures(corpus: Corpus, measured: Sequence[str]) -> tuple[str, ...]:
    """What a person should know of strategies whose region has no figures, or is not named.

    A manifest or a table may spell it otherwise; nothing else tells why rules were not run. A
    region that was guessed has its own warning, and a run without tables wants no figures.
    """
    sure = [e for e in corpus.entries if e.role == "strategy" and not e.region_guessed]
    nameless = [e.source for e in sure if e.region is None]
    warnings = []
    if nameless:
        warnings.append(
            f"no region is named for {', '.join(nameless)}: its places and figures are not known"
        )
    unknown = []
    for entry in sure if measured else ():
        if entry.region is None or entry.region in measured:
            continue
        near = nearest_region(entry.region, measured)
        if near:
            warnings.append(f"{entry.source}: {mistyped(entry.region, near)}")
        else:
            unknown.append(entry.region)
    if unknown:
        warnings.append(f"no figures for {', '.join(dict.fromkeys(unknown))}")
    return tuple(warnings)


def earlier_versions(entries: Iterable[Entry], draft: Entry) -> list[Entry]:
    """Strategies of the draft's own region.

    Text that a draft keeps from its own earlier version is nobody else's: compared, it would
    count as reuse. `stratlint diff` sets it apart.
    """
    return [
        e
        for e in entries
        if e is not draft and e.role == "strategy" and same_region(e.region, draft.region)
    ]


def left_out(earlier: Iterable[Entry]) -> tuple[str, ...]:
    """What a person should know of the earlier versions of a draft."""
    return tuple(
        f"{e.source}: an earlier version of this draft ({e.region}), left out of the comparison; "
        f"see 'stratlint diff'"
        for e in earlier
    )


def without_earlier(corpus: Corpus, done: ReadResult, draft: str) -> tuple[Corpus, ReadResult]:
    """A corpus without earlier versions of the draft, now that every region is known.

    The region of a document may be recognised only when it is read.
    """
    own = next(e for e in corpus.entries if e.source == draft)
    earlier = earlier_versions(corpus.entries, own)
    gone = {e.source for e in earlier}
    kept = tuple(a for a in done.analyses if a.document.source not in gone)
    return (
        msgspec.structs.replace(
            corpus,
            entries=tuple(e for e in corpus.entries if e.source not in gone),
            warnings=(*corpus.warnings, *left_out(earlier)),
        ),
        msgspec.structs.replace(done, analyses=kept),
    )
