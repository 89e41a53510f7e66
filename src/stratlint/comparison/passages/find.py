"""Text that documents share: found over a whole corpus, with every holder of each passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from stratlint.comparison.passages.alignments import Prepared, Weight, align_prepared
from stratlint.comparison.passages.chains import Candidate, Chain, find_candidates
from stratlint.comparison.passages.clusters import absorb, cluster, joint_documents
from stratlint.comparison.passages.fragments import DEFAULTS as DEFAULT_ALIGNMENT
from stratlint.comparison.passages.fragments import AlignOptions
from stratlint.comparison.passages.holders import Writer
from stratlint.comparison.passages.index import Index, holds_shared_run
from stratlint.comparison.passages.ready import Ready, Texts, Weigher
from stratlint.comparison.passages.setting import is_tabular
from stratlint.records import Alignment, Document, Passage, PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from stratlint.comparison.passages.tokens import Flags, Words

_MARGIN = 120
_SHORT = AlignOptions(words=12, summaries=False)


@dataclass(frozen=True, slots=True)
class PassageOptions:
    """What counts as a shared passage of a corpus.

    ``words`` is its least length, ``run`` the words in a row (names masked) that two copies
    must share somewhere, ``template_share`` the share of the documents from which a passage
    is everyone's template. ``thorough`` aligns every pair in full, for which no run of words
    need be shared: right for two documents, and slow for many.
    """

    words: int = 20
    run: int = 6
    template_share: float = 0.5
    thorough: bool = False
    align: AlignOptions = _SHORT


DEFAULTS = PassageOptions()


class Found(NamedTuple):
    """Passages of a corpus and the pairwise alignments behind them."""

    passages: tuple[Passage, ...]
    alignments: tuple[Alignment, ...]


def shared_passages(
    documents: Sequence[Document],
    *,
    sources: Sequence[Document] = (),
    names: Mapping[str, Iterable[Span]] | None = None,
    options: PassageOptions = DEFAULTS,
    progress: Callable[[str], None] | None = None,
) -> tuple[Passage, ...]:
    """Passages that two or more documents share, longest first.

    ``sources`` are matched against the documents but not with each other. ``names`` maps a
    document's source name to the character spans of its places and organisations, for masking;
    for a document without an entry the gazetteer is used. ``progress`` is called once for
    each pair that was compared.
    """
    return find_passages(
        documents, sources=sources, names=names, options=options, progress=progress
    ).passages


def find_passages(
    documents: Sequence[Document],
    *,
    sources: Sequence[Document] = (),
    names: Mapping[str, Iterable[Span]] | None = None,
    options: PassageOptions = DEFAULTS,
    progress: Callable[[str], None] | None = None,
) -> Found:
    """The same with the alignments of each pair. Raises ValueError for two equal names."""
    everyone = [*documents, *sources]
    by_name = {document.source: document for document in everyone}
    if len(by_name) < len(everyone):
        raise ValueError("two documents have the same source name")
    texts = Texts(everyone, names)
    alignments = tuple(
        item
        for item in _align_all(texts, len(documents), options, progress)
        if not _same_table(by_name, item)
    )
    lengths = {document.source: document.body_end for document in everyone}
    joint = joint_documents(alignments, lengths)
    passages = Writer(by_name, {d.source for d in sources}, texts, options.template_share)
    kept = _without_joint(alignments, joint)
    written = [passages.joint(group) for group in joint]
    written += [passages.passage(item) for item in absorb(cluster(kept))]
    ordered = sorted(written, key=lambda p: (not p.joint, p.template, -p.words, p.id))
    return Found(tuple(ordered), alignments)


def _align_all(
    texts: Texts,
    strategies: int,
    options: PassageOptions,
    progress: Callable[[str], None] | None,
) -> tuple[Alignment, ...]:
    """Alignments of all candidate pairs, of which at least one is a strategy."""
    index, weigher = Index(length=options.run), Weigher(len(texts))
    for number in range(len(texts)):
        index.add(texts.ready(number).indexed)
        weigher.add(texts.ready(number).prepared.masked)
    weight = weigher.weight()
    found: list[Alignment] = []
    for pair in _pairs(index, options):
        if pair.a >= strategies:
            continue
        a, b = texts.ready(pair.a), texts.ready(pair.b)
        if options.thorough:
            in_full = replace(DEFAULT_ALIGNMENT, words=options.words)
            found += align_prepared(a.prepared, b.prepared, in_full, weight)
        else:
            found += _align_near(a, b, pair.chains, options, weight)
        if progress:
            progress(f"{a.prepared.name} – {b.prepared.name}")
    return tuple(sorted(found, key=lambda i: (i.a, i.b, i.a_start, i.b_start)))


def _same_table(documents: Mapping[str, Document], item: Alignment) -> bool:
    """Two tables of one official source are alike in all but their figures: that is no copy."""
    return (
        item.kind is PassageKind.EDITED
        and is_tabular(documents[item.a], item.a_start, item.a_end)
        and is_tabular(documents[item.b], item.b_start, item.b_end)
    )


def _pairs(index: Index, options: PassageOptions) -> Iterable[Candidate]:
    if options.thorough:
        return (Candidate(a, b, ()) for a, b in combinations(range(len(index)), 2))
    return find_candidates(index)


def _align_near(
    a: Ready, b: Ready, chains: Sequence[Chain], options: PassageOptions, weight: Weight
) -> list[Alignment]:
    """Align what lies near a chain of shared runs; keep what is long enough and holds a run."""
    near_a = a.near([(chain.a_start, chain.a_end) for chain in chains], _MARGIN)
    near_b = b.near([(chain.b_start, chain.b_end) for chain in chains], _MARGIN)
    part_a = a.prepared._replace(masked=_opened(a.prepared.masked, near_a))
    part_b = b.prepared._replace(masked=_opened(b.prepared.masked, near_b))
    return [
        item
        for item in align_prepared(part_a, part_b, options.align, weight)
        if item.words >= options.words and _has_run(a.prepared, b.prepared, item, options.run)
    ]


def _opened(words: Words, near: Flags) -> Words:
    """The words near a shared run; each stretch of them opens a sentence of its own."""
    opens = near.copy()
    opens[1:] &= ~near[:-1]
    return replace(words, first=words.first | opens).take(near)


def _has_run(a: Prepared, b: Prepared, item: Alignment, run: int) -> bool:
    first = a.copy(item.a_start, item.a_end).words
    second = b.copy(item.b_start, item.b_end).words
    return holds_shared_run(first, second, length=run)


def _without_joint(
    alignments: Iterable[Alignment], joint: Iterable[tuple[str, ...]]
) -> list[Alignment]:
    group = {name: number for number, names in enumerate(joint) for name in names}
    return [item for item in alignments if group.get(item.a, -1) != group.get(item.b, -2)]
