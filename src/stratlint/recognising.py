"""Regions that nobody has written down, recognised in the texts, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from typing import TYPE_CHECKING

import msgspec

from stratlint.analysing import ReadResult, read_entries

if TYPE_CHECKING:
    from stratlint.corpus import Corpus, Entry
    from stratlint.settings import Settings


def recognise_regions(
    corpus: Corpus, done: ReadResult, settings: Settings, executor: Executor | None
) -> tuple[Corpus, ReadResult]:
    """Where only a file name told of a region, and none that is known, ask the text.

    A text whose region is recognised is analysed again: whose places are its own depends on it.
    """
    from stratlint.knowledge.places import load_places
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


def earlier_versions(entries: Iterable[Entry], draft: Entry) -> list[Entry]:
    """Strategies of the draft's own region.

    Text that a draft keeps from its own earlier version is nobody else's: compared, it would
    count as reuse. `stratlint diff` sets it apart.
    """
    return [
        e
        for e in entries
        if e is not draft and e.role == "strategy" and e.region and e.region == draft.region
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
