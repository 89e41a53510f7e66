"""Weigh the declarations of a document together, and what it undertakes without declaring.

No declaration shuts out the others. Lists, tables and headings that choose speak for themselves: of
those in 24 strategies, 95 of 100 members were what their readers found chosen, against 58 of those
of single sentences, which therefore need more: a second place, the document's own voice in so many
words, the classifier's word. A refusal in the document's own voice takes a sector out, unless
surer declarations choose it; what others chose, what was chosen once and what is only asked
counts for nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from stratlint.records import Commitment, Form, Polarity, Record, Role, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.records import Declaration, Document, Member, Mention

ENOUGH = 1.0
"""Weight from which a sector is chosen."""
LISTED, LOOSE, FUNDED = 1.0, 0.5, 0.5
"""Weight of a list, a table or headings that choose, of those under weaker words, and of aims and
funded measures."""
FIRM = 0.7
"""Weight from which weaker words are firm; in a long text something firm must choose a sector."""
SAID, HINTED = 0.5, 0.25
"""Weight of a sentence in so many words, and of a weaker one."""
OWN, AGREED, SEVERAL = 0.2, 0.2, 0.05
"""Added to a sentence in the document's own voice in so many words, to one that the classifier
reads as a priority, and to one that chooses several."""
SHORT, BRIEF = 40, 0.5
"""Sentences of a text so short that one of them speaks for it, and what that adds."""
PROSE = 0.25
"""Added where no list, table or headings choose: then sentences are all there is."""
AGREES = 0.65
"""Probability of a sentence's member, half of it the classifier's, from which the two agree."""
REFERRED = 0.55
"""Taken from what a sentence of a long text says of one or two sectors before it."""
FOREIGN, RARE = 0.4, 3
"""Taken from a sentence whose subject has a name that stands in the text so few times."""
LONG, MORE = 300, 0.2
"""Sentences of a usual strategy, and what each doubling asks of sentences that choose."""
SHARES = (1.0, 0.5, 0.2, 0.2)
"""How much of the heaviest, the second and so on of the places that say the same counts."""
MOST = {True: 1.0, False: 0.6}
"""Most that undeclared mentions add, in short texts and in long ones."""
UNDECLARED, STRONG = 0.3, 0.75
"""Weight of an undeclared priority mention a block; the probability from which it is doubled."""
_OUT = (Polarity.REFUSED, Polarity.DEMOTED)
_OURS = (Voice.OWN, Voice.ADOPTED)
_SENTENCES = (Form.SENTENCE, Form.PARENTHESIS)
_AIMS = (Form.MEASURES, Form.OBJECTIVES)
_OWN = re.compile(
    r"\b(?:we|our|ours|us|(?:this|the|present) (?:\w+ )?(?:plan|strategy|framework"
    r"|document|prospectus|agenda|partnership|council|board|authority|committee|cabinet|agency|county|city|town|region|borough|district"
    r"|province|municipality|mayor|programme|vision)(?:’s|'s)?)\b",
    re.IGNORECASE,
)


_THEIRS = re.compile(r"\W*(?:their|his|her|several|many|some|others)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’]+")


class Weight(Record):
    """What speaks for a sector and against it, and the surest declaration that chooses it.

    ``enough`` is the weight from which it is chosen, ``sure`` whether anything firm chooses it.
    """

    sector: str
    chosen: float
    refused: float
    declared_by: int | None
    sure: bool = True
    enough: float = 1.0


def weigh(
    document: Document,
    sentences: int,
    declarations: Sequence[Declaration],
    mentions: Sequence[Mention],
) -> dict[str, Weight]:
    """Weigh each sector that is named, in a document of so many sentences."""
    chosen: dict[str, dict[int, float]] = defaultdict(dict)
    refused: dict[str, dict[int, float]] = defaultdict(dict)
    best: dict[str, tuple[float, int]] = {}
    firm: set[str] = set()
    listed = {s for d in declarations if _is_listed(d) for s in d.sectors}
    likely = _likely(mentions)
    short = sentences <= SHORT
    names = Counter(_NAME.findall(document.text))
    spare = BRIEF if short else (0.0 if any(map(_is_main, declarations)) else PROSE)
    for index, declaration in enumerate(declarations):
        against = declaration.polarity in _OUT
        if not declaration.chooses and not (against and declaration.voice in _OURS):
            continue
        for member in declaration.members:
            for sector in member.sectors:
                agreed = likely.get((sector, member.start), 0.0)
                weight = _weight(document, declaration, agreed, spare, names)
                if declaration.form in _SENTENCES and not _holds(document, declaration, member):
                    weight -= 0.0 if short or len(declaration.sectors) > 2 else REFERRED
                side = refused if against else chosen
                side[sector][declaration.start] = max(
                    weight, side[sector].get(declaration.start, 0.0)
                )
                if not against and (declaration.sure or weight >= FIRM):
                    firm.add(sector)
                if not against and (sector not in best or weight > best[sector][0]):
                    best[sector] = (weight, index)
    inferred, beside = _undeclared(document, declarations, mentions, spare)
    for sector, weights in beside.items():
        chosen[sector] |= weights
        firm.add(sector)
    return {
        sector: Weight(
            sector=sector,
            chosen=round(
                _added(chosen[sector].values()) + min(inferred.get(sector, 0.0), MOST[short]), 3
            ),
            refused=round(_added(refused[sector].values()), 3),
            declared_by=best[sector][1] if sector in best else None,
            sure=short or sector in firm,
            enough=ENOUGH if sector in listed else _enough(sentences),
        )
        for sector in sorted({m.sector for m in mentions})
    }


def _likely(mentions: Sequence[Mention]) -> dict[tuple[str, int], float]:
    return {(m.sector, m.start): m.probability for m in mentions}


def _added(weights: Iterable[float]) -> float:
    """The heaviest in full, the second by half, the rest by little: noise adds up in long texts."""
    ordered = sorted(weights, reverse=True)
    return sum(weight * share for weight, share in zip(ordered, SHARES, strict=False))


def is_chosen(weight: Weight) -> bool:
    """Whether a sector is a priority."""
    return weight.sure and weight.chosen >= weight.enough and weight.chosen > weight.refused


def _foreign(document: Document, declaration: Declaration, names: Counter[str]) -> bool:
    """Whether the words that declare have a subject that the document hardly ever names."""
    sentence = document.text[declaration.start : declaration.end]
    if _THEIRS.match(sentence):
        return True
    said = frozenset(declaration.phrase.lower().replace("'", "’").split())
    found = (m.group() for m in _NAME.finditer(sentence) if m.start())
    return any(names[name] <= RARE for name in found if name.lower() in said)


def _holds(document: Document, declaration: Declaration, member: Member) -> bool:
    """Whether a sentence has both the words that declare and the member."""
    if not declaration.start <= member.start < declaration.end:
        return False
    said = document.text[declaration.start : declaration.end].lower()
    last = next((w for w in reversed(declaration.phrase.split()) if w.isalpha()), "")
    return last.isupper() or last in said


def _enough(sentences: int) -> float:
    """Weight from which sentences choose: the longer a text, the more of them seem to by chance."""
    return ENOUGH + MORE * max(0.0, math.log2(max(1, sentences) / LONG))


def _is_listed(declaration: Declaration) -> bool:
    structural = declaration.form not in (*_SENTENCES, *_AIMS)
    return structural and declaration.chooses and declaration.sure


def _is_main(declaration: Declaration) -> bool:
    """Whether a list, a table or headings choose for the whole document."""
    return _is_listed(declaration) and len(declaration.sectors) > 2


def _weight(
    document: Document,
    declaration: Declaration,
    probability: float,
    spare: float,
    names: Counter[str],
) -> float:
    """The weight of a declaration for a member of which the classifier thinks so much."""
    if declaration.form in _AIMS:
        return FUNDED + spare
    if declaration.form not in _SENTENCES:
        several = len(declaration.sectors) > 1 or spare > 0
        return LISTED if declaration.sure and several else LOOSE + spare
    weight = SAID if declaration.sure else HINTED
    weight += spare if declaration.sure or spare == BRIEF else 0.0
    if _OWN.search(document.text, declaration.start, declaration.end):
        weight += OWN
    elif spare != BRIEF and _foreign(document, declaration, names):
        weight -= FOREIGN
    if probability >= AGREES:
        weight += AGREED
    return weight + SEVERAL * (len(declaration.sectors) > 1)


def _undeclared(
    document: Document,
    declarations: Sequence[Declaration],
    mentions: Sequence[Mention],
    spare: float,
) -> tuple[dict[str, float], dict[str, dict[int, float]]]:
    """What priority mentions add that no declaration holds, one a block; and those beside one.

    Beside a name that its sentence chooses, another that the classifier reads as a priority is
    likely one more of those chosen.
    """
    spans = [
        (d.start, d.end) for d in declarations if d.chooses and d.sure and d.form in _SENTENCES
    ]
    blocks: dict[str, dict[int, float]] = defaultdict(dict)
    beside: dict[str, dict[int, float]] = defaultdict(dict)
    for mention in mentions:
        if mention.declared_by is not None or mention.commitment is not Commitment.PRIORITY:
            continue
        if spare != BRIEF and document.blocks[mention.block].role is Role.TABLE_ROW:
            continue
        value = UNDECLARED * (2 if mention.probability >= STRONG else 1)
        if any(start <= mention.start < end for start, end in spans):
            beside[mention.sector][mention.start] = SAID + spare + value
            continue
        value += BRIEF / 2 if spare == BRIEF else 0.0
        known = blocks[mention.sector].get(mention.block, 0.0)
        blocks[mention.sector][mention.block] = max(known, value)
    return {sector: sum(values.values()) for sector, values in blocks.items()}, beside
