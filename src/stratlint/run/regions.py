"""Regions that nobody has written down, recognised in the texts, and what follows from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.documents.guesses import without_guesses
from stratlint.knowledge.areas import area_of_region, main_region
from stratlint.knowledge.places import load_places, plain_name
from stratlint.knowledge.spellings import plain_key
from stratlint.language.pipeline import document_of, words_in
from stratlint.language.places import find_places
from stratlint.records import Area, Document, Guess, PlaceMention, ReadWarning
from stratlint.run.analyse import identity
from stratlint.run.areas import guess_area
from stratlint.run.run import key
from stratlint.text.counting import word_count
from stratlint.workers.store import Part, received

if TYPE_CHECKING:
    from stratlint.run.corpus import Corpus, Entry
    from stratlint.run.run import Run

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
    area: Area | None = None
    area_reason: str = ""


_GUESS = msgspec.msgpack.Decoder(RegionGuess)
_PLACES = msgspec.msgpack.Decoder(tuple[PlaceMention, ...] | None)


_FOREIGN = ("country", "abroad")
_LEAST_FOREIGN = 5
"""Places abroad that speak against a region: a page that names its region once and two countries
is still the region's. Not tuned."""


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
    often than its places, or places abroad more often than places inside it: better no region
    than a wrong one. Nor when places are too few for the length of the text, unless its title or
    its opening names the region.

    ``named`` are the place words of the file's name. Alone they decide nothing: a region among
    them is taken where the text names more places of it than of any other, and another place
    that the text names more often than places of the region leaves no region.
    """
    if places is None:
        places = find_places(words_in(document))
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
    # Ireland's regions are called as England's are: what is named most tells whose they are.
    foreign = sum(place.kind in _FOREIGN for place in places)
    inside = sum(place.region == region and place.kind != "region" for place in places)
    if foreign > inside and foreign >= _LEAST_FOREIGN:
        return f"places abroad are named {foreign} times, places inside {region} {inside}"
    nations = sum(place.kind == "nation" for place in places)
    if titled is None and nations > most:
        return f"the nation is named {nations} times, places of {region} {plain[region]}"
    if titled != region and not _opens_with(region, places):
        words = word_count(document.body)
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
    if find_places(words_in(document_of(named.title()))):
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
    found = find_places(words_in(document_of(document.title)))
    regions = {place.region for place in found if place.region}
    return regions.pop() if len(regions) == 1 else None


def identify(
    corpus: Corpus,
    documents: Sequence[Document],
    measured: Sequence[str],
    run: Run,
    places: Mapping[str, tuple[PlaceMention, ...]],
) -> tuple[Corpus, tuple[Document, ...]]:
    """Each document with its region, year and title, and the corpus with what is to be said.

    What a person has said goes before what a text seems to say. Regions are spelt as those that
    are ``measured``. The draft in question carries the word on its own region among its
    warnings, all other words are the corpus's. ``places`` are those that an analysis has found,
    by source name; the text of any other document is searched for them.
    """
    corpus = _with_areas(spelt_as_measured(corpus, measured), measured)
    by_source = {document.source: document for document in documents}
    unsure = [e for e in corpus.entries if e.region_guessed and e.source in by_source]
    entries = {entry.source: entry for entry in corpus.entries}
    words: list[str] = []
    for entry, guess in recognise([(e, by_source[e.source]) for e in unsure], run, places):
        document = by_source[entry.source]
        region, word = _concluded(entry, guess)
        if entry.source == corpus.subject:
            by_source[entry.source] = document = _told(document, guess)
            region, word = guess.region, None
        if guess.area is not None and entry.area is None:
            by_source[entry.source] = _proposed(document, guess.area, guess.area_reason)
        entries[entry.source] = msgspec.structs.replace(entry, region=region)
        words += [word] if word else []
    corpus = msgspec.structs.replace(
        corpus,
        entries=tuple(entries.values()),
        warnings=(*corpus.warnings, *words),
    )
    return corpus, tuple(said(entries[d.source], by_source[d.source]) for d in documents)


def recognise(
    asked: Sequence[tuple[Entry, Document]],
    run: Run,
    places: Mapping[str, tuple[PlaceMention, ...]] | None = None,
) -> Iterator[tuple[Entry, RegionGuess]]:
    """What each text tells of its region, in order; a text too costly to ask tells nothing.

    ``places`` are known already, by source name.
    """
    known = places or {}
    found: dict[str, RegionGuess] = {}
    outcomes = run.each(
        "recognise",
        recognise_one,
        asked,
        _GUESS.decode,
        key=lambda item: key(
            "recognise",
            document=identity(item[1], run.settings),
            named=item[0].region,
            model=run.settings.spacy_model if item[1].source in known else None,
        ),
        name=lambda item: item[0].source,
        charge=lambda item: _Charge(
            run.sent(item[1]),
            item[0].region,
            msgspec.msgpack.encode(known.get(item[1].source)),
        ),
    )
    for outcome in outcomes:
        source = outcome.item[0].source
        if outcome.result is not None:
            found[source] = outcome.result
        elif outcome.error is not None:
            found[source] = RegionGuess(None, f"it could not be asked: {outcome.error.message}")
    for entry, _ in asked:
        yield entry, found[entry.source]


class _Charge(NamedTuple):
    """What a worker needs: a document, the place words of its file's name, its places or None."""

    document: bytes | Part
    named: str | None
    places: bytes


def recognise_one(charge: _Charge) -> bytes:
    """The work of a worker."""
    document = received(charge.document)
    places = _PLACES.decode(charge.places)
    if places is None:
        places = find_places(words_in(document))
    guess = guess_region(document, places, named=charge.named)
    if guess.region is not None:
        area, why = guess_area(document, places)
        if area is not None and guess.region in area.regions:
            guess = guess._replace(area=area, area_reason=why)
    return msgspec.msgpack.encode(guess)


def _concluded(entry: Entry, guess: RegionGuess) -> tuple[str | None, str | None]:
    """The region of a document whose file's name alone told of one, and what to say of it.

    A name of no known region stays what the document is called by.
    """
    region, why = guess.region, guess.reason
    if region == entry.region:
        return region, None
    if region:
        return region, f"{entry.source}: region recognised as {region} ({why})"
    if entry.region in load_places().region_names():
        return None, (
            f"{entry.source}: no region recognised ({why}); name it with 'region:' in a "
            "manifest or with --region, else no official figures are looked up"
        )
    return entry.region, (
        f"{entry.source}: no known region recognised ({why}); called '{entry.region}' "
        "after its file, so there may be no official figures"
    )


def _told(draft: Document, guess: RegionGuess) -> Document:
    """The draft with a word on its region, which nobody has given."""
    said = (
        f"Region: {guess.region} ({guess.reason})"
        if guess.region
        else f"No region was recognised ({guess.reason}); name it with --region"
    )
    warning = ReadWarning(code="region-guessed", message=said)
    return msgspec.structs.replace(draft, warnings=(warning, *draft.warnings))


def _with_areas(corpus: Corpus, measured: Sequence[str]) -> Corpus:
    """A corpus in which an area that stands in the place of a region is known for one."""
    entries, words = [], []
    for entry in corpus.entries:
        if entry.area is None and not entry.region_guessed:
            area, word = area_of_region(entry.region, measured)
            words += [f"{entry.source}: {word}"] if word else []
            if area is not None:
                entry = msgspec.structs.replace(entry, area=area, region=main_region(area))
        if entry.area is not None and entry.area.cut:
            words.append(f"{entry.source}: {entry.area.cut}")
        entries.append(entry)
    return msgspec.structs.replace(
        corpus, entries=tuple(entries), warnings=(*corpus.warnings, *words)
    )


def _proposed(document: Document, area: Area, reason: str) -> Document:
    """A document with the area that its text proposes, which is said."""
    guess = Guess(field="area", value=area.label, reason=reason)
    said = f"Area: {area.label} ({reason}); its own figures are used"
    if area.cut:
        said += f". {area.cut}"
    warning = ReadWarning(code="area-guessed", message=said)
    return msgspec.structs.replace(
        document,
        area=area,
        guesses=(*document.guesses, guess),
        warnings=(*document.warnings, warning),
    )


def titled(entry: Entry, document: Document) -> Document:
    """The document by the title and the year that a person has given it."""
    given = [name for name in ("title", "year") if getattr(entry, name)]
    return msgspec.structs.replace(
        without_guesses(document, *given),
        title=entry.title or document.title,
        year=entry.year or document.year,
    )


def said(entry: Entry, document: Document) -> Document:
    """The document with what is known of it before what it seems to say."""
    return msgspec.structs.replace(
        titled(entry, document),
        region=entry.region or document.region,
        area=None if _is_region(entry.area) else entry.area or document.area,
    )


def _is_region(area: Area | None) -> bool:
    return area is not None and area.is_region


def spelt_as_measured(corpus: Corpus, measured: Iterable[str]) -> Corpus:
    """A corpus whose regions are spelt as those that have figures, so that they find them.

    A region without figures is spelt as where it is named first: 'cornwall' is 'Cornwall'.
    """
    exact = frozenset(measured)
    known = {plain_name(name): name for name in exact}
    for entry in corpus.entries:
        if entry.region is not None:
            known.setdefault(plain_name(entry.region), entry.region)
    entries = tuple(
        e
        if e.region is None or e.region in exact
        else msgspec.structs.replace(e, region=known[plain_name(e.region)])
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


def without_figures_word(region: str, measured: Sequence[str]) -> str | None:
    """What to say of a region without figures that is nearly one that is known, else None."""
    if region in measured:
        return None
    near = nearest_region(region, measured)
    if near is None or near == region:
        return None
    # A region that has no figures either is no remedy, but it is known, with its places.
    fault = f"no figures for the region '{region}'" if near in measured else f"no region '{region}'"
    return f"{fault}; did you mean '{near}'?"


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
        word = without_figures_word(entry.region, measured)
        if word:
            warnings.append(f"{entry.source}: {word}")
        else:
            unknown.append(entry.region)
    if unknown:
        warnings.append(f"no figures for {', '.join(dict.fromkeys(unknown))}")
    return tuple(warnings)
