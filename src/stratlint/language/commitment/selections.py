"""Selecting verbs ('will focus on', 'targets'), singling out, priorities and funded measures.

Each is related to the enumeration it governs: nothing that breaks a clause may stand between.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.language.commitment.choices import HINT, PLAIN, STRONG
from stratlint.language.commitment.clauses import clause_of, stem
from stratlint.language.commitment.grammar import grammar
from stratlint.text.wordings import WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.choices import Weighed
    from stratlint.language.commitment.context import MentionContext
    from stratlint.language.commitment.enumerations import Enumeration

_REACH, _AT_ONCE, _BACK = 14, 3, 6
_SINGLED, _PREDICATE, _PAID = 8, 22, 16


class Words(WordFile):
    """``rules/language/commitment/selections.yaml``."""

    set: frozenset[str]
    priority: frozenset[str]
    is_words: frozenset[str]
    leads: frozenset[str]
    millions: frozenset[str]


_wordings = words_of("commitment/selections", Words)


class Selection(NamedTuple):
    """A selecting verb or phrase from word ``start`` to word ``end``."""

    start: int
    end: int
    name: str


def find_selections(words: Sequence[str]) -> tuple[Selection, ...]:
    """All selecting verbs of a run of words, left to right."""
    initials = _initials()
    found = [
        _selection_at(words, index) for index, word in enumerate(words) if word[:1] in initials
    ]
    return tuple([selection for selection in found if selection is not None])


@cache
def _initials() -> frozenset[str]:
    """Letters that a selecting word may begin with: most words are passed over at once."""
    lexicon = grammar().selections
    return frozenset("fctpse") | {word[0] for word in lexicon.dedicated | lexicon.led}


def _selection_at(words: Sequence[str], index: int) -> Selection | None:
    word = words[index]
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    lexicon = grammar().selections
    if word.startswith("focus"):
        return _focus(index, word, before, after)
    if word.startswith(("target", "priorit")):
        return _target(words, index, before, after)
    name = ""
    if word.startswith("concentrat") and not word.startswith("concentration"):
        name = "concentrates on" if after in ("on", "in", "upon") else ""
    elif word.startswith(("specialis", "specializ")):
        name = "specialises in" if after == "in" else ""
    elif word in lexicon.dedicated:
        name = "is dedicated to" if after in ("to", "towards", "at", "for") else ""
    elif word == "emphasis":
        name = "puts emphasis on" if after in ("on", "upon") else ""
    elif word in lexicon.led:
        name = "is led by" if after in ("by", "on", "around") else ""
    return Selection(index, index + 1, name) if name else None


def _focus(index: int, word: str, before: str, after: str) -> Selection | None:
    noun = word == "focus" and (before in grammar().selections.determiners or after == "of")
    if after in ("on", "upon"):
        return Selection(index, index + 1, "has a focus on" if noun else "focuses on")
    if after in ("in", "towards") and not noun:
        return Selection(index, index + 1, "focuses on")
    if after in ("for", "of"):
        return Selection(index, index + 1, "is the focus for")
    return None


def _target(words: Sequence[str], index: int, before: str, after: str) -> Selection | None:
    word = words[index]
    if word.startswith(("prioritis", "prioritiz")):
        return Selection(index, index, "prioritises")
    if word == "priority":
        following = words[index + 1 : index + 6]
        if "given" in following and "to" in following:
            return Selection(index, index + 1 + following.index("to"), "gives priority to")
        if before in ("give", "gives", "giving", "given", "highest") and after == "to":
            return Selection(index, index + 1, "gives priority to")
        return Selection(index, index + 1, "is a priority for") if after == "for" else None
    if word == "targets" and before in _wordings().set:
        return None
    lexicon = grammar()
    noun = before in lexicon.selections.determiners or after in {*lexicon.choices.kinds, "of"}
    if word not in ("target", "targets", "targeted", "targeting") or (word == "target" and noun):
        return None
    preposition = after in ("at", "towards", "to", "on", "for")
    return Selection(index, index + int(preposition), "targets")


def selection_features(
    context: MentionContext, group: Enumeration, speaker: str
) -> Iterator[Weighed]:
    """What selects a mention, singles it out, calls it a priority or pays for it."""
    words = context.run.words
    first, last = clause_of(words, context.target)
    for selection in context.run.selections:
        yield from _governed(selection, words, group, last, speaker)
    yield from _singled_out(context, group, first)
    yield from _priority(words, group, first, last)
    yield from _measure(words, group)


def _governed(
    selection: Selection, words: Sequence[str], group: Enumeration, last: int, speaker: str
) -> Iterator[Weighed]:
    name = selection.name
    if selection.end < group.first:
        gap = words[selection.end + 1 : group.first]
        breaks = grammar().selections.breaks
        if len(gap) > _REACH or any(word in breaks for word in gap):
            return
        yield f"selected: {name}", STRONG
        yield f"selected: {name}; speaker: {speaker}", HINT
        yield "selected", STRONG
        if len(gap) <= _AT_ONCE:
            yield f"selected: {name}, at once", PLAIN
            yield "selected, at once", PLAIN
    elif group.last < selection.start < min(last, group.last + _BACK + 1):
        yield f"{name}, after the name", PLAIN


def _singled_out(context: MentionContext, group: Enumeration, first: int) -> Iterator[Weighed]:
    words, lexicon = context.run.words, grammar()
    for index in range(max(0, group.first - _SINGLED), group.first):
        particular = words[index] == "particular" and index > 0 and words[index - 1] == "in"
        if words[index] not in lexicon.selections.adverbs and not particular:
            continue
        if any(word in lexicon.selections.breaks for word in words[index + 1 : group.first]):
            continue
        before = words[first:index]
        undertaken = [word for word in before if word in lexicon.undertakings.verbs]
        yield "particularly", PLAIN
        if undertaken:
            yield "particularly, within an undertaking", STRONG
            yield f"particularly, within an undertaking: '{stem(undertaken[-1])}'", HINT
            if _as_sectors(context, group):
                yield "particularly, within an undertaking, as sectors", PLAIN
        else:
            yield "particularly, without an undertaking", PLAIN
        if any(word in lexicon.choices.kinds for word in words[max(0, index - 4) : index]):
            yield "particularly, of sectors", PLAIN
        if any(word in lexicon.selections.firms for word in before[-8:]):
            yield "particularly, of jobs or firms", PLAIN


def _as_sectors(context: MentionContext, group: Enumeration) -> bool:
    term = context.term.lower()
    after = context.run.words[group.last + 1 : group.last + 2]
    return (
        "sector" in term
        or "industr" in term
        or any(word in grammar().choices.kinds for word in after)
    )


def _priority(words: Sequence[str], group: Enumeration, first: int, last: int) -> Iterator[Weighed]:
    kinds, aims = grammar().choices.kinds, grammar().selections.aims
    for index in range(group.last + 1, min(last, group.last + _PREDICATE)):
        following = words[index + 1 : index + 2]
        if words[index] in _wordings().priority and not (following and following[0] in kinds):
            if any(word in _wordings().is_words for word in words[group.last + 1 : index]):
                yield "said to be a priority", STRONG
            break
    for index in range(max(first, group.first - _PREDICATE), group.first):
        word, gap = words[index], words[index + 1 : group.first]
        if word not in _wordings().priority and word not in aims:
            continue
        if (
            gap
            and gap[0] not in kinds
            and "." not in gap
            and any(w in _wordings().leads for w in gap)
        ):
            what = "a priority" if word in _wordings().priority else "an aim"
            yield f"named as {what}", PLAIN


def _measure(words: Sequence[str], group: Enumeration) -> Iterator[Weighed]:
    lexicon = grammar().selections
    after = words[group.last + 1 : group.last + 4]
    for name in lexicon.measures:
        if name in after or f"{name}s" in after:
            yield f"part of a measure's name: '{name}'", PLAIN
    for index in range(max(0, group.first - _PAID), group.first):
        if words[index] != "NUM" or not index:
            continue
        after = words[index + 1 : index + 2]
        if words[index - 1] == "£" or any(word in _wordings().millions for word in after):
            yield "money before the name", PLAIN
            if any(word in lexicon.pays for word in words[max(0, index - 4) : group.first]):
                yield "money paid for the name", PLAIN
