"""Mentions to learn from: those of labelled passages, with features and outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from stratlint.language.commitment.decide import read_passage, stated_of
from stratlint.language.commitment.features import features
from stratlint.language.commitment.model import NONE
from stratlint.records import Record
from stratlint.training.examples import load_examples
from stratlint.training.senses import senses_without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.sectors.senses import SenseModel
    from stratlint.training.gold import GoldPassage

LABELLED = 0.5
"""Weight of a label from a whole document beside one of the gold: they are many of few."""


class Instance(Record, frozen=True):
    """A mention to learn from: its passage, sector, features, outcome, and what is said of it."""

    passage: str
    document: str
    sector: str
    features: dict[str, float]
    outcome: str | None
    group: tuple[int, int] = (0, 0)
    weight: float = 1.0
    stated: str | None = None


def instances(
    passages: Sequence[GoldPassage], filters: Sequence[SenseModel | None] | None = None
) -> list[Instance]:
    """Find the mentions of labelled passages; disputed ones have no outcome.

    A label belongs to (passage, sector): several mentions share it and its weight.
    """
    # Mentions to learn from are those that an unseen document would give: the sense filter
    # that reads a passage has not seen its document.
    filters = senses_without(passages) if filters is None else filters
    found: list[Instance] = []
    for passage, senses in zip(passages, filters, strict=True):
        _, hits, contexts = read_passage(passage, senses)
        counts = Counter(hit.sector for hit in hits)
        for hit, context in zip(hits, contexts, strict=True):
            label = passage.labels.get(hit.sector)
            outcome = None if hit.sector in passage.disputed else (label.value if label else NONE)
            found.append(
                Instance(
                    passage=passage.id,
                    document=passage.document,
                    sector=hit.sector,
                    features=features(context),
                    outcome=outcome,
                    group=context.group,
                    weight=1.0 / counts[hit.sector],
                    stated=stated_of(context),
                )
            )
    return found


def worked_instances() -> list[Instance]:
    """Find the mentions of the worked examples, to learn from beside any passages."""
    examples = load_examples()
    kept = [None] * len(examples)
    return [i for i in instances(examples, kept) if i.outcome != NONE]


def labelled_instances(
    labelled: Sequence[GoldPassage], passages: Sequence[GoldPassage]
) -> list[Instance]:
    """Find the mentions of labelled passages to learn from beside ``passages``.

    Their sense filter is that of their document among ``passages``, which it has not seen.
    """
    if not labelled:
        return []
    filters = {
        passage.document: senses
        for passage, senses in zip(passages, senses_without(passages), strict=True)
    }
    found = instances(labelled, [filters.get(p.document) for p in labelled])
    return [msgspec.structs.replace(i, weight=i.weight * LABELLED) for i in found]
