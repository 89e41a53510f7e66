"""Short texts: what a sentence chooses whose words no frame knows.

In a note, a summary or a resolution one sentence speaks for the whole. What no declaration of a
short text chooses a small classifier may. It reads the features of the other classifier, what the
rules make of a name and of those around it, and the shape of the sentences. It has learnt from
short cases by several authors (``stratlint train --short``); its file is
``rules/language/short-model.json``, one feature a line.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from stratlint.errors import FileFault
from stratlint.language.commitment.clauses import MARKS, stem
from stratlint.language.commitment.frames import SECTOR, load_frames
from stratlint.records import Record
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from stratlint.language.commitment.context import MentionContext, Run
    from stratlint.language.sectors.mentions import SectorSpan
    from stratlint.records import Declaration

SHORT = 40
"""Sentences of a text in which one sentence speaks for it. In whole strategies more is chosen in
passing."""
FILE = "short-model.json"
_NEAR, _FAR = 0.7, 0.5
"""Values of what stands near, and of words farther off: words must not outvote what rules read."""
_CLOSE = 5
"""Words between a frame and a name that still count as near."""
_MOST = 5
"""Sentences, lengths and siblings beyond which counting says no more."""
_STEP = 5
"""Words by which lengths of sentences are told apart."""
_BACK, _ON = 4, 4
"""Words before and behind a name whose function words are the shape of its sentence."""
_FUNCTION = frozenset(
    "the a an of to in on for and or but not no we our us it its they their this that these those"
    " is are was were be been has have had will shall may might could would should must with as by"
    " from at than over which who where what only also both either neither".split()
)
_TENSES = (
    ("future", frozenset({"will", "shall"})),
    ("past", frozenset({"was", "were", "had"})),
    ("present", frozenset({"is", "are", "has", "have"})),
)
_HAD = tuple("will shall was were is are has have may could would we our they their not no".split())
_OUT = frozenset({"refused", "demoted"})
_ELSE = _OUT | {"other", "past", "hedged"}


class ShortModel(Record, frozen=True):
    """Log-odds by feature that a name is chosen; ``threshold`` is the least probability."""

    threshold: float
    card: dict[str, Any]
    weights: dict[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is that a short text chooses a name."""
        weights = self.weights
        total = sum(weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def read_short(path: Path) -> ShortModel:
    """Read a model file. Raises FileFault when it is not one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=ShortModel)
    except OSError as error:
        raise FileFault(f"cannot be read: {error.strerror}", path=str(path)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"not a model for short texts: {error}", path=str(path)) from None


class Sighting(NamedTuple):
    """A name in a short text, with its features for the other classifier in ``found``.

    ``doubted`` names are industries only if they are chosen.
    """

    hit: SectorSpan
    context: MentionContext
    sentence: int
    declaration: Declaration | None
    found: dict[str, float]
    doubted: bool = False


def short_features(seen: Sequence[Sighting], sentences: int) -> list[dict[str, float]]:
    """The features of all names of a short text of so many sentences, by name."""
    return [
        one.found
        | dict([*_ruled(one), *_framed(one.context), *_among(one, seen, sentences), *_shape(one)])
        for one in seen
    ]


def _ruled(one: Sighting) -> Iterator[tuple[str, float]]:
    """What the rules say of a name, surely or not."""
    context, declaration = one.context, one.declaration
    for said in context.said:
        sure = "surely" if said.sure else "perhaps"
        yield f"said to be {said.polarity} by {said.voice}, {sure}", 1.0
        yield f"said to be {said.polarity}: {said.frame}", 1.0
        if said.referred:
            yield f"referred to as {said.polarity}", 1.0
    if not context.said:
        yield "nothing said", 1.0
    if declaration is None:
        yield "not declared", 1.0
    else:
        polarity, form = declaration.polarity.value, declaration.form.value
        sure = "surely" if declaration.sure else "perhaps"
        yield f"declared {polarity} by {declaration.voice.value}, {sure}", 1.0
        yield f"declared {polarity}, {form}", 1.0
        yield f"declared {polarity}, {form}, {sure}", 1.0
        if len(declaration.sectors) > 1:
            yield f"declared {polarity}, several", 1.0


def _framed(context: MentionContext) -> Iterator[tuple[str, float]]:
    """Which frames stand around a name, in its sentence and in what leads up to it."""
    run, target = context.run, context.target
    for match in load_frames().find(run.words):
        before = match.end < target
        where = "before" if before else "after"
        yield f"frame {match.name} {where}", 1.0
        if match.entry is not None:
            yield f"frame of {match.entry.polarity} {where}", 1.0
            if (target - match.end if before else match.start - target) <= _CLOSE:
                yield f"frame of {match.entry.polarity} close {where}", 1.0
    around = (("before", context.before), ("after", context.after))
    for where, other in (*around, ("lead-in", context.lead), ("heading", context.heading)):
        for match in load_frames().find(other.words):
            yield f"{where}: frame {match.name}", _NEAR
            if match.entry is not None:
                yield f"{where}: frame of {match.entry.polarity}", _NEAR
    for where, other in around:
        yield from _words_of(where, other)


def _words_of(where: str, run: Run) -> Iterator[tuple[str, float]]:
    """The words of the sentence before or behind."""
    for word in run.words:
        if word not in MARKS:
            yield f"{where}: word '{stem(word)}'", _FAR
    for word in run.words[:3]:
        yield f"{where}: begins with '{word}'", _FAR
    if run.words:
        yield f"{where}: {min(3, run.words.count(SECTOR))} sectors", _NEAR


def _among(one: Sighting, seen: Sequence[Sighting], sentences: int) -> Iterator[tuple[str, float]]:
    """What is declared of the other names of the text, and where in it a name stands."""
    others = [other for other in seen if other is not one]
    chosen = [o for o in others if o.declaration is not None and o.declaration.chooses]
    beside = any(other.sentence == one.sentence for other in chosen)
    yield f"others chosen: {'beside' if beside else 'elsewhere' if chosen else 'none'}", 1.0
    if chosen and one.declaration is None:
        yield "others chosen, not this", 1.0
    said = [o.declaration.polarity.value for o in others if o.declaration is not None]
    if _OUT.intersection(said):
        yield "others left out", 1.0
    same = [o for o in others if o.hit.sector == one.hit.sector]
    if same:
        yield "named again", 1.0
    if any(o in chosen for o in same):
        yield "chosen where named again", 1.0
    if any(o.declaration is not None and o.declaration.polarity.value in _ELSE for o in same):
        yield "not chosen where named again", 1.0
    yield f"text of {min(sentences, _MOST)} sentences", 1.0
    last = one.sentence == sentences - 1
    yield f"in the {'first' if not one.sentence else 'last' if last else 'middle'} sentence", 1.0


def _shape(one: Sighting) -> Iterator[tuple[str, float]]:
    """How a sentence is built around a name, whatever its nouns and verbs are."""
    words, target = one.context.run.words, one.context.target
    plain = [word for word in words if word not in MARKS]
    yield f"length {min(_MOST + 3, len(plain) // _STEP)}", _NEAR
    yield f"quarter {4 * target // max(1, len(words))}", _NEAR
    kept = (*_FUNCTION, SECTOR, "NUM", "PLACE")
    built = [word if word in kept or word in MARKS else "x" for word in words]
    yield f"built {' '.join(built[max(0, target - _BACK) : target + 1])}", _NEAR
    yield f"built {' '.join(built[max(0, target - 2) : target + 1])}", _NEAR
    yield f"goes on {' '.join(built[target : target + _ON])}", _NEAR
    for word in plain[:2]:
        yield f"opens with '{word}'", _NEAR
    yield f"opens with '{' '.join(plain[:2])}'", _NEAR
    yield f"ends with '{plain[-1] if plain else ''}'", _FAR
    for word in _HAD:
        if word in words:
            yield f"has '{word}'", _NEAR
    tense = next((name for name, verbs in _TENSES if verbs.intersection(words)), "no")
    yield f"{tense} tense", _NEAR
    if one.context.item:
        yield f"item beside {min(_MOST - 1, one.context.siblings)}", _NEAR
    yield f"name: {one.hit.level}", _NEAR
    if not one.hit.is_firm:
        sense = one.hit.probability
        yield "doubted name", 1.0
        yield f"doubted name: {one.hit.level}", 1.0
        yield "sense of a doubted name", math.log(sense / (1.01 - sense))
    if one.doubted:
        yield "unsettled name", 1.0


@lru_cache(maxsize=1)
def shipped_short() -> ShortModel:
    """Return the model that comes with stratlint."""
    return read_short(data_dir("rules") / "language" / FILE)


def write_short(model: ShortModel) -> str:
    """Return the text of a model file: the card first, then one feature a line, sorted."""
    head = {"threshold": model.threshold, "card": model.card}
    opening = msgspec.json.format(msgspec.json.encode(head), indent=1).decode()
    lines = [
        f"  {msgspec.json.encode(name).decode()}: {model.weights[name]}"
        for name in sorted(model.weights)
    ]
    return opening.removesuffix("\n}") + ',\n "weights": {\n' + ",\n".join(lines) + "\n }\n}\n"
