"""The words of a text as the matchers see them: normalised, joined, with their offsets.

PDF text breaks words ('agricu lture', 'manu-' / 'facturing') and keeps ligature letters.
Matching therefore runs over this view of a spaCy ``Doc``: white space, hyphens and markers of
notes drop out, each word gets a key (lower case, one form for singular and plural), and halves
that only make sense together are joined. Offsets always point into the text as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from stratlint.text.lemmas import singular
from stratlint.text.tokenizing import NOTE_MARKER

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HYPHENS = frozenset("-‐‑‒–—−\u00ad")
_AND = frozenset({"&", "+"})
_SHORTEST_JOINED = 5


@dataclass(slots=True)
class Words:
    """Parallel lists, one item a word or punctuation mark.

    ``keys`` are for matching, ``forms`` the words as written; ``starts`` and ``ends`` are
    character offsets; ``tokens`` are indexes of the spaCy token a word starts with; ``gaps``
    say what stands before it: 0 a space or nothing, 1 a line break, 2 the end of a block.
    """

    keys: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)


@cache
def word_key(form: str) -> str:
    """The key of a word: compatibility letters unfolded, lower case, nouns in the singular."""
    plain = unicodedata.normalize("NFKC", form).replace("\u00ad", "").replace("’", "'").lower()
    if plain in _AND:
        return "and"
    return plain if plain.endswith("'s") else singular(plain)


def term_keys(term: str) -> list[str]:
    """The keys of a term of a YAML file; a word in capitals keeps them, marked with '='."""
    spaced = "".join(f" {c} " if not (c.isalnum() or c in "'’.") else c for c in term)
    return [
        f"={word}" if len(word) > 1 and word.isupper() else word_key(word)
        for word in spaced.split()
        if word not in _HYPHENS
    ]


@dataclass(slots=True, frozen=True)
class _Form:
    """What one distinct token looks like; made once for each distinct token."""

    text: str
    key: str
    lead: int
    length: int
    breaks: int
    skipped: bool
    letters: bool


@cache
def _form(text: str) -> _Form:
    blank = text.isspace()
    # 'agri -food' comes as 'agri' and '-food'.
    bare = text.strip("-‐‑–—\u00ad") or text
    return _Form(
        text=bare,
        key=word_key(bare),
        lead=text.index(bare),
        length=len(bare),
        breaks=min(2, text.count("\n")) if blank else 0,
        skipped=blank or bare in _HYPHENS or NOTE_MARKER.fullmatch(bare) is not None,
        letters=bare.isalpha(),
    )


def words_of(doc: Doc, boundaries: AbstractSet[int], vocabulary: AbstractSet[str]) -> Words:
    """The view of a Doc. No match crosses an offset of ``boundaries`` (block starts).

    Two neighbours are joined when the result is in ``vocabulary`` and one half is not: so
    'b usiness' becomes a business but 'space port' stays two words.
    """
    from spacy.attrs import IDX, ORTH

    strings = doc.vocab.strings
    rows = doc.to_array([ORTH, IDX])
    orths = rows[:, 0].tolist()
    forms = {orth: _form(strings[orth]) for orth in set(orths)}
    words = Words()
    gap = 2
    for index, (orth, start) in enumerate(zip(orths, rows[:, 1].tolist(), strict=True)):
        form = forms[orth]
        if start in boundaries:
            gap = 2
        if form.skipped:
            gap = max(gap, form.breaks)
            continue
        start += form.lead
        if gap < 2 and form.letters and _joins(words, form, vocabulary):
            words.keys[-1] = word_key(words.forms[-1] + form.text)
            words.forms[-1] += form.text
            words.ends[-1] = start + form.length
        else:
            words.keys.append(form.key)
            words.forms.append(form.text)
            words.starts.append(start)
            words.ends.append(start + form.length)
            words.tokens.append(index)
            words.gaps.append(gap)
        gap = 0
    return words


def _joins(words: Words, form: _Form, vocabulary: AbstractSet[str]) -> bool:
    """Whether a token is the second half of the word before it."""
    before = words.forms[-1]
    if len(before) + form.length < _SHORTEST_JOINED or not before.isalpha():
        return False
    if form.text[0].isupper() and not before.isupper():
        # 'B usiness' and 'BUSI NESS' are one word, 'Farm Ing' is not.
        return False
    if words.keys[-1] in vocabulary and form.key in vocabulary:
        return False
    return word_key(before + form.text) in vocabulary
