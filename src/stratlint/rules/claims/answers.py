"""Whether another sentence speaks of the same thing: a box, a table, a chapter further on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

from stratlint.records import Role
from stratlint.rules.view import View
from stratlint.text.wordings import WordFile, words_of

STEM = 6
"""Letters that two words share where they are one: 'tourism' and 'touristic'."""


class Words(WordFile):
    """``rules/language/claims/answers.yaml``."""

    common: frozenset[str]


_wordings = words_of("claims/answers", Words)

_Holders: TypeAlias = dict[int, dict[str, list[int]]]
_DIGITS = 2
_ROWS = 3
_LABEL = 6
"""Words of a label of a row that was read as a paragraph of its own."""


def stems_of(view: View, sentence: int) -> frozenset[str]:
    """The first letters of the telling words of a sentence."""
    stems: dict[int, frozenset[str]] = view.remember("stems", lambda: _stems(view))
    return stems.get(sentence, frozenset())


def _stems(view: View) -> dict[int, frozenset[str]]:
    own = {word[:STEM] for word in re.findall(r"\w+", (view.region or "").casefold())}
    common = _wordings().common | own
    found: dict[int, set[str]] = {}
    for word in view.index.vocabulary:
        stem = word[:STEM]
        if len(word) >= STEM and stem.isalpha() and stem not in common:
            for sentence in view.index.units(word):
                found.setdefault(sentence, set()).add(stem)
    return {sentence: frozenset(stems) for sentence, stems in found.items()}


def answered(
    view: View, sentence: int, among: frozenset[int], *, shared: int = 2, pages: int = 1
) -> bool:
    """Whether one of some sentences within so many pages shares so many telling words."""
    if not among:
        return False
    wanted = stems_of(view, sentence)
    if len(wanted) < shared:
        return False
    page = view.block(sentence).page
    known: dict[frozenset[int], _Holders] = view.remember("holders of stems", dict)
    if among not in known:
        known[among] = _holders(view, among)
    counts: Counter[int] = Counter()
    for near in range(page - pages, page + pages + 1):
        held = known[among].get(near, {})
        for stem in wanted & held.keys():
            for other in held[stem]:
                counts[other] += other != sentence
                if counts[other] >= shared:
                    return True
    return False


def _holders(view: View, among: frozenset[int]) -> _Holders:
    """Which of some sentences have a telling word, by page and word."""
    found: _Holders = {}
    for sentence in sorted(among):
        for stem in stems_of(view, sentence):
            found.setdefault(view.block(sentence).page, {}).setdefault(stem, []).append(sentence)
    return found


def tabled(view: View, sentence: int, *, shared: int = 2) -> bool:
    """Whether a table of figures on the page or the one before has the words of a sentence.

    Its cells stand in many blocks; what counts is that they hold the words together, and that
    the sentence looks back: it stands below the table.
    """
    tables: dict[int, frozenset[str]] = view.remember("words of tables", lambda: _tables(view))
    page = view.block(sentence).page
    wanted = stems_of(view, sentence)
    near = frozenset[str]().union(*(tables.get(p, frozenset()) for p in (page - 1, page)))
    return len(wanted & near) >= shared


def _tables(view: View) -> dict[int, frozenset[str]]:
    """Telling words of the rows and labels of each page that has rows of figures."""
    rows: Counter[int] = Counter()
    words: dict[int, set[str]] = {}
    blocks = view.document.blocks
    for index in range(len(view.analysis.sentences)):
        block = blocks[view.analysis.sentences[index].block]
        text = view.text(index)
        in_row = block.role is Role.TABLE_ROW
        if in_row and sum(c.isdigit() for c in text) >= _DIGITS:
            rows[block.page] += 1
        if in_row or len(text.split()) <= _LABEL:
            words.setdefault(block.page, set()).update(stems_of(view, index))
    return {page: frozenset(words.get(page, ())) for page, n in rows.items() if n >= _ROWS}
