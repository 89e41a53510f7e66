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
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

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
    character offsets; ``tokens`` are indexes of the spaCy token a word starts with; ``gaps``
    say what stands before it: 0 a space or nothing, 1 a line break, 2 the end of a block.
    ``stubs`` are the words that end in a hyphen: 'agri-' in 'agri- and aqua-tech'.
    """

    keys: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    stubs: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.keys)


@lru_cache(maxsize=_KNOWN_WORDS)
def word_key(form: str) -> str:
    """The key of a word: compatibility letters unfolded, small letters, one spelling, singular."""
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


class _Piece(NamedTuple):
    """A word in a token: as written, its key, where it stands in the token."""

    text: str
    key: str
    lead: int
    length: int


class _Form(NamedTuple):
    """What one distinct token looks like; made once for each. No pieces: it is skipped."""

    pieces: tuple[_Piece, ...]
    breaks: int
    letters: bool
    hyphen: bool


class _Forms:
    """The distinct tokens met so far, as a vocabulary lets them be read."""

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, _Form] = {}
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
            return _Form((), min(2, text.count("\n")), False, False)
        # 'agri -food' comes as 'agri' and '-food'.
        bare = text.strip(_EDGES)
        hyphen = text.rstrip(INVISIBLE)[-1:] in _HYPHENS
        if not bare or NOTE_MARKER.fullmatch(bare):
            return _Form((), 0, False, hyphen)
        lead = text.index(bare)
        written = bare.translate(_UNSEEN)
        pieces = [_Piece(written, word_key(written), lead, len(bare))]
        if len(written) == len(bare) >= _SHORTEST_PARTED and not self._has(bare):
            pieces = [
                _Piece(bare[a:b], word_key(bare[a:b]), lead + a, b - a)
                for a, b in self._parts(bare)
            ]
        return _Form(tuple(pieces), 0, pieces[-1].text.isalpha(), hyphen)

    def _parts(self, bare: str) -> list[tuple[int, int]]:
        """Where a string that is no word of the lists holds one beside something else."""
        size = len(bare)
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

    def join(self, before: str, before_key: str, piece: _Piece) -> bool:
        """Whether a word is the second half of the word before it."""
        if before_key in self.vocabulary and piece.key in self.vocabulary:
            return False
        joined = before + piece.text
        # Most neighbours are ruled out here: no word of the lists begins with these letters.
        if joined[:_OPENING].lower() not in self._openings or len(joined) < _SHORTEST_JOINED:
            return False
        if piece.text[0].isupper() and not before.isupper():
            # 'B usiness' and 'BUSI NESS' are one word, 'Farm Ing' is not.
            return False
        return before.isalpha() and self._has(joined)


@lru_cache(maxsize=8)
def _forms_for(vocabulary: frozenset[str]) -> _Forms:
    return _Forms(vocabulary)


def words_of(doc: Doc, boundaries: AbstractSet[int], vocabulary: frozenset[str]) -> Words:
    """The view of a Doc. No match crosses an offset of ``boundaries`` (block starts).

    Two neighbours are joined when the result is in ``vocabulary`` and one half is not: so
    'b usiness' becomes a business but 'space port' stays two words.
    """
    from spacy.attrs import IDX, ORTH

    strings = doc.vocab.strings
    known = _forms_for(vocabulary)
    rows = doc.to_array([ORTH, IDX])
    orths = rows[:, 0].tolist()
    forms = {orth: known[strings[orth]] for orth in set(orths)}
    words = Words()
    gap, hyphen_end = 2, -1
    for index, (orth, start) in enumerate(zip(orths, rows[:, 1].tolist(), strict=True)):
        form = forms[orth]
        if start in boundaries:
            gap = 2
        if not form.pieces:
            gap = max(gap, form.breaks)
            if form.hyphen and words.ends and words.ends[-1] == start:
                words.stubs.add(len(words) - 1)
                hyphen_end = start + 1
            continue
        if hyphen_end == start:
            words.stubs.discard(len(words) - 1)
        first = form.pieces[0]
        if (
            gap < 2
            and form.letters
            and len(form.pieces) == 1
            and known.join(words.forms[-1], words.keys[-1], first)
        ):
            words.keys[-1] = word_key(words.forms[-1] + first.text)
            words.forms[-1] += first.text
            words.ends[-1] = start + first.lead + first.length
        else:
            for piece in form.pieces:
                words.keys.append(piece.key)
                words.forms.append(piece.text)
                words.starts.append(start + piece.lead)
                words.ends.append(start + piece.lead + piece.length)
                words.tokens.append(index)
                words.gaps.append(gap)
                gap = 0
        if form.hyphen:
            words.stubs.add(len(words) - 1)
        gap = 0
    return words
