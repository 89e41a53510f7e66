"""Limits that decide: 'nuclear 8.2, food 7.9, care 5.1; those above 7.5 go forward'.

Names that stand beside figures are chosen or left out by a limit that the same paragraph states,
where its words say that the limit decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.spoken import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.records import Span

FRAME = "cut-off"
_NUMBER = r"(?P<limit>\d+(?:[.,]\d+)?)"
_MARK = re.compile(
    r"\b(?:threshold|pass[- ]?mark|cut-?off|hurdle)\b[^.;:]{0,30}?"
    rf"\b(?:was|is|of|at|being|stands?|stood)\b[^.;:\d]{{0,12}}{_NUMBER}",
    re.IGNORECASE,
)
"""What says by its name that it decides."""
_LIMITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:above|over|exceed(?:s|ing|ed)?|(?:more|greater|higher|better) than|at least"
        r"|no(?:t)? (?:less|fewer|lower) than|upwards of|in excess of)\s+"
        rf"(?:an? )?(?:LQ |score )?{_NUMBER}",
        rf"[>≥]\s*{_NUMBER}",
        rf"{_NUMBER}\s*(?:%|points?|per cent)?\s*"
        r"(?:\+|(?:or|and) (?:more|above|over|better|higher|upwards?))",
    )
)
_DECIDES = re.compile(
    r"\b(?:(?:go|goes|went|gone|taken|carried|mov\w+|put) (?:forward|through|ahead|on)"
    r"|proceed\w*|adopt\w*|chosen|chose|choice|select\w*|priorit\w+|target\w*|qualif\w+"
    r"|pass(?:ed|es)?|retain\w*|ma(?:k|d)e\w* (?:it|the|our)|kept|shortlist\w*|back(?:ed|s)?"
    r"|pursued|our sectors|the (?:plan|strategy|programme)(?:'s|’s)? (?:sectors|list)"
    r"|designat\w+|admit\w*|in the plan|(?:count|rank|stand)\w* as|becomes?|speciali[sz]\w+)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:no(?:t)? (?!less|lower|fewer)|never|nothing|neither|might|may|would|could|if)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[\s*_]*(?:(?:sectors?|industr(?:y|ies)|clusters?|LQ|scor(?:e[sd]?|ing)|quotient|got|at|of"
    r"|with|points?|has|had|stands|stood|reached|obtained|an?|[(:=–—-])\s*){0,4}"
    r"(?P<value>\d+(?:[.,]\d+)?)(?![\d.,]*\d)"
)
_YEARS = range(1900, 2100)
LEAST = 2
"""Names beside figures that a limit can tell apart."""


class _Valued(NamedTuple):
    hit: int
    value: float


def cut_off(
    text: str, spans: Sequence[Span], hits: Sequence[Hit], ends: Sequence[int]
) -> list[Statement]:
    """What a limit in the sentences of a paragraph chooses and leaves out of the names beside it.

    ``ends`` are the ends of the hits, which stand in order.
    """
    for number, (start, end) in enumerate(spans):
        limit = _limit(text, spans, number)
        if limit is None:
            continue
        found = [valued for a, b in spans for valued in _valued(text, a, b, hits, ends)]
        if len({v.hit for v in found}) < LEAST:
            continue
        above = tuple(v.hit for v in found if v.value >= limit)
        below = tuple(v.hit for v in found if v.value < limit)
        if not above:
            continue
        phrase = " ".join(text[start:end].split()[:5])
        said = Statement(start, end, phrase, "chosen", "own", above, frame=FRAME, referred=True)
        out = Statement(start, end, phrase, "refused", "own", below, frame=FRAME, referred=True)
        return [said, out] if below else [said]
    return []


def _limit(text: str, spans: Sequence[Span], number: int) -> float | None:
    """The limit that a sentence states, if it or the next one says that the limit decides."""
    start, end = spans[number]
    sentence = text[start:end]
    marked = _MARK.search(sentence)
    if marked is not None:
        return _number(marked["limit"])
    stated = [m for limit in _LIMITS for m in limit.finditer(sentence)]
    found = next(iter(stated), None)
    if found is None or len({m["limit"] for m in stated}) > 1 or _DENIES.search(sentence):
        # Of two limits at once one figure a name says nothing.
        return None
    following = text[slice(*spans[number + 1])] if number + 1 < len(spans) else ""
    if not _DECIDES.search(sentence) and (
        not _DECIDES.search(following) or _DENIES.search(following)
    ):
        return None
    return _number(found["limit"])


def _valued(
    text: str, start: int, end: int, hits: Sequence[Hit], ends: Sequence[int]
) -> list[_Valued]:
    """The names of a sentence with the figure right behind each."""
    found = []
    at = bisect_left(ends, start + 1)
    while at < len(hits) and hits[at].start < end:
        match = _VALUE.match(text, hits[at].end, end)
        if match is not None and not _is_year(match["value"]):
            found.append(_Valued(at, _number(match["value"])))
        at += 1
    return found


def _is_year(value: str) -> bool:
    return value.isdigit() and int(value) in _YEARS


def _number(value: str) -> float:
    """'1,200' is a count, '1,25' and '1.25' are quotients."""
    whole, comma, rest = value.partition(",")
    return float(
        whole + rest if comma and len(rest) == 3 else f"{whole}.{rest}" if comma else value
    )
