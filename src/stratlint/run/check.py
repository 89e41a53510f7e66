"""Check one draft: alone, or against the documents of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.digest import check_against, load_profile
from stratlint.errors import UnreadableInput, shown
from stratlint.records import AuditResult, NotRead, ReadWarning, Record
from stratlint.run.analyse import Tick, read_entries
from stratlint.run.audit import audit_corpus
from stratlint.run.corpus import (
    Corpus,
    Entry,
    load_corpus,
    official_evidence,
    region_from_name,
)
from stratlint.run.regions import earlier_versions, guess_region, left_out

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from stratlint.run.settings import Settings


class Draft(Record):
    """A draft to check, and how its region came to be known."""

    entry: Entry
    region_reason: str
    region_given: bool = False


def check_draft(
    path: Path,
    settings: Settings,
    *,
    region: str | None = None,
    year: int | None = None,
    against: Path | None = None,
    executor: Executor | None = None,
    tick: Tick = lambda _name: None,
) -> AuditResult:
    """What an auditor would say of a draft.

    ``against`` is a corpus whose other documents serve for comparison, or a profile of one
    (``.json``); what its manifest says of the draft's own file holds for the draft. Its own
    document of the draft's region is taken as an earlier version and left out. Findings are
    about the draft alone. Raises UnreadableInput when the draft cannot be read; other documents
    that cannot be read are in ``not_read``.
    """
    profile = load_profile(against) if against and against.suffix.lower() == ".json" else None
    others = load_corpus(against) if against and profile is None else None
    listed = _listed(path, others)
    draft = recognise(path, settings, region=region, year=year, listed=listed, executor=executor)
    corpus = _around(draft, others)
    if profile is not None:
        result = check_against(corpus, profile, settings, executor=executor, tick=tick)
    else:
        result = audit_corpus(
            corpus, settings, executor=executor, tick=tick, only_document=corpus.entries[0].source
        )
    for item in result.not_read:
        if item.source != corpus.entries[0].source:
            continue
        raise _unreadable(path, item)
    return _told(result, corpus.entries[0].source, draft)


def _told(result: AuditResult, source: str, draft: Draft) -> AuditResult:
    """The result named after the draft, with a word on a region that was recognised."""
    if draft.region_given:
        return msgspec.structs.replace(result, title=source)
    region = draft.entry.region
    said = (
        f"Region: {region} ({draft.region_reason})"
        if region
        else f"No region was recognised ({draft.region_reason}); name it with --region"
    )
    warning = ReadWarning(code="region-guessed", message=said)
    analyses = tuple(
        a
        if a.document.source != source
        else msgspec.structs.replace(
            a,
            document=msgspec.structs.replace(a.document, warnings=(warning, *a.document.warnings)),
        )
        for a in result.analyses
    )
    return msgspec.structs.replace(result, title=source, analyses=analyses)


def _unreadable(path: Path, fault: NotRead) -> UnreadableInput:
    return UnreadableInput(f"{shown(path)}: {fault.reason}", code=fault.code)


def recognise(
    path: Path,
    settings: Settings,
    *,
    region: str | None = None,
    year: int | None = None,
    listed: Entry | None = None,
    executor: Executor | None = None,
) -> Draft:
    """The draft with its region: as given, else recognised from title and places, and said.

    ``listed`` is what a corpus knows of the draft's file; ``region`` and ``year`` go before it.
    Raises UnreadableInput when the draft cannot be read.
    """
    from stratlint.knowledge.places import load_places

    if listed is not None and not listed.region_guessed:
        region = region or listed.region
    region = load_places().spelling(shown(region) if region else None)
    entry = Entry(
        path=path,
        source=shown(path.name),
        region=region,
        title=listed.title if listed else None,
        kind=listed.kind if listed else None,
        year=year or (listed.year if listed else None),
    )
    if region is not None:
        return Draft(entry=entry, region_reason="as given", region_given=True)
    done = read_entries([entry], settings, executor=executor)
    if done.not_read:
        raise _unreadable(path, done.not_read[0])
    named = region_from_name(path.stem)
    guess = guess_region(done.analyses[0].document, named=named)
    return Draft(
        entry=msgspec.structs.replace(entry, region=guess.region), region_reason=guess.reason
    )


def _listed(path: Path, corpus: Corpus | None) -> Entry | None:
    """What a corpus says of the draft's own file, where that is one of its documents."""
    entries = corpus.entries if corpus is not None else ()
    return next((e for e in entries if e.path.resolve() == path.resolve()), None)


def _around(draft: Draft, corpus: Corpus | None) -> Corpus:
    """The corpus of a check: the draft first, then the other regions."""
    entry = draft.entry
    if corpus is None:
        return Corpus(
            folder=entry.path.parent,
            title=entry.source,
            entries=(entry,),
            evidence=official_evidence(),
            rules={},
        )
    same_file = [e for e in corpus.entries if e.path.resolve() == entry.path.resolve()]
    others = [e for e in corpus.entries if e not in same_file]
    # What is known before it is read need not be read; the audit asks again after reading.
    earlier = earlier_versions(others, entry)
    others = [e for e in others if e not in earlier]
    taken = {e.source for e in others}
    source = entry.source if entry.source not in taken else f"draft/{entry.source}"
    return Corpus(
        folder=entry.path.parent,
        title=source,
        entries=(msgspec.structs.replace(entry, source=source), *others),
        evidence=corpus.evidence,
        rules=corpus.rules,
        warnings=left_out(earlier),
    )
