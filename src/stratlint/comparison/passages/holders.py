"""Passages as records: who holds them, where they stand, and who is the likely source."""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING

from stratlint.comparison.passages.difference import difference, kind_of
from stratlint.comparison.passages.setting import (
    BODY,
    IMPRINT,
    QUOTED,
    blocks_in,
    footnotes_of,
    is_attributed,
    setting_of,
)
from stratlint.records import (
    Alignment,
    Document,
    Holding,
    Passage,
    PassageKind,
    Quotation,
    Role,
    Span,
)
from stratlint.text.quoting import QUOTATION_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stratlint.comparison.passages.clusters import Cluster
    from stratlint.comparison.passages.ready import Texts

_ORDER = (PassageKind.VERBATIM, PassageKind.PLACE_SWAPPED, PassageKind.EDITED)
_ASKED = 16
"""Holders of a passage that are compared with each other, at most."""


def _agreed(settings: Sequence[str]) -> str:
    """The setting of all holders; an imprint is one wherever the next house puts it."""
    if IMPRINT in settings:
        return IMPRINT
    return settings[0] if len(set(settings)) == 1 else BODY


def opening(document: Document) -> Span:
    """The first words of a document, to show which text it is."""
    end = min(QUOTATION_LIMIT, document.body_end)
    if end < document.body_end:
        end = max(document.text.rfind(" ", 0, end), 1)
    return 0, end


def _below_heading(document: Document, span: Span) -> Span:
    """A span without the heading that it begins in: a title is no part of what was copied.

    What is for the most part heading stays as it is.
    """
    start, end = span
    for index in blocks_in(document, start, end):
        block = document.blocks[index]
        if block.role is not Role.HEADING:
            below = max(start, block.start)
            return (below, end) if 2 * (below - start) < end - start else span
    return span


class Writer:
    """Writes passages as records: holders in order, likely source first."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        sources: set[str],
        texts: Texts,
        template_share: float,
    ) -> None:
        self.documents = documents
        self.sources = sources
        self.texts = texts
        self.template_share = template_share
        self._notes: dict[str, dict[int, list[str]]] = {}

    def passage(self, found: Cluster) -> Passage:
        """One cluster as a passage."""
        spans = found.spans
        names = self._ordered(spans)
        origin = self._origin(names)
        settings = [setting_of(self.documents[n], *spans[n]) for n in names if n != origin]
        setting = _agreed(settings)
        if setting in (BODY, QUOTED):
            spans = {n: _below_heading(self.documents[n], span) for n, span in spans.items()}
        holders = [name for name in names if name not in self.sources]
        strategies = len(self.documents) - len(self.sources)
        everyone = len(holders) >= max(3, self.template_share * strategies)
        return Passage(
            id=self._identity(names[0], spans[names[0]]),
            kind=self._kind(found),
            words=max(item.words - self._cut(item, spans) for item in found.alignments),
            substance=max(item.substance for item in found.alignments),
            holdings=tuple(self._holding(n, spans, names[0], origin) for n in names),
            source=origin,
            template=everyone,
            setting=setting,
        )

    def _cut(self, item: Alignment, spans: Mapping[str, Span]) -> int:
        """Words of an alignment that stand in a heading above the passage."""
        text, begin = self.documents[item.a].text, spans[item.a][0]
        return len(text[item.a_start : begin].split()) if item.a_start < begin else 0

    def joint(self, group: Sequence[str]) -> Passage:
        """Documents that are one text, as one passage that only shows its opening."""
        spans = {name: opening(self.documents[name]) for name in group}
        names = self._ordered(spans)
        return Passage(
            id=self._identity(names[0], spans[names[0]]),
            kind=PassageKind.EDITED,
            words=min(self.texts.words(name) for name in names),
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
            and is_attributed(document, (start, end), self.documents[origin], self._noted(name))
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
                place="" if document.paged else document.place_of(start),
            ),
            year=document.year,
            attributed=attributed,
            role="source" if name in self.sources else "strategy",
        )

    def _noted(self, name: str) -> dict[int, list[str]]:
        """The footnotes of a document, looked for once."""
        if name not in self._notes:
            self._notes[name] = footnotes_of(self.documents[name])
        return self._notes[name]

    def _marks(self, name: str, span: Span, other: str, other_span: Span) -> tuple[Span, ...]:
        """Spans within the quotation of the words that the other copy has as well."""
        found = difference(self.texts.copy(name, span), self.texts.copy(other, other_span))
        return found.common_a

    def _kind(self, found: Cluster) -> PassageKind:
        """The closest that any two holders come: verbatim before place-swapped before edited.

        Holders of a text that many carry are aligned with one of them, so the others are asked
        as well, where that one does not settle it.
        """
        closest = min((item.kind for item in found.alignments), key=_ORDER.index)
        if closest is PassageKind.VERBATIM or len(found.spans) <= 2:
            return closest
        known = {(item.a, item.b) for item in found.alignments}
        copies = {n: self.texts.copy(n, s) for n, s in list(found.spans.items())[:_ASKED]}
        kinds = [
            kind_of(copies[a], copies[b])
            for a, b in combinations(copies, 2)
            if (a, b) not in known and (b, a) not in known
        ]
        return min([closest, *kinds], key=_ORDER.index)
