"""Text that documents share: found over a whole corpus, with every holder of each passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from stratlint.comparison.passages.alignments import align_prepared
from stratlint.comparison.passages.clusters import absorb, cluster, joint_documents
from stratlint.comparison.passages.fragments import DEFAULTS as DEFAULT_ALIGNMENT
from stratlint.comparison.passages.fragments import AlignOptions
from stratlint.comparison.passages.holders import Writer
from stratlint.comparison.passages.index import Index, find_candidates
from stratlint.comparison.passages.ready import Texts, Weigher
from stratlint.comparison.passages.setting import is_tabular
from stratlint.comparison.passages.windows import placed, weighed, window_pair
from stratlint.comparison.passages.work import Pair, Work
from stratlint.records import Alignment, Document, Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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


def options_for(
    documents: int, *, min_words: int | None = None, thorough: bool = False
) -> PassageOptions:
    """The options for so many documents, sources among them: two are always aligned in full."""
    options = PassageOptions(thorough=thorough or documents == 2)
    if min_words is None:
        return options
    return replace(options, words=min_words, align=replace(options.align, words=min_words))


class Found(NamedTuple):
    """Passages of a corpus and the pairwise alignments behind them."""

    passages: tuple[Passage, ...]
    alignments: tuple[Alignment, ...]


def shared_passages(
    documents: Sequence[Document],
    *,
    sources: Sequence[Document] = (),
    options: PassageOptions = DEFAULTS,
    progress: Callable[[str], None] | None = None,
) -> tuple[Passage, ...]:
    """Passages that two or more documents share, longest first.

    ``sources`` are matched against the documents but not with each other. ``progress`` is called
    once for each pair that was compared.
    """
    return find_passages(documents, sources=sources, options=options, progress=progress).passages


def find_passages(
    documents: Sequence[Document],
    *,
    sources: Sequence[Document] = (),
    options: PassageOptions = DEFAULTS,
    progress: Callable[[str], None] | None = None,
    about: str | None = None,
    work: Work | None = None,
) -> Found:
    """The same with the alignments of each pair. Raises ValueError for two equal names.

    ``about`` is the source name of one document: only passages that it holds are looked for,
    which takes one pair for each other document. ``work`` aligns pairs elsewhere than here, or
    knows them from before.
    """
    # The document in question goes first: the index gives the pairs of the first alone.
    documents = sorted(documents, key=lambda document: document.source != about)
    everyone = [*documents, *sources]
    by_name = {document.source: document for document in everyone}
    if len(by_name) < len(everyone):
        raise ValueError("two documents have the same source name")
    texts = Texts(everyone)
    alone = about is not None
    if options.thorough:
        aligned = _align_in_full(texts, len(documents), options, progress, of_first=alone)
    else:
        aligned = _align_all(
            texts, len(documents), options, progress, of_first=alone, work=work or Work()
        )
    alignments = tuple(item for item in aligned if not _same_table(by_name, item))
    lengths = {document.source: document.body_end for document in everyone}
    joint = joint_documents(alignments, lengths, _equal(everyone, texts, options.words))
    passages = Writer(by_name, {d.source for d in sources}, texts, options.template_share)
    kept = _without_joint(alignments, joint)
    written = [passages.joint(group) for group in joint]
    written += [passages.passage(item) for item in absorb(cluster(kept))]
    ordered = sorted(written, key=lambda p: (not p.joint, p.template, -p.words, p.id))
    return Found(tuple(ordered), alignments)


def _equal(documents: Iterable[Document], texts: Texts, words: int) -> Iterator[tuple[str, str]]:
    """Pairs of one and the same text: one sentence again and again is not to be aligned."""
    firsts: dict[int, list[Document]] = {}
    for document in documents:
        alike = firsts.setdefault(document.body_end, [])
        first = next((other for other in alike if other.body == document.body), None)
        if first is None:
            alike.append(document)
        elif texts.words(document.source) >= words:
            yield first.source, document.source


def _align_all(
    texts: Texts,
    strategies: int,
    options: PassageOptions,
    progress: Callable[[str], None] | None,
    *,
    of_first: bool,
    work: Work,
) -> tuple[Alignment, ...]:
    """Alignments of all candidate pairs, of which at least one is a strategy."""
    if work.spread is not None and not of_first and work.spread.reaches(texts.documents):
        found, names = work.spread.alignments(texts.documents, strategies, options)
        texts.know(names)
        return tuple(sorted(found, key=_place))
    index, weigher = Index(length=options.run), Weigher(len(texts))
    for number in range(len(texts)):
        index.add(texts.ready(number).indexed)
        weigher.add(texts.ready(number).prepared.masked)
    weight = weigher.weight()
    found = []

    def pairs() -> Iterator[Pair]:
        for pair in find_candidates(index, of_first=of_first):
            if pair.a < strategies:
                a, b = texts.ready(pair.a), texts.ready(pair.b)
                opened = window_pair(
                    a, b, pair.chains, words=options.words, run=options.run, options=options.align
                )
                yield Pair(pair.a, pair.b, texts.hash(pair.a), opened)

    def done(pair: Pair, data: bytes) -> None:
        a, b = texts.ready(pair.a), texts.ready(pair.b)
        found.extend(placed(pair.windows, data, a, b, weight))
        if progress:
            progress(f"{a.prepared.name} – {b.prepared.name}")

    work.align(pairs(), done)
    return tuple(sorted(found, key=_place))


def _place(item: Alignment) -> tuple[str, str, int, int]:
    return item.a, item.b, item.a_start, item.b_start


def _align_in_full(
    texts: Texts,
    strategies: int,
    options: PassageOptions,
    progress: Callable[[str], None] | None,
    *,
    of_first: bool,
) -> tuple[Alignment, ...]:
    """The same without an index: every pair, whole."""
    in_full = replace(DEFAULT_ALIGNMENT, words=options.words)
    weigher = Weigher(len(texts))
    for number in range(len(texts)):
        weigher.add(texts.ready(number).prepared.masked)
    weight = weigher.weight()
    found: list[Alignment] = []
    for first, second in combinations(range(len(texts)), 2):
        if first >= (1 if of_first else strategies):
            break
        a, b = texts.ready(first), texts.ready(second)
        pair = align_prepared(a.prepared, b.prepared, in_full)
        found += [weighed(item, a, b, weight) for item in pair]
        if progress:
            progress(f"{a.prepared.name} – {b.prepared.name}")
    return tuple(sorted(found, key=_place))


def _same_table(documents: Mapping[str, Document], item: Alignment) -> bool:
    """Two tables of one official source are alike in all but their figures: that is no copy."""
    return (
        item.kind is PassageKind.EDITED
        and is_tabular(documents[item.a], item.a_start, item.a_end)
        and is_tabular(documents[item.b], item.b_start, item.b_end)
    )


def _without_joint(
    alignments: Iterable[Alignment], joint: Iterable[tuple[str, ...]]
) -> list[Alignment]:
    group = {name: number for number, names in enumerate(joint) for name in names}
    return [item for item in alignments if group.get(item.a, -1) != group.get(item.b, -2)]
