"""Phrases that choose sectors ('our key growth sectors'), and the names they hold for.

A list may follow the phrase ('such as aerospace and tourism'), the name may stand inside it ('the
priority tourism sector'), or the phrase may be said of the name ('tourism is a key sector').
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.context import MentionContext, Run
    from stratlint.language.commitment.enumerations import Enumeration

Weighed = tuple[str, float]
"""A feature and its value: how much of its weight counts."""
STRONG, PLAIN, HINT, TRACE = 1.5, 1.0, 0.7, 0.5
"""Values of the features of the grammar, from what governs a name to what is merely about."""
_ADJECTIVES = 4
"""Words that may stand between the modifier and the word for what is chosen."""
_AT_ONCE, _FURTHER, _BACK = 3, 14, 12


class Choice(NamedTuple):
    """A phrase from word ``start`` to word ``end``; ``held`` when it ends in a sector's name."""

    start: int
    end: int
    modifier: str
    held: bool


@cache
def _modifiers() -> dict[str, str]:
    return {w: name for name, words in grammar().choices.modifiers.items() for w in words}


@cache
def _rank() -> dict[str, int]:
    return {name: index for index, name in enumerate(grammar().choices.modifiers)}


def find_choices(words: Sequence[str], sectors: Sequence[int]) -> tuple[Choice, ...]:
    """All phrases that choose or describe sectors, left to right, none inside another."""
    found: list[Choice] = []
    index, named = 0, frozenset(sectors)
    while index < len(words):
        choice = _choice_at(words, index, named)
        if choice is not None:
            found.append(choice)
            index = choice.end
        index += 1
    return tuple(found)


def _choice_at(words: Sequence[str], start: int, named: frozenset[int]) -> Choice | None:
    modifiers, lexicon = _modifiers(), grammar().choices
    if words[start] not in modifiers:
        return None
    said = {modifiers[words[start]]}
    for index in range(start + 1, min(len(words), start + 2 + _ADJECTIVES)):
        word = words[index]
        if word in lexicon.kinds or index in named:
            name = min(said, key=_rank().__getitem__)
            if word == "areas" and name not in lexicon.areas:
                return None
            return Choice(start, index, name, index in named)
        if word in modifiers:
            said.add(modifiers[word])
        elif word in lexicon.breaks:
            return None
    return None


def choice_features(context: MentionContext, group: Enumeration, speaker: str) -> Iterator[Weighed]:
    """How the phrases of the sentence, and of what it stands under, relate to a mention."""
    for how, choice in _related(context.run, context.target, group):
        yield f"{how} {choice.modifier} sectors", STRONG
        if choice.modifier in grammar().choices.choosing and how in _GOVERNING:
            yield f"chosen: {how} chosen sectors", STRONG
            yield f"chosen: {how} chosen sectors; speaker: {speaker}", PLAIN
            yield "chosen", STRONG
            yield f"chosen; speaker: {speaker}", PLAIN
    for where, run in (
        ("lead-in", context.lead),
        ("heading", context.heading),
        ("column header", context.header),
        ("sentence before", context.before),
    ):
        for modifier in sorted({choice.modifier for choice in run.choices}):
            yield f"{modifier} sectors in the {where}", PLAIN
            if run.words[-1:] == (":",):
                yield f"{modifier} sectors in the {where}, with a colon", PLAIN


_GOVERNING = frozenset(
    {"listed under", "listed further on under", "said to be", "called", "listed with one called"}
)


def _related(run: Run, target: int, group: Enumeration) -> Iterator[tuple[str, Choice]]:
    for choice in run.choices:
        if choice.held and choice.start <= target <= choice.end:
            yield "called", choice
        elif choice.held and group.first <= choice.end <= group.last:
            yield "listed with one called", choice
        elif choice.end < group.first:
            yield _opened(run.words[choice.end + 1 : group.first]), choice
        elif choice.start > group.last:
            yield _predicated(run.words[group.last + 1 : choice.start]), choice


def _opened(gap: Sequence[str]) -> str:
    """How a list hangs on the phrase before it, by the words between."""
    lexicon = grammar().choices
    announced = any(word in lexicon.announces for word in gap) and ";" not in gap
    if len(gap) > _AT_ONCE and not (len(gap) <= _FURTHER and announced):
        return "later than"
    strict = all(word in lexicon.openers for word in gap)
    return "listed under" if strict else "listed further on under"


def _predicated(gap: Sequence[str]) -> str:
    """How a name hangs on the phrase after it."""
    if not gap:
        return "names"
    copula = any(word in grammar().choices.copulas for word in gap)
    return "said to be" if copula and len(gap) <= _BACK else "earlier than"
