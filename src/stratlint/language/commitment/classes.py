"""Classes of sectors of which a text then speaks: 'Gold: a. Silver: b. The gold have a budget.'

What a label alone does not tell ('inner ring', 'stars', 'band 1') a sentence behind it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.bearing import bearing
from stratlint.language.commitment.spoken import Statement, names_of
from stratlint.text.wordings import ExactWordings, WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.line import Line
    from stratlint.language.commitment.references import Name
    from stratlint.language.commitment.segments import Segment

_LABEL = 5
"""Words of a label, with its colon."""
_LEAST = 2


class Words(WordFile):
    """``rules/language/commitment/classes.yaml``."""

    loose: frozenset[str]
    holds: ExactWordings
    not_words: frozenset[str]
    only: frozenset[str]


_wordings = words_of("commitment/classes", Words)


class Class(NamedTuple):
    """The words of a label that tell it from others, and the names behind it."""

    words: frozenset[str]
    names: tuple[Name, ...]


def with_classes(
    read: Sequence[tuple[Line, list[Segment]] | None], found: Sequence[Statement]
) -> list[Statement]:
    """Statements with what later sentences say of whole classes; labels alone then say nothing."""
    labels = sum(_leads(segment) for cut in read if cut is not None for segment in cut[1])
    if labels < _LEAST:
        return list(found)
    made = list(_of_classes(read))
    held = {hit for statement in made for hit in statement.members}
    if not held:
        return list(found)
    kept = []
    for statement in found:
        if statement.frame.startswith(("label", "announced", "is demoted", "supports")):
            members = tuple(hit for hit in statement.members if hit not in held)
            if statement.members and not members:
                continue
            statement = msgspec.structs.replace(statement, members=members)
        kept.append(statement)
    return [*kept, *made]


def _of_classes(read: Sequence[tuple[Line, list[Segment]] | None]) -> Iterator[Statement]:
    classes: list[Class] = []
    for cut in read:
        if cut is None:
            continue
        line, segments = cut
        new = list(_labelled(line, segments))
        classes = [*classes, *new] if new or line.hits else classes
        if new or line.hits or len(classes) < _LEAST or line.asks:
            continue
        yield from _spoken_of(line, segments, _told_apart(classes))


def _labelled(line: Line, segments: Sequence[Segment]) -> Iterator[Class]:
    """The labels of a line with the names behind each, up to the next label."""
    label: list[str] = []
    names: list[Name] = []
    for segment in segments:
        if _leads(segment):
            if label and names:
                yield Class(frozenset(label), tuple(names))
            label, names = [w for w in segment.words if w not in _wordings().loose], []
        elif label:
            names += names_of(line, segment, segment.groups)
    if label and names:
        yield Class(frozenset(label), tuple(names))


def _leads(segment: Segment) -> bool:
    """Whether a clause is a label of the names behind it."""
    ends = segment.words[-1] == ":" or segment.labels
    return ends and not segment.groups and len(segment.words) <= _LABEL


def _told_apart(classes: Sequence[Class]) -> list[Class]:
    """Classes by the words that not all of them share: 'ring' tells no ring from another."""
    shared = frozenset.intersection(*(each.words for each in classes))
    return [Class(each.words - shared, each.names) for each in classes]


def _spoken_of(
    line: Line, segments: Sequence[Segment], classes: Sequence[Class]
) -> Iterator[Statement]:
    """What a sentence says of the classes that it names."""
    words = set(line.words)
    plain = words | {word.rstrip("s") for word in line.words}
    named = [
        each
        for each in classes
        if each.words and all(w in words or w.rstrip("s") in plain for w in each.words)
    ]
    if not named or len(named) == len(classes):
        return
    said = bearing(segments)
    if said is None and _wordings().holds.search(" ".join(line.words)):
        said = "refused" if words & _wordings().not_words else "chosen"
    if said not in ("chosen", "refused"):
        return
    yield _statement(line, [n for c in named for n in c.names], said)
    rest = [n for c in classes if c not in named for n in c.names]
    if said == "chosen" and words & _wordings().only:
        yield _statement(line, rest, "refused")
    elif said == "refused" and len(classes) == _LEAST:
        # 'Membership of the outer ring gives no preference.'
        yield _statement(line, rest, "chosen")


def _statement(line: Line, names: Sequence[Name], polarity: str) -> Statement:
    return Statement(
        start=line.start,
        end=line.end,
        phrase=" ".join(line.words[:6]),
        polarity=polarity,  # type: ignore[arg-type]
        voice="own",
        members=tuple(hit for name in names for hit in name),
        frame="class",
        referred=True,
    )
