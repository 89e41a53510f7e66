"""From commitments to a document's ranked priorities, with the evidence behind each.

A declared list outranks everything that is inferred; its stated order outranks tiers ('core' and
'emerging' sectors), tiers outrank counts. Where
nothing is declared, a sector is inferred only from several commitments in the document's own
voice, or from one that leaves little doubt; 'none found' is then a valid answer.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from stratlint.language.commitment.decide import DECLARED
from stratlint.priorities.tiers import FIRST, runs_on, stated_number, tier_of
from stratlint.records import Basis, Commitment, Priority, Record, Role
from stratlint.text.quoting import quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Document, Mention, Sentence

WEIGHTS = {
    Commitment.PRIORITY: 1.0,
    Commitment.SUPPORT: 0.4,
    Commitment.STRENGTH: 0.1,
}
"""What a mention adds to its sector's score; the other classes add nothing."""
EVIDENCE = 5
"""Most quotations per priority."""
SURE, PROMINENT, MANY = 0.6, 0.08, 40
"""Summed probability that is enough for a sector with this share of at least so many mentions."""
INFERRED = 1.2
"""Least summed probability of priority mentions in different blocks that infers a priority."""
STRONG = 0.72
"""Probability of one priority mention that is enough alone; tuned on short texts of one choice."""
LEAST_DECLARED = 2
"""Sectors below which a declaration is no list."""
_NOT_OWN_TEXT = frozenset({Role.CONTENTS, Role.QUOTATION, Role.RUNNING_HEAD, Role.FOOTNOTE})


class Standing(Record, frozen=True):
    """What a document says of one sector, added up.

    ``declared`` and ``stated`` are where a list or a sentence first names it; ``tier`` is 1 or 2,
    ``number`` the place that the document itself counts it at.
    """

    sector: str
    mentions: tuple[Mention, ...]
    score: float
    declared: tuple[int, int] | None
    stated: tuple[int, int] | None
    chosen: float
    places: int
    tier: int = FIRST
    number: int | None = None


def rank_priorities(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Priority, ...]:
    """Rank the sectors that a document selects; an empty tuple is 'none found'."""
    own = [m for m in mentions if document.blocks[m.block].role not in _NOT_OWN_TEXT]
    standings = _standings(document, own)
    declared = [s for s in standings if s.declared is not None]
    if len(declared) < LEAST_DECLARED:
        # No list, table or heading: a sentence may declare ('… five key clusters, namely …').
        declared = [s for s in standings if s.stated is not None]
    if declared:
        basis = Basis.DECLARED_LIST
        chosen = _in_stated_order(declared)
    else:
        basis = Basis.INFERRED
        chosen = sorted(
            (s for s in standings if _is_inferred(s, len(own))),
            key=lambda s: (s.tier, -s.score, s.sector),
        )
    return tuple(
        Priority(
            sector=standing.sector,
            rank=rank,
            basis=basis,
            score=round(standing.score, 3),
            mentions=len(standing.mentions),
            evidence=tuple(quotation(document, sentences, mention) for mention in _best(standing)),
        )
        for rank, standing in enumerate(chosen, start=1)
    )


def _in_stated_order(declared: Sequence[Standing]) -> list[Standing]:
    """By the document's own count where it runs through, else by tier and place in the text."""
    places = [s.declared or s.stated or (0, 0) for s in declared]
    counted = runs_on([s.number for s in declared], [block for block, _ in places])

    def key(standing: Standing) -> tuple[int, int, tuple[int, int], float, str]:
        number = standing.number if counted and standing.number is not None else 0
        place = standing.declared or standing.stated or (0, 0)
        return number, standing.tier, place, -standing.score, standing.sector

    return sorted(declared, key=key)


def _standings(document: Document, mentions: Sequence[Mention]) -> list[Standing]:
    by_sector: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sector[mention.sector].append(mention)
    first = _first_places([m for m in mentions if is_declared(m)])
    stated = _first_places([m for m in mentions if is_stated(m)])
    return [
        _with_tier(document, _standing(sector, tuple(group), first.get(sector), stated.get(sector)))
        for sector, group in sorted(by_sector.items())
    ]


def _with_tier(document: Document, standing: Standing) -> Standing:
    """Read tier and number from the mention that declares a sector, else its best tier."""
    place = standing.declared or standing.stated
    if place is None:
        chosen = [m for m in standing.mentions if m.commitment is Commitment.PRIORITY]
        tiers = [tier_of(document, m) or FIRST for m in chosen]
        return msgspec.structs.replace(standing, tier=min(tiers, default=FIRST))
    mention = next(m for m in standing.mentions if (m.block, m.start) == place)
    words = next((f.name for f in mention.features if f.name.startswith(DECLARED)), "")
    return msgspec.structs.replace(
        standing,
        tier=tier_of(document, mention, words) or FIRST,
        number=stated_number(document, mention),
    )


def _standing(
    sector: str,
    mentions: tuple[Mention, ...],
    declared: tuple[int, int] | None,
    stated: tuple[int, int] | None,
) -> Standing:
    """Add up, one mention a block: repeating a word is not committing twice."""
    best: dict[int, float] = {}
    chosen: dict[int, float] = {}
    for mention in mentions:
        weight = WEIGHTS.get(mention.commitment, 0.0) * mention.probability
        best[mention.block] = max(best.get(mention.block, 0.0), weight)
        if mention.commitment is Commitment.PRIORITY:
            chosen[mention.block] = max(chosen.get(mention.block, 0.0), mention.probability)
    return Standing(
        sector=sector,
        mentions=mentions,
        score=sum(best.values()),
        declared=declared,
        stated=stated,
        chosen=sum(chosen.values()),
        places=len(chosen),
    )


def _first_places(mentions: Sequence[Mention]) -> dict[str, tuple[int, int]]:
    """Where each sector is first named among some mentions: its stated order."""
    first: dict[str, tuple[int, int]] = {}
    for mention in mentions:
        place = (mention.block, mention.start)
        first[mention.sector] = min(first.get(mention.sector, place), place)
    return first


def is_declared(mention: Mention) -> bool:
    """Whether a list, a table or a heading declares the mention."""
    return any(
        f.name.startswith(DECLARED) and f.name != f"{DECLARED} sentence" for f in mention.features
    )


def is_stated(mention: Mention) -> bool:
    """Whether a sentence declares the mention together with others."""
    return any(f.name == f"{DECLARED} sentence" for f in mention.features)


def _is_inferred(standing: Standing, mentions: int) -> bool:
    """Whether several commitments, a strong one, or one in a prominent sector infer a priority."""
    share = len(standing.mentions) / max(1, mentions)
    several = standing.chosen >= INFERRED and standing.places >= 2
    prominent = standing.chosen >= SURE and share >= PROMINENT and mentions >= MANY
    chosen = (m for m in standing.mentions if m.commitment is Commitment.PRIORITY)
    return several or prominent or any(m.probability >= STRONG for m in chosen)


def _best(standing: Standing) -> list[Mention]:
    """The mentions that carry a priority, best first, one a sentence."""
    ordered = sorted(
        standing.mentions,
        key=lambda m: (
            not is_declared(m),
            -WEIGHTS.get(m.commitment, 0.0),
            -m.probability,
            m.start,
        ),
    )
    seen: set[int] = set()
    kept = []
    for mention in ordered:
        if mention.sentence not in seen and mention.commitment.is_committed:
            seen.add(mention.sentence)
            kept.append(mention)
    return kept[:EVIDENCE]
