"""Text that documents share: found over a whole corpus, with every holder of each passage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from stratlint.comparison.alignments import (
    Prepared,
    Weight,
    align_prepared,
    document_weight,
    prepare,
    sentence_weight,
)
from stratlint.comparison.clusters import Cluster, absorb, cluster, joint_documents
from stratlint.comparison.difference import difference
from stratlint.comparison.fragments import DEFAULTS as DEFAULT_ALIGNMENT
from stratlint.comparison.fragments import AlignOptions
from stratlint.comparison.index import Index, near_shared
from stratlint.comparison.names import place_names
from stratlint.comparison.setting import BODY, is_attributed, is_tabular, setting_of
from stratlint.comparison.tokens import mask, tokenise
from stratlint.records import Alignment, Document, Holding, Passage, PassageKind, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np

    from stratlint.comparison.tokens import Words


_ALL_RUNS = 200
_LEAST_SAMPLED = 6
"""Up to this many documents every run of words is indexed, beyond it one in four."""
_MARGIN = 120
_SHOWN = 600
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
    prepared = [_prepare(document, names) for document in everyone]
    alignments = tuple(
        item
        for item in _align_all(prepared, len(documents), options, progress)
        if not _same_table(by_name, item)
    )
    lengths = {document.source: document.body_end for document in everyone}
    joint = joint_documents(alignments, lengths)
    passages = _Writer(by_name, {d.source for d in sources}, {p.name: p for p in prepared}, options)
    kept = _without_joint(alignments, joint)
    written = [passages.joint(group) for group in joint]
    written += [passages.passage(item) for item in absorb(cluster(kept))]
    ordered = sorted(written, key=lambda p: (not p.joint, p.template, -p.words, p.id))
    return Found(tuple(ordered), alignments)


def _prepare(document: Document, names: Mapping[str, Iterable[Span]] | None) -> Prepared:
    given = names.get(document.source) if names is not None else None
    if given is None:
        given = place_names().spans(tokenise(document.body))
    return prepare(document.source, document.body, given)


def _align_all(
    prepared: Sequence[Prepared],
    strategies: int,
    options: PassageOptions,
    progress: Callable[[str], None] | None,
) -> tuple[Alignment, ...]:
    """Alignments of all candidate pairs, of which at least one is a strategy."""
    weight = corpus_weight([item.masked for item in prepared])
    found: list[Alignment] = []
    for first, second in _pairs(prepared, options):
        if first >= strategies:
            continue
        a, b = prepared[first], prepared[second]
        if options.thorough:
            in_full = replace(DEFAULT_ALIGNMENT, words=options.words)
            found += align_prepared(a, b, in_full, weight)
        else:
            found += _align_near(a, b, options, weight)
        if progress:
            progress(f"{a.name} – {b.name}")
    return tuple(sorted(found, key=lambda i: (i.a, i.b, i.a_start, i.b_start)))


def _same_table(documents: Mapping[str, Document], item: Alignment) -> bool:
    """Two tables of one official source are alike in all but their figures: that is no copy."""
    return (
        item.kind is PassageKind.EDITED
        and is_tabular(documents[item.a], item.a_start, item.a_end)
        and is_tabular(documents[item.b], item.b_start, item.b_end)
    )


def _pairs(prepared: Sequence[Prepared], options: PassageOptions) -> list[tuple[int, int]]:
    if options.thorough:
        return list(combinations(range(len(prepared)), 2))
    index = Index(length=options.run, sample=1 if len(prepared) <= _ALL_RUNS else 4)
    for item in prepared:
        index.add(mask(item.masked))
    least = 1 if len(prepared) <= _ALL_RUNS else _LEAST_SAMPLED
    return [(pair.a, pair.b) for pair in index.candidates(least=least)]


def corpus_weight(documents: Sequence[Words]) -> Weight:
    """Idf over documents; over sentences where a corpus is too small to have frequencies."""
    return document_weight(documents) if len(documents) >= 5 else sentence_weight(documents)


def _align_near(
    a: Prepared, b: Prepared, options: PassageOptions, weight: Weight
) -> list[Alignment]:
    """Align what lies near a shared run; keep what is long enough and holds such a run."""
    near_a, near_b = near_shared(a.masked, b.masked, margin=_MARGIN, length=options.run)
    part_a = a._replace(masked=_opened(a.masked, near_a))
    part_b = b._replace(masked=_opened(b.masked, near_b))
    return [
        item
        for item in align_prepared(part_a, part_b, options.align, weight)
        if item.words >= options.words and _has_run(a, b, item, options.run)
    ]


def _opened(words: Words, near: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Words:
    """The words near a shared run; each stretch of them opens a sentence of its own."""
    opens = near.copy()
    opens[1:] &= ~near[:-1]
    return replace(words, first=words.first | opens).take(near)


def _has_run(a: Prepared, b: Prepared, item: Alignment, run: int) -> bool:
    first = a.copy(item.a_start, item.a_end).words
    second = b.copy(item.b_start, item.b_end).words
    return bool(near_shared(first, second, margin=0, length=run)[0].any())


def _without_joint(
    alignments: Iterable[Alignment], joint: Iterable[tuple[str, ...]]
) -> list[Alignment]:
    group = {name: number for number, names in enumerate(joint) for name in names}
    return [item for item in alignments if group.get(item.a, -1) != group.get(item.b, -2)]


class _Writer:
    """Writes passages as records: holders in order, likely source first."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        sources: set[str],
        prepared: Mapping[str, Prepared],
        options: PassageOptions,
    ) -> None:
        self.documents = documents
        self.sources = sources
        self.prepared = prepared
        self.options = options

    def passage(self, found: Cluster) -> Passage:
        """One cluster as a passage."""
        names = self._ordered(found.spans)
        origin = self._origin(names)
        settings = [setting_of(self.documents[n], *found.spans[n]) for n in names if n != origin]
        holders = [name for name in names if name not in self.sources]
        strategies = len(self.documents) - len(self.sources)
        everyone = len(holders) >= max(3, self.options.template_share * strategies)
        return Passage(
            id=self._identity(names[0], found.spans[names[0]]),
            kind=_kind(found.alignments),
            words=max(item.words for item in found.alignments),
            substance=max(item.substance for item in found.alignments),
            holdings=tuple(self._holding(n, found.spans, names[0], origin) for n in names),
            source=origin,
            template=everyone,
            setting=settings[0] if len(set(settings)) == 1 else BODY,
        )

    def joint(self, group: Sequence[str]) -> Passage:
        """Documents that are one text, as one passage that only shows its opening."""
        spans = {name: (0, min(_SHOWN, self.documents[name].body_end)) for name in group}
        names = self._ordered(spans)
        return Passage(
            id=self._identity(names[0], spans[names[0]]),
            kind=PassageKind.EDITED,
            words=min(len(self.prepared[name].masked) for name in names),
            substance=0.0,
            holdings=tuple(self._holding(n, spans, names[0], None) for n in names),
            source=None,
            joint=True,
        )

    def _ordered(self, names: Iterable[str]) -> list[str]:
        """Earliest first; of one year a source before a strategy; undated sources first."""

        def key(name: str) -> tuple[int, bool, str]:
            is_source = name in self.sources
            undated = 0 if is_source else 9999
            return (self.documents[name].year or undated, not is_source, name)

        return sorted(names, key=key)

    def _origin(self, names: Sequence[str]) -> str | None:
        """The likely source: the first holder, unless another has the same claim."""
        first, second = self.documents[names[0]], self.documents[names[1]]
        if names[0] in self.sources:
            return names[0]
        if first.year is None or first.year == second.year:
            return None
        return names[0]

    def _identity(self, name: str, span: Span) -> str:
        words = " ".join(self.documents[name].text[span[0] : span[1]].casefold().split())
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    def _holding(
        self, name: str, spans: Mapping[str, Span], first: str, origin: str | None
    ) -> Holding:
        document, (start, end) = self.documents[name], spans[name]
        other = first if name != first else next(n for n in spans if n != name)
        page = document.page_at(start)
        attributed = (
            origin is not None
            and name != origin
            and is_attributed(document, (start, end), self.documents[origin])
        )
        return Holding(
            document=name,
            region=document.region,
            quotation=Quotation(
                document=name,
                page=page.index,
                page_label=page.label,
                text=document.text[start:end],
                start=start,
                end=end,
                marks=self._marks(name, spans[name], other, spans[other]),
                boxes=document.boxes(start, end),
            ),
            year=document.year,
            attributed=attributed,
            role="source" if name in self.sources else "strategy",
        )

    def _marks(self, name: str, span: Span, other: str, other_span: Span) -> tuple[Span, ...]:
        """Spans within the quotation of the words that the other copy has as well."""
        found = difference(self.prepared[name].copy(*span), self.prepared[other].copy(*other_span))
        return tuple((start - span[0], end - span[0]) for start, end in found.common_a)


def _kind(alignments: Sequence[Alignment]) -> PassageKind:
    """The closest that any two holders come: verbatim before place-swapped before edited."""
    order = (PassageKind.VERBATIM, PassageKind.PLACE_SWAPPED, PassageKind.EDITED)
    return min((item.kind for item in alignments), key=order.index)
