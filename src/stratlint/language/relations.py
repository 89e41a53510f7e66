"""How a mention stands to the cues around it: a small grammar over masked words.

A cue near a name is weak evidence; a phrase such as 'key growth sectors' with a list behind
it that holds the name, or as what the name is said to be, is strong. Each relation becomes
a feature, alone and together with who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.clauses import clause_of
from stratlint.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.language.context import MentionContext, Run
    from stratlint.language.cues import CueHit

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
_MODAL = frozenset("will shall to must should".split())
_HEDGES = frozenset("may might could would if potential potentially possible consider".split())


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
    yield from _chosen(run, target, first, last)
    yield from _inherited(context)
    yield from _selecting(run, target, first, last)
    yield from _undertaking(run, target, first, last)
    yield from _time(run, first, last)


def _named(run: Run, name: str) -> list[CueHit]:
    return [hit for hit in run.cues if hit.name == name]


def _chosen(run: Run, target: int, first: int, last: int) -> Iterator[str]:
    """Relate the name to phrases such as 'priority sectors' in its sentence."""
    openers = _named(run, "list opener")
    copulas = _named(run, "said to be")
    for hit in _named(run, "chosen-sector phrase"):
        if hit.start <= target <= hit.end:
            yield "is called a chosen sector"
        elif hit.end < target:
            if target - hit.end <= 2 or any(hit.end < o.start < target for o in openers):
                yield "in a list of chosen sectors"
            else:
                yield "after a chosen-sector phrase"
        elif hit.end < last and any(target < c.start <= hit.start for c in copulas):
            yield "is said to be a chosen sector"
        elif hit.start >= first:
            yield "before a chosen-sector phrase"


def _inherited(context: MentionContext) -> Iterator[str]:
    """Relate the name to what introduces its list, its heading, its column."""
    for where, run in (
        ("lead-in", context.lead),
        ("heading", context.heading),
        ("column header", context.header),
    ):
        if _named(run, "chosen-sector phrase") or _named(run, "priority word"):
            yield f"under a {where} of chosen sectors"
        if _named(run, "selecting verb"):
            yield f"under a {where} that selects"
        if _named(run, "will undertake") or _named(run, "will be supported"):
            yield f"under a {where} that undertakes"
        elif _named(run, "aim"):
            yield f"under a {where} of aims"
        elif _named(run, "undertaking verb"):
            yield f"under a {where} with an undertaking verb"
    if context.run.words[:1] and context.run.words[0] in _PRONOUNS:
        for name in ("chosen-sector phrase", "selecting verb"):
            if _named(context.before, name):
                yield f"takes up a {name} of the sentence before"


def _selecting(run: Run, target: int, first: int, last: int) -> Iterator[str]:
    for hit in _named(run, "selecting verb"):
        if first <= hit.start and hit.end <= target and target - hit.end <= 20:
            yield "focus or target governs the name"
        elif target < hit.start < last:
            yield "focus or target after the name"
    for hit in _named(run, "singling out"):
        if hit.end <= target and target - hit.end <= 12:
            yield "singled out"
            if _named(run, "undertaking verb") or _named(run, "growth of"):
                yield "singled out within an undertaking"


def _undertaking(run: Run, target: int, first: int, last: int) -> Iterator[str]:
    words = run.words
    hedged = any(w in _HEDGES for w in words[first:target])
    tail = "hedged" if hedged else "plain"
    for hit in _named(run, "undertaking verb"):
        if not first <= hit.start < target or target - hit.start > 25:
            continue
        before = words[max(first, hit.start - 3) : hit.start]
        if any(w in _MODAL for w in before):
            yield f"undertaking with will or to, {tail}"
        elif hit.start - first <= 1:
            yield f"undertaking opens the clause, {tail}"
        else:
            yield f"undertaking verb before the name, {tail}"
        if target - hit.start <= 4:
            yield f"undertaking of the name, {tail}"
    for hit in _named(run, "will be supported"):
        if target < hit.start < last:
            yield "will be supported, after the name"
        elif hit.end <= target:
            yield "will be supported, before the name"


def _time(run: Run, first: int, last: int) -> Iterator[str]:
    clause = run.words[first:last]
    present = any(w in _PRESENT for w in clause)
    past = any(w in _PAST for w in clause) or any(w.endswith("ed") for w in clause)
    if any(w in _PAST for w in clause) and not present:
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
