"""The digest of a corpus, from its documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stratlint._version import __version__
from stratlint.digest.file import NOTICE, Chapter, Digest, DigestEntry, PriorityEntry
from stratlint.knowledge.version import knowledge_version
from stratlint.records import Document, DocumentAnalysis


def make_digest(
    title: str,
    analyses: Sequence[DocumentAnalysis],
    sources: Sequence[Document] = (),
    *,
    rules: dict[str, Any] | None = None,
    own_evidence: Sequence[str] = (),
) -> Digest:
    """The digest of strategies and sources; ``own_evidence`` names tables beside the official."""
    return Digest(
        schema_version="1",
        tool="stratlint-profile",
        notice=NOTICE,
        version=__version__,
        knowledge=knowledge_version(),
        title=title,
        own_evidence=tuple(own_evidence),
        rules=rules or {},
        documents=(
            *(_strategy(analysis) for analysis in analyses),
            *(_source(document) for document in sources),
        ),
    )


def _strategy(analysis: DocumentAnalysis) -> DigestEntry:
    return _entry(
        analysis.document,
        role="strategy",
        priorities=tuple(
            PriorityEntry(
                sector=p.sector, rank=p.rank, basis=p.basis, score=p.score, mentions=p.mentions
            )
            for p in analysis.priorities
        ),
        commitments=_commitments(analysis),
        chapters=_chapters(analysis),
        sector_lists=(),
    )


def _source(document: Document) -> DigestEntry:
    """A source is matched and not compared: its lists of sectors are all that rules ask for."""
    return _entry(
        document,
        role="source",
        priorities=(),
        commitments={},
        chapters=(),
        sector_lists=_sector_lists(document),
    )


def _entry(document: Document, **known: Any) -> DigestEntry:
    from stratlint.comparison.passages.fingerprints import fingerprint

    made = fingerprint(document)
    return DigestEntry(
        source=document.source,
        sha256=document.sha256,
        region=document.region,
        area=document.area,
        title=document.title,
        year=document.year,
        pages=tuple(page.label for page in document.pages),
        runs=made.runs,
        named_runs=made.named,
        total_runs=made.total,
        **known,
    )


def _commitments(analysis: DocumentAnalysis) -> dict[str, dict[str, tuple[float, ...]]]:
    found: dict[str, dict[str, list[float]]] = {}
    for mention in analysis.mentions:
        row = found.setdefault(mention.sector, {})
        row.setdefault(mention.commitment.value, []).append(mention.probability)
    return {
        sector: {kind: tuple(values) for kind, values in sorted(row.items())}
        for sector, row in sorted(found.items())
    }


def _chapters(analysis: DocumentAnalysis) -> tuple[Chapter, ...]:
    from stratlint.comparison.statistics.texts import chapters_of, count_words, masked_body
    from stratlint.comparison.together import name_spans
    from stratlint.text.counting import word_count

    document = analysis.document
    parts = chapters_of(document, masked_body(document, name_spans(analysis)))
    return tuple(
        Chapter(words=word_count(part), counts=dict(sorted(counts.items())))
        for part, counts in zip(parts, count_words(parts), strict=True)
    )


def _sector_lists(document: Document) -> tuple[tuple[str, ...], ...]:
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.rules.checks.national import sector_lists

    return tuple(tuple(sorted(group)) for group in sector_lists(document, load_taxonomy(), 2))
