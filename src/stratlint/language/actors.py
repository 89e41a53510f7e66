"""Actors: who a text says does something, by name or by kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import ActorMention
from stratlint.resources import data_dir
from stratlint.text.trie import TokenTrie
from stratlint.text.words import Words

Kind: TypeAlias = Literal[
    "business",
    "sme",
    "university",
    "college",
    "local_authority",
    "agency",
    "government",
    "voluntary",
    "research",
    "partnership",
    "consultee",
]
_NONE = "none"
_LONGEST_NAME = 7
_INNER = frozenset({"of", "for", "and", "the", "upon"})
_BEFORE = frozenset({"the", "our", "a", "an", "in", "by", "each", "every", "this", "local", "as"})
_OPENS = frozenset({"university", "department", "ministry", "institute", "chamber", "board"})


class KindEntry(Editable):
    """The words for one kind of actor."""

    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


class ActorFile(Editable):
    """``rules/language/actors.yaml``."""

    kinds: dict[Kind, KindEntry]
    none: tuple[str, ...] = ()


class _Cue(NamedTuple):
    kind: str
    sort: Literal["phrase", "name", "head"]
    written: str


class ActorFinder:
    """The cues compiled."""

    def __init__(self, file: ActorFile) -> None:
        terms: list[tuple[str, _Cue]] = []
        for kind, entry in file.kinds.items():
            terms += [(name, _Cue(kind, "name", name)) for name in entry.names]
            terms += [(head, _Cue(kind, "head", head)) for head in entry.heads]
            terms += [(phrase, _Cue(kind, "phrase", phrase)) for phrase in entry.phrases]
        terms += [(phrase, _Cue(_NONE, "phrase", phrase)) for phrase in file.none]
        self._trie: TokenTrie[_Cue] = TokenTrie(terms)

    def find(self, words: Words) -> tuple[ActorMention, ...]:
        """Actors, left to right, each word in one mention only."""
        return tuple(self._mentions(words))

    def _mentions(self, words: Words) -> Iterator[ActorMention]:
        done = 0
        for first, last, cues in self._trie.longest(words):
            cue = self._choose(words, first, last, cues)
            if cue is None or cue.kind == _NONE or first < done:
                continue
            if cue.sort == "head":
                first, last = _proper_name(words, first, last, done)
            done = last
            yield ActorMention(
                start=words.starts[first],
                end=words.ends[last - 1],
                name=" ".join(words.forms[first:last]),
                kind=cue.kind,
            )

    def _choose(self, words: Words, first: int, last: int, cues: list[_Cue]) -> _Cue | None:
        """The cue that counts: a name as written, a head with more capitals, a phrase."""
        written = [words.forms[i] for i in range(first, last)]
        for cue in cues:
            if cue.sort == "name" and _same(written, cue.written):
                return cue
        phrase = next((cue for cue in cues if cue.sort == "phrase"), None)
        if _is_capital(written[-1]) and _proper_name(words, first, last, 0) != (first, last):
            # 'Leeds City Council' ends in a phrase, 'Acme Widgets Ltd' in a head.
            head = next((cue for cue in cues if cue.sort == "head"), None)
            return head or (phrase and phrase._replace(sort="head"))
        return phrase


def _same(written: list[str], name: str) -> bool:
    """As written, but for hyphens and white space, which the words do not keep."""
    return "".join(written).replace("'", "’") == "".join(
        c for c in name.replace("'", "’") if c.isalnum() or c in "’&."
    )


def _proper_name(words: Words, first: int, last: int, done: int) -> tuple[int, int]:
    """Grow a head over the capitalised words that belong to it, within its sentence."""
    limit = first - _LONGEST_NAME
    start = first
    while start > max(done, limit) and words.gaps[start] < 2:
        form = words.forms[start - 1]
        if form.lower() in _BEFORE:
            break
        if _is_capital(form):
            start -= 1
        elif (
            form in _INNER and start - 1 > max(done, limit) and _is_capital(words.forms[start - 2])
        ):
            if form == "and" and words.keys[start - 2] in _OPENS:
                break
            start -= 2
        else:
            break
    end = last
    if start == first and words.keys[first] in _OPENS:
        end = _after(words, last)
    return start, end


def _after(words: Words, last: int) -> int:
    """The end of 'University of X', 'Department for X and Y'."""
    if last >= len(words) or words.forms[last] not in ("of", "for"):
        return last
    end = last + 1
    while end < min(len(words), last + _LONGEST_NAME) and words.gaps[end] < 2:
        form = words.forms[end]
        if _is_capital(form):
            end += 1
        elif form in _INNER and end + 1 < len(words) and _is_capital(words.forms[end + 1]):
            end += 2
        else:
            break
    return end if end > last + 1 else last


def _is_capital(form: str) -> bool:
    return form[0].isupper() and form[0].isalpha()


@cache
def actor_finder() -> ActorFinder:
    """The finder of the cues that ship with stratlint."""
    return ActorFinder(load_yaml(data_dir("rules") / "language" / "actors.yaml", ActorFile))


def find_actors(words: Words) -> tuple[ActorMention, ...]:
    """Named organisations and kinds of actors in a text."""
    return actor_finder().find(words)
