"""Themes: what a subject looks like in words, and how far a document goes with it.

A theme is scored *absent* (in no wording that is known), *passing* (a word of it, or one remark in
a long text), *claimed* (spoken of), *evidenced* (with a figure or a source in the same sentence or
the next) or *acted on* (with money or with somebody who does it). The sentence that earned the
score is always kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from stratlint.errors import FileFault
from stratlint.knowledge.version import folder_hash
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Record
from stratlint.resources import data_dir
from stratlint.rules.view import Match, View
from stratlint.text.phrases import PhraseSet, PhraseText, phrase_set

SKIPPED = ("contents", "references", "running_head", "footnote")


class Score(StrEnum):
    """How far a document goes with a theme."""

    ABSENT = "absent"
    PASSING = "passing"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    ACTED_ON = "acted on"

    @property
    def level(self) -> int:
        """0 for absent to 4 for acted on."""
        return list(Score).index(self)


class Pair(Editable):
    """Words of two kinds that make a trace where both stand in one sentence."""

    one: tuple[PhraseText, ...] = Field(min_length=1)
    other: tuple[PhraseText, ...] = Field(min_length=1)


class Theme(Editable):
    """One theme of ``rules/language/themes*.yaml``."""

    name: str
    looked_for: str
    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    traces: tuple[PhraseText, ...] = ()
    """Looser words by which the thing may stand there: where they do, it is not absent."""
    pairs: tuple[Pair, ...] = ()
    """Traces that no phrase can hold: who and what he does, in whatever order and words between."""
    near: tuple[PhraseText, ...] = ()
    not_as: tuple[PhraseText, ...] = ()
    """A match that shares words with one of these does not count: names, other senses."""
    unless: tuple[PhraseText, ...] = ()
    """A match in a sentence with one of these does not count."""
    beside: tuple[PhraseText, ...] = ()
    """When given, a match counts only in a sentence with one of these."""
    in_names: bool = True
    """Whether a word inside a proper name counts, as 'village' in 'Olympic Village'."""
    passing_in: int = Field(default=0, ge=0)
    """In a text of more words than this (0: in none) a single sentence is a passing word."""


class ThemeFile(Editable):
    """A file of themes, and the common cues by which they are scored."""

    themes: dict[str, Theme] = Field(default_factory=dict)
    figures: tuple[PhraseText, ...] = ()
    money: tuple[PhraseText, ...] = ()
    owners: tuple[PhraseText, ...] = ()
    negations: tuple[PhraseText, ...] = ()


class Sighting(Record, frozen=True):
    """A match of a theme, with the score its surroundings earn."""

    match: Match
    score: Score


class ThemeScore(Record, frozen=True):
    """A theme in a document: the best score, the sightings best first, the nearest thing seen."""

    theme: str
    name: str
    looked_for: str
    score: Score
    sightings: tuple[Sighting, ...]
    near: tuple[Match, ...] = ()


class Lexicon:
    """All themes in force."""

    def __init__(self, files: Iterable[ThemeFile]) -> None:
        self.themes: dict[str, Theme] = {}
        cues: dict[str, list[str]] = {"figures": [], "money": [], "owners": [], "negations": []}
        for file in files:
            self.themes.update(file.themes)
            for name, phrases in cues.items():
                phrases.extend(getattr(file, name))
        self._cues = {name: phrase_set(tuple(found)) for name, found in cues.items()}

    def phrases(self, theme: str) -> PhraseSet:
        """The phrases of a theme. Raises KeyError."""
        return phrase_set(self.themes[theme].phrases)

    def sightings(self, view: View, theme: str) -> Iterator[Match]:
        """Matches of a theme that count: see :meth:`_counting`."""
        return self._counting(view, self.themes[theme], self.themes[theme].phrases)

    def _counting(
        self, view: View, entry: Theme, phrases: tuple[PhraseText, ...]
    ) -> Iterator[Match]:
        """Matches that are not negated, no other sense, no name, and beside what they need."""
        excluded = view.by_sentence(phrase_set(entry.unless))
        wanted = view.by_sentence(phrase_set(entry.beside)) if entry.beside else None
        senses = phrase_set(entry.not_as)
        for match in view.find(phrase_set(phrases), SKIPPED):
            if match.sentence in excluded or self._negated(view, match):
                continue
            if wanted is not None and match.sentence not in wanted:
                continue
            if view.overlap(senses, match) or (not entry.in_names and view.in_name(match)):
                continue
            yield match

    def score(self, view: View, theme: str) -> ThemeScore:
        """How far a document goes with a theme. Raises KeyError for an unknown one."""
        entry = self.themes[theme]
        sightings = [
            Sighting(match=m, score=self._level(view, m)) for m in self.sightings(view, theme)
        ]
        sightings.sort(key=lambda s: (-s.score.level, s.match.start))
        score = sightings[0].score if sightings else Score.ABSENT
        near: list[Match] = []
        if _is_passing(view, entry, sightings):
            near, sightings, score = [sightings[0].match], [], Score.PASSING
        elif not sightings and (entry.traces or entry.pairs):
            near = [*self._counting(view, entry, entry.traces), *self._paired(view, entry)]
            score = Score.PASSING if near else Score.ABSENT
        if not sightings and not near and entry.near:
            near = view.find(phrase_set(entry.near), SKIPPED)
        return ThemeScore(
            theme=theme,
            name=entry.name,
            looked_for=entry.looked_for,
            score=score,
            sightings=tuple(sightings),
            near=tuple(near[:1]),
        )

    def _paired(self, view: View, entry: Theme) -> Iterator[Match]:
        """Matches of one side of a pair in sentences that hold the other side too."""
        for pair in entry.pairs:
            beside = view.by_sentence(phrase_set(pair.other))
            for match in self._counting(view, entry, pair.one):
                if any(
                    other.end <= match.start or match.end <= other.start
                    for other in beside.get(match.sentence, ())
                ):
                    yield match

    def has(self, view: View, cue: str, sentence: int) -> bool:
        """Whether a sentence holds one of the common cues (``figures``, ``money``, ``owners``)."""
        return sentence in view.by_sentence(self._cues[cue])

    def _negated(self, view: View, match: Match) -> bool:
        """Whether a negation stands shortly before the match, in its clause."""
        for found in view.by_sentence(self._cues["negations"]).get(match.sentence, ()):
            if not 0 <= match.start - found.end <= 30:
                continue
            between = view.document.text[found.end : match.start]
            if not any(mark in between for mark in (",", ";", ":", " but ", "only")):
                return True
        return False

    def _level(self, view: View, match: Match) -> Score:
        following = match.sentence + 1
        near = [match.sentence]
        if following in view.around(match.sentence, "paragraph"):
            near.append(following)
        if any(self.has(view, "money", s) for s in near) or self.has(
            view, "owners", match.sentence
        ):
            return Score.ACTED_ON
        if any(self.has(view, "figures", s) for s in near):
            return Score.EVIDENCED
        return Score.CLAIMED


def _is_passing(view: View, theme: Theme, sightings: list[Sighting]) -> bool:
    """Whether one sentence, without money or anybody who acts, is all that a long text gives."""
    return (
        0 < theme.passing_in < view.words
        and bool(sightings)
        and sightings[0].score.level < Score.ACTED_ON.level
        and len({s.match.sentence for s in sightings}) == 1
    )


def load_lexicon(directories: tuple[Path, ...] = ()) -> Lexicon:
    """The shipped themes and those of further folders (``themes*.yaml`` in each).

    Raises FileFault for a fault in a file.
    """
    return _read_lexicon(directories, tuple(map(folder_hash, directories)))


@lru_cache(maxsize=4)
def _read_lexicon(directories: tuple[Path, ...], _contents: tuple[str, ...]) -> Lexicon:
    files = []
    for directory in (data_dir("rules") / "language", *directories):
        # As deep as rules are looked for: a file that is there is in force.
        files += [load_yaml(path, ThemeFile) for path in sorted(directory.rglob("themes*.yaml"))]
    if not files:
        raise FileFault("the shipped themes are missing: reinstall stratlint")
    return Lexicon(files)
