"""Regions that nobody has written down, recognised in the texts, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec

from stratlint.knowledge.places import load_places
from stratlint.run.analyse import ReadResult, read_entries

if TYPE_CHECKING:
    from stratlint.run.corpus import Corpus, Entry
    from stratlint.run.settings import Settings


def recognise_regions(
    corpus: Corpus, done: ReadResult, settings: Settings, executor: Executor | None
) -> tuple[Corpus, ReadResult]:
    """Where only a file name told of a region, and none that is known, ask the text.

    A text whose region is recognised is analysed again: whose places are its own depends on it.
    """
    from stratlint.language.places import guess_region

    known = set(load_places().region_names())
    unsure = {e.source: e for e in corpus.entries if e.region_guessed and e.region not in known}
    changed: dict[str, Entry] = {}
    warnings: list[str] = []
    for document in (a.document for a in done.analyses if a.document.source in unsure):
        entry = unsure[document.source]
        region, why = guess_region(document, named=entry.region)
        if region:
            changed[entry.source] = msgspec.structs.replace(entry, region=region)
            warnings.append(f"{entry.source}: region recognised as {region} ({why})")
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
    names = {name.casefold(): name for name in (*load_places().region_names(), *measured)}
    near = get_close_matches(region.casefold(), names, n=1, cutoff=0.8)
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
