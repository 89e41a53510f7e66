"""The stages A to E of a regional innovation journey, read from what a text says is done.

Source of the stages and of the critical moment before each: *Making innovative places*,
NESTA 2008.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratlint.records import Record
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.themes import Sighting
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.wordings import Phrases, WordFile, words_of

STAGES: Mapping[str, str] = {
    "A": "gathering enthusiasts",
    "B": "vision and strategy",
    "C": "piloting",
    "D": "mainstreaming",
    "E": "renewal",
}
FIRST = 1980
"""Year before which a sentence is history where the document's own year is not known."""
MOMENTS: Mapping[str, str] = {
    "A": "acknowledging the problem",
    "B": "conflict between partners",
    "C": "moving from planning to action",
    "D": "sustaining momentum",
    "E": "renewing the leadership",
}
"""The critical moment that stands before each stage."""

WEIGHTS: Mapping[str, float] = {"A": 1.0, "B": 0.5, "C": 1.0, "D": 1.5, "E": 2.0}
"""What a sentence weighs for its stage. Every strategy is full of visions and has a word on pilots;
few say that something became regular or was ended, and who says so has done it. Set on ten
documents that readers had placed; more for E took two young strategies for old ones."""
MOST = 6
"""Sentences of one stage that count: a chapter on visions is no later stage than a page."""
ENOUGH = 1.0
"""Weight that a stage needs before the document is placed there, from two sentences at least; one
is enough for renewal, which a text says once: 'this plan replaces that of 2004'."""
NEAR = 0.5
"""Share of the leading stage's weight from which another stage is named beside it."""
OLD = 12
"""Years before the document after which a sentence is history and no doing of the strategy."""
BEFORE, AFTER = 40, 12
"""Characters before or after the words for a stage within which 'will' is of their clause."""
_YEARS = re.compile(r"\b(1[5-9]\d\d|20\d\d)(?:s\b|\b)")


class Words(WordFile):
    """``rules/language/profiles/stages.yaml``."""

    ahead: Phrases


_wordings = words_of("profiles/stages", Words)


class Standing(Record, frozen=True):
    """Where a document stands: ``stage`` is None when it cannot be told.

    ``beside`` is another stage for which nearly as much speaks. ``counts`` holds the sentences
    seen for each stage; ``ahead`` is the next stage and ``prepared`` whether the text deals with
    the critical moment before it.
    """

    stage: str | None
    beside: str | None
    counts: dict[str, int]
    evidence: tuple[Match, ...]
    ahead: str
    prepared: bool
    preparation: tuple[Match, ...]


def stage_of(view: View, world: World) -> Standing:
    """The stage for which most speaks, of what the text says of the strategy's own doings.

    What others say, what is long past and, for the stages of doing, what is still to come do
    not count.
    """
    return view.remember("journey", lambda: _stage_of(view, world))


def _stage_of(view: View, world: World) -> Standing:
    seen = {s: _doings(view, world, s) for s in STAGES}
    counts = {s: len(seen[s]) for s in STAGES}
    weights = {s: WEIGHTS[s] * min(counts[s], MOST) for s in STAGES}
    first, second = sorted(STAGES, key=lambda s: (-weights[s], s))[:2]
    told = weights[first] >= ENOUGH and (counts[first] > 1 or first == "E")
    stage = first if told else None
    near = stage is not None and weights[second] >= max(ENOUGH, NEAR * weights[first])
    ahead = "" if stage is None else _next(stage)
    preparation: tuple[Sighting, ...] = ()
    # A new cycle begins where the old one ends: renewing the leadership prepares for it too.
    for moment in ("A", "E") if stage == "E" else ahead:
        preparation += world.theme(view, f"moment_{moment.lower()}").sightings
    shown = seen[stage] if stage else [match for s in STAGES for match in seen[s]]
    return Standing(
        stage=stage,
        beside=second if near else None,
        counts=counts,
        evidence=tuple(shown[:4]),
        ahead=ahead,
        prepared=bool(preparation),
        preparation=tuple(x.match for x in preparation[:2]),
    )


def _doings(view: View, world: World, stage: str) -> list[Match]:
    """A match for each sentence that speaks for a stage, of the strategy's own doings."""
    found: dict[int, Match] = {}
    ahead = view.by_sentence(_wordings().ahead) if stage in "CD" else {}
    for sighting in world.theme(view, f"stage_{stage.lower()}").sightings:
        match = sighting.match
        if _is_ahead(view, match, ahead) or _is_history(view, match.sentence):
            continue
        if view.setting(match.sentence) in ("heading", "caption") or is_anothers(view, match):
            continue
        found.setdefault(match.sentence, match)
    return list(found.values())


def _is_ahead(view: View, match: Match, ahead: Mapping[int, Sequence[Match]]) -> bool:
    """Whether the clause of a match says that it is still to come."""
    for word in ahead.get(match.sentence, ()):
        first, second = sorted((word, match), key=lambda m: m.start)
        between = view.document.text[first.end : second.start]
        reach = BEFORE if first is word else AFTER
        if len(between) <= reach and not any(mark in between for mark in ",;:"):
            return True
    return False


def _is_history(view: View, sentence: int) -> bool:
    """Whether the latest year of a sentence is long before the document."""
    years = [int(year) for year in _YEARS.findall(view.text(sentence))]
    written = view.document.year
    if not years:
        return False
    return max(years) < (written - OLD if written is not None else FIRST)


def _next(stage: str) -> str:
    """The stage after; renewal begins a new cycle with its coalition."""
    letters = list(STAGES)
    return letters[(letters.index(stage) + 1) % len(letters)]
