"""The lexicon of frames: which predicates stand in a run of words, and where.

``rules/language/frames.yaml`` says how English chooses, refuses, demotes, praises and reports. A
pattern is a run of words with verbs in all their forms, alternatives, sets, parts that may be
missing, and gaps of up to three words. All patterns together are one trie, walked once a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SECTOR = "SECTOR"
GAP = 4
"""Words that '..' may stand for: more of them take in other phrases, fewer miss adjectives."""
_REMEMBERED = 50_000
"""Words that are kept: a text has some thousands of different ones."""
_PIECE = re.compile(r"\[([^\]]+)\]|(\S+)")
_END, _ANY = "", ".."
_VOWELS = frozenset("aeiou")
_STOPS = frozenset(".;:?!")
_SKIPPED = frozenset(
    "also now therefore again still instead thus once will shall has have must should".split()
)
"""With words in -ly these may stand anywhere in a pattern: 'our money will go to'."""

Polarity = Literal[
    "chosen", "refused", "demoted", "strength", "past", "other", "hedged", "support", "fact"
]
Side = Literal["object", "subject", "noun", "label"]


class FrameEntry(Editable):
    """One frame as people write it."""

    name: str
    polarity: Polarity
    side: Side
    patterns: tuple[str, ...]
    sure: bool = True
    flips: bool = False
    own: bool = False
    turns: bool = False
    goal: bool = False
    ends: bool = False
    idiom: bool = False
    where: bool = False
    fires: str
    silent: str | None = None

    def __hash__(self) -> int:
        # What a sentence says is looked up by its frame; pydantic would hash all fields each time.
        return hash(self.name)


class FrameWords(Editable):
    """Words that hold a clause together or end it; the file says what each set is for."""

    finite: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    pronouns: frozenset[str]
    subjects: frozenset[str]
    clause: frozenset[str]
    joins: frozenset[str]
    parts: frozenset[str]
    links: frozenset[str]
    announces: frozenset[str]
    names: frozenset[str]
    series: frozenset[str]
    goes_on: frozenset[str]
    lessens: frozenset[str]
    classes: frozenset[str]
    said_to_be: frozenset[str]
    stranded: frozenset[str]
    participles: frozenset[str]
    takes_up: frozenset[str]
    tiers_first: frozenset[str]
    tiers_second: frozenset[str]
    tiers_third: frozenset[str]
    echoes: frozenset[str]
    aims: frozenset[str]
    articles: frozenset[str]
    idle: frozenset[str]
    ranges: frozenset[str]
    moves: frozenset[str]
    counts: tuple[str, ...]


class FrameFile(Editable):
    """The whole file: verbs that are not regular, sets, frames, and the markers around them."""

    irregular: dict[str, tuple[str, ...]]
    sets: dict[str, tuple[str, ...]]
    frames: tuple[FrameEntry, ...]
    markers: dict[str, tuple[str, ...]]
    words: FrameWords


class Match(NamedTuple):
    """A pattern found: words ``start`` to ``end`` (inclusive).

    ``name`` is the frame's or the marker's; ``entry`` is None for a marker; ``verbal`` where its
    first word is a verb.
    """

    start: int
    end: int
    name: str
    entry: FrameEntry | None
    verbal: bool = False


class _Word(NamedTuple):
    """A word as patterns see it: its edges, whether it may be passed over, what it begins.

    With each node that it begins stand the edges of which one must follow; None where a pattern
    ends there, or may go on by any word. ``opens`` where it begins a frame, not only markers.
    """

    edges: tuple[int, ...]
    passed: bool
    begun: tuple[tuple[dict[Any, Any], frozenset[Any] | None], ...]
    opens: bool = False


_Payload: TypeAlias = tuple[str, FrameEntry | None, bool]


_NOTHING = _Word((), False, ())
"""What stands behind the last word."""


class _Known(dict[str, _Word]):
    """The words met so far: one that is not there is read, and kept while there is room."""

    def __init__(self, read: Callable[[str], _Word]) -> None:
        self._read = read

    def __missing__(self, word: str) -> _Word:
        read = self._read(word)
        if len(self) < _REMEMBERED:
            self[word] = read
        return read


def _has_frame(node: dict[Any, Any]) -> bool:
    """Whether any pattern below a node is a frame's."""
    return any(
        any(entry is not None for _, entry, _ in after) if edge == _END else _has_frame(after)
        for edge, after in node.items()
    )


class Lexicon:
    """All patterns as one trie; ``find`` says which stand in a run of words.

    An edge is a set of words, so that 'chosen sector' in all its variants is one path.
    """

    def __init__(self, file: FrameFile, path: str) -> None:
        self._root: dict[Any, Any] = {}
        self._edges: dict[frozenset[str], int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}
        self._irregular = file.irregular
        self._sets = file.sets
        self._path = path
        self.entries = file.frames
        self.words = file.words
        for entry in file.frames:
            for pattern in entry.patterns:
                self._add(pattern, (entry.name, entry, "~" in pattern.split()[0]))
        for name, patterns in file.markers.items():
            for pattern in patterns:
                self._add(pattern, (name, None, False))
        of_word: dict[str, list[int]] = {}
        for words, edge in self._edges.items():
            for word in words:
                of_word.setdefault(word, []).append(edge)
        self._of_word = {word: tuple(edges) for word, edges in of_word.items()}
        # Of each edge that begins a pattern: its node, the edges of which one must follow (see
        # ``_Word``), whether a frame is below. Many words share one.
        self._begun = {
            edge: (
                node,
                None if _END in node or _ANY in node else frozenset(node),
                _has_frame(node),
            )
            for edge, node in self._root.items()
        }
        self._known = _Known(self._read)

    def find(self, words: Sequence[str]) -> list[Match]:
        """The longest match of each frame and marker at each word."""
        found: list[Match] = []
        seen = [*map(self._known.__getitem__, words), _NOTHING]
        for start, (_, _, begun, _) in enumerate(seen):
            if not begun:
                continue
            best: dict[str, Match] = {}
            after, passes, _, _ = seen[start + 1]
            for node, waits in begun:
                # Of four words that begin a pattern three are not followed by its second.
                if waits is not None and not passes and waits.isdisjoint(after):
                    continue
                for end, (name, entry, verbal) in _walk(node, words, seen, start + 1):
                    known = best.get(name)
                    if known is None or end > known.end:
                        best[name] = Match(start, end, name, entry, verbal)
            if best:
                found.extend(best.values())
        return found

    def may_find(self, words: Sequence[str]) -> bool:
        """Whether a frame may stand among words: one of them begins one."""
        known = self._known
        return any(known[word].opens for word in words)

    def _read(self, word: str) -> _Word:
        """A word as patterns see it."""
        edges = self._of_word.get(word, ())
        begun = [self._begun[edge] for edge in edges if edge in self._begun]
        opens = any(has_frame for _, _, has_frame in begun)
        nodes = tuple([(node, waits) for node, waits, _ in begun])
        return _Word(edges, word.endswith("ly") or word in _SKIPPED, nodes, opens)

    def _add(self, pattern: str, payload: _Payload) -> None:
        for run in product(*(self._choices(*part) for part in _parts(pattern))):
            pieces = [piece for choice in run for piece in choice]
            if not pieces or _ANY in (pieces[0], pieces[-1]):
                raise FileFault(f"'{pattern}' must begin and end with a word", path=self._path)
            node = self._root
            for piece in pieces:
                edge = piece if isinstance(piece, str) else self._edge(piece)
                node = node.setdefault(edge, {})
            if payload not in node.setdefault(_END, []):
                node[_END].append(payload)

    def _edge(self, words: frozenset[str]) -> int:
        return self._edges.setdefault(words, len(self._edges))

    def _choices(self, part: str, optional: bool) -> list[tuple[frozenset[str] | str, ...]]:
        """What one piece of a pattern may be: one set of words, and options of several words."""
        if part == _ANY:
            return [(_ANY,)]
        single: set[str] = set()
        found: list[tuple[frozenset[str] | str, ...]] = [()] if optional else []
        for option in part.split("|"):
            options: tuple[str, ...] = (option,)
            if option.startswith("{"):
                if option[1:-1] not in self._sets:
                    raise FileFault(f"there is no set '{option}'", path=self._path)
                options = self._sets[option[1:-1]]
            for words in options:
                run = [frozenset(self.forms(word)) for word in words.split()]
                if len(run) == 1:
                    single |= run[0]
                else:
                    found.append(tuple(run))
        if single:
            found.append((frozenset(single),))
        return found

    def forms(self, word: str) -> tuple[str, ...]:
        """The forms of a word; of one that ends in '~' all forms of the verb."""
        if not word.endswith("~"):
            return (word if word in (SECTOR, "NUM", "PLACE") else word.lower(),)
        verb = word[:-1].lower()
        return (verb, *self._irregular.get(verb, regular_forms(verb)))


def regular_forms(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb: -s, -ed, -ing."""
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    return third, f"{verb}ed", f"{verb}ing"


def _parts(pattern: str) -> Iterator[tuple[str, bool]]:
    for piece in _PIECE.finditer(pattern):
        optional, word = piece.groups()
        yield (optional, True) if optional else (word, False)


def _walk(
    node: dict[Any, Any], words: Sequence[str], seen: Sequence[_Word], at: int
) -> list[tuple[int, _Payload]]:
    """Every pattern that ends on a path from a node, with its last word."""
    found: list[tuple[int, _Payload]] = []
    stack = [(node, at, False)]
    size = len(words)
    while stack:
        node, at, passed = stack.pop()
        if not passed and _END in node:
            # A word that is passed over ends no pattern: 'we', not 'we shall'.
            found += [(at - 1, payload) for payload in node[_END]]
        if at >= size:
            continue
        edges, passes, _, _ = seen[at]
        for edge in edges:
            after = node.get(edge)
            if after is not None:
                stack.append((after, at + 1, False))
        if passes:
            stack.append((node, at + 1, True))
        gap = node.get(_ANY)
        if gap is not None:
            stack += [(after, end, False) for after, end in _over_gap(gap, words, seen, at)]
    return found


def _over_gap(
    gap: dict[Any, Any], words: Sequence[str], seen: Sequence[_Word], at: int
) -> Iterator[tuple[dict[Any, Any], int]]:
    """Where a path goes on behind '..', up to the end of a clause."""
    for skip in range(min(GAP, len(words) - at - 1) + 1):
        if skip and words[at + skip - 1] in _STOPS:
            return
        for edge in seen[at + skip].edges:
            after = gap.get(edge)
            if after is not None:
                yield after, at + skip + 1


@lru_cache(maxsize=4)
def load_frames(path: Path | None = None) -> Lexicon:
    """Load the frames that ship with stratlint, or another file of them. Raises FileFault."""
    path = path or data_dir("rules") / "language" / "frames.yaml"
    return Lexicon(load_yaml(path, FrameFile), str(path))
