"""Funded measures: money that goes to a fund, a centre or a programme for one sector."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from stratlint.language.commitment.layout import layout
from stratlint.language.commitment.reading import Opening
from stratlint.records import Form, Polarity, Voice
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.reading import Raw, Reading

REACH = 120
"""Characters between a sum and the measure that it pays for."""
_BEHIND = re.compile(r"[\s-]+(?:(?!and\b|or\b|with\b)[\w’'-]+[\s-]+){0,3}$")
"""What may stand between a sector and the measure that is named after it."""


class Words(WordFile):
    """``rules/language/commitment/measures.yaml``."""

    before: Wordings


_wordings = words_of("commitment/measures", Words)
# One of a few signs first: a search then passes over all other signs at once.
_SUM = re.compile(
    r"[£€$\dMm](?:(?<=[£€$])\s?\d[\d.,]*\s*(?i:m|bn|k|million|billion|thousand)?\b"
    r"|(?<=\b\d)[\d.,]*\s*(?i:million|billion)\b"
    r"|(?<=\b[Mm])(?i:atch-?fund))"
)


def measures(reading: Reading) -> Iterator[Raw]:
    """The sectors for which a document pays measures of their own."""
    for part in reading.outline.parts:
        if not reading.has_hit(part.start, part.end):
            continue
        if part.kind in ("text", "item") and _SUM.search(reading.text, part.start, part.end):
            for start, end in reading.spans(part):
                yield from _of_sentence(reading, part, start, end)


def _of_sentence(reading: Reading, part: Part, start: int, end: int) -> Iterator[Raw]:
    sums = [found.span() for found in _SUM.finditer(reading.text, start, end)]
    if not sums:
        return
    words = layout()
    paid = [found.span() for found in words.paid.finditer(reading.text, start, end)]
    hits = []
    first = bisect_left(reading.starts, start)
    for index in range(first, bisect_left(reading.starts, end)):
        hit = reading.hits[index]
        for begin, stop in paid:
            named = begin >= hit.end and _BEHIND.fullmatch(reading.text, hit.end, begin)
            meant = stop <= hit.start and _wordings().before.fullmatch(
                reading.text, stop, hit.start
            )
            inside = hit.start <= begin and stop <= hit.end
            if not (named or meant or inside):
                continue
            span = (min(begin, hit.start), max(stop, hit.end))
            near = min(min(abs(a - span[1]), abs(span[0] - b)) for a, b in sums)
            left = max(start, span[0] - REACH)
            if near <= REACH and not words.unpaid.search(reading.text, left, span[1]):
                hits.append(index)
                break
    if hits:
        opening = Opening(Polarity.CHOSEN, Voice.OWN, (start, end), sure=False)
        entries = [(part, (hit,)) for hit in hits]
        yield reading.declare(
            opening, Form.MEASURES, entries, part, (start, end), "the end of the sentence"
        )
