"""What a clause without names says of those before it: 'The second has our money', 'So is this.'"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.governing import REPORTS
from stratlint.language.commitment.saying import said_of
from stratlint.text.wordings import ExactWordings, WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.frames import Polarity
    from stratlint.language.commitment.segments import Segment


class Words(WordFile):
    """``rules/language/commitment/bearing.yaml``."""

    gets: ExactWordings
    points: ExactWordings
    forward: ExactWordings
    given: ExactWordings


wordings = words_of("commitment/bearing", Words)


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
            and wordings().gets.search(" ".join(segment.words))
            and not _others(segment)
        ):
            return "chosen"
        if segment.tokens[0] > behind and _undertakes(segment):
            return "chosen"
    return None


def _undertakes(segment: Segment) -> bool:
    """Whether a clause says in the own voice that something is done for what it points at."""
    words = " ".join(segment.words)
    own = any(match.name == "own" for match in segment.matches)
    own = own or wordings().given.search(words) is not None
    ruled = any(m.name in ("past", "doubt", "modal", "negators") for m in segment.matches)
    told = any(m.entry is not None and m.entry.polarity in REPORTS for m in segment.matches)
    if _others(segment) or ruled or told or not wordings().points.search(words):
        return False
    return own and wordings().forward.search(words) is not None


def _others(segment: Segment) -> bool:
    return any(match.name == "other" for match in segment.matches)
