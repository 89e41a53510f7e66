"""Undertakings: the verb that governs a sector's name, in what mood, and of what.

'Will support tourism' undertakes, 'services that support tourism' describes, 'could support'
hedges; 'proposals for tourism … will be supported' undertakes from behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.choices import HINT, PLAIN, STRONG, TRACE
from stratlint.language.commitment.clauses import MARKS, clause_of, stem
from stratlint.language.commitment.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.choices import Weighed
    from stratlint.language.commitment.context import MentionContext
    from stratlint.language.commitment.enumerations import Enumeration

_REACH, _BEFORE, _AFTER, _ABOVE = 22, 30, 25, 8
_NEAR = 3
_RELATIVE = frozenset({"that", "which", "who"})
_PERFECT = frozenset({"was", "were", "had", "has", "have"})
_BEING = frozenset({"is", "are", "be", "being"})
_JOINS = frozenset({",", ";", ":", "and", "or", "by", "including", "through"})


def undertaking_features(
    context: MentionContext, group: Enumeration, speaker: str
) -> Iterator[Weighed]:
    """The undertaking before a mention, and the passive behind it."""
    words = context.run.words
    first, last = clause_of(words, context.target)
    yield from _active(words, group, first, speaker)
    yield from _passive(words, group, last)


def _active(
    words: Sequence[str], group: Enumeration, first: int, speaker: str
) -> Iterator[Weighed]:
    lexicon = grammar().undertakings
    for index in range(group.first - 1, max(first - 1, group.first - _REACH), -1):
        word = words[index]
        if word in (".", ";"):
            return
        if word in lexicon.verbs or word in lexicon.further:
            yield from _verb(words, index, group, first, speaker)
            return
        if word in lexicon.states:
            yield f"governed by '{word}'", PLAIN
            return


def _verb(
    words: Sequence[str], index: int, group: Enumeration, first: int, speaker: str
) -> Iterator[Weighed]:
    lexicon = grammar().undertakings
    mood, verb = _mood(words, index, first), stem(words[index])
    gap = words[index + 1 : group.first]
    noun = next((word for word in gap if word in lexicon.nouns), None)
    near = sum(word not in MARKS for word in gap) <= _NEAR
    how = "of its growth" if noun else ("of the name" if near else "from afar")
    yield f"undertaking, {mood}", PLAIN
    yield f"undertaking, {mood}, {how}", PLAIN
    yield f"undertaking: '{verb}'", PLAIN
    yield f"undertaking: '{verb}', {mood}", HINT
    yield f"undertaking {how}", HINT
    yield f"undertaking, {mood}; speaker: {speaker}", HINT
    if noun:
        yield f"undertaking of the '{noun}'", HINT
    for above in range(index - 1, max(first - 1, index - _ABOVE), -1):
        if words[above] in lexicon.verbs or words[above] in lexicon.further:
            yield f"undertaking within '{stem(words[above])}'", TRACE
            return


def _mood(words: Sequence[str], index: int, first: int) -> str:
    """The mood of a verb, from the four words before it."""
    lexicon = grammar().undertakings
    if index - first <= 1:
        return "opening the clause"
    before = words[max(first, index - 4) : index]
    if "to" in before[-2:]:
        return _infinitive(before)
    if any(word in lexicon.could for word in before):
        return "with could"
    if any(word in lexicon.will for word in before):
        return "with will"
    if any(word in lexicon.should for word in before):
        return "with should"
    if any(word in _RELATIVE for word in before[-2:]):
        return "as a description"
    if any(word in _PERFECT for word in before):
        return "as done"
    if any(word in _BEING for word in before[-2:]):
        return "as a state"
    if before[-1] in _JOINS:
        return f"after '{before[-1]}'" if before[-1] in ("by", "and") else "after a mark"
    return "by the plan" if any(word in lexicon.voices for word in before) else "plain"


def _infinitive(before: Sequence[str]) -> str:
    lexicon = grammar().undertakings
    lead = before[: len(before) - 1 - before[::-1].index("to")]
    if any(word in lexicon.will for word in lead):
        return "with will .. to"
    if any(word in lexicon.aiming for word in lead):
        return "with an aim to"
    if any(word in lexicon.helping for word in lead):
        return "as a help to"
    return "with need to" if "need" in lead or "needs" in lead else "with to"


def _passive(words: Sequence[str], group: Enumeration, last: int) -> Iterator[Weighed]:
    lexicon = grammar().undertakings
    for index in range(group.last + 1, min(last, group.last + _AFTER)):
        if words[index] in (".", ";"):
            break
        if words[index] in lexicon.passives:
            mood = _passive_mood(words[max(group.last + 1, index - 4) : index])
            yield f"{mood} supported, after the name", STRONG
            yield f"{mood} '{stem(words[index])}', after the name", HINT
            break
    for index in range(max(0, group.first - _BEFORE), group.first):
        before = words[max(0, index - 4) : index]
        if words[index] in lexicon.passives and any(w in lexicon.will for w in before):
            yield "will be supported, ahead of the name", PLAIN
            break


def _passive_mood(before: Sequence[str]) -> str:
    lexicon = grammar().undertakings
    for mood, words in (
        ("will be", lexicon.will),
        ("should be", lexicon.should),
        ("could be", lexicon.could),
        ("is", frozenset({"is", "are"})),
        ("was", frozenset({"was", "were", "has", "have", "been"})),
    ):
        if any(word in words for word in before):
            return mood
    return "being"
