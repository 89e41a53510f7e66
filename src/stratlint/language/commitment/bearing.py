"""What a clause without names says of those before it: 'The second has our money', 'So is this.'"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.language.commitment.governing import REPORTS
from stratlint.language.commitment.saying import said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import Polarity
    from stratlint.language.commitment.segments import Segment

_GETS = re.compile(
    r"\b(?:gets?|will (?:get|have|receive|take)|receives?|has|have|carr(?:y|ies)) (?:\w+"
    r" ){0,5}(?:programme|program|fund|funds"
    r"|money|budget|priority|effort|efforts|attention|backing|investment)\b"
    r"|\b(?:is|are) (?:what|where|why) (?:the|our|this|we)\b|\b(?:made|make|makes) the (?:cut"
    r"|list|grade|plan)\b"
)
POINTS = re.compile(
    r"(?:^|\b)(?P<ref>the (?:first|last|top|other|latter|former) (?:two|three|four|pair|couple)"
    r"|the (?:middle|first|second|third|last) (?:one|of (?:these|those|them))\b"
    r"|the (?:latter|former) (?:one|sector|industry|trade|cluster)\b|the (?:pair|two|three) of them"
    r"|each(?= (?:of (?:them|these|those|the)|is|has|gets?|will) )"
    r"|(?:this|that) (?:sector|industry|trade|cluster)\b|the middle(?= [.,;]|$)|the (?:first"
    r"|second|third|last|former"
    r"|latter)(?: and (?:the )?(?:second|third|fourth|last))?(?= (?:of |is |are |was |were |has "
    r"|have |will |gets? |that "
    r"|which |we |, )|$)|both|neither|(?:the|that|this|these|those) (?:two|three|four|pair|trio"
    r"|couple|lot)\b(?! [a-z]+"
    r"(?:s|ies) (?:will|of) )|all (?:two|three|four|of them))\b"
)
"""What points at several names before it, whatever is said of them."""


def bearing(segments: Sequence[Segment], behind: int = -1) -> Polarity | None:
    """What the clauses of a sentence say of what is chosen, ``behind`` a word of it."""
    for segment in segments:
        for match in segment.matches:
            entry = match.entry
            if entry is None or entry.side == "label" or segment.tokens[match.start] <= behind:
                continue
            if entry.polarity in ("chosen", "refused", "demoted"):
                said = said_of(segment, match, None, "own")
                if said.polarity in ("chosen", "refused", "demoted") and said.voice != "other":
                    return said.polarity
        if (
            segment.tokens[0] > behind
            and _GETS.search(" ".join(segment.words))
            and not _others(segment)
        ):
            return "chosen"
        if segment.tokens[0] > behind and _undertakes(segment):
            return "chosen"
    return None


_FORWARD = re.compile(
    r"\b(?:will|shall|must|has|have|is|are|was|were) (?:\w+ )?(?:(?:be|been) )?(?:\w+ )?"
    r"(?:given|written|made|spent|turned|devoted|directed|put|placed|conferred|awarded|granted"
    r"|persuaded|convinced|won over|swayed|for|on|go(?:es)?|direct|spend|place|devote|give|invest"
    r"|build|act|concentrate)\b"
    r"|\b(?:won|wins|prevailed|carried the (?:day|vote)|goes to|went to|exists? for"
    r"|lives? (?:for|by|on))\b"
)
"""What a body does for what it means by 'the pair of them', 'the second', 'this sector'."""


_GIVEN = re.compile(
    r"^(?:it|this|that|status|the \w+) (?:has been|have been|was|is|will be) (?:\w+ )?"
    r"(?:given|conferred|awarded|granted|bestowed) (?:to|on|upon)\b"
)


def _undertakes(segment: Segment) -> bool:
    """Whether a clause says in the own voice that something is done for what it points at."""
    words = " ".join(segment.words)
    own = any(match.name == "own" for match in segment.matches)
    own = own or _GIVEN.search(words) is not None
    ruled = any(m.name in ("past", "doubt", "modal", "negators") for m in segment.matches)
    told = any(m.entry is not None and m.entry.polarity in REPORTS for m in segment.matches)
    if _others(segment) or ruled or told or not POINTS.search(words):
        return False
    return own and _FORWARD.search(words) is not None


def _others(segment: Segment) -> bool:
    return any(match.name == "other" for match in segment.matches)
