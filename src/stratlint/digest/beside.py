"""What stands beside a draft that is checked against a digest: shadows of its documents."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from stratlint.digest.file import Digest, DigestEntry
from stratlint.digest.shadows import shadow_analysis, shadow_document, shadow_source
from stratlint.knowledge.places import same_region
from stratlint.knowledge.version import knowledge_version
from stratlint.records import Document, DocumentAnalysis, Passage, Record

if TYPE_CHECKING:
    from stratlint.comparison.passages.fingerprints import Fingerprint
    from stratlint.comparison.passages.shadows import Shadow


class Beside(Record):
    """The shadows of a digest, the passages that a draft shares with them, and what to say."""

    analyses: tuple[DocumentAnalysis, ...]
    sources: tuple[Document, ...]
    passages: tuple[Passage, ...]
    notes: tuple[str, ...]


def beside(draft: DocumentAnalysis, digest: Digest) -> Beside:
    """What a draft is compared with.

    The digest's own document of the draft's region, or the draft itself, is left out; another
    region's document stays, be it the same file: then the draft is a copy of it.
    """
    entries, notes = _others(digest, draft)
    return Beside(
        analyses=tuple(shadow_analysis(e) for e in entries if e.role == "strategy"),
        sources=tuple(shadow_source(e) for e in entries if e.role == "source" and e.sector_lists),
        passages=_passages(draft, entries),
        notes=notes,
    )


def _others(
    digest: Digest, draft: DocumentAnalysis
) -> tuple[tuple[DigestEntry, ...], tuple[str, ...]]:
    """The documents to compare with, and what a person should know of them."""
    notes: list[str] = []
    if digest.knowledge != knowledge_version():
        notes.append("the digest was made with other rules or another version; make it anew")
    if digest.own_evidence:
        tables = ", ".join(digest.own_evidence)
        notes.append(f"the corpus has figures of its own ({tables}); official ones are used here")
    kept: list[DigestEntry] = []
    for entry in digest.documents:
        region = entry.place if entry.role == "strategy" else None
        own = draft.document.place
        if entry.sha256 == draft.document.sha256:
            if None in (region, own) or same_region(region, own):
                continue
            notes.append(f"{entry.source} ({region}) is the very file of this draft")
        if same_region(region, own):
            notes.append(
                f"{entry.source}: of the draft's own region ({region}), so left out of the "
                "comparison; where it is an earlier version, see 'stratlint diff'"
            )
            continue
        kept.append(entry)
    taken = {draft.document.source}
    if any(entry.source in taken for entry in kept):
        kept = [
            msgspec.structs.replace(e, source=f"digest/{e.source}") if e.source in taken else e
            for e in kept
        ]
    return tuple(kept), tuple(notes)


def _passages(draft: DocumentAnalysis, entries: Sequence[DigestEntry]) -> tuple[Passage, ...]:
    from stratlint.comparison.passages.shadows import match_shadows

    return match_shadows(
        draft.document,
        [_shadow(entry) for entry in entries],
        _idf(draft.document, [entry for entry in entries if entry.role == "strategy"]),
    )


def _shadow(entry: DigestEntry) -> Shadow:
    from stratlint.comparison.passages.shadows import Shadow

    return Shadow(
        document=shadow_document(entry, "", ()),
        fingerprint=_fingerprint(entry),
        is_source=entry.role == "source",
    )


def _fingerprint(entry: DigestEntry) -> Fingerprint:
    from stratlint.comparison.passages.fingerprints import Fingerprint

    return Fingerprint(runs=entry.runs, named=entry.named_runs, total=entry.total_runs)


def _idf(draft: Document, entries: Sequence[DigestEntry]) -> dict[str, float]:
    """ln(N / df) of the words that the profile counts; stop words weigh nought."""
    holders: Counter[str] = Counter()
    for entry in entries:
        holders.update({word for chapter in entry.chapters for word in chapter.counts})
    holders.update({word for word in re.findall(r"\w+", draft.body.casefold()) if word in holders})
    total = len(entries) + 1
    return {word: math.log(total / min(total, n)) for word, n in holders.items()}
