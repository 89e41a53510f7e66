"""What a stretch of text is about: the sectors that its names and its words speak for.

'Moving goods. The port handled 64,000 tonnes, and hauliers run 900 vehicles' names no sector in its
title, but its text is about one. Names count most, one that the sense filter doubts a little, and
the words of an industry's activities (SIC 2007 index) decide where names are few or divided. This
is too weak to choose anything by itself: it is asked of entries that a document has chosen.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stratlint.knowledge.taxonomy import Level

# Tuned on 259 sections of 90 documents whose heading names one sector, read without that heading:
# names alone find it in 73 of 100, with these words in 81.
DOUBTED = 0.3
"""What a name counts that is hardly one of an industry here."""
EARLY, FIRST = 1.5, 250
"""What a name counts among the first characters of a text, where it says what it is about."""
AGAIN = 0.7
"""Power by which a name that is repeated counts more."""
RICH = 12.0
"""Sum of weights of activity words that counts as much as a name: short texts have less."""
LEAST = 1.9
"""Points from which a text is about a sector. Of sections on skills, places or governance of the
same documents nearly all have less for any one."""
BESIDE, SECOND = 0.6, 2.3
"""Share of the first sector's points, and points, that make a text be about a second one too."""
_LEVELS = {"label": 1.0, "acronym": 1.0, "alternative": 0.8, "conditional": 0.4, "negative": 0.0}
_WORD = re.compile(r"[A-Za-z][a-z]{2,}(?:-[a-z]+)*")
_PROPER = re.compile(r"(?<=[a-z,;] )[A-Z]\w+(?: [A-Z]\w+)*")
"""Names of places and firms inside a sentence: 'Weasenham Lane', 'Heads of Ayr Aerotech'."""
_IDLE = frozenset(
    "the and for with from are was were its that this which not will our their they has have had"
    " other including etc nec except one two three all any each".split()
)
_ENDINGS = ("ies", "ing", "ers", "er", "ed", "es", "s")
_SHORTEST = 4


class Named(NamedTuple):
    """A name of a sector in a text; ``kept`` says that it names an industry there."""

    sector: str
    start: int
    name: str
    level: Level
    kept: bool


def topic_words(text: str) -> list[str]:
    """The stems of the words of a text, without those that any text has."""
    found = (word.lower() for word in _WORD.findall(text))
    return [_stem(word) for word in found if word not in _IDLE]


def about(text: str, start: int, names: Iterable[Named]) -> dict[str, float]:
    """Points of each sector that a text speaks for; ``start`` is where it begins in its document.

    ``names`` are those that stand in the text.
    """
    counts: dict[tuple[str, str], float] = defaultdict(float)
    doubted: dict[tuple[str, str], float] = defaultdict(float)
    for name in names:
        early = EARLY if name.start - start < FIRST else 1.0
        if name.kept:
            counts[name.sector, name.name] += early
        else:
            doubted[name.sector, name.name] += early * _LEVELS[name.level]
    points: dict[str, float] = defaultdict(float)
    for (sector, _), count in counts.items():
        points[sector] += count**AGAIN
    for key, count in doubted.items():
        if key not in counts:
            points[key[0]] += DOUBTED * count**AGAIN
    spoken = _spoken(text)
    most = max([RICH, *spoken.values()])
    for sector, weight in spoken.items():
        points[sector] += weight / most
    return points


def topics(points: dict[str, float]) -> tuple[str, ...]:
    """The sector that a text is about, or the two, by their points; empty for none."""
    ranked = sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    found = [sector for sector, most in ranked[:1] if most >= LEAST]
    if found and len(ranked) > 1 and ranked[1][1] >= max(SECOND, BESIDE * ranked[0][1]):
        found.append(ranked[1][0])
    return tuple(found)


def _spoken(text: str) -> dict[str, float]:
    """How much the words of a text speak for each sector."""
    points: dict[str, float] = defaultdict(float)
    for word, count in Counter(topic_words(_PROPER.sub("", text))).items():
        for sector, weight in _activities().get(word, ()):
            points[sector] += weight * (1.0 + math.log(count))
    return points


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


@cache
def _activities() -> dict[str, tuple[tuple[str, float], ...]]:
    """The words of activities, each with the sectors that it speaks for."""
    path = data_dir("rules") / "language" / "activity-words.tsv"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, *pairs = line.split("\t")
            split = (pair.split("=") for pair in pairs)
            found[word] = tuple((sector, float(weight)) for sector, weight in split)
    return found
