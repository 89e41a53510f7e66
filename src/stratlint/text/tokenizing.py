"""How the tokenizer parts words: spaCy's rules, and what strategies fuse to the names of sectors.

'life sciences[1]', 'aerospace;tourism' and 'agri‑tech' would each be one word, and none that
any list knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Marks without width: soft hyphens, joiners, marks of direction, byte order marks."""
_UNSEEN = f"[{INVISIBLE}]{{1,9}}"
_LETTER = r"[^\W\d_]"
_RAISED = "[¹²³⁰⁴-⁹]{1,3}"
NOTE_MARKER = re.compile(rf"[†‡]{{1,3}}|{_RAISED}|\[\^?\d{{1,3}}\]")
"""A token that is the marker of a note and no word."""
_INFIXES = (
    # A mark without width beside punctuation: 'aerospace,<U+200B>tourism'.
    rf"[,;:/)]{_UNSEEN}|{_UNSEEN}[,;:/(]",
    # Hyphens that spaCy does not know: U+2010 and U+2011.
    rf"(?<={_LETTER})[\u2010\u2011](?={_LETTER})",
    # Lists without spaces; a single letter beside the mark makes 'R+D' or 'a|b' something else.
    rf"(?<={_LETTER}{{3}})[;|+†‡](?={_LETTER}{{3}})",
)
_SUFFIXES = (
    _UNSEEN,
    # Markers of notes: a sign, raised digits, digits in brackets, digits behind a full stop.
    rf"(?<={_LETTER}{{3}})[†‡]{{1,3}}",
    rf"(?<={_LETTER}{{3}}){_RAISED}",
    rf"(?<=[A-Z]{{2}}){_RAISED}",
    r"(?<=[^\W_][^\s\[])\[\^?\d{1,3}\]",
    rf"(?<=[a-z]{{3}}\.)(?:{_RAISED}|[†‡]{{1,3}}|\d{{1,3}})",
    r"(?<=[a-z][¹²³⁰⁴-⁹†‡])\.",
)


_MARKED = re.compile(r"[A-Za-z]+(?:[,;:)]|(?<=[a-z][a-z])\.)")
"""Letters with one mark behind them, which spaCy's rules always part."""


def part_words(tokenizer: Tokenizer, words: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """The tokens of strings without white space, each with its offset, as a tokenizer has them.

    All strings pass as one text: a Doc for each takes longer than its tokens. Letters of the
    alphabet, alone or with a mark behind them, are told without asking but where a rule of their
    own says otherwise ('cannot', 'etc.').
    """
    from spacy.attrs import IDX, LENGTH

    special = tokenizer.rules or {}
    simple = [_simple(word, special) for word in words]
    text = " ".join([word for word, told in zip(words, simple, strict=True) if told is None])
    rows = iter(tokenizer(text).to_array([IDX, LENGTH]).tolist())
    start = 0
    for word, told in zip(words, simple, strict=True):
        if told is not None:
            yield told
            continue
        found: list[tuple[int, str]] = []
        size = 0
        while size < len(word):
            place, length = next(rows)
            size = place - start + length
            found.append((place - start, text[place : place + length]))
        yield found
        start += len(word) + 1


def _simple(word: str, special: Mapping[str, object]) -> list[tuple[int, str]] | None:
    """The tokens of letters alone, or with one mark behind them; None for any other string."""
    if word in special:
        return None
    if word.isascii() and word.isalpha():
        return [(0, word)]
    if _MARKED.fullmatch(word) and word[:-1] not in special:
        return [(0, word[:-1]), (len(word) - 1, word[-1])]
    return None


def part_fused_words(nlp: Language) -> None:
    """Add the rules of this module to a pipeline's tokenizer, if it is of spaCy's usual kind."""
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    tokenizer = nlp.tokenizer
    if isinstance(tokenizer, Tokenizer):
        infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES]
        prefixes = [_UNSEEN, *(nlp.Defaults.prefixes or ())]
        suffixes = [*_SUFFIXES, *(nlp.Defaults.suffixes or ())]
        # Made anew: one that exists reads its special cases again for each rule that is set.
        nlp.tokenizer = Tokenizer(
            nlp.vocab,
            rules=tokenizer.rules,
            prefix_search=compile_prefix_regex(prefixes).search,
            suffix_search=compile_suffix_regex(suffixes).search,
            infix_finditer=compile_infix_regex(infixes).finditer,
            token_match=tokenizer.token_match,
            url_match=tokenizer.url_match,
        )
