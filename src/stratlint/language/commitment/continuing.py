"""Choices that go on over several sentences: 'We chose two. One is a. The other is b.'

A sentence that names a sector and has no predicate of its own takes up the choice before it: by its
place in a series, by an ellipsis ('So is a.', 'Nor is b.'), or as the answer to a question. One
that names none may take or leave what those before it named: 'We took the first two.'
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.bearing import bearing
from stratlint.language.commitment.bearing import wordings as bearing_wordings
from stratlint.language.commitment.frames import SECTOR, Polarity, load_frames
from stratlint.language.commitment.references import FOLLOWS, Name, ordinal
from stratlint.language.commitment.spoken import Statement
from stratlint.text.wordings import ExactWordings, WordFile, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.frames import Match
    from stratlint.language.commitment.line import Line
    from stratlint.language.commitment.segments import Segment

REACH = 3
"""Sentences after which a choice is no longer taken up: what stands between is another subject."""


class Words(WordFile):
    """``rules/language/commitment/continuing.yaml``."""

    same: ExactWordings
    neither: ExactWordings
    not_so: ExactWordings
    in_order: ExactWordings
    added: ExactWordings
    denied: ExactWordings
    it_is: ExactWordings
    it_is_not: ExactWordings
    also: ExactWordings
    answer: ExactWordings
    asked: ExactWordings
    fragment: ExactWordings
    taken: ExactWordings
    left: ExactWordings
    neither_is: ExactWordings
    ordinal: ExactWordings
    stand: ExactWordings
    in_the_end: ExactWordings
    pointers: frozenset[str]
    begin: frozenset[str]
    rest: ExactWordings


_wordings = words_of("commitment/continuing", Words)
_ASIDE = r"(?: , [^,]{1,60} ,)?"
_REFERS = (
    r"(?:(?:only|just|simply|, [^,]{1,40} ,) )?(?P<ref>the (?:first|last|top|other) (?:two|three"
    r"|four|pair|couple)|the (?:first|second|"
    r"third|last|former|latter)(?: and (?:the )?(?:second|third|fourth|last))?(?! [a-z]+(?:s|y"
    r"|ion)\b)|both|neither|the (?:two|"
    r"three|four)(?: of them)?(?= [.,;:!]|$| and| are| is)|the (?:pair|trio|lot|couple)\b|all"
    r" (?:two|three|four|of them)|them both|them all)"
)


class Choice(NamedTuple):
    """The choice that later sentences may take up: its statement, where, and how many it counts.

    ``chosen`` are its names so far; ``spread`` where later sentences have gone on with it.
    """

    said: Statement
    sentence: int
    counted: int | None
    chosen: int
    spread: bool = False


def continued(
    read: Sequence[tuple[Line, list[Segment]] | None], found: Sequence[Statement]
) -> Iterator[Statement]:
    """What the sentences of a paragraph choose or refuse by going on with those before them."""
    by_start: dict[int, list[Statement]] = {}
    for statement in found:
        by_start.setdefault(statement.start, []).append(statement)
    choice: Choice | None = None
    named: list[tuple[Name, ...]] = []
    for number, cut in enumerate(read):
        if cut is None:
            named.append(())
            continue
        line, segments = cut
        said = by_start.get(line.start, [])
        if choice is not None and number - choice.sentence > REACH:
            choice = None
        made: list[Statement] = []
        if _may_go_on(line, choice, named) and not any(
            _is_foreign(s, match) for s in segments for match in s.matches
        ):
            if line.hits:
                asked = choice is None and _asked(read, number)
                made = list(_of_names(line, segments, said, named, (choice, asked)))
            else:
                made = list(_refers(line, segments, said, named))
                made = made or list(_of_rest(line, segments, found, named))
        yield from made
        named.append(_names(line))
        choice = _after(choice, made, said, number)


def _may_go_on(line: Line, choice: Choice | None, named: Sequence[tuple[Name, ...]]) -> bool:
    """Whether a sentence may take up anything at all: most do not, and the rest takes time."""
    if line.asks or not line.words:
        return False
    points = not _wordings().pointers.isdisjoint(line.words) or _is_this_sector(line.words)
    if not line.hits:
        return points and any(named[-2:])
    return choice is not None or points or line.words[0] in _wordings().begin


def _is_this_sector(words: Sequence[str]) -> bool:
    return any(
        word in ("this", "that") and after in ("sector", "industry", "trade", "cluster")
        for word, after in pairwise(words)
    )


def _plain(words: Sequence[str]) -> str:
    """The words of a sentence as one string, without its stop."""
    return " ".join(words).rstrip(" .!;")


def _names(line: Line) -> tuple[Name, ...]:
    return tuple(line.hits[at] for at in sorted(line.hits))


def _of_names(
    line: Line,
    segments: Sequence[Segment],
    said: Sequence[Statement],
    named: Sequence[tuple[Name, ...]],
    before: tuple[Choice | None, bool],
) -> Iterator[Statement]:
    """What a sentence with names says of them by what stands before it."""
    names = _names(line)
    loose = _loose(names, said)
    within = list(_pointed(line, segments, names)) if loose == names else []
    if within or not loose:
        yield from within
        return
    added = _goes_on(line, loose, *before)
    if added is not None:
        yield added
    elif _wordings().in_the_end.search(_plain(line.words)):
        yield _said(line, loose, None, "chosen")
        # What was thought of before 'in the end it was a'.
        rest = [name for earlier in named[-2:] for name in earlier]
        if rest:
            yield _said(line, rest, None, "refused")


def _after(
    choice: Choice | None, made: Sequence[Statement], said: Sequence[Statement], number: int
) -> Choice | None:
    """The choice that the sentences behind one may take up."""
    new = next((s for s in made if s.polarity == "chosen"), None)
    if new is not None:
        if choice is None:
            return Choice(new, number, None, len(new.members))
        chosen = choice.chosen + len(new.members)
        return choice._replace(sentence=number, chosen=chosen, spread=True)
    own = None if made else next((s for s in reversed(said) if _chooses(s)), None)
    if own is None:
        return choice
    count = next((s.number for s in said if s.number), None)
    spread = choice is not None and (choice.spread or not choice.said.members)
    if count is None and choice is not None and spread:
        count = choice.counted
    return Choice(own, number, count, len(own.members), spread)


def _chooses(said: Statement) -> bool:
    asked = said.voice == "asked" and said.open
    return asked or (said.polarity == "chosen" and said.voice in ("own", "adopted"))


def _is_foreign(segment: Segment, match: Match) -> bool:
    """Whether a marker says that a sentence is another's, of the past, or in doubt."""
    if match.name == "past" and segment.words[match.start] == "former":
        return segment.words[match.start - 1 : match.start] != ["the"]
    return match.name in ("other", "past", "doubt", "modal")


def _loose(names: Sequence[Name], said: Sequence[Statement]) -> tuple[Name, ...]:
    """The names of a sentence of which nothing sure is said in it."""
    held = {hit for s in said for hit in s.members if s.sure and s.voice != "asked"}
    return tuple(name for name in names if held.isdisjoint(name))


def _asked(read: Sequence[tuple[Line, list[Segment]] | None], number: int) -> bool:
    """Whether one of the two sentences before asks for, or announces, a choice."""
    return any(
        cut is not None and _wordings().asked.search(" ".join(cut[0].words)) is not None
        for cut in read[max(0, number - 2) : number]
    )


def _goes_on(
    line: Line, names: tuple[Name, ...], choice: Choice | None, asked: bool
) -> Statement | None:
    """What a sentence says of its names by going on with a choice before it."""
    words = _plain(line.words)
    polarity: Polarity | None = None
    if choice is None:
        if asked and _wordings().answer.search(words):
            return _said(line, names, None, "chosen")
        return None
    open_ = not choice.said.members or choice.spread
    if (
        _wordings().neither.search(words)
        or _wordings().it_is_not.search(words)
        or _wordings().not_so.search(words)
        or _wordings().denied.search(words)
    ):
        polarity = "refused"
    elif (
        _wordings().same.search(words)
        or (open_ and (_wordings().in_order.search(words) or _wordings().it_is.search(words)))
        or (_wordings().in_order.search(words) and choice.counted != 1 and choice.said.number)
        or _wordings().answer.search(words)
        or (_wordings().also.search(words) and not _negated(line) and "support" not in words)
        or (_wordings().added.search(words) and not _negated(line))
        or ((open_ or choice.said.frame == "answer") and _wordings().fragment.search(words))
        or (
            choice.counted
            and open_
            and choice.chosen + len(names) <= choice.counted
            and line.words[0] == SECTOR
            and not _negated(line)
        )
    ):
        polarity = "chosen"
    return None if polarity is None else _said(line, names, choice.said, polarity)


def _negated(line: Line) -> bool:
    return any(word in ("not", "no", "nor", "neither", "hardly") for word in line.words)


def _said(
    line: Line, names: Sequence[Name], like: Statement | None, polarity: Polarity
) -> Statement:
    members = tuple(hit for name in names for hit in name)
    phrase = " ".join(line.words[:6])
    made = Statement(
        start=line.start,
        end=line.end,
        phrase=phrase,
        polarity=polarity,
        voice="own",
        members=members,
        frame="goes on",
    )
    if like is not None and like.voice == "adopted":
        made = msgspec.structs.replace(made, voice="adopted")
    return made


def _pointed(line: Line, segments: Sequence[Segment], names: Sequence[Name]) -> Iterator[Statement]:
    """'Of a and b we have chosen the latter': a sentence that points back at its own names."""
    last = max(line.hits)
    after = _plain(line.words[last + 1 :])
    found = bearing_wordings().points.search(after)
    polarity: Polarity | None = None
    listed = any(len(group.positions) == len(names) for s in segments for group in s.groups)
    listed = listed or (found is not None and _wordings().ordinal.search(found["ref"]) is None)
    if found is not None and listed and len(names) > 1:
        polarity = "chosen" if _wordings().taken.search(after) else bearing(segments, last)
    if found is None or polarity is None or _negated(line):
        return
    meant = _meant(found["ref"], [tuple(names)])
    if meant:
        yield _said(line, meant, None, polarity)
        rest = [name for name in names if name not in meant]
        if rest and polarity == "chosen":
            yield _said(line, rest, None, "refused")


def _refers(
    line: Line,
    segments: Sequence[Segment],
    said: Sequence[Statement],
    named: Sequence[tuple[Name, ...]],
) -> Iterator[Statement]:
    """What a sentence without names takes or leaves of those named before it."""
    words = _plain(line.words)
    before = next((names for names in reversed(named[-2:]) if names), ())
    if any(
        s.members for s in said if s.frame != FOLLOWS or _wordings().taken.search(words) is None
    ):
        return
    if _wordings().neither_is.search(words) and len(before) > 1:
        yield _said(line, before, None, "refused")
        return
    if _wordings().stand.search(words):
        several = before if len(before) > 1 else tuple(n for names in named[-2:] for n in names)
        yield _said(line, several, None, "chosen")
        return
    for pattern, polarity in ((_wordings().taken, "chosen"), (_wordings().left, "refused")):
        match = pattern.search(words)
        if match is None or _negated(line):
            continue
        if match["ref"] == "neither":
            yield _said(line, before, None, "refused" if polarity == "chosen" else "chosen")
            return
        names = _meant(match["ref"], named)
        rest = tuple(name for name in before if name not in names)
        if not names:
            continue
        yield _said(line, names, None, polarity)  # type: ignore[arg-type]
        if polarity == "chosen" and rest and not any(w in match["ref"] for w in ("both", "all")):
            yield _said(line, rest, None, "refused")
        return
    found = bearing_wordings().points.search(words)
    said_here = bearing(segments) if found is not None and not _negated(line) else None
    if found is None or said_here is None or found["ref"] == "neither":
        return
    names = _meant(found["ref"], named)
    if names:
        yield _said(line, names, None, said_here)


def _of_rest(
    line: Line,
    segments: Sequence[Segment],
    found: Sequence[Statement],
    named: Sequence[tuple[Name, ...]],
) -> Iterator[Statement]:
    """What a sentence says of 'the rest': those named before it of which nothing was said."""
    words = _plain(line.words)
    match = _wordings().rest.search(words)
    near = next((names for names in reversed(named[-2:]) if len(names) > 1), ())
    if match is None or not near:
        return
    told = [
        s
        for s in found
        if s.start < line.start and s.sure and s.polarity in ("chosen", "refused") and s.members
    ]
    held = {hit for s in told for hit in s.members}
    rest = tuple(name for name in near if held.isdisjoint(name))
    if not rest or len(rest) == len(near):
        return
    polarity = None if _negated(line) else bearing(segments)
    if match["does"] and told[-1].polarity == "refused":
        # 'The last is not taken forward. The remainder are.'
        polarity = "chosen"
    if polarity is not None:
        yield _said(line, rest, None, polarity)


def _meant(reference: str, named: Sequence[tuple[Name, ...]]) -> tuple[Name, ...]:
    """The names that a reference stands for, of those of the sentences before it."""
    near = next((names for names in reversed(named[-2:]) if names), ())
    both = tuple(name for names in named[-2:] for name in names)
    several = near if len(near) > 1 else both
    if re.match(r"(?:this|that) ", reference):
        return near[-1:]
    if reference.startswith("the middle"):
        return several[len(several) // 2 :][:1] if len(several) % 2 and len(several) > 1 else ()
    if reference.startswith("each"):
        return several
    reference = reference.replace("pair", "two").replace("couple", "two").replace("trio", "three")
    found = ordinal(f" {reference} .", several)
    if found is not None:
        return found if len(several) > len(found) else ()
    if "both" in reference:
        reference = "two"
    counts = load_frames().words.counts
    count = next((counts.index(word) for word in reference.split() if word in counts), None)
    if count is None:
        return several
    for names in (near, both):
        if len(names) == count:
            return names
    return ()
