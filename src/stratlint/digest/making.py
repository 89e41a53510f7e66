"""The profile of a corpus, from its documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stratlint._version import __version__
from stratlint.digest.file import NOTICE, Chapter, PriorityEntry, ProfileEntry, ProfileFile
from stratlint.errors import UsageError
from stratlint.knowledge.version import knowledge_version
from stratlint.records import Document, DocumentAnalysis, Span
from stratlint.run.analyse import ReadResult, read_entries
from stratlint.run.corpus import Corpus, official_evidence
from stratlint.run.regions import recognise_regions

if TYPE_CHECKING:
    from stratlint.run.settings import Settings


class MadeProfile(NamedTuple):
    """A profile, what was read for it, and what a person should know of the corpus."""

    profile: ProfileFile
    done: ReadResult
    warnings: tuple[str, ...]


def make_profile(
    corpus: Corpus,
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Callable[[str], None] = lambda _name: None,
) -> MadeProfile:
    """The profile of a corpus, with regions recognised as an audit recognises them.

    Raises UsageError when no document could be read.
    """
    done = read_entries(corpus.entries, settings, executor=executor, tick=tick)
    corpus, done = recognise_regions(corpus, done, settings, executor)
    roles = {entry.source: entry.role for entry in corpus.entries}
    if not done.analyses:
        raise UsageError(f"{corpus.folder}: none of the documents could be read")
    official = official_evidence()
    own = () if corpus.evidence and _same(corpus.evidence, official) else corpus.evidence
    profile = ProfileFile(
        schema_version="1",
        tool="stratlint-profile",
        notice=NOTICE,
        version=__version__,
        knowledge=knowledge_version(),
        title=corpus.title,
        own_evidence=tuple(path.name for path in own),
        rules=corpus.rules,
        documents=tuple(_entry(a, roles[a.document.source]) for a in done.analyses),
    )
    return MadeProfile(profile, done, corpus.warnings)


def _same(paths: Sequence[Path], others: Sequence[Path]) -> bool:
    """Whether two lists of tables hold the same, wherever they lie."""
    return [p.read_bytes() for p in paths] == [p.read_bytes() for p in others]


def _entry(analysis: DocumentAnalysis, role: str) -> ProfileEntry:
    from stratlint.comparison.passages.fingerprints import fingerprint

    document = analysis.document
    names = names_to_mask(analysis)
    made = fingerprint(document, names)
    is_source = role == "source"
    return ProfileEntry(
        source=document.source,
        sha256=document.sha256,
        role=role,
        region=document.region,
        title=document.title,
        year=document.year,
        pages=tuple(page.label for page in document.pages),
        priorities=tuple(
            PriorityEntry(
                sector=p.sector, rank=p.rank, basis=p.basis, score=p.score, mentions=p.mentions
            )
            for p in analysis.priorities
        ),
        commitments=_commitments(analysis),
        chapters=() if is_source else _chapters(document, names),
        sector_lists=_sector_lists(document) if is_source else (),
        runs=made.runs,
        named_runs=made.named,
        total_runs=made.total,
    )


def names_to_mask(analysis: DocumentAnalysis) -> list[Span]:
    """Names to be masked, as a comparison masks them: a source's come from the gazetteer."""
    from stratlint.comparison.passages.names import place_names
    from stratlint.comparison.passages.tokens import tokenise
    from stratlint.comparison.together import name_spans

    if analysis.sentences:
        return name_spans(analysis)
    return place_names().spans(tokenise(analysis.document.body))


def _commitments(analysis: DocumentAnalysis) -> dict[str, dict[str, tuple[float, ...]]]:
    found: dict[str, dict[str, list[float]]] = {}
    for mention in analysis.mentions:
        row = found.setdefault(mention.sector, {})
        row.setdefault(mention.commitment.value, []).append(mention.probability)
    return {
        sector: {kind: tuple(values) for kind, values in sorted(row.items())}
        for sector, row in sorted(found.items())
    }


def _chapters(document: Document, names: list[Span]) -> tuple[Chapter, ...]:
    from stratlint.comparison.statistics.texts import chapters_of, count_words, masked_body

    parts = chapters_of(document, masked_body(document, names))
    return tuple(
        Chapter(words=len(part.split()), counts=dict(sorted(counts.items())))
        for part, counts in zip(parts, count_words(parts), strict=True)
    )


def _sector_lists(document: Document) -> tuple[tuple[str, ...], ...]:
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.rules.checks.national import sector_lists

    return tuple(tuple(sorted(group)) for group in sector_lists(document, load_taxonomy(), 2))
