"""A corpus without its texts: what corpus rules need to check a draft against it.

A profile holds priorities, weights of commitment, word counts with places masked, short
hashes of word runs with their pages, and regions and years for the official figures. It holds
no sentence. What it gives away is said in :data:`NOTICE` and in the file itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from stratlint._version import __version__
from stratlint.auditing import ReadResult, complete, judge, read_entries, rules_in_force
from stratlint.corpus import Corpus, official_evidence
from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.version import knowledge_version
from stratlint.records import (
    AuditResult,
    Basis,
    Block,
    Commitment,
    Document,
    DocumentAnalysis,
    Mention,
    Page,
    Priority,
    Record,
    Role,
    Span,
)

if TYPE_CHECKING:
    from stratlint.comparison.fingerprints import Fingerprint, Shadow
    from stratlint.settings import Settings

SCHEMA_VERSION = "1"
NOTICE = (
    "No sentence of the documents is in this file. It tells their priorities, how often they use "
    "each word by stretches of some 400 words (places masked), and, by three-byte hashes without "
    "order, whether a text that you hold already stands in them and on which page."
)


class PriorityEntry(Record):
    """A priority without its evidence."""

    sector: str
    rank: int
    basis: Basis
    score: float
    mentions: int


class Chapter(Record):
    """A stretch of text: how many words, and counts of those that are no stop words."""

    words: int
    counts: dict[str, int]


class ProfileEntry(Record):
    """One document of a profile.

    ``commitments`` holds, by sector and class, the probability of each mention;
    ``sector_lists`` the lists of sectors in a source.
    """

    source: str
    sha256: str
    role: str
    region: str | None
    title: str | None
    year: int | None
    pages: tuple[str, ...]
    priorities: tuple[PriorityEntry, ...]
    commitments: dict[str, dict[str, tuple[float, ...]]]
    chapters: tuple[Chapter, ...]
    sector_lists: tuple[tuple[str, ...], ...]
    runs: dict[int, str]
    named_runs: str
    total_runs: int


class ProfileFile(Record):
    """The whole file. ``schema_version`` changes when a field changes its meaning."""

    schema_version: Literal["1"]
    tool: Literal["stratlint-profile"]
    notice: str
    version: str
    knowledge: str
    title: str
    own_evidence: tuple[str, ...]
    rules: dict[str, Any]
    documents: tuple[ProfileEntry, ...]


def make_profile(
    corpus: Corpus,
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Callable[[str], None] = lambda _name: None,
) -> tuple[ProfileFile, ReadResult]:
    """The profile of a corpus, and what was read for it.

    Raises UsageError when no document could be read.
    """
    done = read_entries(corpus.entries, settings, executor=executor, tick=tick)
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
    return profile, done


def _same(paths: Sequence[Path], others: Sequence[Path]) -> bool:
    return [p.resolve() for p in paths] == [p.resolve() for p in others]


def _entry(analysis: DocumentAnalysis, role: str) -> ProfileEntry:
    from stratlint.comparison.fingerprints import fingerprint

    document = analysis.document
    names = _names(analysis)
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


def _names(analysis: DocumentAnalysis) -> list[Span]:
    """Names to be masked, as a comparison masks them: a source's come from the gazetteer."""
    from stratlint.comparison.names import place_names
    from stratlint.comparison.together import name_spans
    from stratlint.comparison.tokens import tokenise

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
    from stratlint.comparison.texts import chapters_of, count_words, masked_body

    parts = chapters_of(document, masked_body(document, names))
    return tuple(
        Chapter(words=len(part.split()), counts=dict(sorted(counts.items())))
        for part, counts in zip(parts, count_words(parts), strict=True)
    )


def _sector_lists(document: Document) -> tuple[tuple[str, ...], ...]:
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.rules.checks.national import sector_lists

    return tuple(tuple(sorted(group)) for group in sector_lists(document, load_taxonomy(), 2))


# --- files -------------------------------------------------------------------------------


def encode_profile(profile: ProfileFile) -> str:
    """The profile as JSON text."""
    return msgspec.json.format(msgspec.json.encode(profile), indent=1).decode() + "\n"


def load_profile(path: Path) -> ProfileFile:
    """Read a profile. Raises FileFault when the file is none, or of another version."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=ProfileFile)
    except msgspec.DecodeError as error:
        message = f"is no profile of this version of stratlint ({error}); make it anew"
        raise FileFault(message, path=str(path)) from None


# --- back to what a comparison reads -----------------------------------------------------


def shadow_analysis(entry: ProfileEntry) -> DocumentAnalysis:
    """A document of a profile as a comparison takes it in.

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
        document=_document(entry, text, blocks),
        sentences=(),
        mentions=mentions,
        places=(),
        actors=(),
        priorities=priorities,
    )


def shadow_source(entry: ProfileEntry) -> Document:
    """A source of a profile: its lists of sectors in the taxonomy's words, and nothing else."""
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
    return _document(entry, "\n".join(parts), tuple(blocks))


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


def _document(entry: ProfileEntry, text: str, blocks: tuple[Block, ...]) -> Document:
    labels = entry.pages or ("1",)
    return Document(
        sha256=entry.sha256,
        source=entry.source,
        reader="profile",
        text=text,
        body_end=len(text),
        pages=tuple(Page(index=i, label=label) for i, label in enumerate(labels)),
        blocks=blocks,
        region=entry.region,
        title=entry.title,
        year=entry.year,
    )


def without_text(analysis: DocumentAnalysis) -> DocumentAnalysis:
    """A shadow as reports may show it: priorities, and no text that is none."""
    document = msgspec.structs.replace(analysis.document, text="", body_end=0, blocks=())
    return msgspec.structs.replace(analysis, document=document, mentions=())


# --- checking ----------------------------------------------------------------------------


def check_against(
    corpus: Corpus,
    profile: ProfileFile,
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Callable[[str], None] = lambda _name: None,
) -> AuditResult:
    """Check the one document of ``corpus``, the draft, against a profile.

    The profile's own document of the draft's region, or the draft itself, is left out. The
    result's ``not_read`` holds the draft where it cannot be read.
    """
    from stratlint.evidence import load_evidence

    draft = corpus.entries[0]
    done = read_entries(corpus.entries, settings, executor=executor, tick=tick)
    if not done.analyses:
        empty = judge((), (), rules=(), evidence=load_evidence(()))
        return complete(empty, corpus, settings, done)
    analysis = done.analyses[0]
    entries, notes = _others(profile, analysis)
    shadows = tuple(shadow_analysis(e) for e in entries if e.role == "strategy")
    sources = tuple(shadow_source(e) for e in entries if e.role == "source" and e.sector_lists)
    result = judge(
        (analysis, *shadows),
        sources,
        rules=rules_in_force(settings, profile.rules),
        evidence=load_evidence(corpus.evidence),
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
        if entry.sha256 == draft.document.sha256:
            continue
        region = entry.region if entry.role == "strategy" else None
        if region and region == draft.document.region:
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
    from stratlint.comparison.fingerprints import match_shadows

    return match_shadows(
        draft.document,
        _names(draft),
        [_shadow(entry) for entry in entries],
        _idf(draft.document, [entry for entry in entries if entry.role == "strategy"]),
    )


def _shadow(entry: ProfileEntry) -> Shadow:
    from stratlint.comparison.fingerprints import Shadow

    return Shadow(
        document=_document(entry, "", ()),
        fingerprint=_fingerprint(entry),
        is_source=entry.role == "source",
    )


def _fingerprint(entry: ProfileEntry) -> Fingerprint:
    from stratlint.comparison.fingerprints import Fingerprint

    return Fingerprint(runs=entry.runs, named=entry.named_runs, total=entry.total_runs)


def _idf(draft: Document, entries: Sequence[ProfileEntry]) -> dict[str, float]:
    """ln(N / df) of the words that the profile counts; stop words weigh nought."""
    holders: Counter[str] = Counter()
    for entry in entries:
        holders.update({word for chapter in entry.chapters for word in chapter.counts})
    holders.update({word for word in re.findall(r"\w+", draft.body.casefold()) if word in holders})
    total = len(entries) + 1
    return {word: math.log(total / min(total, n)) for word, n in holders.items()}
