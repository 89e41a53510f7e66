"""Cue words: which of them stand in a run of words, and where.

The cues are YAML that analysts edit (``rules/language/cues.yaml``). Their patterns are runs of
words, not regular expressions, so that no pattern can take unbounded time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Record
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

SECTOR, NUMBER = "SECTOR", "NUM"
_REMEMBERED = 50_000
"""Words whose cues are kept: a text has some thousands of different ones."""
ENDING = 14
"""Letters that '*' may stand for."""
_ANY = ".."
_GAP = r"(?:\S+ ){0,3}"
_PIECE = re.compile(r"\{(\w+)\}|\(([^()]+)\)|(\S+)")


class CueEntry(Editable):
    """One cue as people write it."""

    name: str
    patterns: tuple[str, ...]


class CueFile(Editable):
    """The file of cues: word sets, and cues whose patterns may use them."""

    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cues: tuple[CueEntry, ...]


class CueHit(Record, frozen=True):
    """A cue found in a run of words: from word ``start`` up to word ``end``."""

    name: str
    start: int
    end: int


class Cue(NamedTuple):
    """One cue, compiled. It can only begin with one of ``openings``, as they are written."""

    name: str
    pattern: re.Pattern[str]
    openings: frozenset[str]


class _Opened(dict[str, tuple[int, ...]]):
    """The cues that may begin with a word: few do, so most need no search at all."""

    def __init__(self, openings: Mapping[str, AbstractSet[int]]) -> None:
        self._openings = openings

    def __missing__(self, word: str) -> tuple[int, ...]:
        stems = [f"{word[:cut]}*" for cut in range(max(1, len(word) - ENDING), len(word) + 1)]
        forms = (word, _ANY, *stems)
        known = tuple(frozenset().union(*(self._openings.get(form, ()) for form in forms)))
        if len(self) < _REMEMBERED:
            self[word] = known
        return known


class Cues:
    """All cues, compiled; ``find`` says which stand in a run of words."""

    def __init__(self, entries: Iterable[Cue], words: frozenset[str]) -> None:
        self._entries = tuple(entries)
        openings: dict[str, set[int]] = {}
        for index, cue in enumerate(self._entries):
            for opening in cue.openings:
                openings.setdefault(opening, set()).add(index)
        self._opened = _Opened(openings)
        self.words = words
        """Every whole word of the cues: what a split word may be mended to."""

    def find(self, words: Sequence[str]) -> Iterator[CueHit]:
        """Yield every cue in ``words`` (lower case; sectors and figures already masked)."""
        text = " ".join(words) + " "
        places: dict[int, list[tuple[int, int]]] = {}
        offset = 0
        opened = self._opened
        for number, word in enumerate(words):
            for index in opened[word]:
                places.setdefault(index, []).append((number, offset))
            offset += len(word) + 1
        for index in sorted(places):
            name, pattern, _ = self._entries[index]
            past = 0
            # A match is tried where the cue may begin: a search tries every word.
            for first, offset in places[index]:
                match = pattern.match(text, offset) if offset >= past else None
                if match is not None:
                    past = match.end()
                    yield CueHit(name, first, first + match.group().count(" "))


@lru_cache(maxsize=4)
def load_cues(path: Path | None = None) -> Cues:
    """Load the shipped cues, or another file of them. Raises FileFault."""
    path = path or data_dir("rules") / "language" / "cues.yaml"
    file = load_yaml(path, CueFile)
    sets = {name: "|".join(_word(w) for w in words) for name, words in file.sets.items()}
    entries = []
    for cue in file.cues:
        try:
            alternatives = sorted(
                {_pattern(p, sets) for p in cue.patterns}, key=lambda p: (-len(p), p)
            )
            openings = frozenset(o for p in cue.patterns for o in _openings(p, file.sets))
        except KeyError as error:
            raise FileFault(
                f"cue '{cue.name}' uses the set {error}, which is not there", path=str(path)
            ) from None
        pattern = re.compile(rf"(?:{'|'.join(alternatives)}) ")
        entries.append(Cue(cue.name, pattern, openings))
    return Cues(entries, _vocabulary(file))


def _pattern(pattern: str, sets: dict[str, str]) -> str:
    parts: list[str] = []
    for piece in _PIECE.finditer(pattern):
        name, options, word = piece.groups()
        if word == "..":
            parts.append(_GAP)
            continue
        if name:
            body = sets[name]
        elif options:
            body = "|".join(_word(option) for option in options.split("|"))
        else:
            body = _word(word)
        parts.append(f"(?:{body}) ")
    return "".join(parts).removesuffix(" ")


def _openings(pattern: str, sets: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """What the first word of a match may be: a word, the beginning of one with '*', or any."""
    first = _PIECE.match(pattern.lstrip())
    assert first is not None
    name, options, word = first.groups()
    for head in sets[name] if name else options.split("|") if options else (word,):
        first_word = head.split()[0]
        yield first_word if first_word in (SECTOR, NUMBER, _ANY) else first_word.lower()


def _word(word: str) -> str:
    if word in (SECTOR, NUMBER):
        return word
    if word.endswith("*"):
        return rf"{re.escape(word[:-1].lower())}\S{{0,{ENDING}}}"
    return re.escape(word.lower())


def _vocabulary(file: CueFile) -> frozenset[str]:
    words = {w for group in file.sets.values() for w in group}
    for cue in file.cues:
        for pattern in cue.patterns:
            words |= {w for w in re.split(r"[\s|()]+", pattern) if w.isalpha() and w.islower()}
    return frozenset(words)
