"""Features of a mention, named so that a person can argue with them.

Words near the sector's name (masked, so that no sector is favoured) and cues by where they
stand: in its clause before or after the name, elsewhere in the sentence, in the lead-in, the
heading, the column header or the sentence before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stratlint.language.commitment.choices import choice_features
from stratlint.language.commitment.clauses import MARKS, clause_of, stem
from stratlint.language.commitment.enumerations import Enumeration
from stratlint.language.commitment.relations import Relations, relations
from stratlint.language.commitment.selections import selection_features
from stratlint.language.commitment.undertakings import undertaking_features
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.language.commitment.context import MentionContext, Run

NEAR = 4
"""Words between cue and name that still count as 'just before' or 'just after'."""
WINDOW = 6
WORD_SCALE = 0.5
"""Words weigh less than cues, so that a rare word cannot outvote a known cue."""
RELATION_SCALE = 1.5
"""A relation says more than a cue that is merely near."""
_SPEAKERS = frozenset(
    {
        "government",
        "partnership above",
        "regional plan",
        "European body",
        "dedicated measure",
        "own voice",
        "priority word",
        "money",
    }
)
_SHARED = 256
"""Sentences and headings whose words are kept: mentions that stand together share them."""
_NAMED = 8_192
"""Words whose features are kept: a string that is kept is not hashed again for its weight."""
_ENDLESS = 1_000_000
_COUNTS = ((1, "1"), (2, "2"), (4, "3-4"), (_ENDLESS, "5 or more"))
_LENGTHS = ((5, "under 6"), (15, "6-15"), (40, "16-40"), (_ENDLESS, "over 40"))


class Words(WordFile):
    """``rules/language/commitment/features.yaml``."""

    nouns: frozenset[str]


_wordings = words_of("commitment/features", Words)


def features(context: MentionContext) -> dict[str, float]:
    """All features of a mention, by name; values are 1, or less for words."""
    found = dict.fromkeys(_cues(context), 1.0)
    found.update(dict.fromkeys(_structure(context), 1.0))
    related = relations(context)
    found.update(dict.fromkeys(_related(context, related), RELATION_SCALE))
    for name in _words(context):
        found.setdefault(name, WORD_SCALE)
    group = context.run.groups.get(context.target, Enumeration(context.target, context.target))
    found.update(dict.fromkeys(_beside(context, group), 1.0))
    found.update(dict.fromkeys(_beside_words(context, group), WORD_SCALE))
    speaker = related.speaker.split(",")[0]
    for grammar in (choice_features, selection_features, undertaking_features):
        found.update(grammar(context, group, speaker))
    return found


def _related(context: MentionContext, related: Relations) -> Iterator[str]:
    kind = _kind(context.kind)
    yield f"speaker: {related.speaker}"
    yield f"speaker: {related.speaker}, in a {kind}"
    for name in related.names:
        yield name
        yield f"{name}; speaker: {related.speaker.split(',')[0]}"


_GRAMMAR = frozenset({"list opener", "said to be", "chosen-sector phrase", "chosen sector"})
"""Cues that only the grammar of relations reads."""


def _cues(context: MentionContext) -> Iterator[str]:
    run, target = context.run, context.target
    first, last = clause_of(run.words, target)
    kind = _kind(context.kind)
    for hit in run.cues:
        if hit.name in _GRAMMAR:
            continue
        inside = hit.start >= first and hit.end < last
        yield f"{hit.name}: in the sentence"
        if hit.name in _SPEAKERS:
            yield f"{hit.name}: in a {kind}"
        if hit.start < NEAR and hit.end < target:
            yield f"{hit.name}: opens the sentence"
        if hit.start <= target <= hit.end:
            yield f"{hit.name}: with the name"
        elif not inside:
            yield f"{hit.name}: in another clause"
        elif hit.end < target:
            yield f"{hit.name}: before the name"
            if target - hit.end <= NEAR:
                yield f"{hit.name}: just before the name"
        else:
            yield f"{hit.name}: after the name"
            if hit.start - target <= NEAR:
                yield f"{hit.name}: just after the name"
    for where, other in (
        ("in the lead-in", context.lead),
        ("in the heading", context.heading),
        ("in the column header", context.header),
        ("in the sentence before", context.before),
    ):
        for name in sorted({hit.name for hit in other.cues} - _GRAMMAR):
            yield f"{name}: {where}"


def _kind(kind: str) -> str:
    if "national" in kind or "fund" in kind:
        return "national document"
    return "strategy" if "strategy" in kind or "specialisation" in kind else "local plan"


def _structure(context: MentionContext) -> Iterator[str]:
    run, target = context.run, context.target
    yield "always"
    yield f"document: {_kind(context.kind)}"
    count = len(run.sectors)
    yield f"sectors named here: {_binned(count, _COUNTS)}"
    if context.item:
        yield "list item"
        if context.siblings >= 3:
            yield "list of sectors"
    if context.is_heading:
        yield "heading"
    if context.is_cell:
        yield "table cell"
    plain = len(run.words) - sum(map(MARKS.__contains__, run.words))
    yield f"sentence of {_binned(plain, _LENGTHS)} words"
    if not _wordings().nouns.isdisjoint(context.term.lower().split()):
        yield "named as an industry"
    if target == 0 or target == 1:
        yield "opens the sentence"
    if "PLACE" in run.words:
        yield "own place named"
    yield from _enumeration(run, target)


def _binned(count: int, bins: tuple[tuple[int, str], ...]) -> str:
    """Name the first bin whose upper bound holds a count."""
    return next(name for bound, name in bins if count <= bound)


def _enumeration(run: Run, target: int) -> Iterator[str]:
    """Whether the name stands in an enumeration, and what opens it."""
    before = run.words[:target]
    if ":" in before:
        yield "after a colon"
    beside = [i for i in run.sectors if 0 < abs(i - target) <= 5]
    if len(beside) >= 2:
        yield "in an enumeration"


def _words(context: MentionContext) -> Iterator[str]:
    run, target = context.run, context.target
    stems = list(_stems(run.words))
    for index in run.sectors:
        if index != target:
            stems[index] = "OTHER"
    for index, form in enumerate(stems):
        if index == target or form in MARKS:
            continue
        anywhere, before, after = _names(form)
        yield anywhere
        if 0 < target - index <= WINDOW:
            yield before
        elif 0 < index - target <= WINDOW:
            yield after
    for index in range(max(0, target - WINDOW), min(len(stems) - 1, target + WINDOW)):
        yield f"words '{stems[index]} {stems[index + 1]}'"
    for other, where in ((context.lead, "lead-in"), (context.heading, "heading")):
        yield from _words_above(other.words, where)


@lru_cache(maxsize=_NAMED)
def _names(form: str) -> tuple[str, str, str]:
    """The features of a word: anywhere, before the name, after it."""
    name = f"word '{form}'"
    return name, f"{name} before the name", f"{name} after the name"


@lru_cache(maxsize=_SHARED)
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([stem(word) for word in words])


@lru_cache(maxsize=_SHARED)
def _words_above(words: tuple[str, ...], where: str) -> tuple[str, ...]:
    return tuple([f"word '{stem(form)}' in the {where}" for form in words if form not in MARKS])


def _beside(context: MentionContext, group: Enumeration) -> Iterator[str]:
    """Cues by where they stand around the enumeration that holds the name."""
    run = context.run
    first, last = clause_of(run.words, context.target)
    for hit in run.cues:
        if hit.name in _GRAMMAR:
            continue
        if hit.end < group.first and group.first - hit.end <= NEAR:
            yield f"{hit.name}: just before the list"
        elif first <= hit.start and hit.end < group.first:
            yield f"{hit.name}: before the list"
        elif hit.start > group.last and hit.start - group.last <= NEAR:
            yield f"{hit.name}: just after the list"
        elif hit.start > group.last and hit.end < last:
            yield f"{hit.name}: after the list"
        elif group.first <= hit.start <= group.last:
            yield f"{hit.name}: within the list"
    named = sum(group.first <= index <= group.last for index in run.sectors)
    yield f"list of {min(named, 5)}"


def _beside_words(context: MentionContext, group: Enumeration) -> Iterator[str]:
    """The words that lead up to the enumeration, and those that follow it."""
    run = context.run
    stems = list(_stems(run.words))
    for index in run.sectors:
        stems[index] = "OTHER"
    start = max(0, group.first - 9)
    before = [w for w in stems[start : group.first] if w not in MARKS or w == ":"][-5:]
    after = [w for w in stems[group.last + 1 : group.last + 9] if w not in MARKS][:4]
    if group.first <= 5:
        before = ["START", *before]
    for back in range(1, min(4, len(before)) + 1):
        yield f"word '{before[-back]}', {back} before the list"
    for count in (2, 3):
        if len(before) >= count:
            yield f"words '{' '.join(before[-count:])}' before the list"
    for form in before[-5:]:
        yield f"word '{form}' before the list"
    for form in after:
        yield f"word '{form}' after the list"
    for count in (1, 2):
        if len(after) >= count:
            yield f"words '{' '.join(after[:count])}' after the list"
