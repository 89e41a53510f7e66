"""How a mention stands to the cues around it: lists, what it inherits, time, and who speaks.

A cue near a name is weak evidence, a relation is strong. Each relation becomes a feature, alone
and together with who speaks. Phrases that choose, verbs that select and undertakings have modules
of their own (``choices``, ``selections``, ``undertakings``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.clauses import clause_of
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.language.commitment.context import MentionContext, Run
    from stratlint.language.commitment.cues import CueHit

_SPEAKERS = {
    "own voice": "own voice",
    "our": "own voice",
    "partnership above": "a partnership above",
    "government": "government",
    "regional plan": "a regional plan",
    "European body": "a European body",
    "consultation": "a consultee",
    "study": "a study",
    "elsewhere": "somewhere else",
}
_PRONOUNS = frozenset({"it", "this", "they", "these", "its", "also", "such", "further"})
_PRESENT = frozenset("is are has have will shall continues remains remain continue can".split())
_PAST = frozenset("was were had became grew developed began".split())


class Relations(Record, frozen=True):
    """What a mention's surroundings say: names of relations, and who speaks."""

    names: tuple[str, ...]
    speaker: str


def relations(context: MentionContext) -> Relations:
    """Find the relations of a mention."""
    names = tuple(dict.fromkeys(_all(context)))
    return Relations(names=names, speaker=_speaker(context))


def _all(context: MentionContext) -> Iterator[str]:
    run, target = context.run, context.target
    first, last = clause_of(run.words, target)
    yield from _chosen(run, target)
    yield from _inherited(context)
    yield from _passive(run, target, last)
    yield from _time(run, first, last)


def _named(run: Run, name: str) -> list[CueHit]:
    return [hit for hit in run.cues if hit.name == name]


def _chosen(run: Run, target: int) -> Iterator[str]:
    """Whether a phrase such as 'priority sectors' opens a list that holds the name."""
    openers = _named(run, "list opener")
    for hit in _named(run, "chosen-sector phrase"):
        if hit.end < target and (
            target - hit.end <= 2 or any(hit.end < o.start < target for o in openers)
        ):
            yield "in a list of chosen sectors"


def _inherited(context: MentionContext) -> Iterator[str]:
    """Relate the name to what introduces its list, its heading, its column."""
    for where, run in (
        ("lead-in", context.lead),
        ("heading", context.heading),
        ("column header", context.header),
    ):
        names = {hit.name for hit in run.cues}
        if "chosen-sector phrase" in names or "priority word" in names:
            yield f"under a {where} of chosen sectors"
        if "selecting verb" in names:
            yield f"under a {where} that selects"
        if "will undertake" in names or "will be supported" in names:
            yield f"under a {where} that undertakes"
        elif "aim" in names:
            yield f"under a {where} of aims"
        elif "undertaking verb" in names:
            yield f"under a {where} with an undertaking verb"
    taken_up = context.run.words[:1] and context.run.words[0] in _PRONOUNS
    if taken_up and _named(context.before, "selecting verb"):
        yield "takes up a selecting verb of the sentence before"


def _passive(run: Run, target: int, last: int) -> Iterator[str]:
    for hit in _named(run, "will be supported"):
        if target < hit.start < last:
            yield "will be supported, after the name"
        elif hit.end <= target:
            yield "will be supported, before the name"


def _time(run: Run, first: int, last: int) -> Iterator[str]:
    clause = run.words[first:last]
    present = not _PRESENT.isdisjoint(clause)
    told = not _PAST.isdisjoint(clause)
    past = told or any(w.endswith("ed") for w in clause)
    if told and not present:
        yield "told in the past only"
    if past and not present and _named(run, "history"):
        yield "history told in the past"
    if not present and not past:
        yield "no verb of time"


def _speaker(context: MentionContext) -> str:
    """Who speaks: the first voice before the name, else whom a pronoun or a list takes up."""
    run = context.run
    found = _first_voice(run, context.target)
    if found:
        return found
    if context.item:
        found = _first_voice(context.lead, len(context.lead.words))
        if found:
            return f"{found}, in the lead-in"
    if run.words[:1] and run.words[0] in _PRONOUNS:
        found = _first_voice(context.before, len(context.before.words))
        if found:
            return f"{found}, in the sentence before"
    return "nobody named"


def _first_voice(run: Run, limit: int) -> str | None:
    voices = [
        (hit.start, hit.name != "own voice", _SPEAKERS[hit.name])
        for hit in run.cues
        if hit.name in _SPEAKERS and hit.start < limit
    ]
    return min(voices)[2] if voices else None
