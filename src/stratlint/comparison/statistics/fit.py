"""Priorities beside evidence: emphasis, shares above a quotient, strengths that are ignored."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from stratlint.evidence.marks import CUTS, STRONG
from stratlint.records import DocumentAnalysis, Quotient

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


DIVISIONS = 88
"""Divisions of SIC 2007, which are those of NACE Rev. 2."""


class Breadth(NamedTuple):
    """How much of the economy priorities cover, and by how many different names.

    ``coverage`` is ``divisions`` over all of SIC 2007; ``granularity`` is ``names`` over
    ``priorities``, None without priorities.
    """

    priorities: int
    divisions: int
    coverage: float
    divisions_per_priority: float | None
    names: int
    granularity: float | None


def commitment_weights(analysis: DocumentAnalysis) -> dict[str, float]:
    """How much of a document's commitment each sector has, by the one scale of weights.

    The order of mentions, which a digest does not keep, makes no difference to the last digit.
    """
    weights: dict[str, list[float]] = {}
    for mention in analysis.mentions:
        committed = mention.commitment.is_committed
        weight = mention.commitment.weight * mention.probability if committed else 0.0
        if weight:
            weights.setdefault(mention.sector, []).append(weight)
    return {sector: math.fsum(found) for sector, found in sorted(weights.items())}


def emphasis_quotients(weights: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """A sector's share of a document's weight over its share of the whole corpus's.

    Built as a location quotient is, so that claim and strength stand on one axis: above 1 the
    document speaks more of the sector than the documents do together.
    """
    corpus: dict[str, float] = {}
    for row in weights.values():
        for sector, weight in row.items():
            corpus[sector] = corpus.get(sector, 0.0) + weight
    everything = sum(corpus.values())
    result: dict[str, dict[str, float]] = {}
    for name, row in weights.items():
        total = sum(row.values())
        result[name] = {
            sector: (row[sector] / total) / (corpus[sector] / everything) for sector in sorted(row)
        }
    return result


def shares_above(
    priorities: Collection[str], quotients: Mapping[str, Quotient], cuts: Sequence[float] = CUTS
) -> tuple[int, dict[str, float]]:
    """How many priorities have a quotient at all, and the share of those above each mark.

    Both terms are given because a share of two measured priorities says little.
    """
    values = [quotients[sector].value for sector in sorted(priorities) if sector in quotients]
    shares = {
        f"{cut:g}" if cut % 1 else f"{cut:.1f}": (
            sum(value > cut for value in values) / len(values) if values else 0.0
        )
        for cut in cuts
    }
    return len(values), shares


def ignored_strengths(
    priorities: Collection[str], quotients: Mapping[str, Quotient], *, strong: float = STRONG
) -> tuple[str, ...]:
    """Sectors with a strong, reliable quotient that are no priority, strongest first."""
    found = [
        quotient
        for sector, quotient in quotients.items()
        if sector not in priorities and quotient.reliable and quotient.value >= strong
    ]
    return tuple(q.sector for q in sorted(found, key=lambda q: (-q.value, q.sector)))


def breadth(analysis: DocumentAnalysis, codes: Mapping[str, Sequence[str]]) -> Breadth:
    """How widely and how finely a document chooses.

    ``codes`` maps a sector to its SIC 2007 codes. After Gianelle, Guzzo and Mieszkowski (2020),
    'Smart Specialisation: what gets lost in translation from concept to practice?', Regional
    Studies 54(10), who ask how many priorities there are, how much of the economy they cover and
    how specific they are. The measures are ours: theirs rest on reading by hand.
    """
    chosen = [priority.sector for priority in analysis.priorities]
    divisions = [{code[:2] for code in codes.get(sector, ())} for sector in chosen]
    covered = set().union(*divisions)
    names = {
        (m.sector, m.term.casefold())
        for m in analysis.mentions
        if m.sector in chosen and m.commitment.is_committed
    }
    known = [found for found in divisions if found]
    return Breadth(
        priorities=len(chosen),
        divisions=len(covered),
        coverage=len(covered) / DIVISIONS,
        divisions_per_priority=sum(map(len, known)) / len(known) if known else None,
        names=len(names),
        granularity=len(names) / len(chosen) if chosen else None,
    )
