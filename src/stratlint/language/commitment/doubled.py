"""Denials that affirm: 'No industry matters more to us than a', 'We will not be giving up on a.'

The words deny something, and what they deny is that the sector is not chosen: a rival, a lapse, a
hesitation. A sentence of the document's own that is built so chooses the names behind the denial.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from stratlint.language.commitment.spoken import Statement
from stratlint.text.wordings import ExactWordings, SingleWordings, WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.line import Line
    from stratlint.language.commitment.segments import Segment


class Words(WordFile):
    """``rules/language/commitment/doubled.yaml``."""

    rivals: SingleWordings
    lapses: SingleWordings
    slights: SingleWordings
    limits: SingleWordings
    bounds: SingleWordings
    hesitations: SingleWordings
    choice: ExactWordings
    denials: frozenset[str]


_wordings = words_of("commitment/doubled", Words)


def affirmed(
    line: Line, segments: Sequence[Segment], said: Sequence[Statement]
) -> list[Statement] | None:
    """What a sentence says whose denial affirms; None for every other sentence."""
    known = _wordings()
    if known.denials.isdisjoint(line.words) or line.asks:
        return None
    if any(m.name in ("other", "past") for s in segments for m in s.matches):
        return None
    words = " ".join(line.words).replace("in which", "in where").replace("on which", "on where")
    chooses = known.choice.search(words) is not None
    own = any(m.name == "own" for s in segments for m in s.matches)
    patterns = known.bounds
    if chooses or own:
        patterns = (*known.rivals, *known.lapses, *known.bounds, *known.slights)
    if chooses:
        patterns = (*patterns, *known.limits, *known.hesitations)
    found = [match for pattern in patterns for match in pattern.finditer(words)]
    if not found:
        return None
    held = {at for match in found for at in _held(line, segments, words, match)}
    members = tuple(hit for at in sorted(held) for hit in line.hits[at])
    kept = [
        msgspec.structs.replace(s, members=tuple(m for m in s.members if m not in members))
        for s in said
    ]
    kept = [s for s in kept if s.members or s.open]
    phrase = " ".join(found[0][0].split()[:8])
    made = Statement(line.start, line.end, phrase, "chosen", "own", members, frame="affirms")
    return [*kept, made]


def _held(line: Line, segments: Sequence[Segment], words: str, match: re.Match[str]) -> set[int]:
    """The name that a denial affirms, and those behind it that are coordinated with it."""
    begin = len(words[: match.start()].split())
    last = begin + len(match[0].split()) - 1
    if last not in line.hits:
        last = next(at for at in sorted(line.hits) if at >= begin)
    return {
        segment.tokens[place]
        for segment in segments
        for group in segment.groups
        if last in (segment.tokens[p] for p in group.positions)
        for place in group.positions
        if segment.tokens[place] >= last
    } or {last}
