"""From commitments to a document's ranked priorities, with the evidence behind each.

The order is the document's own where it counts its sectors through, else tiers ('core' and
'emerging' sectors), else the place in the text; counts of mentions decide last. Where nothing is
declared or undertaken, 'none found' is a valid answer.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from stratlint.priorities.tiers import FIRST, runs_on, stated_number, tier_of
from stratlint.priorities.weighing import weigh
from stratlint.records import Basis, Commitment, Form, Priority, Record, Role
from stratlint.text.quoting import quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.priorities.reasons import Weight
    from stratlint.priorities.treatment import TreatmentModel
    from stratlint.records import Declaration, Document, Kind, Mention, Sentence

EVIDENCE = 5
"""Most quotations per priority."""
_NOT_OWN_TEXT = frozenset({Role.CONTENTS, Role.QUOTATION, Role.RUNNING_HEAD, Role.FOOTNOTE})


class Standing(Record, frozen=True):
    """A chosen sector: its mentions, its score, and where it stands in the document's order.

    ``tier`` is 1 or 2, ``number`` the place that the document itself counts it at.
    """

    sector: str
    mentions: tuple[Mention, ...]
    score: float
    place: int | None
    tier: int = FIRST
    number: int | None = None


def rank_priorities(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    declarations: Sequence[Declaration],
    *,
    kind: Kind | None = None,
) -> tuple[Priority, ...]:
    """Rank the sectors that a document selects; an empty tuple is 'none found'.

    ``kind`` is the document's: land-use plans dwell on sectors that they do not choose.
    """
    by_sector: dict[str, list[Mention]] = defaultdict(list)
    for mention in own_mentions(document, mentions):
        by_sector[mention.sector].append(mention)
    weights = weigh_sectors(document, sentences, mentions, declarations, kind=kind)
    standings = [
        _standing(document, tuple(by_sector[sector]), declarations, weight.declared_by)
        for sector, weight in sorted(weights.items())
        if weight.is_chosen
    ]
    declared = any(s.place is not None for s in standings)
    return tuple(
        Priority(
            sector=standing.sector,
            rank=rank,
            basis=Basis.DECLARED_LIST if standing.place is not None else Basis.INFERRED,
            score=round(standing.score, 3),
            mentions=len(standing.mentions),
            evidence=tuple(
                quotation(document, sentences, mention) for mention in _best(standing, declarations)
            ),
        )
        for rank, standing in enumerate(_ordered(standings, declared=declared), start=1)
    )


def weigh_sectors(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    declarations: Sequence[Declaration],
    *,
    kind: Kind | None = None,
    treatment: TreatmentModel | None = None,
) -> dict[str, Weight]:
    """What speaks for each sector that a document names in its own text, and against it."""
    own = own_mentions(document, mentions)
    return weigh(document, sentences, declarations, own, kind=kind, treatment=treatment)


def own_mentions(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that stand in a document's own text."""
    return [m for m in mentions if document.blocks[m.block].role not in _NOT_OWN_TEXT]


def _ordered(standings: Sequence[Standing], *, declared: bool) -> list[Standing]:
    """By the document's own count where it runs through, else by tier and place in the text."""
    counted = declared and runs_on([s.number for s in standings], [s.place or 0 for s in standings])

    def key(standing: Standing) -> tuple[int, int, float, float, str]:
        number = standing.number if counted and standing.number is not None else 0
        place = float("inf") if standing.place is None else float(standing.place)
        return number, standing.tier, place, -standing.score, standing.sector

    return sorted(standings, key=key)


def _standing(
    document: Document,
    mentions: tuple[Mention, ...],
    declarations: Sequence[Declaration],
    declared_by: int | None,
) -> Standing:
    """Add up, one mention a block: repeating a word is not committing twice."""
    best: dict[int, float] = {}
    for mention in mentions:
        weight = mention.commitment.weight * mention.probability
        best[mention.block] = max(best.get(mention.block, 0.0), weight)
    sector = mentions[0].sector
    place, number, tier = None, None, None
    if declared_by is not None:
        declaration = declarations[declared_by]
        member = next(m for m in declaration.members if sector in m.sectors)
        place, number, tier = member.start, member.count, declaration.tier
        mention = next((m for m in mentions if m.start >= member.start), mentions[0])
        number = number or stated_number(document, mention)
        tier = tier or tier_of(document, mention, declaration.phrase)
    else:
        chosen = [m for m in mentions if m.commitment is Commitment.PRIORITY]
        tier = min((tier_of(document, m) or FIRST for m in chosen), default=FIRST)
    return Standing(
        sector=sector,
        mentions=mentions,
        score=sum(best.values()),
        place=place,
        tier=tier or FIRST,
        number=number,
    )


def _best(standing: Standing, declarations: Sequence[Declaration]) -> list[Mention]:
    """The mentions that carry a priority, best first, one a sentence."""

    def key(mention: Mention) -> tuple[float, float, float, int]:
        by = None if mention.declared_by is None else declarations[mention.declared_by]
        listed = by is not None and by.chooses and by.form not in (Form.SENTENCE, Form.PARENTHESIS)
        rank = 0.0 if listed else (1.0 if by is not None and by.chooses else 2.0)
        weight = mention.commitment.weight
        return rank, -weight, -mention.probability, mention.start

    seen: set[int] = set()
    kept = []
    for mention in sorted(standing.mentions, key=key):
        if mention.sentence not in seen and mention.commitment.is_committed:
            seen.add(mention.sentence)
            kept.append(mention)
    return kept[:EVIDENCE]
