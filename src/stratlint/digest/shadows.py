"""The documents of a digest as a comparison reads them: counts, hashes and no text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from stratlint.digest.file import Chapter, DigestEntry
from stratlint.records import (
    Block,
    Commitment,
    Document,
    DocumentAnalysis,
    Mention,
    Page,
    Priority,
    Role,
)

SHADOW = "digest"
"""What stands for the reader of a document that was not read."""


def shadow_analysis(entry: DigestEntry) -> DocumentAnalysis:
    """A document of a digest as a comparison takes it in.

    Its text is the words of each stretch in alphabetical order, filled up with stop words to
    the stretch's length: counts come out as they went in, and there is nothing to read.
    """
    text, blocks = _bag_of_words(entry.chapters)
    mentions = tuple(
        Mention(
            sector=sector,
            start=0,
            end=0,
            term="",
            block=0,
            sentence=0,
            commitment=Commitment(kind),
            probability=value,
        )
        for sector, row in entry.commitments.items()
        for kind, values in row.items()
        for value in values
    )
    priorities = tuple(
        Priority(
            sector=p.sector,
            rank=p.rank,
            basis=p.basis,
            score=p.score,
            mentions=p.mentions,
            evidence=(),
        )
        for p in entry.priorities
    )
    return DocumentAnalysis(
        document=shadow_document(entry, text, blocks),
        sentences=(),
        mentions=mentions,
        places=(),
        actors=(),
        priorities=priorities,
    )


def shadow_source(entry: DigestEntry) -> Document:
    """A source of a digest: its lists of sectors in the taxonomy's words, and nothing else."""
    names = _own_labels()
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for sectors in entry.sector_lists:
        lead_in = len(blocks)
        for number, text in enumerate(["List:", *(names.get(s, s) for s in sectors)]):
            role = Role.LIST_ITEM if number else Role.PARAGRAPH
            block = Block(role=role, page=0, start=at, end=at + len(text))
            if number:
                block = msgspec.structs.replace(block, lead_in=lead_in)
            blocks.append(block)
            parts.append(text)
            at += len(text) + 1
    return shadow_document(entry, "\n".join(parts), tuple(blocks))


@cache
def _own_labels() -> dict[str, str]:
    """For each sector its shortest label that holds no label of another sector."""
    from stratlint.knowledge.taxonomy import load_taxonomy

    sectors = load_taxonomy().sectors
    labels = {s.id: [f" {label.casefold()} " for label in s.labels] for s in sectors}
    found: dict[str, str] = {}
    for sector, own in labels.items():
        others = [label for other, ls in labels.items() if other != sector for label in ls]
        free = [label for label in own if not any(other in label for other in others)]
        found[sector] = min(free or own, key=lambda label: (len(label), label)).strip()
    return found


def _bag_of_words(chapters: Sequence[Chapter]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for chapter in chapters:
        words = [word for word, n in sorted(chapter.counts.items()) for _ in range(n)]
        text = " ".join([*words, *["the"] * max(0, chapter.words - len(words))])
        blocks.append(Block(role=Role.PARAGRAPH, page=0, start=at, end=at + len(text)))
        parts.append(text)
        at += len(text) + 1
    return "\n".join(parts), tuple(blocks)


def shadow_document(entry: DigestEntry, text: str, blocks: tuple[Block, ...]) -> Document:
    """A document of a digest with its pages, around ``text`` that stands in for its own."""
    labels = entry.pages or ("1",)
    return Document(
        sha256=entry.sha256,
        source=entry.source,
        reader=SHADOW,
        text=text,
        body_end=len(text),
        pages=tuple(Page(index=i, label=label) for i, label in enumerate(labels)),
        blocks=blocks,
        region=entry.region,
        area=entry.area,
        title=entry.title,
        year=entry.year,
    )


def without_text(analysis: DocumentAnalysis) -> DocumentAnalysis:
    """A shadow as reports may show it: priorities, and no text that is none."""
    document = msgspec.structs.replace(analysis.document, text="", body_end=0, blocks=())
    return msgspec.structs.replace(analysis, document=document, mentions=())
