"""How much a priority stands out in a document against the corpus: TF-IDF over sectors."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import DocumentAnalysis


def with_salience(analyses: Sequence[DocumentAnalysis]) -> tuple[DocumentAnalysis, ...]:
    """Give each priority its TF-IDF weight against the corpus.

    Term frequency is the sector's share of the document's mentions, inverse document
    frequency ln((1 + N) / (1 + n)) + 1 over the documents that name it (the smoothed form of
    scikit-learn), so a sector that every document names keeps the weight of its share.
    """
    counts = [Counter(m.sector for m in a.mentions) for a in analyses]
    holders = Counter(sector for count in counts for sector in count)
    return tuple(
        msgspec.structs.replace(
            analysis,
            priorities=tuple(
                msgspec.structs.replace(
                    priority,
                    salience=round(
                        count[priority.sector]
                        / max(1, count.total())
                        * (math.log((1 + len(analyses)) / (1 + holders[priority.sector])) + 1.0),
                        4,
                    ),
                )
                for priority in analysis.priorities
            ),
        )
        for analysis, count in zip(analyses, counts, strict=True)
    )
