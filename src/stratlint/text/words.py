"""The words of a text as the matchers see them: normalised, joined, parted, with their offsets.

PDF text breaks words ('agricu lture', 'manu-' / 'facturing'), runs them together ('ofthe
sector', 'tourismsector'), keeps ligature letters and marks without width. Matching therefore
runs over this view of a spaCy ``Doc``: white space, hyphens, invisible marks and markers of
notes drop out, each word gets a key (small letters, one form for all spellings and for singular
and plural, see ``spelling``), halves that only make sense together are joined, and what hangs
together by accident is parted. Offsets always point into the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from stratlint.text.lemmas import singular
from stratlint.text.spelling import one_spelling
from stratlint.text.tokenizing import INVISIBLE, NOTE_MARKER

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HYPHENS = frozenset("-‐‑‒–—−\u00ad")
_EDGES = "".join(sorted(_HYPHENS)) + INVISIBLE
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
_AND = frozenset({"&", "+"})
_SHORTEST_JOINED = 5
_SHORTEST_PARTED = 6
_OPENING = 3
"""Letters by which most pairs of words are told not to be halves: no spelling rule reaches them
but 'haem' and its like, which then stay in halves."""
_KNOWN_WORDS = 200_000
"""Distinct words kept between texts: a bound for memory; thirty plans have 60,000."""
_LONGEST_KEPT = 60
"""Characters of a string that is kept between texts; longer ones hardly come twice."""
_RUN = re.compile(r"\S+|\s{2,}|[^\S ]")
"""What stands between white space, and white space that is more than one space."""

_TERM_WORD = re.compile(r"[^\W_.'’]+(?:[.'’]+[^\W_]*)*|[^\w\s]|_")

_GLUED_FRONT = re.compile(r"(?:and|the|of|for|our|with|from|including)(?=[a-z]{6})")
_GLUED_BACK = re.compile(
    r"(?<=[a-z]{4})(?:and|sectors?|industry|industries|clusters?|compan(?:y|ies)|business(?:es)?)$"
)
_HUMP = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})")
_DIGITS = re.compile(r"(?<=[a-z]{5})\d{1,2}$")


@dataclass(slots=True)
class Words:
    """Parallel lists, one item a word or punctuation mark.

    ``keys`` are for matching, ``forms`` the words as written; ``starts`` and ``ends`` are
    character offsets; ``gaps`` say what stands before it: 0 a space or nothing, 1 a line break,
    2 the end of a block. ``stubs`` are the words that end in a hyphen: 'agri-' in 'agri- and
    aqua-tech'.
    """

    keys: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    stubs: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.keys)


@lru_cache(maxsize=_KNOWN_WORDS)
def word_key(form: str) -> str:
    """The key of a word: compatibility letters unfolded, small letters, one spelling, singular."""
    if form.isascii():
        plain = form.lower()
    else:
        plain = unicodedata.normalize("NFKC", form.translate(_UNSEEN)).replace("’", "'").lower()
    if plain in _AND:
        return "and"
    return one_spelling(plain if plain.endswith("'s") else singular(plain))


def term_words(term: str) -> list[str]:
    """The words of a term of a YAML file as they are written, without hyphens."""
    return [word for word in _TERM_WORD.findall(term) if word not in _HYPHENS]


def term_keys(term: str) -> list[str]:
    """The keys of a term of a YAML file; a word in capitals keeps them, marked with '='."""
    return [
        f"={word}" if len(word) > 1 and word.isupper() else word_key(word)
        for word in term_words(term)
    ]


# Plain tuples, which the garbage collector soon leaves alone: there are some for each word.
_Piece: TypeAlias = tuple[str, str, int, int]
"""A word in a token: as written, its key, where it begins in the token, how long it is there."""
_Form: TypeAlias = tuple[tuple[_Piece, ...], int, bool, bool, bool, bool]
"""What one distinct token looks like; made once for each.

Its pieces (none: it is skipped); its line breaks; whether it ends in a hyphen; whether it is one
piece that is a word of the lists (``whole``), one of letters, which may be the second half of a
word (``joins``); whether its last piece is of letters and may be the first half (``opens``).
"""
_Parted: TypeAlias = tuple[tuple[int, _Form], ...]
Parts: TypeAlias = Callable[[Sequence[str]], Iterable[list[tuple[int, str]]]]
"""What a tokenizer makes of strings without white space: offset and text of their tokens."""


class _Forms:
    """The distinct tokens met so far, as a vocabulary lets them be read."""

    def __init__(self, vocabulary: AbstractSet[str], part: Parts | None) -> None:
        self.vocabulary = vocabulary
        self._part = part
        self._known: dict[str, _Form] = {}
        self._words: dict[str, _Parted] = {}
        self._joined: dict[tuple[str, str], bool] = {}
        self._openings = {key[:_OPENING] for key in vocabulary}

    def __getitem__(self, text: str) -> _Form:
        form = self._known.get(text)
        if form is None:
            if len(self._known) >= _KNOWN_WORDS:
                self._known.clear()
            form = self._known[text] = self._read(text)
        return form

    def _read(self, text: str) -> _Form:
        if text.isspace():
            return (), min(2, text.count("\n")), False, False, False, False
        # 'agri -food' comes as 'agri' and '-food'.
        bare = text.strip(_EDGES)
        hyphen = text.rstrip(INVISIBLE)[-1:] in _HYPHENS
        if not bare or NOTE_MARKER.fullmatch(bare):
            return (), 0, hyphen, False, False, False
        lead = text.index(bare)
        written = bare.translate(_UNSEEN)
        pieces = [(written, word_key(written), lead, len(bare))]
        if len(written) == len(bare) >= _SHORTEST_PARTED and not self._has(bare):
            pieces = [
                (bare[a:b], word_key(bare[a:b]), lead + a, b - a) for a, b in self._parts(bare)
            ]
        last, key, _, _ = pieces[-1]
        one, letters = len(pieces) == 1, last.isalpha()
        whole, joins = one and key in self.vocabulary, one and letters
        opens = letters and (len(last) < _OPENING or last[:_OPENING].lower() in self._openings)
        return tuple(pieces), 0, hyphen, whole, joins, opens

    def tokens(self, text: str) -> Iterator[tuple[int, _Parted]]:
        """What stands between white space, with its offset and its tokens.

        It has the same tokens wherever it stands: the tokenizer is asked for a new string once.
        """
        words = set(text.split())
        if len(self._words) + len(words) > _KNOWN_WORDS:
            self._words = {}
        long: dict[str, _Parted] = {}
        kept = self._words
        new = [word for word in words if word not in kept]
        assert self._part is not None
        for word, found in zip(new, self._part(new), strict=True):
            place = kept if len(word) <= _LONGEST_KEPT else long
            place[word] = tuple([(offset, self[token]) for offset, token in found])
        # Strings alone, counted along, are found twice as fast as matches that know their place;
        # one space lies between two words and nothing beside other white space.
        at = 0
        space = int(text[:1] == " " and not text[1:2].isspace())
        for word in _RUN.findall(text):
            parts = kept.get(word) or long.get(word)
            if parts is None:
                # The first of several spaces belongs to the word before it.
                begin = int(at > 0 and word[0] == " ")
                yield at, ((begin, self[word[begin:]]),)
                space = 0
            else:
                at += space
                yield at, parts
                space = 1
            at += len(word)

    def _parts(self, bare: str) -> list[tuple[int, int]]:
        """Where a string that is no word of the lists holds one beside something else."""
        size = len(bare)
        if not bare.islower():
            humps = [0, *(m.start() for m in _HUMP.finditer(bare)), size]
            spans = list(pairwise(humps))
            if len(spans) > 1 and all(self._has(bare[a:b]) for a, b in spans):
                return spans
        low = bare.lower()
        for match in (_GLUED_FRONT.match(low), _GLUED_BACK.search(low), _DIGITS.search(bare)):
            if match is None:
                continue
            cut = match.end() if match.start() == 0 else match.start()
            if self._has(bare[:cut] if match.start() else bare[cut:]):
                return [(0, cut), (cut, size)]
        return [(0, size)]

    def _has(self, word: str) -> bool:
        return word_key(word) in self.vocabulary

    def joins(self, before: str, second: str) -> bool:
        """Whether a word is the second half of the word before it, where not both are known.

        The word before it is known to open a word (see ``_Form.opens``).
        """
        # By the two, whose hashes are known, and not by the new string that they make.
        pair = before, second
        known = self._joined.get(pair)
        if known is None:
            joined = before + second
            known = (
                # 'B usiness' and 'BUSI NESS' are one word, 'Farm Ing' is not.
                (before.isupper() or not second[0].isupper())
                and len(joined) >= _SHORTEST_JOINED
                and joined[:_OPENING].lower() in self._openings
                and self._has(joined)
            )
            if len(self._joined) >= _KNOWN_WORDS:
                self._joined.clear()
            self._joined[pair] = known
        return known


@lru_cache(maxsize=8)
def _forms_for(vocabulary: frozenset[str], part: Parts | None = None) -> _Forms:
    return _Forms(vocabulary, part)


def words_of(doc: Doc, boundaries: AbstractSet[int], vocabulary: frozenset[str]) -> Words:
    """The view of a Doc. No match crosses an offset of ``boundaries`` (block starts).

    Two neighbours are joined when the result is in ``vocabulary`` and one half is not: so
    'b usiness' becomes a business but 'space port' stays two words.
    """
    known = _forms_for(vocabulary)
    return _view(((token.idx, ((0, known[token.text]),)) for token in doc), boundaries, known)


def words_in_text(
    text: str, part: Parts, boundaries: AbstractSet[int], vocabulary: frozenset[str]
) -> Words:
    """The same view of a text without a Doc, for a tokenizer that parts each string alone."""
    known = _forms_for(vocabulary, part)
    return _view(known.tokens(text), boundaries, known)


def _view(
    tokens: Iterable[tuple[int, _Parted]], boundaries: AbstractSet[int], known: _Forms
) -> Words:
    words = Words()
    keys, forms, gaps = words.keys, words.forms, words.gaps
    starts, ends = words.starts, words.ends
    vocabulary = known.vocabulary
    gap, hyphen_end, opened = 2, -1, False
    for begin, parts in tokens:
        # Unpacked at once, as every word comes by here.
        for offset, (pieces, breaks, hyphen, whole, joins, opens) in parts:
            start = begin + offset
            if start in boundaries:
                gap = 2
            if not pieces:
                gap = max(gap, breaks)
                if hyphen and ends and ends[-1] == start:
                    words.stubs.add(len(keys) - 1)
                    hyphen_end = start + 1
                continue
            if hyphen_end == start:
                words.stubs.discard(len(keys) - 1)
            if (
                joins
                # Most neighbours are ruled out here: no word of the lists begins so.
                and opened
                and gap < 2
                and not (whole and keys[-1] in vocabulary)
                and known.joins(forms[-1], pieces[0][0])
            ):
                text, _, lead, length = pieces[0]
                forms[-1] += text
                keys[-1] = word_key(forms[-1])
                ends[-1] = start + lead + length
            else:
                for text, key, lead, length in pieces:
                    place = start + lead
                    keys.append(key)
                    forms.append(text)
                    starts.append(place)
                    ends.append(place + length)
                    gaps.append(gap)
                    gap = 0
                opened = opens
            if hyphen:
                words.stubs.add(len(keys) - 1)
            gap = 0
    return words
