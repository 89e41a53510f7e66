"""Draw passages for people to code: most of them name a sector, some need not."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from stratlint.language.pipeline import parse
from stratlint.records import Record

if TYPE_CHECKING:
    from stratlint.records import Document, Sentence

NAMED = 0.75
"""Share of the passages drawn from sentences that name a sector."""
_CONTEXT = 400
_LEAST = 25


class Candidate(Record, frozen=True):
    """A passage to code: where it stands in its document, and no labels yet."""

    id: str
    document: str
    sha256: str
    start: int
    end: int
    place: str
    kind: str
    context_before: str
    text: str
    labels: dict[str, str]


def draw(
    document: Document, *, count: int, seed: int, place: str = "", kind: str = ""
) -> list[Candidate]:
    """Draw up to ``count`` sentences of the body, in reading order; the same seed, the same."""
    parsed = parse(document)
    body = [s for s in parsed.sentences if s.end <= document.body_end and s.end - s.start >= _LEAST]
    named = {span.sentence for span in parsed.spans}
    position = {id(s): i for i, s in enumerate(parsed.sentences)}
    with_names = [s for s in body if position[id(s)] in named]
    random = Random(seed)  # noqa: S311 (a sample, not a secret)
    first = random.sample(with_names, min(len(with_names), round(count * NAMED)))
    rest = [s for s in body if s not in first]
    drawn = first + random.sample(rest, min(len(rest), count - len(first)))
    drawn.sort(key=lambda s: s.start)
    return [_candidate(document, s, place, kind) for s in drawn]


def _candidate(document: Document, sentence: Sentence, place: str, kind: str) -> Candidate:
    return Candidate(
        id=f"{document.sha256[:8]}-{sentence.start}",
        document=document.source,
        sha256=document.sha256,
        start=sentence.start,
        end=sentence.end,
        place=place or document.region or "",
        kind=kind,
        context_before=document.text[max(0, sentence.start - _CONTEXT) : sentence.start].strip(),
        text=document.text[sentence.start : sentence.end],
        labels={},
    )
