"""A draft checked against a profile: the rules see the shadows of the other documents."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint.digest.file import ProfileEntry, ProfileFile
from stratlint.digest.making import names_to_mask
from stratlint.digest.shadows import (
    shadow_analysis,
    shadow_document,
    shadow_source,
    without_text,
)
from stratlint.knowledge.version import knowledge_version
from stratlint.records import AuditResult, Document, DocumentAnalysis
from stratlint.run.analyse import read_entries, without, workers
from stratlint.run.audit import complete, rules_in_force
from stratlint.run.corpus import Corpus
from stratlint.run.figures import evidence_of
from stratlint.run.judge import judge, judge_each
from stratlint.run.regions import same_region, spelt_as_measured

if TYPE_CHECKING:
    from stratlint.comparison.passages.fingerprints import Fingerprint
    from stratlint.comparison.passages.shadows import Shadow
    from stratlint.run.settings import Settings


def check_against(
    corpus: Corpus,
    profile: ProfileFile,
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Callable[[str], None] = lambda _name: None,
) -> AuditResult:
    """Check the one document of ``corpus``, the draft, against a profile.

    The profile's own document of the draft's region, or the draft itself, is left out; another
    region's document stays, be it the same file: then the draft is a copy of it. The
    result's ``not_read`` holds the draft where it cannot be read.
    """
    from stratlint.evidence import Evidence

    draft = corpus.entries[0]
    rules = rules_in_force(settings, profile.rules)
    evidence = evidence_of(corpus.evidence, settings, executor=executor)
    corpus = spelt_as_measured(corpus, evidence.regions)
    with workers(settings, executor) as pool:
        done = read_entries(corpus.entries, settings, executor=pool, tick=tick)
        judged = judge_each(done.analyses, rules=rules, evidence=evidence, executor=pool, jobs=1)
    done = without(done, judged.not_read)
    if not done.analyses:
        empty = judge((), (), rules=(), evidence=Evidence(()))
        return complete(empty, corpus, settings, done)
    analysis = done.analyses[0]
    entries, notes = _others(profile, analysis)
    shadows = tuple(shadow_analysis(e) for e in entries if e.role == "strategy")
    sources = tuple(shadow_source(e) for e in entries if e.role == "source" and e.sector_lists)
    result = judge(
        (analysis, *shadows),
        sources,
        rules=rules,
        evidence=evidence,
        known=judged.known,
        only_document=draft.source,
        passages=_passages(analysis, entries),
    )
    kept = tuple(
        a if a.document.source == draft.source else without_text(a) for a in result.analyses
    )
    result = msgspec.structs.replace(result, analyses=kept)
    noted = msgspec.structs.replace(corpus, warnings=corpus.warnings + notes)
    return complete(result, noted, settings, done)


def _others(
    profile: ProfileFile, draft: DocumentAnalysis
) -> tuple[tuple[ProfileEntry, ...], tuple[str, ...]]:
    """The documents to compare with, and what a person should know of them."""
    notes: list[str] = []
    if profile.knowledge != knowledge_version():
        notes.append("the profile was made with other rules or another version; make it anew")
    if profile.own_evidence:
        tables = ", ".join(profile.own_evidence)
        notes.append(f"the corpus has figures of its own ({tables}); official ones are used here")
    kept: list[ProfileEntry] = []
    for entry in profile.documents:
        region = entry.region if entry.role == "strategy" else None
        if entry.sha256 == draft.document.sha256:
            if None in (region, draft.document.region) or same_region(
                region, draft.document.region
            ):
                continue
            notes.append(f"{entry.source} ({region}) is the very file of this draft")
        if same_region(region, draft.document.region):
            notes.append(
                f"{entry.source}: an earlier version of this draft ({region}), left out of the "
                f"comparison; see 'stratlint diff'"
            )
            continue
        kept.append(entry)
    taken = {draft.document.source}
    if any(entry.source in taken for entry in kept):
        kept = [
            msgspec.structs.replace(e, source=f"profile/{e.source}") if e.source in taken else e
            for e in kept
        ]
    return tuple(kept), tuple(notes)


def _passages(draft: DocumentAnalysis, entries: Sequence[ProfileEntry]) -> tuple[Any, ...]:
    from stratlint.comparison.passages.shadows import match_shadows

    return match_shadows(
        draft.document,
        names_to_mask(draft),
        [_shadow(entry) for entry in entries],
        _idf(draft.document, [entry for entry in entries if entry.role == "strategy"]),
    )


def _shadow(entry: ProfileEntry) -> Shadow:
    from stratlint.comparison.passages.shadows import Shadow

    return Shadow(
        document=shadow_document(entry, "", ()),
        fingerprint=_fingerprint(entry),
        is_source=entry.role == "source",
    )


def _fingerprint(entry: ProfileEntry) -> Fingerprint:
    from stratlint.comparison.passages.fingerprints import Fingerprint

    return Fingerprint(runs=entry.runs, named=entry.named_runs, total=entry.total_runs)


def _idf(draft: Document, entries: Sequence[ProfileEntry]) -> dict[str, float]:
    """ln(N / df) of the words that the profile counts; stop words weigh nought."""
    holders: Counter[str] = Counter()
    for entry in entries:
        holders.update({word for chapter in entry.chapters for word in chapter.counts})
    holders.update({word for word in re.findall(r"\w+", draft.body.casefold()) if word in holders})
    total = len(entries) + 1
    return {word: math.log(total / min(total, n)) for word, n in holders.items()}
