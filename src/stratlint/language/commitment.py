"""What a document says of a sector at each mention: one of eight classes, or no industry.

Mentions come from the sector matcher; their surroundings become features; the shipped model
turns features into calibrated probabilities, and thresholds chosen in training into a class.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from stratlint.language.context import (
    EMPTY,
    MentionContext,
    Reader,
    flat_contexts,
    group_of,
    own_words,
)
from stratlint.language.cues import load_cues
from stratlint.language.decision import decide as decide_outcome
from stratlint.language.decision import pooled, shared, to_probabilities
from stratlint.language.declarations import declarations
from stratlint.language.features import features
from stratlint.language.model import NONE, OUTCOMES, shipped_model
from stratlint.records import Block, Commitment, Document, Feature, Mention, Record, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from stratlint.language.context import Hit, Run
    from stratlint.language.declarations import Declaration
    from stratlint.language.gold import Passage
    from stratlint.language.model import Model
    from stratlint.language.pipeline import Parsed
    from stratlint.language.senses import SenseModel
    from stratlint.records import Sentence

DECLARED = "declared by the"
"""How the deciding feature of a declared mention begins."""
DECLARED_PROBABILITY = 0.95
DECLARED_WEIGHT = 3.0
LISTED = "in a list of chosen sectors"
AGAINST, AGAINST_LISTED = 0.35, 0.75
"""Probability of refusal or another's voice that outweighs a declaration."""
_MAX_RUN = 900
"""Characters of a neighbouring block that are looked at."""


class PassageMention(Record, frozen=True):
    """A mention in a passage: span in its text, class, probability, what decided."""

    sector: str
    start: int
    end: int
    commitment: Commitment
    probability: float
    features: tuple[Feature, ...]


class PassageResult(Record, frozen=True):
    """What a passage says: each sector with one class, and the mentions behind it."""

    labels: dict[str, str]
    mentions: tuple[PassageMention, ...]


def classify_passage(passage: Passage, model: Model | None = None) -> PassageResult:
    """Classify the sectors of a passage of flat text."""
    model = model or shipped_model()
    offset, hits, contexts = read_passage(passage)
    rows: dict[str, list[NDArray[np.float64]]] = {}
    mentions: list[PassageMention] = []
    found_by, probabilities = _score(contexts, model)
    for hit, found, row in zip(hits, found_by, probabilities, strict=True):
        rows.setdefault(hit.sector, []).append(row)
        outcome, probability = decide_outcome(row, model.file.thresholds)
        if outcome != NONE:
            mentions.append(
                PassageMention(
                    sector=hit.sector,
                    start=hit.start - offset,
                    end=hit.end - offset,
                    commitment=Commitment(outcome),
                    probability=round(probability, 3),
                    features=model.deciding(found, outcome),
                )
            )
    labels = {
        sector: outcome
        for sector in sorted(rows)
        if (outcome := decide_outcome(pooled(rows[sector]), model.file.thresholds)[0]) != NONE
    }
    return PassageResult(labels=labels, mentions=tuple(mentions))


def _score(
    contexts: Sequence[MentionContext], model: Model
) -> tuple[list[dict[str, float]], list[NDArray[np.float64]]]:
    """Features and probabilities of mentions; one enumeration is judged together."""
    found = [features(context) for context in contexts]
    scores = shared([model.scores(f) for f in found], [c.group for c in contexts])
    return found, [to_probabilities(row, model.file.temperature) for row in scores]


def read_passage(
    passage: Passage, senses: SenseModel | None = None
) -> tuple[int, list[Hit], list[MentionContext]]:
    """Find the mentions of a passage and what stands around them.

    Returns where the passage's own text begins behind its context, and, for each mention in
    that text, the hit (with offsets in context and text together) and its surroundings.
    """
    from stratlint.language.pipeline import document_of, parse

    before = f"{passage.context_before}\n\n" if passage.context_before else ""
    text = before + passage.text
    offset = len(before)
    blocks = [(0, len(passage.context_before)), (offset, len(text))] if before else []
    hits = parse(document_of(text, *blocks), senses=senses).spans
    contexts = flat_contexts(text, hits, load_cues(), place=passage.place, kind=passage.kind)
    own = [index for index, hit in enumerate(hits) if hit.start >= offset]
    return offset, [hits[i] for i in own], [contexts[i] for i in own]


def classify_mentions(
    document: Document,
    parsed: Parsed,
    *,
    own_region: str | None = None,
    kind: str | None = None,
    model: Model | None = None,
) -> tuple[Mention, ...]:
    """Decide the commitment of every hit of a document; a hit that names no industry drops."""
    model = model or shipped_model()
    sentences, hits = parsed.sentences, parsed.spans
    surroundings = _Surroundings(document, sentences, hits, own_region, kind or _kind(document))
    placed = [(hit, surroundings.sentence_of(hit)) for hit in hits]
    kept = [(hit, index) for hit, index in placed if index is not None]
    found_by, rows = _score([surroundings.context(hit, index) for hit, index in kept], model)
    declared = declarations(
        document,
        [hit for hit, _ in kept],
        [sentences[index].block for _, index in kept],
        surroundings.reader,
    )
    mentions: list[Mention] = []
    for number, ((hit, index), found, row) in enumerate(zip(kept, found_by, rows, strict=True)):
        if number in declared and _accepted(declared[number], row):
            mentions.append(_declared(hit, index, sentences, declared[number]))
            continue
        outcome, probability = decide_outcome(row, model.file.thresholds)
        if outcome == NONE:
            continue
        mentions.append(
            Mention(
                sector=hit.sector,
                start=hit.start,
                end=hit.end,
                term=hit.term,
                block=sentences[index].block,
                sentence=index,
                commitment=Commitment(outcome),
                probability=round(probability, 3),
                features=(
                    *_in_sentence(found, outcome),
                    *model.deciding(found, outcome),
                ),
            )
        )
    return tuple(mentions)


def _in_sentence(found: dict[str, float], outcome: str) -> tuple[Feature, ...]:
    """Say so where a sentence declares at least three sectors together."""
    several = found.keys() & {"sectors named here: 3-4", "sectors named here: 5 or more"}
    if outcome != Commitment.PRIORITY or not several or LISTED not in found:
        return ()
    return (Feature(name=f"{DECLARED} sentence", weight=1.0),)


def _accepted(declaration: Declaration, row: NDArray[np.float64]) -> bool:
    """Whether nothing speaks against a declaration.

    The first sentences of a section are running text, and may refuse or tell of others; the
    entries of a list hardly can.
    """
    against = float(row[OUTCOMES.index("negated")] + row[OUTCOMES.index("other_actor")])
    return against < (AGAINST if declaration.by == "section" else AGAINST_LISTED)


def _declared(
    hit: Hit, index: int, sentences: Sequence[Sentence], declaration: Declaration
) -> Mention:
    """A mention that a list, a table or a heading declares: no weighing can say more."""
    feature = Feature(
        name=f"{DECLARED} {declaration.by} '{declaration.words}'", weight=DECLARED_WEIGHT
    )
    return Mention(
        sector=hit.sector,
        start=hit.start,
        end=hit.end,
        term=hit.term,
        block=sentences[index].block,
        sentence=index,
        commitment=Commitment.PRIORITY,
        probability=DECLARED_PROBABILITY,
        features=(feature,),
    )


def _kind(document: Document) -> str:
    """Guess the kind of document from its title and first words."""
    opening = f"{document.title or ''} {document.source} {document.text[:3000]}".lower()
    if "local plan" in opening or "core strategy" in opening or "development plan" in opening:
        return "local plan"
    if "government" in opening and not document.region:
        return "national or fund document"
    return "smart specialisation strategy"


class _Surroundings:
    """Contexts of the mentions of one document."""

    def __init__(
        self,
        document: Document,
        sentences: tuple[Sentence, ...],
        hits: Sequence[Hit],
        own_region: str | None,
        kind: str,
    ) -> None:
        self._document = document
        self._sentences = sentences
        own = own_words(own_region or document.region)
        self.reader = Reader(document.text, hits, load_cues(), own)
        self._kind = kind
        self._starts = [s.start for s in sentences]

    def sentence_of(self, hit: Hit) -> int | None:
        """Index of the sentence that holds a hit, or None between sentences."""
        index = bisect_right(self._starts, hit.start) - 1
        if index < 0 or self._sentences[index].end <= hit.start:
            return None
        return index

    def context(self, hit: Hit, index: int) -> MentionContext:
        """Return what stands around a hit in its sentence."""
        sentence = self._sentences[index]
        block = self._document.blocks[sentence.block]
        run = self.reader.run(sentence.start, sentence.end)
        target = self.reader.target(sentence.start, sentence.end, hit) or 0
        siblings = self._siblings.get(block.lead_in, 0) if block.lead_in is not None else 0
        lead = None if block.lead_in is None else self._document.blocks[block.lead_in].start
        return MentionContext(
            sector=hit.sector,
            term=hit.term,
            run=run,
            target=target,
            kind=self._kind,
            lead=self._block_run(block.lead_in),
            heading=self._block_run(block.heading),
            header=self._header(block, hit),
            before=self._neighbour(index - 1, sentence.block),
            after=self._neighbour(index + 1, sentence.block),
            item=block.role is Role.LIST_ITEM,
            is_heading=block.role is Role.HEADING,
            is_cell=block.role is Role.TABLE_ROW,
            siblings=siblings,
            group=group_of(run, sentence.start, target, lead=lead, siblings=siblings),
        )

    @cached_property
    def _siblings(self) -> dict[int, int]:
        """Sectors named in the list items under each lead-in."""
        counts: dict[int, int] = {}
        for block in self._document.blocks:
            if block.role is Role.LIST_ITEM and block.lead_in is not None:
                named = len(self.reader.run(block.start, block.end).sectors)
                counts[block.lead_in] = counts.get(block.lead_in, 0) + named
        return counts

    def _block_run(self, index: int | None) -> Run:
        if index is None:
            return EMPTY
        block = self._document.blocks[index]
        return self.reader.run(max(block.start, block.end - _MAX_RUN), block.end)

    def _header(self, block: Block, hit: Hit) -> Run:
        """The header of the column in which a hit of a table row stands."""
        if block.header is None or not block.cells:
            return EMPTY
        header = self._document.blocks[block.header]
        column = bisect_right(block.cells, hit.start, key=itemgetter(0)) - 1
        if column < 0 or block.cells[column][1] <= hit.start:
            return EMPTY
        if column >= len(header.cells) or header.start == block.start:
            return EMPTY
        return self.reader.run(*header.cells[column])

    def _neighbour(self, index: int, block: int) -> Run:
        if not 0 <= index < len(self._sentences) or self._sentences[index].block != block:
            return EMPTY
        sentence = self._sentences[index]
        return self.reader.run(sentence.start, sentence.end)


__all__ = [
    "OUTCOMES",
    "PassageMention",
    "PassageResult",
    "classify_mentions",
    "classify_passage",
    "read_passage",
]
